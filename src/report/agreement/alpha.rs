//! Krippendorff's alpha: any number of raters, missing ratings, several metrics.
//!
//! K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), with the ordinal metric of that paper, which
//! depends on how often the scores between two others were given. Squared differences are the interval metric.

use super::{Counts, Unit};
use crate::report::figure::{Statistic, Undefined};

/// How far two scores are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Different or not.
    Nominal,
    /// By the ranks between them.
    Ordinal,
    /// By their squared difference.
    Interval,
    /// By their squared difference relative to their sum.
    Ratio,
}

/// Alpha, at most 1; 0 is chance, below it is systematic disagreement. Scores of one unit are exchangeable: who gave
/// them does not matter.
///
/// # Errors
/// When nothing was rated twice, or all paired ratings are the same.
pub fn alpha(units: &[Unit], metric: Metric) -> Statistic {
    let counts = Counts::new(units);
    if counts.rows.is_empty() {
        return Err(Undefined::NoPairs);
    }
    let coincidences = Coincidences::of(&counts.rows, counts.values.len());
    coincidences.alpha(&counts.values, metric)
}

/// How often each value stands beside each other value within units.
#[derive(Clone, Debug)]
pub(super) struct Coincidences {
    size: usize,
    cells: Vec<f64>,
}

impl Coincidences {
    pub(super) fn empty(size: usize) -> Self {
        Self {
            size,
            cells: vec![0.0; size * size],
        }
    }

    /// Of rows of counts; rows of fewer than two ratings have no pairs.
    pub(super) fn of<'r>(rows: impl IntoIterator<Item = &'r Vec<f64>>, size: usize) -> Self {
        let mut all = Self::empty(size);
        for row in rows {
            let ratings: f64 = row.iter().sum();
            if ratings < 2.0 {
                continue;
            }
            for (first, a) in row.iter().enumerate() {
                for (second, b) in row.iter().enumerate() {
                    let pairs = if first == second {
                        a * (a - 1.0)
                    } else {
                        a * b
                    };
                    all.cells[first * size + second] += pairs / (ratings - 1.0);
                }
            }
        }
        all
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            *cell += more;
        }
    }

    /// One less the observed over the expected disagreement.
    pub(super) fn alpha(&self, values: &[u8], metric: Metric) -> Statistic {
        let size = self.size;
        let margins: Vec<f64> = self
            .cells
            .chunks(size)
            .map(|row| row.iter().sum())
            .collect();
        let total: f64 = margins.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        for first in 0..size {
            for second in first + 1..size {
                let distance = distance(values, &margins, metric, first, second);
                observed += self.cells[first * size + second] * distance;
                expected += margins[first] * margins[second] * distance;
            }
        }
        if expected <= 0.0 {
            return Err(Undefined::NoVariance);
        }
        Ok(1.0 - (total - 1.0) * observed / expected)
    }
}

/// The squared distance of two values, the first below the second.
fn distance(values: &[u8], margins: &[f64], metric: Metric, first: usize, second: usize) -> f64 {
    let (low, high) = (f64::from(values[first]), f64::from(values[second]));
    match metric {
        Metric::Nominal => 1.0,
        Metric::Ordinal => {
            let between: f64 = margins[first..=second].iter().sum();
            let ranks = between - f64::midpoint(margins[first], margins[second]);
            ranks * ranks
        }
        Metric::Interval => (high - low) * (high - low),
        Metric::Ratio => {
            let relative = (high - low) / (high + low);
            relative * relative
        }
    }
}
