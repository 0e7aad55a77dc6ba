//! `category-mismatch`: a question lies in the folder of another category, so that whoever looks for it by its place
//! misses it.
//!
//! ## Why
//!
//! People find questions by their folders, and the program by their `category`. Where the two differ, one of them is
//! wrong: most often a question was copied and its category was not changed, and then it counts for the wrong skill.
//!
//! A question is in its place when any folder on its path is the id, the name or an alias of its category, whatever the
//! case and punctuation. Questions directly in `questions/` are. A folder that names no category at all
//! (`questions/team-a`) is only reported where most questions of the bank lie in the folder of their category.
//!
//! ## Example
//!
//! ```yaml
//! # questions/databases/cache-stampede.md
//! category: caching
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! # questions/caching/cache-stampede.md
//! category: caching
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::config::Category;
use crate::model::finding::{Finding, Level};
use crate::model::source::{Location, Source, Spanned};
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "category-mismatch",
    group: Group::Identity,
    level: Level::Warning,
    fix: None,
    file: include_str!("category_mismatch.rs"),
    check: Check::Bank(check),
};

/// A question whose folders and category differ.
struct Misplaced<'b> {
    source: &'b Arc<Source>,
    category: &'b Spanned<String>,
    folder: &'b str,
    /// The category that a folder on the path names.
    other: Option<&'b Category>,
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    let usable = bank.questions.iter().map(|question| {
        let matter = &question.matter;
        (&question.text, Some(&matter.category), matter.status)
    });
    let incomplete = bank.incomplete.iter().map(|question| {
        let status = question.status.unwrap_or(Status::Active);
        (&question.text, question.category.as_ref(), status)
    });
    let known = bank.config.categories.iter();
    let known: HashSet<&str> = known.map(|category| category.id.as_str()).collect();
    let names = by_name(context);
    let mut folders: HashMap<&str, Vec<&Category>> = HashMap::new();
    let mut in_place = 0_usize;
    let mut misplaced = Vec::new();
    for (text, category, status) in usable.chain(incomplete) {
        let Some(category) = category else { continue };
        let folder = text
            .folder
            .strip_prefix("questions")
            .unwrap_or("")
            .trim_start_matches('/');
        if folder.is_empty() || status == Status::Retired || !known.contains(category.as_str()) {
            continue;
        }
        let named = folders.entry(folder).or_insert_with(|| {
            folder
                .split('/')
                .filter_map(|name| names.get(&letters(name).collect::<String>()))
                .flatten()
                .copied()
                .collect()
        });
        if named.iter().any(|known| known.id.value == category.value) {
            in_place += 1;
        } else {
            misplaced.push(Misplaced {
                source: &text.source,
                category,
                folder,
                other: named.first().copied(),
            });
        }
    }
    let by_category = in_place > misplaced.len();
    let reported = misplaced
        .iter()
        .filter(|question| question.other.is_some() || by_category);
    findings.extend(reported.map(Misplaced::finding));
}

/// The categories by everything that a folder of theirs may be called.
fn by_name<'b>(context: &Context<'b>) -> HashMap<String, Vec<&'b Category>> {
    let mut names: HashMap<String, Vec<&'b Category>> = HashMap::new();
    for category in &context.bank.config.categories {
        let aliases = category.aliases.iter().map(|alias| alias.as_str());
        let own = [category.id.as_str(), category.name.as_str()];
        for name in own.into_iter().chain(aliases) {
            names
                .entry(letters(name).collect())
                .or_default()
                .push(category);
        }
    }
    names
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    let kept = name.chars().filter(|letter| letter.is_alphanumeric());
    kept.flat_map(char::to_lowercase)
}

impl Misplaced<'_> {
    fn finding(&self) -> Finding {
        let category = &self.category.value;
        let message = match self.other {
            Some(other) => format!(
                "the category is `{category}`, but the folder `{}` is that of `{}`",
                self.folder, other.id.value
            ),
            None => format!(
                "the category is `{category}`, but the question lies in `{}`",
                self.folder
            ),
        };
        let hint = format!("move the file to `questions/{category}/`, or change the category");
        Finding::new(Location::at(self.source, self.category.span), message).hint(hint)
    }
}
