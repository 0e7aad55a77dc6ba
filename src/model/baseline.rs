//! Findings that a team has put off: known, counted, and not to grow.

use std::sync::Arc;

use crate::model::source::{Source, Span};

/// A baseline as it was read.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The file.
    pub source: Arc<Source>,
    /// Its entries, in the order of the file.
    pub entries: Vec<BaselineEntry>,
}

/// Findings of one rule in one file that look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    /// Where the entry is written.
    pub span: Span,
    /// The rule.
    pub rule: String,
    /// The file, relative to the bank's root.
    pub path: String,
    /// What the findings have in common.
    pub fingerprint: String,
    /// How many of them there are.
    pub count: u32,
    /// What the first of them says; for people.
    pub message: String,
}
