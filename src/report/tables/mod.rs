//! What is known of a season as tidy tables: one row for each thing, one column for each fact, for programs that reckon with
//! more than fits here.

mod interviews;
mod questions;

use crate::model::bank::Bank;
use crate::model::record::{self, records};
use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::model::table::{Cell, Column};

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// The questions of the bank.
    Questions,
    /// The screens that were pinned for candidates.
    Screens,
    /// The questions of these screens.
    ScreenQuestions,
    /// How category scores combine, as it was pinned into these screens.
    ScreenWeights,
    /// The scorecards.
    Scorecards,
    /// What came of each question in each scorecard.
    Ratings,
}

/// What is told.
#[derive(Clone, Debug)]
pub struct Known<'k> {
    /// The bank.
    pub bank: &'k Bank,
    /// The screens.
    pub screens: Vec<OfCandidate<'k>>,
    /// The scorecards, all those of a candidate together.
    pub cards: Vec<Card<'k>>,
}

/// A screen with whom it was given to.
#[derive(Clone, Copy, Debug)]
pub struct OfCandidate<'k> {
    /// The candidate's pseudonym.
    pub candidate: &'k str,
    /// The screen.
    pub screen: &'k Screen,
}

/// A scorecard with its screen.
#[derive(Clone, Copy, Debug)]
pub struct Card<'k> {
    /// The candidate's pseudonym.
    pub candidate: &'k str,
    /// The screen's id.
    pub screen_id: &'k str,
    /// Who scored.
    pub interviewer: &'k str,
    /// What it says.
    pub card: &'k Scorecard,
    /// Its screen, if that can be read.
    pub screen: Option<&'k Screen>,
    /// Whether everybody who has a scorecard of the candidate has handed it in. Scores of others are not shown before.
    pub is_settled: bool,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 6] = [
        Self::Questions,
        Self::Screens,
        Self::ScreenQuestions,
        Self::ScreenWeights,
        Self::Scorecards,
        Self::Ratings,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Screens => "screens",
            Self::ScreenQuestions => "screen_questions",
            Self::ScreenWeights => "screen_weights",
            Self::Scorecards => "scorecards",
            Self::Ratings => "ratings",
        }
    }

    /// What a row of it is.
    #[must_use]
    pub fn row_is(self) -> &'static str {
        match self {
            Self::Questions => "a question of the bank",
            Self::Screens => "a screen that was pinned for a candidate",
            Self::ScreenQuestions => "a question of such a screen",
            Self::ScreenWeights => {
                "a category of a dimension whose weight is pinned in such a screen"
            }
            Self::Scorecards => "a scorecard, drafts among them",
            Self::Ratings => {
                "a question in a scorecard, of candidates whose scorecards are all handed in"
            }
        }
    }

    /// Its columns, in order.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Questions => &questions::COLUMNS,
            Self::Screens => &interviews::SCREENS,
            Self::ScreenQuestions => &interviews::SCREEN_QUESTIONS,
            Self::ScreenWeights => &interviews::SCREEN_WEIGHTS,
            Self::Scorecards => &interviews::SCORECARDS,
            Self::Ratings => &record::COLUMNS,
        }
    }

    /// Its rows, each with a cell for every column.
    #[must_use]
    pub fn rows<'k>(self, known: &'k Known<'k>) -> Box<dyn Iterator<Item = Vec<Cell<'k>>> + 'k> {
        let screens = || known.screens.iter();
        match self {
            Self::Questions => Box::new(questions::rows(known.bank)),
            Self::Screens => Box::new(screens().map(interviews::screen)),
            Self::ScreenQuestions => Box::new(screens().flat_map(interviews::screen_questions)),
            Self::ScreenWeights => Box::new(screens().flat_map(interviews::screen_weights)),
            Self::Scorecards => Box::new(known.cards.iter().map(interviews::scorecard)),
            Self::Ratings => Box::new(
                known
                    .cards
                    .iter()
                    .filter(|card| card.is_settled)
                    .flat_map(|card| records(card.screen, card.card))
                    .map(|record| record.cells()),
            ),
        }
    }
}
