//! `invalid-value`: a field has a value of the wrong type, out of its range, or not in its list.
//!
//! ## Why
//!
//! A question whose minutes are a word or whose difficulty is `impossible` cannot be placed, so it is never picked. Words
//! that differ from the right ones only in case, and numbers in quotes, can be mended without a doubt (`--fix`); a typing
//! error is a guess (`--fix --unsafe`).
//!
//! ## Example
//!
//! ```yaml
//! difficulty: Medium
//! minutes: "6"
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! difficulty: medium
//! minutes: 6
//! ```

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, Safety, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::INVALID_VALUE,
    group: Group::FrontMatter,
    level: Level::Error,
    fix: Some(Safety::Safe),
    file: include_str!("invalid_value.rs"),
    check: Check::Reading,
};
