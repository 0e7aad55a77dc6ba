//! A figure with how much stands behind it, or why there is none.

use serde::Serialize;

/// Why a statistic has no value. None of these is 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undefined {
    /// Nothing was rated twice, or answered by anybody who answered something else.
    NoPairs,
    /// All values are the same, so that nothing could agree or differ by chance.
    NoVariance,
    /// Values are missing where all are needed.
    Incomplete,
    /// Nothing is left to chance: repeated ratings never differ, so that no ratio to that is finite.
    NoResidual,
    /// The search for the likeliest variances did not end.
    NotFound,
    /// Rows or columns are too few for the formula.
    TooFew,
}

/// A statistic, or why it has no value.
pub type Statistic<T = f64> = Result<T, Undefined>;

/// An interval with its level of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How much of what is possible it covers, 0 to 1.
    pub level: f64,
}

/// The mean of some values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

/// A count as a number to calculate with.
#[must_use]
pub fn count(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "nobody has 2⁵³ ratings")]
    {
        count as f64
    }
}
