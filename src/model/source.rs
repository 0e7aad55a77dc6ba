//! A text file of a bank, byte ranges in it, and the human positions they stand for.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A half-open byte range in a [`Source`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset one past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an `end` before `start` makes an empty range at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The same range, `offset` bytes further on.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A value together with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Written out, a value is the value alone; its place belongs to the file it came from.
impl<T: serde::Serialize> serde::Serialize for Spanned<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file's text under the name that messages use for it.
#[derive(Clone)]
pub struct Source {
    /// The path to show, with `/` between folders on every platform.
    pub path: String,
    /// Not set while the text is let go.
    text: OnceLock<String>,
    origin: Option<Origin>,
}

/// Where a text that was let go is found again.
#[derive(Clone)]
struct Origin {
    reader: Arc<dyn ReadAgain>,
    /// A text of another length is not the one whose places are known.
    length: usize,
}

/// Reads the texts of files once more.
pub trait ReadAgain: Send + Sync {
    /// The text of the file that messages show as `path`; `None` where it cannot be read.
    fn read_again(&self, path: &str) -> Option<String>;
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Source");
        shown.field("path", &self.path).finish_non_exhaustive()
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text() == other.text()
    }
}

impl Eq for Source {}

/// A line and a column, both counted from 1; a column is one Unicode scalar value, a tab included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl Source {
    /// A source with a path and a text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            path: path.into(),
            text: OnceLock::from(text.into()),
            origin: None,
        })
    }

    /// A source for messages about a file whose text could not be had.
    pub fn without_text(path: impl Into<String>) -> Arc<Self> {
        Self::new(path, "")
    }

    /// The whole text, byte for byte as in the file. One that was let go is read again; it is empty where
    /// that is not possible, or gives another text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let Some(Origin { reader, length }) = &self.origin else {
                return String::new();
            };
            let text = reader.read_again(&self.path);
            text.filter(|text| text.len() == *length)
                .unwrap_or_default()
        })
    }

    /// Frees the text until somebody needs it; of a bank of thousands of files, few are looked at twice.
    pub fn let_go(&mut self, reader: &Arc<dyn ReadAgain>) {
        if let Some(text) = self.text.take() {
            self.origin = Some(Origin {
                reader: Arc::clone(reader),
                length: text.len(),
            });
        }
    }

    /// The text at `span`; empty where the span lies outside the text or inside a character.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.start..span.end).unwrap_or("")
    }

    /// The line and column of a byte offset; an offset past the end counts as the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let text = self.text();
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let mut line_text = &before[line_start..];
        if line_start == 0 {
            line_text = line_text.strip_prefix('\u{feff}').unwrap_or(line_text);
        }
        Position {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: line_text.chars().count() + 1,
        }
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trimmed(&self, span: Span) -> Span {
        let text = self.slice(span);
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }

    /// The text at `span` with the indentation of its first line taken off the lines after it,
    /// so that a piece of a nested list can be read as Markdown of its own.
    #[must_use]
    pub fn dedented(&self, span: Span) -> String {
        let text = self.slice(span);
        let whole = self.text();
        let line_start = whole[..span.start.min(whole.len())]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let indent = whole[line_start..span.start].chars().count();
        if indent == 0 || !text.contains('\n') {
            return text.to_owned();
        }
        let mut lines = text.split_inclusive('\n');
        let mut out = String::with_capacity(text.len());
        out.extend(lines.next());
        for line in lines {
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            out.push_str(&line[blanks.min(indent)..]);
        }
        out
    }
}

/// A place that a message can point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The range; `None` for the file as a whole.
    pub span: Option<Span>,
}

impl Location {
    /// The range `span` of `source`.
    #[must_use]
    pub fn at(source: &Arc<Source>, span: Span) -> Self {
        Self {
            source: Arc::clone(source),
            span: Some(span),
        }
    }

    /// `source` as a whole.
    #[must_use]
    pub fn file(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            span: None,
        }
    }

    /// Where the range begins and ends; `None` for a whole file.
    #[must_use]
    pub fn positions(&self) -> Option<(Position, Position)> {
        let span = self.span?;
        Some((
            self.source.position(span.start),
            self.source.position(span.end),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_a_byte_order_mark() {
        let source = Source::new("x.md", "\u{feff}---\r\ntitle: Größe 𝄞 x\n");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        let x = source.text().find(" x").map(|at| at + 1);
        assert_eq!(
            x.map(|at| source.position(at)),
            Some(Position {
                line: 2,
                column: 16
            })
        );
        assert_eq!(source.position(9_999).line, 3);
    }

    #[test]
    fn a_text_that_was_let_go_is_read_again_unless_it_is_another() {
        struct File(&'static str);
        impl ReadAgain for File {
            fn read_again(&self, path: &str) -> Option<String> {
                (path == "x.md").then(|| self.0.to_owned())
            }
        }
        let after = |path: &str, text: &str, later: &'static str| {
            let mut source = Arc::unwrap_or_clone(Source::new(path, text));
            let reader: Arc<dyn ReadAgain> = Arc::new(File(later));
            source.let_go(&reader);
            source.text().to_owned()
        };
        assert_eq!(after("x.md", "one", "one"), "one");
        assert_eq!(after("x.md", "one", "another"), "");
        assert_eq!(after("gone.md", "one", "one"), "");
    }

    #[test]
    fn dedenting_follows_the_column_of_the_first_line() {
        let source = Source::new("x.md", "- a\n  - b\n\n    ```sql\n    SELECT 1;\n    ```\n");
        let start = source.text().find("b\n").unwrap_or_default();
        let piece = source.dedented(Span::new(start, source.text().len()));
        assert_eq!(piece, "b\n\n```sql\nSELECT 1;\n```\n");
    }
}
