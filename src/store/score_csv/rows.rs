//! The rows of a spreadsheet, put together to one scorecard.

use std::collections::HashMap;

use csv::StringRecord;

use super::cell::{WrongCell, day};
use super::row::Row;
use super::{NAMES, OVERALL};
use crate::model::finding::reading::{INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD};
use crate::model::pseudonym;
use crate::model::scorecard::{Answer, Rating, Scorecard};
use crate::model::source::Span;
use crate::model::spreadsheet::unguarded;
use crate::model::suggest;
use crate::store::document::decode::{self, Problems};
use crate::store::scorecard::{Places, Reading};

/// The rows that were taken.
pub(super) struct Rows<'p> {
    pub(super) problems: &'p mut Problems,
    pub(super) reading: Reading,
    /// Names of columns to their places; empty before the first row.
    columns: HashMap<String, usize>,
    /// Questions to the rows that score them.
    seen: HashMap<String, Span>,
}

impl<'p> Rows<'p> {
    pub(super) fn new(problems: &'p mut Problems) -> Self {
        Self {
            problems,
            reading: Reading {
                card: Scorecard::new("", "", ""),
                places: Places::default(),
            },
            columns: HashMap::new(),
            seen: HashMap::new(),
        }
    }

    /// Whether the first row was there.
    pub(super) fn has_columns(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Takes a row; the first one names the columns.
    pub(super) fn take(&mut self, record: &StringRecord, line: Span) {
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            return;
        }
        if self.columns.is_empty() {
            return self.head(&cells, line);
        }
        // That no row can name its question is said once.
        if !self.columns.contains_key("question") {
            return;
        }
        let cell = |name: &str| {
            let at = self.columns.get(name);
            let text = at.and_then(|&at| cells.get(at)).copied();
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
        let whose = ["screen", "candidate", "interviewer"].map(|name| cell(name).to_owned());
        let date = cell("date").to_owned();
        let (rating, mut wrong) = row.rating();
        let has_column = |at: usize| self.columns.values().any(|&column| column == at);
        let mut cells = cells.iter().enumerate();
        if cells.any(|(at, cell)| !cell.is_empty() && !has_column(at)) {
            let (cells, columns) = (record.len(), self.columns.len());
            let message = format!("the row has {cells} cells, and there are {columns} columns");
            // Its other cells may belong to other columns.
            wrong = vec![(message, "put a text with separators between quotes")];
        } else {
            self.whose(whose, line, &mut wrong);
            self.date(&date, &mut wrong);
        }
        if rating.id.is_empty() {
            wrong.push(("the row names no question".to_owned(), ""));
        }
        for (message, hint) in wrong {
            self.wrong(line, message, hint);
        }
        self.keep(rating, line);
    }

    /// Keeps what a row says of its question, right or wrong.
    fn keep(&mut self, rating: Rating, line: Span) {
        if rating.id.is_empty() {
            return;
        }
        if let Some(first) = self.seen.insert(rating.id.clone(), line) {
            self.problems
                .duplicate(INVALID_VALUE, &rating.id, line, first);
            return;
        }
        let Reading { card, places } = &mut self.reading;
        if rating.id == OVERALL {
            card.overall.score = rating.answer.and_then(Answer::score);
            card.overall.reason = rating.note;
            return;
        }
        card.questions.push(rating);
        places.questions.push(line);
    }

    fn wrong(&mut self, line: Span, message: String, hint: &str) {
        self.problems.report(INVALID_VALUE, line, message, hint);
    }

    fn head(&mut self, cells: &[&str], line: Span) {
        for (at, name) in cells.iter().enumerate() {
            // Behind a name, a column may say what it takes.
            let name = name.split('(').next().unwrap_or_default().trim_end();
            let name = name.to_ascii_lowercase();
            if name.is_empty() {
                continue;
            }
            if !NAMES.contains(&name.as_str()) {
                let hint = suggest::hint(&name, NAMES).unwrap_or_default();
                let message = format!("there is no column `{name}`");
                self.problems.report(UNKNOWN_FIELD, line, message, hint);
            }
            if self.columns.insert(name.clone(), at).is_some() {
                self.problems.duplicate(INVALID_VALUE, &name, line, line);
            }
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
    fn whose(&mut self, whose: [String; 3], line: Span, wrong: &mut Vec<WrongCell>) {
        let (card, places) = (&mut self.reading.card, &mut self.reading.places);
        let own = [
            ("screen", &mut card.screen, &mut places.screen),
            ("candidate", &mut card.candidate, &mut places.candidate),
            (
                "interviewer",
                &mut card.interviewer,
                &mut places.interviewer,
            ),
        ];
        for ((what, own, place), cell) in own.into_iter().zip(whose) {
            if cell.is_empty() {
                continue;
            }
            if what == "screen" && decode::id_word(&cell).is_err() {
                let hint = "the id of a screen is kebab-case, as `backend-30-d803cb1d`";
                wrong.push((format!("`{cell}` is no id of a screen"), hint));
            } else if let Some(why) = pseudonym::check(&cell).err().filter(|_| what != "screen") {
                let hint = "use a short pseudonym, as `C-042`";
                wrong.push((format!("the {what} `{cell}` {why}"), hint));
            } else if own.is_empty() {
                *own = cell;
                *place = line;
            } else if *own != cell {
                let message = format!("the {what} is `{cell}` here, and `{own}` before");
                wrong.push((message, "a file holds one scorecard"));
            }
        }
    }

    fn date(&mut self, cell: &str, wrong: &mut Vec<WrongCell>) {
        if cell.is_empty() {
            return;
        }
        let known = &mut self.reading.card.date;
        match day(cell) {
            Err(why) => wrong.push(why),
            Ok(day) if known.is_none_or(|known| known == day) => *known = Some(day),
            Ok(_) => wrong.push((
                "the date is another one than before".to_owned(),
                "a file holds one scorecard",
            )),
        }
    }
}
