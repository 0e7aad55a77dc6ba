//! `duplicate-id`: two questions have the same id, so that screens and scores cannot tell them apart.

use std::collections::HashMap;

use super::Rule;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::question::QuestionText;
use crate::model::source::Location;

const NAME: &str = "duplicate-id";

pub(super) const RULE: Rule = Rule { name: NAME, check };

fn check(bank: &Bank, findings: &mut Vec<Finding>) {
    let mut texts: Vec<&QuestionText> = bank
        .questions
        .iter()
        .map(|question| &question.text)
        .chain(bank.incomplete.iter().map(|question| &question.text))
        .collect();
    texts.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    let mut first: HashMap<&str, &QuestionText> = HashMap::with_capacity(texts.len());
    for text in texts {
        let Some(other) = first.get(text.id.as_str()) else {
            first.insert(&text.id, text);
            continue;
        };
        let finding = Finding::error(
            NAME,
            Location::at(&text.source, text.id.span),
            format!("the id `{}` is used by another question", text.id.value),
        )
        .hint("rename this file, or give it an `id` of its own")
        .related(
            Location::at(&other.source, other.id.span),
            "first used here",
        );
        findings.push(finding);
    }
}
