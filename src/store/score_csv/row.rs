//! What a row of scores says of its question.

use crate::model::scorecard::{Answer, LONGEST_NOTE, LONGEST_SECONDS, Rating};
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::store::score_csv::OVERALL;
use crate::store::score_csv::cell::{WrongCell, whole, yes_or_no};

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

impl Row<'_> {
    /// What the row says, as far as it can be read, and what is wrong with it.
    pub(super) fn rating(&self) -> (Rating, Vec<WrongCell>) {
        let mut wrong = Vec::new();
        let answer = self.answer(&mut wrong);
        if self.question == OVERALL && matches!(answer, Some(Answer::NoRating | Answer::NotAsked)) {
            let message = "the recommendation is a score".to_owned();
            wrong.push((message, "write 1 to 5"));
        }
        let mode = self.mode(&mut wrong);
        let seconds = self.seconds(&mut wrong);
        if self.note.len() > LONGEST_NOTE {
            wrong.push(("the note is too long".to_owned(), ""));
        }
        let rating = Rating {
            id: self.question.to_owned(),
            answer,
            mode,
            seconds,
            note: (!self.note.is_empty()).then(|| self.note.to_owned()),
            ..Rating::default()
        };
        (rating, wrong)
    }

    /// What `asked`, `score` and `no_rating` say together.
    fn answer(&self, wrong: &mut Vec<WrongCell>) -> Option<Answer> {
        let asked = yes_or_no("asked", self.asked, wrong);
        let unrated = yes_or_no("no_rating", self.no_rating, wrong) == Some(true);
        let said = self.score(wrong);
        if unrated && matches!(said, Some(Answer::Score(_))) {
            wrong.push((
                "there is a score and `no_rating`".to_owned(),
                "keep one of them",
            ));
            return None;
        }
        let skipped = said == Some(Answer::NotAsked);
        let rated = matches!(said, Some(Answer::Score(_) | Answer::NoRating)) || unrated;
        if rated && (skipped || asked == Some(false)) {
            wrong.push((
                "what was not asked has no score".to_owned(),
                "write `true` for `asked`, or remove the score",
            ));
            return None;
        }
        if skipped && asked == Some(true) {
            wrong.push((
                "there is `skip` for what was asked".to_owned(),
                "write `none` if it is not rated, or `false` for `asked`",
            ));
            return None;
        }
        match said {
            None if unrated => Some(Answer::NoRating),
            None if asked == Some(false) => Some(Answer::NotAsked),
            said => said,
        }
    }

    fn score(&self, wrong: &mut Vec<WrongCell>) -> Option<Answer> {
        let answer = Answer::from_word(whole(self.score));
        if answer.is_none() && !self.score.is_empty() {
            wrong.push((
                format!("`{}` is no score", self.score),
                "write 1 to 5, `none` (no rating) or `skip` (not asked), or leave it empty",
            ));
        }
        answer
    }

    fn mode(&self, wrong: &mut Vec<WrongCell>) -> Option<AskMode> {
        let mode = AskMode::from_name(&self.mode.to_ascii_lowercase());
        if mode.is_none() && !self.mode.is_empty() {
            let message = format!("`{}` is no mode", self.mode);
            wrong.push((message, "write quick, standard or deep"));
        }
        mode
    }

    fn seconds(&self, wrong: &mut Vec<WrongCell>) -> Option<u32> {
        let seconds = whole(self.seconds).parse().ok();
        let seconds = seconds.filter(|seconds| *seconds <= LONGEST_SECONDS);
        if seconds.is_none() && !self.seconds.is_empty() {
            let message = format!("`{}` is no number of seconds", self.seconds);
            wrong.push((message, "write a whole number, a week of them at most"));
        }
        seconds
    }
}
