//! `ambiguous-alias`: a word stands for two categories, so that flags and blueprints may mean the wrong one.
//!
//! ## Why
//!
//! `intervy pick --category sql` and the `categories` of a blueprint take ids, names and aliases, in any case. An id
//! wins over names and aliases; of two names or aliases the category that comes first in the file wins. Nobody knows
//! that by heart, and a screen with the wrong questions looks like any other.
//!
//! ## Example
//!
//! ```toml
//! [[categories]]
//! id = "databases"
//! aliases = ["sql"]
//!
//! [[categories]]
//! id = "sql"
//! ```
//!
//! ## Instead
//!
//! Keep the alias in one of the two.

use std::collections::HashMap;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::config::{Category, Config};
use crate::model::finding::{Finding, Level};
use crate::model::source::{Location, Span};

pub(super) const RULE: Rule = Rule {
    name: "ambiguous-alias",
    group: Group::Bank,
    level: Level::Error,
    fix: None,
    file: include_str!("ambiguous_alias.rs"),
    check: Check::Bank(check),
};

/// What a word is for its category.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Id,
    Name,
    Alias,
}

/// A word that stands for a category.
struct Word<'b> {
    category: &'b Category,
    role: Role,
    text: &'b str,
    span: Span,
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let config = &context.bank.config;
    let mut words: Vec<Word<'_>> = config.categories.iter().flat_map(words).collect();
    // Ids first: where one of two is an id, the other one is the mistake.
    words.sort_by_key(|word| (word.role != Role::Id, word.span.start));
    let mut first: HashMap<String, &Word<'_>> = HashMap::new();
    for word in &words {
        let other = *first.entry(word.text.to_lowercase()).or_insert(word);
        if other.category.id.value != word.category.id.value {
            findings.push(finding(config, word, other));
        }
    }
}

fn words(category: &Category) -> impl Iterator<Item = Word<'_>> {
    let word = |role, text, span| Word {
        category,
        role,
        text,
        span,
    };
    let id = word(Role::Id, category.id.as_str(), category.id.span);
    let name = word(Role::Name, category.name.as_str(), category.name.span);
    // A category without a name goes by its id.
    let name = (category.name.span != category.id.span).then_some(name);
    let aliases = category.aliases.iter();
    let aliases = aliases.map(move |alias| word(Role::Alias, alias.as_str(), alias.span));
    std::iter::once(id).chain(name).chain(aliases)
}

fn finding(config: &Config, word: &Word<'_>, other: &Word<'_>) -> Finding {
    let message = format!(
        "`{}` is {} of `{}` and also {} of `{}`",
        word.text,
        described(word.role),
        word.category.id.value,
        described(other.role),
        other.category.id.value
    );
    let meant = config
        .find_category(word.text)
        .map_or("", |category| category.id.as_str());
    let at = |word: &Word<'_>| Location::at(&config.source, word.span);
    Finding::new(at(word), message)
        .hint(format!(
            "it is taken to mean `{meant}`; keep it in one of the two"
        ))
        .related(at(other), "also used here")
}

fn described(role: Role) -> &'static str {
    match role {
        Role::Id => "the id",
        Role::Name => "the name",
        Role::Alias => "an alias",
    }
}
