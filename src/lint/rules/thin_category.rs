//! `thin-category`: a category has so few active questions that every candidate is asked the same ones.
//!
//! ## Why
//!
//! Candidates talk to each other. With one or two questions of a category a pick has no choice, and a question that is
//! known in advance measures nothing. Fewer than three is thin unless `[lint] thin_category` says otherwise. Questions
//! with mistakes in their front matter are counted, so that one mistake is one finding.
//!
//! ## Example
//!
//! A category `messaging` in `intervy.toml`, and a single question below `questions/messaging/`.
//!
//! ## Instead
//!
//! Write more questions of it, merge the category into another one, or say that fewer are enough:
//!
//! ```toml
//! [lint]
//! thin_category = 1
//! ```

use std::collections::HashMap;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::source::Location;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "thin-category",
    group: Group::Bank,
    level: Level::Warning,
    fix: None,
    file: include_str!("thin_category.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    // A bank without any question is an empty folder, and no thin one.
    let empty = bank.questions.is_empty() && bank.incomplete.is_empty();
    if empty || !bank.config_is_sound() {
        return;
    }
    let usable = bank
        .questions
        .iter()
        .filter(|question| question.is_active());
    let incomplete = bank.incomplete.iter().filter(|question| {
        question
            .status
            .is_none_or(|status| status == Status::Active)
    });
    let categories = usable
        .map(|question| question.matter.category.as_str())
        .chain(incomplete.filter_map(|question| question.category.as_deref().map(String::as_str)));
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for category in categories {
        *counts.entry(category).or_default() += 1;
    }
    let least = bank.config.lint.thin_category;
    for category in &bank.config.categories {
        let id = &category.id.value;
        let message = match counts.get(id.as_str()) {
            None => format!("the category `{id}` has no active question"),
            Some(count) if *count < least => {
                format!("the category `{id}` has fewer than {least} active questions")
            }
            Some(_) => continue,
        };
        let location = Location::at(&bank.config.source, category.id.span);
        let hint = "write more of them, merge it into another category, or lower `thin_category` below `[lint]`";
        findings.push(Finding::new(location, message).hint(hint));
    }
}
