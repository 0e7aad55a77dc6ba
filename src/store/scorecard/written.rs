//! A scorecard as a file: the shape is frozen apart from the model.

use std::fmt::Write;

use serde::Serialize;

use crate::model::config::SCHEMA;
use crate::model::scorecard::{Answer, Rating, Scorecard};
use crate::model::vocabulary::{AskMode, CardStatus};

/// A scorecard as TOML.
#[must_use]
pub fn toml(card: &Scorecard) -> String {
    // Texts, numbers and lists of tables: nothing that TOML could not hold.
    toml::to_string(&CardFile::new(card)).unwrap_or_default()
}

/// A scorecard as JSON.
#[must_use]
pub fn json(card: &Scorecard) -> serde_json::Value {
    serde_json::to_value(CardFile::new(card)).unwrap_or_default()
}

/// A scorecard as JSON in one line, with letters spelt out that not every reader takes.
#[must_use]
pub fn line(card: &Scorecard) -> String {
    let plain = json(card).to_string();
    let mut line = String::with_capacity(plain.len());
    for letter in plain.chars() {
        let is_plain = !letter.is_control()
            && !matches!(
                letter,
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            );
        if is_plain {
            line.push(letter);
        } else {
            // They are within texts: JSON has no letters of this kind elsewhere, and none beyond four digits.
            let _ = write!(line, "\\u{:04x}", u32::from(letter));
        }
    }
    line
}

#[derive(Serialize)]
struct CardFile<'c> {
    schema: u32,
    screen: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    screen_hash: Option<&'c str>,
    candidate: &'c str,
    interviewer: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    status: CardStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    questions: Vec<RatingFile<'c>>,
    overall: OverallFile<'c>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reveals: Vec<RevealFile<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revisions: Vec<RevisionFile<'c>>,
}

#[derive(Serialize)]
struct RatingFile<'c> {
    id: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<&'c str>,
    #[serde(flatten)]
    answer: AnswerFile,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<AskMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scored_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'c str>,
}

#[derive(Serialize)]
struct AnswerFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_rating: Option<bool>,
}

#[derive(Serialize)]
struct OverallFile<'c> {
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'c str>,
}

#[derive(Serialize)]
struct RevealFile<'c> {
    at: String,
    reason: &'c str,
}

#[derive(Serialize)]
struct RevisionFile<'c> {
    at: String,
    reason: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'c str>,
    #[serde(flatten)]
    answer: AnswerFile,
}

impl AnswerFile {
    fn new(answer: Option<Answer>) -> Self {
        Self {
            asked: answer.map(|answer| answer != Answer::NotAsked),
            score: answer.and_then(Answer::score),
            no_rating: (answer == Some(Answer::NoRating)).then_some(true),
        }
    }
}

impl<'c> CardFile<'c> {
    fn new(card: &'c Scorecard) -> Self {
        let rating = |rating: &'c Rating| RatingFile {
            id: &rating.id,
            hash: rating.hash.as_deref(),
            answer: AnswerFile::new(rating.answer),
            mode: rating.mode,
            seconds: rating.seconds,
            scored_at: rating.scored_at.map(|at| at.to_string()),
            note: rating.note.as_deref(),
        };
        Self {
            schema: SCHEMA,
            screen: &card.screen,
            screen_hash: card.screen_hash.as_deref(),
            candidate: &card.candidate,
            interviewer: &card.interviewer,
            date: card.date.map(|date| date.to_string()),
            status: card.status,
            submitted_at: card.submitted_at.map(|at| at.to_string()),
            seconds: card.seconds,
            questions: card.questions.iter().map(rating).collect(),
            overall: OverallFile {
                score: card.overall.score,
                reason: card.overall.reason.as_deref(),
            },
            reveals: card
                .reveals
                .iter()
                .map(|reveal| RevealFile {
                    at: reveal.at.to_string(),
                    reason: &reveal.reason,
                })
                .collect(),
            revisions: card
                .revisions
                .iter()
                .map(|revision| RevisionFile {
                    at: revision.at.to_string(),
                    reason: &revision.reason,
                    question: revision.question.as_deref(),
                    answer: AnswerFile::new(Some(revision.answer)),
                })
                .collect(),
        }
    }
}
