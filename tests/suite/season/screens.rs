//! The rounds of the season, and their parallel forms as `intervy pick` pins them for a candidate.

use intervy::model::bank::Bank;
use intervy::model::screen::{Occasion, Screen, VerdictStatus};
use intervy::pick::exact::Limits;
use intervy::pick::forms::Between;
use intervy::pick::request::{PickRequest, Wishes};
use intervy::pick::{self, Solved};
use jiff::civil::Date;

use super::truth::below;

/// A round that candidates come to.
#[derive(Debug)]
pub(super) struct Round {
    pub(super) blueprint: &'static str,
    pub(super) forms: usize,
    pub(super) max_overlap: u32,
    /// Of so many interviews in a row, how many have two interviewers.
    pub(super) doubles: (usize, usize),
}

pub(super) const ROUNDS: [Round; 3] = [
    Round {
        blueprint: "backend-30",
        forms: 4,
        max_overlap: 2,
        doubles: (1, 2),
    },
    Round {
        blueprint: "debugging-45",
        forms: 3,
        max_overlap: 1,
        doubles: (1, 2),
    },
    Round {
        blueprint: "collaboration-45",
        forms: 4,
        max_overlap: 2,
        doubles: (2, 3),
    },
];

/// The seed that the forms are picked with.
pub(super) const PICKED_WITH: u64 = 1;

/// The parallel forms of a round.
pub(super) struct Forms {
    requests: Vec<PickRequest>,
    solved: Solved,
    blueprint: &'static str,
}

impl Forms {
    pub(super) fn new(bank: &Bank, round: &Round) -> Self {
        let wishes = Wishes {
            seed: PICKED_WITH,
            between: Some(Between {
                count: round.forms,
                max_overlap: round.max_overlap,
                max_uses: None,
                anchors: 0,
            }),
            ..Wishes::default()
        };
        let blueprint = bank.blueprint(round.blueprint);
        let request = PickRequest::resolve(bank, blueprint, &wishes).unwrap();
        // Nothing but a proof ends it, so that the forms are the same on a slow machine.
        let limits = Limits::default();
        let solved = pick::assemble(bank, std::slice::from_ref(&request), &limits).unwrap();
        assert_eq!(solved.status, VerdictStatus::Optimal);
        let requests = (1..).take(round.forms).map(|form| {
            let mut request = request.clone();
            request.between = None;
            request.title = format!("{}, form {form}", request.title);
            request.occasion.form = Some(form);
            request
        });
        Self {
            requests: requests.collect(),
            solved,
            blueprint: round.blueprint,
        }
    }

    /// The form for the candidate who comes to the round after `before` others: each form once, in an order that
    /// begins elsewhere every time.
    pub(super) fn pinned(&self, bank: &Bank, before: usize, candidate: &str, date: Date) -> Screen {
        let count = self.requests.len();
        let turn = (before / count).to_string();
        let form = (before + below(count, &["form", self.blueprint, &turn])) % count;
        let own = self.requests.iter().cloned().map(|mut request| {
            request.occasion = Occasion {
                candidate: Some(candidate.to_owned()),
                date: Some(date),
                ..request.occasion
            };
            request
        });
        let own: Vec<PickRequest> = own.collect();
        pick::pinned(bank, &own, &self.solved).swap_remove(form)
    }
}
