//! What a scorecard lacks before it can be handed in.

use crate::model::scorecard::{Answer, Scorecard};

/// Something that a scorecard lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A question has no score, no "no rating" and no "not asked".
    Answer(String),
    /// A score needs a note.
    Note(String),
    /// There is no recommendation.
    Overall,
    /// The recommendation has no reason.
    Reason,
}

/// What is missing, in the order of the scorecard. `evidence`: the scores that need a note.
///
/// A revision brings an answer and its words.
#[must_use]
pub fn missing(card: &Scorecard, evidence: &[u8]) -> Vec<Missing> {
    let mut found = Vec::new();
    for rating in &card.questions {
        let has_words = rating.note.is_some() || card.is_revised(Some(&rating.id));
        match card.revised(&rating.id) {
            None => found.push(Missing::Answer(rating.id.clone())),
            Some(Answer::Score(score)) if evidence.contains(&score) && !has_words => {
                found.push(Missing::Note(rating.id.clone()));
            }
            Some(_) => {}
        }
    }
    if card.revised_overall().is_none() {
        found.push(Missing::Overall);
    }
    if card.overall.reason.is_none() && !card.is_revised(None) {
        found.push(Missing::Reason);
    }
    found
}
