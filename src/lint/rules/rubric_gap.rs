//! `rubric-gap`: a rubric lacks an anchor for 3, 4 or 5, or has an entry that counts for nothing, so that interviewers
//! guess where one score ends and the next begins.
//!
//! ## Why
//!
//! 3, 4 and 5 are where hiring decisions are made, so each needs words of its own; 1 and 2 may fall back to the
//! scale's. An entry with a score that the scale does not have (`6:`) is passed over, and so is the first row of a
//! table when the table has no row of column names: Markdown takes that row for them.
//!
//! A rubric without any entry belongs to `missing-rubric`. An anchor without text counts as missing. Of the entries
//! that count for nothing, the first ten are shown.
//!
//! ## Example
//!
//! ```markdown
//! ## Rubric
//!
//! | 3 | Names the deadlock. |
//! | --- | --- |
//! | 5 | Weighs retries against a fixed order of updates. |
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! ## Rubric
//!
//! | Score | Anchor |
//! | --- | --- |
//! | 3 | Names the deadlock. |
//! | 4 | Orders the updates, or retries. |
//! | 5 | Weighs retries against a fixed order of updates. |
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::question::{Part, Stray, StrayReason};

pub(super) const RULE: Rule = Rule {
    name: "rubric-gap",
    group: Group::Substance,
    level: Level::Warning,
    fix: None,
    file: include_str!("rubric_gap.rs"),
    check: Check::Question(check),
};

/// The most entries that count for nothing which are shown of one question.
const STRAYS_SHOWN: usize = 10;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let body = &subject.text.body();
    if !subject.is_active() || body.anchors.is_empty() && body.strays.is_empty() {
        return;
    }
    findings.extend(gap(subject));
    let strays = body.strays.iter().take(STRAYS_SHOWN);
    findings.extend(strays.map(|stray| uncounted(subject, *stray)));
}

fn gap(subject: &Subject<'_>) -> Option<Finding> {
    let body = &subject.text.body();
    let anchored = |score: u8| {
        let mut anchors = body.anchors.iter();
        anchors.any(|anchor| anchor.score.value == score && !anchor.text.is_empty())
    };
    // A finding of its own says that the header is an anchor.
    let headed = |score: u8| {
        body.strays.iter().any(|stray| {
            let written = subject.slice(stray.score).trim_start_matches(['*', '_']);
            stray.why == StrayReason::Header && written.starts_with(char::from(b'0' + score))
        })
    };
    let missing: Vec<String> = [3, 4, 5]
        .into_iter()
        .filter(|&score| !anchored(score) && !headed(score))
        .map(|score| format!("`{score}`"))
        .collect();
    let named = match missing.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        _ => missing.join(", "),
    };
    let section = body.part(Part::Rubric).next()?;
    let message = format!("this rubric has no anchor for {named}");
    let hint =
        "say what an answer worth that score holds: `- 3: Names the cause once it is hinted at.`";
    Some(finding(subject, section.title, message).hint(hint))
}

fn uncounted(subject: &Subject<'_>, stray: Stray) -> Finding {
    let written = subject
        .slice(stray.score)
        .trim_matches(['*', '_', '.', ')']);
    match stray.why {
        StrayReason::OffScale => finding(
            subject,
            stray.score,
            format!("the scale has no score `{written}`, so that this entry counts for nothing"),
        )
        .hint("scores are 1 to 5"),
        StrayReason::Header => finding(
            subject,
            stray.score,
            format!("this row names the table's columns, so that `{written}` has no anchor"),
        )
        .hint("begin the table with `| Score | Anchor |` and `| --- | --- |`"),
    }
}
