//! Counts of groups from CSV: the columns group, selected, of.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use crate::model::spreadsheet::unguarded;

/// The most bytes of such a file.
const MOST_BYTES: u64 = 1024 * 1024;
/// The columns.
const COLUMNS: [&str; 3] = ["group", "selected", "of"];

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The name, who was selected, of how many; or what is wrong.
    pub group: Result<(String, u64, u64), String>,
}

/// Reads the rows of a file, `-` for standard input.
///
/// # Errors
/// When it cannot be read, is too large, or lacks a column.
pub fn read(path: &Path) -> io::Result<Vec<Row>> {
    let mut text = String::new();
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path)?)
    };
    source.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other("larger than 1 MiB"));
    }
    parse(text.trim_start_matches('\u{feff}'))
}

fn parse(text: &str) -> io::Result<Vec<Row>> {
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(io::Error::other)?.clone();
    let mut places = [0; 3];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let at = header
            .iter()
            .position(|name| name.trim().eq_ignore_ascii_case(column));
        *place = at.ok_or_else(|| io::Error::other(format!("there is no column `{column}`")))?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(io::Error::other)?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row {
            line,
            group: group(&record, places),
        });
    }
    Ok(rows)
}

fn group(record: &StringRecord, places: [usize; 3]) -> Result<(String, u64, u64), String> {
    let cell = |at: usize| record.get(places[at]).map_or("", str::trim);
    let number = |at: usize| {
        let text = cell(at);
        text.parse()
            .map_err(|_| format!("{}: `{text}` is no whole number", COLUMNS[at]))
    };
    let name = unguarded(cell(0));
    if name.is_empty() {
        return Err("group: it has no name".to_owned());
    }
    Ok((name.to_owned(), number(1)?, number(2)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_groups_or_say_why_not() {
        let rows = parse("of,group,selected\n60,a,18\n9,,3\n10,'=b,x\n").unwrap_or_default();
        let groups: Vec<_> = rows.into_iter().map(|row| (row.line, row.group)).collect();
        assert_eq!(groups[0], (2, Ok(("a".to_owned(), 18, 60))));
        assert_eq!(groups[1], (3, Err("group: it has no name".to_owned())));
        assert_eq!(
            groups[2],
            (4, Err("selected: `x` is no whole number".to_owned()))
        );
        assert!(parse("group,selected\na,1\n").is_err());
    }
}
