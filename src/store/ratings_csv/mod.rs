//! The table of ratings from CSV, candidate by candidate, however long it is.

mod bounded;
mod row;

use std::collections::HashSet;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};
use foldhash::fast::RandomState;

use self::bounded::Bounded;
use self::row::Columns;
use crate::model::record::Record;

/// The most rows that one candidate may have.
const MOST_ROWS: usize = 100_000;
/// The most interviewers who rate one answer: pairs of them grow with the square.
const MOST_RATERS: usize = 200;
/// The most problems that are told.
const MOST_PROBLEMS: usize = 50;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file, from 1.
    pub line: u64,
    /// The column's name; empty: the row.
    pub column: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// How a table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What is wrong, in the order of the lines.
    pub problems: Vec<Problem>,
    /// Whether there are more than are told.
    pub has_more: bool,
    /// Columns that mean nothing here.
    pub unknown: Vec<String>,
}

impl Reading {
    fn report(&mut self, line: u64, column: &str, message: impl Into<String>) {
        if self.problems.len() == MOST_PROBLEMS {
            self.has_more = true;
            return;
        }
        self.problems.push(Problem {
            line,
            column: column.to_owned(),
            message: message.into(),
        });
    }
}

/// Opens a table, with how many bytes it has.
///
/// # Errors
/// When it cannot be opened.
pub fn open(path: &Path) -> io::Result<(Box<dyn Read>, u64)> {
    let file = File::open(path)?;
    let there = file.metadata()?;
    if there.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok((Box::new(file), there.len()))
}

/// Reads a table and hands out the rows of one candidate after another; rows of a candidate must be together, as
/// `intervy report export` writes them. Memory does not grow with the number of rows, but for a number per candidate. Once a
/// problem was found nothing is handed out any more, and the rest is only checked.
pub fn read(source: impl Read, mut each: impl FnMut(&[Record<'_>])) -> Reading {
    let mut reading = Reading::default();
    let (source, seen) = Bounded::new(source);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(source);
    let columns = match reader.byte_headers() {
        Ok(headers) => Columns::of(headers, &mut reading),
        Err(error) => {
            reading.report(1, "", said(&error));
            None
        }
    };
    let Some(columns) = columns else {
        return reading;
    };
    let hasher = RandomState::default();
    let mut done: HashSet<u64, RandomState> = HashSet::default();
    // The rows of the candidate that is read now, and the room of former ones.
    let mut rows: Vec<(u64, ByteRecord)> = Vec::new();
    let mut used = 0;
    loop {
        if used == rows.len() {
            rows.push((0, ByteRecord::new()));
        }
        let (line, row) = &mut rows[used];
        match reader.read_byte_record(row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error
                    .position()
                    .map_or(reader.position().line(), csv::Position::line);
                reading.report(at, "", said(&error));
                return reading;
            }
        }
        seen.forget();
        *line = row.position().map_or(0, csv::Position::line);
        let is_new = used > 0 && columns.candidate(&rows[used].1) != columns.candidate(&rows[0].1);
        if is_new {
            hand_out(&columns, &rows[..used], &mut reading, &mut each);
            rows.swap(0, used);
            used = 0;
        }
        if used == 0 {
            let name = columns.candidate(&rows[0].1);
            if !done.insert(hasher.hash_one(name)) {
                let name = String::from_utf8_lossy(name).into_owned();
                let message =
                    format!("rows of `{name}` are in two places; sort the table by candidate");
                reading.report(rows[0].0, "candidate", message);
            }
        }
        used += 1;
        if used > MOST_ROWS {
            let message = format!(
                "a candidate has more than {MOST_ROWS} rows; is this the table of ratings?"
            );
            reading.report(rows[used - 1].0, "candidate", message);
            return reading;
        }
    }
    if used > 0 {
        hand_out(&columns, &rows[..used], &mut reading, &mut each);
    }
    reading
}

fn said(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => "this is no CSV".to_owned(),
    }
}

fn hand_out(
    columns: &Columns,
    rows: &[(u64, ByteRecord)],
    reading: &mut Reading,
    each: &mut impl FnMut(&[Record<'_>]),
) {
    let mut records: Vec<Record<'_>> = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        records.extend(columns.record(*line, row, reading));
    }
    if records.len() < rows.len() {
        return;
    }
    let mut keys: Vec<_> = records
        .iter()
        .zip(rows)
        .map(|(record, (line, _))| (record.screen, record.interviewer, record.question, *line))
        .collect();
    keys.sort_unstable();
    for pair in keys.windows(2) {
        let is_same = (pair[0].0, pair[0].1, pair[0].2) == (pair[1].0, pair[1].1, pair[1].2);
        if is_same {
            let message = format!(
                "`{}` rated `{}` on line {} already, for the same candidate and screen",
                pair[1].1, pair[1].2, pair[0].3
            );
            reading.report(pair[1].3, "question", message);
        }
    }
    let mut answers: Vec<_> = keys.iter().map(|key| (key.0, key.2, key.3)).collect();
    answers.sort_unstable();
    for answer in answers.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if let Some((_, question, line)) = answer.get(MOST_RATERS) {
            let message = format!(
                "more than {MOST_RATERS} interviewers rated `{question}`; is this the table of ratings?"
            );
            reading.report(*line, "interviewer", message);
        }
    }
    if reading.problems.is_empty() {
        each(&records);
    }
}
