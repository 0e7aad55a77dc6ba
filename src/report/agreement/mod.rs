//! How far raters agree about the same answers.
//!
//! A unit is what several raters rate: one candidate's answer to one question of one screen. Units that fewer than two
//! raters rated say nothing about agreement and are left out of every figure here.

mod alpha;
mod bootstrap;
mod chance;
mod icc;
mod kappa;
mod percent;

pub use self::alpha::{Metric, alpha};
pub use self::bootstrap::{Resampled, alpha_interval, kappa_interval};
pub use self::chance::{fleiss_kappa, gwet_ac};
pub use self::icc::{Icc, icc};
pub use self::kappa::{Table, cohen_kappa, pair_table, quadratic_weights, weighted_kappa};
pub use self::percent::{exact, within_one};

/// Ratings of one thing by several raters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Who was rated: units of one candidate are resampled together.
    pub candidate: usize,
    /// Raters with their scores, each rater once.
    pub scores: Vec<(usize, u8)>,
}

impl Unit {
    /// Whether two raters rated it.
    fn is_paired(&self) -> bool {
        self.scores.len() > 1
    }
}

/// How often each score was given to each unit: what most coefficients need.
#[derive(Clone, Debug)]
struct Counts {
    /// The scores that occur, ascending.
    values: Vec<u8>,
    /// A row for each paired unit, a column for each value.
    rows: Vec<Vec<f64>>,
}

impl Counts {
    /// Of the units that two raters rated.
    fn new(units: &[Unit]) -> Self {
        let paired = || units.iter().filter(|unit| unit.is_paired());
        let mut values: Vec<u8> = paired()
            .flat_map(|unit| unit.scores.iter().map(|(_, score)| *score))
            .collect();
        values.sort_unstable();
        values.dedup();
        let rows = paired().map(|unit| {
            let mut row = vec![0.0; values.len()];
            for (_, score) in &unit.scores {
                if let Ok(at) = values.binary_search(score) {
                    row[at] += 1.0;
                }
            }
            row
        });
        let rows = rows.collect();
        Self { values, rows }
    }
}
