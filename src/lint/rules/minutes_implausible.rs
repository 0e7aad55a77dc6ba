//! `minutes-implausible`: a question cannot be asked and answered in the minutes that it claims, so that every screen
//! with it runs over.
//!
//! ## Why
//!
//! Screens are assembled by these minutes. When one question takes longer than it says, the last one is cut, and
//! candidates are no longer compared by the same questions.
//!
//! The least time is counted generously: the prompt is read aloud at 180 words a minute; the candidate reads the
//! handout at 240 words and 20 lines of code a minute; an answer takes half a minute; `standard` adds the first
//! follow-up and `deep` all of them, each with half a minute for its answer. A real answer takes far longer, so minutes
//! that pass may still be too few. The first mode that does not fit is reported.
//!
//! ## Example
//!
//! ```yaml
//! minutes: { quick: 2 }    # and a handout of 60 lines of code
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! minutes: { quick: 6 }
//! ```

use std::fmt::Write;

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::prose;
use crate::model::finding::{Finding, Level};
use crate::model::markup::{Mark, MarkKind};
use crate::model::question::{FollowUp, Minutes, Part};
use crate::model::source::Span;
use crate::model::vocabulary::{AskMode, Vocabulary};

pub(super) const RULE: Rule = Rule {
    name: "minutes-implausible",
    group: Group::Substance,
    level: Level::Warning,
    fix: None,
    file: include_str!("minutes_implausible.rs"),
    check: Check::Question(check),
};

/// Seconds for a short answer.
const ANSWER: usize = 30;
/// Words a second: 180 a minute.
const SPOKEN: usize = 3;
/// Words a second: 240 a minute.
const READ: usize = 4;
/// Seconds for a line of code: 20 lines a minute.
const LINE: usize = 3;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(matter) = subject.matter.filter(|_| subject.is_active()) else {
        return;
    };
    let body = &subject.text.body();
    let handouts = || subject.part(Part::CandidateHandout);
    // Nearly every question passes by its length alone, without a look at its words.
    let longest = Reading {
        prompt: at_most(subject, body.prompt, SPOKEN),
        handout: handouts().map(|part| at_most(subject, part, READ)).sum(),
        follow_up: |_, follow_up| length(follow_up.question) / 2 / SPOKEN + ANSWER,
    };
    if longest.misfit(subject, &matter.minutes).is_none() {
        return;
    }
    let counted = Reading {
        prompt: text(subject, body.prompt, SPOKEN),
        handout: handouts().map(|part| text(subject, part, READ)).sum(),
        follow_up: asking,
    };
    if let Some(message) = counted.misfit(subject, &matter.minutes) {
        findings.push(
            finding(subject, matter.minutes.span, message)
                .hint("give it more minutes, or shorten what is read and asked"),
        );
    }
}

/// The seconds that a question's parts take.
struct Reading {
    prompt: usize,
    handout: usize,
    follow_up: fn(&Subject<'_>, &FollowUp) -> usize,
}

impl Reading {
    /// The arithmetic for the first mode whose minutes are too few.
    fn misfit(&self, subject: &Subject<'_>, minutes: &Minutes) -> Option<String> {
        let follow_ups = &subject.text.body().follow_ups;
        minutes.modes().find_map(|(mode, minutes)| {
            let asked = match mode {
                AskMode::Quick => 0,
                AskMode::Standard => 1,
                AskMode::Deep => follow_ups.len(),
            };
            let asked = follow_ups.iter().take(asked);
            let further: usize = asked.map(|one| (self.follow_up)(subject, one)).sum();
            let least = self.prompt + self.handout + ANSWER + further;
            let parts = [self.prompt, self.handout, further];
            (least > minutes as usize * 60).then(|| arithmetic(mode, minutes, parts))
        })
    }
}

fn length(span: Span) -> usize {
    span.end - span.start
}

/// The most seconds that a text of this length can take: a word and its blank are two bytes.
fn at_most(subject: &Subject<'_>, span: Span, speed: usize) -> usize {
    let text = subject.slice(span);
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    text.len().div_ceil(2) / speed + lines * LINE
}

fn asking(subject: &Subject<'_>, follow_up: &FollowUp) -> usize {
    let question = subject.slice(follow_up.question);
    question.split_ascii_whitespace().count() / SPOKEN + ANSWER
}

/// The least seconds for a text whose words go at `speed` a second, its code by the line.
fn text(subject: &Subject<'_>, span: Span, speed: usize) -> usize {
    let words: usize = prose::outside(subject, span, is_code_block)
        .map(|piece| subject.slice(piece).split_ascii_whitespace().count())
        .sum();
    let marks = &subject.text.body().marks;
    let first = marks.partition_point(|mark| mark.span.start < span.start);
    let marks = marks.get(first..).unwrap_or(&[]).iter();
    let blocks = marks
        .take_while(|mark| mark.span.start < span.end)
        .filter(|mark| is_code_block(mark));
    let lines: usize = blocks.map(|block| lines(subject, block)).sum();
    words / speed + lines * LINE
}

/// The lines of a code block that are not blank, its fences aside.
fn lines(subject: &Subject<'_>, block: &Mark) -> usize {
    let fences = if matches!(block.kind, MarkKind::Fence { .. }) {
        2
    } else {
        0
    };
    let lines = subject.slice(block.span).lines();
    let written = lines.filter(|line| !line.trim().is_empty()).count();
    written.saturating_sub(fences)
}

fn is_code_block(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Fence { .. } | MarkKind::IndentedCode)
}

fn arithmetic(mode: AskMode, minutes: u32, [prompt, handout, further]: [usize; 3]) -> String {
    let clock = |seconds: usize| format!("{}:{:02}", seconds / 60, seconds % 60);
    let least = prompt + handout + ANSWER + further;
    let has = if minutes == 1 { "minute" } else { "minutes" };
    let mut message = format!(
        "`{}` has {minutes} {has} but takes at least {}: {} to read the prompt aloud",
        mode.name(),
        clock(least),
        clock(prompt),
    );
    if handout > 0 {
        let _ = write!(message, ", {} to read the handout", clock(handout));
    }
    let _ = write!(message, ", {} to answer", clock(ANSWER));
    if further > 0 {
        let _ = write!(message, ", {} for the follow-ups", clock(further));
    }
    message
}
