//! The `[lint]` table of `intervy.toml`, and the files that it extends.

use std::sync::Arc;

use crate::model::finding::Level;
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::lint::{LintSettings, PathLevels, RuleLevel};
use crate::model::source::{Source, Span, Spanned};
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Syntax, Value};

/// How long a chain of files that extend one another may be.
const MAX_CHAIN: usize = 8;

/// The most months and questions that a setting may name.
const MOST: u32 = 1_000;

/// Gives the text of a file that a configuration extends; the path is relative to the folder of the
/// file that names it, whose path is the first argument.
pub(super) type Fetch<'f> = dyn Fn(&str, &str) -> Result<Arc<Source>, String> + 'f;

/// Reads a `[lint]` table; what it extends applies before it. The paths of the files that it comes from
/// are added to `chain`.
pub(super) fn read(
    node: &Node<'_>,
    source: &Arc<Source>,
    chain: &mut Vec<String>,
    fetch: &Fetch<'_>,
    problems: &mut Problems,
) -> LintSettings {
    let mut settings = LintSettings::default();
    read_into(&mut settings, node, source, chain, fetch, problems);
    settings
}

fn read_into(
    settings: &mut LintSettings,
    node: &Node<'_>,
    source: &Arc<Source>,
    chain: &mut Vec<String>,
    fetch: &Fetch<'_>,
    problems: &mut Problems,
) {
    let mut fields = Fields::new(node, "`[lint]`", node.span, problems);
    if let Some(other) = fields.optional("extends", problems, decode::text) {
        extend(settings, &other, source, chain, fetch, problems);
    }
    if let Some(level) = fields.optional("fail_on", problems, fail_on) {
        settings.fail_on = level.value;
    }
    if let Some(months) = fields.optional("stale_after_months", problems, decode::number(1, MOST)) {
        settings.stale_after_months = months.value;
    }
    if let Some(least) = fields.optional("thin_category", problems, decode::number(1, MOST)) {
        settings.thin_category = least.value;
    }
    if let Some(rules) = fields.node("rules") {
        settings.rules.extend(read_rules(rules, source, problems));
    }
    for node in fields.tables("paths", problems) {
        let mut fields = Fields::new(node, "a table of `lint.paths`", node.span, problems);
        let patterns = fields.list("path", problems, pattern);
        if fields.node("path").is_none() {
            fields.missing("path", problems);
        }
        let rules = fields.node("rules");
        if rules.is_none() {
            fields.missing("rules", problems);
        }
        fields.finish(problems);
        let rules = rules.map_or_else(Vec::new, |rules| read_rules(rules, source, problems));
        settings.paths.push(PathLevels {
            patterns: patterns.into_iter().map(|pattern| pattern.value).collect(),
            rules,
        });
    }
    fields.finish(problems);
}

/// Reads another file's `[lint]` table; nothing else of that file counts.
fn extend(
    settings: &mut LintSettings,
    other: &Spanned<String>,
    source: &Arc<Source>,
    chain: &mut Vec<String>,
    fetch: &Fetch<'_>,
    problems: &mut Problems,
) {
    let refused = |why: &str, problems: &mut Problems| {
        let message = format!("`{}` cannot be extended: {why}", other.value);
        let hint = "name a `.toml` file of the same repository, relative to this file";
        problems.report(INVALID_VALUE, other.span, message, hint);
    };
    let extended = match fetch(&source.path, &other.value) {
        Ok(extended) => extended,
        Err(why) => return refused(&why, problems),
    };
    if chain.contains(&extended.path) {
        return refused("it extends itself", problems);
    }
    if chain.len() >= MAX_CHAIN {
        return refused("the chain of files is too long", problems);
    }
    chain.push(extended.path.clone());
    let whole = Span::new(0, extended.text().len());
    let mut own = Problems::new(&extended);
    let root = document::parse(extended.text(), whole, Syntax::Toml, Limits::FILE, &mut own);
    let lint = match &root.value {
        Value::Table(entries) => entries.iter().find(|entry| entry.key == "lint"),
        _ => None,
    };
    match lint {
        Some(entry) => read_into(settings, &entry.node, &extended, chain, fetch, &mut own),
        None if !own.any_error() => refused("it has no `[lint]` table", problems),
        None => {}
    }
    problems.absorb(own);
}

fn read_rules(node: &Node<'_>, source: &Arc<Source>, problems: &mut Problems) -> Vec<RuleLevel> {
    let Value::Table(entries) = &node.value else {
        let message = format!("`rules` must be a table, not {}", node.value.describe());
        problems.report(
            INVALID_VALUE,
            node.span,
            message,
            "for example `missing-rubric = \"error\"`",
        );
        return Vec::new();
    };
    let mut rules = Vec::new();
    for entry in entries {
        if let Some(level) = decode::value(&entry.key, &entry.node, problems, level) {
            rules.push(RuleLevel {
                source: Arc::clone(source),
                rule: Spanned::new(entry.key.clone().into_owned(), entry.key_span),
                level: level.value,
            });
        }
    }
    // `all` is the ground that single rules stand on, wherever it is written.
    rules.sort_by_key(|rule| rule.rule.value != crate::model::lint::ALL_RULES);
    rules
}

fn level(value: &Value<'_>) -> Result<Option<Level>, Wrong> {
    match value {
        Value::Text(word) => match &**word {
            "error" => Ok(Some(Level::Error)),
            "warning" => Ok(Some(Level::Warning)),
            "off" => Ok(None),
            _ => Err(wrong_level()),
        },
        _ => Err(wrong_level()),
    }
}

fn wrong_level() -> Wrong {
    Wrong::must_be("`\"error\"`, `\"warning\"` or `\"off\"`")
}

/// A pattern of paths that is matched in a blink, whatever the path.
fn pattern(value: &Value<'_>) -> Result<String, Wrong> {
    const LONGEST: usize = 200;
    const MOST_STARS: usize = 12;
    const MOST_GROUPS: usize = 3;
    let pattern = decode::text(value)?;
    let count = |letter: char| pattern.matches(letter).count();
    if pattern.len() > LONGEST || count('*') > MOST_STARS || count('{') > MOST_GROUPS {
        return Err(Wrong::must_be(format!(
            "a pattern of at most {LONGEST} characters, {MOST_STARS} stars and {MOST_GROUPS} groups in braces"
        )));
    }
    Ok(pattern)
}

fn fail_on(value: &Value<'_>) -> Result<Level, Wrong> {
    level(value)
        .ok()
        .flatten()
        .ok_or_else(|| Wrong::must_be("`\"error\"` or `\"warning\"`"))
}
