//! `empty-section`: a heading has nothing below it, so that an interviewer looks for help that is not there.
//!
//! ## Why
//!
//! An empty `## Red flags` looks as if a question had no red flags. Most often it is left over from a template.
//!
//! HTML comments and thematic breaks (`---`) count as nothing. Only active questions are looked at: a draft may still
//! be empty. `--fix --unsafe` removes the heading where no comment would be left behind.
//!
//! ## Example
//!
//! ```markdown
//! ## Strong signals
//!
//! ## Red flags
//!
//! - Adds an index to every column.
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! ## Red flags
//!
//! - Adds an index to every column.
//! ```

use crate::lint::context::Subject;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::prose;
use crate::model::finding::{Finding, Level, Safety};
use crate::model::question::Section;
use crate::model::source::Span;

use super::MOST_PER_QUESTION;

pub(super) const RULE: Rule = Rule {
    name: "empty-section",
    group: Group::Substance,
    level: Level::Warning,
    fix: Some(Safety::Unsafe),
    file: include_str!("empty_section.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.is_active() {
        return;
    }
    let sections = &subject.text.body().sections;
    let most = findings.len() + MOST_PER_QUESTION;
    for (index, section) in sections.iter().enumerate() {
        if findings.len() == most {
            break;
        }
        let content = subject.slice(section.content);
        if section.title.is_empty() || !prose::says_nothing(content) {
            continue;
        }
        let message = "nothing stands below this heading";
        let finding = Finding::new(subject.at(section.title), message);
        let finding = finding.hint("write the section, or remove its heading");
        let next = sections.get(index + 1);
        findings.push(if content.is_empty() {
            finding.fix(Safety::Unsafe, whole(subject, section, next), "")
        } else {
            finding
        });
    }
}

/// A section with its heading's marks and the blank lines after it.
fn whole(subject: &Subject<'_>, section: &Section, next: Option<&Section>) -> Span {
    let text = subject.text.source.text();
    let line_start = |at: usize| {
        let before = text.get(..at).unwrap_or("");
        before.rfind('\n').map_or(0, |newline| newline + 1)
    };
    let end = next.map_or(subject.text.body().span.end, |next| {
        line_start(next.title.start)
    });
    Span::new(line_start(section.title.start), end)
}
