//! `duplicate-key`: a field is given twice, so that one of the two values is ignored.
//!
//! ## Why
//!
//! Programs differ in which of the two they take, and a reviewer sees only the one that they look at.
//!
//! ## Example
//!
//! ```yaml
//! difficulty: easy
//! minutes: 6
//! difficulty: hard
//! ```
//!
//! ## Instead
//!
//! Keep one of them.

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::DUPLICATE_KEY,
    group: Group::FrontMatter,
    level: Level::Error,
    fix: None,
    file: include_str!("duplicate_key.rs"),
    check: Check::Reading,
};
