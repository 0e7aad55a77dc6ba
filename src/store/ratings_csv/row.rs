//! A row of the table, by the names of its columns.

use csv::ByteRecord;
use jiff::civil::Date;

use super::Reading;
use crate::model::record::{COLUMNS, Record};
use crate::model::scorecard::{Answer, LONGEST_SECONDS};
use crate::model::spreadsheet::unguarded;
use crate::model::suggest::nearest;
use crate::model::vocabulary::{AskMode, Vocabulary};

/// The columns without which there is no rating.
const NEEDED: [&str; 4] = ["candidate", "interviewer", "question", "score"];
/// The longest name.
const LONGEST: usize = 256;
/// The most minutes that may be planned.
const MOST_MINUTES: u32 = 600;

/// Where each of [`COLUMNS`] is.
pub(super) struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Columns {
    /// From the names of a header; `None` where one is missing.
    pub(super) fn of(header: &ByteRecord, reading: &mut Reading) -> Option<Self> {
        let mut places = [None; COLUMNS.len()];
        for (at, name) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(name);
            let name = name.trim_start_matches('\u{feff}').trim();
            match COLUMNS.iter().position(|known| known.name == name) {
                Some(known) if places[known].is_some() => {
                    reading.report(1, name, "this column is there twice");
                }
                Some(known) => places[known] = Some(at),
                None => reading.unknown.push(name.to_owned()),
            }
        }
        for needed in NEEDED {
            let at = COLUMNS.iter().position(|known| known.name == needed)?;
            if places[at].is_none() {
                let near = nearest(needed, reading.unknown.iter().map(String::as_str));
                let near = near.map_or_else(String::new, |near| format!("; is it `{near}`?"));
                reading.report(1, needed, format!("there is no column `{needed}`{near}"));
            }
        }
        reading.problems.is_empty().then_some(Self {
            places,
            width: header.len(),
        })
    }

    /// The bytes of a row's candidate.
    pub(super) fn candidate<'r>(&self, row: &'r ByteRecord) -> &'r [u8] {
        let at = self.places[0];
        at.and_then(|at| row.get(at)).unwrap_or_default()
    }

    /// A row; what is wrong with it is reported.
    pub(super) fn record<'r>(
        &self,
        line: u64,
        row: &'r ByteRecord,
        reading: &mut Reading,
    ) -> Option<Record<'r>> {
        let before = (reading.problems.len(), reading.has_more);
        if row.len() != self.width {
            let message = format!("{} cells where the header has {}", row.len(), self.width);
            reading.report(line, "", message);
            return None;
        }
        let mut cells = Cells {
            columns: self,
            row,
            line,
            reading,
        };
        let record = Record {
            candidate: cells.name("candidate"),
            screen: cells.text("screen"),
            interviewer: cells.name("interviewer"),
            question: cells.name("question"),
            hash: cells.text("hash"),
            category: cells.text("category"),
            blueprint: cells.text("blueprint"),
            hiring_loop: cells.text("loop"),
            round: cells.text("round"),
            date: cells.date(),
            position: cells.number("position", u32::MAX).unwrap_or(0),
            planned_mode: cells.mode("planned_mode"),
            mode: cells.mode("mode"),
            planned_minutes: cells.number("planned_minutes", MOST_MINUTES),
            seconds: cells.number("seconds", LONGEST_SECONDS),
            answer: cells.answer("asked", "score"),
            revised: cells.answer("revised_asked", "revised_score"),
            is_revealed: cells.truth("revealed").unwrap_or(false),
        };
        ((reading.problems.len(), reading.has_more) == before).then_some(record)
    }
}

struct Cells<'c, 'r> {
    columns: &'c Columns,
    row: &'r ByteRecord,
    line: u64,
    reading: &'c mut Reading,
}

impl<'r> Cells<'_, 'r> {
    fn text(&mut self, column: &str) -> &'r str {
        let at = COLUMNS.iter().position(|known| known.name == column);
        let place = at.and_then(|at| self.columns.places[at]);
        let bytes = place
            .and_then(|place| self.row.get(place))
            .unwrap_or_default();
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.reading
                .report(self.line, column, "this is no UTF-8 text");
            return "";
        };
        let text = unguarded(text.trim());
        if text.len() > LONGEST {
            let message = format!("this is longer than {LONGEST} bytes");
            self.reading.report(self.line, column, message);
            return "";
        }
        text
    }

    fn name(&mut self, column: &str) -> &'r str {
        let name = self.text(column);
        if name.is_empty() {
            self.reading
                .report(self.line, column, format!("no {column} is named"));
        }
        name
    }

    fn wrong(&mut self, column: &str, text: &str, wanted: &str) {
        self.reading
            .report(self.line, column, format!("`{text}` is not {wanted}"));
    }

    fn number(&mut self, column: &str, most: u32) -> Option<u32> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number| *number <= most);
        if number.is_none() {
            self.wrong(column, text, &format!("a whole number up to {most}"));
        }
        number
    }

    fn date(&mut self) -> Option<Date> {
        let text = self.text("date");
        if text.is_empty() {
            return None;
        }
        let date = text.parse().ok();
        if date.is_none() {
            self.wrong("date", text, "a day as 2026-12-01");
        }
        date
    }

    fn mode(&mut self, column: &str) -> Option<AskMode> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let mode = AskMode::from_name(text);
        if mode.is_none() {
            self.wrong(column, text, "quick, standard or deep");
        }
        mode
    }

    fn truth(&mut self, column: &str) -> Option<bool> {
        match self.text(column) {
            "" => None,
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            other => {
                self.wrong(column, other, "true or false");
                None
            }
        }
    }

    fn answer(&mut self, asked: &str, score: &str) -> Option<Answer> {
        let said = self.truth(asked);
        let given = match self.text(score) {
            "" => None,
            text => {
                let given = text.parse().ok().filter(|given| (1..=5).contains(given));
                if given.is_none() {
                    self.wrong(score, text, "a score from 1 to 5, or empty");
                }
                given
            }
        };
        match (said, given) {
            (Some(false), Some(_)) => {
                self.reading.report(
                    self.line,
                    score,
                    "a question that was not asked has a score",
                );
                None
            }
            (_, Some(given)) => Some(Answer::Score(given)),
            (Some(true), None) => Some(Answer::NoRating),
            (Some(false), None) => Some(Answer::NotAsked),
            (None, None) => None,
        }
    }
}
