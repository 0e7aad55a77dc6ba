//! A plot that is larger than a sheet of paper, as several with the same scale.

use std::ops::Range;

use crate::output::report::document::{HeatMap, Intervals, Plot, PlotKind};

/// What one picture holds: rows of intervals, and rows and columns of a heat map.
const INTERVALS: usize = 45;
const ROWS: usize = 40;
const COLUMNS: usize = 32;

/// The plots that together show what one shows, none larger than a sheet of paper.
pub(super) fn parts(plot: &Plot) -> Vec<Plot> {
    let kinds = match &plot.kind {
        PlotKind::Intervals(all) => pieces(all.marks.len(), INTERVALS)
            .into_iter()
            .map(|rows| {
                PlotKind::Intervals(Intervals {
                    marks: all.marks.get(rows).unwrap_or_default().to_vec(),
                    ..all.clone()
                })
            })
            .collect(),
        PlotKind::HeatMap(map) => of_columns(map)
            .iter()
            .flat_map(of_rows)
            .map(PlotKind::HeatMap)
            .collect(),
    };
    titled(plot, kinds)
}

/// The same, of columns alone: whoever reads rows turns pages.
pub(super) fn across(plot: &Plot) -> Vec<Plot> {
    match &plot.kind {
        PlotKind::Intervals(_) => vec![plot.clone()],
        PlotKind::HeatMap(map) => {
            let kinds = of_columns(map).into_iter().map(PlotKind::HeatMap);
            titled(plot, kinds.collect())
        }
    }
}

/// What is said about a plot is said about its first part.
fn titled(plot: &Plot, kinds: Vec<PlotKind>) -> Vec<Plot> {
    let all = kinds.len();
    let part = |(at, kind): (usize, PlotKind)| Plot {
        title: match all {
            1 => plot.title.clone(),
            _ => format!("{} ({} of {all})", plot.title, at + 1),
        },
        about: if at == 0 {
            plot.about.clone()
        } else {
            String::new()
        },
        kind,
    };
    kinds.into_iter().enumerate().map(part).collect()
}

fn of_columns(map: &HeatMap) -> Vec<HeatMap> {
    let piece = |columns: Range<usize>| HeatMap {
        columns: map
            .columns
            .get(columns.clone())
            .unwrap_or_default()
            .to_vec(),
        rows: map
            .rows
            .iter()
            .map(|(name, cells)| {
                let end = columns.end.min(cells.len());
                let cells = cells.get(columns.start..end).unwrap_or_default();
                (name.clone(), cells.to_vec())
            })
            .collect(),
        ..map.clone()
    };
    pieces(map.columns.len(), COLUMNS)
        .into_iter()
        .map(piece)
        .collect()
}

fn of_rows(map: &HeatMap) -> Vec<HeatMap> {
    let piece = |rows: Range<usize>| HeatMap {
        rows: map.rows.get(rows).unwrap_or_default().to_vec(),
        ..map.clone()
    };
    pieces(map.rows.len(), ROWS)
        .into_iter()
        .map(piece)
        .collect()
}

/// As few pieces as possible, about as long as each other; one where there is nothing.
fn pieces(count: usize, most: usize) -> Vec<Range<usize>> {
    let number = count.div_ceil(most).max(1);
    let size = count.div_ceil(number);
    (0..number)
        .map(|piece| (piece * size).min(count)..((piece + 1) * size).min(count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_about_as_long_as_each_other() {
        let lengths = |count| {
            let pieces = pieces(count, 40);
            pieces.iter().map(Range::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(0), [0]);
        assert_eq!(lengths(40), [40]);
        assert_eq!(lengths(41), [21, 20]);
        assert_eq!(lengths(60), [30, 30]);
        for count in 1..500 {
            let pieces = pieces(count, 32);
            assert!(pieces.iter().all(|piece| (1..=32).contains(&piece.len())));
            assert_eq!(pieces.iter().map(Range::len).sum::<usize>(), count);
        }
    }
}
