//! The report on a bank.

use serde::Serialize;

use super::common::{columns, words};
use super::document::{Block, Cell, Document, HeatMap, Plot, PlotKind, Table};
use super::flat::Flat;
use crate::model::vocabulary::{Difficulty, Kind, Vocabulary};
use crate::model::words::counted;
use crate::report::bank::{BankReport, CategoryRow, HistoryRow, QuestionRow};

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Bank<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `bank`.
    pub report: &'static str,
    /// What it says.
    #[serde(flatten)]
    pub bank: &'r BankReport,
}

/// The report as blocks.
#[must_use]
pub fn document(report: &BankReport) -> Document {
    let mut blocks = Vec::new();
    let asks = asks(report);
    if !asks.is_empty() {
        blocks.push(Block::Heading("What to look at".to_owned()));
        blocks.push(Block::List(asks));
    }
    blocks.push(Block::Heading("What the active questions cover".to_owned()));
    let difficulty = |row: &CategoryRow, name: &str| row.difficulties.get(name).copied();
    let kind = |row: &CategoryRow, name: &str| row.kinds.get(name).copied();
    blocks.extend([
        map(
            report,
            "difficulty",
            Difficulty::names().collect(),
            difficulty,
        ),
        map(report, "kind", Kind::names().collect(), kind),
    ]);
    blocks.push(Block::Table(categories(report)));
    blocks.push(Block::Heading("The questions".to_owned()));
    blocks.push(Block::Table(questions(&report.questions)));
    if let Some(history) = &report.history {
        blocks.push(Block::Heading("Who changes them".to_owned()));
        blocks.push(Block::Table(contributors(history)));
    }
    Document {
        title: format!("The bank {}: what it covers", report.bank),
        facts: facts(report),
        blocks,
    }
}

fn facts(report: &BankReport) -> Vec<String> {
    let statuses = report
        .statuses
        .iter()
        .map(|(status, n)| format!("{n} {status}"));
    let mut facts = vec![format!(
        "{}, as of {}.",
        statuses.collect::<Vec<_>>().join(", "),
        report.day
    )];
    facts.push(match report.interviews {
        Some(n) => format!("{} known.", counted(n, "interview is", "interviews are")),
        None => "No folder of interviews is known: nothing is said about use (`--interviews DIR`)."
            .to_owned(),
    });
    facts.push(match &report.history {
        Some(history) => {
            let days = history
                .days
                .map_or_else(String::new, |[first, last]| format!(", {first} to {last}"));
            let cut = if history.is_shallow {
                "; this clone is shallow: what is older is not counted"
            } else {
                ""
            };
            format!(
                "{} changed questions{days}{cut}.",
                counted(history.commits, "commit", "commits")
            )
        }
        None => "There is no git history: nothing is said about changes.".to_owned(),
    });
    facts
}

fn asks(report: &BankReport) -> Vec<String> {
    let mut asks = Vec::new();
    for row in &report.categories {
        if row.active == 0 {
            asks.push(format!(
                "{} has no active question. Is the category still wanted?",
                row.category
            ));
        } else if row.active < 3 {
            asks.push(format!(
                "{} has {}. Will candidates who know each other meet the same?",
                row.category,
                counted(row.active, "active question", "active questions")
            ));
        }
        let missing: Vec<&str> = Difficulty::names()
            .filter(|name| row.active >= 3 && row.difficulties.get(name) == Some(&0))
            .collect();
        if !missing.is_empty() {
            asks.push(format!(
                "{} has nothing {}. Can it be asked of everybody who is interviewed?",
                row.category,
                missing.join(" and nothing ")
            ));
        }
        if row.never_reviewed > 0 && row.never_reviewed == row.active {
            asks.push(format!(
                "{}: no question says when it was reviewed. Who reads them once a year?",
                row.category
            ));
        }
    }
    asks
}

fn map(
    report: &BankReport,
    what: &str,
    names: Vec<&'static str>,
    n: impl Fn(&CategoryRow, &str) -> Option<usize>,
) -> Block {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let rows: Vec<(String, Vec<Option<f64>>)> = report
        .categories
        .iter()
        .map(|row| {
            let cells = names
                .iter()
                .map(|name| n(row, name).filter(|n| *n > 0).map(number));
            (row.category.clone(), cells.collect())
        })
        .collect();
    let most = rows.iter().flat_map(|(_, cells)| cells.iter().flatten());
    let most = most.fold(1.0, |most: f64, n| most.max(*n));
    let empty = rows
        .iter()
        .flat_map(|(_, cells)| cells)
        .filter(|cell| cell.is_none());
    Block::Plot(Plot {
        title: format!("Active questions by category and {what}"),
        about: format!(
            "{} of {} combinations have no question.",
            empty.count(),
            rows.len() * names.len()
        ),
        kind: PlotKind::HeatMap(HeatMap {
            row: "category".to_owned(),
            column: what.to_owned(),
            columns: names.into_iter().map(str::to_owned).collect(),
            rows,
            least: 0.0,
            most,
            decimals: 0,
            legend: ["none".to_owned(), "most".to_owned()],
        }),
    })
}

fn shown<T: ToString>(value: Option<T>) -> Cell {
    value.map_or_else(
        || Cell::Missing("–".to_owned()),
        |value| words(value.to_string()),
    )
}

fn categories(report: &BankReport) -> Table {
    let rows = report.categories.iter().map(|row| {
        vec![
            words(row.category.clone()),
            words(row.active.to_string()),
            words(format!("{} to {}", row.minutes[0], row.minutes[1])),
            shown(row.days_since_review),
            words(row.never_reviewed.to_string()),
            shown(row.unused),
        ]
    });
    Table {
        caption: "Minutes, reviews and use".to_owned(),
        columns: columns(
            &["category"],
            &["active", "minutes", "days since review", "never reviewed", "never used"],
        ),
        rows: rows.collect(),
        notes: vec![
            "Minutes: all active questions together, each as quick and as deep as it goes. Days since review: the median of those that \
             say when they were reviewed."
                .to_owned(),
        ],
    }
}

fn questions(rows: &[QuestionRow]) -> Table {
    let rows = rows.iter().map(|row| {
        vec![
            words(row.id.clone()),
            words(row.status),
            shown(row.reviewed),
            shown(row.uses),
            shown(row.last_used),
            shown(row.commits),
            shown(
                row.lines
                    .map(|[added, removed]| format!("+{added} −{removed}")),
            ),
            shown(row.contributors),
            shown(row.changed),
        ]
    });
    Table {
        caption: "Reviews, use and changes of each question".to_owned(),
        columns: columns(
            &["question", "status"],
            &["reviewed", "uses", "last used", "commits", "lines", "people", "changed"],
        ),
        rows: rows.collect(),
        notes: vec!["Uses: interviews that pinned it. Commits, lines, people, changed: of its file, also under former names.".to_owned()],
    }
}

fn contributors(history: &HistoryRow) -> Table {
    let rows = history.contributors.iter().map(|who| {
        vec![
            words(who.name.clone()),
            words(who.commits.to_string()),
            words(who.questions.to_string()),
        ]
    });
    Table {
        caption: "Contributors, as the history names them".to_owned(),
        columns: columns(&["name"], &["commits", "questions"]),
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

/// The rows for a spreadsheet.
#[must_use]
pub fn rows(report: &BankReport) -> Vec<Flat> {
    let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
    let row = |row: &QuestionRow| {
        let lines = row
            .lines
            .map(|lines| lines.map(|n| n.to_string()))
            .unwrap_or_default();
        Flat::default()
            .text("question", &row.id)
            .text("category", &row.category)
            .text("status", row.status)
            .text("reviewed", &text(row.reviewed))
            .text("uses", &number(row.uses))
            .text("last_used", &text(row.last_used))
            .text("commits", &number(row.commits))
            .text("lines_added", &lines[0])
            .text("lines_removed", &lines[1])
            .text("contributors", &number(row.contributors))
            .text("changed", &text(row.changed))
    };
    report.questions.iter().map(row).collect()
}
