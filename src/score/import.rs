//! A scorecard that was filled in elsewhere, as changes of the one that is kept here.
//!
//! What is kept here already is no change: a file can be taken twice, also after it was handed in if it is the whole.

use jiff::Timestamp;

use crate::model::scorecard::{Answer, Rating, Scorecard};
use crate::score::{Change, Refused};

/// The changes that bring what is kept to what `given` says. What it does not say stays. `at`: when scores without a
/// time of their own were given.
///
/// # Errors
/// When what is kept is handed in and `given` is not the whole of it: a part that is the same must not be told from one
/// that is not, or scores could be guessed one by one. And when `given` has reveals or revisions that are not kept.
pub fn changes(kept: &Scorecard, given: &Scorecard, at: Timestamp) -> Result<Vec<Change>, Refused> {
    if kept.is_submitted() {
        let is_same = is_whole(kept, given);
        return is_same.then(Vec::new).ok_or(Refused::Submitted);
    }
    if !same_history(kept, given) {
        return Err(Refused::Elsewhere);
    }
    let mut changes = Vec::new();
    for rating in &given.questions {
        changes.extend(of_question(kept.rating(&rating.id), rating, at));
    }
    if let Some(date) = given.date
        && kept.date != Some(date)
    {
        changes.push(Change::Date { date });
    }
    if let Some(seconds) = given.seconds
        && kept.seconds != Some(seconds)
    {
        changes.push(Change::Length { seconds });
    }
    if let Some(score) = given.overall.score
        && kept.overall.score != Some(score)
    {
        changes.push(Change::Overall { score: Some(score) });
    }
    if let Some(text) = &given.overall.reason
        && kept.overall.reason.as_ref() != Some(text)
    {
        changes.push(Change::Reason { text: text.clone() });
    }
    Ok(changes)
}

/// Whether `given` says all that is kept, and nothing else.
fn is_whole(kept: &Scorecard, given: &Scorecard) -> bool {
    let is_same = |own: &Rating| {
        given
            .rating(&own.id)
            .is_some_and(|rating| same_rating(own, rating))
    };
    kept.questions.len() == given.questions.len()
        && kept.questions.iter().all(is_same)
        && kept.overall == given.overall
        && is_or_lacks(given.date, kept.date)
        && is_or_lacks(given.seconds, kept.seconds)
        && same_history(kept, given)
}

fn same_rating(kept: &Rating, given: &Rating) -> bool {
    let mode = given
        .mode
        .filter(|_| given.answer != Some(Answer::NotAsked));
    kept.answer == given.answer
        && kept.note == given.note
        && is_or_lacks(mode, kept.mode)
        && is_or_lacks(given.seconds, kept.seconds)
        && is_or_lacks(given.scored_at, kept.scored_at)
}

/// Whether `given` has no reveals and revisions, or those that are kept.
fn same_history(kept: &Scorecard, given: &Scorecard) -> bool {
    (given.reveals.is_empty() || given.reveals == kept.reveals)
        && (given.revisions.is_empty() || given.revisions == kept.revisions)
}

fn is_or_lacks<T: Copy + PartialEq>(given: Option<T>, kept: Option<T>) -> bool {
    given.is_none() || given == kept
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
    // Packets say how a question would be asked, also where nobody has said whether it was.
    let answer = given.answer.or(known.and_then(|known| known.answer));
    if let Some(mode) = given.mode
        && answer != Some(Answer::NotAsked)
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
