//! The linter: what reading found, and what only shows when the whole bank is looked at.

pub mod rules;

use crate::model::bank::Bank;
use crate::model::finding::Finding;

/// Everything that is wrong with a bank, in the order in which it is shown.
#[must_use]
pub fn check(bank: &Bank) -> Vec<Finding> {
    let mut findings = bank.findings.clone();
    for rule in rules::ALL {
        (rule.check)(bank, &mut findings);
    }
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    findings
}
