//! The `toml` crate's spanned tables to our tree.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Limits, MAX_DEPTH, Node, Value};
use crate::model::finding::reading::{DUPLICATE_KEY, UNREADABLE_FILE};
use crate::model::source::Span;
use crate::store::document::decode::Problems;

/// Errors of syntax that are shown; one often causes those after it.
const MAX_ERRORS: usize = 5;

pub(super) fn parse<'s>(
    piece: &'s str,
    offset: usize,
    limits: Limits,
    problems: &mut Problems,
) -> Node<'s> {
    let whole = Span::new(offset, offset + piece.len());
    let (table, errors) = DeTable::parse_recoverable(piece);
    let found = errors.len();
    for error in errors.into_iter().take(MAX_ERRORS) {
        let range = error.span().unwrap_or_default();
        let span = Span::new(range.start, range.end).shifted(offset);
        report(piece, offset, span, error.message(), problems);
    }
    if found > MAX_ERRORS {
        let end = Span::new(whole.end, whole.end);
        let message = format!("and {} more errors of syntax", found - MAX_ERRORS);
        problems.report(UNREADABLE_FILE, end, message, "mend the first ones first");
    }
    let mut converter = Converter {
        offset,
        limits,
        nodes: 0,
        problems,
    };
    let entries = converter.table(table.into_inner(), 0);
    Node {
        value: Value::Table(entries.unwrap_or_default()),
        span: whole,
    }
}

/// The parser's own words name the grammar; most mistakes are a missing quote or a repeated key.
fn report(piece: &str, offset: usize, span: Span, message: &str, problems: &mut Problems) {
    let written = piece
        .get(span.start - offset..span.end - offset)
        .unwrap_or("");
    if message.contains("duplicate key") {
        let message = format!("`{}` is given more than once", written.trim());
        problems.report(DUPLICATE_KEY, span, message, "keep one of them");
        return;
    }
    let bare_word = !written.is_empty()
        && written
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let after_equals = piece[..span.start - offset]
        .trim_end_matches([' ', '\t'])
        .ends_with(['=', ',', '[']);
    if bare_word && after_equals {
        let message = format!("`{written}` is neither a number nor a quoted text");
        problems.report(
            UNREADABLE_FILE,
            span,
            message,
            format!("write `\"{written}\"`"),
        );
        return;
    }
    problems.report(
        UNREADABLE_FILE,
        span,
        format!("this is not valid TOML: {message}"),
        "texts stand in quotes, keys before `=`",
    );
}

struct Converter<'p> {
    offset: usize,
    limits: Limits,
    nodes: usize,
    problems: &'p mut Problems,
}

impl Converter<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.offset)
    }

    /// `None` once the document is over its limits; the reason has been reported.
    fn table<'s>(&mut self, table: DeTable<'s>, depth: usize) -> Option<Vec<Entry<'s>>> {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_span = self.span(key.span());
            let node = self.node(value, depth + 1)?;
            entries.push(Entry {
                key: key.into_inner(),
                key_span,
                node,
            });
        }
        entries.sort_by_key(|entry| entry.key_span.start);
        Some(entries)
    }

    fn node<'s>(&mut self, value: Spanned<DeValue<'s>>, depth: usize) -> Option<Node<'s>> {
        let span = self.span(value.span());
        self.nodes += 1;
        if self.nodes > self.limits.nodes || depth > MAX_DEPTH {
            self.problems.report(
                UNREADABLE_FILE,
                span,
                format!(
                    "more than {} values, or nested deeper than {MAX_DEPTH} levels",
                    self.limits.nodes
                ),
                "split the file",
            );
            return None;
        }
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Text(text),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) => Value::Text(Cow::Owned(integer.as_str().to_owned())),
                }
            }
            DeValue::Float(float) => match float.as_str().parse() {
                Ok(number) => Value::Float(number),
                Err(_) => Value::Text(Cow::Owned(float.as_str().to_owned())),
            },
            DeValue::Boolean(truth) => Value::Bool(truth),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| self.node(item, depth + 1))
                    .collect::<Option<_>>()?,
            ),
            DeValue::Table(table) => Value::Table(self.table(table, depth)?),
        };
        Some(Node { value, span })
    }
}
