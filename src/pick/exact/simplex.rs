//! The dual simplex over bounded variables: a basis that is optimal but for its bounds, mended row by row.
//!
//! Row `i` reads `Σ a·x − s = 0` with a slack `s` within the row's bounds, so that the basis of all slacks
//! is always a place to begin, and one that was solved stays a good place when bounds change. Formulas:
//! A. Koberstein, *The dual simplex method*, 2005, chapters 3 (bound flipping) and 6.

/// How far a sum may be beyond its bounds, so far as floating-point numbers can tell.
pub(super) const NEAR: f64 = 1e-7;
/// An entry smaller than this is taken for 0.
pub(super) const TINY: f64 = 1e-9;
/// After so many steps the inverse is computed anew.
const FRESH: u32 = 64;
/// Steps after which the search goes on without an answer.
const MOST_STEPS: u32 = 20_000;

/// Where a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Basic,
    Least,
    Most,
}

/// How solving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The best point is known.
    Solved,
    /// There is none; the multipliers say why.
    Empty,
    /// The numbers are no good.
    Lost,
}

#[derive(Clone, Debug)]
pub(super) struct Simplex {
    /// The entries of each column.
    pub(super) columns: Vec<Vec<(usize, f64)>>,
    /// Of columns, then of slacks.
    pub(super) cost: Vec<f64>,
    pub(super) least: Vec<f64>,
    pub(super) most: Vec<f64>,
    pub(super) place: Vec<Place>,
    /// What a variable costs beyond what the rows pay for it.
    pub(super) reduced: Vec<f64>,
    /// The variable of each row.
    pub(super) basis: Vec<usize>,
    /// The values of the variables in the basis.
    pub(super) values: Vec<f64>,
    /// The inverse of the basis, row by row.
    pub(super) inverse: Vec<f64>,
    pub(super) steps: u32,
    ray: Vec<f64>,
}

impl Simplex {
    /// All slacks in the basis; a column is at the bound where it costs least.
    pub(super) fn new(
        columns: Vec<Vec<(usize, f64)>>,
        cost: &[f64],
        bounds: &[(f64, f64)],
        rows: &[(f64, f64)],
    ) -> Self {
        let height = rows.len();
        let width = columns.len();
        let all = bounds.iter().chain(rows);
        let mut simplex = Self {
            cost: cost
                .iter()
                .copied()
                .chain(rows.iter().map(|_| 0.0))
                .collect(),
            least: all.clone().map(|bound| bound.0).collect(),
            most: all.map(|bound| bound.1).collect(),
            place: vec![Place::Basic; width + height],
            reduced: Vec::new(),
            basis: (width..width + height).collect(),
            values: Vec::new(),
            inverse: Vec::new(),
            columns,
            steps: 0,
            ray: Vec::new(),
        };
        for (place, cost) in simplex.place.iter_mut().zip(cost) {
            *place = if *cost < 0.0 {
                Place::Most
            } else {
                Place::Least
            };
        }
        simplex.refresh();
        simplex
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn height(&self) -> usize {
        self.basis.len()
    }

    /// The bounds of a variable change; what is solved next begins where this ended.
    pub(super) fn bound(&mut self, column: usize, (least, most): (f64, f64)) {
        if self.place[column] == Place::Basic {
            self.least[column] = least;
            self.most[column] = most;
            return;
        }
        let before = self.value(column);
        self.least[column] = least;
        self.most[column] = most;
        // While it was fixed, its cost may have turned.
        self.place[column] = match self.reduced[column] {
            reduced if reduced < 0.0 => Place::Most,
            _ => Place::Least,
        };
        let moved = self.value(column) - before;
        if moved != 0.0 {
            self.shift(column, moved);
        }
    }

    /// The value of a variable.
    pub(super) fn value(&self, variable: usize) -> f64 {
        match self.place[variable] {
            Place::Least => self.least[variable],
            Place::Most => self.most[variable],
            Place::Basic => {
                let row = self.basis.iter().position(|&basic| basic == variable);
                row.map_or(0.0, |row| self.values[row])
            }
        }
    }

    /// The values of all columns.
    pub(super) fn point(&self) -> Vec<f64> {
        let mut point: Vec<f64> = (0..self.width())
            .map(|column| match self.place[column] {
                Place::Most => self.most[column],
                _ => self.least[column],
            })
            .collect();
        for (row, &variable) in self.basis.iter().enumerate() {
            if let Some(value) = point.get_mut(variable) {
                *value = self.values[row];
            }
        }
        point
    }

    /// What a unit of each row is worth.
    pub(super) fn multipliers(&self) -> &[f64] {
        // The reduced cost of a slack is the multiplier of its row.
        &self.reduced[self.width()..]
    }

    /// After [`End::Empty`]: multipliers by which no point keeps all bounds.
    pub(super) fn ray(&self) -> &[f64] {
        &self.ray
    }

    /// Finds the best point.
    pub(super) fn solve(&mut self) -> End {
        for _ in 0..MOST_STEPS {
            if self.steps >= FRESH {
                self.refresh();
            }
            let Some((row, below)) = self.leaving() else {
                return End::Solved;
            };
            match self.step(row, below) {
                Step::Made => {}
                Step::Impossible => return End::Empty,
                Step::Unsafe if self.steps == 0 => return End::Lost,
                Step::Unsafe => self.refresh(),
            }
        }
        End::Lost
    }

    /// The row that is farthest beyond its bounds for its length, and whether it is below them.
    fn leaving(&self) -> Option<(usize, bool)> {
        let height = self.height();
        let mut best = None;
        let mut most = 0.0;
        for (row, &variable) in self.basis.iter().enumerate() {
            let value = self.values[row];
            let under = self.least[variable] - value;
            let over = value - self.most[variable];
            let beyond = under.max(over);
            if beyond > NEAR * (1.0 + value.abs()) {
                let inverse = &self.inverse[row * height..(row + 1) * height];
                let length: f64 = inverse.iter().map(|entry| entry * entry).sum();
                let gain = beyond * beyond / length.max(TINY);
                if gain > most {
                    most = gain;
                    best = Some((row, under > over));
                }
            }
        }
        best
    }

    fn step(&mut self, row: usize, below: bool) -> Step {
        let (width, height) = (self.width(), self.height());
        let rho: Vec<f64> = self.inverse[row * height..(row + 1) * height].to_vec();
        // What a unit of each variable takes from the row, and the ratios at which one's cost turns.
        let mut taken = vec![0.0; width + height];
        let mut turns: Vec<(f64, usize)> = Vec::new();
        for variable in 0..width + height {
            let place = self.place[variable];
            if place == Place::Basic {
                continue;
            }
            let entry = if variable < width {
                self.columns[variable]
                    .iter()
                    .map(|&(row, weight)| rho[row] * weight)
                    .sum()
            } else {
                -rho[variable - width]
            };
            taken[variable] = entry;
            let fixed = self.least[variable] >= self.most[variable];
            let helps = (entry < 0.0) == (below == (place == Place::Least));
            if !fixed && helps && entry.abs() > TINY {
                turns.push((self.reduced[variable].abs() / entry.abs(), variable));
            }
        }
        let leaving = self.basis[row];
        let target = if below {
            self.least[leaving]
        } else {
            self.most[leaving]
        };
        let Some((entering, flipped)) =
            self.entering(&mut turns, &taken, (self.values[row] - target).abs())
        else {
            let sign = if below { -1.0 } else { 1.0 };
            self.ray = rho.iter().map(|entry| entry * sign).collect();
            return Step::Impossible;
        };
        let pivot = taken[entering];
        let column = self.times_inverse(entering);
        if (column[row] - pivot).abs() > 1e-6 * (1.0 + pivot.abs())
            || pivot.abs() < 1e-7 && self.steps > 0
        {
            return Step::Unsafe;
        }
        for variable in flipped {
            let range = self.most[variable] - self.least[variable];
            let (place, moved) = match self.place[variable] {
                Place::Least => (Place::Most, range),
                _ => (Place::Least, -range),
            };
            self.place[variable] = place;
            self.shift(variable, moved);
        }
        let length = (self.values[row] - target) / pivot;
        let start = self.value(entering);
        for (value, entry) in self.values.iter_mut().zip(&column) {
            *value -= length * entry;
        }
        self.values[row] = start + length;
        let price = self.reduced[entering] / pivot;
        for (reduced, entry) in self.reduced.iter_mut().zip(&taken) {
            *reduced -= price * entry;
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -price;
        self.place[entering] = Place::Basic;
        self.place[leaving] = if below { Place::Least } else { Place::Most };
        self.basis[row] = entering;
        self.pivot(row, &column);
        self.steps += 1;
        Step::Made
    }

    /// The variable that enters the basis, and those that turn over before: each that turns takes something off
    /// what is missing.
    fn entering(
        &self,
        turns: &mut [(f64, usize)],
        taken: &[f64],
        missing: f64,
    ) -> Option<(usize, Vec<usize>)> {
        turns.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut missing = missing;
        let mut flipped = Vec::new();
        for (index, &(ratio, variable)) in turns.iter().enumerate() {
            let range = self.most[variable] - self.least[variable];
            missing -= taken[variable].abs() * range;
            if missing > NEAR {
                flipped.push(variable);
                continue;
            }
            // Of those that turn at the same ratio, the largest entry is the safest.
            let same = turns[index..]
                .iter()
                .take_while(|turn| turn.0 <= ratio + 1e-12);
            let best = same.max_by(|a, b| {
                let size = |turn: &(f64, usize)| taken[turn.1].abs();
                size(a).total_cmp(&size(b)).then(b.1.cmp(&a.1))
            });
            return best.map(|turn| (turn.1, flipped));
        }
        None
    }

    /// A variable outside the basis moves; those in it follow.
    pub(super) fn shift(&mut self, variable: usize, moved: f64) {
        let column = self.times_inverse(variable);
        for (value, entry) in self.values.iter_mut().zip(&column) {
            *value -= moved * entry;
        }
    }

    /// The inverse of the basis times a variable's column.
    fn times_inverse(&self, variable: usize) -> Vec<f64> {
        let height = self.height();
        let slack = [(variable.wrapping_sub(self.width()), -1.0)];
        let entries = self.columns.get(variable).map_or(&slack[..], Vec::as_slice);
        let rows = self.inverse.chunks(height.max(1));
        rows.map(|row| {
            entries
                .iter()
                .map(|&(index, weight)| row[index] * weight)
                .sum()
        })
        .collect()
    }

    fn pivot(&mut self, row: usize, column: &[f64]) {
        let height = self.height();
        let scale = 1.0 / column[row];
        let mut pivoted = self.inverse[row * height..(row + 1) * height].to_vec();
        for entry in &mut pivoted {
            *entry *= scale;
        }
        for (other, factor) in column.iter().enumerate() {
            if other != row && factor.abs() > 0.0 {
                let target = &mut self.inverse[other * height..(other + 1) * height];
                for (entry, base) in target.iter_mut().zip(&pivoted) {
                    *entry -= factor * base;
                }
            }
        }
        self.inverse[row * height..(row + 1) * height].copy_from_slice(&pivoted);
    }
}

enum Step {
    Made,
    Impossible,
    Unsafe,
}
