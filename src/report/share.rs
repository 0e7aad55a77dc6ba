//! A share of scores that come in clusters, with an interval that has a width even where all are alike.

use crate::report::clustered::{Clustered, too_few};
use crate::report::figure::{Figure, Kind, LEVEL, count};
use crate::report::interval::wilson;

/// The share of the ones among values of 0 and 1. Its interval is Wilson's of as many independent values as would have the
/// same error (L. Kish, *Survey Sampling*, 1965): at least one a candidate, at most one a value.
#[must_use]
pub fn share(ones: &Clustered) -> Figure {
    let n = ones.values();
    let Some(share) = ones.mean() else {
        return Figure::hidden(too_few(0, 1, Kind::Ratings), 0);
    };
    let (least, most) = (count(ones.clusters()), count(n));
    let independent = ones
        .mean_error()
        .filter(|error| *error > 0.0)
        .map_or(least, |error| share * (1.0 - share) / (error * error));
    let independent = independent.clamp(least.min(most), most);
    Figure::new(share, n).within(Some(wilson(share, independent, LEVEL)))
}
