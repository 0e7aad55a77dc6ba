//! `stale-review`: nobody has looked at a question for a long time, so that its answer may be out of date.
//!
//! ## Why
//!
//! Defaults change, limits are lifted, products are renamed. A candidate who knows today's answer must not be scored by
//! that of years ago. A day of review that lies in the future is a typing error and would keep the question fresh for
//! ever.
//!
//! A review is stale after 24 calendar months unless `[lint] stale_after_months` says otherwise. Only active questions
//! grow stale; questions without `reviewed` are not reported.
//!
//! ## Example
//!
//! ```yaml
//! reviewed: 2021-03-14
//! ```
//!
//! ## Instead
//!
//! Read the question again, mend what has changed, and write the day:
//!
//! ```yaml
//! reviewed: 2026-10-01
//! ```

use jiff::ToSpan;

use crate::lint::context::Subject;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "stale-review",
    group: Group::Bank,
    level: Level::Warning,
    fix: None,
    file: include_str!("stale_review.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let reviewed = subject.matter.and_then(|matter| matter.reviewed.as_ref());
    let Some(reviewed) = reviewed.filter(|_| subject.status != Status::Retired) else {
        return;
    };
    let around = subject.around;
    let location = subject.at(reviewed.span);
    let day = reviewed.value;
    if day > around.today {
        let message = format!("the day of review, `{day}`, lies in the future");
        findings.push(
            Finding::new(location, message)
                .hint("write the day on which the question was last read"),
        );
        return;
    }
    let months = around.config.lint.stale_after_months;
    let fresh_until = day.saturating_add(i64::from(months).months());
    if subject.is_active() && fresh_until < around.today {
        let message = format!("last reviewed on `{day}`, more than {months} months ago");
        let hint = "read it again, mend what has changed, and write today's date";
        findings.push(Finding::new(location, message).hint(hint));
    }
}
