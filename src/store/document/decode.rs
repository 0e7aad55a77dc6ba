//! From a tree to typed values: every problem of a table is reported, not only the first.

use std::collections::BTreeMap;
use std::sync::Arc;

pub use super::values::{
    Wrong, count, date, folder_id, hash, id, id_word, moment, number, text, vocabulary_word, word,
    yes_or_no,
};
use super::{Entry, Node, Value};
use crate::model::allowance::Allowance;
use crate::model::finding::reading::{
    INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, UNREADABLE_FILE,
};
use crate::model::finding::{Finding, Level, Safety};
use crate::model::source::{Location, Source, Span, Spanned};
use crate::model::suggest;

/// Collects what is wrong with one file.
#[derive(Debug)]
pub struct Problems {
    source: Arc<Source>,
    findings: Vec<Finding>,
    allowances: Vec<Allowance>,
}

impl Problems {
    /// Nothing wrong with `source` yet.
    #[must_use]
    pub fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            findings: Vec::new(),
            allowances: Vec::new(),
        }
    }

    /// The text at a place of the file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
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

    /// Adds a fix to the problem that was noted last.
    pub fn fix(&mut self, safety: Safety, span: Span, text: impl Into<String>) {
        if let Some(finding) = self.findings.pop() {
            self.findings.push(finding.fix(safety, span, text));
        }
    }

    /// Notes a rule that the file says it may break.
    pub fn allow(&mut self, rule: Spanned<String>, reason: &str, scope: Option<Span>, whole: Span) {
        if !reason.contains(char::is_alphanumeric) {
            let hint = format!("say why `{}` may be broken here", rule.value);
            self.report(INVALID_VALUE, rule.span, "a reason must be given", hint);
            return;
        }
        self.allowances.push(Allowance {
            source: Arc::clone(&self.source),
            rule,
            reason: reason.to_owned(),
            scope,
            whole,
        });
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

    /// Takes over what was noted about another file.
    pub fn absorb(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.allowances.extend(other.allowances);
    }

    /// What is wrong.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// What was noted: problems, and rules that may be broken.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Finding>, Vec<Allowance>) {
        (self.findings, self.allowances)
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

    /// Reports that a field must be given, unless it may stand in a part of the file that could not be read.
    pub fn missing(&self, key: &str, problems: &mut Problems) {
        if problems.any_unreadable() {
            return;
        }
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

    /// The `allow` field: rules that the file may break, each with a reason.
    pub fn allow(&mut self, problems: &mut Problems) {
        let Some(node) = self.node("allow") else {
            return;
        };
        let Value::Table(entries) = &node.value else {
            let found = node.value.describe();
            let message = format!("`allow` must be a table, not {found}");
            let hint = "name rules and reasons: `missing-rubric: a warm-up, never scored`";
            problems.report(INVALID_VALUE, node.span, message, hint);
            return;
        };
        for entry in entries {
            let reason = match &entry.node.value {
                Value::Text(reason) => reason.trim(),
                _ => "",
            };
            let rule = Spanned::new(entry.key.clone().into_owned(), entry.key_span);
            let whole = entry.key_span.to(entry.node.span);
            problems.allow(rule, reason, None, whole);
        }
    }

    /// Reports the fields that nobody asked for.
    pub fn finish(self, problems: &mut Problems) {
        for entry in self.entries {
            if self.known.iter().any(|key| entry.key == *key) {
                continue;
            }
            let message = format!("{} has no field `{}`", self.what, entry.key);
            let known = self.known.iter().copied();
            let hint = suggest::hint(&entry.key, known.clone());
            let hint = hint.unwrap_or_default();
            problems.report(UNKNOWN_FIELD, entry.key_span, message, hint);
            let meant = suggest::nearest(&entry.key, known.clone());
            let same = known.clone().find(|key| same_name(key, &entry.key));
            let free = |key: &&str| !self.entries.iter().any(|other| other.key == **key);
            if let Some(key) = same.or(meant).filter(free)
                && problems.source.slice(entry.key_span) == entry.key
            {
                let safety = if same.is_some() {
                    Safety::Safe
                } else {
                    Safety::Unsafe
                };
                problems.fix(safety, entry.key_span, key);
            }
        }
    }
}

/// Whether two names differ in case, hyphens and underscores only.
fn same_name(a: &str, b: &str) -> bool {
    let letters = |word: &str| -> String {
        let letters = word
            .chars()
            .filter(|letter| !matches!(letter, '-' | '_' | ' '));
        letters.flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// Reads one value; reports it when it is wrong.
pub fn value<'s, T>(
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
