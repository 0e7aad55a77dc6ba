//! What a simplex knows by its basis alone: the inverse, the reduced costs, the values.

use super::simplex::{NEAR, Place, Simplex, TINY};

impl Simplex {
    /// Computes everything anew from the basis; from that of all slacks where it is no good any more.
    pub(super) fn refresh(&mut self) {
        self.steps = 0;
        if !self.invert() {
            let width = self.width();
            self.basis = (width..width + self.height()).collect();
            for variable in 0..self.place.len() {
                self.place[variable] = match variable < width {
                    true if self.cost[variable] < 0.0 => Place::Most,
                    true => Place::Least,
                    false => Place::Basic,
                };
            }
            self.invert();
        }
        self.price();
        self.evaluate();
    }

    /// The reduced costs; what costs less at its other bound goes there.
    fn price(&mut self) {
        let (width, height) = (self.width(), self.height());
        let mut multipliers = vec![0.0; height];
        for (row, &variable) in self.basis.iter().enumerate() {
            let cost = self.cost[variable];
            if cost != 0.0 {
                let inverse = &self.inverse[row * height..(row + 1) * height];
                for (entry, factor) in multipliers.iter_mut().zip(inverse) {
                    *entry += cost * factor;
                }
            }
        }
        self.reduced.clear();
        for variable in 0..width + height {
            let reduced = match self.columns.get(variable) {
                _ if self.place[variable] == Place::Basic => 0.0,
                Some(column) => {
                    let paid = column
                        .iter()
                        .map(|&(row, weight)| multipliers[row] * weight);
                    self.cost[variable] - paid.sum::<f64>()
                }
                None => multipliers[variable - width],
            };
            let boxed = (self.most[variable] - self.least[variable]).is_finite();
            match self.place[variable] {
                Place::Least if reduced < -NEAR && boxed => self.place[variable] = Place::Most,
                Place::Most if reduced > NEAR && boxed => self.place[variable] = Place::Least,
                _ => {}
            }
            self.reduced.push(reduced);
        }
    }

    /// The values of the variables in the basis.
    fn evaluate(&mut self) {
        let (width, height) = (self.width(), self.height());
        let mut sums = vec![0.0; height];
        for variable in 0..width + height {
            let value = match self.place[variable] {
                Place::Basic => continue,
                Place::Least => self.least[variable],
                Place::Most => self.most[variable],
            };
            match self.columns.get(variable) {
                Some(column) if value != 0.0 => {
                    for &(row, weight) in column {
                        sums[row] += weight * value;
                    }
                }
                Some(_) => {}
                None => sums[variable - width] -= value,
            }
        }
        let rows = self.inverse.chunks(height.max(1));
        let product = |row: &[f64]| -row.iter().zip(&sums).map(|(a, b)| a * b).sum::<f64>();
        self.values = rows.map(product).collect();
    }

    /// The inverse of the basis by elimination; whether there is one.
    fn invert(&mut self) -> bool {
        let (width, height) = (self.width(), self.height());
        let mut matrix = vec![0.0; height * height];
        for (place, &variable) in self.basis.iter().enumerate() {
            match self.columns.get(variable) {
                Some(column) => column
                    .iter()
                    .for_each(|&(row, weight)| matrix[row * height + place] = weight),
                None => matrix[(variable - width) * height + place] = -1.0,
            }
        }
        let mut inverse = vec![0.0; height * height];
        for row in 0..height {
            inverse[row * height + row] = 1.0;
        }
        for place in 0..height {
            let best = (place..height)
                .max_by(|&a, &b| {
                    matrix[a * height + place]
                        .abs()
                        .total_cmp(&matrix[b * height + place].abs())
                })
                .unwrap_or(place);
            if best != place {
                for column in 0..height {
                    matrix.swap(place * height + column, best * height + column);
                    inverse.swap(place * height + column, best * height + column);
                }
            }
            if matrix[place * height + place].abs() < TINY {
                return false;
            }
            let scale = 1.0 / matrix[place * height + place];
            for column in 0..height {
                matrix[place * height + column] *= scale;
                inverse[place * height + column] *= scale;
            }
            for row in 0..height {
                let factor = matrix[row * height + place];
                if row != place && factor != 0.0 {
                    for column in 0..height {
                        matrix[row * height + column] -= factor * matrix[place * height + column];
                        inverse[row * height + column] -= factor * inverse[place * height + column];
                    }
                }
            }
        }
        self.inverse = inverse;
        true
    }
}
