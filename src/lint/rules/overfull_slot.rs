//! `overfull-slot`: the parts of a blueprint or round take more minutes than it has, so that the interview runs over.
//!
//! ## Why
//!
//! What is cut when time runs out is the last part, different for every candidate; and then candidates cannot be compared.
//!
//! ## Example
//!
//! ```toml
//! minutes = 30                # 26 for questions after intro and closing
//!
//! [[segments]]
//! title = "Databases"
//! minutes = 20
//!
//! [[segments]]
//! title = "Caching"
//! minutes = 10
//! ```
//!
//! ## Instead
//!
//! Shorten a segment, or lengthen the slot.

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::source::Location;

pub(super) const RULE: Rule = Rule {
    name: "overfull-slot",
    group: Group::Bank,
    level: Level::Error,
    fix: None,
    file: include_str!("overfull_slot.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    for blueprint in &bank.blueprints {
        if let Some(message) = blueprint.overflow(bank.config.frame) {
            let location = Location::at(&blueprint.source, blueprint.minutes.span);
            let finding = Finding::new(location, message);
            findings.push(finding.hint("shorten a segment, or lengthen the slot"));
        }
    }
    for hiring_loop in &bank.loops {
        for round in &hiring_loop.rounds {
            let taken: u32 = round
                .sessions
                .iter()
                .filter_map(|session| bank.blueprint(&session.blueprint))
                .map(|blueprint| blueprint.minutes.value)
                .sum();
            if taken > round.minutes.value {
                let location = Location::at(&hiring_loop.source, round.minutes.span);
                let message = format!(
                    "the round has {} minutes, but its blueprints take {taken}",
                    round.minutes.value
                );
                let finding = Finding::new(location, message);
                findings.push(finding.hint("lengthen the round, or name shorter blueprints"));
            }
        }
    }
}
