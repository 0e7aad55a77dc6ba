//! Lists of questions: table, CSV, JSON.

use std::fmt::Write;

use anyhow::Context;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::model::question::Question;
use crate::model::spreadsheet::guarded;
use crate::model::vocabulary::Vocabulary;
use crate::output::terminal::{SOFT, STRONG, clean_line, cut, styled};

/// A question in a list; the shape of the JSON.
#[derive(Debug, Serialize)]
struct Entry<'q> {
    id: &'q str,
    title: &'q str,
    category: &'q str,
    difficulty: &'static str,
    kind: &'static str,
    status: &'static str,
    quick: Option<u32>,
    standard: Option<u32>,
    deep: Option<u32>,
    levels: Vec<&'q str>,
    tags: Vec<&'q str>,
    path: &'q str,
}

fn entry(question: &Question) -> Entry<'_> {
    let matter = &question.matter;
    let minutes = matter.minutes.value;
    Entry {
        id: question.id(),
        title: &matter.title,
        category: &matter.category,
        difficulty: matter.difficulty.name(),
        kind: matter.kind.name(),
        status: matter.status.name(),
        quick: minutes.quick,
        standard: minutes.standard,
        deep: minutes.deep,
        levels: matter.levels.iter().map(|level| level.as_str()).collect(),
        tags: matter.tags.iter().map(|tag| tag.as_str()).collect(),
        path: &question.text.source.path,
    }
}

/// An aligned table, with a line that counts. On a terminal of `width` columns, longer lines are cut.
#[must_use]
pub fn text(questions: &[&Question], width: Option<usize>) -> String {
    let header = ["id", "category", "difficulty", "kind", "minutes", "title"].map(str::to_owned);
    let rows: Vec<[String; 6]> = questions.iter().map(|question| row(question)).collect();
    let mut widths = header.each_ref().map(|word| word.width());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |cells: &[String; 6]| {
        let mut line = String::new();
        for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
            line.push_str(cell);
            if index + 1 < cells.len() {
                line.push_str(&" ".repeat(width - cell.width() + 2));
            }
        }
        match width {
            Some(width) => cut(&line, width),
            None => line,
        }
    };
    let mut out = String::new();
    let _ = writeln!(out, "{}", styled(STRONG, line(&header)));
    for row in &rows {
        let _ = writeln!(out, "{}", line(row));
    }
    let plural = if questions.len() == 1 { "" } else { "s" };
    let _ = writeln!(
        out,
        "{}",
        styled(SOFT, format!("{} question{plural}", questions.len()))
    );
    out
}

fn row(question: &Question) -> [String; 6] {
    let matter = &question.matter;
    let minutes: Vec<String> = [
        matter.minutes.quick,
        matter.minutes.standard,
        matter.minutes.deep,
    ]
    .iter()
    .map(|length| length.map_or_else(|| "-".to_owned(), |length| length.to_string()))
    .collect();
    let title = match matter.status.name() {
        "active" => clean_line(&matter.title),
        status => format!("{} ({status})", clean_line(&matter.title)),
    };
    [
        clean_line(question.id()),
        clean_line(&matter.category),
        matter.difficulty.name().to_owned(),
        matter.kind.name().to_owned(),
        minutes.join("/"),
        title,
    ]
}

/// A JSON array.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json(questions: &[&Question]) -> anyhow::Result<String> {
    let entries: Vec<Entry<'_>> = questions.iter().map(|question| entry(question)).collect();
    let mut text = serde_json::to_string_pretty(&entries).context("the list as JSON")?;
    text.push('\n');
    Ok(text)
}

/// CSV for a spreadsheet. A cell that a spreadsheet would run as a formula begins with an apostrophe.
///
/// # Errors
/// Never in practice: the text is built in memory.
pub fn csv(questions: &[&Question]) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    writer.write_record([
        "id",
        "title",
        "category",
        "difficulty",
        "kind",
        "status",
        "quick",
        "standard",
        "deep",
        "levels",
        "tags",
        "path",
    ])?;
    let number = |length: Option<u32>| length.map(|length| length.to_string()).unwrap_or_default();
    for question in questions {
        let entry = entry(question);
        writer.write_record([
            guarded(entry.id),
            guarded(entry.title),
            guarded(entry.category),
            guarded(entry.difficulty),
            guarded(entry.kind),
            guarded(entry.status),
            number(entry.quick),
            number(entry.standard),
            number(entry.deep),
            guarded(&entry.levels.join(" ")),
            guarded(&entry.tags.join(" ")),
            guarded(entry.path),
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).context("the list as CSV")
}
