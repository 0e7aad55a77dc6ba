//! `missing-alt-text`: an image says nothing to a reader who cannot see it.
//!
//! ## Why
//!
//! A candidate with a screen reader, and whoever gets the packet as plain text, has the alternative text only. It
//! stands in the brackets and says what the image shows; a file name, or a word like "screenshot", says nothing.
//!
//! ## Example
//!
//! ```markdown
//! ![](images/wait-graph.png)
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! ![Three transactions, each waiting for a row that the next one holds](images/wait-graph.png)
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Finding, Level};
use crate::model::markup::MarkKind;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "missing-alt-text",
    group: Group::Markup,
    level: Level::Warning,
    fix: None,
    file: include_str!("missing_alt_text.rs"),
    check: Check::Question(check),
};

/// Words that are true of every image.
const EMPTY_WORDS: &[&str] = &[
    "alt",
    "alt text",
    "diagram",
    "figure",
    "graphic",
    "image",
    "img",
    "photo",
    "pic",
    "picture",
    "screen shot",
    "screenshot",
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    for mark in &subject.text.body().marks {
        let MarkKind::Image(destination) = &mark.kind else {
            continue;
        };
        let Some(alt) = alternative(subject.slice(mark.span)) else {
            continue;
        };
        let span = alt.shifted(mark.span.start);
        let text = subject.slice(span).trim();
        let message = if text.is_empty() {
            let brackets = Span::new(mark.span.start, span.end + 1);
            let message = "this image has no alternative text";
            findings.push(finding(subject, brackets, message).hint(HINT));
            continue;
        } else if is_name_of(text, destination) {
            format!("the alternative text `{text}` is only the file's name")
        } else if is_empty_word(text) {
            format!("the alternative text `{text}` does not say what the image shows")
        } else {
            continue;
        };
        findings.push(finding(subject, span, message).hint(HINT));
    }
}

const HINT: &str = "say between the brackets what a reader must know of the image";

/// The place of the alternative text in an image: between its brackets.
fn alternative(image: &str) -> Option<Span> {
    let inside = image.strip_prefix("![")?;
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(Span::new(2, 2 + at)),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn is_name_of(text: &str, destination: &str) -> bool {
    let name = destination.rsplit('/').next().unwrap_or(destination);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A stem of several words may well be a description.
    text.eq_ignore_ascii_case(name) || (text.eq_ignore_ascii_case(stem) && !text.contains(' '))
}

fn is_empty_word(text: &str) -> bool {
    let word = text
        .trim_end_matches(|letter: char| letter.is_ascii_digit() || letter.is_ascii_punctuation());
    EMPTY_WORDS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word.trim_end()))
}
