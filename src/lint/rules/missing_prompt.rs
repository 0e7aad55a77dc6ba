//! `missing-prompt`: a question asks nothing: no text stands before its first heading.
//!
//! ## Why
//!
//! The prompt is what the interviewer reads out and all that the candidate gets. A heading at the very top (`# My
//! question`) begins a section, so that everything below it is hidden from the candidate.
//!
//! ## Example
//!
//! ```markdown
//! # N+1 queries
//!
//! A page shows 50 orders and sends 51 queries. What do you look at first?
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! A page shows 50 orders and sends 51 queries. What do you look at first?
//! ```

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::MISSING_PROMPT,
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("missing_prompt.rs"),
    check: Check::Reading,
};
