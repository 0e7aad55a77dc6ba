//! Tables for other programs: Parquet, CSV and JSON Lines, row after row.

mod jsonl;
mod parquet;
mod separated;

use std::io::Write;

use crate::model::table::{Cell, Column};

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns with types, for databases and data frames.
    Parquet,
    /// Text with commas, for spreadsheets too.
    Csv,
    /// An object a line.
    JsonLines,
}

impl Form {
    /// How the name of a file of it ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Writes a table; every row has a cell for each column. Says how many rows there were.
///
/// # Errors
/// When it cannot be written.
pub fn write<'c>(
    form: Form,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell<'c>>>,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<usize> {
    let count = match form {
        Form::Parquet => parquet::write(columns, rows, out)?,
        Form::Csv => separated::write(columns, rows, out).map_err(as_it_was)?,
        Form::JsonLines => jsonl::write(columns, rows, out)?,
    };
    out.flush()?;
    Ok(count)
}

/// What the disk or the pipe said, which the CSV writer does not pass on as a cause.
fn as_it_was(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        kind => anyhow::anyhow!("{kind:?}"),
    }
}
