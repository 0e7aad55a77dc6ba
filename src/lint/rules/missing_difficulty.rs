//! `missing-difficulty`: a category has questions enough, but none of a difficulty that picks ask for.
//!
//! ## Why
//!
//! A pick comes as near to the difficulty mix as the questions allow. Where a category has no hard question, a strong
//! candidate and a good one get the same score in it; where it has no easy one, nothing tells a weak candidate from one
//! who never met the subject.
//!
//! Only categories with at least six active questions are looked at: a smaller one cannot have everything. The
//! difficulties asked for are those with a share above zero in the `mix` below `[pick]`, or all three where there is
//! none.
//!
//! ## Example
//!
//! Six questions of `databases`, all of them `medium`.
//!
//! ## Instead
//!
//! Write an easy and a hard one, or ask for no others:
//!
//! ```toml
//! [pick]
//! mix = { medium = 100 }
//! ```

use std::collections::HashMap;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::config::Config;
use crate::model::finding::{Finding, Level};
use crate::model::source::Location;
use crate::model::vocabulary::{Difficulty, Vocabulary};

pub(super) const RULE: Rule = Rule {
    name: "missing-difficulty",
    group: Group::Bank,
    level: Level::Warning,
    fix: None,
    file: include_str!("missing_difficulty.rs"),
    check: Check::Bank(check),
};

/// The fewest active questions of a category that should have every difficulty.
const ENOUGH: u32 = 6;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    if !bank.config_is_sound() {
        return;
    }
    let mut counts: HashMap<&str, HashMap<Difficulty, u32>> = HashMap::new();
    for question in bank
        .questions
        .iter()
        .filter(|question| question.is_active())
    {
        let matter = &question.matter;
        let of_category = counts.entry(matter.category.as_str()).or_default();
        *of_category.entry(matter.difficulty.value).or_default() += 1;
    }
    let wanted = wanted(&bank.config);
    for category in &bank.config.categories {
        let Some(of_category) = counts.get(category.id.as_str()) else {
            continue;
        };
        if of_category.values().sum::<u32>() < ENOUGH {
            continue;
        }
        for difficulty in wanted
            .iter()
            .filter(|difficulty| !of_category.contains_key(difficulty))
        {
            let message = format!(
                "the category `{}` has no active question of difficulty `{difficulty}`",
                category.id.value
            );
            let location = Location::at(&bank.config.source, category.id.span);
            let hint = "write one, or take the difficulty out of the `mix` below `[pick]`";
            findings.push(Finding::new(location, message).hint(hint));
        }
    }
}

/// The difficulties that picks ask for.
fn wanted(config: &Config) -> Vec<Difficulty> {
    let mix = &config.pick.mix;
    let share = |difficulty: &Difficulty| mix.get(difficulty).is_some_and(|share| share.value > 0);
    let all = Difficulty::ALL.iter().copied();
    all.filter(|difficulty| mix.is_empty() || share(difficulty))
        .collect()
}
