//! Cohen's kappa of two raters, plain and weighted.
//!
//! J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968); quadratic weights as in Fleiss and Cohen (1973).

use super::Unit;
use crate::report::figure::{Statistic, Undefined};

/// What two raters gave the same units: a row for each value of the first, a column for each of the second. Counts or
/// shares.
pub type Table = Vec<Vec<f64>>;

/// Kappa of a table with weights of disagreement, 0 on the diagonal: at most 1, 0 is chance.
///
/// # Errors
/// When the table is empty, or both raters gave one and the same value only.
pub fn weighted_kappa(table: &Table, disagreement: &[Vec<f64>]) -> Statistic {
    let total: f64 = table.iter().flatten().sum();
    if total <= 0.0 {
        return Err(Undefined::NoPairs);
    }
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let column = |at: usize| table.iter().map(|row| row[at]).sum::<f64>();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (first, row) in table.iter().enumerate() {
        for (second, cell) in row.iter().enumerate() {
            let weight = disagreement[first][second];
            observed += weight * cell / total;
            expected += weight * rows[first] * column(second) / (total * total);
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::NoVariance);
    }
    Ok(1.0 - observed / expected)
}

/// Kappa of a table without weights.
///
/// # Errors
/// As [`weighted_kappa`].
pub fn cohen_kappa(table: &Table) -> Statistic {
    let size = table.len();
    let row = |at: usize| (0..size).map(move |other| f64::from(u8::from(at != other)));
    let weights: Vec<Vec<f64>> = (0..size).map(|at| row(at).collect()).collect();
    weighted_kappa(table, &weights)
}

/// Quadratic weights of disagreement for values one apart.
#[must_use]
pub fn quadratic_weights(size: usize) -> Vec<Vec<f64>> {
    let weight = |a: usize, b: usize| {
        let apart = crate::report::figure::count(a.abs_diff(b));
        apart * apart
    };
    (0..size)
        .map(|a| (0..size).map(|b| weight(a, b)).collect())
        .collect()
}

/// What two raters gave the units that both rated, over the points of a scale.
#[must_use]
pub fn pair_table(units: &[Unit], raters: [usize; 2], scale: &[u8]) -> Table {
    let mut table = vec![vec![0.0; scale.len()]; scale.len()];
    for unit in units {
        let of = |rater: usize| {
            let given = unit.scores.iter().find(|(who, _)| *who == rater)?.1;
            scale.iter().position(|point| *point == given)
        };
        if let (Some(first), Some(second)) = (of(raters[0]), of(raters[1])) {
            table[first][second] += 1.0;
        }
    }
    table
}
