//! An interview on a terminal: the question that is open, what is behind it, where the scorecard stands.

use std::fmt::Write;
use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use crate::model::bank::Bank;
use crate::model::question::{Part, Question};
use crate::model::scorecard::{Answer, Rating, Scorecard};
use crate::model::screen::{PinnedQuestion, Screen};
use crate::model::vocabulary::AskMode;
use crate::output::screen;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean, clean_line, cut, styled, wrapped};

/// What the recommendation is.
pub const OVERALL: &str =
    "After the last question, alone: one score on the same scale, with its reason.";

/// `1. What makes an API RESTful (0:02–0:04, quick)`, and the prompt with what is planned to be asked after it.
#[must_use]
pub fn question(bank: &Bank, number: usize, pinned: &PinnedQuestion, width: usize) -> String {
    let mut out = String::new();
    let title = format!("{number}. {}", clean_line(&pinned.title));
    let _ = writeln!(out, "{}", styled(STRONG, title));
    let end = pinned.start_minute + pinned.minutes;
    let facts = format!(
        "{}–{} · {} min, {} · {} · {}",
        screen::clock(pinned.start_minute),
        screen::clock(end),
        pinned.minutes,
        pinned.mode,
        clean_line(bank.config.category_name(&pinned.category)),
        clean_line(&pinned.id),
    );
    let _ = writeln!(out, "{}\n", styled(SOFT, facts));
    out.push_str(&to_ask(bank, pinned, width));
    out
}

/// The prompt of a question, and what is planned to be asked after it.
#[must_use]
pub fn to_ask(bank: &Bank, pinned: &PinnedQuestion, width: usize) -> String {
    let mut out = String::new();
    let Some(question) = bank.question(&pinned.id) else {
        out.push_str("The bank has no such question any more.\n");
        return out;
    };
    let body = question.text.body();
    let source = &question.text.source;
    let prompt = clean(source.slice(body.prompt));
    let _ = writeln!(out, "{}\n", laid_out(prompt.trim(), 2, width));
    let planned = match pinned.mode {
        AskMode::Quick => 0,
        AskMode::Standard => 1,
        AskMode::Deep => usize::MAX,
    };
    for follow_up in body.follow_ups.iter().take(planned) {
        let text = clean_line(&source.slice(follow_up.question).replace('\n', " "));
        let text = wrapped(&text, 4, width);
        let _ = writeln!(out, "{}", text.replacen("    ", "  → ", 1));
        for span in &follow_up.listens_for {
            let text = clean_line(&source.slice(*span).replace('\n', " "));
            let _ = writeln!(
                out,
                "{}",
                styled(SOFT, wrapped(&format!("listens for: {text}"), 4, width))
            );
        }
    }
    out
}

/// The anchors of a question, best first, each beside its number; where it has none, the scale's own words.
#[must_use]
pub fn anchors(bank: &Bank, screen: &Screen, id: &str, width: usize) -> String {
    let mut out = String::new();
    for point in screen.scale.iter().rev() {
        let own = anchor(bank, id, point.score);
        let text = own.clone().unwrap_or_else(|| clean_line(&point.meaning));
        let label = format!(
            "  {} {:<12}",
            point.score,
            cut(&clean_line(&point.label), 12)
        );
        let lines = wrapped(&text, label.chars().count(), width);
        let lines = lines.trim_start();
        let lines = if own.is_some() {
            lines.to_owned()
        } else {
            styled(SOFT, lines)
        };
        let _ = writeln!(out, "{}{lines}", styled(ACCENT, label));
    }
    out
}

/// What a question says about a score, in one line.
#[must_use]
pub fn anchor(bank: &Bank, id: &str, score: u8) -> Option<String> {
    let question = bank.question(id)?;
    let anchors = &question.text.body().anchors;
    let anchor = anchors.iter().find(|anchor| anchor.score.value == score)?;
    let text = question.text.source.slice(anchor.text);
    Some(clean_line(&text.replace('\n', " ")))
}

/// What only the interviewer sees of a question: first what an answer is held against.
#[must_use]
pub fn answer(bank: &Bank, id: &str) -> String {
    let Some(question) = bank.question(id) else {
        return String::new();
    };
    let first = [
        Some(Part::ReferenceAnswer),
        Some(Part::StrongSignals),
        Some(Part::RedFlags),
        Some(Part::FollowUps),
        Some(Part::WhyAskThis),
        None,
    ];
    first
        .into_iter()
        .map(|part| sections(question, part))
        .collect()
}

/// What the candidate is shown beside the prompt.
#[must_use]
pub fn handout(bank: &Bank, id: &str) -> String {
    let question = bank.question(id);
    question.map_or_else(String::new, |question| {
        sections(question, Some(Part::CandidateHandout))
    })
}

/// The sections of one part, or those that are of none, with their headings.
fn sections(question: &Question, part: Option<Part>) -> String {
    let mut out = String::new();
    let source = &question.text.source;
    let sections = question.text.body().sections.iter();
    for section in sections.filter(|section| section.part == part) {
        let title = clean_line(source.slice(section.title));
        let _ = writeln!(out, "{}", styled(ACCENT, title));
        let content = clean(source.slice(section.content));
        let _ = writeln!(out, "{}\n", reflowed(&content));
    }
    out
}

/// A text in lines of at most `width` columns, each after `indent` blanks; code and tables keep their lines.
fn laid_out(text: &str, indent: usize, width: usize) -> String {
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in reflowed(text).lines() {
        let bare = line.trim_start();
        let is_fence = is_fence(bare);
        let is_kept = fenced || is_fence || bare.starts_with('|') || line.starts_with("    ");
        fenced ^= is_fence;
        lines.push(if is_kept {
            format!("{}{line}", " ".repeat(indent))
        } else {
            wrapped(bare, indent + line.len() - bare.len(), width)
        });
    }
    lines.join("\n")
}

fn is_fence(bare: &str) -> bool {
    bare.starts_with("```") || bare.starts_with("~~~")
}

/// Paragraphs in one line each, for whoever breaks lines; code, lists and tables keep theirs.
fn reflowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fenced = false;
    let mut joins = false;
    for line in text.lines() {
        let bare = line.trim_start();
        let is_fence = is_fence(bare);
        let begins = is_fence
            || fenced
            || bare.is_empty()
            || bare.starts_with(['|', '>', '#', '-', '*', '+'])
            || bare.starts_with(|letter: char| letter.is_ascii_digit())
            || line.starts_with("    ");
        if joins && !begins {
            out.push(' ');
            out.push_str(bare);
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(line);
        }
        fenced ^= is_fence;
        joins = !is_fence && !fenced && !bare.is_empty() && !bare.starts_with(['|', '#']);
    }
    out
}

/// Every question with what came of it, a line each, and the recommendation. `marked`: the line that is marked.
#[must_use]
pub fn standing(screen: &Screen, card: &Scorecard, marked: usize, width: usize) -> String {
    /// What came of it, at its longest.
    const RIGHT: usize = "no rating, with a note".len();
    const BESIDE: usize = "> 12. ".len() + "  ".len() + RIGHT;
    let room = width.saturating_sub(BESIDE).clamp(12, 60);
    let titles = screen.questions.iter().enumerate().map(|(index, pinned)| {
        let title = format!("{:>2}. {}", index + 1, clean_line(&pinned.title));
        (title, came_of(card.rating(&pinned.id)))
    });
    let last = ("    Overall recommendation".to_owned(), recommended(card));
    let mut out = String::new();
    for (index, (title, came)) in titles.chain([last]).enumerate() {
        let mark = if index == marked { '>' } else { ' ' };
        let title = cut(&title, room + 4);
        let gap = " ".repeat((room + 4).saturating_sub(title.width()));
        let _ = writeln!(out, "{mark} {title}{gap}  {came}");
    }
    out
}

/// `4, with a reason`, or `-`.
#[must_use]
pub fn recommended(card: &Scorecard) -> String {
    let score = card.overall.score;
    let score = score.map_or_else(|| "-".to_owned(), |score| score.to_string());
    match card.overall.reason {
        Some(_) => format!("{score}, with a reason"),
        None => score,
    }
}

/// `4, with a note`, `not asked`, `-`.
#[must_use]
pub fn came_of(rating: Option<&Rating>) -> String {
    let answer = match rating.and_then(|rating| rating.answer) {
        None => "-".to_owned(),
        Some(Answer::Score(score)) => score.to_string(),
        Some(Answer::NoRating) => "no rating".to_owned(),
        Some(Answer::NotAsked) => "not asked".to_owned(),
    };
    match rating.and_then(|rating| rating.note.as_ref()) {
        Some(_) => format!("{answer}, with a note"),
        None => answer,
    }
}

/// `2:18 left`, or `0:31 over`.
#[must_use]
pub fn left(taken: Duration, allowed: Duration) -> String {
    // As a clock runs down: what is begun counts as a whole second.
    let (taken, allowed) = (taken.as_secs(), allowed.as_secs());
    let seconds = Duration::from_secs(allowed.abs_diff(taken));
    let word = if taken < allowed { "left" } else { "over" };
    format!("{} {word}", clock(seconds))
}

/// `7:10`: minutes and seconds.
#[must_use]
pub fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_tables_keep_their_lines() {
        let text = "One line\nand another.\n\n```python\ndef f(x):\n    return x\n```\n\n| a | b |\n|---|---|\n\n- an item\n  that goes on\n1. one";
        assert_eq!(
            laid_out(text, 2, 26),
            "  One line and another.\n\n  ```python\n  def f(x):\n      return x\n  ```\n\n  | a | b |\n  |---|---|\n\n  - an item that goes on\n  1. one"
        );
    }

    #[test]
    fn a_clock_runs_down() {
        let seconds = Duration::from_secs;
        assert_eq!(left(seconds(42), seconds(180)), "2:18 left");
        assert_eq!(left(seconds(180), seconds(180)), "0:00 over");
        assert_eq!(left(seconds(211), seconds(180)), "0:31 over");
    }
}
