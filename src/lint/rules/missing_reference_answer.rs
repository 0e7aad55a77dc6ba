//! `missing-reference-answer`: a question has no reference answer, so that every interviewer judges by what they happen
//! to know.
//!
//! ## Why
//!
//! The reference answer is what an interviewer who is not an expert in this very topic compares with. Without it, a
//! wrong answer that is told with confidence passes, and a right one that is new to the interviewer fails.
//!
//! Drafts and retired questions may go without. A section that is there but empty belongs to `empty-section`. Where
//! another heading seems to be meant for the answer (`## Solution`), only `unknown-section` speaks up.
//!
//! ## Example
//!
//! ```markdown
//! Two transactions update the same rows in a different order. What happens?
//!
//! ## Rubric
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! Two transactions update the same rows in a different order. What happens?
//!
//! ## Reference answer
//!
//! Each waits for the other: a deadlock. The database rolls one of them back, and the application retries it.
//!
//! ## Rubric
//! ```

use crate::lint::context::Subject;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::headings;
use crate::model::finding::{Finding, Level};
use crate::model::question::Part;

pub(super) const RULE: Rule = Rule {
    name: "missing-reference-answer",
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("missing_reference_answer.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let part = Part::ReferenceAnswer;
    if !subject.is_active() || subject.has(part) || headings::is_misnamed(subject, part) {
        return;
    }
    let message = "this question has no `## Reference answer`";
    let hint = "write what a very good answer holds, below a heading `## Reference answer`";
    findings.push(Finding::new(subject.whole(), message).hint(hint));
}
