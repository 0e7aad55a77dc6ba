//! A report as Markdown, for a merge request or a wiki: tables, and the numbers of plots.

use std::fmt::Write;

use super::document::{Block, Document, PlotKind, Table};
use super::words::number;
use crate::output::terminal::clean_line;

/// The report.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", escaped(&document.title));
    if !document.facts.is_empty() {
        out.push('\n');
        list(&mut out, &document.facts);
    }
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                let _ = writeln!(out, "## {}", escaped(heading));
            }
            Block::Text(text) => {
                let _ = writeln!(out, "{}", escaped(text));
            }
            Block::List(lines) => list(&mut out, lines),
            Block::Table(own) => table(&mut out, own),
            Block::Plot(plot) => {
                let _ = writeln!(
                    out,
                    "**{}**\n\n{}\n",
                    escaped(&plot.title),
                    escaped(&plot.about)
                );
                numbers(&mut out, &plot.kind);
            }
            Block::Form(labels) => {
                for label in labels {
                    let _ = writeln!(out, "- [ ] {}:", escaped(label));
                }
            }
        }
    }
    out
}

fn list(out: &mut String, lines: &[String]) {
    for line in lines {
        let _ = writeln!(out, "- {}", escaped(line));
    }
}

fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {cell} |");
    }
    out.push('\n');
}

fn table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        let _ = writeln!(out, "**{}**\n", escaped(&table.caption));
    }
    row(
        out,
        table.columns.iter().map(|column| escaped(&column.name)),
    );
    row(
        out,
        table
            .columns
            .iter()
            .map(|column| if column.is_number { "--:" } else { "---" }.to_owned()),
    );
    for cells in &table.rows {
        row(out, cells.iter().map(|cell| escaped(cell.words())));
    }
    if !table.notes.is_empty() {
        out.push('\n');
        list(out, &table.notes);
    }
}

fn numbers(out: &mut String, kind: &PlotKind) {
    match kind {
        PlotKind::Intervals(intervals) => {
            row(out, [String::new(), escaped(&intervals.axis)]);
            row(out, ["---".to_owned(), "--:".to_owned()]);
            for mark in &intervals.marks {
                row(out, [escaped(&mark.name), escaped(&mark.words)]);
            }
        }
        PlotKind::HeatMap(map) => {
            let heads = map.columns.iter().map(|name| escaped(name));
            row(out, std::iter::once(escaped(&map.row)).chain(heads));
            let rules = map.columns.iter().map(|_| "--:".to_owned());
            row(out, std::iter::once("---".to_owned()).chain(rules));
            for (name, values) in &map.rows {
                let values = values.iter().map(|value| {
                    value.map_or_else(String::new, |value| number(value, map.decimals))
                });
                row(out, std::iter::once(escaped(name)).chain(values));
            }
        }
    }
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    const MARKS: &str = "\\`*_{}[]<>#|~!&";
    let mut out = String::with_capacity(text.len() + 8);
    for letter in clean_line(text).trim().chars() {
        // A handle or an address would notify somebody, or become a link.
        if letter == '@' {
            out.push_str("&#64;");
            continue;
        }
        if MARKS.contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}
