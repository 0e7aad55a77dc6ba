//! Agreement beyond chance, by two other ideas of chance: Fleiss' kappa and Gwet's AC.
//!
//! Kappa and alpha are low where nearly all scores are the same, even if raters agree; AC is not. Both are computed
//! over units, with missing ratings, as in Gwet, *Handbook of Inter-Rater Reliability*, 4th edition (2014), chapters 2
//! and 5: units with a single rating say how often each score is given, and nothing about agreement.

use super::{Counts, Unit};
use crate::report::figure::{Statistic, Undefined, count};

/// Fleiss' kappa (1971), generalised to missing ratings: at most 1, 0 is chance.
///
/// # Errors
/// When nothing was rated twice, or all ratings are the same.
pub fn fleiss_kappa(units: &[Unit]) -> Statistic {
    let mut counts = counts_of(units)?;
    counts.spread_over(&given(units));
    let weights = identity(counts.values.len());
    let observed = observed(&counts, &weights);
    let shares = shares(units, &counts.values);
    let expected: f64 = shares.iter().map(|share| share * share).sum();
    beyond(observed, expected)
}

/// Gwet's AC1 (2008), or AC2 with quadratic weights over the points of a scale, lowest first: at most 1.
///
/// # Errors
/// When nothing was rated twice, or the scale has one point.
pub fn gwet_ac(units: &[Unit], scale: &[u8], is_quadratic: bool) -> Statistic {
    let mut counts = counts_of(units)?;
    counts.spread_over(scale);
    counts.spread_over(&given(units));
    let size = counts.values.len();
    if size < 2 {
        return Err(Undefined::NoVariance);
    }
    let weights = if is_quadratic {
        quadratic(&counts.values)
    } else {
        identity(size)
    };
    let observed = observed(&counts, &weights);
    let all: f64 = weights.iter().flatten().sum();
    let shares = shares(units, &counts.values);
    let spread: f64 = shares.iter().map(|share| share * (1.0 - share)).sum();
    let expected = all * spread / (count(size) * (count(size) - 1.0));
    beyond(observed, expected)
}

fn counts_of(units: &[Unit]) -> Statistic<Counts> {
    let counts = Counts::new(units);
    if counts.rows.is_empty() {
        return Err(Undefined::NoPairs);
    }
    Ok(counts)
}

/// Every score that was given.
fn given(units: &[Unit]) -> Vec<u8> {
    let scores = units.iter().flat_map(|unit| &unit.scores);
    scores.map(|(_, score)| *score).collect()
}

impl Counts {
    /// Adds a column for each point of a scale that nobody gave.
    fn spread_over(&mut self, scale: &[u8]) {
        for point in scale {
            if let Err(at) = self.values.binary_search(point) {
                self.values.insert(at, *point);
                for row in &mut self.rows {
                    row.insert(at, 0.0);
                }
            }
        }
    }
}

fn beyond(observed: f64, expected: f64) -> Statistic {
    if expected >= 1.0 {
        return Err(Undefined::NoVariance);
    }
    Ok((observed - expected) / (1.0 - expected))
}

/// The share of each value: averaged over units, each with its own number of ratings.
fn shares(units: &[Unit], values: &[u8]) -> Vec<f64> {
    let mut shares = vec![0.0; values.len()];
    let rated: Vec<&Unit> = units
        .iter()
        .filter(|unit| !unit.scores.is_empty())
        .collect();
    for unit in &rated {
        for (_, score) in &unit.scores {
            if let Ok(at) = values.binary_search(score) {
                shares[at] += 1.0 / count(unit.scores.len());
            }
        }
    }
    let rated = count(rated.len());
    shares.iter().map(|share| share / rated).collect()
}

/// The weighted share of agreeing pairs, averaged over units.
fn observed(counts: &Counts, weights: &[Vec<f64>]) -> f64 {
    let of_row = |row: &Vec<f64>| {
        let ratings: f64 = row.iter().sum();
        let agreeing: f64 = row
            .iter()
            .zip(weights)
            .map(|(own, weights)| {
                let alike: f64 = row.iter().zip(weights).map(|(n, weight)| n * weight).sum();
                own * (alike - 1.0)
            })
            .sum();
        agreeing / (ratings * (ratings - 1.0))
    };
    counts.rows.iter().map(of_row).sum::<f64>() / count(counts.rows.len())
}

fn identity(size: usize) -> Vec<Vec<f64>> {
    let row = |at: usize| (0..size).map(move |other| f64::from(u8::from(at == other)));
    (0..size).map(|at| row(at).collect()).collect()
}

/// One less the squared distance relative to the longest one.
fn quadratic(values: &[u8]) -> Vec<Vec<f64>> {
    let value = |at: usize| f64::from(values[at]);
    let longest = value(values.len() - 1) - value(0);
    let weight = |a: usize, b: usize| {
        let apart = (value(a) - value(b)) / longest;
        1.0 - apart * apart
    };
    let size = values.len();
    let row = |a: usize| (0..size).map(move |b| weight(a, b));
    (0..size).map(|a| row(a).collect()).collect()
}
