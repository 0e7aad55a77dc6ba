//! Intervals of figures that are nearly normal.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::report::figure::{Interval, LEVEL, count};

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

/// A value with its standard error of so many degrees of freedom, by Student's distribution; `None` of none.
#[must_use]
pub fn student(value: f64, standard_error: f64, freedom: usize, level: f64) -> Option<Interval> {
    let distribution = StudentsT::new(0.0, 1.0, count(freedom)).ok()?;
    let half = distribution.inverse_cdf(f64::midpoint(1.0, level)) * standard_error;
    Some(Interval {
        low: value - half,
        high: value + half,
        level,
    })
}

/// A value above 0 with the standard error of its logarithm.
#[must_use]
pub fn of_logarithm(value: f64, log_error: f64, level: f64) -> Interval {
    let factor = (z(level) * log_error).exp();
    Interval {
        low: value / factor,
        high: value * factor,
        level,
    }
}

/// A share of so many, by E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
/// the American Statistical Association 22 (1927): never of no width, not even at 0 or 1.
#[must_use]
pub fn wilson(share: f64, of: f64, level: f64) -> Interval {
    let z = z(level);
    let below = 1.0 + z * z / of;
    let middle = (share + z * z / (2.0 * of)) / below;
    let half = z / below * (share * (1.0 - share) / of + z * z / (4.0 * of * of)).sqrt();
    Interval {
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
        level,
    }
}

/// A share strictly between 0 and 1 with the standard error of its log odds.
#[must_use]
pub fn of_log_odds(share: f64, error: f64) -> Interval {
    let odds = (share / (1.0 - share)).ln();
    let half = z(LEVEL) * error;
    let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    Interval {
        low: share(odds - half),
        high: share(odds + half),
        level: LEVEL,
    }
}
