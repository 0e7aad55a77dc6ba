//! A scorecard: one interviewer's ratings of one candidate on one screen.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::vocabulary::{AskMode, CardStatus};

/// The longest note or reason, in bytes.
pub const LONGEST_NOTE: usize = 64 * 1024;
/// The longest time that a question or an interview may have taken, in seconds: a week.
pub const LONGEST_SECONDS: u32 = 7 * 24 * 60 * 60;

/// One interviewer's ratings of one candidate on one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scorecard {
    /// The screen's id.
    pub screen: String,
    /// The screen's hash; see [`crate::model::screen::Screen::content_hash`].
    pub screen_hash: Option<String>,
    /// The candidate's pseudonym.
    pub candidate: String,
    /// Who asked.
    pub interviewer: String,
    /// The day of the interview.
    pub date: Option<Date>,
    /// How far it is.
    pub status: CardStatus,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// How long the interview took.
    pub seconds: Option<u32>,
    /// The ratings, in the order of the screen.
    pub questions: Vec<Rating>,
    /// The recommendation after all questions.
    pub overall: Overall,
    /// When others' scores were shown to this interviewer before these were handed in, and why.
    pub reveals: Vec<Reveal>,
    /// What was changed after it was handed in, oldest first.
    pub revisions: Vec<Revision>,
}

/// What is known about one question of an interview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    /// The question's id.
    pub id: String,
    /// The hash of the question's file when it was asked.
    pub hash: Option<String>,
    /// What came of it; `None`: nobody has said yet.
    pub answer: Option<Answer>,
    /// How deep it was really taken.
    pub mode: Option<AskMode>,
    /// The evidence.
    pub note: Option<String>,
    /// How long it took.
    pub seconds: Option<u32>,
    /// When it was scored.
    pub scored_at: Option<Timestamp>,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A score of the scale.
    Score(u8),
    /// Asked, and deliberately not rated.
    NoRating,
    /// Not asked.
    NotAsked,
}

impl Answer {
    /// What a person writes for one: 1 to 5, `none` or `no-rating`, `skip` or `not-asked`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().replace([' ', '_'], "-").as_str() {
            "1" | "2" | "3" | "4" | "5" => word.parse().ok().map(Self::Score),
            "none" | "no-rating" => Some(Self::NoRating),
            "skip" | "not-asked" => Some(Self::NotAsked),
            _ => None,
        }
    }

    /// The score, if it is one.
    #[must_use]
    pub fn score(self) -> Option<u8> {
        match self {
            Self::Score(score) => Some(score),
            Self::NoRating | Self::NotAsked => None,
        }
    }
}

/// The recommendation after all questions, on the scale of the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overall {
    /// The score.
    pub score: Option<u8>,
    /// Why.
    pub reason: Option<String>,
}

/// Others' scores were shown before the scorecard was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A change after the scorecard was handed in. The independent score stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The question's id; `None`: the recommendation.
    pub question: Option<String>,
    /// What it is now.
    pub answer: Answer,
}

impl Scorecard {
    /// A blank one.
    #[must_use]
    pub fn new(screen: &str, candidate: &str, interviewer: &str) -> Self {
        Self {
            screen: screen.to_owned(),
            screen_hash: None,
            candidate: candidate.to_owned(),
            interviewer: interviewer.to_owned(),
            date: None,
            status: CardStatus::Draft,
            submitted_at: None,
            seconds: None,
            questions: Vec::new(),
            overall: Overall::default(),
            reveals: Vec::new(),
            revisions: Vec::new(),
        }
    }

    /// The rating of a question.
    #[must_use]
    pub fn rating(&self, id: &str) -> Option<&Rating> {
        self.questions.iter().find(|rating| rating.id == id)
    }

    /// Whether it was handed in.
    #[must_use]
    pub fn is_submitted(&self) -> bool {
        self.status != CardStatus::Draft
    }

    /// Whether a question was revised; `None`: the recommendation.
    #[must_use]
    pub fn is_revised(&self, question: Option<&str>) -> bool {
        let mut revised = self.revisions.iter();
        revised.any(|revision| revision.question.as_deref() == question)
    }

    /// What a question came to after all revisions; its independent score is that of its rating.
    #[must_use]
    pub fn revised(&self, id: &str) -> Option<Answer> {
        let revised = self.revisions.iter().rev();
        let revised = revised
            .filter(|revision| revision.question.as_deref() == Some(id))
            .map(|revision| revision.answer);
        revised
            .chain(self.rating(id).and_then(|rating| rating.answer))
            .next()
    }

    /// The score of the recommendation after all revisions.
    #[must_use]
    pub fn revised_overall(&self) -> Option<u8> {
        let revised = self.revisions.iter().rev();
        let revised = revised.filter(|revision| revision.question.is_none());
        revised
            .filter_map(|revision| revision.answer.score())
            .chain(self.overall.score)
            .next()
    }
}
