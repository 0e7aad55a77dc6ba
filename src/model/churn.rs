//! What a version history says of the questions: who changed them, how often, when last.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

/// What a version history says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Churn {
    /// How many commits changed a question.
    pub commits: usize,
    /// The day of the first of them that is there.
    pub first: Option<Date>,
    /// The day of the last one.
    pub last: Option<Date>,
    /// Whether older commits are not there.
    pub is_shallow: bool,
    /// How many commits each contributor made.
    pub contributors: BTreeMap<String, usize>,
    /// By the path of a question from the bank's root, as it is now.
    pub questions: BTreeMap<String, QuestionChurn>,
}

/// What it says of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionChurn {
    /// How many commits changed it.
    pub commits: usize,
    /// How many lines they added.
    pub added: u64,
    /// How many lines they removed.
    pub removed: u64,
    /// Who made them.
    pub contributors: BTreeSet<String>,
    /// The day of the last one.
    pub last: Option<Date>,
}
