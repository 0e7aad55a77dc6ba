//! `unknown-field`: a file has a field that the format does not know, most often a misspelt one.
//!
//! ## Why
//!
//! A field that nobody reads says something to its author and nothing to the program: `dificulty: hard` leaves the
//! question without a difficulty. The nearest known name is suggested. A name that differs from a known one only in
//! case, hyphens or underscores can be mended without a doubt (`--fix`); a typing error is a guess (`--fix --unsafe`).
//!
//! ## Example
//!
//! ```yaml
//! never-with: [sql-joins]
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! never_with: [sql-joins]
//! ```

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, Safety, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::UNKNOWN_FIELD,
    group: Group::FrontMatter,
    level: Level::Error,
    fix: Some(Safety::Safe),
    file: include_str!("unknown_field.rs"),
    check: Check::Reading,
};
