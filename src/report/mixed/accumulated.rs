//! The crossproducts of a design, with cells and the levels of the big factor absorbed.

use nalgebra::DMatrix;

use super::design::Design;
use crate::report::figure::count;

/// A level of the big factor.
pub(super) struct Block {
    /// The places of its scores in the order of the design.
    pub(super) first: usize,
    pub(super) last: usize,
    /// What its scores weigh, with cells absorbed.
    pub(super) weight: f64,
    /// One and the ratio times the weight.
    pub(super) pivot: f64,
    /// Its crossproducts with dense columns.
    pub(super) columns: Vec<(usize, f64)>,
}

/// The crossproducts while they are added up.
pub(super) struct Accumulated<'d> {
    design: &'d Design,
    starts: &'d [Option<usize>],
    mean: usize,
    cell_ratio: f64,
    big_ratio: f64,
    pub(super) blocks: Vec<Block>,
    pub(super) crossproducts: DMatrix<f64>,
    pub(super) log_determinant: f64,
}

impl<'d> Accumulated<'d> {
    pub(super) fn new(
        design: &'d Design,
        ratios: &[f64],
        starts: &'d [Option<usize>],
        mean: usize,
    ) -> Self {
        Self {
            design,
            starts,
            mean,
            cell_ratio: cell_ratio(design, ratios),
            big_ratio: ratios[design.big],
            blocks: Vec::new(),
            crossproducts: DMatrix::zeros(mean + 1, mean + 1),
            log_determinant: 0.0,
        }
    }

    pub(super) fn run(&mut self) {
        let big = &self.design.factors[self.design.big].of;
        let order = &self.design.order;
        let mut sums = vec![0.0; self.mean + 1];
        let mut first = 0;
        while first < order.len() {
            let level = big[order[first]];
            let more = order[first..].iter().take_while(|at| big[**at] == level);
            let last = first + more.count();
            self.block(first, last, &mut sums);
            first = last;
        }
    }

    fn block(&mut self, first: usize, last: usize, sums: &mut [f64]) {
        let mut touched: Vec<usize> = Vec::new();
        let mut weight = 0.0;
        for cell in runs(self.design, first, last) {
            weight += self.cell(cell, sums, &mut touched);
        }
        touched.sort_unstable();
        touched.dedup();
        let columns: Vec<(usize, f64)> = touched
            .into_iter()
            .map(|column| (column, std::mem::take(&mut sums[column])))
            .collect();
        let pivot = 1.0 + self.big_ratio * weight;
        let factor = self.big_ratio / pivot;
        for (row, value) in &columns {
            for (column, other) in &columns {
                self.crossproducts[(*row, *column)] -= factor * value * other;
            }
        }
        self.log_determinant += pivot.ln();
        self.blocks.push(Block {
            first,
            last,
            weight,
            pivot,
            columns,
        });
    }

    /// Adds a cell; its weight.
    fn cell(
        &mut self,
        cell: std::ops::Range<usize>,
        sums: &mut [f64],
        touched: &mut Vec<usize>,
    ) -> f64 {
        let cell = &self.design.order[cell];
        let size = count(cell.len());
        let shrink = 1.0 / (1.0 + size * self.cell_ratio);
        let mut all: Vec<usize> = Vec::new();
        for at in cell {
            let own: Vec<usize> = columns(self.design, self.starts, *at)
                .chain([self.mean])
                .collect();
            for row in &own {
                for column in &own {
                    self.crossproducts[(*row, *column)] += 1.0;
                }
                sums[*row] += shrink;
            }
            all.extend(own);
        }
        if self.cell_ratio > 0.0 {
            let share = self.cell_ratio * shrink;
            for row in &all {
                for column in &all {
                    self.crossproducts[(*row, *column)] -= share;
                }
            }
            self.log_determinant -= shrink.ln();
        }
        touched.extend(all);
        size * shrink
    }
}

pub(super) fn cell_ratio(design: &Design, ratios: &[f64]) -> f64 {
    let is_there = design.cells.is_some();
    if is_there {
        ratios[design.factors.len()]
    } else {
        0.0
    }
}

pub(super) fn columns(
    design: &Design,
    starts: &[Option<usize>],
    score: usize,
) -> impl Iterator<Item = usize> {
    let factors = design.factors.iter().zip(starts);
    factors.filter_map(move |(factor, start)| Some((*start)? + factor.of[score]))
}

/// The cells between two places of the order; every score by itself where there are no cells.
pub(super) fn runs(
    design: &Design,
    first: usize,
    last: usize,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = first;
    std::iter::from_fn(move || {
        if at >= last {
            return None;
        }
        let begin = at;
        at += 1;
        if let Some(cells) = &design.cells {
            let of = |place: usize| cells.of[design.order[place]];
            while at < last && of(at) == of(begin) {
                at += 1;
            }
        }
        Some(begin..at)
    })
}
