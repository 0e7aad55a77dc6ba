//! `repeated-anchor`: a rubric describes one score twice, or two scores with the same words, so that the score does not
//! follow from the answer.
//!
//! ## Why
//!
//! With two lines for 4, two interviewers compare with different ones. With one text for 4 and 5, they decide by
//! feeling. Most often a line was copied and not finished. Texts that differ only in case, blanks or the final stop are
//! the same.
//!
//! ## Example
//!
//! ```markdown
//! - 3: Names the deadlock.
//! - 4: Names the deadlock, and retries.
//! - 4: Names the deadlock, and bounds the retries.
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! - 3: Names the deadlock.
//! - 4: Names the deadlock, and retries.
//! - 5: Names the deadlock, and bounds the retries.
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::question::Anchor;

use super::MOST_PER_QUESTION;

pub(super) const RULE: Rule = Rule {
    name: "repeated-anchor",
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("repeated_anchor.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let anchors = &subject.text.body().anchors;
    if !subject.is_active() || anchors.len() < 2 {
        return;
    }
    let most = findings.len() + MOST_PER_QUESTION;
    let mut firsts: Vec<&Anchor> = Vec::new();
    for anchor in anchors {
        if findings.len() == most {
            break;
        }
        let score = anchor.score.value;
        if let Some(first) = firsts.iter().find(|first| first.score.value == score) {
            let message = format!("this rubric describes `{score}` twice");
            findings.push(
                finding(subject, anchor.score.span, message)
                    .hint("keep one, or give this one the score that was meant")
                    .related(subject.at(first.score.span), "first described here"),
            );
            continue;
        }
        let text = subject.slice(anchor.text);
        let same = |first: &&&Anchor| is_same(subject.slice(first.text), text);
        if let Some(first) = firsts.iter().find(same) {
            let other = first.score.value;
            let message = format!("`{score}` is described with the same words as `{other}`");
            findings.push(
                finding(subject, anchor.text, message)
                    .hint("say what the better answer does that the other one does not")
                    .related(subject.at(first.text), format!("the words for `{other}`")),
            );
        }
        firsts.push(anchor);
    }
}

/// Whether two texts differ at most in blanks, case and how they end, and say anything.
fn is_same(one: &str, other: &str) -> bool {
    let begins = |text: &str| text.bytes().find(u8::is_ascii_alphanumeric);
    let apart = begins(one)
        .zip(begins(other))
        .is_some_and(|(one, other)| !one.eq_ignore_ascii_case(&other));
    !apart && compared(one).eq(compared(other)) && one.contains(char::is_alphanumeric)
}

/// The letters of a text that make it another text.
fn compared(text: &str) -> impl Iterator<Item = char> {
    let text = text.trim_end_matches(['.', '!', ';', ' ']);
    let words = text.split_whitespace();
    words.flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}
