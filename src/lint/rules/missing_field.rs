//! `missing-field`: a field that must be given is not there.
//!
//! ## Why
//!
//! Without a category, a difficulty and minutes a question cannot be placed in a screen; without a title nobody finds
//! it in a list. A question with a missing field is never picked.
//!
//! ## Example
//!
//! ```yaml
//! title: Cache stampede
//! category: caching
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! title: Cache stampede
//! category: caching
//! difficulty: medium
//! minutes: { quick: 3, standard: 6, deep: 12 }
//! ```

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::MISSING_FIELD,
    group: Group::FrontMatter,
    level: Level::Error,
    fix: None,
    file: include_str!("missing_field.rs"),
    check: Check::Reading,
};
