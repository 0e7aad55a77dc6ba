//! The model of a pick, solved exactly.

use std::collections::BTreeMap;

use crate::pick::exact::model::{Column, Model, Row};
use crate::pick::exact::{Limits, Proof, solve_from};
use crate::pick::program::{Origin, Program};

/// A choice that keeps every bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// How much is taken of each variable.
    pub taken: Vec<i64>,
    /// The value of the objective.
    pub objective: i64,
    /// No choice has less: the same where the choice is proven to be the best.
    pub bound: i64,
    /// How many branches were looked at.
    pub branches: u64,
}

impl Solution {
    /// Whether it is proven that there is no better one.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.bound >= self.objective
    }
}

/// Why there is no solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// It is proven that there is none.
    Infeasible,
    /// The search was stopped after this many branches before it found any; nothing is proven.
    Stopped(u64),
}

/// Solves a program; `start` is a choice that keeps every bound, where one is known.
///
/// # Errors
/// When there is no solution, or the limits were met before any was found.
pub fn solve(
    program: &Program,
    start: Option<&[i64]>,
    limits: &Limits<'_>,
) -> Result<Solution, SolveError> {
    let answer = solve_from(&model(program), start, limits);
    let branches = answer.nodes;
    match (answer.proof, answer.best) {
        (Proof::Complete, Some((taken, objective))) => Ok(Solution {
            taken,
            objective,
            bound: objective,
            branches,
        }),
        (Proof::AtLeast(bound), Some((taken, objective))) => Ok(Solution {
            taken,
            objective,
            bound: bound.min(objective),
            branches,
        }),
        (Proof::Complete, None) => Err(SolveError::Infeasible),
        (Proof::AtLeast(_), None) => Err(SolveError::Stopped(branches)),
    }
}

/// Whether anything satisfies a program; `None` where the limits were met first.
#[must_use]
pub fn is_feasible(program: &Program, limits: &Limits<'_>) -> Option<bool> {
    match solve(program, None, limits) {
        Ok(_) => Some(true),
        Err(SolveError::Infeasible) => Some(false),
        Err(SolveError::Stopped(_)) => None,
    }
}

/// The model that the exact solver is given.
#[must_use]
pub fn model(program: &Program) -> Model {
    let choices = program.choices.iter().map(|_| 1);
    let most = choices.chain(program.extra.iter().copied());
    let mut columns: Vec<Column> = most
        .map(|most| Column {
            most,
            ..Column::default()
        })
        .collect();
    for &(variable, weight) in &program.objective {
        columns[variable].cost += weight;
    }
    let mut rows = Vec::with_capacity(program.rows.len());
    for (index, row) in program.rows.iter().enumerate() {
        for &(variable, weight) in &row.terms {
            add(&mut columns[variable].entries, index, weight);
        }
        rows.push(Row {
            least: row.least,
            most: row.most,
            lazy: is_lazy(&row.origin),
            branch: false,
        });
    }
    for class in classes(program) {
        for &variable in &class {
            columns[variable].entries.push((rows.len(), 1));
        }
        rows.push(Row {
            least: Some(0),
            most: i64::try_from(class.len()).ok(),
            lazy: true,
            branch: true,
        });
    }
    Model { columns, rows }
}

/// Adds a weight to a column's entry in the row at hand, of which a column has one at most.
fn add(entries: &mut Vec<(usize, i64)>, row: usize, weight: i64) {
    match entries.last_mut() {
        Some(last) if last.0 == row => {
            last.1 += weight;
            if last.1 == 0 {
                entries.pop();
            }
        }
        _ if weight != 0 => entries.push((row, weight)),
        _ => {}
    }
}

/// Rows of which there can be thousands, and hardly one is in the way.
fn is_lazy(origin: &Origin) -> bool {
    matches!(
        origin,
        Origin::Once
            | Origin::Group
            | Origin::NeverWith
            | Origin::RepeatedTag
            | Origin::PerCategory
    )
}

/// Choices of which to settle first how many are made: with those numbers fixed, little is left to decide.
fn classes(program: &Program) -> Vec<Vec<usize>> {
    let mut classes: BTreeMap<(u8, usize, usize, u32), Vec<usize>> = BTreeMap::new();
    for (variable, choice) in program.choices.iter().enumerate() {
        let keys = [
            (0, choice.form, choice.segment, 0),
            (1, choice.form, choice.segment, choice.minutes),
            (2, choice.form, 0, choice.difficulty as u32),
        ];
        for key in keys {
            classes.entry(key).or_default().push(variable);
        }
    }
    classes
        .into_values()
        .filter(|class| class.len() > 1)
        .collect()
}
