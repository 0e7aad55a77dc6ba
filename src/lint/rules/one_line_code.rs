//! `one-line-code`: code lost its line breaks, so that nobody can read it under time.
//!
//! ## Why
//!
//! A program in a single line, or among the words of a paragraph, is what is left when it was pasted through a chat
//! or a table. A candidate then spends the minutes on finding where a statement ends.
//!
//! The rule reports code in one line with three or more statements, or with two on more than 100 columns; two
//! blocks `{ … }` side by side; SQL of four or more clauses on more than 100 columns; and SQL statements or
//! functions within prose that end in `;` or `}`. Short code passes, and so do headers with their `;`, loops of the
//! shell and `for (;;)`.
//!
//! ## Example
//!
//! ```markdown
//! Read `BEGIN; UPDATE stock SET left = left - 1; INSERT INTO sale VALUES (1); COMMIT;` and say what can go wrong.
//! ```
//!
//! ## Instead
//!
//! ````markdown
//! Read this and say what can go wrong.
//!
//! ```sql
//! BEGIN;
//! UPDATE stock SET left = left - 1;
//! INSERT INTO sale VALUES (1);
//! COMMIT;
//! ```
//! ````

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::code::Code;
use crate::lint::text::statements;
use crate::model::finding::{Finding, Level};
use crate::model::markup::{Mark, MarkKind};
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "one-line-code",
    group: Group::Markup,
    level: Level::Warning,
    fix: None,
    file: include_str!("one_line_code.rs"),
    check: Check::Question(check),
};

const HINT: &str = "put it into a code block, a line for every statement";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    for mark in &subject.text.body().marks {
        let place = match mark.kind {
            MarkKind::CodeSpan | MarkKind::IndentedCode => single_line(subject, mark.span),
            MarkKind::Fence { .. } => only_line_of_fence(subject, mark.span),
            _ => None,
        };
        let Some(place) = place else {
            continue;
        };
        if statements::run_together(subject.slice(place)) {
            findings.push(finding(subject, place, "this code lost its line breaks").hint(HINT));
        }
    }
    in_prose(subject, findings);
}

/// The code, without its signs, if it stands on one line and is long enough to matter.
fn single_line(subject: &Subject<'_>, span: Span) -> Option<Span> {
    if span.end - span.start < statements::LEAST {
        return None;
    }
    let text = subject.slice(span);
    let inside = text.trim().trim_matches('`').trim();
    let start = text.find(inside)?;
    // A code span may be wrapped like prose.
    let lines = inside.lines().count();
    (lines <= 2).then(|| Span::new(start, start + inside.len()).shifted(span.start))
}

fn only_line_of_fence(subject: &Subject<'_>, span: Span) -> Option<Span> {
    let text = subject.slice(span);
    let mut at = 0;
    let mut only = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim();
        let fence = number == 0 || content.starts_with("```") || content.starts_with("~~~");
        if !fence && !content.is_empty() {
            if only.is_some() {
                return None;
            }
            let lead = line.len() - line.trim_start().len();
            only = Some(Span::new(at + lead, at + lead + content.len()).shifted(span.start));
        }
        at += line.len();
    }
    only
}

/// SQL statements and functions that were pasted without backticks.
fn in_prose(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !statements::may_be_in_prose(subject.slice(subject.text.body().span)) {
        return;
    }
    let kept = |mark: &Mark| matches!(mark.kind, MarkKind::Html | MarkKind::Table);
    let code = Code::and(subject, kept);
    // One report of a paragraph is enough.
    let mut reported = false;
    for piece in code.outside(subject.text.body().span) {
        let text = subject.slice(piece);
        if !statements::may_be_in_prose(text) {
            reported &= !text.contains("\n\n");
            continue;
        }
        let mut at = piece.start;
        for line in text.split_inclusive('\n') {
            let place = statements::in_prose(line).map(|place| place.shifted(at));
            at += line.len();
            reported &= !line.trim().is_empty();
            if let Some(place) = place
                && !reported
            {
                reported = true;
                findings.push(finding(subject, place, "this code stands among prose").hint(HINT));
            }
        }
    }
}
