//! Between the numbers that guide a search and those that it answers with.

use super::Way;

/// The two halves of a range around a value, the nearer one last.
pub(super) fn halves(variable: usize, (least, most): (i64, i64), value: f64) -> Vec<Way> {
    let value = if value.is_finite() {
        value
    } else {
        real(least)
    };
    let below = whole(value.floor()).clamp(least, most - 1);
    let way = |least, most| Way {
        variable,
        least: Some(least),
        most: Some(most),
    };
    let mut ways = vec![way(least, below), way(below + 1, most)];
    if value - real(below) < 0.5 {
        ways.reverse();
    }
    ways
}

pub(super) fn sum(terms: &[(usize, f64)], point: &[f64]) -> f64 {
    let terms = terms.iter();
    terms.map(|&(column, weight)| weight * point[column]).sum()
}

/// How far a value is from whole.
pub(super) fn apart(value: f64) -> f64 {
    (value - value.round()).abs()
}

pub(super) fn range((least, most): (Option<i64>, Option<i64>)) -> (f64, f64) {
    (
        least.map_or(f64::NEG_INFINITY, real),
        most.map_or(f64::INFINITY, real),
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is proven does not depend on it"
)]
pub(in super::super) fn real(number: i64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "every choice is checked in whole numbers"
)]
pub(in super::super) fn whole(number: f64) -> i64 {
    number.round() as i64
}
