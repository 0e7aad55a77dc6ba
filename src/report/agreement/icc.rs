//! Intraclass correlations of complete tables: every rater rated everything.
//!
//! P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological
//! Bulletin 86 (1979); the interval of ICC(2,1) is theirs, with Satterthwaite's degrees of freedom.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use crate::report::figure::{Interval, Statistic, Undefined, count, mean};

/// The six forms, of single ratings and of means of all raters, with 95 % intervals where the report shows them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Icc {
    /// ICC(1,1): each target has raters of its own.
    pub one: f64,
    /// ICC(2,1): raters are a sample of all raters; severity counts as disagreement.
    pub two: f64,
    /// ICC(3,1): these raters alone; severity does not count.
    pub three: f64,
    /// ICC(1,k).
    pub one_mean: f64,
    /// ICC(2,k).
    pub two_mean: f64,
    /// ICC(3,k).
    pub three_mean: f64,
    /// The interval of ICC(2,1).
    pub two_interval: Interval,
    /// The interval of ICC(2,k).
    pub two_mean_interval: Interval,
}

/// The intraclass correlations of a table: a row for each target, a column for each rater, all the same length.
///
/// # Errors
/// When there are fewer than two of either, rows differ in length, or nothing varies.
pub fn icc(table: &[Vec<f64>]) -> Statistic<Icc> {
    const LEVEL: f64 = 0.95;
    let targets = table.len();
    let raters = table.first().map_or(0, Vec::len);
    if targets < 2 || raters < 2 {
        return Err(Undefined::TooFew);
    }
    if table.iter().any(|row| row.len() != raters) {
        return Err(Undefined::Incomplete);
    }
    let squares = MeanSquares::of(table);
    let MeanSquares {
        between,
        within,
        raters: of_raters,
        error,
    } = squares;
    let (n, k) = (count(targets), count(raters));
    let ratio = |above: f64, below: f64| {
        if below > 0.0 {
            Ok(above / below)
        } else {
            Err(Undefined::NoVariance)
        }
    };
    let two = ratio(
        between - error,
        between + (k - 1.0) * error + k * (of_raters - error) / n,
    )?;
    let two_mean = ratio(between - error, between + (of_raters - error) / n)?;
    let two_interval = two_interval(&squares, n, k, two, LEVEL);
    // The step from one rating to k goes the other way below −1/(k − 1), where an end may lie though no true value does.
    let spearman_brown = |single: f64| {
        let below = 1.0 + single * (k - 1.0);
        if below > 0.0 {
            single * k / below
        } else {
            f64::NAN
        }
    };
    Ok(Icc {
        one: ratio(between - within, between + (k - 1.0) * within)?,
        two,
        three: ratio(between - error, between + (k - 1.0) * error)?,
        one_mean: ratio(between - within, between)?,
        two_mean,
        three_mean: ratio(between - error, between)?,
        two_interval,
        two_mean_interval: Interval {
            low: spearman_brown(two_interval.low),
            high: spearman_brown(two_interval.high),
            level: LEVEL,
        },
    })
}

/// The mean squares of a two-way analysis of variance.
struct MeanSquares {
    between: f64,
    within: f64,
    raters: f64,
    error: f64,
}

impl MeanSquares {
    fn of(table: &[Vec<f64>]) -> Self {
        let (n, k) = (count(table.len()), count(table[0].len()));
        let all: Vec<f64> = table.iter().flatten().copied().collect();
        let grand = mean(&all).unwrap_or(0.0);
        let square = |value: f64| (value - grand) * (value - grand);
        let of_rows: f64 = table
            .iter()
            .map(|row| square(mean(row).unwrap_or(0.0)))
            .sum();
        let columns = (0..table[0].len()).map(|at| {
            let column: Vec<f64> = table.iter().map(|row| row[at]).collect();
            square(mean(&column).unwrap_or(0.0))
        });
        let of_columns: f64 = columns.sum();
        let total: f64 = all.iter().map(|value| square(*value)).sum();
        let rows = k * of_rows;
        let columns = n * of_columns;
        Self {
            between: rows / (n - 1.0),
            within: (total - rows) / (n * (k - 1.0)),
            raters: columns / (k - 1.0),
            error: (total - rows - columns).max(0.0) / ((n - 1.0) * (k - 1.0)),
        }
    }
}

fn two_interval(squares: &MeanSquares, n: f64, k: f64, two: f64, level: f64) -> Interval {
    let MeanSquares {
        between,
        raters,
        error,
        ..
    } = *squares;
    let unknown = Interval {
        low: f64::NAN,
        high: f64::NAN,
        level,
    };
    if error <= 0.0 {
        return unknown;
    }
    let f = raters / error;
    let a = k * two * f + n * (1.0 + (k - 1.0) * two) - k * two;
    let freedom = (k - 1.0) * (n - 1.0) * a * a
        / ((n - 1.0) * k * k * two * two * f * f + (n * (1.0 + (k - 1.0) * two) - k * two).powi(2));
    let tail = f64::midpoint(1.0, level);
    let quantile = |above: f64, below: f64| {
        let distribution = FisherSnedecor::new(above, below).ok()?;
        Some(distribution.inverse_cdf(tail))
    };
    let (Some(lower), Some(upper)) = (quantile(n - 1.0, freedom), quantile(freedom, n - 1.0))
    else {
        return unknown;
    };
    let rest = k * raters + (k * n - k - n) * error;
    Interval {
        low: n * (between - lower * error) / (lower * rest + n * between),
        high: n * (upper * between - error) / (rest + n * upper * between),
        level,
    }
}
