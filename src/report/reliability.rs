//! Whether questions of a fixed screen measure one thing, and how each goes with the rest.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use crate::report::figure::{Interval, Statistic, Undefined, count, mean};

/// What is done about missing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Each covariance is of the people who answered both questions.
    Pairwise,
    /// Only people who answered everything count.
    Listwise,
}

/// Cronbach's alpha of a table, a row for each person and a column for each question, and how many people count. Only
/// for fixed screens, where everybody is asked the same questions.
///
/// L. J. Cronbach, Psychometrika 16 (1951).
///
/// # Errors
/// When there are fewer than two questions or people, two questions were not answered by the same two people, or
/// nothing varies.
pub fn cronbach(table: &[Vec<Option<f64>>], missing: Missing) -> Statistic<(f64, usize)> {
    let questions = table.first().map_or(0, Vec::len);
    let people: Vec<&Vec<Option<f64>>> = table
        .iter()
        .filter(|row| missing == Missing::Pairwise || row.iter().all(Option::is_some))
        .collect();
    if questions < 2 || people.len() < 2 {
        return Err(Undefined::TooFew);
    }
    let (mut variances, mut all) = (0.0, 0.0);
    for first in 0..questions {
        for second in 0..questions {
            let both = people
                .iter()
                .filter_map(|row| Some((row[first]?, row[second]?)));
            let covariance = covariance(&both.collect::<Vec<_>>()).ok_or(Undefined::NoPairs)?;
            all += covariance;
            if first == second {
                variances += covariance;
            }
        }
    }
    if all <= 0.0 {
        return Err(Undefined::NoVariance);
    }
    let k = count(questions);
    Ok((k / (k - 1.0) * (1.0 - variances / all), people.len()))
}

/// Feldt's interval of Cronbach's alpha. `None` of fewer than two people or questions.
///
/// L. S. Feldt, Psychometrika 30 (1965).
#[must_use]
pub fn feldt(alpha: f64, people: usize, questions: usize, level: f64) -> Option<Interval> {
    let (n, k) = (count(people) - 1.0, count(questions) - 1.0);
    let f = FisherSnedecor::new(n, n * k).ok()?;
    let tail = (1.0 - level) / 2.0;
    Some(Interval {
        low: 1.0 - (1.0 - alpha) * f.inverse_cdf(1.0 - tail),
        high: 1.0 - (1.0 - alpha) * f.inverse_cdf(tail),
        level,
    })
}

/// How a question goes with the rest: the correlation of its scores with each person's mean over the *other* questions
/// that the person answered, and of how many people.
///
/// # Errors
/// When fewer than three people answered it and something else, or one of the two does not vary.
pub fn item_rest(table: &[Vec<Option<f64>>], question: usize) -> Statistic<(f64, usize)> {
    let pairs: Vec<(f64, f64)> = table
        .iter()
        .filter_map(|row| {
            let own = row.get(question).copied().flatten()?;
            let others = row.iter().enumerate().filter(|(at, _)| *at != question);
            let others: Vec<f64> = others.filter_map(|(_, score)| *score).collect();
            Some((own, mean(&others)?))
        })
        .collect();
    correlation(&pairs).map(|r| (r, pairs.len()))
}

/// Pearson's correlation.
///
/// # Errors
/// When there are fewer than three pairs, or one side does not vary.
pub fn correlation(pairs: &[(f64, f64)]) -> Statistic {
    if pairs.len() < 3 {
        return Err(Undefined::NoPairs);
    }
    let of = |pairs: Vec<(f64, f64)>| covariance(&pairs).unwrap_or(0.0);
    let both = covariance(pairs).unwrap_or(0.0);
    let first = of(pairs.iter().map(|(a, _)| (*a, *a)).collect());
    let second = of(pairs.iter().map(|(_, b)| (*b, *b)).collect());
    // What is left of a constant by rounding is no variance.
    let scale = pairs
        .iter()
        .fold(1.0_f64, |most, (a, b)| most.max(a.abs()).max(b.abs()));
    let least = 1e-12 * scale * scale;
    if first <= least || second <= least {
        return Err(Undefined::NoVariance);
    }
    Ok((both / (first * second).sqrt()).clamp(-1.0, 1.0))
}

/// The covariance of a sample; `None` of fewer than two pairs.
fn covariance(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 2 {
        return None;
    }
    let n = count(pairs.len());
    let first = pairs.iter().map(|(a, _)| a).sum::<f64>() / n;
    let second = pairs.iter().map(|(_, b)| b).sum::<f64>() / n;
    let products = pairs.iter().map(|(a, b)| (a - first) * (b - second));
    Some(products.sum::<f64>() / (n - 1.0))
}
