//! Where the front matter of a question begins and ends, to the byte.

use memchr::memchr;

use crate::model::source::Span;
use crate::store::document::Syntax;

/// The most bytes that front matter may have.
pub const MAX_BYTES: usize = 32 * 1024;

/// A question file cut in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The syntax that the fences name.
    pub syntax: Syntax,
    /// The opening fence.
    pub fence: Span,
    /// The text between the fences.
    pub matter: Span,
    /// Everything after the closing fence's line.
    pub body: Span,
}

/// Why a file could not be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// The first line is no fence.
    NoFence {
        /// The first line.
        first_line: Span,
        /// Where a fence stands all the same: too late.
        late_fence: Option<Span>,
    },
    /// No line closes the front matter.
    Unclosed {
        /// The opening fence.
        fence: Span,
    },
    /// The front matter is over [`MAX_BYTES`].
    TooLong {
        /// The opening fence.
        fence: Span,
    },
}

/// Cuts a question file: `---` fences hold YAML, `+++` fences hold TOML. The opening fence must be
/// the first line (a byte order mark before it is skipped); the first later line that is the same
/// fence, not indented, closes it. Blanks after a fence do not matter; neither do CRLF line ends.
///
/// # Errors
/// When there is no front matter to cut off.
pub fn split(text: &str) -> Result<Split, SplitError> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Lines { text, at: start };
    let first = lines.next().unwrap_or(Line {
        content: Span::new(start, start),
        end: start,
    });
    let Some(syntax) = fence(text, first.content) else {
        let late_fence = lines
            .take(5)
            .map(|line| line.content)
            .find(|&line| fence(text, line).is_some());
        return Err(SplitError::NoFence {
            first_line: first.content,
            late_fence,
        });
    };
    for line in lines {
        if fence(text, line.content) == Some(syntax) {
            if line.content.start - first.end > MAX_BYTES {
                break;
            }
            return Ok(Split {
                syntax,
                fence: first.content,
                matter: Span::new(first.end, line.content.start),
                body: Span::new(line.end, text.len()),
            });
        }
    }
    if text.len() - first.end > MAX_BYTES {
        return Err(SplitError::TooLong {
            fence: first.content,
        });
    }
    Err(SplitError::Unclosed {
        fence: first.content,
    })
}

fn fence(text: &str, line: Span) -> Option<Syntax> {
    match text[line.start..line.end].trim_end() {
        "---" => Some(Syntax::Yaml),
        "+++" => Some(Syntax::Toml),
        _ => None,
    }
}

struct Line {
    /// Without its line end.
    content: Span,
    /// One past its line end.
    end: usize,
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let newline = memchr(b'\n', rest.as_bytes());
        let length = newline.map_or(rest.len(), |newline| newline + 1);
        let start = self.at;
        self.at += length;
        let content = rest[..length].trim_end_matches(['\n', '\r']);
        Some(Line {
            content: Span::new(start, start + content.len()),
            end: self.at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Result<(Syntax, &str, &str), SplitError> {
        split(text).map(|split| {
            (
                split.syntax,
                &text[split.matter.start..split.matter.end],
                &text[split.body.start..split.body.end],
            )
        })
    }

    #[test]
    fn yaml_and_toml_fences() {
        assert_eq!(
            cut("---\na: 1\n---\nbody\n"),
            Ok((Syntax::Yaml, "a: 1\n", "body\n"))
        );
        assert_eq!(
            cut("+++\na = 1\n+++\nbody"),
            Ok((Syntax::Toml, "a = 1\n", "body"))
        );
    }

    #[test]
    fn byte_order_mark_line_ends_and_blanks() {
        assert_eq!(
            cut("\u{feff}---\r\na: 1\r\n---  \r\n\r\nbody\r\n"),
            Ok((Syntax::Yaml, "a: 1\r\n", "\r\nbody\r\n"))
        );
    }

    #[test]
    fn empty_matter_and_no_body() {
        assert_eq!(cut("---\n---"), Ok((Syntax::Yaml, "", "")));
        assert_eq!(cut("---\n\n---\n"), Ok((Syntax::Yaml, "\n", "")));
    }

    #[test]
    fn only_an_unindented_line_of_the_same_fence_closes() {
        let text = "---\ntitle: |\n  ---\n  +++\nother: a---\n----\n+++\n---\na\n\n---\n\nb\n";
        assert_eq!(
            cut(text),
            Ok((
                Syntax::Yaml,
                "title: |\n  ---\n  +++\nother: a---\n----\n+++\n",
                "a\n\n---\n\nb\n"
            ))
        );
    }

    #[test]
    fn what_cannot_be_cut() {
        assert!(matches!(
            split("---\na: 1\n"),
            Err(SplitError::Unclosed { .. })
        ));
        assert!(matches!(split(""), Err(SplitError::NoFence { .. })));
        assert!(matches!(
            split("\n---\na: 1\n---\n"),
            Err(SplitError::NoFence {
                late_fence: Some(Span { start: 1, end: 4 }),
                ..
            })
        ));
        assert!(matches!(
            split("--- a\n---\n"),
            Err(SplitError::NoFence { .. })
        ));
        let long = format!("---\n{}---\n", "a: 1\n".repeat(MAX_BYTES));
        assert!(matches!(split(&long), Err(SplitError::TooLong { .. })));
    }
}
