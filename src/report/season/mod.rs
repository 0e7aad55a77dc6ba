//! A season of interviews, taken up candidate by candidate: what one pass counts, and, unless only that is wanted, the
//! scores themselves for what needs all of them at once.

mod candidate;
mod names;
pub mod tallies;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use self::names::Names;
use self::tallies::{OfGroup, OfInterviewer, OfQuestion};
pub use self::times::Times;
use crate::model::record::Record;
use crate::report::agreement::Unit;
use crate::report::clustered::Clustered;
use crate::report::figure::count;

/// What scorecards are put in groups by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The month of the interview.
    Month,
    /// The loop of the screen: what it is hired for.
    Role,
    /// The round of the loop.
    Round,
    /// The blueprint of the screen.
    Blueprint,
    /// The category of the question.
    Category,
}

/// What is kept of the ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Every score: for the model, agreement, and all that needs them at once.
    Scores,
    /// Only what one pass counts, in the same memory however many ratings there are.
    Counts,
}

/// A score, as numbers of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The candidate.
    pub candidate: u32,
    /// The question.
    pub question: u32,
    /// Who gave it.
    pub interviewer: u32,
    /// 1 to 5.
    pub score: u8,
}

/// A screen that was given to several candidates with the same questions: for each candidate, the mean score of each.
pub type FixedScreens = BTreeMap<Vec<usize>, Vec<Vec<Option<f64>>>>;

/// A season of interviews.
#[derive(Debug)]
pub struct Season {
    /// What is kept.
    pub keep: Keep,
    by: Option<By>,
    /// The questions that were pinned.
    pub questions: Names,
    /// Who gave scores.
    pub interviewers: Names,
    /// What is counted of each question.
    pub of_questions: Vec<OfQuestion>,
    /// What is counted of each interviewer.
    pub of_interviewers: Vec<OfInterviewer>,
    /// What is counted of each group, if groups are wanted.
    pub of_groups: BTreeMap<String, OfGroup>,
    /// What is counted of all.
    pub all: OfInterviewer,
    /// How many candidates there are.
    pub candidates: usize,
    /// How many screens were given to them.
    pub screens: usize,
    /// How many scorecards were handed in after others' scores had been shown.
    pub revealed: usize,
    /// How many questions and how many interviewers a rated candidate had, and how many ratings: the harmonic means follow
    /// from the sums of what is left of one.
    pub per_candidate: PerCandidate,
    /// The first and the last day.
    pub days: Option<(Date, Date)>,
    /// The names of the candidates, where scores are kept.
    pub names: Names,
    /// The scores, where they are kept.
    pub scores: Vec<Score>,
    /// Answers that two or more rated independently, where scores are kept.
    pub units: Vec<Unit>,
    /// The screens with the same questions for several candidates, where scores are kept.
    pub fixed: FixedScreens,
}

/// Of how many questions, interviewers and ratings a candidate's mean is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PerCandidate {
    /// How many candidates have a rating.
    pub candidates: usize,
    /// The sum of one over the number of questions.
    pub of_questions: f64,
    /// The sum of one over the number of interviewers.
    pub of_interviewers: f64,
    /// The sum of one over the number of ratings.
    pub of_ratings: f64,
}

impl Season {
    /// One without a candidate.
    #[must_use]
    pub fn new(keep: Keep, by: Option<By>) -> Self {
        Self {
            keep,
            by,
            questions: Names::default(),
            interviewers: Names::default(),
            of_questions: Vec::new(),
            of_interviewers: Vec::new(),
            of_groups: BTreeMap::new(),
            all: OfInterviewer::default(),
            candidates: 0,
            screens: 0,
            revealed: 0,
            per_candidate: PerCandidate::default(),
            days: None,
            names: Names::default(),
            scores: Vec::new(),
            units: Vec::new(),
            fixed: FixedScreens::new(),
        }
    }

    /// Adds all rows of one candidate.
    pub fn add(&mut self, rows: &[Record<'_>]) {
        candidate::add(self, rows);
    }

    /// How many scores were given.
    #[must_use]
    pub fn ratings(&self) -> usize {
        self.all.scores.values()
    }

    /// How many scorecards there are.
    #[must_use]
    pub fn cards(&self) -> usize {
        self.all.cards
    }

    fn question(&mut self, name: &str) -> usize {
        let number = self.questions.number(name);
        if number == self.of_questions.len() {
            self.of_questions.push(OfQuestion::default());
        }
        number
    }

    fn interviewer(&mut self, name: &str) -> usize {
        let number = self.interviewers.number(name);
        if number == self.of_interviewers.len() {
            self.of_interviewers.push(OfInterviewer::default());
        }
        number
    }

    fn see_day(&mut self, day: Date) {
        self.days = Some(match self.days {
            Some((first, last)) => (first.min(day), last.max(day)),
            None => (day, day),
        });
    }

    /// The candidates of the units that two or more rated.
    #[must_use]
    pub fn doubly_rated(&self) -> usize {
        let candidates: BTreeSet<usize> = self.units.iter().map(|unit| unit.candidate).collect();
        candidates.len()
    }
}

/// The squares of some values about their mean, and the degrees of freedom; `None` of fewer than two.
fn squares_about_mean(values: &[f64]) -> Option<(f64, f64)> {
    let mut sums = Clustered::default();
    sums.add(values.iter().copied());
    let freedom = count(values.len()) - 1.0;
    Some((sums.variance()? * freedom, freedom))
}
