//! The share of pairs that agree, exactly or within one point.
//!
//! The share is taken in each unit over its pairs of raters, then averaged over units: a unit that many raters rated
//! counts no more than one that two did (Gwet, *Handbook of Inter-Rater Reliability*, 4th edition, 2014, section 2.4).

use super::Unit;
use crate::report::figure::{Statistic, Undefined, mean};

/// The share of pairs with the same score, averaged over units: 0 to 1.
///
/// # Errors
/// When nothing was rated twice.
pub fn exact(units: &[Unit]) -> Statistic {
    share(units, 0)
}

/// The share of pairs that differ by at most one point, averaged over units: 0 to 1.
///
/// # Errors
/// As [`exact`].
pub fn within_one(units: &[Unit]) -> Statistic {
    share(units, 1)
}

fn share(units: &[Unit], apart: u8) -> Statistic {
    let shares: Vec<f64> = units
        .iter()
        .filter(|unit| unit.is_paired())
        .map(|unit| {
            let (mut agreeing, mut all) = (0_u32, 0_u32);
            for (at, (_, first)) in unit.scores.iter().enumerate() {
                for (_, second) in &unit.scores[at + 1..] {
                    agreeing += u32::from(first.abs_diff(*second) <= apart);
                    all += 1;
                }
            }
            f64::from(agreeing) / f64::from(all)
        })
        .collect();
    mean(&shares).ok_or(Undefined::NoPairs)
}
