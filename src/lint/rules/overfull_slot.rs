//! `overfull-slot`: the parts of a blueprint or round take more minutes than it has, so that the
//! interview runs over.

use super::Rule;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::source::Location;

const NAME: &str = "overfull-slot";

pub(super) const RULE: Rule = Rule { name: NAME, check };

fn check(bank: &Bank, findings: &mut Vec<Finding>) {
    for blueprint in &bank.blueprints {
        if let Some(message) = blueprint.overflow(bank.config.frame) {
            let location = Location::at(&blueprint.source, blueprint.minutes.span);
            let finding = Finding::error(NAME, location, message);
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
                let finding = Finding::error(NAME, location, message);
                findings.push(finding.hint("lengthen the round, or name shorter blueprints"));
            }
        }
    }
}
