//! What the model is fitted to: scores, and the levels of each factor.

use std::collections::BTreeMap;

use crate::report::figure::{Statistic, Undefined};

/// A factor whose levels are a random sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// How many levels there are.
    pub levels: usize,
    /// The level of each score, from 0.
    pub of: Vec<usize>,
}

/// Scores with their factors.
#[derive(Clone, Debug)]
pub struct Design {
    pub(super) scores: Vec<f64>,
    pub(super) factors: Vec<Factor>,
    /// The factor with the most levels, which is absorbed.
    pub(super) big: usize,
    /// The combinations of the first two factors, where some are rated twice: absorbed before.
    pub(super) cells: Option<Factor>,
    /// The scores by levels of the big factor, and by cells within them.
    pub(super) order: Vec<usize>,
}

impl Design {
    /// A design of at least one factor. `has_cells`: whether combinations of the first two factors vary, too, if any
    /// combination is rated twice; the other scores of a level of one of them are then correlated more.
    ///
    /// # Errors
    /// When there are not at least three scores, two levels of each factor, and more scores than levels of each, or all
    /// scores are the same.
    pub fn new(scores: Vec<f64>, factors: Vec<Factor>, has_cells: bool) -> Statistic<Self> {
        let is_small = |factor: &Factor| factor.levels < 2 || factor.levels >= scores.len();
        if scores.len() < 3 || factors.is_empty() || factors.iter().any(is_small) {
            return Err(Undefined::TooFew);
        }
        if factors.iter().any(|factor| factor.of.len() != scores.len()) {
            return Err(Undefined::Incomplete);
        }
        if scores
            .windows(2)
            .all(|pair| pair[0].total_cmp(&pair[1]).is_eq())
        {
            return Err(Undefined::NoVariance);
        }
        let cells = (has_cells && factors.len() > 1).then(|| cells(&factors[0], &factors[1]));
        let cells = cells.filter(|cells| cells.levels < scores.len());
        // The combinations are within levels of the first two only.
        let candidates = if cells.is_some() { 2 } else { factors.len() };
        let big = (0..candidates)
            .max_by_key(|at| factors[*at].levels)
            .unwrap_or(0);
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by_key(|at| {
            (
                factors[big].of[*at],
                cells.as_ref().map(|cells| cells.of[*at]),
            )
        });
        Ok(Self {
            scores,
            factors,
            big,
            cells,
            order,
        })
    }

    /// How many combinations of the first two factors there are, if they vary, too.
    #[must_use]
    pub fn cells(&self) -> Option<usize> {
        self.cells.as_ref().map(|cells| cells.levels)
    }

    /// How many variances are estimated beside the residual one.
    pub(super) fn variances(&self) -> usize {
        self.factors.len() + usize::from(self.cells.is_some())
    }

    /// The factor of a variance.
    pub(super) fn factor(&self, at: usize) -> &Factor {
        match &self.cells {
            Some(cells) if at == self.factors.len() => cells,
            _ => &self.factors[at],
        }
    }
}

/// The combinations of two factors that occur.
fn cells(first: &Factor, second: &Factor) -> Factor {
    let mut known = BTreeMap::new();
    let pairs = first.of.iter().zip(&second.of);
    let of = pairs
        .map(|pair| {
            let next = known.len();
            *known.entry(pair).or_insert(next)
        })
        .collect();
    Factor {
        levels: known.len(),
        of,
    }
}
