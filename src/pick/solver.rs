//! The exact solver behind the model: microlp's branch and bound, its answers checked in whole numbers.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable};

use crate::pick::program::Program;

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
    /// The solver's numbers could not be trusted.
    Numerical(String),
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
    if program.rows.iter().any(impossible) {
        return Err(SolveError::Infeasible);
    }
    let weights = weights(program);
    let (problem, variables) = translate(program, &weights);
    let mut options = SolveOptions::default();
    options.node_limit = Some(branches);
    let solution = match problem.solve_with(options) {
        Ok(SolveOutcome::Solution(solution)) => solution,
        Ok(SolveOutcome::Interrupted(_)) => return Err(SolveError::TooHard(branches)),
        Err(microlp::Error::Infeasible) => return Err(SolveError::Infeasible),
        Err(error) => return Err(SolveError::Numerical(error.to_string())),
    };
    if solution.status() != microlp::SolutionStatus::Optimal {
        return Err(SolveError::TooHard(branches));
    }
    let values: Vec<i64> = variables
        .iter()
        .map(|&variable| whole(solution.var_value(variable)))
        .collect();
    check(program, &values)?;
    Ok(Solution {
        chosen: values[..program.choices.len()]
            .iter()
            .map(|&value| value == 1)
            .collect(),
        objective: values
            .iter()
            .zip(&weights)
            .map(|(value, weight)| value * weight)
            .sum(),
    })
}

/// The program as microlp takes it.
fn translate(program: &Program, weights: &[i64]) -> (Problem, Vec<Variable>) {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let (choices, extra) = weights.split_at(program.choices.len());
    let mut variables: Vec<Variable> = choices
        .iter()
        .map(|&weight| problem.add_binary_var(real(weight)))
        .collect();
    for (&weight, &most) in extra.iter().zip(&program.extra) {
        variables.push(problem.add_var(real(weight), (0.0, most)));
    }
    for row in &program.rows {
        let terms: Vec<(Variable, f64)> = row
            .terms
            .iter()
            .map(|&(variable, weight)| (variables[variable], real(weight)))
            .collect();
        if row.least.is_some() && row.least == row.most {
            let value = real(row.least.unwrap_or_default());
            problem.add_constraint(&terms, ComparisonOp::Eq, value);
            continue;
        }
        if let Some(least) = row.least {
            problem.add_constraint(&terms, ComparisonOp::Ge, real(least));
        }
        if let Some(most) = row.most {
            problem.add_constraint(&terms, ComparisonOp::Le, real(most));
        }
    }
    (problem, variables)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "weights and bounds of a screen are far below 2^52"
)]
fn real(number: i64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "values of a screen are small, and every row is checked with the result"
)]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

fn weights(program: &Program) -> Vec<i64> {
    let mut weights = vec![0; program.choices.len() + program.extra.len()];
    for &(variable, weight) in &program.objective {
        weights[variable] += weight;
    }
    weights
}

/// A row without variables that asks for something.
fn impossible(row: &crate::pick::program::Row) -> bool {
    row.terms.is_empty()
        && (row.least.is_some_and(|least| least > 0) || row.most.is_some_and(|most| most < 0))
}

/// Whole numbers must satisfy every row: a rounding error in the solver is never passed on.
fn check(program: &Program, values: &[i64]) -> Result<(), SolveError> {
    for row in &program.rows {
        let sum: i64 = row
            .terms
            .iter()
            .map(|&(variable, weight)| values[variable] * weight)
            .sum();
        let kept =
            row.least.is_none_or(|least| sum >= least) && row.most.is_none_or(|most| sum <= most);
        if !kept {
            return Err(SolveError::Numerical(format!(
                "a constraint does not hold in whole numbers: {:?}",
                row.origin
            )));
        }
    }
    Ok(())
}
