//! Intervals of figures that are nearly normal.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::report::figure::{Interval, count};

/// The quantile of the standard normal distribution that leaves so much on both sides together.
#[must_use]
pub fn z(level: f64) -> f64 {
    Normal::standard().inverse_cdf(f64::midpoint(1.0, level))
}

/// A value with its standard error.
#[must_use]
pub fn normal(value: f64, standard_error: f64, level: f64) -> Interval {
    let half = z(level) * standard_error;
    Interval {
        low: value - half,
        high: value + half,
        level,
    }
}

/// A correlation of `n` pairs, by Fisher's transformation (1921); `None` of fewer than four.
#[must_use]
pub fn correlation(r: f64, n: usize, level: f64) -> Option<Interval> {
    if n < 4 {
        return None;
    }
    let half = z(level) / (count(n) - 3.0).sqrt();
    Some(Interval {
        low: (r.atanh() - half).tanh(),
        high: (r.atanh() + half).tanh(),
        level,
    })
}
