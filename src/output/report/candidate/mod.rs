//! The debrief: all scorecards of one candidate side by side.

mod mean;
mod tables;

pub use self::tables::rows;

use serde::Serialize;

use crate::model::decision::Decision;
use crate::model::vocabulary::Vocabulary;
use crate::model::words::counted;
use crate::output::report::document::{Block, Document};
use crate::report::debrief::{CardRow, Debrief, Difference, Given, Round};

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Candidate<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `candidate`.
    pub report: &'static str,
    /// How many candidates the season has that errors may be taken from.
    pub season_candidates: usize,
    /// The debrief.
    #[serde(flatten)]
    pub debrief: &'r Debrief,
    /// What people decided, oldest first.
    pub decisions: &'r [Decision],
}

/// The report as blocks.
#[must_use]
pub fn document(report: &Candidate<'_>) -> Document {
    let debrief = report.debrief;
    let mut blocks = vec![Block::Heading("Weighted mean of the scores".to_owned())];
    blocks.extend(mean::mean(debrief));
    blocks.push(Block::Heading(
        "Where interviewers differ by 2 or more".to_owned(),
    ));
    blocks.extend(differences(&debrief.differences));
    blocks.push(Block::Heading("What was covered".to_owned()));
    blocks.push(Block::Table(tables::coverage(debrief)));
    blocks.extend(tables::map(debrief).map(Block::Plot));
    for round in &debrief.rounds {
        blocks.push(Block::Heading(heading(round)));
        blocks.push(Block::Table(tables::scorecards(&round.scorecards)));
        blocks.push(Block::Table(tables::questions(round)));
        blocks.extend(notes(round));
        blocks.extend(revisions(round));
    }
    blocks.push(Block::Heading("Decision".to_owned()));
    blocks.push(Block::Text(
        "People decide, on the evidence above, and write down why. No score here is a hire or a no hire.".to_owned(),
    ));
    blocks.push(decided(report.decisions));
    Document {
        title: format!("Debrief of {}", debrief.candidate),
        facts: facts(debrief),
        blocks,
    }
}

/// What was decided, or lines to write it on.
fn decided(decisions: &[Decision]) -> Block {
    if decisions.is_empty() {
        let labels = ["Decision", "Reason", "Decided by", "Date"];
        return Block::Form(labels.map(str::to_owned).to_vec());
    }
    let lines = decisions.iter().map(|decision| {
        format!(
            "{}, {}: {}. {}",
            decision.at.to_zoned(jiff::tz::TimeZone::UTC).date(),
            decision.by,
            decision.decision,
            decision.reason
        )
    });
    Block::List(lines.collect())
}

fn facts(debrief: &Debrief) -> Vec<String> {
    let cards: Vec<&CardRow> = debrief
        .rounds
        .iter()
        .flat_map(|round| &round.scorecards)
        .collect();
    let drafts = cards
        .iter()
        .filter(|card| card.status.name() == "draft")
        .count();
    let mut facts = vec![format!(
        "{}, {}. Scores are those that were handed in independently; revisions stand apart.",
        counted(debrief.rounds.len(), "interview", "interviews"),
        counted(cards.len(), "scorecard", "scorecards")
    )];
    if drafts > 0 {
        facts.push(format!(
            "{} not handed in yet: shown early, for the reason that is recorded in it.",
            counted(drafts, "scorecard is", "scorecards are")
        ));
    }
    for card in cards {
        if !card.reveals.is_empty() {
            facts.push(format!(
                "{} had seen others' scores before handing in: {}",
                card.interviewer,
                card.reveals.join("; ")
            ));
        }
    }
    facts
}

fn heading(round: &Round) -> String {
    match &round.round {
        Some(name) => format!("{name}: {}", round.title),
        None => round.title.clone(),
    }
}

/// What an interviewer gave, in a cell.
fn answer(given: &Given) -> String {
    let word = |asked: Option<bool>, score: Option<u8>| match (asked, score) {
        (_, Some(score)) => score.to_string(),
        (Some(false), None) => "not asked".to_owned(),
        (Some(true), None) => "no rating".to_owned(),
        (None, None) => "–".to_owned(),
    };
    let own = word(given.asked, given.score);
    match given.revised {
        Some(revised) => format!("{own} → {}", word(Some(revised.asked), revised.score)),
        None => own,
    }
}

fn differences(differences: &[Difference]) -> Vec<Block> {
    if differences.is_empty() {
        return vec![Block::Text(
            "None: no answer was rated two or more points apart.".to_owned(),
        )];
    }
    let mut blocks = Vec::new();
    for difference in differences {
        let after = difference
            .apart_revised
            .map_or_else(String::new, |apart| format!(", {apart} after revisions"));
        blocks.push(Block::Text(format!(
            "{} apart{after}: {} ({})",
            counted(usize::from(difference.apart), "point", "points"),
            difference.title,
            difference.question
        )));
        let rated = difference
            .ratings
            .iter()
            .filter(|given| given.score.is_some());
        let lines = rated.map(|given| {
            let note = given.note.as_deref().unwrap_or("no note");
            format!("{} {}: {note}", given.interviewer, answer(given))
        });
        blocks.push(Block::List(lines.collect()));
    }
    blocks
}

/// The evidence, question by question.
fn notes(round: &Round) -> Option<Block> {
    let lines = round.questions.iter().flat_map(|question| {
        question.ratings.iter().filter_map(|given| {
            let note = given.note.as_ref()?;
            Some(format!(
                "{}, {} {}: {note}",
                question.id,
                given.interviewer,
                answer(given)
            ))
        })
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(Block::List(lines))
}

fn revisions(round: &Round) -> Option<Block> {
    let lines = round.scorecards.iter().flat_map(|card| {
        card.revisions.iter().map(|revision| {
            let what = revision
                .question
                .as_ref()
                .map_or_else(|| "the recommendation".to_owned(), ToString::to_string);
            let score = revision
                .score
                .map_or_else(|| "no score".to_owned(), |score| score.to_string());
            format!(
                "{} revised {what} to {score}: {}",
                card.interviewer, revision.reason
            )
        })
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(Block::List(lines))
}
