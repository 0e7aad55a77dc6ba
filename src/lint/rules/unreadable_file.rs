//! `unreadable-file`: a file cannot be read at all, so that nothing in it counts.
//!
//! ## Why
//!
//! A question that cannot be read is not listed, not picked and not checked any further. It would vanish in silence.
//! What makes a file unreadable: no front matter, or front matter that is not valid YAML or TOML; text that is not UTF-8;
//! a symbolic link; a size, a nesting or a number of YAML aliases beyond what any question needs.
//!
//! ## Example
//!
//! ```markdown
//! ---
//! title: Caching: when not to
//! ---
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! ---
//! title: "Caching: when not to"
//! ---
//! ```

use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Level, reading};

pub(super) const RULE: Rule = Rule {
    name: reading::UNREADABLE_FILE,
    group: Group::FrontMatter,
    level: Level::Error,
    fix: None,
    file: include_str!("unreadable_file.rs"),
    check: Check::Reading,
};
