//! The debrief: all scorecards of one candidate side by side.

mod mean;
mod tables;

pub use self::tables::rows;

use serde::Serialize;

use crate::model::decision::Decision;
use crate::model::vocabulary::CardStatus;
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
    /// Questions with a score that are in no screen, so that they do not count.
    pub not_counted: &'r [NotCounted],
    /// How many candidates the season has that errors may be taken from.
    pub season_candidates: usize,
    /// The debrief.
    #[serde(flatten)]
    pub debrief: &'r Debrief,
    /// What people decided, oldest first.
    pub decisions: &'r [Decision],
}

/// A question with a score that is not in its screen.
#[derive(Debug, Serialize)]
pub struct NotCounted {
    /// The screen's id.
    pub screen: String,
    /// The question's id.
    pub question: String,
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
    blocks.push(Block::Heading("What each recommends".to_owned()));
    blocks.push(recommendations(debrief));
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
        facts: facts(report),
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

fn facts(report: &Candidate<'_>) -> Vec<String> {
    let debrief = report.debrief;
    let cards: Vec<&CardRow> = debrief
        .rounds
        .iter()
        .flat_map(|round| &round.scorecards)
        .collect();
    let mut first = format!(
        "{}, {}.",
        counted(debrief.rounds.len(), "interview", "interviews"),
        counted(cards.len(), "scorecard", "scorecards")
    );
    if cards.iter().all(|card| is_independent(card)) {
        first.push_str(
            " Scores are those that were handed in independently; revisions stand apart.",
        );
    }
    let mut facts = vec![first];
    let all: usize = cards.iter().map(|card| card.ratings).sum();
    for card in &cards {
        if card.status == CardStatus::Draft {
            facts.push(format!(
                "{} has not handed in: {} of the {} are of that draft, and may change.",
                card.interviewer,
                card.ratings,
                counted(all, "rating", "ratings")
            ));
        }
        if !card.reveals.is_empty() {
            facts.push(format!(
                "Others' scores were shown before {} had handed in, so that {}'s may not be independent. Reason: {}",
                card.interviewer,
                card.interviewer,
                card.reveals.join("; ")
            ));
        }
    }
    for own in report.not_counted {
        facts.push(format!(
            "{} has a score and is not in the screen {}: it does not count.",
            own.question, own.screen
        ));
    }
    facts
}

/// Whether a scorecard was handed in before others' scores were shown.
fn is_independent(card: &CardRow) -> bool {
    card.status != CardStatus::Draft && card.reveals.is_empty()
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

/// The recommendations side by side, with their reasons.
fn recommendations(debrief: &Debrief) -> Block {
    let lines = debrief.rounds.iter().flat_map(|round| {
        round.scorecards.iter().map(|card| {
            let given = if card.overall.is_none() && card.overall_revised.is_none() {
                "no recommendation".to_owned()
            } else {
                format!("{} of 5", tables::overall(card))
            };
            let reason = card.reason.as_ref();
            let reason = reason.map_or_else(String::new, |reason| format!(" {reason}"));
            format!("{}, {}: {given}.{reason}", card.interviewer, heading(round))
        })
    });
    Block::List(lines.collect())
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
