//! Rows and columns that a simplex gets later.

use super::simplex::{Place, Simplex};

impl Simplex {
    /// One row more.
    pub(super) fn add_row(&mut self, terms: &[(usize, f64)], bounds: (f64, f64)) {
        let (width, height) = (self.width(), self.height());
        let mut of_basis = vec![0.0; height];
        let mut sum = 0.0;
        for &(column, weight) in terms {
            self.columns[column].push((height, weight));
            sum += weight * self.value(column);
        }
        for (place, &variable) in of_basis.iter_mut().zip(&self.basis) {
            let term = terms.iter().find(|term| term.0 == variable);
            *place = term.map_or(0.0, |term| term.1);
        }
        let mut last = vec![0.0; height + 1];
        for (row, weight) in of_basis
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight != 0.0)
        {
            let inverse = &self.inverse[row * height..(row + 1) * height];
            for (entry, factor) in last.iter_mut().zip(inverse) {
                *entry += weight * factor;
            }
        }
        last[height] = -1.0;
        let mut inverse = Vec::with_capacity((height + 1) * (height + 1));
        for row in self.inverse.chunks(height.max(1)) {
            inverse.extend_from_slice(row);
            inverse.push(0.0);
        }
        inverse.extend_from_slice(&last);
        self.inverse = inverse;
        self.basis.push(width + height);
        self.values.push(sum);
        self.cost.push(0.0);
        self.least.push(bounds.0);
        self.most.push(bounds.1);
        self.place.push(Place::Basic);
        self.reduced.push(0.0);
    }

    /// One column more, at the bound where it costs least; at least none of it is taken.
    pub(super) fn add_column(&mut self, entries: Vec<(usize, f64)>, cost: f64, bounds: (f64, f64)) {
        let column = self.width();
        let multipliers = self.multipliers();
        let paid = entries
            .iter()
            .map(|&(row, weight)| multipliers[row] * weight);
        let reduced = cost - paid.sum::<f64>();
        self.cost.insert(column, cost);
        self.least.insert(column, bounds.0);
        self.most.insert(column, bounds.1);
        self.reduced.insert(column, reduced);
        self.place.insert(column, Place::Least);
        self.columns.push(entries);
        for variable in &mut self.basis {
            *variable += usize::from(*variable >= column);
        }
        let mut moved = bounds.0;
        if reduced < 0.0 {
            self.place[column] = Place::Most;
            moved = bounds.1;
        }
        if moved != 0.0 {
            self.shift(column, moved);
        }
    }
}
