//! The model of a pick, solved exactly.

use std::collections::BTreeMap;

use crate::pick::exact::model::{Column, Model, Row};
use crate::pick::exact::{Limits, Proof, solve as solve_model};
use crate::pick::program::{Origin, Program};

/// A choice that is proven to be the best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// Whether each choice is made.
    pub chosen: Vec<bool>,
    /// The value of the objective.
    pub objective: i64,
}

/// Why there is no proven solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SolveError {
    /// It is proven that there is none.
    Infeasible,
    /// The search was given up after this many branches, a bound that keeps every answer the same
    /// on fast and slow machines.
    TooHard(u64),
}

/// Branches after which a search is given up.
const NODE_LIMIT: u64 = 20_000;

/// Solves a program to proven optimality.
///
/// # Errors
/// When there is no solution, or none could be proven.
pub fn solve(program: &Program) -> Result<Solution, SolveError> {
    solve_within(program, NODE_LIMIT)
}

/// [`solve`] with a bound of its own on the branches.
///
/// # Errors
/// As [`solve`].
pub fn solve_within(program: &Program, branches: u64) -> Result<Solution, SolveError> {
    let limits = Limits {
        nodes: branches,
        ..Limits::default()
    };
    let answer = solve_model(&model(program), &limits);
    match (answer.proof, answer.best) {
        (Proof::Complete, Some((taken, objective))) => Ok(Solution {
            chosen: taken
                .iter()
                .take(program.choices.len())
                .map(|count| *count == 1)
                .collect(),
            objective,
        }),
        (Proof::Complete, None) => Err(SolveError::Infeasible),
        (Proof::AtLeast(_), _) => Err(SolveError::TooHard(branches)),
    }
}

fn model(program: &Program) -> Model {
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
            if weight != 0 {
                columns[variable].entries.push((index, weight));
            }
        }
        rows.push(Row {
            least: row.least,
            most: row.most,
            // There can be thousands of these, of which hardly one is in the way.
            lazy: matches!(row.origin, Origin::Once | Origin::Group | Origin::NeverWith),
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

/// Choices of which to settle first how many are made: with those numbers fixed, little is left to decide.
fn classes(program: &Program) -> Vec<Vec<usize>> {
    let mut classes: BTreeMap<(u8, usize, u32), Vec<usize>> = BTreeMap::new();
    for (variable, choice) in program.choices.iter().enumerate() {
        let keys = [
            (0, choice.segment, 0),
            (1, choice.segment, choice.minutes),
            (2, 0, choice.difficulty as u32),
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
