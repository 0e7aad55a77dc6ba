//! The report on a bank.

use serde::Serialize;

use super::common::{columns, words};
use super::document::{Block, Cell, Document, HeatMap, Plot, PlotKind, Table};
use super::flat::Flat;
use super::words::percent;
use crate::model::vocabulary::{Difficulty, Kind, Status, Vocabulary};
use crate::model::words::counted;
use crate::report::bank::{BankReport, CategoryRow, HistoryRow, QuestionRow};

/// From how many interviews on it is asked why questions are used so much, or not at all.
const LEAST_INTERVIEWS: usize = 10;
/// The share of interviews from which on it is asked whether a question is known.
const MUCH_USED: f64 = 1.0 / 3.0;

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
    blocks.push(Block::Table(questions(report)));
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
        Some(n) => format!(
            "{} known from their screens, also those that nobody has scored yet.",
            counted(n, "interview is", "interviews are")
        ),
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
                "{} has no active question that is {}. Are all whom you interview on the levels that are left?",
                row.category,
                missing.join(" or ")
            ));
        }
        if row.never_reviewed > 0 && row.never_reviewed == row.active {
            asks.push(format!(
                "{}: no question says when it was reviewed. Who reads them once a year?",
                row.category
            ));
        }
    }
    asks.extend(asks_of_questions(report));
    asks
}

/// What reviews and use ask.
fn asks_of_questions(report: &BankReport) -> Vec<String> {
    let active: Vec<&QuestionRow> = report
        .questions
        .iter()
        .filter(|row| row.status == Status::Active.name())
        .collect();
    let of = |is_so: &dyn Fn(&QuestionRow) -> bool| -> Vec<&str> {
        let rows = active.iter().filter(|row| is_so(row));
        rows.map(|row| row.id.as_str()).collect()
    };
    let mut asks = Vec::new();
    let stale = of(&|row| row.is_stale);
    if !stale.is_empty() {
        asks.push(format!(
            "{} last reviewed more than {} months ago: {}. Is what they ask still true?",
            counted(stale.len(), "active question was", "active questions were"),
            report.stale_after_months,
            some(&stale)
        ));
    }
    let Some(interviews) = report.interviews.filter(|n| *n >= LEAST_INTERVIEWS) else {
        return asks;
    };
    let unused = of(&|row| row.uses == Some(0));
    if !unused.is_empty() {
        asks.push(format!(
            "{} in none of {interviews} interviews: {}. Do interviewers know them, and are they still wanted?",
            counted(unused.len(), "active question was", "active questions were"),
            some(&unused)
        ));
    }
    for row in active {
        if let (Some(uses), Some(share)) = (row.uses, row.exposure)
            && share >= MUCH_USED
        {
            asks.push(format!(
                "{} was in {uses} of {interviews} interviews ({}). Is the answer known by now, and is there another one to rotate with?",
                row.id,
                percent(share)
            ));
        }
    }
    asks
}

/// The first few names, and how many more there are.
fn some(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
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
            words(row.stale.to_string()),
            words(row.never_reviewed.to_string()),
            shown(row.unused),
        ]
    });
    Table {
        caption: "Minutes, reviews and use".to_owned(),
        columns: columns(
            &["category"],
            &["active", "minutes", "days since review", "stale", "never reviewed", "never used"],
        ),
        rows: rows.collect(),
        notes: vec![
            "Minutes: all active questions together, each as quick and as deep as it goes. Days since review: the median of those that \
             say when they were reviewed."
                .to_owned(),
            format!("Stale: reviewed more than {} months ago.", report.stale_after_months),
        ],
    }
}

/// What is known of each question: use and changes only where anything is.
fn questions(report: &BankReport) -> Table {
    let (has_uses, has_history) = (report.interviews.is_some(), report.history.is_some());
    let rows = report.questions.iter().map(|row| {
        let mut cells = vec![
            words(row.id.clone()),
            words(row.status),
            shown(row.reviewed),
        ];
        if has_uses {
            cells.extend([
                shown(row.uses),
                shown(row.exposure.map(percent)),
                shown(row.last_used),
            ]);
        }
        if has_history {
            let lines = row.lines;
            cells.extend([
                shown(row.commits),
                shown(lines.map(|[added, removed]| format!("+{added} −{removed}"))),
                shown(row.contributors),
                shown(row.changed),
            ]);
        }
        cells
    });
    let mut numbers = vec!["reviewed"];
    let mut notes = Vec::new();
    if has_uses {
        numbers.extend(["uses", "exposure", "last used"]);
        notes.push("Uses: interviews that pinned it; exposure: their share of all.".to_owned());
    }
    if has_history {
        numbers.extend(["commits", "lines", "people", "changed"]);
        notes.push(
            "Commits, lines, people, changed: of its file, also under former names.".to_owned(),
        );
    }
    Table {
        caption: "Reviews, use and changes of each question".to_owned(),
        columns: columns(&["question", "status"], &numbers),
        rows: rows.collect(),
        notes,
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
            .text("stale", if row.is_stale { "true" } else { "false" })
            .text("uses", &number(row.uses))
            .number("exposure", row.exposure)
            .text("last_used", &text(row.last_used))
            .text("commits", &number(row.commits))
            .text("lines_added", &lines[0])
            .text("lines_removed", &lines[1])
            .text("contributors", &number(row.contributors))
            .text("changed", &text(row.changed))
    };
    report.questions.iter().map(row).collect()
}
