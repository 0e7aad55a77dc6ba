//! The report on selection rates of groups.

use serde::Serialize;

use super::common::{columns, words};
use super::document::{Block, Cell, Document, Table};
use super::flat::Flat;
use super::words::{number, percent, reasons, share, with_interval};
use crate::report::fairness::{FOUR_FIFTHS, GroupRow};
use crate::report::figure::Figure;

/// Below which p a difference is hardly chance.
const HARDLY_CHANCE: f64 = 0.05;

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Fairness<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `fairness`.
    pub report: &'static str,
    /// The groups.
    pub groups: &'r [GroupRow],
}

/// The report as blocks.
#[must_use]
pub fn document(report: &Fairness<'_>) -> Document {
    let rows = report.groups;
    let mut blocks = vec![Block::Table(table(rows))];
    let reference = rows.iter().find(|row| row.is_reference);
    blocks.push(match reference {
        Some(reference) if reference.selected == 0 => {
            Block::Text("Nobody was selected: there is nothing to compare.".to_owned())
        }
        Some(reference) => {
            let others = rows.iter().filter(|row| !row.is_reference && row.of > 0);
            Block::List(others.map(|row| sentence(row, reference)).collect())
        }
        None => Block::Text("Nobody applied: there is nothing to compare.".to_owned()),
    });
    Document {
        title: "Selection rates beside each other".to_owned(),
        facts: vec![
            "From the counts that were given; nothing about people is read or kept.".to_owned(),
            "The four-fifths rule (29 CFR 1607.4) compares each rate with the highest one. It is a reason to look, no proof of \
             anything: whether a step is fair depends on what it asks, and on the law of the place."
                .to_owned(),
        ],
        blocks,
    }
}

fn p(row: &GroupRow) -> String {
    match row.p {
        Some(p) if p < 0.001 => "< 0.001".to_owned(),
        Some(p) => number(p, 3),
        None => "–".to_owned(),
    }
}

fn table(rows: &[GroupRow]) -> Table {
    let cells = rows.iter().map(|row| {
        let ratio = if row.is_reference && row.selected == 0 {
            Cell::Missing("nobody selected".to_owned())
        } else if row.is_reference {
            words("highest rate")
        } else if row.of == 0 {
            Cell::Missing("nobody".to_owned())
        } else {
            with_interval(&row.ratio, 2)
        };
        vec![
            words(row.group.clone()),
            words(row.selected.to_string()),
            words(row.of.to_string()),
            share(&row.rate),
            ratio,
            words(p(row)),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .filter(|row| !row.is_reference)
        .map(|row| row.ratio)
        .collect();
    let mut notes = vec![
        "95 % intervals in brackets. p: Fisher's exact test, two-sided, against the group with the highest rate; with several groups \
         some p is small by chance. p is exact for few people, too; of few it is large whatever the truth is."
            .to_owned(),
    ];
    notes.extend(reasons(&figures));
    Table {
        caption: "Who was selected".to_owned(),
        columns: columns(&["group"], &["selected", "of", "rate", "ratio", "p"]),
        rows: cells.collect(),
        notes,
    }
}

fn sentence(row: &GroupRow, reference: &GroupRow) -> String {
    let rate = |row: &GroupRow| percent(row.rate.value.unwrap_or(0.0));
    let both = format!(
        "{} {} against {} {}",
        row.group,
        rate(row),
        reference.group,
        rate(reference)
    );
    let Some(ratio) = row.ratio.value else {
        return format!(
            "{both}: too few people to tell. A ratio of so few says more about chance than about the step; count on over more time."
        );
    };
    if row.is_below.is_none() || row.selected * reference.of == reference.selected * row.of {
        return format!("{both}: the same rate.");
    }
    let is_usual = row.p.is_none_or(|p| p >= HARDLY_CHANCE);
    let side = if row.is_below == Some(true) {
        "below"
    } else {
        "not below"
    };
    let ask = match (row.is_below == Some(true), is_usual) {
        (true, false) => " Which step loses them, and does it ask for what the job needs?",
        (true, true) => {
            " That proves neither a difference nor that there is none: keep counting, and look at the steps meanwhile."
        }
        (false, false) => {
            " Small differences add up over the steps of a process: look at each of them."
        }
        (false, true) => "",
    };
    let one = if row.turns_on_one == Some(true) {
        " One person more or fewer would change the side."
    } else {
        ""
    };
    format!(
        "{both}: the ratio of {} is {side} four fifths ({FOUR_FIFTHS}). If both groups had the same chances, counts as far apart as \
         these would come up {} (p {}).{one}{ask}",
        number(ratio, 2),
        how_often(row.p.unwrap_or(1.0)),
        p(row)
    )
}

/// A probability in words that nobody takes for another one.
fn how_often(p: f64) -> String {
    if p < 0.001 {
        return "less than once in 1000 times".to_owned();
    }
    if p > 0.995 {
        return "always".to_owned();
    }
    if p < 0.01 {
        return format!("about {} times in 1000", number(p * 1000.0, 0));
    }
    format!("about {} times in 100", number(p * 100.0, 0))
}

/// The rows for a spreadsheet.
#[must_use]
pub fn rows(rows: &[GroupRow]) -> Vec<Flat> {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let row = |row: &GroupRow| {
        Flat::default()
            .text("group", &row.group)
            .count("selected", count(row.selected))
            .count("of", count(row.of))
            .figure("rate", &row.rate)
            .figure_or(
                "ratio",
                &row.ratio,
                row.is_reference.then_some("highest rate"),
            )
            .number("p", row.p)
    };
    rows.iter().map(row).collect()
}
