//! Means and spreads of scores that come in clusters: scores of one candidate are no independent ones.
//!
//! Errors are those of ratio estimators with whole candidates as the sampled units, by Taylor linearisation
//! (W. G. Cochran, *Sampling Techniques*, 3rd edition, 1977, chapters 6 and 9A). Everything follows from sums, so that any
//! number of candidates takes the same memory.

use crate::report::figure::{Figure, Kind, LEVEL, Undefined, Why, count};
use crate::report::interval;

/// From how many candidates on a mean has an interval: that of fewer is as wide as the scale.
pub const LEAST_FOR_MEAN: usize = 5;
/// From how many candidates on a spread has an interval.
pub const LEAST_FOR_SPREAD: usize = 10;
/// The ends of the scale of scores.
pub const SCALE: [f64; 2] = [1.0, 5.0];

/// Sums over candidates of how many values each has, of the values, and of their squares; and of the products of these.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clustered {
    clusters: usize,
    values: usize,
    totals: [f64; 3],
    products: [[f64; 3]; 3],
}

impl Clustered {
    /// Adds a candidate's values; nobody who has none counts.
    pub fn add(&mut self, values: impl IntoIterator<Item = f64>) {
        let mut own = [0.0; 3];
        for value in values {
            self.values += 1;
            own[0] += 1.0;
            own[1] += value;
            own[2] += value * value;
        }
        if own[0] > 0.0 {
            self.add_totals(own);
        }
    }

    /// Adds what a candidate has of something above and below the line of a ratio.
    pub fn add_ratio(&mut self, above: f64, below: f64) {
        self.values += 1;
        self.add_totals([below, above, 0.0]);
    }

    fn add_totals(&mut self, own: [f64; 3]) {
        self.clusters += 1;
        for (row, a) in own.iter().enumerate() {
            self.totals[row] += a;
            for (column, b) in own.iter().enumerate() {
                self.products[row][column] += a * b;
            }
        }
    }

    /// How many values, their sum and the sum of their squares, and the products of these summed over candidates.
    #[must_use]
    pub fn sums(&self) -> ([f64; 3], [[f64; 3]; 3]) {
        (self.totals, self.products)
    }

    /// How many candidates have a value.
    #[must_use]
    pub fn clusters(&self) -> usize {
        self.clusters
    }

    /// How many values there are.
    #[must_use]
    pub fn values(&self) -> usize {
        self.values
    }

    /// The mean, or the ratio of what was added by [`Clustered::add_ratio`]; `None` of nothing.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.totals[0] > 0.0).then(|| self.totals[1] / self.totals[0])
    }

    /// The variance of the values; `None` of fewer than two.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let [n, sum, squares] = self.totals;
        (self.values > 1).then(|| ((squares - sum * sum / n) / (n - 1.0)).max(0.0))
    }

    /// The variance of something that changes so with the three totals; `None` of fewer than two candidates.
    fn variance_along(&self, slopes: [f64; 3]) -> Option<f64> {
        if self.clusters < 2 {
            return None;
        }
        let clusters = count(self.clusters);
        let mut variance = 0.0;
        for row in 0..3 {
            for column in 0..3 {
                let product = self.totals[row] * self.totals[column] / clusters;
                let covariance = self.products[row][column] - product;
                variance += slopes[row] * slopes[column] * covariance;
            }
        }
        Some((variance * clusters / (clusters - 1.0)).max(0.0))
    }

    /// The standard error of the mean; `None` of fewer than two candidates.
    #[must_use]
    pub fn mean_error(&self) -> Option<f64> {
        let mean = self.mean()?;
        let slopes = [-mean / self.totals[0], 1.0 / self.totals[0], 0.0];
        self.variance_along(slopes).map(f64::sqrt)
    }

    /// The standard error of the logarithm of the standard deviation; `None` where there is none, or it is 0.
    #[must_use]
    pub fn log_spread_error(&self) -> Option<f64> {
        let variance = self.variance().filter(|variance| *variance > 1e-12)?;
        let [n, sum, _] = self.totals;
        let mean = sum / n;
        let slopes = [
            (mean * mean - variance) / (n - 1.0),
            -2.0 * mean / (n - 1.0),
            1.0 / (n - 1.0),
        ];
        let error = self.variance_along(slopes)?.sqrt();
        Some(error / (2.0 * variance))
    }

    /// The mean with its interval, by Student's distribution over candidates; the interval from [`LEAST_FOR_MEAN`] of them on.
    #[must_use]
    pub fn mean_figure(&self, n: usize) -> Figure {
        let Some(mean) = self.mean() else {
            return Figure::hidden(too_few(0, 1, Kind::Ratings), n);
        };
        Figure::new(mean, n)
            .with_student(self.mean_error(), self.clusters.saturating_sub(1))
            .from_enough(self.clusters, LEAST_FOR_MEAN, Kind::Candidates)
            .or_no_interval(Undefined::NoVariance)
    }

    /// The mean of scores, whose interval ends with the scale.
    #[must_use]
    pub fn score_figure(&self) -> Figure {
        let [least, most] = SCALE;
        self.mean_figure(self.values).clipped(least, most)
    }

    /// The standard deviation of the values with its interval; the interval from [`LEAST_FOR_SPREAD`] candidates on.
    #[must_use]
    pub fn spread_figure(&self) -> Figure {
        let Some(variance) = self.variance() else {
            return Figure::hidden(too_few(self.values, 2, Kind::Ratings), self.values);
        };
        let spread = variance.sqrt();
        let error = self.log_spread_error();
        let ends = error.map(|error| interval::of_logarithm(spread, error, LEVEL));
        Figure::new(spread, self.values)
            .within(ends)
            .from_enough(self.clusters, LEAST_FOR_SPREAD, Kind::Candidates)
            .or_no_interval(Undefined::NoVariance)
    }
}

/// There is less than is needed.
#[must_use]
pub fn too_few(has: usize, needs: usize, of: Kind) -> Why {
    Why::TooFew { has, needs, of }
}
