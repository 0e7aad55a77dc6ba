//! `swallowed-heading`: a heading stands inside a code block, a quote, a list or HTML of what the candidate sees, so that
//! the answer below it would be shown.
//!
//! ## Why
//!
//! A code block that is never closed swallows the rest of the file: `## Reference answer` becomes a line of code, and the
//! answer below it a part of the prompt. The candidate's handout would hold it. Such a block is reported wherever it
//! begins, since what it swallows is lost to the interviewer as well.
//!
//! ## Example
//!
//! ````markdown
//! Read this query:
//!
//! ```sql
//! SELECT 1;
//!
//! ## Reference answer
//! ````
//!
//! ## Instead
//!
//! Close the code block, and begin the heading with `## ` at the start of its line.

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::SWALLOWED_HEADING,
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("swallowed_heading.rs"),
    check: Check::Reading,
};
