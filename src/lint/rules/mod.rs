//! The table of rules.

mod duplicate_id;
mod overfull_slot;
mod unknown_category;
mod unknown_reference;

use crate::model::bank::Bank;
use crate::model::finding::Finding;

/// A rule over a whole bank.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its kebab-case name.
    pub name: &'static str,
    /// Adds what it finds.
    pub check: fn(&Bank, &mut Vec<Finding>),
}

/// Every rule, by name.
pub const ALL: &[Rule] = &[
    duplicate_id::RULE,
    overfull_slot::RULE,
    unknown_category::RULE,
    unknown_reference::RULE,
];
