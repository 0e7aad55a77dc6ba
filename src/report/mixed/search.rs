//! The variances that make the scores most likely, and what follows from them.

use nalgebra::{DMatrix, DVector};

use super::absorbed::{Absorbed, Inverse, Projected};
use super::design::Design;
use crate::report::figure::{Statistic, Undefined, count};

/// A fitted model, in points of the scale.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub mean_error: f64,
    /// The variance of each factor, then that of the cells if they vary; 0 is possible.
    pub variances: Vec<f64>,
    /// The variance of what is left.
    pub residual: f64,
    /// The large-sample covariances of the estimates: of [`Fit::variances`] in order, then of [`Fit::residual`]; 0 for a
    /// variance that came out as 0, and no number for one that cannot be told from another.
    pub covariances: Vec<Vec<f64>>,
    /// The effects of each factor's levels.
    pub effects: Vec<Vec<Effect>>,
    /// The REML deviance: −2 times the logarithm of the restricted likelihood.
    pub deviance: f64,
    /// How many steps it took.
    pub steps: usize,
}

/// The effect of one level: the best linear unbiased prediction (BLUP), in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The effect, shrunken towards 0.
    pub value: f64,
    /// The standard error of the prediction: of the value less the true effect.
    pub error: f64,
    /// The same if the mean were known (the conditional standard deviation of lme4).
    pub conditional: f64,
}

/// How the deviance changes with the ratios.
struct Slopes {
    /// Its slope along each.
    along: DVector<f64>,
    /// Its average curvature.
    curvature: DMatrix<f64>,
    /// What each factor explains of the square of what is left: y'PZZ'Py.
    explained: Vec<f64>,
    inverse: Inverse,
}

/// The state of the search at some ratios.
struct State<'d> {
    ratios: Vec<f64>,
    absorbed: Absorbed<'d>,
    projected: Projected,
    deviance: f64,
}

impl<'d> State<'d> {
    fn new(design: &'d Design, ratios: Vec<f64>) -> Statistic<Self> {
        let absorbed = Absorbed::new(design, &ratios)?;
        let projected = absorbed.project(&design.scores);
        if projected.square <= 0.0 {
            return Err(Undefined::NoVariance);
        }
        let deviance = absorbed.deviance(projected.square);
        Ok(Self {
            ratios,
            absorbed,
            projected,
            deviance,
        })
    }

    /// The slope of the deviance along each ratio, and its average curvature.
    fn slopes(&self, design: &Design) -> Slopes {
        let (traces, inverse) = self.absorbed.traces();
        let freedom = count(design.scores.len()) - 1.0;
        let square = self.projected.square;
        let size = design.variances();
        let directions: Vec<(Vec<f64>, Vec<f64>)> = (0..size)
            .map(|at| {
                let direction = spread(design, at, &self.projected.residuals);
                let projected = self.absorbed.project(&direction).residuals;
                (direction, projected)
            })
            .collect();
        // y'PZZ'Py, which is the length of Z'Py.
        let explained: Vec<f64> = directions
            .iter()
            .map(|(direction, _)| dot(direction, &self.projected.residuals))
            .collect();
        let slope = |at: usize| traces[at] - freedom * explained[at] / square;
        let curvature = |a: usize, b: usize| {
            let both = dot(&directions[a].0, &directions[b].1);
            freedom * (both / square - explained[a] * explained[b] / (square * square))
        };
        Slopes {
            along: DVector::from_fn(size, |at, _| slope(at)),
            curvature: DMatrix::from_fn(size, size, curvature),
            explained,
            inverse,
        }
    }
}

/// Fits the model.
///
/// # Errors
/// When nothing is left to chance, or the search does not end.
pub fn fit(design: &Design) -> Statistic<Fit> {
    const STEPS: usize = 200;
    // A deviance is told to four digits; a step that promises less is the last one.
    const ENOUGH: f64 = 1e-10;
    const LARGEST: f64 = 1e7;
    let mut state = State::new(design, vec![0.5; design.variances()])?;
    let mut damping = 0.0;
    for step in 1..=STEPS {
        if state.ratios.iter().any(|ratio| *ratio > LARGEST) {
            return Err(Undefined::NoResidual);
        }
        let slopes = state.slopes(design);
        let free: Vec<usize> = (0..state.ratios.len())
            .filter(|at| state.ratios[*at] > 0.0 || slopes.along[*at] < 0.0)
            .collect();
        let Some((next, promised)) = descend(&mut state, design, &free, &slopes, &mut damping)
        else {
            return Ok(result(design, &state, &slopes, step));
        };
        if promised < ENOUGH {
            let slopes = next.slopes(design);
            return Ok(result(design, &next, &slopes, step));
        }
        state = next;
    }
    Err(Undefined::NotFound)
}

/// A step that lowers the deviance, with how much the curvature promised; `None` where none does.
fn descend<'d>(
    state: &mut State<'d>,
    design: &'d Design,
    free: &[usize],
    slopes: &Slopes,
    damping: &mut f64,
) -> Option<(State<'d>, f64)> {
    const TRIES: usize = 40;
    if free.is_empty() {
        return None;
    }
    let curvature = &slopes.curvature;
    let curvature = DMatrix::from_fn(free.len(), free.len(), |a, b| curvature[(free[a], free[b])]);
    let slopes = DVector::from_fn(free.len(), |at, _| slopes.along[free[at]]);
    for _ in 0..TRIES {
        let mut damped = curvature.clone();
        for at in 0..free.len() {
            let own = damped[(at, at)];
            damped[(at, at)] += *damping * own + f64::EPSILON * (1.0 + own);
        }
        let step = damped.cholesky().map(|factored| factored.solve(&-&slopes));
        if let Some(step) = step {
            let mut ratios = state.ratios.clone();
            for (at, change) in free.iter().zip(step.iter()) {
                // No further than to a tenth at once unless it is nearly there: far away the curvature is a guess.
                let next = ratios[*at] + change;
                ratios[*at] = if next > 0.0 {
                    next
                } else if ratios[*at] > 1e-3 {
                    ratios[*at] / 10.0
                } else {
                    0.0
                };
            }
            let taken: f64 = free
                .iter()
                .zip(slopes.iter())
                .map(|(at, slope)| slope * (state.ratios[*at] - ratios[*at]))
                .sum();
            if let Ok(next) = State::new(design, ratios)
                && next.deviance <= state.deviance + 1e-12 * state.deviance.abs()
            {
                *damping = if *damping > 1e-4 {
                    *damping / 10.0
                } else {
                    0.0
                };
                return Some((next, taken.abs()));
            }
        }
        *damping = (*damping * 10.0).max(1e-3);
    }
    None
}

fn result(design: &Design, state: &State<'_>, slopes: &Slopes, steps: usize) -> Fit {
    let inverse = &slopes.inverse;
    let freedom = count(design.scores.len()) - 1.0;
    let residual = state.projected.square / freedom;
    let effects = (0..design.factors.len())
        .map(|at| {
            let sums = sums(design, at, &state.projected.residuals);
            let errors = state.absorbed.error_variances(at, inverse);
            let effect = |(sum, (whole, conditional)): (f64, (f64, f64))| Effect {
                value: state.ratios[at] * sum,
                error: (residual * whole).max(0.0).sqrt(),
                conditional: (residual * conditional).max(0.0).sqrt(),
            };
            sums.into_iter().zip(errors).map(effect).collect()
        })
        .collect();
    Fit {
        mean: state.projected.mean,
        mean_error: (residual * state.absorbed.mean_variance(inverse)).sqrt(),
        variances: state.ratios.iter().map(|ratio| ratio * residual).collect(),
        residual,
        covariances: covariances(state, slopes, residual, freedom),
        effects,
        deviance: state.deviance,
        steps,
    }
}

/// The inverse of the average information of the variances and the residual variance, by way of that of the ratios: the
/// curvature of the profiled deviance is twice the information about them, and what explains more leaves less.
fn covariances(state: &State<'_>, slopes: &Slopes, residual: f64, freedom: f64) -> Vec<Vec<f64>> {
    let size = state.ratios.len();
    let free: Vec<usize> = (0..size).filter(|at| state.ratios[*at] > 0.0).collect();
    let curvature = &slopes.curvature;
    let inner = DMatrix::from_fn(free.len(), free.len(), |a, b| {
        curvature[(free[a], free[b])] / 2.0
    });
    let (inner, is_told) = inverse(&inner);
    let less = DVector::from_fn(free.len(), |at, _| slopes.explained[free[at]] / freedom);
    let with_residual = -(&inner * &less);
    let of_residual = 2.0 * residual * residual / freedom + less.dot(&(&inner * &less));
    // From ratios to variances: d(γσ²) = σ²dγ + γdσ².
    let mut whole = vec![vec![0.0; size + 1]; size + 1];
    for (a, first) in free.iter().enumerate() {
        let ratio = state.ratios[*first];
        for (b, second) in free.iter().enumerate() {
            let other = state.ratios[*second];
            whole[*first][*second] = residual * residual * inner[(a, b)]
                + residual * (ratio * with_residual[b] + other * with_residual[a])
                + ratio * other * of_residual;
        }
        let beside = residual * with_residual[a] + ratio * of_residual;
        whole[*first][size] = beside;
        whole[size][*first] = beside;
    }
    whole[size][size] = of_residual;
    for (_, at) in is_told.iter().zip(&free).filter(|(is_told, _)| !**is_told) {
        whole[*at].fill(f64::NAN);
        for row in &mut whole {
            row[*at] = f64::NAN;
        }
    }
    whole
}

/// The inverse of an information matrix, and whether it says anything of each of its variances: where two have the same
/// levels, only their sum is known, and the information has a direction in which it is 0. The inverse leaves it out.
fn inverse(information: &DMatrix<f64>) -> (DMatrix<f64>, Vec<bool>) {
    // Of what counts as nothing beside the other directions.
    const NOTHING: f64 = 1e-9;
    let size = information.nrows();
    if size == 0 || information.iter().any(|value| !value.is_finite()) {
        return (information.clone(), vec![false; size]);
    }
    let scale = |at: usize| information[(at, at)].max(f64::MIN_POSITIVE).sqrt();
    let scaled = |a: usize, b: usize| information[(a, b)] / (scale(a) * scale(b));
    let parts = DMatrix::from_fn(size, size, scaled).symmetric_eigen();
    let mut inverse = DMatrix::zeros(size, size);
    let mut is_told = vec![true; size];
    for (value, direction) in parts
        .eigenvalues
        .iter()
        .zip(parts.eigenvectors.column_iter())
    {
        if *value > NOTHING {
            inverse += direction * direction.transpose() / *value;
        } else {
            for (is_told, along) in is_told.iter_mut().zip(direction.iter()) {
                *is_told &= along.abs() < 1e-4;
            }
        }
    }
    let whole = |a: usize, b: usize| inverse[(a, b)] / (scale(a) * scale(b));
    (DMatrix::from_fn(size, size, whole), is_told)
}

/// Z'v: the sum of a vector over each level.
fn sums(design: &Design, at: usize, vector: &[f64]) -> Vec<f64> {
    let factor = design.factor(at);
    let mut sums = vec![0.0; factor.levels];
    for (level, value) in factor.of.iter().zip(vector) {
        sums[*level] += value;
    }
    sums
}

/// ZZ'v.
fn spread(design: &Design, at: usize, vector: &[f64]) -> Vec<f64> {
    let sums = sums(design, at, vector);
    let levels = design.factor(at).of.iter();
    levels.map(|level| sums[*level]).collect()
}

fn dot(first: &[f64], second: &[f64]) -> f64 {
    first.iter().zip(second).map(|(a, b)| a * b).sum()
}
