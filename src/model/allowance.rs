//! A rule that a file says it may break, and why.

use std::sync::Arc;

use crate::model::source::{Source, Span, Spanned};

/// A rule that a file says it may break, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The file.
    pub source: Arc<Source>,
    /// The rule's name as it was written.
    pub rule: Spanned<String>,
    /// Why.
    pub reason: String,
    /// The part of the file that it is about; `None`: the whole file.
    pub scope: Option<Span>,
    /// What to remove when it is no longer needed.
    pub whole: Span,
}
