//! What an assembly came to beside the screens: its effort, what was in the way, what changed, why it is so.

use crate::model::screen::{PinnedQuestion, Verdict};

/// The size of a model and of the search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Choices of a question, a segment and an ask mode.
    pub choices: usize,
    /// The questions that they are of.
    pub questions: usize,
    /// All variables.
    pub variables: usize,
    /// Conditions.
    pub rows: usize,
    /// Branches of all searches together.
    pub branches: u64,
}

/// How an assembly ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With screens.
    Solved(Verdict, Effort),
    /// It is proven that there are none.
    Impossible(Impossible),
}

/// Why there is no screen, in words, and what would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impossible {
    /// What there is none of, as a sentence without its full stop.
    pub headline: String,
    /// Sets of conditions that cannot all hold; each is about what the sets before it leave.
    pub conflicts: Vec<Vec<String>>,
    /// Whether it is proven that every one of them is needed.
    pub is_minimal: bool,
    /// The active questions that the filters allow, and their distinct categories, where that matters.
    pub available: Option<(usize, usize)>,
    /// Changes with which there is a screen.
    pub ways: Vec<String>,
}

/// What changed from one screen to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Questions that are no longer asked.
    pub gone: Vec<PinnedQuestion>,
    /// Questions that are asked instead.
    pub new: Vec<PinnedQuestion>,
    /// How many questions stayed.
    pub stayed: usize,
}

/// Why a screen is as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// For each of its questions, in order.
    pub questions: Vec<Reason>,
    /// Conditions without which a better screen would be possible.
    pub binding: Vec<Binding>,
}

/// Why a question is in a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its id.
    pub id: String,
    /// What there would be without it.
    pub instead: Instead,
}

/// The best screen without a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The question stays since that was asked for.
    Kept,
    /// There is none: a condition wants the question.
    Nothing,
    /// One that is worse on an objective.
    Worse(Change, Swap),
    /// One that is as good.
    AsGood(Swap),
    /// The search ended first.
    Unknown,
}

/// The questions that differ, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swap {
    /// Those that would be asked.
    pub new: Vec<String>,
    /// Those that would not, beside the one that is looked at.
    pub gone: Vec<String>,
}

/// The first objective on which two screens differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it counts.
    pub objective: String,
    /// The value of the screen.
    pub now: u32,
    /// The value of the other.
    pub then: u32,
}

/// A condition that stands in the way of something better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The condition, in words.
    pub wish: String,
    /// What would be better without it.
    pub gain: Change,
}
