//! What a debrief says: the shape of its JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Mechanical;
use crate::model::vocabulary::{AskMode, CardStatus};
use crate::report::figure::Figure;

/// All scorecards of a candidate side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Debrief {
    /// The pseudonym.
    pub candidate: String,
    /// The weighted mean of the independent scores.
    pub mean: Mechanical,
    /// The same of the scores after revisions, if there are any.
    pub revised_mean: Option<Mechanical>,
    /// Points above the season's mean, if it was asked for: other interviewers and questions taken into account.
    pub adjusted: Option<Figure>,
    /// Answers that were rated two or more points apart, the furthest first.
    pub differences: Vec<Difference>,
    /// The categories of the screens.
    pub categories: Vec<CategoryRow>,
    /// The interviews.
    pub rounds: Vec<Round>,
}

/// An interview.
#[derive(Clone, Debug, Serialize)]
pub struct Round {
    /// The screen's id.
    pub screen: String,
    /// The screen's title.
    pub title: String,
    /// The title of the round of the loop.
    pub round: Option<String>,
    /// The weighted mean of the independent scores.
    pub mean: Mechanical,
    /// Who asked.
    pub scorecards: Vec<CardRow>,
    /// What was asked, in order.
    pub questions: Vec<QuestionScores>,
}

/// A scorecard.
#[derive(Clone, Debug, Serialize)]
pub struct CardRow {
    /// Who asked.
    pub interviewer: String,
    /// The day of the interview.
    pub date: Option<Date>,
    /// How far it is.
    pub status: CardStatus,
    /// How many questions were scored.
    pub ratings: usize,
    /// The mean of the scores, each question alike.
    pub mean: Option<f64>,
    /// The recommendation.
    pub overall: Option<u8>,
    /// What it was revised to.
    pub overall_revised: Option<u8>,
    /// Why it is recommended.
    pub reason: Option<String>,
    /// How often others' scores were shown before it was handed in, and why.
    pub reveals: Vec<String>,
    /// The changes after it was handed in.
    pub revisions: Vec<RevisionRow>,
}

/// A change after a scorecard was handed in.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionRow {
    /// The question; none: the recommendation.
    pub question: Option<String>,
    /// What it is now.
    pub score: Option<u8>,
    /// Why.
    pub reason: String,
}

/// What came of a question.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionScores {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// How deep it was planned.
    pub planned_mode: AskMode,
    /// Its minutes.
    pub planned_minutes: u32,
    /// What each interviewer gave, in the order of the scorecards.
    pub ratings: Vec<Given>,
    /// The mean of the independent scores.
    pub mean: Option<f64>,
}

/// What an interviewer gave.
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    /// Who.
    pub interviewer: String,
    /// Whether it was asked; none: nobody said.
    pub asked: Option<bool>,
    /// The independent score.
    pub score: Option<u8>,
    /// What it was revised to; a revision may also take a score away.
    pub revised: Option<Revised>,
    /// How deep it was taken, if not as planned.
    pub mode: Option<AskMode>,
    /// How long it took.
    pub seconds: Option<u32>,
    /// The evidence.
    pub note: Option<String>,
}

/// What an answer was revised to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Revised {
    /// Whether it was asked.
    pub asked: bool,
    /// The score, if there is one.
    pub score: Option<u8>,
}

/// An answer that interviewers rated far apart.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The screen.
    pub screen: String,
    /// The question.
    pub question: String,
    /// Its title.
    pub title: String,
    /// The highest less the lowest score.
    pub apart: u8,
    /// The same after revisions, if that is something else.
    pub apart_revised: Option<u8>,
    /// What each gave, the lowest first.
    pub ratings: Vec<Given>,
}

/// What was planned and asked of a category.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryRow {
    /// The category's id.
    pub category: String,
    /// How many questions were planned.
    pub planned: usize,
    /// How many of them somebody asked.
    pub asked: usize,
    /// How many of them somebody scored.
    pub scored: usize,
    /// How many ratings there are.
    pub ratings: usize,
    /// The mean of the questions' means, the spread between questions as its error.
    pub mean: Figure,
    /// The mean of each interviewer's scores.
    pub by_interviewer: BTreeMap<String, f64>,
}
