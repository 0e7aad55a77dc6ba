//! `unknown-section`: a heading names no part of a question, so that nobody is shown what stands below it.
//!
//! ## Why
//!
//! Packets hold the parts that the format knows: candidate handout, why ask this, reference answer, follow-ups, strong
//! signals, red flags and rubric. An answer below `## Solution` is in no interviewer's packet, and a rubric below `##
//! Scoring` does not count. Likely meanings are suggested; `--fix --unsafe` writes them, unless the question has that
//! part already.
//!
//! The worst case is a heading that reads like a known one and is not, because some of its letters belong to another
//! alphabet (a Cyrillic `а` in `Reference аnswer`): nobody sees that in a review.
//!
//! `Notes`, `References`, `Sources` and `Further reading` are taken as notes for whoever edits the file. Sub-headings
//! within a section are free. Retired questions stay as they are.
//!
//! ## Example
//!
//! ```markdown
//! ## Expected answer
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! ## Reference answer
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::headings::{self, Meaning};
use crate::model::finding::{Finding, Level, Safety};
use crate::model::question::{Part, Section};
use crate::model::source::Span;
use crate::model::vocabulary::Status;

use super::MOST_PER_QUESTION;

pub(super) const RULE: Rule = Rule {
    name: "unknown-section",
    group: Group::Substance,
    level: Level::Warning,
    fix: Some(Safety::Unsafe),
    file: include_str!("unknown_section.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let body = &subject.text.body();
    // A heading where the prompt should stand is `missing-prompt`'s.
    let first = usize::from(body.prompt.is_empty());
    let sections = body.sections.iter().skip(first);
    let unknown = sections.filter(|section| section.part.is_none());
    let judged = unknown.filter_map(|section| judge(subject, section));
    findings.extend(judged.take(MOST_PER_QUESTION));
}

fn judge(subject: &Subject<'_>, section: &Section) -> Option<Finding> {
    let title = subject.slice(section.title);
    if title.is_empty() {
        let message = "this heading has no text, so that nobody is shown what stands below it";
        return Some(finding(subject, section.title, message));
    }
    Some(match headings::meaning(title) {
        Meaning::Note => return None,
        Meaning::Prompt => finding(subject, section.title, unknown(title)).hint(
            "the prompt has no heading: what the candidate is asked stands before the first one",
        ),
        Meaning::Unknown => finding(subject, section.title, unknown(title)).hint(format!(
            "known: {}; private notes go below `Notes`",
            known()
        )),
        Meaning::Disguised(part) => {
            let message = format!(
                "this looks like `{}` but has letters of another alphabet, so that it is no part of a question",
                part.heading()
            );
            misnamed(subject, section, part, message)
        }
        Meaning::Part(part) if subject.has(part) => {
            misnamed(subject, section, part, unknown(title))
        }
        Meaning::Part(part) => {
            let missing = format!(
                "`{}` is no part of a question, so that this one has no {}",
                shortened(title),
                part.heading().to_lowercase()
            );
            misnamed(subject, section, part, missing)
        }
    })
}

/// A finding that suggests the part's own heading, with a fix unless the question has that part.
fn misnamed(subject: &Subject<'_>, section: &Section, part: Part, message: String) -> Finding {
    let heading = part.heading();
    let about = finding(subject, section.title, message);
    if subject.has(part) {
        let hint = format!("if this belongs to `## {heading}`, move it there");
        return about.hint(hint);
    }
    let Span { start, end } = section.title;
    about.hint(format!("did you mean `## {heading}`?")).fix(
        Safety::Unsafe,
        Span::new(start, end),
        heading,
    )
}

fn unknown(title: &str) -> String {
    let title = shortened(title);
    format!("`{title}` is no part of a question, so that nobody is shown what stands below it")
}

/// A heading's text for a message: on one line, without marks that would end a quotation there.
fn shortened(title: &str) -> String {
    const LONGEST: usize = 60;
    let even = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = even
        .chars()
        .filter(|&letter| letter != '`')
        .take(LONGEST)
        .collect();
    if shown.len() < even.len() && even.chars().count() > LONGEST {
        return format!("{shown}…");
    }
    shown
}

fn known() -> String {
    let headings = Part::ALL.map(|part| format!("`{}`", part.heading()));
    headings.join(", ")
}
