//! Scores as a spreadsheet: one row a question, and one for the recommendation.

mod cell;
mod quotes;
mod row;
mod rows;

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use self::rows::Rows;
use crate::model::finding::reading::UNREADABLE_FILE;
use crate::model::scorecard::{Answer, Scorecard};
use crate::model::source::{Source, Span};
use crate::model::spreadsheet::guarded;
use crate::store::document::decode::Problems;
use crate::store::scorecard::Reading;

/// The row of the recommendation.
pub const OVERALL: &str = "overall";

/// The names of the columns, in order.
const NAMES: [&str; 11] = [
    "screen",
    "candidate",
    "interviewer",
    "date",
    "question",
    "asked",
    "score",
    "no_rating",
    "mode",
    "seconds",
    "note",
];

/// The column of the scores, with what it takes.
const SCORE: &str = "score (1-5 none skip)";

/// A scorecard as CSV; cells that a spreadsheet would take for a formula begin with `'`.
///
/// # Errors
/// Never, in fact: it is written to memory.
pub fn write(card: &Scorecard) -> Result<String, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(NAMES.map(|name| match name {
        "score" => SCORE,
        name => name,
    }))?;
    let date = card.date.map(|date| date.to_string()).unwrap_or_default();
    for rating in &card.questions {
        let asked = rating.answer.map(|answer| answer != Answer::NotAsked);
        let score = rating.answer.and_then(Answer::score);
        let unrated = rating.answer == Some(Answer::NoRating);
        writer.write_record([
            guarded(&card.screen),
            guarded(&card.candidate),
            guarded(&card.interviewer),
            date.clone(),
            guarded(&rating.id),
            asked.map(|asked| asked.to_string()).unwrap_or_default(),
            score.map(|score| score.to_string()).unwrap_or_default(),
            if unrated {
                "true".to_owned()
            } else {
                String::new()
            },
            rating.mode.map(|mode| mode.to_string()).unwrap_or_default(),
            rating
                .seconds
                .map(|seconds| seconds.to_string())
                .unwrap_or_default(),
            guarded(rating.note.as_deref().unwrap_or_default()),
        ])?;
    }
    let score = card.overall.score;
    writer.write_record([
        guarded(&card.screen),
        guarded(&card.candidate),
        guarded(&card.interviewer),
        date,
        OVERALL.to_owned(),
        String::new(),
        score.map(|score| score.to_string()).unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        guarded(card.overall.reason.as_deref().unwrap_or_default()),
    ])?;
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a text seems to be scores as a spreadsheet.
#[must_use]
pub fn resembles(text: &str) -> bool {
    let table = Table::new(text);
    let first = table.text.lines().next().unwrap_or_default();
    first.to_ascii_lowercase().contains("question") && !first.contains(['=', '{'])
}

/// Reads a scorecard from CSV as far as it can be read; every row that is wrong is reported.
///
/// Commas, semicolons and tabs between cells are known by the first line.
#[must_use]
pub fn read(source: &Arc<Source>, problems: &mut Problems) -> Reading {
    let table = Table::new(source.text());
    let line_at = |at: usize| {
        let start = table.offset + at;
        let line = source.text()[start..].lines().next().unwrap_or_default();
        Span::new(start, start + line.len())
    };
    let unclosed = quotes::unclosed(table.text, table.delimiter);
    let readable = unclosed.map_or(table.text, |unclosed| &table.text[..unclosed.row]);
    let mut reader = ReaderBuilder::new()
        .delimiter(table.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(readable.as_bytes());
    let mut rows = Rows::new(problems);
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let at = record.position().map_or(0, csv::Position::byte);
                let at = usize::try_from(at).unwrap_or(0);
                // Blank lines between rows belong to none.
                rows.take(&record, line_at(at + blanks(table.text, at)));
            }
            Err(error) => {
                let message = format!("this is no CSV: {error}");
                rows.problems
                    .report(UNREADABLE_FILE, Span::default(), message, "");
                break;
            }
        }
    }
    if let Some(unclosed) = unclosed {
        rows.problems.report(
            UNREADABLE_FILE,
            line_at(unclosed.quote),
            "the quote that opens here is not closed at the end of its cell",
            "end the cell with `\"`, and write a quote within it as `\"\"`; the rows from here on are not read",
        );
    } else if !rows.has_columns() {
        rows.problems.report(
            UNREADABLE_FILE,
            Span::default(),
            "this file is empty",
            "`intervy score SCREEN --csv-template` writes one to fill in",
        );
    }
    rows.reading
}

fn blanks(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.len() - rest.trim_start_matches(['\r', '\n']).len()
}

/// The rows of a file, without what stands before them.
struct Table<'t> {
    text: &'t str,
    /// Where they begin in the file.
    offset: usize,
    delimiter: u8,
}

impl<'t> Table<'t> {
    fn new(file: &'t str) -> Self {
        const DELIMITERS: [u8; 3] = [b'\t', b';', b','];
        let text = file.strip_prefix('\u{feff}').unwrap_or(file);
        let line = text.split_inclusive('\n').next().unwrap_or_default();
        // Excel writes and reads `sep=;` before the rows.
        let said = line.trim_end_matches(['\r', '\n']).as_bytes();
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] = *said
            && DELIMITERS.contains(&delimiter)
        {
            let text = &text[line.len()..];
            return Self {
                text,
                offset: file.len() - text.len(),
                delimiter,
            };
        }
        let count = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
        let most = DELIMITERS.into_iter().max_by_key(count);
        Self {
            text,
            offset: file.len() - text.len(),
            delimiter: most.unwrap_or(b','),
        }
    }
}
