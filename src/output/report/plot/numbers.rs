//! The numbers of a plot as a table, for those who read rather than look.

use super::{drawable, number};
use crate::output::report::document::{Cell, Column, HeatMap, Intervals, Plot, PlotKind, Table};

/// All that a plot shows, with whole names.
#[must_use]
pub fn numbers(plot: &Plot) -> Table {
    let (columns, rows) = match &plot.kind {
        PlotKind::Intervals(intervals) => of_intervals(intervals),
        PlotKind::HeatMap(map) => of_heat_map(map),
    };
    Table {
        caption: plot.title.clone(),
        columns,
        rows,
        notes: Vec::new(),
    }
}

fn column(name: &str, is_number: bool) -> Column {
    Column {
        name: name.to_owned(),
        is_number,
    }
}

fn of_intervals(plot: &Intervals) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let rows = plot.marks.iter().map(|mark| {
        let name = Cell::Text(mark.name.clone());
        vec![name, Cell::Text(mark.words.clone())]
    });
    (
        vec![column("Name", false), column(&plot.axis, true)],
        rows.collect(),
    )
}

fn of_heat_map(map: &HeatMap) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![column(&map.row, false)];
    columns.extend(map.columns.iter().map(|name| column(name, true)));
    let rows = map.rows.iter().map(|(name, cells)| {
        let values = (0..map.columns.len()).map(|at| {
            let value = cells.get(at).copied().flatten().and_then(drawable);
            value.map_or_else(
                || Cell::Missing("\u{2013}".to_owned()),
                |value| Cell::Text(number(value, map.decimals)),
            )
        });
        let mut row = vec![Cell::Text(name.clone())];
        row.extend(values);
        row
    });
    (columns, rows.collect())
}
