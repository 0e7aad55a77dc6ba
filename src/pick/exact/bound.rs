//! Bounds that are proven in whole numbers, whatever the multipliers.

use super::model::Model;

/// Multipliers are rounded to so many parts of one.
const PARTS: f64 = 4_294_967_296.0;

/// The bounds of all columns and of all rows.
type Bounds<'b> = (&'b [(i64, i64)], &'b [(Option<i64>, Option<i64>)]);

/// What some multipliers say about a model within bounds of its columns.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// No choice costs less, in parts; see [`Bound::least`].
    parts: i128,
    /// What each column costs beyond what the rows pay for it, in parts.
    pub(super) reduced: Vec<i128>,
}

impl Bound {
    /// The bound by multipliers of the rows in `rows`; `costs` is false for a proof that there is no choice, which is
    /// one where the bound is above 0. Whatever the multipliers are, `Σ c·x = Σ (c − y·a)·x + Σ y·s`, and every term is at
    /// least what it is at the better bound of its variable.
    pub(super) fn new(
        model: &Model,
        (bounds, row_bounds): Bounds<'_>,
        rows: &[usize],
        multipliers: &[f64],
        costs: bool,
    ) -> Self {
        let mut whole = vec![0_i128; model.rows.len()];
        let mut parts = 0;
        for (&row, multiplier) in rows.iter().zip(multipliers) {
            let multiplier = in_parts(*multiplier);
            let (least, most) = row_bounds[row];
            let at = if multiplier > 0 { least } else { most };
            // A sum without a bound on this side can be paid nothing.
            if let Some(at) = at {
                whole[row] = multiplier;
                parts += multiplier * i128::from(at);
            }
        }
        let mut reduced = Vec::with_capacity(model.columns.len());
        for (column, (least, most)) in model.columns.iter().zip(bounds) {
            let paid = column.entries.iter();
            let paid: i128 = paid
                .map(|(row, weight)| whole[*row] * i128::from(*weight))
                .sum();
            let cost = if costs {
                i128::from(column.cost) << 32
            } else {
                0
            };
            let own = cost - paid;
            parts += own * i128::from(if own > 0 { *least } else { *most });
            reduced.push(own);
        }
        Self { parts, reduced }
    }

    /// No choice costs less.
    pub(super) fn least(&self) -> i128 {
        // Costs are whole, so that parts count as a whole.
        -((-self.parts) >> 32)
    }

    /// Whether there is no choice, for a bound without costs.
    pub(super) fn proves_empty(&self) -> bool {
        self.parts > 0
    }

    /// Whether a choice with a column one further from its better bound costs `limit` or more.
    pub(super) fn fixes(&self, column: usize, limit: i128) -> bool {
        self.parts + self.reduced[column].abs() > (limit - 1) << 32
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding is harmless: any multiplier makes a valid bound"
)]
fn in_parts(multiplier: f64) -> i128 {
    if multiplier.is_finite() {
        (multiplier * PARTS).round() as i128
    } else {
        0
    }
}
