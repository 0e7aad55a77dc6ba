//! An axis over values and their intervals: what it reaches over, and its ticks with their numbers.

use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::data::float::pretty_print_float;

use super::widths::widest;
use super::{drawable, number};
use crate::output::report::document::{Intervals, Mark};

/// An axis. Numbers become places by the plotting library's arithmetic.
pub(super) struct Scale {
    coord: RangedCoordf64,
    pixels: (i32, i32),
    /// Where a number stands, and how it is read.
    pub(super) ticks: Vec<(i32, String)>,
}

impl Scale {
    /// The axis over all that is drawn, if anything is, with numbers of a size that do not touch.
    pub(super) fn over(plot: &Intervals, pixels: (i32, i32), size: i32) -> Option<Self> {
        let all = plot.marks.iter().flat_map(|mark| {
            let (low, high) = ends(mark).unzip();
            [drawable(mark.value), low, high]
        });
        let least = all.clone().flatten().reduce(f64::min)?;
        let most = all.flatten().reduce(f64::max)?;
        let reference = plot.reference.and_then(drawable);
        let (least, most) = reference.map_or((least, most), |reference| {
            (least.min(reference), most.max(reference))
        });
        // An axis over nothing, or over less than the arithmetic can tell apart, would have no ticks.
        let largest = least.abs().max(most.abs());
        let span = most - least;
        let margin = if span < (largest * 1e-6).max(1e-6) {
            (largest * 0.1).max(0.5)
        } else {
            span * 0.03
        };
        let coord = RangedCoordf64::from(least - margin..most + margin);
        let mut scale = Self {
            coord,
            pixels,
            ticks: Vec::new(),
        };
        // Long numbers stand further apart.
        for most in [8, 6, 4, 3, 2] {
            let ticks = scale.ticks(most);
            if ticks.len() < 2 && !scale.ticks.is_empty() {
                break;
            }
            scale.ticks = ticks;
            let widest = widest(scale.ticks.iter().map(|(_, words)| words), size);
            let room = scale.ticks.windows(2).map(|two| two[1].0 - two[0].0).min();
            if room.is_none_or(|room| room >= widest + 14) {
                break;
            }
        }
        Some(scale)
    }

    fn ticks(&self, most: usize) -> Vec<(i32, String)> {
        let points = self.coord.key_points(BoldPoints(most));
        // As many decimals as the step has, or the only number.
        let step = match points.as_slice() {
            [first, second, ..] => second - first,
            [only] => *only,
            [] => return Vec::new(),
        };
        let step = pretty_print_float(step, false);
        let decimals = step.split_once('.').map_or(0, |(_, after)| after.len());
        points
            .iter()
            .map(|point| (self.at(*point), number(*point, decimals)))
            .collect()
    }

    /// Where a value stands.
    pub(super) fn at(&self, value: f64) -> i32 {
        self.coord.map(&value, self.pixels)
    }
}

/// The ends of an interval, the lower one first.
pub(super) fn ends(mark: &Mark) -> Option<(f64, f64)> {
    let (low, high) = (drawable(mark.low)?, drawable(mark.high)?);
    Some((low.min(high), low.max(high)))
}
