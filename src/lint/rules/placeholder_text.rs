//! `placeholder-text`: a text that was to be written is still a placeholder, so that the interviewer is left with
//! nothing in the middle of the interview.
//!
//! ## Why
//!
//! `TODO: write this answer` in an active question means that it was released before it was finished.
//!
//! Found are `TODO`, `TBD`, `FIXME` and `XXX` where they label or replace a text, `…`, `...` or `???` as a whole item
//! or section, `<insert …>`, `[your … here]`, *lorem ipsum*, and phrases such as "write this answer" or "coming soon"
//! that are a sentence of their own. A TODO list, the word in a sentence or in quotation marks, and everything in code
//! and in comments is left alone. Only active questions are looked at, and of one question the first twenty
//! placeholders are shown.
//!
//! ## Example
//!
//! ```markdown
//! ## Reference answer
//!
//! TODO: write this answer.
//! ```
//!
//! ## Instead
//!
//! Write the text, or set `status: draft` until it is written.

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::placeholder::{self, placeholders};
use crate::lint::text::prose;
use crate::model::finding::{Finding, Level};
use crate::model::markup::{Mark, MarkKind};
use crate::model::question::Matter;
use crate::model::source::{Span, Spanned};

use super::MOST_PER_QUESTION;

pub(super) const RULE: Rule = Rule {
    name: "placeholder-text",
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("placeholder_text.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let file = subject.text.source.text();
    if !subject.is_active() || !placeholder::may_be(file, &subject.look) {
        return;
    }
    if let Some(matter) = subject.matter {
        for text in texts(matter) {
            let whole = |start, end| end - start == text.value.len();
            if let Some((start, end)) = placeholders(&text.value, whole).next() {
                let word = text.value.get(start..end).unwrap_or("");
                findings.push(report(subject, text.span, word));
            }
        }
    }
    let body = subject.text.body().span;
    let text = subject.slice(body);
    let whole = |start, end| is_whole_section(subject, Span::new(start, end).shifted(body.start));
    // One finding a line: `TODO: write this answer` is one placeholder.
    let mut line_end = 0;
    let mut left = MOST_PER_QUESTION;
    for (start, end) in placeholders(text, whole) {
        let span = Span::new(start, end).shifted(body.start);
        if start < line_end || is_hidden(subject, span) {
            continue;
        }
        if left == 0 {
            break;
        }
        left -= 1;
        let rest = text.get(end..).unwrap_or("");
        line_end = end + rest.find('\n').unwrap_or(rest.len());
        findings.push(report(subject, span, subject.slice(span)));
    }
}

fn report(subject: &Subject<'_>, span: Span, word: &str) -> Finding {
    finding(
        subject,
        span,
        format!("`{word}` is a placeholder for a text that is not written"),
    )
    .hint("write it, or set `status: draft` until it is written")
}

/// The values of the front matter that are prose.
fn texts(matter: &Matter) -> impl Iterator<Item = &Spanned<String>> {
    let provenance = &matter.provenance;
    let origin = [&provenance.source, &provenance.license, &provenance.locator];
    std::iter::once(&matter.title)
        .chain(&matter.tags)
        .chain(&matter.authors)
        .chain(origin.into_iter().flatten())
}

/// Whether a place is in code or in a comment.
fn is_hidden(subject: &Subject<'_>, span: Span) -> bool {
    let comment = |mark: &Mark| {
        mark.kind == MarkKind::Html && subject.slice(mark.span).trim_start().starts_with("<!--")
    };
    prose::innermost(subject, span.start).is_some_and(|mark| mark.is_code() || comment(mark))
}

/// Whether a span is all that stands below a heading.
fn is_whole_section(subject: &Subject<'_>, span: Span) -> bool {
    let sections = &subject.text.body().sections;
    let next = sections.partition_point(|section| section.content.start < span.start);
    sections
        .get(next)
        .is_some_and(|section| section.content == span)
}
