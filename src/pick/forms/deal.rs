//! Forms built one after the other, each by the exact solver from what those before it left: quick, and proven where each
//! is as good as one form alone can be.

use std::collections::BTreeMap;

use super::{Between, difficulty, minutes, weights};
use crate::model::assembly::Effort;
use crate::model::bank::Bank;
use crate::model::random::random_weights;
use crate::model::screen::{Objective, VerdictStatus};
use crate::pick::exact::Limits;
use crate::pick::program::{Choice, Origin, Program, Row, Scope};
use crate::pick::request::PickRequest;
use crate::pick::solver::{self, SolveError};
use crate::pick::{Solved, climb, objective, optimise, seen, size};

/// So many times all forms are dealt anew, by other random weights.
const TRIES: u64 = 24;

/// Branches for one form of a try.
const BRANCHES: u64 = 2_000;

/// Who deals.
pub(super) struct Dealer<'d> {
    pub(super) bank: &'d Bank,
    pub(super) request: &'d PickRequest,
    pub(super) between: &'d Between,
    pub(super) limits: &'d Limits<'d>,
}

impl Dealer<'_> {
    /// What each form must have.
    pub(super) fn program(&self) -> Program {
        let mut program = Program::new(self.bank, self.request, Scope::Forms(self.between.count));
        // Every form has the anchors, and so at least that many questions.
        program.rows.push(Row {
            origin: Origin::Form,
            terms: (0..program.choices.len())
                .map(|choice| (choice, 1))
                .collect(),
            least: Some(self.between.anchors.into()),
            most: None,
        });
        program
    }

    /// Forms of which each is as good on every objective as one alone can be, and that are alike in minutes and
    /// difficulty: no others are better. `None` where dealing does not find any.
    pub(super) fn perfect(&self) -> Result<Option<Solved>, SolveError> {
        let requests = std::slice::from_ref(self.request);
        let mut program = self.program();
        let levels = objective::levels(&mut program, self.bank, requests);
        let mut effort = size(&program);
        let (mut reached, _) = climb(&mut program, &levels, self.limits, &mut effort)?;
        if reached.iter().any(|objective| objective.bound.is_some()) {
            return Ok(None);
        }
        for attempt in 0..TRIES {
            if (self.limits.stop)() {
                return Ok(None);
            }
            let Some(forms) = self.deal(&program, attempt, true, &mut effort) else {
                continue;
            };
            reached.push(Objective {
                name: super::RANGE.to_owned(),
                value: 0,
                bound: None,
            });
            return Ok(Some(Solved {
                chosen: super::chosen(&program, &forms),
                objectives: reached,
                status: VerdictStatus::Optimal,
                effort,
            }));
        }
        Ok(None)
    }

    /// Whether dealing finds forms, however good.
    pub(super) fn any(&self) -> bool {
        let program = self.program();
        let mut effort = size(&program);
        let mut tries = 0..TRIES;
        tries.any(|attempt| {
            !(self.limits.stop)() && self.deal(&program, attempt, false, &mut effort).is_some()
        })
    }

    /// Forms by a program that bounds every objective; alike in minutes and difficulty, or not.
    fn deal(
        &self,
        program: &Program,
        attempt: u64,
        alike: bool,
        effort: &mut Effort,
    ) -> Option<Vec<Vec<i64>>> {
        let limits = Limits {
            nodes: BRANCHES,
            enough: (!alike).then_some(i64::MAX),
            ..*self.limits
        };
        let mut forms: Vec<Vec<i64>> = Vec::new();
        let mut anchors = Vec::new();
        for form in 0..self.between.count as u64 {
            let mut own = program.clone();
            // Other weights for every form, so that what is left does not grow worse and worse.
            let seed = self.request.seed.wrapping_add(attempt << 32 | form << 16);
            own.weights = match (attempt, form) {
                (0, 0) => own.weights,
                _ => random_weights(seed, own.weights.len()),
            };
            if let Some(first) = forms.first().filter(|_| alike) {
                for weight in [minutes, difficulty] {
                    let sum = weights(&own, weight);
                    let at: i64 = sum
                        .iter()
                        .zip(first)
                        .map(|(weight, taken)| weight * taken)
                        .sum();
                    own.rows.push(Row {
                        origin: Origin::Form,
                        terms: sum.into_iter().enumerate().collect(),
                        least: Some(at),
                        most: Some(at),
                    });
                }
            }
            self.apart(&mut own, &forms, &anchors);
            let random = objective::random_level(&own);
            own.minimise(&random);
            let solution = solver::solve(&own, None, &limits).ok()?;
            effort.branches += solution.branches;
            if forms.is_empty() {
                anchors = self.anchors(&own, &solution.taken)?;
            }
            forms.push(solution.taken);
        }
        Some(forms)
    }

    /// Questions of the first form that all others will have.
    fn anchors(&self, program: &Program, first: &[i64]) -> Option<Vec<usize>> {
        let mut asked: Vec<&Choice> = asked(program, first).collect();
        asked.sort_by_key(|choice| std::cmp::Reverse(program.weights[choice.question]));
        let count = usize::try_from(self.between.anchors).ok()?;
        let anchors = asked.iter().take(count).map(|choice| choice.question);
        let anchors: Vec<usize> = anchors.collect();
        (anchors.len() == count).then_some(anchors)
    }

    /// Rows that keep a form apart from those before it.
    fn apart(&self, program: &mut Program, forms: &[Vec<i64>], anchors: &[usize]) {
        let of_question = |program: &Program, wanted: &dyn Fn(usize) -> bool| {
            let choices = program.choices.iter().enumerate();
            choices
                .filter(|(_, choice)| wanted(choice.question))
                .map(|(variable, _)| (variable, 1))
                .collect()
        };
        let row = |terms: Vec<(usize, i64)>, least: Option<i64>, most: Option<i64>| Row {
            origin: Origin::Form,
            terms,
            least,
            most,
        };
        if forms.is_empty() {
            return;
        }
        for anchor in anchors {
            let terms = of_question(program, &|question| question == *anchor);
            program.rows.push(row(terms, Some(1), Some(1)));
        }
        let mut uses: BTreeMap<usize, u32> = BTreeMap::new();
        for form in forms {
            let others: Vec<usize> = asked(program, form)
                .map(|choice| choice.question)
                .filter(|question| !anchors.contains(question))
                .collect();
            for question in &others {
                *uses.entry(*question).or_default() += 1;
            }
            let terms = of_question(program, &|question| others.contains(&question));
            let most = i64::from(self.between.max_overlap);
            program.rows.push(row(terms, None, Some(most)));
        }
        if let Some(most) = self.between.max_uses {
            let worn = |question| uses.get(&question).is_some_and(|uses| *uses >= most);
            let terms = of_question(program, &worn);
            program.rows.push(row(terms, None, Some(0)));
        }
    }

    /// Forms one after the other, each the best that those before it leave; what is proven of them is no more than
    /// what is proven of one form alone.
    pub(super) fn in_turn(&self) -> Option<Solved> {
        let requests = std::slice::from_ref(self.request);
        let base = self.program();
        let mut forms: Vec<Vec<i64>> = Vec::new();
        let mut anchors = Vec::new();
        let mut effort = size(&base);
        let mut worst: Vec<Objective> = Vec::new();
        for _ in 0..self.between.count {
            let mut own = base.clone();
            self.apart(&mut own, &forms, &anchors);
            let solved = optimise(self.bank, requests, own, self.limits).ok()?;
            effort.branches += solved.effort.branches;
            let taken: Vec<i64> = base
                .choices
                .iter()
                .map(|choice| i64::from(solved.chosen.contains(choice)))
                .collect();
            if forms.is_empty() {
                anchors = self.anchors(&base, &taken)?;
                worst.clone_from(&solved.objectives);
            }
            for (worst, own) in worst.iter_mut().zip(&solved.objectives) {
                if own.value > worst.value {
                    // What the first form reached is the best that any can.
                    worst.bound = worst.bound.or(Some(worst.value));
                    worst.value = own.value;
                }
            }
            forms.push(taken);
        }
        let range: i64 = [minutes, difficulty]
            .map(|weight| range(&weights(&base, weight), &forms))
            .iter()
            .sum();
        worst.push(Objective {
            name: super::RANGE.to_owned(),
            value: seen(range, 0),
            bound: (range > 0).then_some(0),
        });
        let open = worst.iter().position(|objective| objective.bound.is_some());
        let status = match open {
            Some(_) => VerdictStatus::Unproven,
            None => VerdictStatus::Optimal,
        };
        worst.truncate(open.map_or(worst.len(), |open| open + 1));
        Some(Solved {
            chosen: super::chosen(&base, &forms),
            objectives: worst,
            status,
            effort,
        })
    }
}

/// The difference between the greatest and the least sum of a form.
fn range(weights: &[i64], forms: &[Vec<i64>]) -> i64 {
    let sum = |taken: &Vec<i64>| -> i64 {
        let terms = weights.iter().zip(taken);
        terms.map(|(weight, taken)| weight * taken).sum()
    };
    let sums = || forms.iter().map(sum);
    sums().max().unwrap_or(0) - sums().min().unwrap_or(0)
}

/// The choices that a form makes.
fn asked<'p>(program: &'p Program, taken: &'p [i64]) -> impl Iterator<Item = &'p Choice> {
    let choices = program.choices.iter().zip(taken);
    choices
        .filter(|(_, taken)| **taken == 1)
        .map(|(choice, _)| choice)
}
