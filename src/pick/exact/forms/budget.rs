//! One budget of branches for all that is solved on the way to forms.

use std::cell::Cell;

use super::super::answer::{Answer, Limits};
use super::super::model::Model;
use super::super::search::{every, solve, within};

pub(super) struct Budget<'l> {
    limits: &'l Limits<'l>,
    used: Cell<u64>,
}

impl<'l> Budget<'l> {
    pub(super) fn new(limits: &'l Limits<'l>) -> Self {
        Self {
            limits,
            used: Cell::new(0),
        }
    }

    /// A choice of least cost, or one that costs no more than `enough`, within so many branches.
    pub(super) fn solve(&self, model: &Model, nodes: u64, enough: Option<i64>) -> Answer {
        let answer = solve(model, &self.limits(nodes, enough));
        self.spend(answer.nodes);
        answer
    }

    /// All choices; see [`every`].
    pub(super) fn every(
        &self,
        model: &Model,
        wanted: (&[bool], i64, usize),
        nodes: u64,
    ) -> Option<Vec<Vec<i64>>> {
        let (found, nodes) = every(model, wanted, &self.limits(nodes, None));
        self.spend(nodes);
        found
    }

    /// Bounds of the columns that all choices keep; see [`within`].
    pub(super) fn within(&self, model: &Model, most: i64) -> Vec<(i64, i64)> {
        self.spend(1);
        within(model, most, self.limits)
    }

    fn limits(&self, nodes: u64, enough: Option<i64>) -> Limits<'l> {
        Limits {
            nodes: nodes.min(self.limits.nodes.saturating_sub(self.used.get())),
            stop: self.limits.stop,
            enough,
        }
    }

    /// Takes branches off the budget.
    pub(super) fn spend(&self, nodes: u64) {
        self.used.set(self.used.get().saturating_add(nodes));
    }

    pub(super) fn used(&self) -> u64 {
        self.used.get()
    }

    pub(super) fn over(&self) -> bool {
        self.used.get() >= self.limits.nodes || (self.limits.stop)()
    }
}
