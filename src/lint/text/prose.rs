//! The text between the code and the raw HTML of a question.

use crate::lint::context::Subject;
use crate::model::markup::Mark;
use crate::model::source::{Source, Span};

/// The pieces of `span` that lie outside the marks that `skipped` chooses, in order. Takes time in
/// proportion to the marks of `span`, whatever else the question holds.
pub(in crate::lint) fn outside<'b>(
    subject: &Subject<'b>,
    span: Span,
    skipped: fn(&Mark) -> bool,
) -> impl Iterator<Item = Span> + use<'b> {
    let marks = &subject.text.body().marks;
    // Marks are ordered by where they begin; only the last one before the span can reach into it.
    let first = marks.partition_point(|mark| mark.span.start < span.start);
    let mut marks = marks.get(first.saturating_sub(1)..).unwrap_or(&[]).iter();
    let mut at = Some(span.start);
    std::iter::from_fn(move || {
        loop {
            let start = at?;
            let next = marks
                .by_ref()
                .take_while(|mark| mark.span.start < span.end)
                .find(|mark| skipped(mark) && mark.span.end > start);
            let end = next.map_or(span.end, |mark| mark.span.start);
            at = next.map(|mark| mark.span.end.min(span.end));
            if end > start {
                return Some(Span::new(start, end));
            }
        }
    })
}

/// The code or raw HTML that a place is in, found by bisection: such marks hold no others.
pub(in crate::lint) fn innermost<'b>(subject: &Subject<'b>, offset: usize) -> Option<&'b Mark> {
    let marks = &subject.text.body().marks;
    let after = marks.partition_point(|mark| mark.span.start <= offset);
    let last = marks.get(after.checked_sub(1)?)?;
    (offset < last.span.end).then_some(last)
}

/// Whether a text holds nothing but HTML comments, thematic breaks and blanks.
pub(in crate::lint) fn says_nothing(text: &str) -> bool {
    // As nearly every text begins: with a word, or with an item that does.
    let item = text.strip_prefix("- ").unwrap_or(text);
    if item.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return false;
    }
    let mut rest = text.trim_start();
    loop {
        if !rest.starts_with(['<', '-', '*', '_']) {
            return rest.is_empty();
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else {
            let line = rest.lines().next().unwrap_or("");
            if !is_break(line) {
                return rest.is_empty();
            }
            rest = rest.get(line.len()..).unwrap_or("");
        }
        rest = rest.trim_start();
    }
}

/// Whether a line is a thematic break: three or more of one mark.
fn is_break(line: &str) -> bool {
    let marks = || line.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let first = marks().next();
    marks().all(|byte| Some(byte) == first && matches!(byte, b'-' | b'*' | b'_'))
        && marks().nth(2).is_some()
}

/// The sentences of a text, each with its closing mark; a blank line ends one too.
pub(in crate::lint) fn sentences(source: &Source, span: Span) -> impl Iterator<Item = Span> {
    /// The most quotation marks and brackets after a sentence.
    const CLOSING: usize = 8;
    let text = source.slice(span);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let bytes = rest.as_bytes();
        let blank = |index: usize| bytes.get(index).is_none_or(u8::is_ascii_whitespace);
        let end = bytes
            .iter()
            .enumerate()
            .find_map(|(index, byte)| match byte {
                b'.' | b'!' | b'?' => {
                    let closing = |byte: &&u8| {
                        matches!(byte, b'"' | b')' | b'*' | b'_' | b'\'' | b'?' | b'!')
                    };
                    let after = bytes.get(index + 1..).unwrap_or(&[]);
                    let end = index + 1 + after.iter().take(CLOSING).take_while(closing).count();
                    blank(end).then_some(end)
                }
                b'\n' => {
                    let after = rest.get(index + 1..).unwrap_or("");
                    let line = after.split('\n').next().unwrap_or("");
                    (line.trim().is_empty() && !after.is_empty()).then_some(index + 1)
                }
                _ => None,
            });
        let end = start + end.unwrap_or(rest.len());
        at = end;
        Some(Span::new(start, end).shifted(span.start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_breaks_say_nothing() {
        for nothing in [
            "",
            "  \n",
            "<!-- a -->\n\n<!-- b -->",
            "---\n",
            "* * *\n<!-- x",
            "***",
        ] {
            assert!(says_nothing(nothing), "{nothing:?}");
        }
        for something in ["x", "<!-- a --> x", "- a", "--", "…", "---\nx"] {
            assert!(!says_nothing(something), "{something:?}");
        }
    }

    #[test]
    fn sentences_end_with_their_marks() {
        let text = "One is e.g. v1.2 here. Two\nlines? (Three!) \n\nFour\n\nFive…\n";
        let source = Source::new("q.md", text);
        let found: Vec<&str> = sentences(&source, Span::new(0, text.len()))
            .map(|span| source.slice(span).trim_end())
            .collect();
        assert_eq!(
            found,
            [
                "One is e.g.",
                "v1.2 here.",
                "Two\nlines?",
                "(Three!)",
                "Four",
                "Five…"
            ]
        );
    }
}
