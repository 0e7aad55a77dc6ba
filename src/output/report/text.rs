//! A report for a terminal: aligned tables, bars, heat maps of digits and shades. Fit for a log, too.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Document, HeatMap, Intervals, Plot, PlotKind};
use super::text_table::table;
use super::words::number;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, cut, styled, wrapped};

/// Columns where nobody says how many there are.
pub(super) const WIDTH: usize = 100;
/// The columns of an axis.
const AXIS: usize = 41;

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

/// The column of a value on an axis from `low` to `high`.
fn place(value: f64, low: f64, high: f64) -> usize {
    #[allow(clippy::cast_precision_loss, reason = "some columns")]
    let last = (AXIS - 1) as f64;
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
    for (mark, name) in intervals.marks.iter().zip(&names) {
        let mut cells = vec![' '; AXIS];
        if let Some(reference) = intervals.reference {
            cells[place(reference, low, high)] = '┊';
        }
        let (from, to) = (place(mark.low, low, high), place(mark.high, low, high));
        for cell in &mut cells[from..=to.max(from)] {
            *cell = if *cell == '┊' { '┼' } else { '─' };
        }
        cells[place(mark.value, low, high)] = '●';
        let drawn: String = cells.into_iter().collect();
        let blanks = " ".repeat(longest - name.width());
        line(
            out,
            &format!("{name}{blanks}  {drawn}  {}", clean_line(&mark.words)),
            width,
        );
    }
    let (left, right) = (number(low, 2), number(high, 2));
    let between = " ".repeat(AXIS.saturating_sub(left.width() + right.width()));
    let margin = " ".repeat(longest + 2);
    line(out, &format!("{margin}{left}{between}{right}"), width);
    let [left, right] = intervals.ends.clone().unwrap_or_default();
    let words = [left, intervals.axis.clone(), right];
    let words: Vec<String> = words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| clean_line(word))
        .collect();
    line(out, &format!("{margin}{}", words.join(" · ")), width);
}

fn heat_map(out: &mut String, map: &HeatMap, width: Option<usize>) {
    const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
    let shade = |value: f64| {
        let share = if map.most > map.least {
            (value - map.least) / (map.most - map.least)
        } else {
            1.0
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "one of five shades"
        )]
        let at = (share.clamp(0.0, 1.0) * 4.0).round() as usize;
        SHADES.get(at).copied().unwrap_or('█')
    };
    let shown = |value: &Option<f64>| match value {
        Some(value) => format!("{}{}", shade(*value), number(*value, map.decimals)),
        None => String::new(),
    };
    let rows: Vec<(String, Vec<String>)> = map
        .rows
        .iter()
        .map(|(name, values)| (clean_line(name), values.iter().map(shown).collect()))
        .collect();
    let names = rows.iter().map(|(name, _)| name.width());
    let longest = names.chain([map.row.width()]).max().unwrap_or(0);
    // Long names of columns are numbered, and told below.
    let cells = rows
        .iter()
        .flat_map(|(_, cells)| cells.iter().map(|cell| cell.width()));
    let widest = cells.max().unwrap_or(1).max(2);
    let whole: usize = map
        .columns
        .iter()
        .map(|name| name.width().max(widest) + 1)
        .sum();
    let is_short = whole <= WIDTH - 30;
    let heads: Vec<String> = (1..)
        .zip(&map.columns)
        .map(|(at, name): (usize, _)| {
            if is_short {
                clean_line(name)
            } else {
                at.to_string()
            }
        })
        .collect();
    let widest = heads
        .iter()
        .map(|head| head.width())
        .chain([widest])
        .max()
        .unwrap_or(1);
    let joined = |cells: &[String]| {
        let cells = cells
            .iter()
            .map(|cell| format!("{}{cell}", " ".repeat(widest - cell.width())));
        cells.collect::<Vec<_>>().join(" ")
    };
    let head = clean_line(&map.row);
    let blanks = " ".repeat(longest - head.width());
    let mut top = String::new();
    line(
        &mut top,
        &format!("{head}{blanks}  {}", joined(&heads)),
        width,
    );
    let _ = writeln!(out, "{}", styled(SOFT, top.trim_end()));
    for (name, cells) in &rows {
        let blanks = " ".repeat(longest - name.width());
        line(out, &format!("{name}{blanks}  {}", joined(cells)), width);
    }
    if !is_short {
        let named = (1..)
            .zip(&map.columns)
            .map(|(at, name): (usize, _)| format!("{at} {}", clean_line(name)));
        let named = named.collect::<Vec<_>>().join(", ");
        let room = width.unwrap_or(WIDTH).min(WIDTH);
        let _ = writeln!(out, "{}", styled(SOFT, wrapped(&named, 2, room)));
    }
    let _ = writeln!(
        out,
        "{}",
        styled(
            SOFT,
            format!(
                "  {}{} {} to {}{} {}",
                SHADES[0],
                number(map.least, map.decimals),
                map.legend[0],
                SHADES[4],
                number(map.most, map.decimals),
                map.legend[1]
            )
        )
    );
}
