//! `unknown-category`: a question or dimension names a category that `intervy.toml` does not have.
//!
//! ## Why
//!
//! A question of an unlisted category counts for no dimension and is missed by everyone who filters by category. An alias
//! or a name of a category is understood and can be replaced by its id (`--fix`).
//!
//! ## Example
//!
//! ```yaml
//! category: databses
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! category: databases
//! ```

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level, Safety};
use crate::model::source::{Location, Source, Spanned};
use crate::model::suggest;

pub(super) const RULE: Rule = Rule {
    name: "unknown-category",
    group: Group::FrontMatter,
    level: Level::Error,
    fix: Some(Safety::Safe),
    file: include_str!("unknown_category.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    if !bank.config_is_sound() {
        return;
    }
    let config = &bank.config;
    let mut judge = |source: &std::sync::Arc<Source>, category: &Spanned<String>| {
        if config.category(category).is_some() {
            return;
        }
        let location = Location::at(source, category.span);
        let message = format!("there is no category `{}`", category.value);
        let mut finding = Finding::new(location, message);
        let known = config.categories.iter().map(|known| known.id.as_str());
        let meant = config.find_category(category);
        if let Some(known) = meant
            && source.slice(category.span) == category.value
        {
            finding = finding.fix(Safety::Safe, category.span, known.id.value.clone());
        }
        finding.hint = meant
            .map(|known| format!("write its id, `{}`", known.id.value))
            .or_else(|| suggest::hint(category, known))
            .or_else(|| Some("add it to `intervy.toml` as `[[categories]]`".to_owned()));
        findings.push(finding);
    };
    for question in &bank.questions {
        judge(&question.text.source, &question.matter.category);
    }
    for question in &bank.incomplete {
        if let Some(category) = &question.category {
            judge(&question.text.source, category);
        }
    }
    for dimension in &config.dimensions {
        for category in &dimension.categories {
            judge(&config.source, category);
        }
    }
}
