//! The report on groups of scorecards.

use serde::Serialize;

use super::common::{columns, facts, is_empty, nothing, words};
use super::document::{Block, Document, Intervals, Mark, Plot, PlotKind, Table};
use super::flat::Flat;
use super::words::{reasons, share, with_interval};
use crate::report::compare::GroupRow;
use crate::report::figure::Figure;
use crate::report::summary::Of;

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Compare<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `compare`.
    pub report: &'static str,
    /// What scorecards are put in groups by.
    pub by: String,
    /// What it is of.
    pub of: &'r Of,
    /// The groups.
    pub groups: &'r [GroupRow],
}

/// The report as blocks.
#[must_use]
pub fn document(report: &Compare<'_>) -> Document {
    let title = format!("Scores by {}", report.by);
    if let Some(nothing) = nothing(report.of, &title) {
        return nothing;
    }
    let rows = report.groups;
    let cells = rows.iter().map(|row| {
        vec![
            words(name(row)),
            words(row.candidates.to_string()),
            words(row.ratings.to_string()),
            with_interval(&row.mean, 2),
            with_interval(&row.difference, 2),
            with_interval(&row.spread, 2),
            share(&row.asked),
            with_interval(&row.pace, 2),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .flat_map(|row| [row.mean, row.difference, row.spread, row.asked, row.pace])
        .collect();
    let mut notes = vec![
        "95 % intervals in brackets, by candidate. Difference: the mean less that of all other groups together. Groups have other \
         candidates, questions and interviewers: a difference says nothing of its cause. Whether a group differs is told by the interval of its \
         difference, not by whether the intervals of means overlap; with several groups one in twenty such intervals leaves out 0 by chance."
            .to_owned(),
    ];
    notes.extend(reasons(&figures));
    let table = Table {
        caption: format!("Scores by {}", report.by),
        columns: columns(
            &[&report.by],
            &[
                "candidates",
                "ratings",
                "mean",
                "difference",
                "spread",
                "asked",
                "pace",
            ],
        ),
        rows: cells.collect(),
        notes,
    };
    let mut blocks = Vec::new();
    if is_empty(report.of) {
        blocks.push(Block::Text(
            "No rating is handed in yet: there is nothing to compare.".to_owned(),
        ));
    } else if rows.iter().all(|row| row.group.is_empty()) {
        blocks.push(Block::Text(format!(
            "No scorecard says its {}: all are one group, and there is nothing to compare.",
            report.by
        )));
    }
    blocks.push(Block::Table(table));
    blocks.extend(means(rows, &report.by).map(Block::Plot));
    Document {
        title,
        facts: facts(report.of),
        blocks,
    }
}

fn name(row: &GroupRow) -> String {
    if row.group.is_empty() {
        "(none said)".to_owned()
    } else {
        row.group.clone()
    }
}

fn means(rows: &[GroupRow], by: &str) -> Option<Plot> {
    let marks: Vec<Mark> = rows
        .iter()
        .filter_map(|row| {
            let ends = row.mean.interval?;
            Some(Mark {
                name: name(row),
                value: row.mean.value?,
                low: ends.low,
                high: ends.high,
                words: format!("{} (n {})", with_interval(&row.mean, 2).words(), row.mean.n),
            })
        })
        .collect();
    (!marks.is_empty()).then(|| Plot {
        title: format!("Mean score by {by}"),
        about: "Means with 95 % intervals, in the order of the names.".to_owned(),
        kind: PlotKind::Intervals(Intervals {
            axis: "mean score".to_owned(),
            reference: None,
            ends: None,
            marks,
        }),
    })
}

/// The rows for a spreadsheet.
#[must_use]
pub fn rows(rows: &[GroupRow]) -> Vec<Flat> {
    let row = |row: &GroupRow| {
        Flat::default()
            .text("group", &row.group)
            .count("candidates", row.candidates)
            .count("scorecards", row.scorecards)
            .count("ratings", row.ratings)
            .figure("mean", &row.mean)
            .figure("difference", &row.difference)
            .figure("spread", &row.spread)
            .figure("asked", &row.asked)
            .figure("pace", &row.pace)
    };
    rows.iter().map(row).collect()
}
