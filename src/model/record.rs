//! A row of the table of ratings: what came of one question in one scorecard.

use jiff::civil::Date;

use crate::model::scorecard::{Answer, Scorecard};
use crate::model::screen::Screen;
use crate::model::vocabulary::AskMode;

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
pub const COLUMNS: [&str; 19] = [
    "candidate",
    "screen",
    "interviewer",
    "question",
    "hash",
    "category",
    "blueprint",
    "loop",
    "round",
    "date",
    "position",
    "planned_mode",
    "mode",
    "planned_minutes",
    "seconds",
    "asked",
    "score",
    "revised_asked",
    "revised_score",
];
