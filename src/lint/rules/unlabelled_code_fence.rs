//! `unlabelled-code-fence`: a code block does not say its language, so that it is shown without colors.
//!
//! ## Why
//!
//! Highlighted code is read faster, by candidates under time above all, and a label says whether a block is a
//! program, its output or a log. An indented block cannot carry a label, and often became code by accident.
//!
//! `--fix --unsafe` writes the language where the first words leave little doubt, otherwise `text`.
//!
//! ## Example
//!
//! ````markdown
//! ```
//! SELECT * FROM orders;
//! ```
//! ````
//!
//! ## Instead
//!
//! ````markdown
//! ```sql
//! SELECT * FROM orders;
//! ```
//! ````

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::language;
use crate::model::finding::{Finding, Level, Safety};
use crate::model::markup::MarkKind;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "unlabelled-code-fence",
    group: Group::Markup,
    level: Level::Warning,
    fix: Some(Safety::Unsafe),
    file: include_str!("unlabelled_code_fence.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let blocks = subject.text.body().marks.iter().filter(|mark| {
        matches!(
            mark.kind,
            MarkKind::Fence { labelled: false } | MarkKind::IndentedCode
        )
    });
    for mark in blocks {
        let block = subject.slice(mark.span);
        let blanks = block.len() - block.trim_start().len();
        let start = mark.span.start + blanks;
        let (first, rest) = block
            .trim_start()
            .split_once('\n')
            .unwrap_or((block.trim_start(), ""));
        match mark.kind {
            MarkKind::Fence { labelled: false } => {
                let fence = first.trim_end();
                let span = Span::new(start, start + fence.len());
                let language = language::guess(rest).unwrap_or("text");
                let found = finding(subject, span, "this code block does not say its language");
                let hint = format!("write it after the fence: `{language}`");
                findings.push(found.hint(hint).fix(
                    Safety::Unsafe,
                    Span::new(span.end, span.end),
                    language,
                ));
            }
            MarkKind::IndentedCode => {
                let span = Span::new(start, start + first.trim_end().len());
                let found = finding(
                    subject,
                    span,
                    "this indented block is code that cannot say its language",
                );
                findings.push(
                    found.hint(
                        "put it between fences, or take the indentation off if it is no code",
                    ),
                );
            }
            _ => {}
        }
    }
}
