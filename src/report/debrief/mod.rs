//! The debrief: all scorecards of one candidate side by side. It compares and explains; it decides nothing.

mod mechanical;
mod shape;

use std::collections::BTreeMap;

pub use self::mechanical::{DimensionRow, ErrorOf, Mechanical, Variances};
pub use self::shape::{
    CardRow, CategoryRow, Debrief, Difference, Given, QuestionScores, Revised, RevisionRow, Round,
};
use crate::model::scorecard::{Answer, Scorecard};
use crate::model::screen::{PinnedQuestion, Screen};
use crate::report::figure::count;

/// From how many points on interviewers are said to differ.
pub const FAR_APART: u8 = 2;

/// A screen with the scorecards of it.
#[derive(Clone, Debug)]
pub struct Interview<'i> {
    /// The screen.
    pub screen: &'i Screen,
    /// The scorecards, in the order of the interviewers' names.
    pub cards: Vec<&'i Scorecard>,
}

/// The debrief of a candidate. `variances`: those of the season, for standard errors that know of interviewers.
#[must_use]
pub fn debrief(
    candidate: &str,
    interviews: &[Interview<'_>],
    variances: Option<&Variances>,
) -> Debrief {
    let rounds: Vec<Round> = interviews
        .iter()
        .map(|interview| round(interview, variances))
        .collect();
    let is_revised = interviews
        .iter()
        .flat_map(|interview| &interview.cards)
        .any(|card| {
            card.revisions
                .iter()
                .any(|revision| revision.question.is_some())
        });
    Debrief {
        candidate: candidate.to_owned(),
        mean: mechanical::mean(interviews, Independent, variances),
        revised_mean: is_revised.then(|| mechanical::mean(interviews, AfterRevisions, variances)),
        adjusted: None,
        differences: differences(&rounds),
        categories: categories(interviews),
        rounds,
    }
}

use Scores::{AfterRevisions, Independent};

/// Which scores count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scores {
    /// Those that were handed in.
    Independent,
    /// Those after all revisions.
    AfterRevisions,
}

impl Scores {
    fn of(self, card: &Scorecard, question: &str) -> Option<u8> {
        let answer = match self {
            Independent => card.rating(question)?.answer,
            AfterRevisions => card.revised(question),
        };
        answer.and_then(Answer::score)
    }
}

fn round(interview: &Interview<'_>, variances: Option<&Variances>) -> Round {
    let screen = interview.screen;
    Round {
        screen: screen.id.clone(),
        title: screen.title.clone(),
        round: screen.occasion.round.clone(),
        mean: mechanical::mean(std::slice::from_ref(interview), Independent, variances),
        scorecards: interview.cards.iter().map(|card| card_row(card)).collect(),
        questions: screen
            .questions
            .iter()
            .map(|question| question_scores(question, &interview.cards))
            .collect(),
    }
}

fn card_row(card: &Scorecard) -> CardRow {
    let scores: Vec<f64> = card
        .questions
        .iter()
        .filter_map(|rating| rating.answer?.score())
        .map(f64::from)
        .collect();
    CardRow {
        interviewer: card.interviewer.clone(),
        date: card.date,
        status: card.status,
        ratings: scores.len(),
        mean: crate::report::figure::mean(&scores),
        overall: card.overall.score,
        overall_revised: card.revised_overall().filter(|_| card.is_revised(None)),
        reason: card.overall.reason.clone(),
        reveals: card
            .reveals
            .iter()
            .map(|reveal| reveal.reason.clone())
            .collect(),
        revisions: card
            .revisions
            .iter()
            .map(|revision| RevisionRow {
                question: revision.question.clone(),
                score: revision.answer.score(),
                reason: revision.reason.clone(),
            })
            .collect(),
    }
}

fn question_scores(question: &PinnedQuestion, cards: &[&Scorecard]) -> QuestionScores {
    let ratings: Vec<Given> = cards.iter().map(|card| given(question, card)).collect();
    let scores = ratings.iter().filter_map(|given| given.score);
    let scores: Vec<f64> = scores.map(f64::from).collect();
    QuestionScores {
        id: question.id.clone(),
        title: question.title.clone(),
        category: question.category.clone(),
        planned_mode: question.mode,
        planned_minutes: question.minutes,
        ratings,
        mean: crate::report::figure::mean(&scores),
    }
}

fn given(question: &PinnedQuestion, card: &Scorecard) -> Given {
    let rating = card.rating(&question.id);
    let answer = rating.and_then(|rating| rating.answer);
    let asked = |answer: Answer| answer != Answer::NotAsked;
    let revised = card.revised(&question.id);
    let revised = revised.filter(|revised| Some(*revised) != answer);
    Given {
        interviewer: card.interviewer.clone(),
        asked: answer.map(asked),
        score: answer.and_then(Answer::score),
        revised: revised.map(|revised| Revised {
            asked: asked(revised),
            score: revised.score(),
        }),
        mode: rating
            .and_then(|rating| rating.mode)
            .filter(|mode| *mode != question.mode),
        seconds: rating.and_then(|rating| rating.seconds),
        note: rating.and_then(|rating| rating.note.clone()),
    }
}

fn apart(scores: impl Iterator<Item = u8>) -> Option<u8> {
    let (low, high) = scores.fold((u8::MAX, u8::MIN), |(low, high), score| {
        (low.min(score), high.max(score))
    });
    high.checked_sub(low)
}

fn differences(rounds: &[Round]) -> Vec<Difference> {
    let mut differences = Vec::new();
    for round in rounds {
        for question in &round.questions {
            let independent = question.ratings.iter().filter_map(|given| given.score);
            let Some(apart_now) = apart(independent).filter(|apart| *apart >= FAR_APART) else {
                continue;
            };
            let revised = question
                .ratings
                .iter()
                .filter_map(|given| match given.revised {
                    Some(revised) => revised.score,
                    None => given.score,
                });
            let mut ratings = question.ratings.clone();
            ratings.sort_by_key(|given| given.score);
            differences.push(Difference {
                screen: round.screen.clone(),
                question: question.id.clone(),
                title: question.title.clone(),
                apart: apart_now,
                apart_revised: apart(revised).filter(|revised| *revised != apart_now),
                ratings,
            });
        }
    }
    differences.sort_by_key(|difference| std::cmp::Reverse(difference.apart));
    differences
}

fn categories(interviews: &[Interview<'_>]) -> Vec<CategoryRow> {
    let mut rows: Vec<CategoryRow> = Vec::new();
    let mut means: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut own: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for interview in interviews {
        for question in &interview.screen.questions {
            let category = &question.category;
            let at = rows.iter().position(|row| row.category == *category);
            let at = at.unwrap_or_else(|| {
                rows.push(empty(category));
                rows.len() - 1
            });
            let row = &mut rows[at];
            row.planned += 1;
            let answers = interview
                .cards
                .iter()
                .filter_map(|card| card.rating(&question.id)?.answer);
            row.asked += usize::from(answers.clone().any(|answer| answer != Answer::NotAsked));
            let mut scores = Vec::new();
            for card in &interview.cards {
                if let Some(score) = Independent.of(card, &question.id) {
                    let score = f64::from(score);
                    scores.push(score);
                    let key = (category.clone(), card.interviewer.clone());
                    own.entry(key).or_default().push(score);
                }
            }
            row.ratings += scores.len();
            row.scored += usize::from(!scores.is_empty());
            means
                .entry(category.clone())
                .or_default()
                .extend(crate::report::figure::mean(&scores));
        }
    }
    for row in &mut rows {
        let of_questions = means.remove(&row.category).unwrap_or_default();
        row.mean = mechanical::plain_mean(&of_questions, row.ratings);
    }
    for ((category, interviewer), scores) in own {
        let row = rows.iter_mut().find(|row| row.category == category);
        if let (Some(row), false) = (row, scores.is_empty()) {
            let mean = scores.iter().sum::<f64>() / count(scores.len());
            row.by_interviewer.insert(interviewer, mean);
        }
    }
    rows
}

fn empty(category: &str) -> CategoryRow {
    CategoryRow {
        category: category.to_owned(),
        planned: 0,
        asked: 0,
        scored: 0,
        ratings: 0,
        mean: mechanical::plain_mean(&[], 0),
        by_interviewer: BTreeMap::new(),
    }
}
