//! A report for a terminal: aligned tables, bars, heat maps of digits and shades. Fit for a log, too.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Cell, Document, HeatMap, Intervals, Plot, PlotKind, Table};
use super::words::number;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, cut, styled, wrapped};

/// Columns where nobody says how many there are.
const WIDTH: usize = 100;
/// The columns of a bar.
const BAR: usize = 10;
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

fn line(out: &mut String, line: &str, width: Option<usize>) {
    let line = line.trim_end();
    match width {
        Some(width) => out.push_str(&cut(line, width)),
        None => out.push_str(line),
    }
    out.push('\n');
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Bar(share, words) => {
            let words = clean_line(words);
            // The per cent stand below each other.
            let first = words.split(' ').next().map_or(0, UnicodeWidthStr::width);
            let blanks = " ".repeat(3_usize.saturating_sub(first));
            format!("{} {blanks}{words}", bar(*share))
        }
        Cell::Text(words) | Cell::Missing(words) => clean_line(words),
    }
}

/// Eighths of a column.
fn bar(share: f64) -> String {
    const PARTS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of ten columns"
    )]
    let eighths = (share.clamp(0.0, 1.0) * (8 * BAR) as f64).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.extend(PARTS.get(eighths % 8));
    }
    let used = bar.width();
    bar + &" ".repeat(BAR.saturating_sub(used))
}

fn table(out: &mut String, table: &Table, width: Option<usize>) {
    let room = width.unwrap_or(WIDTH).min(WIDTH);
    if !table.caption.is_empty() {
        let caption = wrapped(&clean_line(&table.caption), 0, room);
        let _ = writeln!(out, "{}", styled(STRONG, caption));
    }
    let header: Vec<String> = table
        .columns
        .iter()
        .map(|column| clean_line(&column.name))
        .collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let mut widths: Vec<usize> = header.iter().map(|name| name.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let is_right: Vec<bool> = (0..)
        .zip(&table.columns)
        .map(|(at, column): (usize, _)| {
            let mut cells = table.rows.iter().filter_map(|row| row.get(at));
            column.is_number && !cells.any(|cell| matches!(cell, Cell::Bar(..)))
        })
        .collect();
    let aligned = |cells: &[String]| {
        let mut text = String::new();
        for ((cell, is_right), width) in cells.iter().zip(&is_right).zip(&widths) {
            let blanks = " ".repeat(width - cell.width());
            let [first, second] = if *is_right {
                [blanks.as_str(), cell.as_str()]
            } else {
                [cell.as_str(), blanks.as_str()]
            };
            text.push_str(first);
            text.push_str(second);
            text.push_str("  ");
        }
        text
    };
    let mut head = String::new();
    line(&mut head, &aligned(&header), width);
    let _ = write!(out, "{}", styled(SOFT, head.trim_end()));
    out.push('\n');
    for row in &rows {
        line(out, &aligned(row), width);
    }
    for note in &table.notes {
        let note = wrapped(&clean_line(note), 2, room);
        let _ = writeln!(out, "{}", styled(SOFT, note));
    }
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
