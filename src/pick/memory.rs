//! What is remembered of earlier interviews, question by question.

use jiff::civil::Date;

use crate::model::bank::Bank;
use crate::model::history::History;

/// What is remembered of one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remembered {
    /// In how many screens it was.
    pub uses: u32,
    /// How lately: [`YEAR`] for today, 0 for a year ago and before, or when that is not known.
    pub lately: u32,
    /// Whether the candidate has met it.
    pub met: bool,
    /// Whether it should rest: it was asked too lately, or too often.
    pub resting: Option<Rest>,
}

/// Why a question should rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rest {
    /// It was last asked on this day, within the days of its cool-down.
    CoolDown(Date),
    /// It was in so many screens, as many as the cap allows.
    WornOut(u32),
}

/// The days of a year: what was asked before is no longer told apart.
pub const YEAR: u32 = 365;

/// When questions rest, and for whom.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day of the interview.
    pub today: Date,
    /// Days of rest after a question was asked.
    pub cool_down_days: Option<u32>,
    /// A question that was in so many screens rests.
    pub exposure_cap: Option<u32>,
    /// Who meets no question again.
    pub candidate: Option<String>,
}

/// Whole days from one day to another; 0 where that is not later.
fn days_between(earlier: Date, later: Date) -> u32 {
    let days = earlier.until(later).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// What is remembered of every question of a bank.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// By the index of the question; those beyond the end were never used.
    questions: Vec<Remembered>,
}

impl Memory {
    /// What is remembered of the questions of a bank, in its order.
    #[must_use]
    pub fn new(questions: Vec<Remembered>) -> Self {
        Self { questions }
    }

    /// What a history says about the questions of a bank.
    #[must_use]
    pub fn of_history(bank: &Bank, history: &History, rules: &Rules) -> Self {
        let met = rules.candidate.as_deref().map(|id| history.met_by(id));
        let questions = bank.questions.iter().map(|question| {
            let id = question.id();
            let uses = u32::try_from(history.exposure(id)).unwrap_or(u32::MAX);
            let last = history.last_used(id);
            // A day that is still to come counts as today.
            let age = last.map_or(YEAR, |last| days_between(last, rules.today).min(YEAR));
            let cooling = last.filter(|last| {
                let days = rules.cool_down_days.unwrap_or(0);
                days > 0 && days_between(*last, rules.today) < days
            });
            let worn = rules.exposure_cap.is_some_and(|cap| uses >= cap);
            Remembered {
                uses,
                lately: YEAR - age,
                met: met.as_ref().is_some_and(|met| met.contains(id)),
                resting: cooling
                    .map(Rest::CoolDown)
                    .or_else(|| worn.then_some(Rest::WornOut(uses))),
            }
        });
        Self::new(questions.collect())
    }

    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// What is remembered of the question with this index in the bank.
    #[must_use]
    pub fn of(&self, question: usize) -> Remembered {
        self.questions.get(question).copied().unwrap_or_default()
    }
}
