//! From a tree to typed values: every problem of a table is reported, not only the first.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Entry, Node, Value};
use crate::model::blueprint::Count;
use crate::model::finding::{Finding, Level};
use crate::model::source::{Location, Source, Span, Spanned};
use crate::model::suggest;
use crate::model::vocabulary::{Vocabulary, is_kebab_case};

/// The rule for files that cannot be read at all, or not as what they should be.
pub const UNREADABLE_FILE: &str = "unreadable-file";
/// The rule for keys given twice.
pub const DUPLICATE_KEY: &str = "duplicate-key";
/// The rule for fields that must be given.
pub const MISSING_FIELD: &str = "missing-field";
/// The rule for fields that the format does not have.
pub const UNKNOWN_FIELD: &str = "unknown-field";
/// The rule for values of the wrong type or out of range.
pub const INVALID_VALUE: &str = "invalid-value";

/// Collects what is wrong with one file.
#[derive(Debug)]
pub struct Problems {
    source: Arc<Source>,
    findings: Vec<Finding>,
}

impl Problems {
    /// Nothing wrong with `source` yet.
    #[must_use]
    pub fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            findings: Vec::new(),
        }
    }

    /// Notes one problem; an empty hint is none.
    pub fn report(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let mut finding = Finding::error(rule, Location::at(&self.source, span), message);
        let hint = hint.into();
        if !hint.is_empty() {
            finding = finding.hint(hint);
        }
        self.findings.push(finding);
    }

    /// Notes a key or id that was used before.
    pub fn duplicate(&mut self, rule: &'static str, what: &str, span: Span, first: Span) {
        let finding = Finding::error(
            rule,
            Location::at(&self.source, span),
            format!("`{what}` is given more than once"),
        )
        .hint("keep one of them")
        .related(Location::at(&self.source, first), "first given here");
        self.findings.push(finding);
    }

    /// Whether an error has been noted.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.level == Level::Error)
    }

    /// Whether a part of the file could not be read, so that what seems missing may be in it.
    #[must_use]
    pub fn any_unreadable(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.rule == UNREADABLE_FILE)
    }

    /// What was noted.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// The fields of a table that are being taken one by one.
#[derive(Debug)]
pub struct Fields<'n, 's> {
    entries: &'n [Entry<'s>],
    known: Vec<&'static str>,
    /// What the table is, for messages ("a segment").
    what: &'static str,
    /// Where a missing field is reported.
    anchor: Span,
}

impl<'n, 's> Fields<'n, 's> {
    /// Takes fields from `node`; reports one that is no table. `anchor` is where missing fields are reported.
    pub fn new(
        node: &'n Node<'s>,
        what: &'static str,
        anchor: Span,
        problems: &mut Problems,
    ) -> Self {
        let entries = match &node.value {
            Value::Table(entries) => entries.as_slice(),
            Value::Null => &[],
            other => {
                problems.report(
                    INVALID_VALUE,
                    node.span,
                    format!("{what} must be a table of fields, not {}", other.describe()),
                    "",
                );
                &[]
            }
        };
        Self {
            entries,
            known: Vec::with_capacity(24),
            what,
            anchor,
        }
    }

    /// The node of a field, if it is given.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node<'s>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// A field that may be left out.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        read: impl FnOnce(&Value<'s>) -> Result<T, Wrong>,
    ) -> Option<Spanned<T>> {
        let node = self.node(key)?;
        value(key, node, problems, read)
    }

    /// A field that must be given.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        read: impl FnOnce(&Value<'s>) -> Result<T, Wrong>,
    ) -> Option<Spanned<T>> {
        let Some(node) = self.node(key) else {
            self.missing(key, problems);
            return None;
        };
        value(key, node, problems, read)
    }

    /// Reports that a field must be given.
    pub fn missing(&self, key: &str, problems: &mut Problems) {
        problems.report(
            MISSING_FIELD,
            self.anchor,
            format!("{} has no `{key}`", self.what),
            format!("add `{key}`"),
        );
    }

    /// A list field; empty where it is not given. A single value stands for a list of one.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        read: impl Fn(&Value<'s>) -> Result<T, Wrong>,
    ) -> Vec<Spanned<T>> {
        match self.node(key) {
            None => Vec::new(),
            Some(node) => list(key, node, problems, read),
        }
    }

    /// The tables of a list of tables; empty where it is not given.
    pub fn tables(&mut self, key: &'static str, problems: &mut Problems) -> &'n [Node<'s>] {
        match self.node(key).map(|node| (&node.value, node.span)) {
            None => &[],
            Some((Value::List(items), _)) => items,
            Some((other, span)) => {
                problems.report(
                    INVALID_VALUE,
                    span,
                    format!("`{key}` must be a list of tables, not {}", other.describe()),
                    format!("write each as `[[{key}]]`"),
                );
                &[]
            }
        }
    }

    /// A table from free keys to values; each value carries the place of its key.
    pub fn map<K: Ord, T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        read_key: impl Fn(&str) -> Result<K, Wrong>,
        read: impl Fn(&Value<'s>) -> Result<T, Wrong>,
    ) -> BTreeMap<K, Spanned<T>> {
        let mut map = BTreeMap::new();
        let Some(node) = self.node(key) else {
            return map;
        };
        let Value::Table(entries) = &node.value else {
            let found = node.value.describe();
            let message = format!("`{key}` must be a table, not {found}");
            problems.report(INVALID_VALUE, node.span, message, "");
            return map;
        };
        for entry in entries {
            match read_key(&entry.key) {
                Err(wrong) => wrong.report(key, entry.key_span, problems),
                Ok(name) => {
                    if let Some(read) = value(key, &entry.node, problems, &read) {
                        map.insert(name, Spanned::new(read.value, entry.key_span));
                    }
                }
            }
        }
        map
    }

    /// Reports the fields that nobody asked for.
    pub fn finish(self, problems: &mut Problems) {
        for entry in self.entries {
            if self.known.iter().any(|key| entry.key == *key) {
                continue;
            }
            let message = format!("{} has no field `{}`", self.what, entry.key);
            let hint = suggest::hint(&entry.key, self.known.iter().copied());
            problems.report(
                UNKNOWN_FIELD,
                entry.key_span,
                message,
                hint.unwrap_or_default(),
            );
        }
    }
}

/// Why a value is not what a field needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What it must be, after "must be" ("a whole number of minutes").
    pub must_be: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Wrong {
    /// It must be this.
    pub fn must_be(what: impl Into<String>) -> Self {
        Self {
            must_be: what.into(),
            hint: None,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    fn report(self, key: &str, span: Span, problems: &mut Problems) {
        problems.report(
            INVALID_VALUE,
            span,
            format!("`{key}` must be {}", self.must_be),
            self.hint.unwrap_or_default(),
        );
    }
}

fn value<'s, T>(
    key: &str,
    node: &Node<'s>,
    problems: &mut Problems,
    read: impl FnOnce(&Value<'s>) -> Result<T, Wrong>,
) -> Option<Spanned<T>> {
    match read(&node.value) {
        Ok(value) => Some(Spanned::new(value, node.span)),
        Err(wrong) => {
            wrong.report(key, node.span, problems);
            None
        }
    }
}

/// Reads every item of a list; reports each one that is wrong.
pub fn list<'s, T>(
    key: &str,
    node: &Node<'s>,
    problems: &mut Problems,
    read: impl Fn(&Value<'s>) -> Result<T, Wrong>,
) -> Vec<Spanned<T>> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| value(key, item, problems, &read))
            .collect(),
        _ => value(key, node, problems, &read).into_iter().collect(),
    }
}

/// A text that is not blank.
///
/// # Errors
/// When the value is not a text or is blank.
pub fn text(value: &Value<'_>) -> Result<String, Wrong> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Value::Text(_) | Value::Null => Err(Wrong::must_be("a text that is not empty")),
        Value::List(_) | Value::Table(_) => {
            Err(Wrong::must_be(format!("a text, not {}", value.describe())))
        }
        _ => Err(Wrong::must_be(format!("a text, not {}", value.describe()))
            .hint(Some("put it in quotes".to_owned()))),
    }
}

/// A kebab-case id.
///
/// # Errors
/// When the value is not a kebab-case text.
pub fn id(value: &Value<'_>) -> Result<String, Wrong> {
    let text = text(value)?;
    id_word(&text)
}

/// [`id`] for a key.
///
/// # Errors
/// When the word is not kebab-case.
pub fn id_word(word: &str) -> Result<String, Wrong> {
    const LONGEST: usize = 100;
    if is_kebab_case(word) && word.len() <= LONGEST {
        return Ok(word.to_owned());
    }
    Err(Wrong::must_be(format!(
        "a kebab-case id of at most {LONGEST} characters (`n-plus-one-query`)"
    )))
}

/// A whole number within bounds that are both included.
pub fn number(least: u32, most: u32) -> impl Fn(&Value<'_>) -> Result<u32, Wrong> {
    move |value| {
        let wrong = || Wrong::must_be(format!("a whole number from {least} to {most}"));
        match value {
            Value::Integer(number) => u32::try_from(*number)
                .ok()
                .filter(|number| (least..=most).contains(number))
                .ok_or_else(wrong),
            Value::Text(text) if text.trim().parse::<i64>().is_ok() => {
                Err(wrong().hint(Some("remove the quotes".to_owned())))
            }
            _ => Err(wrong()),
        }
    }
}

/// A word of a closed list.
///
/// # Errors
/// When the value is not one of the words.
pub fn word<V: Vocabulary>(value: &Value<'_>) -> Result<V, Wrong> {
    match value {
        Value::Text(text) => vocabulary_word(text),
        _ => vocabulary_word(""),
    }
}

/// [`word`] for a key.
///
/// # Errors
/// When it is not one of the words.
pub fn vocabulary_word<V: Vocabulary>(word: &str) -> Result<V, Wrong> {
    V::from_name(word).ok_or_else(|| {
        let names: Vec<_> = V::names().map(|name| format!("`{name}`")).collect();
        let near = suggest::nearest(word, V::names());
        Wrong::must_be(format!("one of {}", names.join(", ")))
            .hint(near.map(|near| format!("did you mean `{near}`?")))
    })
}

/// A calendar day written as `2026-10-01`.
///
/// # Errors
/// When the value is no such day.
pub fn date(value: &Value<'_>) -> Result<Date, Wrong> {
    let wrong = || Wrong::must_be("a day written as year-month-day (`2026-10-01`)");
    match value {
        Value::Text(text) => text.parse().map_err(|_| wrong()),
        Value::Date(text) => text.parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

/// A number of something: `2` for exactly two, or a table of `min` and `max`.
///
/// # Errors
/// When the value is neither, or its bounds contradict each other.
pub fn count(value: &Value<'_>) -> Result<Count, Wrong> {
    const MOST: u32 = 1_000;
    let wrong = || Wrong::must_be("a number (`2`) or bounds (`{ min = 1, max = 3 }`)");
    let bound = number(0, MOST);
    match value {
        Value::Integer(_) => bound(value).map(Count::exactly),
        Value::Table(entries) => {
            let mut count = Count::default();
            for entry in entries {
                let number = bound(&entry.node.value)?;
                match &*entry.key {
                    "min" => count.min = Some(number),
                    "max" => count.max = Some(number),
                    _ => return Err(wrong()),
                }
            }
            if count.min.zip(count.max).is_some_and(|(min, max)| min > max) {
                return Err(Wrong::must_be("bounds with `min` not above `max`"));
            }
            Ok(count)
        }
        _ => Err(wrong()),
    }
}
