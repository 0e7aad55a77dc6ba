//! Scores as a spreadsheet: one row a question, and one for the recommendation.

mod quotes;
mod row;

use std::collections::HashMap;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use jiff::civil::Date;

use self::row::Row;
use crate::model::finding::reading::{
    INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, UNREADABLE_FILE,
};
use crate::model::scorecard::{Answer, Scorecard};
use crate::model::source::{Source, Span};
use crate::model::spreadsheet::{guarded, unguarded};
use crate::model::suggest;
use crate::model::vocabulary::CardStatus;
use crate::store::document::decode::Problems;

/// The row of the recommendation.
pub const OVERALL: &str = "overall";

/// The columns, in order.
const COLUMNS: [&str; 11] = [
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

/// A scorecard as CSV; cells that a spreadsheet would take for a formula begin with `'`.
///
/// # Errors
/// Never, in fact: it is written to memory.
pub fn write(card: &Scorecard) -> Result<String, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
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

/// Reads a scorecard from CSV and where its rows begin; every row that is wrong is reported. `None` when any is.
///
/// Commas, semicolons and tabs between cells are known by the first line.
#[must_use]
pub fn read(source: &Arc<Source>, problems: &mut Problems) -> Option<(Scorecard, Vec<Span>)> {
    let text = source.text();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = source.text().len() - text.len();
    let first = text.lines().next().unwrap_or_default();
    let delimiters = [b',', b';', b'\t'];
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = delimiters
        .into_iter()
        .rev()
        .max_by_key(count)
        .unwrap_or(b',');
    let unclosed = quotes::unclosed(text, delimiter);
    let readable = unclosed.map_or(text, |unclosed| &text[..unclosed.row]);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(readable.as_bytes());
    let mut rows = Rows {
        problems,
        columns: HashMap::new(),
        card: Scorecard::new("", "", ""),
        places: Vec::new(),
        seen: HashMap::new(),
    };
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let at = record.position().map_or(0, csv::Position::byte);
                let start = offset + usize::try_from(at).unwrap_or(0);
                // Blank lines between rows belong to none.
                let start = start + blanks(source.text(), start);
                let line = source.text()[start..].lines().next().unwrap_or_default();
                rows.take(&record, Span::new(start, start + line.len()));
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
        let start = offset + unclosed.quote;
        let line = source.text()[start..].lines().next().unwrap_or_default();
        rows.problems.report(
            UNREADABLE_FILE,
            Span::new(start, start + line.len()),
            "the quote that opens here is not closed at the end of its cell",
            "end the cell with `\"`, and write a quote within it as `\"\"`; the rows from here on are not read",
        );
    }
    if rows.columns.is_empty() && !rows.problems.any_error() {
        rows.problems.report(
            UNREADABLE_FILE,
            Span::default(),
            "this file is empty",
            "`intervy score SCREEN --csv-template` writes one to fill in",
        );
    }
    let found = (rows.card, rows.places);
    (!rows.problems.any_error()).then_some(found)
}

fn blanks(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.len() - rest.trim_start_matches(['\r', '\n']).len()
}

struct Rows<'p> {
    problems: &'p mut Problems,
    /// Names of columns to their places; empty before the first row.
    columns: HashMap<String, usize>,
    card: Scorecard,
    places: Vec<Span>,
    /// Questions to the rows that score them.
    seen: HashMap<String, Span>,
}

impl Rows<'_> {
    fn take(&mut self, record: &StringRecord, line: Span) {
        if self.columns.is_empty() {
            return self.head(record, line);
        }
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            return;
        }
        if cells.len() > self.columns.len()
            && cells[self.columns.len()..]
                .iter()
                .any(|cell| !cell.is_empty())
        {
            let message = format!(
                "the row has {} cells, and there are {} columns",
                cells.len(),
                self.columns.len()
            );
            self.wrong(line, message, "put a text with separators between quotes");
            return;
        }
        let cell = |name: &str| {
            let text = self
                .columns
                .get(name)
                .and_then(|&at| cells.get(at))
                .copied();
            unguarded(text.unwrap_or_default())
        };
        let row = Row {
            question: cell("question"),
            asked: cell("asked"),
            score: cell("score"),
            no_rating: cell("no_rating"),
            mode: cell("mode"),
            seconds: cell("seconds"),
            note: cell("note"),
        };
        let whose = [
            cell("screen"),
            cell("candidate"),
            cell("interviewer"),
            cell("date"),
        ]
        .map(str::to_owned);
        let read = row.rating();
        let question = row.question.to_owned();
        self.whose(&whose, line);
        if question.is_empty() {
            self.wrong(line, "the row names no question".to_owned(), "");
            return;
        }
        if let Some(first) = self.seen.insert(question.clone(), line) {
            self.problems
                .duplicate(INVALID_VALUE, &question, line, first);
            return;
        }
        match read {
            Err(wrong) => {
                for (message, hint) in wrong {
                    self.wrong(line, message, hint);
                }
            }
            Ok(rating) if question == OVERALL => {
                self.card.overall.score = rating.answer.and_then(Answer::score);
                self.card.overall.reason = rating.note;
            }
            Ok(rating) => {
                self.card.questions.push(rating);
                self.places.push(line);
            }
        }
    }

    fn wrong(&mut self, line: Span, message: String, hint: &str) {
        self.problems.report(INVALID_VALUE, line, message, hint);
    }

    fn head(&mut self, record: &StringRecord, line: Span) {
        for (at, name) in record.iter().enumerate() {
            let name = name.trim().to_ascii_lowercase();
            if name.is_empty() {
                continue;
            }
            if !COLUMNS.contains(&name.as_str()) {
                let hint = suggest::hint(&name, COLUMNS).unwrap_or_default();
                let message = format!("there is no column `{name}`");
                self.problems.report(UNKNOWN_FIELD, line, message, hint);
            }
            self.columns.insert(name, at);
        }
        for needed in ["question", "score"] {
            if !self.columns.contains_key(needed) {
                let message = format!("there is no column `{needed}`");
                let hint = "`intervy score SCREEN --csv-template` writes the first line";
                self.problems.report(MISSING_FIELD, line, message, hint);
            }
        }
    }

    /// Every row is of the same scorecard.
    fn whose(&mut self, whose: &[String; 4], line: Span) {
        let [screen, candidate, interviewer, date] = whose;
        let card = &mut self.card;
        let mut other = Vec::new();
        for (what, own, cell) in [
            ("screen", &mut card.screen, screen),
            ("candidate", &mut card.candidate, candidate),
            ("interviewer", &mut card.interviewer, interviewer),
        ] {
            if own.is_empty() {
                own.clone_from(cell);
            } else if !cell.is_empty() && own != cell {
                other.push(format!("the {what} is `{cell}` here, and `{own}` before"));
            }
        }
        if !date.is_empty() {
            match date.parse::<Date>() {
                Ok(day) if card.date.is_none_or(|known| known == day) => card.date = Some(day),
                Ok(_) => other.push("the date is another one than before".to_owned()),
                Err(_) => other.push(format!("`{date}` is no day: write `2026-12-01`")),
            }
        }
        card.status = CardStatus::Draft;
        for message in other {
            self.wrong(line, message, "a file holds one scorecard");
        }
    }
}
