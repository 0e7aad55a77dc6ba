//! Why nothing satisfies a request: conditions that cannot all hold, no one of them too many, and what would do.
//!
//! The set is found by leaving conditions out one after the other (the deletion filter of J. W. Chinneck and E. W.
//! Dravnieks, *Locating minimal infeasible constraint sets in linear programs*, ORSA Journal on Computing 3, 1991): what
//! is still impossible without a condition does not need it. Everything that is said has been solved.

mod words;

use std::collections::BTreeSet;

use crate::model::bank::Bank;
use crate::model::constraints::{Count, Counted};
use crate::pick::exact::Limits;
use crate::pick::program::{Choice, Program, Scope, eligible};
use crate::pick::request::{LONGEST_SLOT, PickRequest};
use crate::pick::solver;
use crate::pick::wish::{Wish, is_plain};

pub use self::words::{of_forms, words};

/// Why there is no screen, and what would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// Active questions that the filters allow.
    pub questions: usize,
    /// Their distinct categories.
    pub categories: usize,
    /// Conditions that cannot all hold: without any one of them the others can. The index of the request comes first.
    pub wishes: Vec<(usize, Wish)>,
    /// Whether it is proven that every one of them is needed.
    pub is_minimal: bool,
    /// What would do, with everything else as it is.
    pub ways: Vec<Way>,
}

/// A change with which there is a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A slot of so many minutes, the shortest that does.
    Slot(u32),
    /// So many minutes for a segment of a request, the fewest that do.
    Segment(usize, usize, u32),
    /// So many distinct categories, the most that do.
    Categories(usize, u32),
    /// So many questions, as near as can be.
    Questions(usize, u32),
    /// So many questions of a counted sort, as near as can be.
    Counted(usize, Counted, u32),
    /// The condition left out.
    Without(usize, Wish),
}

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
    let (wishes, is_minimal) = search.minimal();
    let ways = search.ways(&wishes);
    Conflict {
        questions: allowed.len(),
        categories: categories.len(),
        wishes,
        is_minimal,
        ways,
    }
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
        let program = Program::joint(self.bank, requests, self.scope);
        solver::is_feasible(&program, self.limits)
    }

    /// The requests without some conditions.
    fn without(&self, left_out: &[&(usize, Wish)]) -> Vec<PickRequest> {
        let mut requests = self.requests.to_vec();
        for (form, wish) in left_out {
            if let Some(request) = requests.get_mut(*form) {
                wish.leave_out(request);
            }
        }
        requests
    }

    fn minimal(&self) -> (Vec<(usize, Wish)>, bool) {
        let all: Vec<(usize, Wish)> = self
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
                let beside = |wish: &&(usize, Wish)| match wish.1.segment() {
                    Some(other) => (form, number) != (wish.0, other),
                    None => wish.1.is_sum(),
                };
                let others: Vec<&(usize, Wish)> = all.iter().filter(beside).collect();
                let several = !others.is_empty();
                if several && self.feasible(&self.without(&others)) == Some(false) {
                    return self.shrink(&all, others);
                }
            }
        }
        self.shrink(&all, Vec::new())
    }

    /// Leaves out one condition after the other, as long as the rest stays impossible.
    fn shrink<'w>(
        &self,
        all: &'w [(usize, Wish)],
        mut left_out: Vec<&'w (usize, Wish)>,
    ) -> (Vec<(usize, Wish)>, bool) {
        let mut needed = Vec::new();
        let mut is_minimal = true;
        for wish in all {
            if left_out.contains(&wish) {
                continue;
            }
            left_out.push(wish);
            match self.feasible(&self.without(&left_out)) {
                Some(false) => continue,
                Some(true) => {}
                None => is_minimal = false,
            }
            left_out.pop();
            needed.push(wish.clone());
        }
        (needed, is_minimal)
    }

    /// For each of the conditions, the nearest value with which all others hold.
    fn ways(&self, wishes: &[(usize, Wish)]) -> Vec<Way> {
        let mut ways = Vec::new();
        for wish in wishes {
            let relaxed = self.without(&[wish]);
            if self.feasible(&relaxed) != Some(true) {
                continue;
            }
            ways.extend(self.nearest(wish, &relaxed));
        }
        ways
    }

    fn nearest(&self, (form, wish): &(usize, Wish), relaxed: &[PickRequest]) -> Option<Way> {
        let form = *form;
        let request = self.requests.get(form)?;
        let constraints = &request.constraints;
        let without = || Some(Way::Without(form, wish.clone()));
        match wish {
            Wish::Minutes(number) => {
                let least = self.least(relaxed, |choice| {
                    let here = choice.form == form && choice.segment == *number;
                    i64::from(here) * i64::from(choice.minutes)
                });
                let least = u32::try_from(least?).ok()?;
                let frame = request.frame;
                let slot = least + frame.intro_minutes + frame.closing_minutes;
                match is_plain(request) {
                    true if slot <= LONGEST_SLOT => Some(Way::Slot(slot)),
                    true => None,
                    false => Some(Way::Segment(form, *number, least)),
                }
            }
            Wish::Categories => {
                let mut program = Program::joint(self.bank, relaxed, self.scope);
                let marks = program.category_marks.iter();
                let own = marks.filter(|(of, _)| *of == form);
                let terms: Vec<(usize, i64)> = own.map(|&(_, mark)| (mark, -1)).collect();
                program.minimise(&terms);
                let most = u32::try_from(-self.best(&program)?).ok()?;
                match most {
                    0 => without(),
                    most => Some(Way::Categories(form, most)),
                }
            }
            Wish::Questions => {
                let wanted = constraints.questions?;
                let count = self.count(relaxed, wanted, |choice| choice.form == form)?;
                Some(Way::Questions(form, count))
            }
            Wish::Counted(counted) if !counted.is_share => {
                let has = |choice: &Choice| {
                    let question = &self.bank.questions[choice.question];
                    choice.form == form && counted.feature.is_of(question)
                };
                match self.count(relaxed, counted.count.value, has)? {
                    0 => without(),
                    count => Some(Way::Counted(form, counted.clone(), count)),
                }
            }
            _ => without(),
        }
    }

    /// The number of choices that comes nearest to the wanted one.
    fn count(
        &self,
        relaxed: &[PickRequest],
        wanted: Count,
        has: impl Fn(&Choice) -> bool,
    ) -> Option<u32> {
        let most = self.least(relaxed, |choice| -i64::from(has(choice)));
        let most = u32::try_from(-most?).ok()?;
        if most < wanted.min.unwrap_or(0) {
            return Some(most);
        }
        let least = self.least(relaxed, |choice| i64::from(has(choice)));
        u32::try_from(least?).ok()
    }

    /// The least sum of weights of what is chosen.
    fn least(&self, requests: &[PickRequest], weight: impl Fn(&Choice) -> i64) -> Option<i64> {
        let mut program = Program::joint(self.bank, requests, self.scope);
        let choices = program.choices.iter().enumerate();
        let terms: Vec<(usize, i64)> = choices
            .map(|(variable, choice)| (variable, weight(choice)))
            .collect();
        program.minimise(&terms);
        self.best(&program)
    }

    fn best(&self, program: &Program) -> Option<i64> {
        let solution = solver::solve(program, None, self.limits).ok()?;
        solution.is_proven().then_some(solution.objective)
    }
}
