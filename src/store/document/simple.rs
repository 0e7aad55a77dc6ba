//! Front matter of the plainest form: a line a field, with words, numbers, and lists or tables of them
//! on one line. It is what nearly every question has, and reading it takes a tenth of the time that a
//! parser of the whole syntax needs. Whatever is not plainly of that form is left to those parsers; a
//! test holds that both read the same.

use std::borrow::Cow;

use granit_parser::ScalarStyle;
use memchr::memchr;

use super::yaml::scalar;
use super::{Entry, Node, Syntax, Value};
use crate::model::source::Span;

/// The fields that plain front matter may have; looking for repeated ones takes time.
const MOST_FIELDS: usize = 32;

/// Reads `piece`, which begins at `offset` of its file; `None` where it is not of the plain form.
#[must_use]
pub fn parse(piece: &str, offset: usize, syntax: Syntax) -> Option<Node<'_>> {
    // One look at every byte makes the rest safe: printable ASCII and line feeds only.
    if !piece
        .bytes()
        .all(|byte| byte == b'\n' || matches!(byte, b' '..=b'~'))
    {
        return None;
    }
    let mut entries: Vec<Entry<'_>> = Vec::with_capacity(12);
    let mut at = 0;
    while at < piece.len() {
        let rest = piece.get(at..)?;
        let length = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = Line {
            text: rest.get(..length)?,
            offset: offset + at,
            syntax,
        };
        at += length + 1;
        if line.text.is_empty() {
            continue;
        }
        let entry = line.field(0, line.text.len())?;
        let repeated = entries.iter().any(|other| other.key == entry.key);
        if repeated || entries.len() == MOST_FIELDS {
            return None;
        }
        entries.push(entry);
    }
    let (first, last) = (entries.first()?, entries.last()?);
    let span = match syntax {
        Syntax::Yaml | Syntax::Json => first.key_span.to(last.node.span),
        Syntax::Toml => Span::new(offset, offset + piece.len()),
    };
    Some(Node {
        value: Value::Table(entries),
        span,
    })
}

/// A line of front matter.
struct Line<'s> {
    text: &'s str,
    offset: usize,
    syntax: Syntax,
}

impl<'s> Line<'s> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start, end).shifted(self.offset)
    }

    /// `key: value`, or `key = value`, that takes all of a range.
    fn field(&self, start: usize, end: usize) -> Option<Entry<'s>> {
        let text = self.text.get(start..end)?;
        let is_key = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
        let length = text.bytes().take_while(is_key).count();
        let key = text.get(..length).filter(|key| !key.is_empty())?;
        let separator = match self.syntax {
            Syntax::Yaml | Syntax::Json => ": ",
            Syntax::Toml => " = ",
        };
        text.get(length..)?.strip_prefix(separator)?;
        let node = self.value(start + length + separator.len(), end)?;
        Some(Entry {
            key: Cow::Borrowed(key),
            key_span: self.span(start, start + length),
            node,
        })
    }

    /// A list, a table or a scalar that takes all of a range.
    fn value(&self, start: usize, end: usize) -> Option<Node<'s>> {
        let value = match *self.text.as_bytes().get(start)? {
            b'[' => {
                let items = self.items(start, end, b']')?;
                let items = items.into_iter();
                let nodes = items.map(|(start, end)| self.scalar(start, end, true));
                Value::List(nodes.collect::<Option<_>>()?)
            }
            b'{' => {
                let items = self.items(start, end, b'}')?;
                let mut entries: Vec<Entry<'s>> = Vec::with_capacity(items.len());
                for (start, end) in items {
                    let entry = self.field(start, end)?;
                    let is_scalar = !matches!(entry.node.value, Value::List(_) | Value::Table(_));
                    if !is_scalar || entries.iter().any(|other| other.key == entry.key) {
                        return None;
                    }
                    entries.push(entry);
                }
                Value::Table(entries)
            }
            _ => return self.scalar(start, end, false),
        };
        Some(Node {
            value,
            span: self.span(start, end),
        })
    }

    /// The ranges between the commas of a bracketed list; none of them empty.
    fn items(&self, start: usize, end: usize, closing: u8) -> Option<Vec<(usize, usize)>> {
        let bytes = self.text.as_bytes();
        if end < start + 2 || *bytes.get(end - 1)? != closing {
            return None;
        }
        let mut items = Vec::with_capacity(4);
        let mut at = start + 1;
        let inner_end = end - 1;
        if self.text.get(at..inner_end)?.trim().is_empty() {
            return (at == inner_end).then_some(items);
        }
        while at <= inner_end {
            let rest = self.text.get(at..inner_end)?;
            let length = memchr(b',', rest.as_bytes()).unwrap_or(rest.len());
            let item = rest.get(..length)?;
            let from = at + (item.len() - item.trim_start().len());
            let to = from + item.trim().len();
            if from == to || items.len() == MOST_FIELDS {
                return None;
            }
            items.push((from, to));
            at += length + 1;
        }
        Some(items)
    }

    /// A plain scalar of YAML, or a number or string of TOML; in a list, of few kinds of characters.
    fn scalar(&self, start: usize, end: usize, listed: bool) -> Option<Node<'s>> {
        let text = self.text.get(start..end)?;
        let value = match self.syntax {
            Syntax::Yaml | Syntax::Json => yaml_scalar(text, listed)?,
            Syntax::Toml => toml_scalar(text)?,
        };
        Some(Node {
            value,
            span: self.span(start, end),
        })
    }
}

fn yaml_scalar(text: &str, listed: bool) -> Option<Value<'_>> {
    let bytes = text.as_bytes();
    let (first, last) = (bytes.first()?, bytes.last()?);
    if !first.is_ascii_alphanumeric() || *last == b' ' {
        return None;
    }
    let plain = bytes.iter().enumerate().all(|(index, byte)| match byte {
        b'#' => false,
        // As in an address: nothing else may follow a colon.
        b':' => !listed && bytes.get(index + 1) == Some(&b'/'),
        b',' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'?' | b'&' | b'*' | b'!' | b'|' => {
            !listed
        }
        _ => true,
    });
    plain.then(|| scalar(Cow::Borrowed(text), ScalarStyle::Plain, None))
}

fn toml_scalar(text: &str) -> Option<Value<'_>> {
    if let Some(inner) = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        let plain = !inner.bytes().any(|byte| matches!(byte, b'"' | b'\\'));
        return plain.then_some(Value::Text(Cow::Borrowed(inner)));
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if text.is_empty() || text.len() > 9 || !digits || leading_zero {
        return None;
    }
    text.parse().ok().map(Value::Integer)
}
