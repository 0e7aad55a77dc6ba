//! A screen: an ordered list of questions for one interview, by hand or pinned by a pick.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::config::Frame;
use crate::model::constraints::Constraints;
use crate::model::question::{self, Minutes};
use crate::model::scale::ScalePoint;
use crate::model::source::{Source, Spanned};
use crate::model::vocabulary::{AskMode, Difficulty};

/// A pinned screen: everything that a later command needs to reproduce the pick and to notice
/// that a question has since changed.
#[derive(Clone, Debug, Serialize)]
pub struct Screen {
    /// The version of this shape.
    pub schema: u32,
    /// Unique: a slug of the blueprint or title and 8 digits of a hash over all that is pinned.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The bank's name.
    pub bank: String,
    /// The git commit of the bank's work tree, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The blueprint's name, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blueprint: Option<String>,
    /// The seed of the random choice among all optimal screens; none for a hand-ordered screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Whom and what it is for.
    #[serde(flatten)]
    pub occasion: Occasion,
    /// The whole slot.
    pub minutes: u32,
    /// Before the first question.
    pub intro_minutes: u32,
    /// After the last question.
    pub closing_minutes: u32,
    /// What is known about the choice.
    pub verdict: Verdict,
    /// What was asked for, beside the minutes and the blueprint's segments.
    pub constraints: Constraints,
    /// How category scores combine.
    pub weights: Vec<Weight>,
    /// The wording of the scale, lowest score first.
    pub scale: Vec<ScalePoint>,
    /// The parts of the interview, in order.
    pub segments: Vec<PinnedSegment>,
    /// The questions, in order.
    pub questions: Vec<PinnedQuestion>,
}

/// Whom and what a screen is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Occasion {
    /// The candidate's pseudonym.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<String>,
    /// The day of the interview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The loop's name.
    #[serde(rename = "loop", skip_serializing_if = "Option::is_none")]
    pub hiring_loop: Option<String>,
    /// The title of its round, or of a session of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// Which of several parallel forms it is, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<u32>,
}

impl Screen {
    /// The frame of the slot.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame {
            minutes: self.minutes,
            intro_minutes: self.intro_minutes,
            closing_minutes: self.closing_minutes,
        }
    }

    /// `sha256:` and 64 hexadecimal digits over all that is pinned: the same for a screen written as TOML and as
    /// JSON, another one once anything of it is changed.
    #[must_use]
    pub fn content_hash(&self) -> String {
        // A screen has no map with keys other than texts, nor anything else that could not be written.
        let text = serde_json::to_string(self).unwrap_or_default();
        question::content_hash(&text)
    }

    /// The minutes of all questions together.
    #[must_use]
    pub fn question_minutes(&self) -> u32 {
        self.questions.iter().map(|question| question.minutes).sum()
    }
}

/// What is known about a choice of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// How the choice was made.
    pub status: VerdictStatus,
    /// The values reached, most important first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<Objective>,
}

/// How a choice was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictStatus {
    /// Proven: no other choice is better on any objective without being worse on one before it.
    Optimal,
    /// The best that was found when the search was stopped; the last objective says how much better another one
    /// could be.
    Unproven,
    /// A person ordered the questions.
    HandOrdered,
}

impl VerdictStatus {
    /// The word used in files and output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Unproven => "unproven",
            Self::HandOrdered => "hand-ordered",
        }
    }
}

/// One thing that the choice was asked to make as small as possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// What it counts.
    pub name: String,
    /// The value of the chosen screen: proven to be the least, unless a bound is given.
    pub value: u32,
    /// What is proven where the search was stopped: no screen has less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<u32>,
}

/// The weight of a dimension, as it was when the screen was pinned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// The dimension's name.
    pub dimension: String,
    /// Its weight, relative to the others.
    pub weight: u32,
    /// The ids of its categories.
    pub categories: Vec<String>,
}

/// A part of an interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PinnedSegment {
    /// Its title.
    pub title: String,
    /// Minutes set aside for it.
    pub minutes: u32,
    /// The minute at which it begins, counted from the start of the slot.
    pub start_minute: u32,
    /// A line for the interviewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A question as it was when the screen was pinned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PinnedQuestion {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The id of its category.
    pub category: String,
    /// Its difficulty.
    pub difficulty: Difficulty,
    /// The title of the segment that it belongs to.
    pub segment: String,
    /// How deep it is to be taken.
    pub mode: AskMode,
    /// Its minutes in that mode.
    pub minutes: u32,
    /// The minute at which it begins, counted from the start of the slot.
    pub start_minute: u32,
    /// The hash of its file; see [`crate::model::question::content_hash`].
    pub hash: String,
}

/// A screen that a person wrote: ids in order, with as much or as little detail as they liked.
#[derive(Clone, Debug)]
pub struct HandScreen {
    /// The file.
    pub source: Arc<Source>,
    /// The file's stem.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The whole slot; `None`: what the questions, intro and closing take.
    pub minutes: Option<Spanned<u32>>,
    /// Before the first question; `None`: the bank's default.
    pub intro_minutes: Option<u32>,
    /// After the last question; `None`: the bank's default.
    pub closing_minutes: Option<u32>,
    /// The questions, in order.
    pub questions: Vec<HandQuestion>,
}

/// A question of a hand-ordered screen.
#[derive(Clone, Debug)]
pub struct HandQuestion {
    /// Its id.
    pub id: Spanned<String>,
    /// The ask mode; `None`: standard, or the only one that the question has.
    pub mode: Option<Spanned<AskMode>>,
    /// The title of its segment; `None`: that of the question before it.
    pub segment: Option<String>,
}

impl HandQuestion {
    /// The ask mode, and its minutes if the question has any for it: what is wanted, else standard, else
    /// the shortest mode that the question has.
    #[must_use]
    pub fn length(&self, minutes: &Minutes) -> (AskMode, Option<u32>) {
        let mode = match &self.mode {
            Some(mode) => mode.value,
            None if minutes.standard.is_some() => AskMode::Standard,
            None => minutes
                .modes()
                .next()
                .map_or(AskMode::Standard, |(mode, _)| mode),
        };
        (mode, minutes.of(mode))
    }
}
