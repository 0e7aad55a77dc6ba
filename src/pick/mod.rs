//! Assembly: constraints to a 0/1 model to a proven choice to a pinned screen.
//!
//! Pure: no clock, no disk, no randomness but the seed that is passed in.

pub mod conflict;
pub mod edit;
pub mod exact;
pub mod explain;
pub mod forms;
pub mod memory;
pub mod objective;
pub mod offer;
pub mod pin;
pub mod program;
pub mod reduce;
pub mod request;
pub mod sets;
pub mod solver;
pub mod starvation;
pub mod wish;

use crate::model::assembly::Effort;
use crate::model::bank::Bank;
use crate::model::screen::{Objective, Screen, Verdict, VerdictStatus};
use crate::pick::exact::Limits;
use crate::pick::objective::Level;
use crate::pick::program::{Choice, Program, Scope};
use crate::pick::request::PickRequest;
use crate::pick::solver::{Solution, SolveError};

/// What was found for one request, or for several together.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The questions that are asked.
    pub chosen: Vec<Choice>,
    /// The values reached, most important first.
    pub objectives: Vec<Objective>,
    /// What is proven.
    pub status: VerdictStatus,
    /// What it took.
    pub effort: Effort,
}

/// The size of a program.
fn size(program: &Program) -> Effort {
    let choices = program.choices.iter();
    let mut questions: Vec<usize> = choices.map(|choice| choice.question).collect();
    questions.sort_unstable();
    questions.dedup();
    Effort {
        choices: program.choices.len(),
        questions: questions.len(),
        variables: program.choices.len() + program.extra.len(),
        rows: program.rows.len(),
        branches: 0,
    }
}

/// Picks the best screen: proven optimal on each objective in turn, then chosen by the seed among
/// all that are optimal; or, where the limits end the search, the best one found, with its gap.
///
/// # Errors
/// When no screen satisfies the request, or the search ended before any was found.
pub fn pick(bank: &Bank, request: &PickRequest, limits: &Limits<'_>) -> Result<Screen, SolveError> {
    let solved = assemble(bank, std::slice::from_ref(request), limits)?;
    Ok(pin::pin(bank, request, &solved.chosen, solved.verdict()))
}

/// Picks the screens of several requests for one candidate, who meets no question, no enemy of one and no other of its
/// group again.
///
/// # Errors
/// As [`pick`].
pub fn pick_together(
    bank: &Bank,
    requests: &[PickRequest],
    limits: &Limits<'_>,
) -> Result<Vec<Screen>, SolveError> {
    let solved = assemble(bank, requests, limits)?;
    Ok(pinned(bank, requests, &solved))
}

/// A screen for every request that was solved.
#[must_use]
pub fn pinned(bank: &Bank, requests: &[PickRequest], solved: &Solved) -> Vec<Screen> {
    let pinned = requests.iter().enumerate().map(|(form, request)| {
        let own = solved.chosen.iter().filter(|choice| choice.form == form);
        let own: Vec<Choice> = own.copied().collect();
        let mut verdict = solved.verdict();
        if requests.len() > 1 {
            let what = match request.occasion.form {
                Some(_) => "the worst form",
                None => "all rounds",
            };
            for objective in &mut verdict.objectives {
                objective.name = format!("{}, {what}", objective.name);
            }
        }
        pin::pin(bank, request, &own, verdict)
    });
    pinned.collect()
}

/// Finds the best choice of questions for requests that are met together, or for the parallel forms of a single one.
///
/// # Errors
/// As [`pick`].
pub fn assemble(
    bank: &Bank,
    requests: &[PickRequest],
    limits: &Limits<'_>,
) -> Result<Solved, SolveError> {
    if let [request] = requests
        && let Some(between) = &request.between
    {
        return forms::assemble_forms(bank, request, between, limits);
    }
    let program = Program::joint(bank, requests, Scope::Reduced);
    let solved = optimise(bank, requests, program, limits)?;
    // With few of the questions at hand some tags may repeat that need not.
    let repeats = |objective: &Objective| objective.name == objective::TAGS && objective.value > 0;
    let reduced = solved.objectives.iter().any(repeats);
    if reduced
        && solved.status == VerdictStatus::Optimal
        && reduce::passes_over_tags(bank, requests)
    {
        let program = Program::joint(bank, requests, Scope::All);
        if let Ok(thorough) = optimise(bank, requests, program, limits)
            && values(&thorough) <= values(&solved)
        {
            return Ok(thorough);
        }
        return Ok(solved.unproven());
    }
    Ok(solved)
}

/// [`assemble`] over every question, without leaving out those that cannot matter: for comparison.
///
/// # Errors
/// As [`pick`].
pub fn assemble_from_all(
    bank: &Bank,
    requests: &[PickRequest],
    limits: &Limits<'_>,
) -> Result<Solved, SolveError> {
    let program = Program::joint(bank, requests, Scope::All);
    optimise(bank, requests, program, limits)
}

fn values(solved: &Solved) -> Vec<u32> {
    let objectives = solved.objectives.iter();
    objectives.map(|objective| objective.value).collect()
}

impl Solved {
    /// What is written into a screen about it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict {
            status: self.status,
            objectives: self.objectives.clone(),
        }
    }

    /// The same without a proof of its last objective.
    fn unproven(mut self) -> Self {
        self.status = VerdictStatus::Unproven;
        if let Some(last) = self.objectives.last_mut() {
            last.bound = Some(0);
        }
        self
    }
}

/// After so many branches the random choice is taken as it is: it only has to be one of the best screens and the same
/// everywhere, not the one of greatest weight.
const RANDOM_BRANCHES: u64 = 1_000;

fn optimise(
    bank: &Bank,
    requests: &[PickRequest],
    mut program: Program,
    limits: &Limits<'_>,
) -> Result<Solved, SolveError> {
    let levels = objective::levels(&mut program, bank, requests);
    let mut effort = size(&program);
    let (reached, mut best) = climb(&mut program, &levels, limits, &mut effort)?;
    let proven = reached.iter().all(|objective| objective.bound.is_none());
    if proven {
        program.minimise(&objective::random_level(&program));
        let limits = Limits {
            nodes: RANDOM_BRANCHES,
            ..*limits
        };
        best = Some(next(&program, best.as_ref(), &limits, &mut effort)?);
    }
    let chosen = best.map_or_else(Vec::new, |best| program.chosen(&best));
    Ok(Solved {
        chosen,
        objectives: reached,
        status: if proven {
            VerdictStatus::Optimal
        } else {
            VerdictStatus::Unproven
        },
        effort,
    })
}

/// Reaches one objective after the other, and keeps each as a bound for those that follow; ends at the first that is
/// not proven.
fn climb(
    program: &mut Program,
    levels: &[Level],
    limits: &Limits<'_>,
    effort: &mut Effort,
) -> Result<(Vec<Objective>, Option<Solution>), SolveError> {
    let mut reached = Vec::new();
    let mut best: Option<Solution> = None;
    for level in levels {
        let objective = |value: i64, bound: Option<i64>| Objective {
            name: level.name.to_owned(),
            value: seen(value, level.constant),
            bound: bound.map(|bound| seen(bound, level.constant)),
        };
        // Nothing can be lost or won.
        if level.terms.is_empty() && best.is_some() {
            reached.push(objective(0, None));
            continue;
        }
        level.begin(
            program,
            best.as_mut().map(|best: &mut Solution| &mut best.taken),
        );
        effort.rows = effort.rows.max(program.rows.len());
        let solution = next(program, best.as_ref(), limits, effort)?;
        let bound = (!solution.is_proven()).then_some(solution.bound);
        reached.push(objective(solution.objective, bound));
        program.fix_objective(solution.objective);
        best = Some(solution);
        if bound.is_some() {
            break;
        }
    }
    Ok((reached, best))
}

/// A value as people see it.
fn seen(value: i64, constant: i64) -> u32 {
    u32::try_from(value.saturating_add(constant)).unwrap_or(0)
}

/// The best for the objective at hand, beginning with what was best for the one before.
fn next(
    program: &Program,
    before: Option<&Solution>,
    limits: &Limits<'_>,
    effort: &mut Effort,
) -> Result<Solution, SolveError> {
    let start = before.map(|before| before.taken.as_slice());
    let solution = solver::solve(program, start, limits)?;
    effort.branches += solution.branches;
    Ok(solution)
}
