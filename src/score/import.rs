//! A scorecard that was filled in elsewhere, as changes of the one that is kept here.

use jiff::Timestamp;

use crate::model::scorecard::{Answer, Scorecard};
use crate::score::Change;

/// The changes that bring a draft to what `given` says. What it does not say stays. `at`: when scores without a time
/// of their own were given.
#[must_use]
pub fn changes(draft: &Scorecard, given: &Scorecard, at: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    for rating in &given.questions {
        let question = || rating.id.clone();
        let known = draft.rating(&rating.id);
        if let Some(answer) = rating.answer
            && known.and_then(|known| known.answer) != Some(answer)
        {
            changes.push(Change::Answer {
                question: question(),
                answer: Some(answer),
                at: rating.scored_at.unwrap_or(at),
            });
        }
        if let Some(mode) = rating
            .mode
            .filter(|_| rating.answer != Some(Answer::NotAsked))
        {
            changes.push(Change::Mode {
                question: question(),
                mode,
            });
        }
        if let Some(text) = &rating.note {
            changes.push(Change::Note {
                question: question(),
                text: text.clone(),
            });
        }
        if let Some(seconds) = rating.seconds {
            changes.push(Change::Seconds {
                question: question(),
                seconds,
            });
        }
    }
    if let Some(date) = given.date {
        changes.push(Change::Date { date });
    }
    if let Some(seconds) = given.seconds {
        changes.push(Change::Length { seconds });
    }
    if given.overall.score.is_some() {
        changes.push(Change::Overall {
            score: given.overall.score,
        });
    }
    if let Some(text) = &given.overall.reason {
        changes.push(Change::Reason { text: text.clone() });
    }
    changes
}
