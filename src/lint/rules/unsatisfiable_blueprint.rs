//! `unsatisfiable-blueprint`: no screen can be assembled from the bank by a blueprint any more.
//!
//! ## Why
//!
//! Nobody notices when the last question that a segment can take is retired, gets longer or moves to another category,
//! until the recruiter's pick fails on the morning of the interview. This finds it in the pull request that does it,
//! and says which segment starves, and of what.
//!
//! It is proven, not guessed: counting finds most cases, and the solver behind `intervy pick` decides the others.
//! Should the solver give up (1,000 branches, fewer for large blueprints; a million pairs of a question and a segment),
//! nothing is reported. The first 100 blueprints by name are looked at.
//! Unknown names and overfull slots are findings of other rules, and the blueprint is not looked at until they are
//! mended.
//!
//! ## Example
//!
//! ```toml
//! [[segments]]
//! title = "Database deep-dive"
//! minutes = 12
//! questions = 2               # one question of databases is left that has minutes for deep
//! mode = "deep"
//! categories = ["databases"]
//! ```
//!
//! ## Instead
//!
//! Write the questions that are missing, give existing ones minutes for the ask mode, or ask for less.

use rayon::prelude::*;

use crate::lint::context::{Context, Starvation};
use crate::lint::rule::{Check, Group, Rule};
use crate::model::blueprint::Blueprint;
use crate::model::finding::{Finding, Level};
use crate::model::source::Location;

pub(super) const RULE: Rule = Rule {
    name: "unsatisfiable-blueprint",
    group: Group::Bank,
    level: Level::Error,
    fix: None,
    file: include_str!("unsatisfiable_blueprint.rs"),
    check: Check::Bank(check),
};

/// The blueprints that are looked at: a pull request must not be able to keep the solver busy for hours.
const MOST: usize = 100;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    if !bank.config_is_sound() {
        return;
    }
    let starving = bank
        .blueprints
        .par_iter()
        .take(MOST)
        .filter_map(|blueprint| {
            let starvation = (context.starvation)(blueprint)?;
            Some(finding(blueprint, &starvation))
        });
    findings.extend(starving.collect::<Vec<_>>());
}

fn finding(blueprint: &Blueprint, starvation: &Starvation) -> Finding {
    let segment = starvation
        .segment
        .and_then(|index| blueprint.segments.get(index));
    let span = segment.map_or(blueprint.minutes.span, |segment| segment.title.span);
    let message = format!("no screen can be assembled: {}", starvation.why);
    let hint = "write what is missing, give questions minutes for the ask mode, or ask for less";
    Finding::new(Location::at(&blueprint.source, span), message).hint(hint)
}
