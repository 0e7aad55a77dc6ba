//! Headings that begin no section.

use memchr::{memchr_iter, memchr3};

use crate::model::finding::reading::SWALLOWED_HEADING;
use crate::model::markup::MarkKind;
use crate::model::question::{Body, Part};
use crate::model::source::{Source, Span};
use crate::store::document::decode::Problems;

/// A heading inside an unclosed code block, a quote or HTML begins no section, and what only looks
/// like a heading never does: the answer below it would be the candidate's. So every line of their
/// part is looked at, whatever Markdown makes of it. Gives the code block that swallows headings wherever it begins.
pub(super) fn headings(source: &Source, body: &Body, problems: &mut Problems) -> Option<Span> {
    let unclosed = unclosed_block(source, body).filter(|block| {
        let below = Span::new(block.end, body.span.end);
        headings_of_answers(source, below).next().is_some()
    });
    let handouts = body.part(Part::CandidateHandout);
    let shown = std::iter::once(body.prompt).chain(handouts.map(|section| section.content));
    let end = unclosed.map_or(body.span.end, |block| block.start);
    for span in shown {
        let above = Span::new(span.start, span.end.min(end));
        for heading in headings_of_answers(source, above) {
            problems.report(
                SWALLOWED_HEADING,
                heading,
                "this looks like a heading but begins no section, so the candidate would see what is below it",
                "write `## ` before it, outside of code blocks, quotes, lists and HTML, and close those before it",
            );
        }
    }
    if let Some(block) = unclosed {
        problems.report(
            SWALLOWED_HEADING,
            block,
            "this code block is never closed, so that the headings below it begin no sections",
            "end it with a line of the same signs",
        );
    }
    unclosed
}

/// The first line of a code block that ends with the file and not with a fence.
fn unclosed_block(source: &Source, body: &Body) -> Option<Span> {
    let last = body.marks.last()?;
    let to_the_end = source.trimmed(last.span).end >= source.trimmed(body.span).end;
    if !matches!(last.kind, MarkKind::Fence { .. }) || !to_the_end {
        return None;
    }
    let block = source.slice(last.span);
    let opening = block.lines().next()?.trim_end();
    let sign = opening.chars().next()?;
    let signs = opening.chars().take_while(|letter| *letter == sign).count();
    let end = block.trim_end().lines().skip(1).last().unwrap_or("");
    let end = end.trim_start_matches(['>', ' ', '\t']).trim_end();
    let closed = end.len() >= signs && end.chars().all(|letter| letter == sign);
    (!closed).then(|| Span::new(last.span.start, last.span.start + opening.len()))
}

/// The lines of a piece that look like headings of what a candidate must not see.
fn headings_of_answers(source: &Source, piece: Span) -> impl Iterator<Item = Span> {
    let breaks = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    let text = source.slice(piece);
    let text = if has_no_heading(text) { "" } else { text };
    let mut start = piece.start;
    let mut lines = text.split_inclusive(breaks).peekable();
    std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            let underlined = lines.peek().is_some_and(|next| {
                let next = next.trim();
                !next.is_empty() && next.bytes().all(|byte| matches!(byte, b'=' | b'-'))
            });
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if looks_like_an_answer_heading(line, underlined) {
                return Some(span);
            }
        }
    })
}

/// Whether a text holds nothing of what makes a heading: nearly every prompt.
fn has_no_heading(text: &str) -> bool {
    let bytes = text.as_bytes();
    let underlined = |newline: usize| {
        let mut next = bytes.iter().skip(newline + 1);
        let first = next.find(|byte| !matches!(byte, b' ' | b'\t'));
        matches!(first, Some(b'=' | b'-'))
    };
    text.is_ascii()
        && memchr3(b'#', b'<', b'*', bytes).is_none()
        && memchr3(b'\r', b'\x0b', b'\x0c', bytes).is_none()
        && !memchr_iter(b'\n', bytes).any(underlined)
}

fn looks_like_an_answer_heading(line: &str, underlined: bool) -> bool {
    if !underlined && !line.contains(['#', '<', '*']) {
        return false;
    }
    let invisible = |letter: char| {
        matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || letter.is_control()
    };
    let visible: String = line.chars().filter(|&letter| !invisible(letter)).collect();
    let bare = visible.trim_start_matches(|letter: char| {
        letter.is_whitespace() || ">-*+\\.)0123456789".contains(letter)
    });
    let marked = bare.starts_with('#') || bare.to_ascii_lowercase().starts_with("<h");
    if marked {
        return Part::named_in(bare).is_some();
    }
    let trimmed = visible.trim();
    let bold = trimmed.starts_with("**") && trimmed.trim_end_matches(':').ends_with("**");
    let named = Part::from_heading(trimmed).is_some_and(|part| part != Part::CandidateHandout);
    named && (bold || underlined)
}
