//! `hidden-text`: a file holds characters that nobody sees or that change the order of what is seen.
//!
//! ## Why
//!
//! What a reviewer reads must be what the program takes: characters without width, marks that turn the direction of
//! writing, control characters and private ones can hide an answer, an instruction or a word that no search finds.
//! A comment that is never closed hides the rest of the file.
//!
//! What writing systems need is accepted: joiners within Arabic and Indic words and within emoji, direction marks
//! beside right-to-left letters, the tags of flags. A byte order mark at the very start is fine. Characters that
//! are written as `&#8203;` or the like are found, too, outside code, and those written as `\u200B` in the front
//! matter. `--fix` removes characters without width in and
//! at the end of words; elsewhere their absence could change the Markdown or the code, so it takes `--unsafe`.
//!
//! ## Example
//!
//! ```markdown
//! Dead&#8203;locks: what do you do?
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! Deadlocks: what do you do?
//! ```

use memchr::memchr_iter;

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::code::Code;
use crate::lint::text::unseen::{self, Unseen};
use crate::model::finding::{Finding, Level, Safety};
use crate::model::markup::MarkKind;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "hidden-text",
    group: Group::Markup,
    level: Level::Error,
    fix: Some(Safety::Safe),
    file: include_str!("hidden_text.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let text = subject.text.source.text();
    for (span, what, letter) in unseen::characters(text) {
        let message = format!(
            "{} (U+{:04X}) stands here, which nobody sees",
            what.name(),
            u32::from(letter)
        );
        let safety = match what {
            Unseen::NoWidth if is_within_word(subject, span) => Safety::Safe,
            _ => Safety::Unsafe,
        };
        let found = finding(subject, span, message);
        findings.push(
            found
                .hint("remove it, or write what is meant")
                .fix(safety, span, ""),
        );
    }
    let body = subject.slice(subject.text.body().span);
    let entity = |at: usize| {
        let next = body.as_bytes().get(at + 1);
        matches!(next, Some(b'#' | b'Z' | b'N'))
    };
    if memchr_iter(b'&', body.as_bytes()).any(entity) {
        entities(subject, body, findings);
    }
    escapes(subject, text, findings);
    endless_comment(subject, findings);
}

/// What double-quoted texts of the front matter spell with a backslash.
fn escapes(subject: &Subject<'_>, text: &str, findings: &mut Vec<Finding>) {
    let head = text.get(..subject.text.body().span.start);
    let head = head.unwrap_or_default();
    let mut at = 0;
    while let Some(found) = head.get(at..).and_then(|rest| rest.find('\\')) {
        let start = at + found;
        // What follows a backslash is of it, another backslash too.
        at = start + 1 + head[start + 1..].chars().next().map_or(0, char::len_utf8);
        let Some((letter, length)) = unseen::escape(&head[start..]) else {
            continue;
        };
        let span = Span::new(start, start + length);
        let message = unseen_spelling(subject, span, letter);
        findings.push(finding(subject, span, message).hint("remove it, or write what is meant"));
    }
}

fn unseen_spelling(subject: &Subject<'_>, span: Span, letter: char) -> String {
    let spelling = subject.slice(span);
    let number = u32::from(letter);
    format!("`{spelling}` is a character that nobody sees (U+{number:04X})")
}

fn entities(subject: &Subject<'_>, body: &str, findings: &mut Vec<Finding>) {
    let code = Code::of(subject);
    for (at, _) in body.match_indices('&') {
        let rest = body.get(at..).unwrap_or_default();
        let Some((letter, length)) = unseen::entity(rest) else {
            continue;
        };
        let span = Span::new(at, at + length).shifted(subject.text.body().span.start);
        if code.touches(span) {
            continue;
        }
        let message = unseen_spelling(subject, span, letter);
        findings.push(finding(subject, span, message).hint("remove it, or write what is meant"));
    }
}

fn endless_comment(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    const BEGIN: &str = "<!--";
    let marks = subject.text.body().marks.iter();
    for mark in marks.filter(|mark| mark.kind == MarkKind::Html) {
        let html = subject.slice(mark.span);
        let Some(begin) = html.rfind(BEGIN) else {
            continue;
        };
        if html.get(begin..).is_some_and(|rest| !rest.contains("-->")) {
            let start = mark.span.start + begin;
            let span = Span::new(start, start + BEGIN.len());
            let message = "this comment never ends: all that follows is hidden";
            findings.push(finding(subject, span, message).hint("close it with `-->`"));
        }
    }
}

/// Whether a span stands in or at the end of a word of prose, so that without it no Markdown begins
/// and no code changes.
fn is_within_word(subject: &Subject<'_>, span: Span) -> bool {
    let text = subject.text.source.text();
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    before.ends_with(char::is_alphanumeric)
        && after.starts_with(|next: char| next.is_alphanumeric() || " .,;!?".contains(next))
        && !subject.in_code(span)
}
