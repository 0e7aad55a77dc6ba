//! How long questions took.

use std::collections::BTreeMap;

use crate::report::figure::{Interval, count};

/// How long something took, in seconds, and how long it was planned to take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    seconds: BTreeMap<u32, usize>,
    n: usize,
    used: u64,
    planned: u64,
}

impl Times {
    /// Adds a time with its plan.
    pub fn add(&mut self, seconds: u32, planned_minutes: u32) {
        *self.seconds.entry(seconds).or_insert(0) += 1;
        self.n += 1;
        self.used += u64::from(seconds);
        self.planned += 60 * u64::from(planned_minutes);
    }

    /// How many there are.
    #[must_use]
    pub fn n(&self) -> usize {
        self.n
    }

    /// The median in minutes, with the quartiles, between two values where they fall (type 7 of Hyndman and Fan 1996);
    /// `None` of nothing.
    #[must_use]
    pub fn median(&self) -> Option<(f64, Interval)> {
        let at = |share| Some(self.quantile(share)? / 60.0);
        let quartiles = Interval {
            low: at(0.25)?,
            high: at(0.75)?,
            level: 0.5,
        };
        Some((at(0.5)?, quartiles))
    }

    /// The planned minutes on average; `None` of nothing.
    #[must_use]
    pub fn planned(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "seconds of interviews")]
        let planned = self.planned as f64 / 60.0;
        (self.n > 0).then(|| planned / count(self.n))
    }

    /// What was used of what was planned; `None` of nothing.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "seconds of interviews")]
        let (used, planned) = (self.used as f64, self.planned as f64);
        (planned > 0.0).then(|| used / planned)
    }

    fn quantile(&self, share: f64) -> Option<f64> {
        let last = self.n.checked_sub(1)?;
        let place = share * count(last);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place among what was counted"
        )]
        let low = place.floor() as usize;
        let (below, above) = (self.at(low)?, self.at((low + 1).min(last))?);
        Some(below + (above - below) * place.fract())
    }

    /// The value at a place of them in order, counted from 0.
    fn at(&self, place: usize) -> Option<f64> {
        let mut before = 0;
        for (seconds, n) in &self.seconds {
            before += n;
            if place < before {
                return Some(f64::from(*seconds));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_type_seven() {
        let mut times = Times::default();
        for minutes in [8, 1, 4, 2] {
            times.add(minutes * 60, 3);
        }
        // R: quantile(c(1, 2, 4, 8), c(.25, .5, .75))
        let (median, quartiles) = times.median().unwrap_or((0.0, quartiles_of_nothing()));
        assert!((median - 3.0).abs() < 1e-12);
        assert!((quartiles.low - 1.75).abs() < 1e-12 && (quartiles.high - 5.0).abs() < 1e-12);
        assert_eq!(times.planned(), Some(3.0));
        assert_eq!(times.ratio(), Some(1.25));
        assert_eq!(Times::default().median(), None);
    }

    fn quartiles_of_nothing() -> Interval {
        Interval {
            low: 0.0,
            high: 0.0,
            level: 0.5,
        }
    }
}
