//! `tag-spelling`: one tag is written in several ways, so that a search or a blueprint finds only some of its
//! questions.
//!
//! ## Why
//!
//! Tags are compared letter by letter: a blueprint that asks for `sql` passes over every question with `SQL`. Spellings
//! that differ in case, in hyphens, underscores, blanks and points, or in singular and plural are taken for one tag,
//! and so are words that mean the same (`postgres` and `postgresql`, `k8s` and `kubernetes`). The spelling that most
//! questions have is right; of equally frequent ones the one in lower-case kebab-case, then the longer, then the first
//! by alphabet.
//!
//! A tag that a question has twice is reported as well, and a list that was written as one string. Retired questions do
//! not count. `--fix --unsafe` replaces a tag by the usual spelling; look at blueprints and scripts that name the old
//! one.
//!
//! ## Example
//!
//! ```yaml
//! tags: "SQL, join"
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! tags: [sql, joins]
//! ```

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::synonyms::{canonical, fold, singulars};
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level, Safety};
use crate::model::question::Question;
use crate::model::source::{Location, Source, Span, Spanned};
use crate::model::vocabulary::{Status, is_kebab_case};

pub(super) const RULE: Rule = Rule {
    name: "tag-spelling",
    group: Group::Bank,
    level: Level::Warning,
    fix: Some(Safety::Unsafe),
    file: include_str!("tag_spelling.rs"),
    check: Check::Bank(check),
};

/// One spelling of a tag.
struct Spelling<'b> {
    /// How many times it is used.
    count: usize,
    /// Its first use.
    source: &'b Arc<Source>,
    span: Span,
}

/// Spellings by the text of a tag.
type Spellings<'b> = HashMap<&'b str, Spelling<'b>>;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    let spellings = spellings(bank);
    let usual = usual(&spellings);
    let unusual = |tag: &str| (!usual.is_empty()).then(|| usual.get(tag)).flatten();
    for question in in_use(bank) {
        let source = &question.text.source;
        let tags = &question.matter.tags;
        let mut seen = HashSet::new();
        for (index, tag) in tags.iter().enumerate() {
            let location = Location::at(source, tag.span);
            if is_list(tag) {
                findings.push(listed(source, tag));
            } else if is_repeated(tags, index, tag, &mut seen) {
                let message = format!("the tag `{}` is given twice", tag.value);
                findings.push(Finding::new(location, message).hint("keep one of them"));
            } else if let Some(&right) = unusual(tag) {
                let there = tags.iter().any(|other| other.value == right);
                findings.push(respelt(source, tag, right, spellings.get(right), there));
            }
        }
    }
}

/// Whether a tag stands before its place in the list as well. Few questions have more than a handful of
/// tags, and looking through those is quicker than hashing them; `seen` holds the others.
fn is_repeated<'b>(
    tags: &'b [Spanned<String>],
    index: usize,
    tag: &'b str,
    seen: &mut HashSet<&'b str>,
) -> bool {
    const FEW: usize = 8;
    let before = tags.get(..index.min(FEW)).unwrap_or_default();
    before.iter().any(|other| other.value == tag) || index >= FEW && !seen.insert(tag)
}

fn in_use(bank: &Bank) -> impl Iterator<Item = &Question> {
    let questions = bank.questions.iter();
    questions.filter(|question| question.matter.status != Status::Retired)
}

fn is_list(tag: &str) -> bool {
    tag.contains([',', ';'])
}

fn spellings(bank: &Bank) -> Spellings<'_> {
    let mut spellings = Spellings::new();
    for question in in_use(bank) {
        for tag in question.matter.tags.iter().filter(|tag| !is_list(tag)) {
            let spelling = spellings.entry(tag.as_str()).or_insert(Spelling {
                count: 0,
                source: &question.text.source,
                span: tag.span,
            });
            spelling.count += 1;
        }
    }
    spellings
}

/// The usual spelling for every other one.
fn usual<'b>(spellings: &Spellings<'b>) -> HashMap<&'b str, &'b str> {
    let mut tags: BTreeMap<String, Vec<&'b str>> = BTreeMap::new();
    for &tag in spellings.keys() {
        let folded = fold(tag);
        let key = canonical(&folded).map_or(folded, str::to_owned);
        if !key.is_empty() {
            tags.entry(key).or_default().push(tag);
        }
    }
    let plurals: Vec<(String, String)> = tags
        .keys()
        .filter_map(|plural| {
            let singular = singulars(plural).find(|singular| tags.contains_key(singular))?;
            Some((plural.clone(), singular))
        })
        .collect();
    for (plural, singular) in plurals {
        let moved = tags.remove(&plural).unwrap_or_default();
        tags.entry(singular).or_default().extend(moved);
    }
    let mut usual = HashMap::new();
    for alike in tags.values().filter(|alike| alike.len() > 1) {
        let rank = |tag: &&str| {
            let count = spellings.get(*tag).map_or(0, |spelling| spelling.count);
            let length = tag.chars().count();
            (
                Reverse(count),
                !is_kebab_case(tag),
                Reverse(length),
                (*tag).to_owned(),
            )
        };
        if let Some(&right) = alike.iter().min_by_key(|tag| rank(tag)) {
            usual.extend(
                alike
                    .iter()
                    .filter(|tag| **tag != right)
                    .map(|tag| (*tag, right)),
            );
        }
    }
    usual
}

fn respelt(
    source: &Arc<Source>,
    tag: &Spanned<String>,
    right: &str,
    spelling: Option<&Spelling<'_>>,
    there: bool,
) -> Finding {
    let message = format!(
        "the tag `{}` is written `{right}` elsewhere in the bank",
        tag.value
    );
    let mut finding = Finding::new(Location::at(source, tag.span), message);
    finding = if there {
        finding.hint(format!("remove it: `{right}` is there already"))
    } else {
        finding.hint(format!("write `{right}`"))
    };
    if let Some(spelling) = spelling {
        finding = finding.related(
            Location::at(spelling.source, spelling.span),
            "for example here",
        );
    }
    match bare(source, tag) {
        Some(span) if !there && is_kebab_case(right) => finding.fix(Safety::Unsafe, span, right),
        _ => finding,
    }
}

/// Where exactly the tag's text stands, without quotes; `None` where it is written in another way.
fn bare(source: &Source, tag: &Spanned<String>) -> Option<Span> {
    let written = source.slice(tag.span);
    let quoted = |quote: char| {
        let inside = written.strip_prefix(quote)?.strip_suffix(quote)?;
        let start = tag.span.start + quote.len_utf8();
        (inside == tag.value).then(|| Span::new(start, start + inside.len()))
    };
    let plain = (written == tag.value).then_some(tag.span);
    plain.or_else(|| quoted('"')).or_else(|| quoted('\''))
}

/// A list in one string.
fn listed(source: &Arc<Source>, tag: &Spanned<String>) -> Finding {
    const SHOWN: usize = 40;
    let beginning: String = tag.value.chars().take(SHOWN).collect();
    let more = if beginning.len() < tag.value.len() {
        "…"
    } else {
        ""
    };
    let message = format!("the tag `{beginning}{more}` is a list in one string");
    let finding = Finding::new(Location::at(source, tag.span), message);
    let toml = source
        .text()
        .trim_start_matches('\u{feff}')
        .starts_with('+');
    let items = tag
        .value
        .split([',', ';'])
        .map(str::trim)
        .filter(|item| !item.is_empty());
    let items: Option<Vec<String>> = items.map(|item| written(item, toml)).collect();
    let Some(items) = items.map(|items| items.join(", ")) else {
        return finding.hint("write each tag as an item of its own");
    };
    let before = source
        .slice(Span::new(0, tag.span.start))
        .trim_end_matches([' ', '\t']);
    let text = match before.chars().next_back() {
        Some(':' | '=') => format!("[{items}]"),
        Some('[' | ',') => items,
        _ => return finding.hint("write each tag as an item of its own"),
    };
    let finding = if more.is_empty() {
        finding.hint(format!("write `{text}`"))
    } else {
        finding.hint("write each tag as an item of its own")
    };
    match bare(source, tag) {
        Some(_) => finding.fix(Safety::Unsafe, tag.span, text),
        None => finding,
    }
}

/// An item of a list in YAML or TOML; `None` where it would need escapes.
fn written(item: &str, toml: bool) -> Option<String> {
    const YAML_WORDS: [&str; 7] = ["true", "false", "null", "yes", "no", "on", "off"];
    if item.contains(['"', '\\']) || item.chars().any(char::is_control) {
        return None;
    }
    let plain = item.starts_with(char::is_alphabetic)
        && item.chars().all(|letter| {
            letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' ' | '+' | '.')
        })
        && !YAML_WORDS.contains(&item.to_lowercase().as_str());
    Some(if plain && !toml {
        item.to_owned()
    } else {
        format!("\"{item}\"")
    })
}
