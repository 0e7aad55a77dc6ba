//! `unused-suppression`: a file accepts a defect that it does not have.
//!
//! ## Why
//!
//! An `allow` that is no longer needed hides the next defect of its kind. `--fix` removes one that is a comment.
//!
//! ## Example
//!
//! ```markdown
//! <!-- intervy-allow raw-html: the key caps -->
//!
//! Press Ctrl and C.
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! Press Ctrl and C.
//! ```

use crate::lint::levels::Levels;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::rules;
use crate::model::allowance::Allowance;
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level, Safety};
use crate::model::source::{Location, Span};

pub(super) const RULE: Rule = Rule {
    name: "unused-suppression",
    group: Group::Linter,
    level: Level::Warning,
    fix: Some(Safety::Safe),
    file: include_str!("unused_suppression.rs"),
    check: Check::Linter,
};

/// Reports the allowances that no finding needed, of rules that are on.
pub(in crate::lint) fn report(
    bank: &Bank,
    levels: &Levels,
    unneeded: &[&Allowance],
    findings: &mut Vec<Finding>,
) {
    for allowance in unneeded {
        let path = bank.relative(&allowance.source.path);
        let on = levels.of(&allowance.rule, path).is_some();
        if !on || rules::index(&allowance.rule).is_none() {
            continue;
        }
        let location = Location::at(&allowance.source, allowance.rule.span);
        let message = format!("nothing here breaks `{}`", allowance.rule.value);
        let mut finding = Finding::new(location, message).hint("remove it");
        finding.rule = RULE.name;
        if allowance.scope.is_some() {
            finding = finding.fix(Safety::Safe, removable(allowance), "");
        }
        findings.push(finding);
    }
}

/// The comment; with its line where it stands alone on it, and the blank line that then separates
/// nothing.
fn removable(allowance: &Allowance) -> Span {
    let text = allowance.source.text();
    let Span { start, end } = allowance.whole;
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[end..]
        .find('\n')
        .map_or(text.len(), |newline| end + newline + 1);
    let alone = text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if !alone {
        return allowance.whole;
    }
    let blank_before = line_start == 0
        || text[..line_start].ends_with("\n\n")
        || text[..line_start].ends_with("\n\r\n");
    let next = text[line_end..].split_inclusive('\n').next().unwrap_or("");
    let blank_after = if blank_before && next.trim().is_empty() {
        next.len()
    } else {
        0
    };
    Span::new(line_start, line_end + blank_after)
}
