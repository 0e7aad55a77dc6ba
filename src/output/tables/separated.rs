//! A table as CSV.

use std::io::Write;

use csv::WriterBuilder;

use crate::model::spreadsheet::guarded;
use crate::model::table::{Cell, Column};

/// Writes it, with a header. A text that a spreadsheet would run as a formula begins with an apostrophe.
pub(super) fn write<'c>(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell<'c>>>,
    out: &mut dyn Write,
) -> csv::Result<usize> {
    let mut writer = WriterBuilder::new().from_writer(out);
    writer.write_record(columns.iter().map(|column| column.name))?;
    let mut count = 0;
    for row in rows {
        for cell in &row {
            writer.write_field(text(cell))?;
        }
        writer.write_record(None::<&[u8]>)?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) => moment.to_string(),
        Cell::Truth(is_so) => is_so.to_string(),
    }
}
