//! Assembly: constraints to a 0/1 model to a proven choice to a pinned screen.
//!
//! Pure: no clock, no disk, no randomness but the seed that is passed in.

pub mod exact;
pub mod greedy;
pub mod nearest;
pub mod objective;
pub mod offer;
pub mod pin;
pub mod program;
pub mod random;
pub mod reduce;
pub mod request;
pub mod sets;
pub mod solver;
pub mod starvation;

use crate::model::bank::Bank;
use crate::model::screen::{Objective, Screen};
use crate::pick::nearest::Nearest;
use crate::pick::program::{Choice, Program, Scope};
use crate::pick::request::PickRequest;
use crate::pick::solver::SolveError;

/// Why there is no screen.
#[derive(Debug)]
pub enum NoScreen {
    /// It is proven that no screen satisfies the request; what comes near.
    Infeasible(Nearest),
    /// The solver gave up; nothing is proven.
    Failed(SolveError),
}

/// Picks the best screen: proven optimal on each objective in turn, then chosen by the seed among
/// all that are optimal.
///
/// # Errors
/// When no screen satisfies the request, or the solver gave up.
pub fn pick(bank: &Bank, request: &PickRequest) -> Result<Screen, NoScreen> {
    solve_with(bank, request, &Program::new(bank, request, Scope::Reduced))
}

/// [`pick`] over every question, without leaving out those that cannot matter: for comparison.
///
/// # Errors
/// As [`pick`].
pub fn pick_from_all(bank: &Bank, request: &PickRequest) -> Result<Screen, NoScreen> {
    solve_with(bank, request, &Program::new(bank, request, Scope::All))
}

fn solve_with(bank: &Bank, request: &PickRequest, program: &Program) -> Result<Screen, NoScreen> {
    let (chosen, objectives) = solve(program, request).map_err(|error| match error {
        SolveError::Infeasible => NoScreen::Infeasible(nearest::nearest(bank, request, program)),
        other @ SolveError::TooHard(_) => NoScreen::Failed(other),
    })?;
    Ok(pin::pin(bank, request, &chosen, objectives))
}

fn solve(
    program: &Program,
    request: &PickRequest,
) -> Result<(Vec<Choice>, Vec<Objective>), SolveError> {
    let mut program = program.clone();
    let mut reached = Vec::new();
    for level in objective::levels(&mut program, request) {
        program.minimise(&level.terms);
        let solution = solver::solve(&program)?;
        let value = solution.objective;
        reached.push(Objective {
            name: level.name.to_owned(),
            value: u32::try_from(value + level.constant).unwrap_or(u32::MAX),
        });
        program.fix_objective(value);
    }
    let random = objective::random_level(&program);
    program.minimise(&random);
    let solution = solver::solve(&program)?;
    Ok((program.chosen(&solution), reached))
}
