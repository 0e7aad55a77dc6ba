//! YAML events to a tree, within a budget; of JSON, too.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Entry, Limits, MAX_DEPTH, Node, Syntax, Value};
use crate::model::finding::reading::{DUPLICATE_KEY, UNREADABLE_FILE};
use crate::model::source::Span;
use crate::store::document::decode::Problems;

pub(super) fn parse<'s>(
    piece: &'s str,
    offset: usize,
    syntax: Syntax,
    limits: Limits,
    problems: &mut Problems,
) -> Node<'s> {
    let mut builder = Builder {
        piece,
        offset,
        syntax,
        limits,
        problems,
        nodes: 0,
        aliases: 0,
        anchors: HashMap::new(),
        open: Vec::new(),
        root: None,
    };
    builder.run();
    let empty = Node {
        value: Value::Null,
        span: Span::new(offset, offset + piece.len()),
    };
    builder.root.unwrap_or(empty)
}

struct Builder<'s, 'p> {
    piece: &'s str,
    offset: usize,
    syntax: Syntax,
    limits: Limits,
    problems: &'p mut Problems,
    nodes: usize,
    aliases: usize,
    anchors: HashMap<usize, (Node<'s>, usize)>,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
}

/// A list or table that has begun and not yet ended.
struct Open<'s> {
    start: usize,
    anchor: usize,
    nodes_before: usize,
    content: Content<'s>,
}

enum Content<'s> {
    List(Vec<Node<'s>>),
    Table {
        entries: Vec<Entry<'s>>,
        key: Option<(Cow<'s, str>, Span)>,
    },
}

/// Reading ends early; the reason has been reported.
struct Stop;

impl<'s> Builder<'s, '_> {
    fn run(&mut self) {
        for event in Parser::new_from_str(self.piece) {
            let step = match event {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or_default();
                    let span = Span::new(range.start, range.end).shifted(self.offset);
                    self.on_event(event, span)
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(self.piece.len());
                    let at = self.offset + at.min(self.piece.len());
                    self.stop(Span::new(at, at), &error.info())
                }
            };
            if step.is_err() {
                break;
            }
        }
        // An unfinished tree still tells about the fields that came before the error.
        while let Some(open) = self.open.pop() {
            let end = self.offset + self.piece.len();
            if self.close(open, end).is_err() {
                break;
            }
        }
    }

    fn stop(&mut self, span: Span, message: &str) -> Result<(), Stop> {
        let (name, hint) = match self.syntax {
            Syntax::Json => (
                "JSON",
                "look for a comma, a quote or a bracket that is missing before this place",
            ),
            _ if message.contains("tab") => ("YAML", "indent with spaces"),
            _ => (
                "YAML",
                "a value that holds `: `, `#` or starts with a special character needs quotes",
            ),
        };
        let message = format!("this is not valid {name}: {message}");
        self.problems.report(UNREADABLE_FILE, span, message, hint);
        Err(Stop)
    }

    fn refuse(&mut self, span: Span, message: &str, hint: &str) -> Result<(), Stop> {
        self.problems
            .report(UNREADABLE_FILE, span, message.to_owned(), hint);
        Err(Stop)
    }

    fn on_event(&mut self, event: Event<'s>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.count(span, 1)?;
                let tag = tag.map(|tag| tag.suffix().to_owned());
                let value = scalar(text, style, tag.as_deref());
                self.add(Node { value, span }, anchor, 1)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.begin(span, anchor, Content::List(Vec::new()))
            }
            Event::MappingStart(_, anchor, _) => self.begin(
                span,
                anchor,
                Content::Table {
                    entries: Vec::new(),
                    key: None,
                },
            ),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.close(open, span.end),
                None => Ok(()),
            },
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::DocumentStart(..) if self.root.is_some() => self.refuse(
                span,
                "a second YAML document begins here",
                "keep one document; remove this line",
            ),
            _ => Ok(()),
        }
    }

    fn count(&mut self, span: Span, nodes: usize) -> Result<(), Stop> {
        self.nodes += nodes;
        if self.nodes > self.limits.nodes {
            let message = format!("more than {} values", self.limits.nodes);
            return self.refuse(span, &message, "split the file, or remove the repetition");
        }
        Ok(())
    }

    fn begin(&mut self, span: Span, anchor: usize, content: Content<'s>) -> Result<(), Stop> {
        let nodes_before = self.nodes;
        self.count(span, 1)?;
        if self.open.len() >= MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return self.refuse(span, &message, "flatten it");
        }
        self.open.push(Open {
            start: span.start,
            anchor,
            nodes_before,
            content,
        });
        Ok(())
    }

    fn close(&mut self, open: Open<'s>, end: usize) -> Result<(), Stop> {
        let (value, last) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::List(items), last)
            }
            Content::Table { entries, key } => {
                let last = entries.last().map(|entry| entry.node.span.end);
                let last = last.max(key.map(|(_, span)| span.end));
                (Value::Table(entries), last)
            }
        };
        // A block collection is said to end where the next thing begins: end at its last value.
        let flow = self.piece.as_bytes().get(open.start - self.offset);
        let end = match (flow, last) {
            (Some(b'[' | b'{'), _) | (_, None) => end,
            (_, Some(last)) => last,
        };
        let node = Node {
            value,
            span: Span::new(open.start, end),
        };
        let nodes = self.nodes - open.nodes_before;
        self.add(node, open.anchor, nodes)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        self.aliases += 1;
        if self.aliases > self.limits.aliases {
            let message = format!("more than {} aliases", self.limits.aliases);
            return self.refuse(span, &message, "write the values out");
        }
        let Some((node, nodes)) = self.anchors.get(&anchor) else {
            return self.refuse(
                span,
                "this alias refers to a value that is not complete yet",
                "write the value out",
            );
        };
        let (mut node, nodes) = (node.clone(), *nodes);
        node.span = span;
        self.count(span, nodes)?;
        self.add(node, 0, nodes)
    }

    fn add(&mut self, node: Node<'s>, anchor: usize, nodes: usize) -> Result<(), Stop> {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        let span = node.span;
        match self.open.last_mut().map(|open| &mut open.content) {
            None => {
                self.root.get_or_insert(node);
                Ok(())
            }
            Some(Content::List(items)) => {
                items.push(node);
                Ok(())
            }
            Some(Content::Table { entries, key }) => match key.take() {
                None => match key_text(node.value, self.piece, span, self.offset) {
                    Some(text) => {
                        *key = Some((text, span));
                        Ok(())
                    }
                    None => self.refuse(span, "a key must be a plain word", "quote it"),
                },
                Some((key, key_span)) => {
                    let first = entries.iter().find(|entry| entry.key == key);
                    if let Some(first) = first {
                        let first = first.key_span;
                        self.problems
                            .duplicate(DUPLICATE_KEY, &key, key_span, first);
                    } else {
                        entries.push(Entry {
                            key,
                            key_span,
                            node,
                        });
                    }
                    Ok(())
                }
            },
        }
    }
}

fn key_text<'s>(
    value: Value<'s>,
    piece: &'s str,
    span: Span,
    offset: usize,
) -> Option<Cow<'s, str>> {
    match value {
        Value::Text(text) => Some(text),
        Value::List(_) | Value::Table(_) => None,
        // `1: …` and `true: …` are keys too; they read as they were written.
        _ => piece
            .get(span.start - offset..span.end - offset)
            .map(Cow::Borrowed),
    }
}

/// The value of a scalar by YAML 1.2's core schema: `yes`, `no`, `on` and `off` are texts.
pub(super) fn scalar<'s>(text: Cow<'s, str>, style: ScalarStyle, tag: Option<&str>) -> Value<'s> {
    if style != ScalarStyle::Plain || tag == Some("str") {
        return Value::Text(text);
    }
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let looks_numeric =
        text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'));
    if looks_numeric {
        let integer = match text.get(..2) {
            Some("0x") => i64::from_str_radix(&text[2..], 16).ok(),
            Some("0o") => i64::from_str_radix(&text[2..], 8).ok(),
            _ => text.parse().ok(),
        };
        if let Some(integer) = integer {
            return Value::Integer(integer);
        }
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        let letters = text
            .bytes()
            .any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E'));
        if digits
            && !letters
            && let Ok(float) = text.parse()
        {
            return Value::Float(float);
        }
    }
    Value::Text(text)
}
