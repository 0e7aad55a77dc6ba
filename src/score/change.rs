//! The changes that a scorecard can take, one at a time.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::scale;
use crate::model::scorecard::{
    Answer, LONGEST_NOTE, LONGEST_SECONDS, Rating, Reveal, Revision, Scorecard,
};
use crate::model::vocabulary::{AskMode, CardStatus};

/// One change. Texts are trimmed; an empty one takes back what was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// What came of a question; `None` takes it back.
    Answer {
        /// The question's id.
        question: String,
        /// What.
        answer: Option<Answer>,
        /// When.
        at: Timestamp,
    },
    /// The evidence.
    Note {
        /// The question's id.
        question: String,
        /// The text.
        text: String,
    },
    /// How deep a question was really taken.
    Mode {
        /// The question's id.
        question: String,
        /// How deep.
        mode: AskMode,
    },
    /// How long a question took.
    Seconds {
        /// The question's id.
        question: String,
        /// How long.
        seconds: u32,
    },
    /// How long the interview took.
    Length {
        /// How long.
        seconds: u32,
    },
    /// The day of the interview.
    Date {
        /// The day.
        date: Date,
    },
    /// The recommendation; `None` takes it back.
    Overall {
        /// Its score.
        score: Option<u8>,
    },
    /// Why it is recommended.
    Reason {
        /// The text.
        text: String,
    },
    /// Others' scores are shown.
    Reveal(Reveal),
    /// The scorecard is handed in.
    Submit {
        /// When.
        at: Timestamp,
    },
    /// Something is changed after that.
    Revise(Revision),
}

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The scorecard has no such question.
    NoSuchQuestion(String),
    /// No score of the scale.
    NoSuchScore(u8),
    /// The text is longer than [`LONGEST_NOTE`].
    TooLong,
    /// It took longer than [`LONGEST_SECONDS`].
    TooManySeconds,
    /// It is handed in: only revisions are possible.
    Submitted,
    /// It is not handed in: there is nothing to revise.
    NotSubmitted,
    /// A revision or a reveal says no reason.
    NoReason,
    /// The recommendation is a score.
    NoScore,
    /// The revision changes nothing.
    Same,
    /// What was not asked was not asked in any mode.
    NotAsked(String),
    /// Revisions and reveals happen where the scorecard is kept.
    Elsewhere,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchQuestion(id) => write!(formatter, "the screen has no question `{id}`"),
            Self::NoSuchScore(score) => {
                let (least, most) = (scale::LOWEST, scale::HIGHEST);
                write!(
                    formatter,
                    "{score} is no score: the scale goes from {least} to {most}"
                )
            }
            Self::TooLong => write!(formatter, "a note may have {} KiB", LONGEST_NOTE / 1024),
            Self::TooManySeconds => write!(formatter, "no interview takes longer than a week"),
            Self::Submitted => write!(formatter, "the scorecard is submitted, and its scores stay"),
            Self::NotSubmitted => write!(
                formatter,
                "the scorecard is not submitted, so there is nothing to revise"
            ),
            Self::NoReason => write!(formatter, "a reason must be given"),
            Self::NoScore => write!(formatter, "the recommendation is a score"),
            Self::Same => write!(formatter, "that is what it says already"),
            Self::NotAsked(id) => write!(formatter, "`{id}` was not asked, so it has no mode"),
            Self::Elsewhere => write!(formatter, "revisions and reveals are not taken from a file"),
        }
    }
}

/// Makes a change.
///
/// # Errors
/// When the scorecard cannot take it; then it is as before.
pub fn apply(card: &mut Scorecard, change: &Change) -> Result<(), Refused> {
    let after_submission = matches!(change, Change::Revise(_) | Change::Reveal(_));
    if card.is_submitted() && !after_submission {
        return Err(Refused::Submitted);
    }
    match change {
        Change::Answer {
            question,
            answer,
            at,
        } => {
            let rating = rating(card, question)?;
            if let Some(Answer::Score(score)) = answer {
                is_score(*score)?;
            }
            rating.answer = *answer;
            rating.scored_at = answer.map(|_| *at);
        }
        Change::Note { question, text } => {
            let text = words(text)?;
            rating(card, question)?.note = text;
        }
        Change::Mode { question, mode } => {
            let rating = rating(card, question)?;
            if rating.answer == Some(Answer::NotAsked) {
                return Err(Refused::NotAsked(question.clone()));
            }
            rating.mode = Some(*mode);
        }
        Change::Seconds { question, seconds } => {
            rating(card, question)?.seconds = Some(length(*seconds)?);
        }
        Change::Length { seconds } => card.seconds = Some(length(*seconds)?),
        Change::Date { date } => card.date = Some(*date),
        Change::Overall { score } => {
            score.map_or(Ok(()), is_score)?;
            card.overall.score = *score;
        }
        Change::Reason { text } => card.overall.reason = words(text)?,
        Change::Reveal(reveal) => {
            let reason = words(&reveal.reason)?.ok_or(Refused::NoReason)?;
            card.reveals.push(Reveal {
                at: reveal.at,
                reason,
            });
        }
        Change::Submit { at } => {
            card.status = CardStatus::Submitted;
            card.submitted_at = Some(*at);
        }
        Change::Revise(revision) => revise(card, revision)?,
    }
    Ok(())
}

fn revise(card: &mut Scorecard, revision: &Revision) -> Result<(), Refused> {
    if !card.is_submitted() {
        return Err(Refused::NotSubmitted);
    }
    let reason = words(&revision.reason)?.ok_or(Refused::NoReason)?;
    if let Answer::Score(score) = revision.answer {
        is_score(score)?;
    }
    let (now, has_words) = match &revision.question {
        Some(id) => (card.revised(id), rating(card, id)?.note.is_some()),
        None if revision.answer.score().is_none() => return Err(Refused::NoScore),
        None => (
            card.revised_overall().map(Answer::Score),
            card.overall.reason.is_some(),
        ),
    };
    // The same answer again may bring the words that are missing.
    let has_words = has_words || card.is_revised(revision.question.as_deref());
    if has_words && now == Some(revision.answer) {
        return Err(Refused::Same);
    }
    card.status = CardStatus::Revised;
    card.revisions.push(Revision {
        reason,
        ..revision.clone()
    });
    Ok(())
}

fn rating<'c>(card: &'c mut Scorecard, id: &str) -> Result<&'c mut Rating, Refused> {
    let found = card.questions.iter_mut().find(|rating| rating.id == id);
    found.ok_or_else(|| Refused::NoSuchQuestion(id.to_owned()))
}

fn is_score(score: u8) -> Result<(), Refused> {
    if (scale::LOWEST..=scale::HIGHEST).contains(&score) {
        return Ok(());
    }
    Err(Refused::NoSuchScore(score))
}

fn length(seconds: u32) -> Result<u32, Refused> {
    if seconds > LONGEST_SECONDS {
        return Err(Refused::TooManySeconds);
    }
    Ok(seconds)
}

/// A text without blanks around it; `None`: nothing is left.
fn words(text: &str) -> Result<Option<String>, Refused> {
    if text.len() > LONGEST_NOTE {
        return Err(Refused::TooLong);
    }
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
