//! Lists of scorecards that show no score: table, CSV, JSON.

use std::fmt::Write;

use anyhow::Context;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::terminal::{SOFT, STRONG, clean_line, cut, escaped_json, styled};
use crate::model::config::SCHEMA;
use crate::model::spreadsheet::guarded;
use crate::model::words::counted;

/// A scorecard in a list; the shape of the JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'c> {
    /// The candidate's pseudonym.
    pub candidate: &'c str,
    /// The screen's id.
    pub screen: &'c str,
    /// Who asked.
    pub interviewer: &'c str,
    /// How far it is.
    pub status: &'static str,
    /// The day of the interview.
    pub date: Option<String>,
    /// How many questions somebody has said something about.
    pub answered: Option<usize>,
    /// How many there are.
    pub questions: Option<usize>,
    /// What a draft lacks before it can be handed in.
    pub missing: Option<Lacking>,
    /// The file.
    pub path: &'c str,
}

/// What a draft lacks. Notes are left out: only some scores need one, so that their number would tell of scores.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Lacking {
    /// Questions that nobody has said anything about.
    pub answers: usize,
    /// Whether there is no recommendation.
    pub overall: bool,
    /// Whether it has no reason.
    pub reason: bool,
}

impl Lacking {
    fn in_words(self) -> String {
        let counted = |count: usize, one: &str, many: &str| {
            (count > 0).then(|| counted(count, one, many)).into_iter()
        };
        let said = |is_missing: bool, what: &str| is_missing.then(|| what.to_owned()).into_iter();
        let words: Vec<String> = counted(self.answers, "answer", "answers")
            .chain(said(self.overall, "overall"))
            .chain(said(self.reason, "reason"))
            .collect();
        if words.is_empty() {
            // Notes are not looked at: that one is missing would tell of a score.
            "to be submitted".to_owned()
        } else {
            words.join(", ")
        }
    }
}

const COLUMNS: usize = 7;

/// An aligned table, with a line that counts. On a terminal of `width` columns, longer lines are cut.
#[must_use]
pub fn text(rows: &[Row<'_>], width: Option<usize>) -> String {
    let header = [
        "candidate",
        "screen",
        "interviewer",
        "status",
        "date",
        "answered",
        "missing",
    ]
    .map(str::to_owned);
    let cells: Vec<[String; COLUMNS]> = rows.iter().map(cells).collect();
    let mut widths = header.each_ref().map(|word| word.width());
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |cells: &[String; COLUMNS]| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        let line = line.trim_end();
        width.map_or_else(|| line.to_owned(), |width| cut(line, width))
    };
    let mut out = String::new();
    let _ = writeln!(out, "{}", styled(STRONG, line(&header)));
    for row in &cells {
        let _ = writeln!(out, "{}", line(row));
    }
    let count = counted(rows.len(), "scorecard", "scorecards");
    let _ = writeln!(out, "{}", styled(SOFT, count));
    out
}

fn cells(row: &Row<'_>) -> [String; COLUMNS] {
    let dash = || "-".to_owned();
    let answered = row.answered.zip(row.questions);
    [
        clean_line(row.candidate),
        clean_line(row.screen),
        clean_line(row.interviewer),
        row.status.to_owned(),
        row.date.clone().unwrap_or_else(dash),
        answered.map_or_else(dash, |(answered, of)| format!("{answered} of {of}")),
        row.missing.map_or_else(dash, Lacking::in_words),
    ]
}

/// `{"schema":1,"scorecards":[…]}`.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json(rows: &[Row<'_>]) -> anyhow::Result<String> {
    #[derive(Serialize)]
    struct List<'c> {
        schema: u32,
        scorecards: &'c [Row<'c>],
    }
    let list = List {
        schema: SCHEMA,
        scorecards: rows,
    };
    let text = serde_json::to_string_pretty(&list).context("the list as JSON")?;
    Ok(escaped_json(&text) + "\n")
}

/// CSV for a spreadsheet. A cell that a spreadsheet would run as a formula begins with an apostrophe.
///
/// # Errors
/// Never in practice: the text is built in memory.
pub fn csv(rows: &[Row<'_>]) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    writer.write_record([
        "candidate",
        "screen",
        "interviewer",
        "status",
        "date",
        "answered",
        "questions",
        "missing",
        "path",
    ])?;
    let number = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    for row in rows {
        writer.write_record([
            guarded(row.candidate),
            guarded(row.screen),
            guarded(row.interviewer),
            guarded(row.status),
            guarded(row.date.as_deref().unwrap_or_default()),
            number(row.answered),
            number(row.questions),
            row.missing.map(Lacking::in_words).unwrap_or_default(),
            guarded(row.path),
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).context("the list as CSV")
}
