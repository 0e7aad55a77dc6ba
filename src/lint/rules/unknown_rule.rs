//! `unknown-rule`: a configuration or an `allow` names a rule that does not exist.
//!
//! ## Why
//!
//! A misspelt name changes nothing: the rule that was meant stays as it was, and nobody notices.
//!
//! ## Example
//!
//! ```toml
//! [lint.rules]
//! mising-rubric = "off"
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [lint.rules]
//! missing-rubric = "off"
//! ```
//!
//! `intervy lint --list-rules` shows every name.

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::rules;
use crate::model::finding::{Finding, Level};
use crate::model::lint::ALL_RULES;
use crate::model::source::Location;
use crate::model::suggest;

pub(super) const RULE: Rule = Rule {
    name: "unknown-rule",
    group: Group::Linter,
    level: Level::Error,
    fix: None,
    file: include_str!("unknown_rule.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    let settings = &bank.config.lint;
    let in_paths = settings.paths.iter().flat_map(|group| &group.rules);
    let levels = settings.rules.iter().chain(in_paths);
    let configured = levels
        .filter(|level| level.rule.value != ALL_RULES)
        .map(|level| (&level.source, &level.rule));
    let allowed = bank.allowances.iter();
    let allowed = allowed.map(|allowance| (&allowance.source, &allowance.rule));
    for (source, name) in configured.chain(allowed) {
        if rules::index(name).is_none() {
            let location = Location::at(source, name.span);
            let mut finding = Finding::new(location, format!("there is no rule `{}`", name.value));
            let known = rules::ALL.iter().map(|rule| rule.name);
            let near = suggest::hint(name, known);
            finding.hint =
                near.or_else(|| Some("`intervy lint --list-rules` shows every name".to_owned()));
            findings.push(finding);
        }
    }
}
