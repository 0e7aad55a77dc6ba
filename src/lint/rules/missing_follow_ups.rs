//! `missing-follow-ups`: a question has no follow-ups, so that interviewers make up their own and candidates are not
//! compared by the same questions.
//!
//! ## Why
//!
//! The first answer shows what somebody has read, the next question shows what they understood. `standard` asks the
//! first follow-up and `deep` asks all of them; without any, the three modes are the same. Each item of the section's
//! list is one follow-up; text without a list is none.
//!
//! Drafts, retired questions and those with minutes for `quick` alone may go without. An empty section belongs to
//! `empty-section`, another name for it (`## Follow-up questions`) to `unknown-section`.
//!
//! ## Example
//!
//! ```markdown
//! ## Follow-ups
//!
//! Ask about monitoring, too.
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! ## Follow-ups
//!
//! - How would you have noticed this before the customers did?
//!   - listens for: an alert on the share of failed payments, not on the CPU
//! ```

use crate::lint::context::Subject;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::{headings, prose};
use crate::model::finding::{Finding, Level};
use crate::model::question::Part;
use crate::model::vocabulary::AskMode;

pub(super) const RULE: Rule = Rule {
    name: "missing-follow-ups",
    group: Group::Substance,
    level: Level::Warning,
    fix: None,
    file: include_str!("missing_follow_ups.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let body = &subject.text.body();
    if !subject.is_active() || !body.follow_ups.is_empty() || is_quick_only(subject) {
        return;
    }
    let mut sections = body.part(Part::FollowUps);
    let finding = match sections.next() {
        None if headings::is_misnamed(subject, Part::FollowUps) => return,
        None => Finding::new(subject.whole(), "this question has no `## Follow-ups`"),
        Some(section) if prose::says_nothing(subject.slice(section.content)) => return,
        Some(section) => Finding::new(
            subject.at(section.title),
            "this section has no list, so that it holds no follow-up",
        ),
    };
    findings
        .push(finding.hint("write each follow-up as an item: `- What would you look at next?`"));
}

fn is_quick_only(subject: &Subject<'_>) -> bool {
    subject.matter.is_some_and(|matter| {
        let mut modes = matter.minutes.modes();
        modes.all(|(mode, _)| mode == AskMode::Quick)
    })
}
