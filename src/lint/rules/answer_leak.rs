//! `answer-leak`: what the candidate sees gives the answer away, so that the question measures nothing.
//!
//! ## Why
//!
//! The prompt and the handout are all that a candidate sees, and so must not hold what they are to find. It happens
//! when a question is pasted together with its answer, or when a sentence is copied from the answer to explain the
//! prompt.
//!
//! Two things are found there: a label that begins a paragraph, an item, a sub-heading, a comment or the summary of
//! `<details>` (`Answer:`, `Solution:`, `Hint:`, "For the interviewer" and the like, but not before a question), or the
//! name of a section that the candidate never sees alone on a line; and words in a row that stand in
//! the reference answer or in the anchors for 4 and 5, too: ten or more in the prompt, eight or more in a handout, at
//! least four of which say something (`the`, `which` and short words do not count). A sentence of the prompt with a
//! question mark may return in the answer. Code is not looked at, and an answer in other words is not found. Of one
//! question, the first twenty places are shown.
//!
//! ## Example
//!
//! ```markdown
//! Two transactions update the same rows in a different order. Why does one of them fail?
//!
//! Hint: look at the order of the locks.
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! Two transactions update the same rows in a different order. Why does one of them fail?
//!
//! ## Follow-ups
//!
//! - If stuck: which locks does each of them hold, and in which order did it take them?
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::answer_label;
use crate::lint::text::copied::{Copied, RUN, Runs};
use crate::lint::text::overlap::Overlap;
use crate::lint::text::prose;
use crate::lint::text::words::words;
use crate::model::finding::{Finding, Level};
use crate::model::markup::{Mark, MarkKind};
use crate::model::question::Part;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

use super::MOST_PER_QUESTION;

pub(super) const RULE: Rule = Rule {
    name: "answer-leak",
    group: Group::Substance,
    level: Level::Error,
    fix: None,
    file: include_str!("answer_leak.rs"),
    check: Check::Question(check),
};

/// How many words of a run must say something.
const TELLING: usize = 4;

/// The shortest run that counts in a prompt: an answer may begin with the case in the same words.
const SHORTEST_IN_PROMPT: usize = 10;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let most = findings.len() + MOST_PER_QUESTION;
    labels(subject, findings);
    copies(subject, findings);
    findings.truncate(most);
}

fn labels(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for part in subject.candidate_parts() {
        for label in answer_label::labels(subject.slice(part), part.start).take(MOST_PER_QUESTION) {
            if prose::innermost(subject, label.start).is_some_and(Mark::is_code) {
                continue;
            }
            let message = format!(
                "`{}` announces an answer where the candidate sees it",
                subject.slice(label)
            );
            let hint = "move it below `## Reference answer`, or a hint below `## Follow-ups`";
            findings.push(finding(subject, label, message).hint(hint));
        }
    }
}

fn copies(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let source = &subject.text.source;
    let anchors = subject.text.body().anchors.iter();
    let anchors = anchors.filter(|anchor| anchor.score.value >= 4);
    let answer = subject.part(Part::ReferenceAnswer);
    let answer = || {
        answer
            .clone()
            .chain(anchors.clone().map(|anchor| anchor.text))
    };
    let mut overlap = Overlap::new();
    for part in subject.candidate_parts() {
        overlap.add(subject.slice(part));
    }
    if !answer().any(|part| overlap.may_have(subject.slice(part))) {
        return;
    }
    let mut runs = Runs::new(source.text());
    for part in subject.candidate_parts() {
        for piece in prose::outside(subject, part, is_block) {
            runs.add(piece);
        }
    }
    if runs.is_empty() {
        return;
    }
    let copied = runs.copied(source.text(), answer());
    if copied.is_empty() {
        return;
    }
    let questions = asked(subject);
    for Copied { here, there } in copied {
        for told in without(here, &questions) {
            let told = source.trimmed(told);
            if is_telling(subject, told) {
                let message = "the candidate sees words of the answer";
                let hint = "say it in other words, or leave it to the answer";
                findings.push(
                    finding(subject, told, message)
                        .hint(hint)
                        .related(subject.at(there), "the same words in the answer"),
                );
            }
        }
    }
}

/// The sentences of the prompt that ask something.
fn asked(subject: &Subject<'_>) -> Vec<Span> {
    let source = &subject.text.source;
    prose::sentences(source, subject.text.body().prompt)
        .filter(|sentence| {
            let text = source.slice(*sentence).trim_end();
            let text = text.trim_end_matches(['"', ')', '*', '_', '\'', '!']);
            text.ends_with('?')
        })
        .collect()
}

/// The pieces of a run between the sentences that ask something.
fn without(run: Span, questions: &[Span]) -> Vec<Span> {
    let first = questions.partition_point(|question| question.end <= run.start);
    let mut pieces = Vec::new();
    let mut start = run.start;
    for question in questions.get(first..).unwrap_or(&[]) {
        if question.start >= run.end {
            break;
        }
        pieces.push(Span::new(start, question.start));
        start = question.end;
    }
    pieces.push(Span::new(start, run.end));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// What separates texts: code within a line does not.
fn is_block(mark: &Mark) -> bool {
    matches!(
        mark.kind,
        MarkKind::Fence { .. } | MarkKind::IndentedCode | MarkKind::Html
    )
}

/// Words of four letters and more that say nothing by themselves.
const COMMON: [&str; 36] = [
    "about", "after", "also", "because", "been", "before", "could", "each", "every", "from",
    "have", "into", "many", "more", "most", "only", "other", "over", "should", "some", "than",
    "that", "their", "them", "then", "there", "these", "they", "this", "what", "when", "where",
    "which", "will", "with", "would",
];

/// Whether a run says enough to be no coincidence: code and common words do not count.
fn is_telling(subject: &Subject<'_>, run: Span) -> bool {
    let in_prompt = run.start < subject.text.body().prompt.end;
    let least = if in_prompt { SHORTEST_IN_PROMPT } else { RUN };
    let all = words(subject.slice(run), run.start).take(least);
    if all.count() < least {
        return false;
    }
    let telling = words(subject.slice(run), run.start).filter(|(span, word)| {
        let common = || {
            COMMON
                .iter()
                .any(|common| word.eq_ignore_ascii_case(common))
        };
        let code = || prose::innermost(subject, span.start).is_some_and(Mark::is_code);
        word.len() >= 4 && !common() && !code()
    });
    telling.take(TELLING).count() == TELLING
}
