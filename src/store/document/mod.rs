//! YAML, TOML and JSON read into one tree in which every key and value knows its byte range.

pub mod decode;
pub mod simple;
mod toml;
pub mod values;
mod yaml;

use std::borrow::Cow;

use crate::model::source::Span;
use crate::store::document::decode::Problems;

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// YAML 1.2.
    Yaml,
    /// JSON, and what else YAML 1.2 takes, of which it is a part.
    Json,
    /// TOML 1.1.
    Toml,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'s> {
    /// The value.
    pub value: Value<'s>,
    /// Its place in the file.
    pub span: Span,
}

/// What a document can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'s> {
    /// YAML's null, and what could not be read.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(Cow<'s, str>),
    /// A TOML date or time, as it prints.
    Date(String),
    /// A list.
    List(Vec<Node<'s>>),
    /// A table.
    Table(Vec<Entry<'s>>),
}

impl Value<'_> {
    /// What the value is, for messages ("a text").
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Text(_) => "a text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'s> {
    /// The key.
    pub key: Cow<'s, str>,
    /// The place of the key.
    pub key_span: Span,
    /// The value.
    pub node: Node<'s>,
}

/// The deepest nesting that a document may have.
pub const MAX_DEPTH: usize = 24;

/// Reads the piece `within` of the text of `problems`' source.
///
/// Always gives a tree, empty where nothing could be read; what is wrong is reported to `problems`.
#[must_use]
pub fn parse<'s>(
    text: &'s str,
    within: Span,
    syntax: Syntax,
    limits: Limits,
    problems: &mut Problems,
) -> Node<'s> {
    let piece = text.get(within.start..within.end).unwrap_or("");
    if syntax != Syntax::Json
        && let Some(node) = simple::parse(piece, within.start, syntax)
    {
        return node;
    }
    parse_any(piece, within.start, syntax, limits, problems)
}

/// [`parse`] by the parsers of the whole syntax, for a piece that begins at `offset` of the file.
#[must_use]
pub fn parse_any<'s>(
    piece: &'s str,
    offset: usize,
    syntax: Syntax,
    limits: Limits,
    problems: &mut Problems,
) -> Node<'s> {
    match syntax {
        Syntax::Yaml | Syntax::Json => yaml::parse(piece, offset, syntax, limits, problems),
        Syntax::Toml => toml::parse(piece, offset, limits, problems),
    }
}

/// How large a document may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most values, those that YAML aliases repeat included.
    pub nodes: usize,
    /// The most YAML aliases.
    pub aliases: usize,
}

impl Limits {
    /// For the front matter of a question.
    pub const FRONT_MATTER: Self = Self {
        nodes: 2_000,
        aliases: 50,
    };
    /// For long lists that the program writes itself.
    pub const LIST: Self = Self {
        nodes: 5_000_000,
        aliases: 0,
    };
    /// For configuration, blueprints, loops and screens.
    pub const FILE: Self = Self {
        nodes: 50_000,
        aliases: 50,
    };
}
