//! How many sets of questions satisfy a program: counted, not sampled.
//!
//! Questions that no row can tell apart form a class, so that a search decides how many of each class are
//! asked, and each answer stands for a product of binomial coefficients of sets. What no row connects is
//! counted apart and multiplied.

mod classes;
mod search;

use self::classes::{Compiled, Problem, compile};
use self::search::{Counted, Search};
use crate::model::offer::Sets;
use crate::pick::program::Program;

/// How many sets are counted before "more than" is answer enough.
pub const CAP: u64 = 10_000;
/// Sums looked at before counting is given up: less than a tenth of a second. A bound that gives the same
/// answer on fast and slow machines.
pub const BUDGET: u64 = 12_000_000;

/// Counts the sets of questions for which some segments and modes satisfy every row of `program`, up to
/// `cap`, looking at `budget` sums at most. Variables that mark "some of these choices is made", as those
/// of categories do, are taken to be just that; the objective does not matter.
#[must_use]
pub fn count(program: &Program, cap: u64, budget: u64) -> Sets {
    let problem = match compile(program) {
        Compiled::Problem(problem) => problem,
        Compiled::Impossible => return Sets::Exactly(0),
        Compiled::Unknown => return Sets::AtLeast(0),
    };
    let parts = problem.parts();
    let share = budget / (parts.len() as u64).max(1);
    let mut found = 1_u64;
    let mut complete = true;
    for part in &parts {
        let Counted {
            sets,
            complete: to_the_end,
        } = count_part(&problem, part, cap, share);
        if sets == 0 && to_the_end {
            return Sets::Exactly(0);
        }
        found = found.saturating_mul(sets);
        complete &= to_the_end;
    }
    match found {
        found if found > cap => Sets::MoreThan(cap),
        found if complete => Sets::Exactly(found),
        found => Sets::AtLeast(found),
    }
}

fn count_part(problem: &Problem, part: &[usize], cap: u64, budget: u64) -> Counted {
    match part {
        // Nothing limits these: each is in the set or not.
        [class] if problem.classes[*class].is_free() => {
            let questions = u32::try_from(problem.classes[*class].questions).unwrap_or(u32::MAX);
            let sets = 1_u64.checked_shl(questions).unwrap_or(u64::MAX);
            Counted {
                sets,
                complete: true,
            }
        }
        part => Search::new(problem, part, budget).count(cap),
    }
}
