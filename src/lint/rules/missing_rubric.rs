//! `missing-rubric`: a question has no anchors, so that every interviewer scores by a measure of their own.
//!
//! ## Why
//!
//! A score means the same to two interviewers only when both compare the answer with the same words. Anchors for 3, 4
//! and 5 are what makes scores comparable; without them only the scale's general wording is left.
//!
//! An empty section belongs to `empty-section`, another name for it (`## Scoring`) to `unknown-section`, and a rubric
//! that lacks some anchors to `rubric-gap`. Drafts and retired questions may go without.
//!
//! ## Example
//!
//! A question that ends after its reference answer.
//!
//! ## Instead
//!
//! ```markdown
//! ## Rubric
//!
//! - 3: Names the cause once it is hinted at.
//! - 4: Finds the cause alone and proposes a remedy.
//! - 5: Weighs two remedies, and says how to notice a relapse.
//! ```

use crate::lint::context::Subject;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::{headings, prose};
use crate::model::finding::{Finding, Level};
use crate::model::question::Part;

pub(super) const RULE: Rule = Rule {
    name: "missing-rubric",
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("missing_rubric.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let body = &subject.text.body();
    if !subject.is_active() || !body.anchors.is_empty() || !body.strays.is_empty() {
        return;
    }
    let finding = match body.part(Part::Rubric).next() {
        None if headings::is_misnamed(subject, Part::Rubric) => return,
        None => Finding::new(subject.whole(), "this question has no `## Rubric`"),
        Some(section) if prose::says_nothing(subject.slice(section.content)) => return,
        Some(section) => Finding::new(
            subject.at(section.title),
            "no line of this rubric says which score it describes",
        ),
    };
    findings.push(finding.hint("anchor at least 3, 4 and 5: `- 3: what an answer worth 3 holds`"));
}
