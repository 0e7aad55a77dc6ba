//! A row of the table of ratings: what came of one question in one scorecard.

use jiff::civil::Date;

use crate::model::scorecard::{Answer, Scorecard};
use crate::model::screen::Screen;
use crate::model::table::{Cell, Column, Kind};
use crate::model::vocabulary::{AskMode, Vocabulary};

/// What came of one question in one scorecard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record<'r> {
    /// The candidate's pseudonym.
    pub candidate: &'r str,
    /// The screen's id.
    pub screen: &'r str,
    /// Who asked.
    pub interviewer: &'r str,
    /// The question's id.
    pub question: &'r str,
    /// The hash of the question's file when it was asked; empty: unknown.
    pub hash: &'r str,
    /// The question's category; empty: unknown.
    pub category: &'r str,
    /// The blueprint of the screen; empty: none.
    pub blueprint: &'r str,
    /// The loop that the screen belongs to; empty: none.
    pub hiring_loop: &'r str,
    /// The round of that loop; empty: none.
    pub round: &'r str,
    /// The day of the interview.
    pub date: Option<Date>,
    /// The place in the screen, from 1; 0: unknown.
    pub position: u32,
    /// How deep the question was planned.
    pub planned_mode: Option<AskMode>,
    /// How deep it was taken.
    pub mode: Option<AskMode>,
    /// The minutes that were planned.
    pub planned_minutes: Option<u32>,
    /// The seconds that it took.
    pub seconds: Option<u32>,
    /// What came of it, independently of others; `None`: nobody said.
    pub answer: Option<Answer>,
    /// What it was revised to, where that is something else.
    pub revised: Option<Answer>,
    /// Whether others' scores were shown before it was handed in, so that it may not be independent.
    pub is_revealed: bool,
}

impl Record<'_> {
    /// The independent score.
    #[must_use]
    pub fn score(&self) -> Option<u8> {
        self.answer.and_then(Answer::score)
    }

    /// Whether the question was asked; `None`: nobody said.
    #[must_use]
    pub fn asked(&self) -> Option<bool> {
        self.answer.map(|answer| answer != Answer::NotAsked)
    }
}

/// The rows of a scorecard, in the order of the screen. What the scorecard has and the screen does not follows.
pub fn records<'r>(
    screen: Option<&'r Screen>,
    card: &'r Scorecard,
) -> impl Iterator<Item = Record<'r>> {
    let pinned = screen.map_or(&[][..], |screen| &screen.questions);
    let base = base(screen, card);
    let of_screen = pinned
        .iter()
        .zip(1..)
        .map(move |(question, position)| Record {
            question: &question.id,
            hash: &question.hash,
            category: &question.category,
            position,
            planned_mode: Some(question.mode),
            planned_minutes: Some(question.minutes),
            ..base
        });
    let others = card.questions.iter();
    let others = others.filter(|rating| pinned.iter().all(|question| question.id != rating.id));
    let others = others.map(move |rating| Record {
        question: &rating.id,
        ..base
    });
    of_screen.chain(others).map(|record| filled(record, card))
}

fn base<'r>(screen: Option<&'r Screen>, card: &'r Scorecard) -> Record<'r> {
    let occasion = screen.map(|screen| &screen.occasion);
    let word = |word: Option<&'r Option<String>>| word.and_then(Option::as_deref).unwrap_or("");
    Record {
        candidate: &card.candidate,
        screen: &card.screen,
        interviewer: &card.interviewer,
        blueprint: word(screen.map(|screen| &screen.blueprint)),
        hiring_loop: word(occasion.map(|occasion| &occasion.hiring_loop)),
        round: word(occasion.map(|occasion| &occasion.round)),
        date: card.date,
        is_revealed: !card.reveals.is_empty(),
        ..Record::default()
    }
}

fn filled<'r>(record: Record<'r>, card: &'r Scorecard) -> Record<'r> {
    let Some(rating) = card.rating(record.question) else {
        return record;
    };
    let revised = card.revised(record.question);
    Record {
        hash: rating.hash.as_deref().unwrap_or(record.hash),
        // Where nothing is said, it was taken as planned.
        mode: rating.mode.or(record.planned_mode),
        seconds: rating.seconds,
        answer: rating.answer,
        revised: revised.filter(|revised| Some(*revised) != rating.answer),
        ..record
    }
}

/// The columns of the table of ratings, in order.
pub const COLUMNS: [Column; 20] = [
    Column::new("candidate", Kind::Text, "the pseudonym"),
    Column::new("screen", Kind::Text, "the screen's id"),
    Column::new("interviewer", Kind::Text, "who asked"),
    Column::new("question", Kind::Text, "the question's id"),
    Column::new(
        "hash",
        Kind::Text,
        "of the question's file when it was asked",
    ),
    Column::new("category", Kind::Text, "the question's, when it was pinned"),
    Column::new("blueprint", Kind::Text, "the screen's"),
    Column::new("loop", Kind::Text, "that the screen belongs to"),
    Column::new("round", Kind::Text, "of the loop"),
    Column::new("date", Kind::Day, "of the interview"),
    Column::new(
        "position",
        Kind::Whole,
        "in the screen, from 1; none: it is not in the screen",
    ),
    Column::new("planned_mode", Kind::Text, "`quick`, `standard` or `deep`"),
    Column::new("mode", Kind::Text, "how deep it was really taken"),
    Column::new("planned_minutes", Kind::Whole, "for that question"),
    Column::new("seconds", Kind::Whole, "that it took"),
    Column::new("asked", Kind::Truth, "none: nobody said"),
    Column::new(
        "score",
        Kind::Whole,
        "1 to 5, given independently; none: not rated",
    ),
    Column::new(
        "revised_asked",
        Kind::Truth,
        "only where the debrief changed something",
    ),
    Column::new(
        "revised_score",
        Kind::Whole,
        "only where the debrief changed something",
    ),
    Column::new(
        "revealed",
        Kind::Truth,
        "whether others' scores were shown before it was handed in",
    ),
];

impl<'r> Record<'r> {
    /// The cells of the table's row, in the order of [`COLUMNS`].
    #[must_use]
    pub fn cells(&self) -> Vec<Cell<'r>> {
        let mode = |mode: Option<AskMode>| Cell::some_text(mode.map(AskMode::name));
        let asked =
            |answer: Option<Answer>| Cell::truth(answer.map(|answer| answer != Answer::NotAsked));
        vec![
            Cell::text(self.candidate),
            Cell::text(self.screen),
            Cell::text(self.interviewer),
            Cell::text(self.question),
            Cell::text(self.hash),
            Cell::text(self.category),
            Cell::text(self.blueprint),
            Cell::text(self.hiring_loop),
            Cell::text(self.round),
            Cell::day(self.date),
            Cell::whole(Some(self.position).filter(|position| *position > 0)),
            mode(self.planned_mode),
            mode(self.mode),
            Cell::whole(self.planned_minutes),
            Cell::whole(self.seconds),
            asked(self.answer),
            Cell::score(self.score()),
            asked(self.revised),
            Cell::score(self.revised.and_then(Answer::score)),
            Cell::truth(Some(self.is_revealed)),
        ]
    }
}
