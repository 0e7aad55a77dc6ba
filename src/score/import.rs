//! A scorecard that was filled in elsewhere, as changes of the one that is kept here.
//!
//! What is kept here already is no change: a file can be taken twice, also after it was handed in.

use jiff::Timestamp;

use crate::model::scorecard::{Answer, Rating, Scorecard};
use crate::score::Change;

/// The changes that bring a draft to what `given` says. What it does not say stays. `at`: when scores without a time
/// of their own were given.
#[must_use]
pub fn changes(draft: &Scorecard, given: &Scorecard, at: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    for rating in &given.questions {
        changes.extend(of_question(draft.rating(&rating.id), rating, at));
    }
    if let Some(date) = given.date
        && draft.date != Some(date)
    {
        changes.push(Change::Date { date });
    }
    if let Some(seconds) = given.seconds
        && draft.seconds != Some(seconds)
    {
        changes.push(Change::Length { seconds });
    }
    if let Some(score) = given.overall.score
        && draft.overall.score != Some(score)
    {
        changes.push(Change::Overall { score: Some(score) });
    }
    if let Some(text) = &given.overall.reason
        && draft.overall.reason.as_ref() != Some(text)
    {
        changes.push(Change::Reason { text: text.clone() });
    }
    changes
}

fn of_question(known: Option<&Rating>, given: &Rating, at: Timestamp) -> Vec<Change> {
    let question = || given.id.clone();
    let mut changes = Vec::new();
    if let Some(answer) = given.answer
        && known.and_then(|known| known.answer) != Some(answer)
    {
        changes.push(Change::Answer {
            question: question(),
            answer: Some(answer),
            at: given.scored_at.unwrap_or(at),
        });
    }
    if let Some(mode) = given.mode
        && given.answer != Some(Answer::NotAsked)
        && known.and_then(|known| known.mode) != Some(mode)
    {
        changes.push(Change::Mode {
            question: question(),
            mode,
        });
    }
    if let Some(text) = &given.note
        && known.and_then(|known| known.note.as_ref()) != Some(text)
    {
        changes.push(Change::Note {
            question: question(),
            text: text.clone(),
        });
    }
    if let Some(seconds) = given.seconds
        && known.and_then(|known| known.seconds) != Some(seconds)
    {
        changes.push(Change::Seconds {
            question: question(),
            seconds,
        });
    }
    changes
}
