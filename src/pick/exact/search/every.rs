//! All choices below a cost, in place of one of least cost.

use std::collections::BTreeSet;

use super::super::answer::{Limits, Proof};
use super::super::model::Model;
use super::Search;

/// What is wanted of all choices, and those that were found.
pub(super) struct Every<'m> {
    /// The columns that tell choices apart.
    shown: &'m [bool],
    /// The most that a choice costs.
    pub(super) most: i64,
    /// The most choices.
    room: usize,
    found: Vec<Vec<i64>>,
    /// What is seen of them.
    looks: BTreeSet<Vec<i64>>,
}

impl<'m> Every<'m> {
    fn new(shown: &'m [bool], most: i64, room: usize) -> Self {
        Self {
            shown,
            most,
            room,
            found: Vec::new(),
            looks: BTreeSet::new(),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.found.len() > self.room
    }

    /// Keeps a choice if within these bounds no other one looks unlike it; whether that is so.
    pub(super) fn keep(&mut self, taken: Vec<i64>, bounds: &[(i64, i64)]) -> bool {
        let mut columns = self.shown.iter().zip(bounds);
        let settled = columns.all(|(shown, (least, most))| !shown || least == most);
        if settled {
            let columns = self.shown.iter().zip(&taken);
            let look = columns.filter(|(shown, _)| **shown);
            if self.looks.insert(look.map(|(_, taken)| *taken).collect()) {
                self.found.push(taken);
            }
        }
        settled
    }

    /// Whether a column tells choices apart.
    pub(super) fn shows(&self, column: usize) -> bool {
        self.shown[column]
    }
}

/// Bounds of the columns that all choices keep which cost no more than `most`, as far as a first look tells.
pub(in super::super) fn within(model: &Model, most: i64, limits: &Limits<'_>) -> Vec<(i64, i64)> {
    let Some(mut search) = Search::new(model, *limits) else {
        return Vec::new();
    };
    let shown = vec![true; model.columns.len()];
    search.every = Some(Every::new(&shown, most, 0));
    search.look();
    search.bounds
}

/// All choices that cost no more than `most`, one of those that differ only in columns that `shown` does not mark;
/// nothing where there are more than `room` of them or the search was given up. Tells how many branches it looked at.
pub(in super::super) fn every(
    model: &Model,
    (shown, most, room): (&[bool], i64, usize),
    limits: &Limits<'_>,
) -> (Option<Vec<Vec<i64>>>, u64) {
    let Some(mut search) = Search::new(model, *limits) else {
        return (Some(Vec::new()), 0);
    };
    search.every = Some(Every::new(shown, most, room));
    let proof = search.run();
    let found = search.every.filter(|_| proof == Proof::Complete);
    (found.map(|every| every.found), search.nodes)
}
