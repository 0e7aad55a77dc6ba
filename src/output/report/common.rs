//! What every report of a season says: what it is of, and what its model came to.

use anyhow::Context;
use serde::Serialize;

use super::document::{Block, Cell, Column, Document, Table};
use super::words::{number, percent, reasons, why, with_interval};
use crate::model::words::counted;
use crate::output::terminal::escaped_json;
use crate::report::figure::{Figure, Why};
use crate::report::model::Facet;
use crate::report::summary::{CELLS, Confounded, ModelSummary, Of};

/// A model, or why there is none.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Modelled<'r> {
    /// What it came to.
    Fitted(&'r ModelSummary),
    /// Why there is none.
    Missing(Why),
}

/// A report as JSON.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json<T: Serialize>(report: &T) -> anyhow::Result<String> {
    let text = serde_json::to_string_pretty(report).context("the report as JSON")?;
    Ok(escaped_json(&text) + "\n")
}

/// Columns: names of those with words, then of those with numbers.
#[must_use]
pub fn columns(words: &[&str], numbers: &[&str]) -> Vec<Column> {
    let column = |name: &&str, is_number| Column {
        name: (*name).to_owned(),
        is_number,
    };
    let words = words.iter().map(|name| column(name, false));
    let numbers = numbers.iter().map(|name| column(name, true));
    words.chain(numbers).collect()
}

/// A cell of words.
#[must_use]
pub fn words(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

/// What a report is of, in sentences.
#[must_use]
pub fn facts(of: &Of) -> Vec<String> {
    let counts = [
        counted(of.candidates, "candidate", "candidates"),
        counted(of.screens, "interview", "interviews"),
        counted(of.scorecards, "scorecard", "scorecards"),
        counted(of.ratings, "rating", "ratings"),
    ];
    let mut first = counts.join(", ");
    if let (Some(from), Some(to)) = (of.first, of.last) {
        first = format!("{first}, {from} to {to}");
    }
    first.push_str(". Independent scores only: revisions are not counted.");
    let mut facts = vec![first];
    if of.scorecards_revealed > 0 {
        let who = counted(of.scorecards_revealed, "scorecard was", "scorecards were");
        facts.push(format!(
            "{who} handed in after others' scores had been shown (`--reveal`): not counted where agreement is."
        ));
    }
    if of.candidates_with_drafts > 0 {
        let who = counted(of.candidates_with_drafts, "candidate is", "candidates are");
        facts.push(format!(
            "{who} left out: a scorecard is not handed in, and its interviewer may read this."
        ));
    }
    if of.candidates_unreadable > 0 {
        let who = counted(of.candidates_unreadable, "candidate is", "candidates are");
        facts.push(format!(
            "{who} left out: a file cannot be read, or is not where it belongs (`intervy score check` shows which)."
        ));
    }
    facts
}

/// Whether there is nothing to report.
#[must_use]
pub fn is_empty(of: &Of) -> bool {
    of.ratings == 0
}

/// A report on nothing at all; `None`: there is something.
#[must_use]
pub fn nothing(of: &Of, title: &str) -> Option<Document> {
    (of.candidates == 0).then(|| Document {
        title: title.to_owned(),
        facts: facts(of),
        blocks: vec![Block::Text(
            "No scorecard is handed in yet, so that there is nothing to say. `intervy score list` shows who is missing."
                .to_owned(),
        )],
    })
}

/// The section on the model.
#[must_use]
pub fn model(model: Modelled<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("Where the differences come from".to_owned())];
    let summary = match model {
        Modelled::Fitted(summary) => summary,
        Modelled::Missing(reason) => {
            blocks.push(Block::Text(format!("No model: {}.", why(reason))));
            return blocks;
        }
    };
    blocks.extend(confounded(summary));
    blocks.push(Block::Table(variances(summary)));
    blocks.push(Block::Text(dependability(&summary.dependability, summary)));
    if !summary.if_changed.is_empty() {
        let changed = summary.if_changed.iter().map(|changed| {
            let phi = with_interval(&changed.dependability, 2);
            format!("If {}: {}.", changed.what, phi.words())
        });
        blocks.push(Block::List(changed.collect()));
    }
    blocks
}

fn variances(summary: &ModelSummary) -> Table {
    let rows = summary.variances.iter().map(|row| {
        let error = row.variance.standard_error;
        let shown = |words: &dyn Fn(f64) -> String| match row.variance.value {
            Some(variance) => Cell::Text(words(variance)),
            None => Cell::Missing("–".to_owned()),
        };
        vec![
            words(row.of),
            row.share.value.map_or_else(
                || Cell::Missing("–".to_owned()),
                |share| Cell::Bar(share, percent(share)),
            ),
            shown(&|variance| number(variance.max(0.0).sqrt(), 2)),
            shown(&|variance| number(variance, 3)),
            words(error.map_or_else(|| "–".to_owned(), |error| number(error, 3))),
            words(row.variance.n.to_string()),
        ]
    });
    let figures: Vec<_> = summary.variances.iter().map(|row| row.variance).collect();
    let mut notes = reasons(&figures);
    let cells = summary.variances.iter().any(|row| row.of == CELLS);
    notes.push(format!(
        "By restricted maximum likelihood, from score = mean + candidate + question + interviewer{} + chance. Errors are \
         those of large samples; of a variance of 0 there is none.",
        if cells { " + candidate by question" } else { "" }
    ));
    Table {
        caption: "How far scores differ by each source".to_owned(),
        columns: columns(
            &["source"],
            &[
                "share of variance",
                "points (sd)",
                "variance",
                "its error",
                "n",
            ],
        ),
        rows: rows.collect(),
        notes,
    }
}

fn dependability(figure: &Figure, summary: &ModelSummary) -> String {
    if let Some(reason) = figure.why {
        return format!(
            "Dependability Φ of a candidate's mean score is not shown. {}.",
            sentence_of(&why(reason))
        );
    }
    let phi = with_interval(figure, 2);
    let mut text = format!(
        "Dependability Φ of a candidate's mean score: {} (0 is chance, 1 is certain)",
        phi.words()
    );
    if let Some(size) = &summary.size {
        let shown = |value: Option<f64>| number(value.unwrap_or(0.0), 1);
        text = format!(
            "{text}, with {} questions, {} interviewers and {} ratings a candidate, which are the harmonic means here.",
            shown(size.questions.value),
            shown(size.interviewers.value),
            shown(size.ratings.value)
        );
    }
    text
}

fn sentence_of(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What cannot be told apart, and what would change that.
#[must_use]
pub fn confounded(summary: &ModelSummary) -> Vec<Block> {
    if summary.confounded.is_empty() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if summary.parts > 1 {
        lines.push(format!(
            "The interviews fall into {} parts that share no candidate, no question and no interviewer.",
            summary.parts
        ));
    }
    for confounded in &summary.confounded {
        lines.push(sentence(confounded));
    }
    lines.push(
        "What would tell them apart: let one of each group rate the same interview now and then (two or three shared \
         candidates are enough to begin with), ask a few of the same questions everywhere, and rotate who has which round."
            .to_owned(),
    );
    vec![Block::List(lines)]
}

fn sentence(confounded: &Confounded) -> String {
    const SHOWN: usize = 6;
    let named = |group: &Vec<String>| {
        let more = group.len().saturating_sub(SHOWN);
        let mut names = group[..group.len().min(SHOWN)].join(", ");
        if more > 0 {
            names = format!("{names} and {more} more");
        }
        names
    };
    let groups: Vec<String> = confounded.groups.iter().take(SHOWN).map(named).collect();
    let more = confounded.groups.len().saturating_sub(SHOWN);
    let rest = if more > 0 {
        format!(" | {more} more groups")
    } else {
        String::new()
    };
    let groups = format!("{}{rest}", groups.join(" | "));
    match confounded.facet {
        Facet::Interviewer => {
            let pair = pair(&confounded.groups);
            format!(
                "{pair} never rated the same candidate, nor the same question's same candidate, nor are they connected by others who \
                 did: severity can't be told from ability. Interviewers can be compared within these groups, not between them: {groups}."
            )
        }
        Facet::Question => format!(
            "Questions fall into groups of different candidates and interviewers: difficulty can't be told from ability or \
             severity between groups: {groups}."
        ),
        Facet::Candidate => format!(
            "Candidates fall into groups that had different questions and interviewers, so that they cannot be compared between groups: \
             {groups}."
        ),
    }
}

fn pair(groups: &[Vec<String>]) -> String {
    let first = groups.first().and_then(|group| group.first());
    let second = groups.get(1).and_then(|group| group.first());
    match (first, second) {
        (Some(first), Some(second)) => format!("{first} and {second}"),
        _ => "Some interviewers".to_owned(),
    }
}
