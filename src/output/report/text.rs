//! A report for a terminal: aligned tables, bars, heat maps of digits and shades. Fit for a log, too.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Document, Intervals, Plot, PlotKind};
use super::text_map::heat_map;
use super::text_table::table;
use super::words::number;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, cut, styled, wrapped};

/// Columns where nobody says how many there are.
pub(super) const WIDTH: usize = 100;
/// The most and the fewest columns of an axis.
const AXIS: (usize, usize) = (41, 11);

/// The report. On a terminal of `width` columns, longer lines are cut.
#[must_use]
pub fn text(document: &Document, width: Option<usize>) -> String {
    let room = width.unwrap_or(WIDTH).min(WIDTH);
    let mut out = String::new();
    let _ = writeln!(out, "{}", styled(STRONG, clean_line(&document.title)));
    for fact in &document.facts {
        let lines = wrapped(&clean_line(fact), 0, room);
        let _ = writeln!(out, "{}", styled(SOFT, lines));
    }
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                let _ = writeln!(out, "{}", styled(ACCENT, clean_line(heading)));
            }
            Block::Text(text) => {
                let _ = writeln!(out, "{}", wrapped(&clean_line(text), 0, room));
            }
            Block::List(lines) => list(&mut out, lines, room),
            Block::Table(own) => table(&mut out, own, width),
            Block::Plot(own) => plot(&mut out, own, width),
            Block::Form(labels) => {
                for label in labels {
                    let _ = writeln!(out, "{}: ________________________", clean_line(label));
                }
            }
        }
    }
    out
}

fn list(out: &mut String, lines: &[String], room: usize) {
    for line in lines {
        let text = wrapped(&clean_line(line), 2, room);
        let _ = writeln!(out, "-{}", text.get(1..).unwrap_or_default());
    }
}

/// A line, cut to the width of the terminal.
pub(super) fn line(out: &mut String, line: &str, width: Option<usize>) {
    let line = line.trim_end();
    match width {
        Some(width) => out.push_str(&cut(line, width)),
        None => out.push_str(line),
    }
    out.push('\n');
}

fn plot(out: &mut String, plot: &Plot, width: Option<usize>) {
    let _ = writeln!(out, "{}", styled(STRONG, clean_line(&plot.title)));
    match &plot.kind {
        PlotKind::Intervals(intervals) => axis(out, intervals, width),
        PlotKind::HeatMap(map) => heat_map(out, map, width),
    }
}

/// The column of a value on an axis of so many from `low` to `high`.
fn place(value: f64, (low, high): (f64, f64), columns: usize) -> usize {
    #[allow(clippy::cast_precision_loss, reason = "some columns")]
    let last = (columns - 1) as f64;
    let share = if high > low {
        (value - low) / (high - low)
    } else {
        0.5
    };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a column of an axis"
    )]
    let at = (share.clamp(0.0, 1.0) * last).round() as usize;
    at
}

fn axis(out: &mut String, intervals: &Intervals, width: Option<usize>) {
    let ends = intervals
        .marks
        .iter()
        .flat_map(|mark| [mark.low, mark.high, mark.value]);
    let ends = ends
        .chain(intervals.reference)
        .filter(|end| end.is_finite());
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
        (low.min(end), high.max(end))
    });
    if low > high {
        return;
    }
    let names = intervals.marks.iter().map(|mark| clean_line(&mark.name));
    let names: Vec<String> = names.collect();
    let longest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let words = intervals.marks.iter().map(|mark| clean_line(&mark.words));
    let words: Vec<String> = words.collect();
    let beside = words.iter().map(|words| words.width()).max().unwrap_or(0);
    // What is read off must not be cut: the axis is what gives way.
    let room = width.unwrap_or(WIDTH).min(WIDTH);
    let columns = room.saturating_sub(longest + beside + 4);
    let columns = columns.clamp(AXIS.1, AXIS.0);
    let at = |value: f64| place(value, (low, high), columns);
    for ((mark, name), words) in intervals.marks.iter().zip(&names).zip(&words) {
        let mut cells = vec![' '; columns];
        if let Some(reference) = intervals.reference {
            cells[at(reference)] = '┊';
        }
        let (from, to) = (at(mark.low), at(mark.high));
        for cell in &mut cells[from..=to.max(from)] {
            *cell = if *cell == '┊' { '┼' } else { '─' };
        }
        cells[at(mark.value)] = '●';
        let drawn: String = cells.into_iter().collect();
        let blanks = " ".repeat(longest - name.width());
        line(out, &format!("{name}{blanks}  {drawn}  {words}"), width);
    }
    let (left, right) = (number(low, 2), number(high, 2));
    let between = " ".repeat(columns.saturating_sub(left.width() + right.width()));
    let margin = " ".repeat(longest + 2);
    line(out, &format!("{margin}{left}{between}{right}"), width);
    let [left, right] = intervals.ends.clone().unwrap_or_default();
    let words = [left, intervals.axis.clone(), right];
    let words: Vec<String> = words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| clean_line(word))
        .collect();
    let words = words.join(" · ");
    // Under the axis if it has room there, else from the margin on.
    let margin = margin.len().min(room.saturating_sub(words.width()));
    line(out, &format!("{}{words}", " ".repeat(margin)), width);
}
