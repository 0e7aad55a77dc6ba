//! A table of a report on a terminal: aligned, and in parts below each other where the terminal is narrow.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::document::{Cell, Table};
use super::text::{WIDTH, line};
use crate::output::terminal::{SOFT, STRONG, clean_line, styled, wrapped};

/// The columns of a bar.
const BAR: usize = 10;
/// The table. On a terminal of `width` columns, those that have no room follow below, each part with the names of its rows.
pub(super) fn table(out: &mut String, table: &Table, width: Option<usize>) {
    let room = width.unwrap_or(WIDTH).min(WIDTH);
    if !table.caption.is_empty() {
        let caption = wrapped(&clean_line(&table.caption), 0, room);
        let _ = writeln!(out, "{}", styled(STRONG, caption));
    }
    let laid = Laid::out(table);
    for (at, columns) in laid.parts(width).iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mut head = String::new();
        line(&mut head, &laid.row(&laid.header, columns), width);
        let _ = writeln!(out, "{}", styled(SOFT, head.trim_end()));
        for row in &laid.rows {
            line(out, &laid.row(row, columns), width);
        }
    }
    for note in &table.notes {
        let note = wrapped(&clean_line(note), 2, room);
        let _ = writeln!(out, "{}", styled(SOFT, note));
    }
}

/// A table as words with their widths.
struct Laid {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    widths: Vec<usize>,
    is_right: Vec<bool>,
}

impl Laid {
    fn out(table: &Table) -> Self {
        let header = table.columns.iter().map(|column| clean_line(&column.name));
        let header: Vec<String> = header.collect();
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
        let rows: Vec<Vec<String>> = rows.collect();
        let mut widths: Vec<usize> = header.iter().map(|name| name.width()).collect();
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let is_right = (0..).zip(&table.columns).map(|(at, column): (usize, _)| {
            let mut cells = table.rows.iter().filter_map(|row| row.get(at));
            column.is_number && !cells.any(|cell| matches!(cell, Cell::Bar(..)))
        });
        Self {
            is_right: is_right.collect(),
            header,
            rows,
            widths,
        }
    }

    /// The columns that stand beside each other; the first one is in each part.
    fn parts(&self, width: Option<usize>) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.widths.len()).collect();
        let (Some(width), Some(first)) = (width, self.widths.first()) else {
            return vec![all];
        };
        let mut parts: Vec<Vec<usize>> = vec![vec![0]];
        let mut used = *first;
        for at in all.into_iter().skip(1) {
            let own = 2 + self.widths[at];
            let is_begun = parts.last().is_some_and(|part| part.len() > 1);
            if used + own > width && is_begun {
                parts.push(vec![0]);
                used = *first;
            }
            used += own;
            if let Some(part) = parts.last_mut() {
                part.push(at);
            }
        }
        parts
    }

    fn row(&self, cells: &[String], columns: &[usize]) -> String {
        let mut text = String::new();
        for at in columns {
            let Some(cell) = cells.get(*at) else {
                continue;
            };
            let blanks = " ".repeat(self.widths[*at] - cell.width());
            let [first, second] = if self.is_right[*at] {
                [blanks.as_str(), cell.as_str()]
            } else {
                [cell.as_str(), blanks.as_str()]
            };
            text.push_str(first);
            text.push_str(second);
            text.push_str("  ");
        }
        text
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::report::common::{columns, words};

    #[test]
    fn what_has_no_room_follows_below() {
        let own = Table {
            columns: columns(&["who"], &["mean", "severity"]),
            rows: vec![
                vec![words("ana"), words("3.21 [2.98, 3.44]"), words("0.16")],
                vec![
                    words("ben"),
                    words("3.5"),
                    Cell::Missing("7 of 30".to_owned()),
                ],
            ],
            ..Table::default()
        };
        let shown = |width| {
            let mut out = String::new();
            table(&mut out, &own, width);
            anstream::adapter::strip_str(&out).to_string()
        };
        assert_eq!(
            shown(Some(30)),
            "who               mean\nana  3.21 [2.98, 3.44]\nben                3.5\n\n\
             who  severity\nana      0.16\nben   7 of 30\n"
        );
        assert_eq!(shown(None).lines().count(), 3);
        // Nothing is left out, however narrow it is.
        assert!(shown(Some(5)).lines().count() > 6);
    }
}
