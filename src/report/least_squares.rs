//! The additive model with fixed effects, by least squares: what the scores say without shrinking anything.
//!
//! Effects of each factor add up to 0. The factor with the most levels is absorbed: its crossproducts are diagonal (F. Yates,
//! "The analysis of multiple classifications with unequal numbers in the different classes", Journal of the American
//! Statistical Association 29, 1934).

use nalgebra::{DMatrix, DVector};

use crate::report::figure::{Statistic, Undefined, count};
use crate::report::identify::identify;
use crate::report::mixed::Factor;

/// The fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Additive {
    /// The mean of all combinations of levels.
    pub mean: f64,
    /// The effects of each factor's levels.
    pub effects: Vec<Vec<f64>>,
    /// Their standard errors; none of the absorbed factor.
    pub errors: Vec<Option<Vec<f64>>>,
    /// The sum of the squares that are left.
    pub squares: f64,
    /// How many degrees of freedom are left.
    pub freedom: usize,
}

/// Fits the model to scores with their factors, whose effects must be identified: one connected part, and of full rank (see
/// [`crate::report::identify`]).
///
/// # Errors
/// When there are fewer scores than effects, or the effects are not identified.
pub fn additive(scores: &[f64], factors: &[Factor]) -> Statistic<Additive> {
    let big = (0..factors.len()).max_by_key(|at| factors[*at].levels);
    let big = big.ok_or(Undefined::TooFew)?;
    let used: usize = factors.iter().map(|factor| factor.levels - 1).sum();
    let freedom = scores
        .len()
        .checked_sub(used + 1)
        .filter(|freedom| *freedom > 0);
    let freedom = freedom.ok_or(Undefined::TooFew)?;
    let identified = identify(factors);
    if identified.components != 1 || identified.deficiency > 0 {
        return Err(Undefined::NotIdentified);
    }
    let starts = starts(factors, big);
    let size = factors.iter().enumerate().filter(|(at, _)| *at != big);
    let size: usize = size.map(|(_, factor)| factor.levels).sum();
    let (left, right) = normal_equations(scores, factors, big, &starts, size);
    let left = left.cholesky().ok_or(Undefined::NotIdentified)?;
    let solved = left.solve(&right);
    let mut effects: Vec<Vec<f64>> = factors
        .iter()
        .zip(&starts)
        .map(|(factor, start)| match start {
            Some(start) => (0..factor.levels)
                .map(|level| solved[start + level])
                .collect(),
            None => Vec::new(),
        })
        .collect();
    let without_big: Vec<f64> = (0..scores.len())
        .map(|score| {
            let others = factors
                .iter()
                .zip(&effects)
                .enumerate()
                .filter(|(at, _)| *at != big);
            scores[score]
                - others
                    .map(|(_, (factor, own))| own[factor.of[score]])
                    .sum::<f64>()
        })
        .collect();
    let own = level_means(&factors[big], &without_big);
    let mean = own.iter().sum::<f64>() / count(own.len());
    effects[big] = own.iter().map(|effect| effect - mean).collect();
    let left_over = without_big.iter().zip(&factors[big].of);
    let squares: f64 = left_over
        .map(|(score, level)| (score - own[*level]).powi(2))
        .sum();
    let inverse = left.inverse();
    let variance = squares / count(freedom);
    let errors = factors.iter().zip(&starts).map(|(factor, start)| {
        let start = (*start)?;
        // What holds the sum at 0 is no information about any effect.
        let held = 1.0 / (count(factor.levels) * count(factor.levels));
        let error = |at: usize| (variance * (inverse[(at, at)] - held)).max(0.0).sqrt();
        Some((start..start + factor.levels).map(error).collect())
    });
    Ok(Additive {
        mean,
        errors: errors.collect(),
        effects,
        squares,
        freedom,
    })
}

/// Where the columns of each factor begin; none of the absorbed one.
fn starts(factors: &[Factor], big: usize) -> Vec<Option<usize>> {
    let mut next = 0;
    let start = |(at, factor): (usize, &Factor)| {
        (at != big).then(|| {
            next += factor.levels;
            next - factor.levels
        })
    };
    factors.iter().enumerate().map(start).collect()
}

fn level_means(factor: &Factor, scores: &[f64]) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); factor.levels];
    for (level, score) in factor.of.iter().zip(scores) {
        sums[*level].0 += score;
        sums[*level].1 += 1.0;
    }
    sums.into_iter()
        .map(|(sum, n)| if n > 0.0 { sum / n } else { 0.0 })
        .collect()
}

/// The normal equations of the other factors within the levels of the absorbed one, each factor's sum held at 0.
fn normal_equations(
    scores: &[f64],
    factors: &[Factor],
    big: usize,
    starts: &[Option<usize>],
    size: usize,
) -> (DMatrix<f64>, DVector<f64>) {
    let mut left = DMatrix::zeros(size, size);
    let mut right = DVector::zeros(size);
    let mut of_level: Vec<Vec<usize>> = vec![Vec::new(); factors[big].levels];
    for (score, level) in factors[big].of.iter().enumerate() {
        of_level[*level].push(score);
    }
    let columns = |score: usize| {
        let others = factors.iter().zip(starts);
        others.filter_map(move |(factor, start)| Some((*start)? + factor.of[score]))
    };
    for own in of_level.iter().filter(|own| !own.is_empty()) {
        let mut counts: Vec<(usize, f64)> = Vec::new();
        let sum: f64 = own.iter().map(|score| scores[*score]).sum();
        for score in own {
            for row in columns(*score) {
                right[row] += scores[*score];
                for column in columns(*score) {
                    left[(row, column)] += 1.0;
                }
                match counts.iter_mut().find(|(at, _)| *at == row) {
                    Some((_, n)) => *n += 1.0,
                    None => counts.push((row, 1.0)),
                }
            }
        }
        let share = 1.0 / count(own.len());
        for (row, n) in &counts {
            right[*row] -= n * sum * share;
            for (column, other) in &counts {
                left[(*row, *column)] -= n * other * share;
            }
        }
    }
    for (factor, start) in factors.iter().zip(starts) {
        if let Some(start) = *start {
            for row in start..start + factor.levels {
                for column in start..start + factor.levels {
                    left[(row, column)] += 1.0;
                }
            }
        }
    }
    (left, right)
}
