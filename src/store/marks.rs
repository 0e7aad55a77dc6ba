//! Markdown events to the marks of a body.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag};

use crate::model::markup::{Mark, MarkKind};
use crate::model::source::{Source, Span};

/// The mark that an event begins, if it begins one worth keeping.
pub(super) fn mark(event: &Event<'_>, span: Span) -> Option<Mark> {
    let kind = match event {
        Event::Start(tag) => match tag {
            Tag::Link {
                link_type: LinkType::Email,
                ..
            } => return None,
            Tag::Link { dest_url, .. } if !Mark::is_remote(dest_url) => {
                MarkKind::Link(dest_url.as_ref().into())
            }
            Tag::Image { dest_url, .. } => MarkKind::Image(dest_url.as_ref().into()),
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => MarkKind::Fence {
                labelled: !language.trim().is_empty(),
            },
            Tag::CodeBlock(CodeBlockKind::Indented) => MarkKind::IndentedCode,
            Tag::Table(_) => MarkKind::Table,
            Tag::Heading { .. } => MarkKind::Heading,
            Tag::HtmlBlock => MarkKind::Html,
            _ => return None,
        },
        Event::Code(_) => MarkKind::CodeSpan,
        Event::InlineHtml(_) => MarkKind::Html,
        _ => return None,
    };
    Some(Mark { kind, span })
}

/// What an HTML comment that allows a rule says: `<!-- intervy-allow RULE: reason -->`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    /// All of it.
    pub(super) whole: Span,
    /// The rule's name.
    pub(super) rule: Span,
    /// Why; empty where that is not said.
    pub(super) reason: Span,
    /// What it is about: its own lines, and the lines below it up to the next blank one.
    pub(super) scope: Span,
}

/// The directives in a piece of raw HTML.
pub(super) fn directives(source: &Source, html: Span) -> impl Iterator<Item = Directive> {
    const WORD: &str = "intervy-allow";
    let text = source.slice(html);
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find("<!--")?;
            let length = text[start + 4..].find("-->")?;
            at = start + 4 + length + 3;
            let inside = &text[start + 4..start + 4 + length];
            let Some(rest) = inside.trim_start().strip_prefix(WORD) else {
                continue;
            };
            let rest = rest.trim_start_matches(':').trim();
            let (rule, reason) = rest.split_once(':').unwrap_or((rest, &rest[rest.len()..]));
            let place = |piece: &str| {
                let offset = piece.as_ptr() as usize - text.as_ptr() as usize;
                Span::new(offset, offset + piece.len()).shifted(html.start)
            };
            let whole = Span::new(start, at).shifted(html.start);
            return Some(Directive {
                whole,
                rule: place(rule.trim()),
                reason: place(reason.trim()),
                scope: Span::new(
                    line_start(source.text(), whole.start),
                    block_end(source.text(), whole.end),
                ),
            });
        }
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the block that begins at or after `at`: the rest of the line, blank lines, and what
/// follows up to the next blank line.
fn block_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut begun = false;
    for (number, line) in text[at..].split_inclusive('\n').enumerate() {
        let blank = line.trim().is_empty();
        if blank && begun {
            break;
        }
        begun |= !blank && number > 0;
        end += line.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_covers_the_block_below_it() {
        let text =
            "Before.\n\n<!-- intervy-allow raw-html: the key caps -->\n\nOne\ntwo.\n\nAfter.\n";
        let source = Source::new("q.md", text);
        let start = text.find("<!--").unwrap_or_default();
        let found: Vec<_> = directives(&source, Span::new(start, text.len())).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(source.slice(found[0].rule), "raw-html");
        assert_eq!(source.slice(found[0].reason), "the key caps");
        assert!(source.slice(found[0].scope).ends_with("two.\n"));
    }

    #[test]
    fn other_comments_say_nothing() {
        let text = "<!-- a note: not ours --><!-- intervy-allow x -->";
        let source = Source::new("q.md", text);
        let found: Vec<_> = directives(&source, Span::new(0, text.len())).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(source.slice(found[0].rule), "x");
        assert!(found[0].reason.is_empty());
    }
}
