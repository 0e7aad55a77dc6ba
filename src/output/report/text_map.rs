//! A heat map on a terminal: digits and shades, in parts below each other where the terminal is narrow.

use std::fmt::Write;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::document::HeatMap;
use super::text::{WIDTH, line};
use super::words::number;
use crate::output::terminal::{SOFT, clean_line, styled, wrapped};

const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

/// The map. On a terminal of `width` columns, those that have no room follow below, each part with the names of its rows.
pub(super) fn heat_map(out: &mut String, map: &HeatMap, width: Option<usize>) {
    let room = width.unwrap_or(WIDTH);
    let shown = |value: &Option<f64>| match value {
        Some(value) => format!("{}{}", shade(map, *value), number(*value, map.decimals)),
        None => String::new(),
    };
    let rows: Vec<(String, Vec<String>)> = map
        .rows
        .iter()
        .map(|(name, values)| (clean_line(name), values.iter().map(shown).collect()))
        .collect();
    let names = rows.iter().map(|(name, _)| name.width());
    let longest = names.chain([map.row.width()]).max().unwrap_or(0);
    let cells = rows
        .iter()
        .flat_map(|(_, cells)| cells.iter().map(|cell| cell.width()));
    let widest_cell = cells.max().unwrap_or(1).max(2);
    // Long names of columns are numbered, and told below.
    let heads: Vec<String> = map.columns.iter().map(|name| clean_line(name)).collect();
    let whole = heads.iter().map(|head| head.width().max(widest_cell) + 1);
    let is_short = longest + 1 + whole.sum::<usize>() <= room.min(WIDTH);
    let heads: Vec<String> = if is_short {
        heads
    } else {
        (1..=heads.len()).map(|at| at.to_string()).collect()
    };
    let widest = heads.iter().map(|head| head.width());
    let widest = widest.chain([widest_cell]).max().unwrap_or(1);
    let parts = parts(
        heads.len(),
        width.map(|width| (width.saturating_sub(longest + 1) / (widest + 1)).max(1)),
    );
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let joined = |cells: &[String]| {
            let cells = cells.get(part.clone()).unwrap_or_default().iter();
            let cells = cells.map(|cell| format!("{}{cell}", " ".repeat(widest - cell.width())));
            cells.collect::<Vec<_>>().join(" ")
        };
        let padded = |name: &str| format!("{name}{}", " ".repeat(longest - name.width()));
        let mut top = String::new();
        let head = padded(&clean_line(&map.row));
        line(&mut top, &format!("{head}  {}", joined(&heads)), width);
        let _ = writeln!(out, "{}", styled(SOFT, top.trim_end()));
        for (name, cells) in &rows {
            line(out, &format!("{}  {}", padded(name), joined(cells)), width);
        }
    }
    if !is_short {
        let named = (1..)
            .zip(&map.columns)
            .map(|(at, name): (usize, _)| format!("{at} {}", clean_line(name)));
        let named = named.collect::<Vec<_>>().join(", ");
        let named = wrapped(&named, 2, room.min(WIDTH));
        let _ = writeln!(out, "{}", styled(SOFT, named));
    }
    let legend = format!(
        "  {}{} {} to {}{} {}",
        SHADES[0],
        number(map.least, map.decimals),
        map.legend[0],
        SHADES[4],
        number(map.most, map.decimals),
        map.legend[1]
    );
    let _ = writeln!(out, "{}", styled(SOFT, legend));
}

fn shade(map: &HeatMap, value: f64) -> char {
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
}

/// So many columns in pieces of at most `most`.
fn parts(columns: usize, most: Option<usize>) -> Vec<Range<usize>> {
    let most = most.unwrap_or(columns).max(1);
    (0..columns.div_ceil(most).max(1))
        .map(|part| part * most..((part + 1) * most).min(columns))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_is_lost_where_there_is_no_room() {
        let map = HeatMap {
            row: "candidate".to_owned(),
            column: "question".to_owned(),
            columns: (0..30).map(|at| format!("question-number-{at}")).collect(),
            rows: vec![("C-1".to_owned(), (0..30).map(|_| Some(4.5)).collect())],
            least: 1.0,
            most: 5.0,
            decimals: 1,
            legend: ["low".to_owned(), "high".to_owned()],
        };
        for width in [24, 40, 80, 200] {
            let mut out = String::new();
            heat_map(&mut out, &map, Some(width));
            let out = anstream::adapter::strip_str(&out).to_string();
            assert_eq!(
                out.matches("▓4.5").count() + out.matches("█4.5").count(),
                30,
                "{out}"
            );
            let lines = out
                .lines()
                .take_while(|line| !line.contains("question-number"));
            assert!(lines.clone().all(|line| line.width() <= width), "{out}");
        }
    }
}
