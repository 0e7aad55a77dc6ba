//! `unstable-id`: an id says where a question once stood and not what it is about, or is not kebab-case, so that it
//! changes when the bank does.
//!
//! ## Why
//!
//! Screens, scorecards and `never_with` name questions by their ids, for years. A position (`question-3`, `01-locking`)
//! is renumbered with the next insertion, and then an old score belongs to another question. Capitals, blanks and
//! letters beyond ASCII do not survive every file system and every shell.
//!
//! The id is the file's stem unless the front matter gives one. What counts as a position: an id that is only a number;
//! one to three digits and a hyphen at the beginning; and a word that names no subject (`question`, `q`, `item`,
//! `task`, `exercise`, `problem`, `no`, `number`, `new`, `draft`, `untitled`, `test`) with one to three digits. Ids
//! that name nothing at all (`untitled`, `copy-of-locking`, or `locking-copy` beside `locking`) are reported as well. A
//! serial number of four digits or more (`q000123`, `item-10482`) is nobody's position. `2-phase-commit`,
//! `3-way-handshake`, `404-or-410`, `http-2` and `oauth-2` name their subject. Retired questions keep the ids that they
//! had.
//!
//! ## Example
//!
//! ```text
//! questions/databases/question-3.md
//! ```
//!
//! ## Instead
//!
//! ```text
//! questions/databases/waiting-writers.md
//! ```

use std::collections::HashSet;
use std::sync::Arc;

use crate::lint::context::{Context, Subject};
use crate::lint::rule::{Check, Group, Rule};
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level, reading};
use crate::model::question::Question;
use crate::model::vocabulary::{Status, is_kebab_case};

pub(super) const RULE: Rule = Rule {
    name: "unstable-id",
    group: Group::Identity,
    level: Level::Error,
    fix: None,
    file: include_str!("unstable_id.rs"),
    check: Check::Bank(check),
};

/// The most bytes of an id, as in front matter.
const LONGEST: usize = 100;

/// The most digits that are a position and no serial number.
const POSITION_DIGITS: usize = 3;

/// Words that name no subject, so that a number after them only counts.
const GENERIC: [&str; 14] = [
    "draft", "exercise", "item", "new", "no", "nr", "number", "problem", "q", "question", "task",
    "temp", "test", "untitled",
];

/// Those of them that make a position even with more words behind the number.
const COUNTING: [&str; 4] = ["exercise", "item", "q", "question"];

/// Ids that say nothing.
const EMPTY: [&str; 3] = ["copy", "new-question", "untitled"];

/// Words that a number before them belongs to (`2-phase-commit`, `12-factor-app`).
const COMPOUNDS: [&str; 24] = [
    "address", "bit", "byte", "click", "d", "day", "factor", "hop", "hour", "layer", "legged",
    "level", "minute", "node", "of", "or", "pass", "phase", "sigma", "step", "tier", "to", "vs",
    "way",
];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut ids = None;
    for subject in Subject::all(context) {
        if subject.status == Status::Retired {
            continue;
        }
        let id = subject.text.id.as_str();
        let copied = id.strip_suffix("-copy").is_some_and(|original| {
            let known = ids.get_or_insert_with(|| all_ids(context.bank));
            known.contains(original)
        });
        let Some(defect) = defect(id, copied) else {
            continue;
        };
        let from_file = subject.slice(subject.text.id.span).starts_with(['-', '+']);
        if from_file && is_given(context.bank, &subject) {
            continue;
        }
        let origin = if from_file {
            ", taken from the file's name,"
        } else {
            ""
        };
        let message = format!("the id `{id}`{origin} {defect}");
        let finding = Finding::new(subject.at(subject.text.id.span), message);
        findings.push(finding.hint(hint(&subject, from_file)));
    }
}

fn all_ids(bank: &Bank) -> HashSet<&str> {
    let usable = bank.questions.iter().map(Question::id);
    let incomplete = bank
        .incomplete
        .iter()
        .map(|question| question.text.id.as_str());
    usable.chain(incomplete).collect()
}

/// What is wrong with an id, after its name.
fn defect(id: &str, copied: bool) -> Option<&'static str> {
    if id.len() > LONGEST {
        return Some("is longer than 100 characters");
    }
    if !is_kebab_case(id) {
        return Some("is not kebab-case");
    }
    if id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some("is only a number");
    }
    if EMPTY.contains(&id) {
        return Some("says nothing about the question");
    }
    if copied || id.starts_with("copy-of-") || id.ends_with("-copy-2") {
        return Some("only says that the question was copied");
    }
    let (first, rest) = id.split_once('-').unwrap_or((id, ""));
    if is_position(first) && !belongs(first, rest) {
        return Some("begins with a position");
    }
    let (word, number) = split_number(first);
    if number.is_empty() {
        let (second, beyond) = rest.split_once('-').unwrap_or((rest, ""));
        let counts = if beyond.is_empty() {
            GENERIC.contains(&word)
        } else {
            COUNTING.contains(&word)
        };
        return (counts && is_position(second)).then_some("is a position");
    }
    let counts = if rest.is_empty() {
        GENERIC.contains(&word)
    } else {
        COUNTING.contains(&word)
    };
    (counts && is_position(number)).then_some("is a position")
}

fn is_position(digits: &str) -> bool {
    (1..=POSITION_DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a number names a subject together with the words after it.
fn belongs(number: &str, rest: &str) -> bool {
    let next = rest.split('-').next().unwrap_or("");
    let status_code = number.len() == 3 && matches!(number.as_bytes().first(), Some(b'2'..=b'5'));
    status_code
        || number.starts_with(|digit| digit != '0') && COMPOUNDS.binary_search(&next).is_ok()
}

/// A word and the digits at its end.
fn split_number(word: &str) -> (&str, &str) {
    let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    word.split_at(letters.len())
}

/// Whether the front matter gives an id all the same, which was refused when it was read.
fn is_given(bank: &Bank, subject: &Subject<'_>) -> bool {
    subject.matter.is_none()
        && bank.findings.iter().any(|finding| {
            Arc::ptr_eq(&finding.location.source, &subject.text.source)
                && finding.rule == reading::INVALID_VALUE
                && finding.message.starts_with("`id` ")
        })
}

fn hint(subject: &Subject<'_>, from_file: bool) -> String {
    let how = if from_file {
        "name the file after what the question is about"
    } else {
        "name it after what the question is about"
    };
    let title = subject.matter.map_or("", |matter| matter.title.as_str());
    let slug = slug(title);
    match defect(&slug, false) {
        None if from_file => format!("{how}, for example `{slug}.md`"),
        None => format!("{how}, for example `{slug}`"),
        Some(_) => how.to_owned(),
    }
}

/// A title as an id: its words of ASCII letters and digits.
fn slug(title: &str) -> String {
    const WORDS: usize = 6;
    let words = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .map(str::to_ascii_lowercase);
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_names_without_a_subject() {
        for bad in [
            "01-locking",
            "3-cache",
            "12",
            "000123",
            "question-3",
            "q7",
            "q-12",
            "item4",
            "new-2",
            "untitled",
            "untitled-1",
            "draft-1",
            "copy-of-locking",
            "question-3-locking",
            "q12-locking",
            "test-2",
            "Locking",
            "n_plus_one",
            "größe",
            "two words",
            "",
        ] {
            assert!(defect(bad, false).is_some(), "{bad}");
        }
        assert!(defect(&"a".repeat(101), false).is_some());
    }

    #[test]
    fn numbers_that_belong_to_their_subject() {
        for good in [
            "q000123",
            "item-10482",
            "http-2",
            "utf-8",
            "oauth-2",
            "3d-model",
            "2-phase-commit",
            "3-way-handshake",
            "12-factor-app",
            "404-or-410",
            "1-to-many",
            "test-doubles",
            "zero-copy",
            "copy-on-write",
            "new-index",
            "ipv6",
            "sha256-or-bcrypt",
            "n-plus-one-query",
            "b-tree",
            "task-queue",
            "number-formats",
            "top-10-queries",
            "no-sql",
            "2038-problem",
            "log4j",
            "s3-consistency",
            "q-learning",
            "item-based-filtering",
        ] {
            assert_eq!(defect(good, false), None, "{good}");
        }
    }

    #[test]
    fn compounds_are_ordered() {
        assert!(COMPOUNDS.is_sorted());
    }
}
