//! Several forms at a time: parallel ones, of great value together, or with a good worst one (W. J. van der Linden,
//! *Linear Models for Optimal Test Design*, 2005, chapters 6 and 7).
//!
//! Forms that may change places make one model for all of them hopeless. So what the forms take together comes
//! first: a model in which every bound is as many times wider as there are forms, as that of a shadow test. It says what no
//! forms can be better than. Prices of questions then say that better, and which forms can be among the best. Where
//! these are few, choosing among them finds the best forms, or proves that there are none.

mod alike;
mod anneal;
mod board;
mod budget;
mod check;
mod choose;
mod core;
mod descend;
mod pack;
mod polish;
mod prices;
mod rest;
mod seek;
mod sketch;
mod targets;
mod totals;
mod windows;

use super::answer::{Limits, Proof};
use super::model::Model;
use crate::model::random::SplitMix64;

/// What is wanted: so many forms by one model, and what holds between them.
#[derive(Clone, Debug)]
pub struct Forms<'m> {
    /// What each form must satisfy, with the costs of one form.
    pub model: &'m Model,
    /// How many forms.
    pub count: usize,
    /// The columns of each question, at most one of which the model lets a form take, and that once. Other columns
    /// belong to no question.
    pub questions: Vec<Vec<usize>>,
    /// The most questions that two forms share, anchors apart.
    pub max_overlap: Option<i64>,
    /// The most forms that a question is in, anchors apart.
    pub max_uses: Option<i64>,
    /// How many questions are anchors: they are in every form, and neither overlap nor uses count them. More
    /// questions may happen to be in every form; those are counted.
    pub anchors: i64,
    /// Sums of a form that are to differ little between forms: a weight for each column.
    pub matched: Vec<Vec<i64>>,
    /// Costs by column that choose among what the aim holds equal; none at all, or one for each. They steer the choice;
    /// that nothing is preferred to it is not proven.
    pub preference: Vec<i64>,
    /// What is to be made small.
    pub aim: Aim,
}

/// What is to be made small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The sum of the forms' costs.
    Total,
    /// The cost of the form that costs most.
    Worst,
    /// The differences between the greatest and the least value of each matched sum, together.
    Range,
}

/// What the search for forms came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembly {
    /// How much each form takes of each column, and the value of the aim.
    pub best: Option<(Vec<Vec<i64>>, i64)>,
    /// What is proven of the aim's value; the same as of the cost in an [`Answer`](super::Answer).
    pub proof: Proof,
    /// How many branches were looked at, or what took as long.
    pub nodes: u64,
}

/// Finds forms.
///
/// The work ends by itself, mostly with a proof; so that limits are for those who wait.
#[must_use]
pub fn assemble(forms: &Forms<'_>, limits: &Limits<'_>) -> Assembly {
    seek::seek(forms, limits)
}

/// A small whole number.
fn luck(random: &mut SplitMix64) -> i64 {
    i64::from(u8::try_from(random.next_u64() >> 56).unwrap_or(0))
}

#[cfg(test)]
mod tests;
