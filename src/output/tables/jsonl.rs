//! A table as JSON Lines.

use std::io::Write;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::table::{Cell, Column};

/// Writes it: an object a row, with every column, in order.
pub(super) fn write<'c>(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell<'c>>>,
    out: &mut dyn Write,
) -> std::io::Result<usize> {
    let mut count = 0;
    for row in rows {
        let row = Row {
            columns,
            cells: &row,
        };
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    Ok(count)
}

struct Row<'r, 'c> {
    columns: &'r [Column],
    cells: &'r [Cell<'c>],
}

impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                Cell::Empty => map.serialize_entry(column.name, &None::<u32>)?,
                Cell::Text(text) => map.serialize_entry(column.name, text)?,
                Cell::Whole(number) => map.serialize_entry(column.name, number)?,
                Cell::Day(day) => map.serialize_entry(column.name, day)?,
                Cell::Moment(moment) => map.serialize_entry(column.name, moment)?,
                Cell::Truth(is_so) => map.serialize_entry(column.name, is_so)?,
            }
        }
        map.end()
    }
}
