//! What a body's Markdown holds beside plain text: links, images, code, tables, raw HTML.

use crate::model::source::Span;

/// A piece of Markdown that is not plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// All of it, delimiters included.
    pub span: Span,
}

/// What a [`Mark`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A link within the bank: a relative path, an anchor, or both. Links to other places are not kept.
    Link(Box<str>),
    /// An image, wherever it is.
    Image(Box<str>),
    /// Code within a line.
    CodeSpan,
    /// A code block between fences; whether it says which language it is in.
    Fence {
        /// Whether its opening fence names a language.
        labelled: bool,
    },
    /// A code block by indentation.
    IndentedCode,
    /// A table.
    Table,
    /// A heading of any level.
    Heading,
    /// Raw HTML, a comment included: a whole block of it, or one tag within a line.
    Html,
}

impl Mark {
    /// Whether it is code of any form.
    #[must_use]
    pub fn is_code(&self) -> bool {
        matches!(
            self.kind,
            MarkKind::CodeSpan | MarkKind::Fence { .. } | MarkKind::IndentedCode
        )
    }

    /// Whether a destination is outside the bank: another host, or another scheme than a file's.
    #[must_use]
    pub fn is_remote(destination: &str) -> bool {
        let scheme = destination
            .split_once(':')
            .is_some_and(|(scheme, _)| is_scheme(scheme));
        scheme || destination.starts_with("//")
    }
}

fn is_scheme(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remote_destinations() {
        for remote in [
            "https://example.com",
            "mailto:a@example.com",
            "//host/x",
            "data:,x",
        ] {
            assert!(Mark::is_remote(remote), "{remote}");
        }
        for local in ["a.md", "../a.md#b", "#b", "a b:c.md", "c:x.md", ""] {
            assert!(!Mark::is_remote(local), "{local}");
        }
    }
}
