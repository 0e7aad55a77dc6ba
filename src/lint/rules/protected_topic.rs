//! `protected-topic`: a question asks the candidate about a topic that must not count, such as age, family or
//! health.
//!
//! ## Why
//!
//! A decision by such a topic is unlawful in most countries, and whoever asks about it has to prove that it played
//! no part. Asked as small talk it does the same harm. The topics: age and year of graduation, family, children,
//! pregnancy, religion, health and disability, height and weight, nationality, native language, ethnicity, arrests
//! and convictions, politics, union membership, sexual orientation and gender identity, military discharge, private
//! finances, salary history.
//!
//! The rule reads what is said to the candidate: title, prompt, handout and follow-ups. It knows the usual wordings
//! in English that address the candidate (`you`, `your`); it does not judge questions about other people's data,
//! nor what stands in quotation marks, and it cannot know every wording. Links and emphasis inside the words, and
//! letters of another alphabet, hide a question from it.
//!
//! ## Example
//!
//! ```markdown
//! Our team travels a lot. Do you have children?
//! ```
//!
//! ## Instead
//!
//! Ask every candidate for what the job needs.
//!
//! ```markdown
//! The job takes you to customers one week in four. Can you travel that much?
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::code::Code;
use crate::lint::text::first_look::Concern;
use crate::lint::text::topics::topics;
use crate::model::finding::{Finding, Level};
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "protected-topic",
    group: Group::Fairness,
    level: Level::Error,
    fix: None,
    file: include_str!("protected_topic.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let spoken = |at: usize| {
        let mut parts = subject.spoken_parts();
        parts.any(|part| part.start <= at && at < part.end)
    };
    if !subject.look.places(Concern::Topic).any(spoken) {
        return;
    }
    let mut code = None;
    for part in subject.spoken_parts() {
        let found = topics(subject.slice(part));
        if found.is_empty() {
            continue;
        }
        let code = code.get_or_insert_with(|| Code::of(subject));
        for (words, topic) in found {
            let words = words.shifted(part.start);
            if code.touches(words) || is_otherwise_meant(subject, part, words) {
                continue;
            }
            let message = format!(
                "this asks about the candidate's {}: {}",
                topic.name, topic.why
            );
            findings.push(finding(subject, words, message).hint(topic.instead));
        }
    }
}

/// Whether the words stand in quotation marks, so that they are what somebody else asks, or go on in a
/// way that makes them a figure of speech or a column of a table.
fn is_otherwise_meant(subject: &Subject<'_>, part: Span, words: Span) -> bool {
    const GOES_ON: [&str; 13] = [
        " to a ",
        " to any ",
        " to one ",
        " to the ",
        " to your ",
        " by a ",
        " by the ",
        " that ",
        " calculation",
        " column",
        " field",
        " table",
        " record",
    ];
    let before = subject.slice(Span::new(part.start, words.start));
    let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
    let open = paragraph.matches('"').count() % 2 == 1
        || paragraph
            .rfind('“')
            .is_some_and(|open| !paragraph[open..].contains('”'))
        || paragraph
            .rfind('„')
            .is_some_and(|open| !paragraph[open..].contains('“'));
    let after = subject.slice(Span::new(words.end, part.end));
    open || GOES_ON.iter().any(|way| after.starts_with(way))
}
