//! A screen: a timeline for a terminal, TOML, JSON.

use std::fmt::Write;

use anyhow::Context;

use crate::model::bank::Bank;
use crate::model::screen::{PinnedQuestion, Screen};
use crate::model::vocabulary::AskMode;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, styled, wrapped};

/// Where the titles of a timeline begin.
const INDENT: usize = 16;

/// A timeline to run the interview from: when, what, the prompt, and the planned follow-ups.
#[must_use]
pub fn text(bank: &Bank, screen: &Screen, width: usize) -> String {
    timeline(bank, screen, Some(width))
}

/// The timeline without prompts.
#[must_use]
pub fn summary(bank: &Bank, screen: &Screen) -> String {
    timeline(bank, screen, None)
}

/// `prompts` is the width of the lines of prompts; without it, there are none.
fn timeline(bank: &Bank, screen: &Screen, prompts: Option<usize>) -> String {
    let width = prompts.unwrap_or(100);
    let mut out = String::new();
    let _ = writeln!(out, "{}", styled(STRONG, clean_line(&screen.title)));
    let _ = writeln!(out, "{}\n", styled(SOFT, facts(screen)));
    if screen.intro_minutes > 0 {
        moment(&mut out, 0, screen.intro_minutes, "Introduction");
    }
    let alone = screen.segments.len() == 1;
    for segment in &screen.segments {
        if !alone {
            let title = clean_line(&segment.title);
            let _ = writeln!(
                out,
                "{:>5}  {:>3} min  {}",
                clock(segment.start_minute),
                segment.minutes,
                styled(ACCENT, title)
            );
            if let Some(note) = &segment.note {
                let note = wrapped(&clean_line(note), INDENT, width);
                let _ = writeln!(out, "{}", styled(SOFT, note));
            }
        }
        for (index, question) in screen.questions.iter().enumerate() {
            if question.segment == segment.title {
                ask(&mut out, bank, index + 1, question, prompts);
            }
        }
    }
    if screen.closing_minutes > 0 {
        let start = screen.minutes.saturating_sub(screen.closing_minutes);
        moment(
            &mut out,
            start,
            screen.closing_minutes,
            "Closing; then score at once",
        );
    }
    out
}

/// `optimal, seed 7, 5 questions of 4 categories, 26 of 26 minutes`.
fn facts(screen: &Screen) -> String {
    let mut categories: Vec<&str> = screen
        .questions
        .iter()
        .map(|question| question.category.as_str())
        .collect();
    categories.sort_unstable();
    categories.dedup();
    let plural = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    };
    let mut facts = vec![screen.verdict.status.name().to_owned()];
    if let Some(seed) = screen.seed {
        facts.push(format!("seed {seed}"));
    }
    facts.push(format!(
        "{} from {}",
        plural(screen.questions.len(), "question", "questions"),
        plural(categories.len(), "category", "categories"),
    ));
    facts.push(format!(
        "{} of {} question minutes",
        screen.question_minutes(),
        screen.frame().question_minutes()
    ));
    facts.push(screen.id.clone());
    facts.join(" · ")
}

/// `0:05`: hours and minutes from the start of the slot.
pub(super) fn clock(minute: u32) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

fn moment(out: &mut String, start: u32, minutes: u32, what: &str) {
    let _ = writeln!(
        out,
        "{:>5}  {minutes:>3} min  {}",
        clock(start),
        styled(ACCENT, what)
    );
}

fn ask(
    out: &mut String,
    bank: &Bank,
    number: usize,
    pinned: &PinnedQuestion,
    prompts: Option<usize>,
) {
    let title = format!("{number}. {}", clean_line(&pinned.title));
    let _ = writeln!(
        out,
        "{:>5}  {:>3} min  {}",
        clock(pinned.start_minute),
        pinned.minutes,
        styled(STRONG, title)
    );
    let about = format!(
        "{} · {} · {} · {}",
        clean_line(bank.config.category_name(&pinned.category)),
        pinned.difficulty,
        pinned.mode,
        clean_line(&pinned.id)
    );
    let _ = writeln!(out, "{}{}", " ".repeat(INDENT), styled(SOFT, about));
    let (Some(question), Some(width)) = (bank.question(&pinned.id), prompts) else {
        return;
    };
    let source = &question.text.source;
    let body = &question.text.body();
    let _ = writeln!(out);
    for paragraph in source.slice(body.prompt).split("\n\n") {
        let paragraph = clean_line(&paragraph.replace('\n', " "));
        let _ = writeln!(out, "{}", wrapped(&paragraph, INDENT, width));
    }
    let planned = match pinned.mode {
        AskMode::Quick => 0,
        AskMode::Standard => 1,
        AskMode::Deep => usize::MAX,
    };
    for follow_up in body.follow_ups.iter().take(planned) {
        let question = clean_line(&source.slice(follow_up.question).replace('\n', " "));
        let lines = wrapped(&question, INDENT + 2, width);
        let lines = lines.replacen(
            &" ".repeat(INDENT + 2),
            &format!("{}- ", " ".repeat(INDENT)),
            1,
        );
        let _ = writeln!(out, "{}", styled(SOFT, lines));
    }
    let _ = writeln!(out);
}

/// The pinned screen as TOML.
///
/// # Errors
/// Never in practice: the shape holds nothing that TOML cannot.
pub fn toml(screen: &Screen) -> anyhow::Result<String> {
    toml::to_string(screen).context("the screen as TOML")
}

/// The pinned screen as JSON, in the same shape.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json(screen: &Screen) -> anyhow::Result<String> {
    json_of(screen)
}

/// Anything as JSON that can be read again and printed.
///
/// # Errors
/// Never in practice: no shape of ours holds what JSON cannot.
pub fn json_of(shape: &impl serde::Serialize) -> anyhow::Result<String> {
    let text = serde_json::to_string_pretty(shape).context("a shape as JSON")?;
    // JSON leaves DEL and the C1 controls as they are; YAML, as which JSON is read again, does not
    // take them, and terminals obey them.
    let mut out = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        match letter {
            '\u{7f}'..='\u{9f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('\n');
    Ok(out)
}
