//! `screen-conflict`: a hand-ordered screen holds questions that must not meet, that are not in use, or that do not
//! fit.
//!
//! ## Why
//!
//! A pick keeps to `never_with`, to groups, to ask modes and to the slot by itself. A screen that a person ordered is
//! only as good as it was on the day it was written: a question that is retired later, or gets an enemy, turns it into
//! one that cannot be rendered, or gives an answer away.
//!
//! ## Example
//!
//! ```toml
//! # n-plus-one-query says: never_with: [sql-joins-and-null]
//! [[questions]]
//! id = "n-plus-one-query"
//!
//! [[questions]]
//! id = "sql-joins-and-null"
//! ```
//!
//! ## Instead
//!
//! Replace one of the two, and give modes that the questions have minutes for.

use std::collections::HashMap;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::config::Frame;
use crate::model::finding::{Finding, Level};
use crate::model::question::Question;
use crate::model::screen::{HandQuestion, HandScreen};
use crate::model::source::Location;
use crate::model::vocabulary::{Status, Vocabulary};

pub(super) const RULE: Rule = Rule {
    name: "screen-conflict",
    group: Group::Bank,
    level: Level::Error,
    fix: None,
    file: include_str!("screen_conflict.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    if bank.screens.is_empty() {
        return;
    }
    let by_id = bank.by_id();
    for screen in &bank.screens {
        let asked: Vec<Asked<'_>> = screen
            .questions
            .iter()
            .filter_map(|wanted| {
                by_id
                    .get(wanted.id.as_str())
                    .map(|question| (wanted, *question))
            })
            .collect();
        for (wanted, question) in &asked {
            usable(screen, wanted, question, findings);
        }
        meetings(screen, &asked, findings);
        // Where a question is unknown, so are its minutes.
        if asked.len() == screen.questions.len() {
            slot(screen, &asked, bank.config.frame, findings);
        }
    }
}

/// A line of the screen and the question that it names.
type Asked<'b> = (&'b HandQuestion, &'b Question);

/// Whether a question may be asked, and in the mode that is wanted.
fn usable(
    screen: &HandScreen,
    wanted: &HandQuestion,
    question: &Question,
    findings: &mut Vec<Finding>,
) {
    let id = question.id();
    let status = question.matter.status;
    if status != Status::Active {
        let message = format!("the question `{id}` is {}", status_in_words(status));
        let finding = Finding::new(Location::at(&screen.source, wanted.id.span), message);
        findings.push(finding.hint("replace it by one that is in use, or make it `active`"));
    }
    let minutes = question.matter.minutes.value;
    let (mode, None) = wanted.length(&minutes) else {
        return;
    };
    let span = wanted
        .mode
        .as_ref()
        .map_or(wanted.id.span, |mode| mode.span);
    let modes: Vec<String> = minutes
        .modes()
        .map(|(mode, _)| format!("`{mode}`"))
        .collect();
    let message = format!(
        "the question `{id}` has no minutes for the ask mode `{}`",
        mode.name()
    );
    let finding = Finding::new(Location::at(&screen.source, span), message);
    findings.push(finding.hint(format!("it has minutes for {}", modes.join(" and "))));
}

fn status_in_words(status: Status) -> &'static str {
    match status {
        Status::Draft => "a draft",
        Status::Active => "active",
        Status::Retired => "retired",
    }
}

/// Questions that must not meet; reported at the later one.
fn meetings(screen: &HandScreen, asked: &[Asked<'_>], findings: &mut Vec<Finding>) {
    let places: HashMap<&str, usize> = asked
        .iter()
        .enumerate()
        .map(|(place, (_, question))| (question.id(), place))
        .collect();
    let mut groups: HashMap<&str, usize> = HashMap::new();
    let mut pairs: Vec<(usize, usize, String)> = Vec::new();
    for (place, (_, question)) in asked.iter().enumerate() {
        let own = question.id();
        for enemy in &question.matter.never_with {
            if let Some(&other) = places.get(enemy.as_str())
                && enemy.as_str() != own
            {
                let why = "one of them names the other in `never_with`".to_owned();
                pairs.push((place.max(other), place.min(other), why));
            }
        }
        if let Some(group) = &question.matter.group {
            let first = *groups.entry(group.as_str()).or_insert(place);
            if asked.get(first).is_some_and(|(_, other)| other.id() != own) {
                pairs.push((
                    place,
                    first,
                    format!("both are of the group `{}`", group.value),
                ));
            }
        }
    }
    pairs.sort();
    pairs.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
    for (later, earlier, why) in pairs {
        if let (Some((wanted, question)), Some((first, other))) =
            (asked.get(later), asked.get(earlier))
        {
            let message = format!(
                "`{}` must not be in one screen with `{}`: {why}",
                question.id(),
                other.id()
            );
            let finding = Finding::new(Location::at(&screen.source, wanted.id.span), message)
                .hint("replace one of the two")
                .related(
                    Location::at(&screen.source, first.id.span),
                    "the other one is here",
                );
            findings.push(finding);
        }
    }
}

/// Whether the questions, intro and closing fit the slot.
fn slot(screen: &HandScreen, asked: &[Asked<'_>], defaults: Frame, findings: &mut Vec<Finding>) {
    let Some(minutes) = &screen.minutes else {
        return;
    };
    let lengths = asked
        .iter()
        .filter_map(|(wanted, question)| wanted.length(&question.matter.minutes).1);
    let questions: u32 = lengths.sum();
    let intro = screen.intro_minutes.unwrap_or(defaults.intro_minutes);
    let closing = screen.closing_minutes.unwrap_or(defaults.closing_minutes);
    let taken = questions + intro + closing;
    if taken <= minutes.value {
        return;
    }
    let message = format!(
        "the screen has {} minutes, but its questions take {questions}, the intro {intro} and the closing {closing}",
        minutes.value
    );
    let finding = Finding::new(Location::at(&screen.source, minutes.span), message);
    findings.push(finding.hint("leave a question out, take one less deep, or lengthen the slot"));
}
