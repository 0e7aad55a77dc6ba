//! `stale-baseline`: an entry of the baseline stands for a defect that is no longer there.
//!
//! ## Why
//!
//! A baseline may only shrink. An entry that nothing matches would hide the same defect when it comes back. Entries do
//! not depend on line numbers: an entry goes stale only when its defect is mended, or when the text that it is about,
//! or its file's name, has changed.
//!
//! ## Example
//!
//! `lint-baseline.json` accepts a missing rubric, and the question has got one.
//!
//! ## Instead
//!
//! Write the baseline again: `intervy lint --baseline lint-baseline.json --write-baseline`.

use crate::lint::rule::{Check, Group, Rule};
use crate::model::baseline::{Baseline, BaselineEntry};
use crate::model::finding::{Finding, Level};
use crate::model::source::Location;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "stale-baseline",
    group: Group::Linter,
    level: Level::Warning,
    fix: None,
    file: include_str!("stale_baseline.rs"),
    check: Check::Linter,
};

/// The finding about an entry that stands for more than there is.
pub(in crate::lint) fn finding(baseline: &Baseline, entry: &BaselineEntry, gone: u32) -> Finding {
    let location = Location::at(&baseline.source, entry.span);
    let message = if gone == entry.count {
        format!("`{}` in `{}` is no longer found", entry.rule, entry.path)
    } else {
        format!(
            "`{}` in `{}` is found less often than here",
            entry.rule, entry.path
        )
    };
    let mut finding = Finding::new(location, message);
    finding.rule = RULE.name;
    finding.hint("write the baseline again with --write-baseline")
}
