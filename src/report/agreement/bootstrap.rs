//! How far alpha could be from what was seen: candidates drawn again, whole.

use std::collections::BTreeMap;

use super::alpha::Coincidences;
use super::{Counts, Metric, Unit, pair_table, quadratic_weights, weighted_kappa};
use crate::model::random::SplitMix64;
use crate::report::figure::{Interval, Statistic};

/// An interval from resampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampled {
    /// Its ends are percentiles of alpha over the resamples in which alpha is defined.
    pub interval: Interval,
    /// How many resamples there were.
    pub resamples: usize,
    /// In how many of them alpha is not defined.
    pub undefined: usize,
}

/// The percentile interval of alpha over resamples of whole candidates, since answers of one candidate are no
/// independent ones. `None` where fewer than half of the resamples have an alpha, or there is one candidate alone.
///
/// The percentile method is that of Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), section 13.3.
#[must_use]
pub fn alpha_interval(
    units: &[Unit],
    metric: Metric,
    level: f64,
    resamples: usize,
    seed: u64,
) -> Option<Resampled> {
    let counts = Counts::new(units);
    let size = counts.values.len();
    let paired = units.iter().filter(|unit| unit.is_paired());
    let mut of_candidates: BTreeMap<usize, Coincidences> = BTreeMap::new();
    for (unit, row) in paired.zip(&counts.rows) {
        let own = of_candidates
            .entry(unit.candidate)
            .or_insert_with(|| Coincidences::empty(size));
        own.add(&Coincidences::of([row], size));
    }
    let candidates: Vec<&Coincidences> = of_candidates.values().collect();
    resampled(&candidates, level, resamples, seed, |drawn| {
        let mut all = Coincidences::empty(size);
        for own in drawn {
            all.add(own);
        }
        all.alpha(&counts.values, metric)
    })
}

/// The percentile interval of Cohen's kappa with quadratic weights over resamples of whole candidates; as
/// [`alpha_interval`].
#[must_use]
pub fn kappa_interval(
    units: &[Unit],
    raters: [usize; 2],
    scale: &[u8],
    level: f64,
    resamples: usize,
    seed: u64,
) -> Option<Resampled> {
    let size = scale.len();
    let mut of_candidates: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.is_paired()) {
        let own = of_candidates.entry(unit.candidate).or_default();
        own.push(unit.clone());
    }
    let tables = of_candidates.values();
    let tables: Vec<_> = tables
        .map(|units| pair_table(units, raters, scale))
        .collect();
    let candidates: Vec<_> = tables.iter().collect();
    let weights = quadratic_weights(size);
    resampled(&candidates, level, resamples, seed, |drawn| {
        let mut all = vec![vec![0.0; size]; size];
        for own in drawn {
            for (row, more) in all.iter_mut().zip(*own) {
                for (cell, more) in row.iter_mut().zip(more) {
                    *cell += more;
                }
            }
        }
        weighted_kappa(&all, &weights)
    })
}

/// The percentile interval of a statistic over resamples of candidates.
fn resampled<T>(
    candidates: &[&T],
    level: f64,
    resamples: usize,
    seed: u64,
    statistic: impl Fn(&[&T]) -> Statistic,
) -> Option<Resampled> {
    if candidates.len() < 2 || resamples == 0 {
        return None;
    }
    let mut random = SplitMix64::new(seed);
    let mut values = Vec::with_capacity(resamples);
    let mut drawn = Vec::with_capacity(candidates.len());
    for _ in 0..resamples {
        drawn.clear();
        drawn.extend(
            (0..candidates.len()).map(|_| candidates[below(&mut random, candidates.len())]),
        );
        values.extend(statistic(&drawn));
    }
    if values.len() * 2 < resamples {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    Some(Resampled {
        interval: Interval {
            low: quantile(&values, tail),
            high: quantile(&values, 1.0 - tail),
            level,
        },
        resamples,
        undefined: resamples - values.len(),
    })
}

/// A number below `most`; the bias of less than one in 2⁵⁰ does not matter here.
fn below(random: &mut SplitMix64, most: usize) -> usize {
    let wide = u128::from(random.next_u64()) * (most as u128);
    usize::try_from(wide >> 64).unwrap_or(0)
}

/// A quantile of sorted values, between two of them where it falls (type 7 of Hyndman and Fan 1996).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among some thousand values"
    )]
    let (at, place) = {
        let place = share.clamp(0.0, 1.0) * last as f64;
        (place.floor() as usize, place)
    };
    let next = (at + 1).min(last);
    let (Some(low), Some(high)) = (sorted.get(at), sorted.get(next)) else {
        return f64::NAN;
    };
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_type_seven() {
        // R: quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1))
        let values = [1.0, 2.0, 4.0, 8.0];
        for (share, expected) in [(0.0, 1.0), (0.1, 1.3), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
            assert!((quantile(&values, share) - expected).abs() < 1e-12);
        }
    }
}
