//! `flattened-table`: a table lost its form when it was pasted, so that its cells run together as prose.
//!
//! ## Why
//!
//! Markdown reads lines with `|` as a table only when the line below the first one is a row of hyphens with as many
//! cells, and it knows no columns made with tabs. Otherwise all rows become one paragraph, which nobody can read in
//! an interview.
//!
//! The rule reports two or more lines that begin and end with `|`, three or more with the same number of ` | `
//! within them, a row of hyphens in the middle of a line, and two or more lines with the same number of tabs
//! between words.
//!
//! ## Example
//!
//! ```markdown
//! | plan | rows |
//! | seq scan | 90000 |
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! | plan | rows |
//! | --- | --- |
//! | seq scan | 90000 |
//! ```

use memchr::memchr2;

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::code::Code;
use crate::model::finding::{Finding, Level};
use crate::model::markup::MarkKind;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "flattened-table",
    group: Group::Markup,
    level: Level::Warning,
    fix: None,
    file: include_str!("flattened_table.rs"),
    check: Check::Question(check),
};

/// What a line has of a table's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// It begins and ends with `|`.
    Edged,
    /// It has so many ` | ` within it, two at least.
    Piped(usize),
    /// It has so many tabs between words.
    Tabbed(usize),
    /// Rows and a row of hyphens are on it together.
    Collapsed,
}

impl Form {
    /// How many such lines make a table.
    fn least(self) -> usize {
        match self {
            Self::Collapsed => 1,
            Self::Edged | Self::Tabbed(_) => 2,
            Self::Piped(_) => 3,
        }
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let body = subject.text.body().span;
    let text = subject.slice(body);
    let has_cells = |text: &str| memchr2(b'|', b'\t', text.as_bytes()).is_some();
    if subject.status == Status::Retired || !has_cells(text) {
        return;
    }
    let code = Code::and(subject, |mark| {
        matches!(mark.kind, MarkKind::Table | MarkKind::Html)
    });
    let outside = |piece: Span| has_cells(subject.slice(piece));
    if !code.outside(body).any(outside) {
        return;
    }
    let mut run: Option<(Form, Span, usize)> = None;
    let mut at = body.start;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let content = content(subject, span);
        let form = form(subject, content, &code);
        run = match (run, form) {
            (Some((last, rows, count)), Some(form)) if last == form => {
                Some((last, rows.to(content), count + 1))
            }
            (done, form) => {
                findings.extend(done.and_then(|done| report(subject, done)));
                form.map(|form| (form, content, 1))
            }
        };
    }
    findings.extend(run.and_then(|done| report(subject, done)));
}

fn report(subject: &Subject<'_>, (form, rows, count): (Form, Span, usize)) -> Option<Finding> {
    if count < form.least() {
        return None;
    }
    let (message, hint) = match form {
        Form::Collapsed => (
            "the rows of this table stand on one line, so that it is no table",
            "begin a line with every row",
        ),
        Form::Edged | Form::Piped(_) => (
            "these rows are no table to Markdown",
            "put a row `| --- | --- |` with as many cells below the first row, and a blank line above it",
        ),
        Form::Tabbed(_) => (
            "these columns of tabs run together when they are shown",
            "make a table with `|` between the cells, or a code block",
        ),
    };
    Some(finding(subject, rows, message).hint(hint))
}

/// A line without white space at its ends, and without the signs of quotes before it.
fn content(subject: &Subject<'_>, line: Span) -> Span {
    let text = subject.slice(line);
    let inside = text.trim_start_matches([' ', '\t', '>']).trim_end();
    let start = line.end - text.trim_start_matches([' ', '\t', '>']).len();
    Span::new(start, start + inside.len())
}

fn form(subject: &Subject<'_>, line: Span, code: &Code) -> Option<Form> {
    let text = subject.slice(line);
    let (mut pipes, mut spaced, mut tabs) = (0_usize, 0_usize, 0_usize);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let blank = |index: Option<usize>| {
            index
                .and_then(|index| bytes.get(index))
                .is_some_and(u8::is_ascii_whitespace)
        };
        match byte {
            b'|' if at == 0 || bytes.get(at - 1) != Some(&b'\\') => {
                pipes += 1;
                spaced += usize::from(blank(at.checked_sub(1)) && blank(Some(at + 1)));
            }
            b'\t' => tabs += usize::from(at == 0 || bytes.get(at - 1) != Some(&b'\t')),
            _ => {}
        }
    }
    if pipes < 2 && tabs == 0 {
        return None;
    }
    if code.touches(Span::new(line.start, line.start + 1)) || (spaced < 2 && pipes < 3 && tabs == 0)
    {
        return None;
    }
    if pipes >= 3 && is_collapsed(text) && !code.touches(line) {
        return Some(Form::Collapsed);
    }
    // Two signs in a row are an operator.
    if pipes >= 3 && text.starts_with('|') && text.ends_with('|') && !text.starts_with("||") {
        return Some(Form::Edged);
    }
    if spaced >= 2 && spaced == pipes && !code.touches(line) {
        return Some(Form::Piped(spaced));
    }
    (tabs > 0 && !is_item(text) && !code.touches(line)).then_some(Form::Tabbed(tabs))
}

/// Whether a cell of hyphens stands among other cells.
fn is_collapsed(line: &str) -> bool {
    let is_rule = |cell: &str| {
        let hyphens = cell.trim().trim_matches(':');
        hyphens.len() >= 2 && hyphens.bytes().all(|byte| byte == b'-')
    };
    let cells = line
        .trim_matches('|')
        .split('|')
        .filter(|cell| !cell.trim().is_empty());
    let (mut rules, mut others) = (0_usize, 0_usize);
    for cell in cells {
        if is_rule(cell) {
            rules += 1;
        } else {
            others += 1;
        }
    }
    rules >= 2 && others >= 2
}

/// Whether a tab stands behind the sign of a list.
fn is_item(line: &str) -> bool {
    let first = line.split('\t').next().unwrap_or_default();
    first.len() <= 4
        && first
            .trim_end_matches(['.', ')', '-', '*', '+'])
            .bytes()
            .all(|byte| byte.is_ascii_digit())
}
