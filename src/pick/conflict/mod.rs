//! Why nothing satisfies a request: conditions that cannot all hold, no one of them too many, and what would do.
//!
//! The set is found by leaving conditions out one after the other (the deletion filter of J. W. Chinneck and E. W.
//! Dravnieks, *Locating minimal infeasible constraint sets in linear programs*, ORSA Journal on Computing 3, 1991): what
//! is still impossible without a condition does not need it. Everything that is said has been solved.

mod way;
mod words;

use std::collections::BTreeSet;

use crate::model::bank::Bank;
use crate::pick::exact::Limits;
use crate::pick::forms;
use crate::pick::program::{Program, Scope, eligible};
use crate::pick::request::PickRequest;
use crate::pick::solver;
use crate::pick::wish::Wish;

pub use self::way::Way;
pub use self::words::words;

/// Why there is no screen, and what would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// Active questions that the filters allow.
    pub questions: usize,
    /// Their distinct categories.
    pub categories: usize,
    /// Conditions that cannot all hold: without any one of them the others can. More than one set where no single
    /// change is enough: each is about what the sets before it leave.
    pub sets: Vec<Vec<Named>>,
    /// Whether it is proven that every one of them is needed.
    pub is_minimal: bool,
    /// What would do, with everything else as it is; changes that are made together.
    pub ways: Vec<Vec<Way>>,
}

/// A condition, after the index of its request.
pub type Named = (usize, Wish);

/// So many sets are looked for.
const SETS: usize = 5;

/// Looks for what makes requests impossible that are met together. Not to be asked where they are possible.
#[must_use]
pub fn conflict(bank: &Bank, requests: &[PickRequest], limits: &Limits<'_>) -> Conflict {
    let allowed: BTreeSet<usize> = requests
        .iter()
        .flat_map(|request| eligible(bank, request))
        .collect();
    let categories: BTreeSet<&str> = allowed
        .iter()
        .map(|&index| bank.questions[index].matter.category.value.as_str())
        .collect();
    let search = Search {
        bank,
        requests,
        limits,
        scope: scope(requests),
    };
    let mut found = Conflict {
        questions: allowed.len(),
        categories: categories.len(),
        is_minimal: true,
        ..Conflict::default()
    };
    let mut left_out = Vec::new();
    while found.sets.len() < SETS {
        let (set, is_minimal) = search.minimal(&left_out);
        found.is_minimal &= is_minimal;
        if set.is_empty() {
            break;
        }
        left_out.extend(set.clone());
        found.sets.push(set);
        found.ways = search.ways(&found.sets);
        if !found.ways.is_empty() || search.feasible(&search.without(&left_out)) != Some(false) {
            break;
        }
    }
    found
}

struct Search<'s> {
    bank: &'s Bank,
    requests: &'s [PickRequest],
    limits: &'s Limits<'s>,
    scope: Scope,
}

/// Whether anything satisfies requests can be told from so many questions: of one profile, a smallest screen needs no
/// more than conditions ask for.
#[must_use]
pub fn scope(requests: &[PickRequest]) -> Scope {
    let mut most: u32 = 0;
    for request in requests {
        let constraints = &request.constraints;
        if !constraints.shares.is_empty() {
            return Scope::Reduced;
        }
        let segments = request.segments.iter().map(|part| part.questions);
        let counts = constraints.counted().into_iter();
        let counts = counts.map(|counted| counted.count.value);
        let wanted = segments.chain(counts).chain(constraints.questions);
        let wanted: u32 = wanted.map(|count| count.min.unwrap_or(0)).sum();
        let named = constraints.include.len() + constraints.together.iter().flatten().count();
        let named = u32::try_from(named).unwrap_or(u32::MAX);
        most = most
            .saturating_add(constraints.min_categories.unwrap_or(0))
            .saturating_add(wanted)
            .saturating_add(named);
    }
    Scope::AtMost(most.max(1))
}

impl Search<'_> {
    fn feasible(&self, requests: &[PickRequest]) -> Option<bool> {
        if let [request] = requests
            && let Some(between) = &request.between
        {
            return forms::is_possible(self.bank, request, between, self.limits);
        }
        let program = Program::joint(self.bank, requests, self.scope);
        solver::is_feasible(&program, self.limits)
    }

    /// The requests without some conditions.
    fn without<'w>(&self, left_out: impl IntoIterator<Item = &'w Named>) -> Vec<PickRequest> {
        let mut requests = self.requests.to_vec();
        for (form, wish) in left_out {
            if let Some(request) = requests.get_mut(*form) {
                wish.leave_out(request);
            }
        }
        requests
    }

    /// Conditions that cannot all hold, beside some that are left out.
    fn minimal(&self, left_out: &[Named]) -> (Vec<Named>, bool) {
        let all: Vec<Named> = self
            .requests
            .iter()
            .enumerate()
            .flat_map(|(form, request)| {
                let wishes = Wish::all(request);
                wishes.into_iter().map(move |wish| (form, wish))
            })
            .collect();
        // A segment that cannot be filled even alone says more than a set that spans several.
        for (form, request) in self.requests.iter().enumerate() {
            for number in 0..request.segments.len() {
                let beside = |wish: &&Named| match wish.1.segment() {
                    Some(other) => (form, number) != (wish.0, other),
                    None => wish.1.is_sum(),
                };
                let mut others: Vec<&Named> = all.iter().filter(beside).collect();
                let several = !others.is_empty();
                others.extend(left_out);
                if several && self.feasible(&self.without(others.iter().copied())) == Some(false) {
                    return self.shrink(&all, others);
                }
            }
        }
        self.shrink(&all, left_out.iter().collect())
    }

    /// Leaves out one condition after the other, as long as the rest stays impossible.
    fn shrink<'w>(&self, all: &'w [Named], mut left_out: Vec<&'w Named>) -> (Vec<Named>, bool) {
        let mut needed = Vec::new();
        let mut is_minimal = true;
        for wish in all {
            if left_out.contains(&wish) {
                continue;
            }
            left_out.push(wish);
            match self.feasible(&self.without(left_out.iter().copied())) {
                Some(false) => continue,
                Some(true) => {}
                None => is_minimal = false,
            }
            left_out.pop();
            needed.push(wish.clone());
        }
        (needed, is_minimal)
    }
}
