//! `unknown-category`: a question or dimension names a category that `intervy.toml` does not have.

use super::Rule;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::source::{Location, Source, Spanned};
use crate::model::suggest;

const NAME: &str = "unknown-category";

pub(super) const RULE: Rule = Rule { name: NAME, check };

fn check(bank: &Bank, findings: &mut Vec<Finding>) {
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
        let mut finding = Finding::error(NAME, location, message);
        let known = config.categories.iter().map(|known| known.id.as_str());
        let alias = config
            .find_category(category)
            .map(|known| format!("write its id, `{}`", known.id.value));
        finding.hint = alias
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
