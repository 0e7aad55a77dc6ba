//! Parallel forms: several screens by one request, alike in minutes and difficulty, that share few questions.
//!
//! Each objective is made as small as it can be for the form on which it is greatest, then kept as a bound for all
//! forms. Last comes how alike they are: the range of their minutes and the range of their difficulty, added up.

mod deal;

use std::collections::BTreeMap;

use self::deal::Dealer;
use crate::model::assembly::Effort;
use crate::model::bank::Bank;
use crate::model::screen::{Objective, VerdictStatus};
use crate::pick::exact::forms::{Aim, Assembly, Forms, assemble};
use crate::pick::exact::{Limits, Proof};
use crate::pick::program::{Choice, Program, Scope};
use crate::pick::request::PickRequest;
use crate::pick::solver::{self, SolveError, model};
use crate::pick::{Solved, objective, seen, size};

/// What holds between forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// How many forms.
    pub count: usize,
    /// The most questions that two forms share, anchors apart.
    pub max_overlap: u32,
    /// The most forms that a question is in, anchors apart.
    pub max_uses: Option<u32>,
    /// So many questions are in every form.
    pub anchors: u32,
}

/// Finds parallel forms; the choices of the first have the form 0.
///
/// # Errors
/// When it is proven that there are none, or the limits were met before any were found.
pub fn assemble_forms(
    bank: &Bank,
    request: &PickRequest,
    between: &Between,
    limits: &Limits<'_>,
) -> Result<Solved, SolveError> {
    let dealer = Dealer {
        bank,
        request,
        between,
        limits,
    };
    if let Some(perfect) = dealer.perfect()? {
        return Ok(perfect);
    }
    // Something to fall back on, should the time for the proof not suffice.
    let in_turn = dealer.in_turn();
    match (thorough(bank, request, between, limits), in_turn) {
        (Ok(solved), Some(in_turn)) if solved.status == VerdictStatus::Unproven => {
            Ok(better(solved, in_turn))
        }
        (Err(SolveError::Stopped(_)), Some(in_turn)) => Ok(in_turn),
        (result, _) => result,
    }
}

/// The one that is better on the first objective on which they differ.
fn better(one: Solved, other: Solved) -> Solved {
    let values = |solved: &Solved| -> Vec<u32> {
        let objectives = solved.objectives.iter();
        objectives.map(|objective| objective.value).collect()
    };
    let (a, b) = (values(&one), values(&other));
    let shared = a.len().min(b.len());
    if a[..shared] <= b[..shared] {
        one
    } else {
        other
    }
}

/// [`assemble_forms`] for all forms together.
fn thorough(
    bank: &Bank,
    request: &PickRequest,
    between: &Between,
    limits: &Limits<'_>,
) -> Result<Solved, SolveError> {
    let requests = std::slice::from_ref(request);
    let mut program = Program::new(bank, request, Scope::Forms(between.count));
    let levels = objective::levels(&mut program, bank, requests);
    let mut search = Search {
        questions: columns(&program),
        between,
        limits,
        effort: size(&program),
    };
    let mut reached = Vec::new();
    let mut best: Option<Vec<Vec<i64>>> = None;
    for level in &levels {
        level.begin(&mut program, None);
        search.effort.rows = search.effort.rows.max(program.rows.len());
        let found = search.find(&program, Aim::Worst, Vec::new(), Vec::new());
        let (value, bound) = match search.best(found, &mut best) {
            Some(found) => found?,
            // The search ended before this level: what was found for the one before stands.
            None => break,
        };
        reached.push(Objective {
            name: level.name.to_owned(),
            value: seen(value, level.constant),
            bound: bound.map(|bound| seen(bound, level.constant)),
        });
        program.fix_objective(value);
        if bound.is_some() {
            break;
        }
    }
    let all = reached.len() == levels.len();
    if all && reached.iter().all(|objective| objective.bound.is_none()) {
        program.minimise(&[]);
        let matched = vec![weights(&program, minutes), weights(&program, difficulty)];
        let mut preference = vec![0; program.choices.len() + program.extra.len()];
        for (variable, weight) in objective::random_level(&program) {
            preference[variable] = weight;
        }
        let found = search.find(&program, Aim::Range, matched, preference);
        if let Some(found) = search.best(found, &mut best) {
            let (value, bound) = found?;
            reached.push(Objective {
                name: RANGE.to_owned(),
                value: seen(value, 0),
                bound: bound.map(|bound| seen(bound, 0)),
            });
        }
    }
    let proven = reached.len() == levels.len() + 1
        && reached.iter().all(|objective| objective.bound.is_none());
    let Some(best) = best else {
        return Err(SolveError::Stopped(search.effort.branches));
    };
    Ok(Solved {
        chosen: chosen(&program, &best),
        objectives: reached,
        status: if proven {
            VerdictStatus::Optimal
        } else {
            VerdictStatus::Unproven
        },
        effort: search.effort,
    })
}

/// Whether there are forms at all, however good; `None` where the limits were met first.
#[must_use]
pub fn is_possible(
    bank: &Bank,
    request: &PickRequest,
    between: &Between,
    limits: &Limits<'_>,
) -> Option<bool> {
    let dealer = Dealer {
        bank,
        request,
        between,
        limits,
    };
    let alone = solver::is_feasible(&dealer.program(), limits);
    if alone != Some(true) || between.count < 2 {
        return alone;
    }
    if dealer.any() {
        return Some(true);
    }
    let mut program = Program::new(bank, request, Scope::Forms(between.count));
    program.minimise(&[]);
    let mut search = Search {
        questions: columns(&program),
        between,
        limits,
        effort: size(&program),
    };
    let found = search.find(&program, Aim::Worst, Vec::new(), Vec::new());
    match (found.best, found.proof) {
        (Some(_), _) => Some(true),
        (None, Proof::Complete) => Some(false),
        (None, Proof::AtLeast(_)) => None,
    }
}

/// The name of the objective about how alike forms are.
const RANGE: &str = "range of minutes and difficulty";

struct Search<'s> {
    questions: Vec<Vec<usize>>,
    between: &'s Between,
    limits: &'s Limits<'s>,
    effort: Effort,
}

impl Search<'_> {
    fn find(
        &mut self,
        program: &Program,
        aim: Aim,
        matched: Vec<Vec<i64>>,
        preference: Vec<i64>,
    ) -> Assembly {
        let model = model(program);
        let forms = Forms {
            model: &model,
            count: self.between.count,
            questions: self.questions.clone(),
            max_overlap: Some(self.between.max_overlap.into()),
            max_uses: self.between.max_uses.map(i64::from),
            anchors: self.between.anchors.into(),
            matched,
            preference,
            aim,
        };
        let found = assemble(&forms, self.limits);
        self.effort.branches += found.nodes;
        found
    }

    /// Keeps what was found, and says its value and, where it is not proven, the bound. `None`: the search ended
    /// first.
    fn best(
        &self,
        found: Assembly,
        best: &mut Option<Vec<Vec<i64>>>,
    ) -> Option<Result<(i64, Option<i64>), SolveError>> {
        match (found.best, found.proof) {
            (Some((forms, value)), proof) => {
                *best = Some(forms);
                let bound = match proof {
                    Proof::Complete => None,
                    Proof::AtLeast(bound) => (bound < value).then_some(bound),
                };
                Some(Ok((value, bound)))
            }
            (None, Proof::Complete) => Some(Err(SolveError::Infeasible)),
            (None, Proof::AtLeast(_)) if best.is_some() => None,
            (None, Proof::AtLeast(_)) => Some(Err(SolveError::Stopped(self.effort.branches))),
        }
    }
}

/// The columns of each question.
fn columns(program: &Program) -> Vec<Vec<usize>> {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (variable, choice) in program.choices.iter().enumerate() {
        columns.entry(choice.question).or_default().push(variable);
    }
    columns.into_values().collect()
}

fn weights(program: &Program, weight: fn(&Choice) -> i64) -> Vec<i64> {
    let mut weights = vec![0; program.choices.len() + program.extra.len()];
    for (place, choice) in weights.iter_mut().zip(&program.choices) {
        *place = weight(choice);
    }
    weights
}

fn minutes(choice: &Choice) -> i64 {
    i64::from(choice.minutes)
}

/// 1 for an easy question, 3 for a hard one.
fn difficulty(choice: &Choice) -> i64 {
    choice.difficulty as i64 + 1
}

fn chosen(program: &Program, forms: &[Vec<i64>]) -> Vec<Choice> {
    let mut chosen = Vec::new();
    for (form, taken) in forms.iter().enumerate() {
        for (choice, taken) in program.choices.iter().zip(taken) {
            if *taken == 1 {
                chosen.push(Choice { form, ..*choice });
            }
        }
    }
    chosen
}
