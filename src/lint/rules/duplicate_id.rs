//! `duplicate-id`: two questions have the same id, so that screens and scores cannot tell them apart.
//!
//! ## Why
//!
//! A screen pins questions by id, and scores are collected by id. With two questions of one id, a score belongs to neither.
//! The id is the file's stem unless the front matter gives one.
//!
//! ## Example
//!
//! `questions/databases/locking.md` and `questions/caching/locking.md`.
//!
//! ## Instead
//!
//! Rename one of them (`cache-locking.md`), or give it an `id` of its own.

use std::collections::BTreeMap;

use foldhash::{HashSet, HashSetExt};

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::question::QuestionText;
use crate::model::source::Location;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    group: Group::Identity,
    level: Level::Error,
    fix: None,
    file: include_str!("duplicate_id.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    let usable = bank.questions.iter().map(|question| &question.text);
    let incomplete = bank.incomplete.iter().map(|question| &question.text);
    let mut holders: BTreeMap<&str, Vec<&QuestionText>> = BTreeMap::new();
    let mut ids = HashSet::with_capacity(bank.questions.len() + bank.incomplete.len());
    for text in usable.clone().chain(incomplete.clone()) {
        if !ids.insert(text.id.as_str()) {
            holders.entry(&text.id).or_default();
        }
    }
    if holders.is_empty() {
        return;
    }
    for text in usable.chain(incomplete) {
        if let Some(texts) = holders.get_mut(text.id.as_str()) {
            texts.push(text);
        }
    }
    for (id, mut texts) in holders {
        texts.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        for (index, text) in texts.iter().enumerate() {
            let other = texts[usize::from(index == 0)];
            let location = Location::at(&text.source, text.id.span);
            let message = format!("the id `{id}` is used by {} questions", texts.len());
            let finding = Finding::new(location, message)
                .hint("rename this file, or give it an `id` of its own")
                .related(Location::at(&other.source, other.id.span), "also used here");
            findings.push(finding);
        }
    }
}
