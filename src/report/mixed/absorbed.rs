//! The equations of the model at given variances: what is block-diagonal is absorbed, the rest is one dense system.
//!
//! With V = I + Σ γ Z Z', the covariance of the scores relative to the residual variance, everything that is needed is
//! a product with P = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹, a determinant, or a trace of Z'PZ. Cells and levels of the big factor
//! are diagonal blocks; the Schur complement of the other factors and of the mean is factored by Cholesky.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use rayon::prelude::*;

use super::accumulated::{Accumulated, Block, cell_ratio, columns, runs};
use super::design::Design;
use crate::report::figure::{Statistic, Undefined, count};

/// The model at given ratios of variances.
pub(super) struct Absorbed<'d> {
    design: &'d Design,
    /// The variance of each factor over the residual variance.
    ratios: Vec<f64>,
    /// Where the columns of each factor begin in the dense system; the big one has none.
    starts: Vec<Option<usize>>,
    /// The column of the mean, the last one.
    mean: usize,
    /// The square root of the ratio of each column; 1 for the mean.
    scales: Vec<f64>,
    blocks: Vec<Block>,
    /// The crossproducts of the dense columns after absorption.
    crossproducts: DMatrix<f64>,
    factored: Cholesky<f64, Dyn>,
    /// The logarithm of the determinant of V, and of X'V⁻¹X.
    log_determinants: f64,
}

/// What comes of a vector of scores.
pub(super) struct Projected {
    /// P times the vector.
    pub(super) residuals: Vec<f64>,
    /// The mean.
    pub(super) mean: f64,
    /// The vector times P times the vector.
    pub(super) square: f64,
}

impl<'d> Absorbed<'d> {
    /// # Errors
    /// When the system is singular, which it is only if figures overflow.
    pub(super) fn new(design: &'d Design, ratios: &[f64]) -> Statistic<Self> {
        let mut starts = Vec::new();
        let mut scales = Vec::new();
        for (at, factor) in design.factors.iter().enumerate() {
            if at == design.big {
                starts.push(None);
                continue;
            }
            starts.push(Some(scales.len()));
            scales.extend(std::iter::repeat_n(ratios[at].sqrt(), factor.levels));
        }
        let mean = scales.len();
        scales.push(1.0);
        let mut absorbed = Accumulated::new(design, ratios, &starts, mean);
        absorbed.run();
        let Accumulated {
            blocks,
            crossproducts,
            log_determinant,
            ..
        } = absorbed;
        let mut system = crossproducts.clone();
        for column in 0..=mean {
            for row in 0..=mean {
                system[(row, column)] *= scales[row] * scales[column];
            }
            if column < mean {
                system[(column, column)] += 1.0;
            }
        }
        let factored = Cholesky::new(system).ok_or(Undefined::NoVariance)?;
        let diagonal = factored.l_dirty().diagonal();
        let dense: f64 = diagonal.iter().map(|pivot| 2.0 * pivot.ln()).sum();
        Ok(Self {
            design,
            ratios: ratios.to_vec(),
            starts,
            mean,
            scales,
            blocks,
            crossproducts,
            factored,
            log_determinants: log_determinant + dense,
        })
    }

    /// The profiled REML deviance, with the square of the scores.
    pub(super) fn deviance(&self, square: f64) -> f64 {
        let freedom = count(self.design.scores.len()) - 1.0;
        self.log_determinants
            + freedom * (1.0 + (2.0 * std::f64::consts::PI * square / freedom).ln())
    }

    fn cell_ratio(&self) -> f64 {
        cell_ratio(self.design, &self.ratios)
    }

    /// The dense columns of a score, but the mean.
    fn columns(&self, score: usize) -> impl Iterator<Item = usize> {
        columns(self.design, &self.starts, score)
    }

    /// Multiplies a vector of scores by P.
    pub(super) fn project(&self, scores: &[f64]) -> Projected {
        let design = self.design;
        let cell_ratio = self.cell_ratio();
        let big_ratio = self.ratios[design.big];
        // The right-hand side, absorbed as the system was.
        let mut right = DVector::zeros(self.mean + 1);
        let mut of_blocks = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let mut total = 0.0;
            for cell in runs(design, block.first, block.last) {
                let cell = &design.order[cell];
                let sum: f64 = cell.iter().map(|at| scores[*at]).sum();
                let size = count(cell.len());
                let shrunk = cell_ratio / (1.0 + size * cell_ratio) * sum;
                for at in cell {
                    let own = scores[*at] - shrunk;
                    for column in self.columns(*at) {
                        right[column] += own;
                    }
                    right[self.mean] += own;
                    total += own;
                }
            }
            let factor = big_ratio / block.pivot * total;
            for (column, value) in &block.columns {
                right[*column] -= factor * value;
            }
            of_blocks.push(total);
        }
        for (value, scale) in right.iter_mut().zip(&self.scales) {
            *value *= scale;
        }
        self.factored.solve_mut(&mut right);
        for (value, scale) in right.iter_mut().zip(&self.scales) {
            *value *= scale;
        }
        let effects = right;
        let mut residuals = scores.to_vec();
        for (block, total) in self.blocks.iter().zip(of_blocks) {
            let explained: f64 = block
                .columns
                .iter()
                .map(|(column, value)| value * effects[*column])
                .sum();
            let of_block = big_ratio / block.pivot * (total - explained);
            for cell in runs(design, block.first, block.last) {
                let cell = &design.order[cell];
                let mut sum = 0.0;
                for at in cell {
                    let fixed: f64 = self.columns(*at).map(|column| effects[column]).sum();
                    residuals[*at] -= fixed + effects[self.mean] + of_block;
                    sum += residuals[*at];
                }
                let of_cell = cell_ratio / (1.0 + count(cell.len()) * cell_ratio) * sum;
                for at in cell {
                    residuals[*at] -= of_cell;
                }
            }
        }
        let square = scores.iter().zip(&residuals).map(|(y, e)| y * e).sum();
        Projected {
            residuals,
            mean: effects[self.mean],
            square,
        }
    }

    /// The inverse of the dense system's factor, a column at a time.
    fn inverse_factor(&self) -> DMatrix<f64> {
        const WIDTH: usize = 64;
        let size = self.mean + 1;
        let lower = self.factored.l_dirty();
        let pieces: Vec<(usize, DMatrix<f64>)> = (0..size)
            .step_by(WIDTH)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|first| {
                let width = WIDTH.min(size - first);
                let mut piece = DMatrix::zeros(size - first, width);
                piece.fill_diagonal(1.0);
                let part = lower.view((first, first), (size - first, size - first));
                part.solve_lower_triangular_mut(&mut piece);
                (first, piece)
            })
            .collect();
        let mut inverse = DMatrix::zeros(size, size);
        for (first, piece) in pieces {
            inverse
                .view_mut((first, first), piece.shape())
                .copy_from(&piece);
        }
        inverse
    }

    /// The traces of Z'PZ of every factor, and the diagonals of the scaled system's inverse.
    pub(super) fn traces(&self) -> (Vec<f64>, Inverse) {
        let inverse = self.inverse_factor();
        let diagonal: Vec<f64> = inverse
            .column_iter()
            .map(|column| column.norm_squared())
            .collect();
        let mut traces: Vec<f64> = (0..self.design.factors.len())
            .map(|at| match self.starts[at] {
                Some(start) => self.dense_trace(at, start, &diagonal, &inverse),
                None => 0.0,
            })
            .collect();
        let of_blocks: Vec<(f64, DVector<f64>)> = self
            .blocks
            .par_iter()
            .map(|block| {
                let solved = self.weighed(&inverse, &block.columns);
                (solved.norm_squared(), solved)
            })
            .collect();
        let of_block = |(block, (square, _)): (&Block, &(f64, _))| {
            block.weight / block.pivot - square / (block.pivot * block.pivot)
        };
        traces[self.design.big] = self.blocks.iter().zip(&of_blocks).map(of_block).sum();
        if self.design.cells.is_some() {
            let of_cells: Vec<f64> = self
                .blocks
                .par_iter()
                .zip(&of_blocks)
                .map(|(block, (_, solved))| self.cell_trace(block, solved, &inverse))
                .collect();
            traces.push(of_cells.iter().sum());
        }
        let squares = of_blocks.into_iter().map(|(square, _)| square).collect();
        let inverse = Inverse {
            diagonal,
            with_mean: inverse.row(self.mean).iter().copied().collect(),
            squares,
        };
        (traces, inverse)
    }

    /// A sparse combination of dense columns, scaled and solved.
    fn weighed(&self, inverse: &DMatrix<f64>, columns: &[(usize, f64)]) -> DVector<f64> {
        let mut sum = DVector::zeros(self.mean + 1);
        for (column, value) in columns {
            let factor = value * self.scales[*column];
            if factor != 0.0 {
                sum.axpy(factor, &inverse.column(*column), 1.0);
            }
        }
        sum
    }

    fn dense_trace(
        &self,
        at: usize,
        start: usize,
        diagonal: &[f64],
        inverse: &DMatrix<f64>,
    ) -> f64 {
        let columns = start..start + self.design.factors[at].levels;
        let ratio = self.ratios[at];
        if ratio > 0.0 {
            return columns.map(|column| (1.0 - diagonal[column]) / ratio).sum();
        }
        columns
            .map(|column| {
                let values = self.crossproducts.column(column);
                let of_column: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
                values[column] - self.weighed(inverse, &of_column).norm_squared()
            })
            .sum()
    }

    /// The part of a block in the trace of the cells.
    fn cell_trace(&self, block: &Block, solved: &DVector<f64>, inverse: &DMatrix<f64>) -> f64 {
        let ratio = self.cell_ratio();
        let big = self.ratios[self.design.big] / block.pivot;
        let mut trace = 0.0;
        for cell in runs(self.design, block.first, block.last) {
            let cell = &self.design.order[cell];
            let size = count(cell.len());
            let shrink = 1.0 / (1.0 + size * ratio);
            let weight = size * shrink;
            let mut columns: Vec<(usize, f64)> = cell
                .iter()
                .flat_map(|at| self.columns(*at))
                .map(|column| (column, shrink))
                .collect();
            columns.push((self.mean, weight));
            let mut own = self.weighed(inverse, &columns);
            own.axpy(-big * weight, solved, 1.0);
            trace += weight - big * weight * weight - own.norm_squared();
        }
        trace
    }

    /// The prediction-error variance of each level of a factor over the residual variance, and the conditional one, for
    /// a mean that is known.
    pub(super) fn error_variances(&self, at: usize, inverse: &Inverse) -> Vec<(f64, f64)> {
        let ratio = self.ratios[at];
        let of_mean = inverse.diagonal[self.mean];
        let known = |with: f64| with * with / of_mean;
        if let Some(start) = self.starts[at] {
            let columns = start..start + self.design.factors[at].levels;
            return columns
                .map(|column| {
                    let whole = inverse.diagonal[column];
                    // Row of the mean in the inverse: the last row of the factor's inverse times its last entry.
                    let with = inverse.with_mean[column] * inverse.with_mean[self.mean];
                    (ratio * whole, ratio * (whole - known(with)))
                })
                .collect();
        }
        let blocks = self.blocks.iter().zip(&inverse.squares);
        blocks
            .map(|(block, square)| {
                let share = ratio / block.pivot;
                let whole = share + share * share * square;
                let with: f64 = block
                    .columns
                    .iter()
                    .map(|(column, value)| {
                        let row = inverse.with_mean[*column] * inverse.with_mean[self.mean];
                        value * self.scales[*column] * row
                    })
                    .sum();
                (whole, whole - share * share * known(with))
            })
            .collect()
    }

    /// The variance of the mean over the residual variance.
    pub(super) fn mean_variance(&self, inverse: &Inverse) -> f64 {
        inverse.diagonal[self.mean]
    }
}

/// What is kept of the inverse of the scaled dense system.
pub(super) struct Inverse {
    diagonal: Vec<f64>,
    /// The last row of the inverse of its factor.
    with_mean: Vec<f64>,
    /// For each block, its columns in the inverse's metric.
    squares: Vec<f64>,
}
