//! What a row of scores says of its question.

use crate::model::scorecard::{Answer, LONGEST_NOTE, LONGEST_SECONDS, Rating};
use crate::model::vocabulary::{AskMode, Vocabulary};

/// The cells of a row that say what came of a question.
pub(super) struct Row<'r> {
    pub(super) question: &'r str,
    pub(super) asked: &'r str,
    pub(super) score: &'r str,
    pub(super) no_rating: &'r str,
    pub(super) mode: &'r str,
    pub(super) seconds: &'r str,
    pub(super) note: &'r str,
}

/// What is wrong, and what to do.
pub(super) type WrongCell = (String, &'static str);

impl Row<'_> {
    pub(super) fn rating(&self) -> Result<Rating, Vec<WrongCell>> {
        let mut wrong = Vec::new();
        let asked = yes_or_no("asked", self.asked, &mut wrong);
        let unrated = yes_or_no("no_rating", self.no_rating, &mut wrong) == Some(true);
        let score = match self.score {
            "" => None,
            "1" | "2" | "3" | "4" | "5" => self.score.parse().ok(),
            other => {
                wrong.push((
                    format!("`{other}` is no score"),
                    "write a whole number from 1 to 5, or leave it empty",
                ));
                None
            }
        };
        let answer = match (asked, score, unrated) {
            (_, Some(_), true) => {
                wrong.push((
                    "there is a score and `no_rating`".to_owned(),
                    "keep one of them",
                ));
                None
            }
            (Some(false), Some(_), _) | (Some(false), _, true) => {
                wrong.push((
                    "what was not asked has no score".to_owned(),
                    "write `true` for `asked`, or remove the score",
                ));
                None
            }
            (_, Some(score), false) => Some(Answer::Score(score)),
            (_, None, true) => Some(Answer::NoRating),
            (Some(false), None, false) => Some(Answer::NotAsked),
            (_, None, false) => None,
        };
        let mode = match self.mode {
            "" => None,
            word => {
                let mode = AskMode::from_name(&word.to_ascii_lowercase());
                if mode.is_none() {
                    wrong.push((
                        format!("`{word}` is no mode"),
                        "write quick, standard or deep",
                    ));
                }
                mode
            }
        };
        let seconds = match self.seconds {
            "" => None,
            word => {
                let seconds = word
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds <= LONGEST_SECONDS);
                if seconds.is_none() {
                    wrong.push((format!("`{word}` is no number of seconds"), ""));
                }
                seconds
            }
        };
        if self.note.len() > LONGEST_NOTE {
            wrong.push(("the note is too long".to_owned(), ""));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Rating {
            id: self.question.to_owned(),
            answer,
            mode,
            seconds,
            note: (!self.note.is_empty()).then(|| self.note.to_owned()),
            ..Rating::default()
        })
    }
}

fn yes_or_no(column: &str, cell: &str, wrong: &mut Vec<WrongCell>) -> Option<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "" => None,
        "true" | "yes" | "1" | "x" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => {
            wrong.push((
                format!("`{cell}` does not say whether it was {column}"),
                "write true or false",
            ));
            None
        }
    }
}
