//! What changed from one screen to another, for a terminal.

use std::fmt::Write;

use crate::model::assembly::Changes;
use crate::model::blueprint::PLAIN_SEGMENT;
use crate::model::screen::PinnedQuestion;
use crate::output::terminal::{ACCENT, clean_line, styled};

/// A line for every question that went or came, and how many stayed.
#[must_use]
pub fn text(changes: &Changes) -> String {
    let mut out = String::new();
    let mut line = |sign: &str, question: &PinnedQuestion| {
        let place = if question.segment == PLAIN_SEGMENT {
            String::new()
        } else {
            format!(", in `{}`", clean_line(&question.segment))
        };
        let _ = writeln!(
            out,
            "{} {}, {} min {}{place}",
            styled(ACCENT, sign),
            clean_line(&question.id),
            question.minutes,
            question.mode,
        );
    };
    for question in &changes.gone {
        line("-", question);
    }
    for question in &changes.new {
        line("+", question);
    }
    let stayed = match changes.stayed {
        1 => "1 question stayed".to_owned(),
        number => format!("{number} questions stayed"),
    };
    let _ = writeln!(out, "{stayed}");
    out
}
