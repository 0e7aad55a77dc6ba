//! Branch and bound: what cannot be decided by the linear program is tried both ways, nearest first.

mod every;
mod numbers;

use super::answer::{Answer, Limits, Proof};
use super::bound::Bound;
use super::model::Model;
use super::simplex::{End, Simplex};
use every::Every;
pub(super) use every::{every, within};
use numbers::{apart, halves, range, sum};
pub(super) use numbers::{real, whole};

/// Finds a choice of least cost.
#[must_use]
pub fn solve(model: &Model, limits: &Limits<'_>) -> Answer {
    solve_from(model, None, limits)
}

/// Finds a choice of least cost, where one is known already: another is only given for a lower cost.
#[must_use]
pub fn solve_from(model: &Model, start: Option<&[i64]>, limits: &Limits<'_>) -> Answer {
    let Some(mut search) = Search::new(model, *limits) else {
        return Answer {
            best: None,
            proof: Proof::Complete,
            nodes: 0,
        };
    };
    if let Some(start) = start.filter(|start| start.len() == model.columns.len()) {
        search.try_out(start.to_vec());
    }
    let proof = search.run();
    Answer {
        best: search.best,
        proof,
        nodes: search.nodes,
    }
}

/// How far from a whole number counts as whole.
const WHOLE: f64 = 1e-6;

/// A choice that was tried: what is left to try of it.
struct Node {
    /// How long the trail was before the first way.
    trail: usize,
    /// No choice below costs less.
    bound: i128,
    /// Ways that were not tried.
    ways: Vec<Way>,
}

/// New bounds.
#[derive(Clone, Copy)]
struct Way {
    /// Columns come first, then rows.
    variable: usize,
    least: Option<i64>,
    most: Option<i64>,
}

enum Verdict {
    /// Nothing better is below.
    Done,
    /// One of these ways leads to what is best below.
    Try { bound: i128, ways: Vec<Way> },
}

struct Search<'m> {
    model: &'m Model,
    limits: Limits<'m>,
    /// The bounds of the columns where the search is.
    bounds: Vec<(i64, i64)>,
    /// Those of the rows.
    row_bounds: Vec<(Option<i64>, Option<i64>)>,
    /// Bounds to go back to.
    trail: Vec<Way>,
    simplex: Simplex,
    /// The rows that the simplex has.
    rows: Vec<usize>,
    /// The terms of the rows that it does not have.
    lazy: Vec<(usize, Vec<(usize, f64)>)>,
    best: Option<(Vec<i64>, i64)>,
    /// Where not one choice of least cost is looked for.
    every: Option<Every<'m>>,
    nodes: u64,
}

impl<'m> Search<'m> {
    /// Nothing where a column cannot be within its bounds.
    fn new(model: &'m Model, limits: Limits<'m>) -> Option<Self> {
        let columns = model.columns.iter();
        let bounds: Vec<(i64, i64)> = columns.map(|column| (column.least, column.most)).collect();
        if bounds.iter().any(|(least, most)| least > most) {
            return None;
        }
        let rows: Vec<usize> = (0..model.rows.len())
            .filter(|&row| !model.rows[row].lazy)
            .collect();
        let mut place = vec![usize::MAX; model.rows.len()];
        for (index, &row) in rows.iter().enumerate() {
            place[row] = index;
        }
        let mut lazy: Vec<(usize, Vec<(usize, f64)>)> = (0..model.rows.len())
            .filter(|&row| model.rows[row].lazy)
            .map(|row| (row, Vec::new()))
            .collect();
        for (index, (row, _)) in lazy.iter().enumerate() {
            place[*row] = rows.len() + index;
        }
        let mut columns = Vec::with_capacity(model.columns.len());
        for (index, column) in model.columns.iter().enumerate() {
            let mut entries = Vec::with_capacity(column.entries.len());
            for &(row, weight) in &column.entries {
                match lazy.get_mut(place[row].wrapping_sub(rows.len())) {
                    Some((_, terms)) => terms.push((index, real(weight))),
                    None => entries.push((place[row], real(weight))),
                }
            }
            columns.push(entries);
        }
        let cost: Vec<f64> = model
            .columns
            .iter()
            .map(|column| real(column.cost))
            .collect();
        let of_columns: Vec<(f64, f64)> = bounds
            .iter()
            .map(|&(least, most)| (real(least), real(most)))
            .collect();
        let of_rows: Vec<(f64, f64)> = rows
            .iter()
            .map(|&row| range((model.rows[row].least, model.rows[row].most)))
            .collect();
        Some(Self {
            model,
            limits,
            simplex: Simplex::new(columns, &cost, &of_columns, &of_rows),
            bounds,
            row_bounds: model.rows.iter().map(|row| (row.least, row.most)).collect(),
            trail: Vec::new(),
            rows,
            lazy,
            best: None,
            every: None,
            nodes: 0,
        })
    }

    fn run(&mut self) -> Proof {
        let mut open: Vec<Node> = Vec::new();
        let mut entering = true;
        loop {
            if std::mem::take(&mut entering) {
                if self.gives_up() {
                    let least = open.iter().map(|node| node.bound).min();
                    let least =
                        least.map_or(i64::MIN, |least| i64::try_from(least).unwrap_or(i64::MIN));
                    break Proof::AtLeast(least);
                }
                self.nodes += 1;
                if let Verdict::Try { bound, ways } = self.look() {
                    open.push(Node {
                        trail: self.trail.len(),
                        bound,
                        ways,
                    });
                }
            }
            let Some(node) = open.last_mut() else {
                break Proof::Complete;
            };
            let (trail, way) = (node.trail, node.ways.pop());
            let worthwhile = node.bound < self.limit();
            self.back_to(trail);
            match way.filter(|_| worthwhile) {
                Some(way) => {
                    self.narrow(way);
                    entering = true;
                }
                None => _ = open.pop(),
            }
        }
    }

    fn gives_up(&self) -> bool {
        let found = self.best.as_ref().zip(self.limits.enough);
        let enough = found.is_some_and(|(best, enough)| best.1 <= enough);
        let full = self.every.as_ref().is_some_and(Every::is_full);
        enough || full || self.nodes >= self.limits.nodes || (self.limits.stop)()
    }

    /// What a choice must cost less than.
    fn limit(&self) -> i128 {
        if let Some(every) = &self.every {
            return i128::from(every.most) + 1;
        }
        self.best
            .as_ref()
            .map_or(i128::MAX, |best| i128::from(best.1))
    }

    /// Looks at the place where the search is.
    fn look(&mut self) -> Verdict {
        loop {
            let end = self.simplex.solve();
            if end == End::Empty {
                let proof = self.bound(self.simplex.ray(), false);
                if proof.proves_empty() {
                    return Verdict::Done;
                }
            }
            let bound = self.bound(self.simplex.multipliers(), true);
            if bound.least() >= self.limit() {
                return Verdict::Done;
            }
            let point = self.simplex.point();
            if end == End::Solved && self.add_broken(&point) {
                continue;
            }
            let taken = point.iter().map(|value| whole(*value)).collect();
            if self.try_out(taken) || bound.least() >= self.limit() {
                return Verdict::Done;
            }
            self.fix(&bound);
            if let Some(ways) = self.ways(&point) {
                let bound = bound.least();
                return Verdict::Try { bound, ways };
            }
            self.try_out(self.bounds.iter().map(|bounds| bounds.0).collect());
            return Verdict::Done;
        }
    }

    /// Keeps a choice if it is allowed and wanted; whether that leaves nothing to find here.
    fn try_out(&mut self, taken: Vec<i64>) -> bool {
        let cost = self.model.cost(&taken);
        if i128::from(cost) >= self.limit() || !self.model.allows(&taken) {
            return false;
        }
        if let Some(every) = &mut self.every {
            return every.keep(taken, &self.bounds);
        }
        self.best = Some((taken, cost));
        false
    }

    fn bound(&self, multipliers: &[f64], costs: bool) -> Bound {
        let bounds = (self.bounds.as_slice(), self.row_bounds.as_slice());
        Bound::new(self.model, bounds, &self.rows, multipliers, costs)
    }

    /// Gives the simplex the rows that a point breaks.
    fn add_broken(&mut self, point: &[f64]) -> bool {
        let before = self.lazy.len();
        let mut index = 0;
        while let Some((row, terms)) = self.lazy.get(index) {
            let sum = sum(terms, point);
            let (least, most) = range(self.row_bounds[*row]);
            if sum < least - WHOLE || sum > most + WHOLE {
                self.add(index);
            } else {
                index += 1;
            }
        }
        self.lazy.len() < before
    }

    /// Gives the simplex a row.
    fn add(&mut self, index: usize) {
        let (row, terms) = self.lazy.remove(index);
        self.simplex.add_row(&terms, range(self.row_bounds[row]));
        self.rows.push(row);
    }

    /// Narrows columns that cannot be elsewhere in anything better than what is known.
    fn fix(&mut self, bound: &Bound) {
        if self.best.is_none() && self.every.is_none() {
            return;
        }
        let limit = self.limit();
        for column in 0..self.bounds.len() {
            let (least, most) = self.bounds[column];
            if least < most && bound.fixes(column, limit) {
                let at = if bound.reduced[column] > 0 {
                    least
                } else {
                    most
                };
                self.narrow(Way {
                    variable: column,
                    least: Some(at),
                    most: Some(at),
                });
            }
        }
    }

    /// Two ways to go on, the better one last; none where all is decided.
    fn ways(&mut self, point: &[f64]) -> Option<Vec<Way>> {
        if let Some((row, sum)) = self.open_row(point) {
            if let Some(index) = self.lazy.iter().position(|(lazy, _)| *lazy == row) {
                self.add(index);
            }
            let (least, most) = self.row_bounds[row];
            let variable = self.bounds.len() + row;
            return Some(halves(variable, (least?, most?), sum));
        }
        let open = |column: &usize| self.bounds[*column].0 < self.bounds[*column].1;
        let columns = || (0..self.bounds.len()).filter(open);
        let chosen = columns().filter(|column| apart(point[*column]) > WHOLE);
        // Of those that are as far from whole, the one that costs or saves most.
        let chosen = chosen.max_by(|a, b| {
            let cost = |column: &usize| self.model.columns[*column].cost.abs();
            let by_value = apart(point[*a]).total_cmp(&apart(point[*b]));
            by_value.then(cost(a).cmp(&cost(b))).then(b.cmp(a))
        });
        let hidden = |column: &usize| {
            self.every
                .as_ref()
                .is_some_and(|every| !every.shows(*column))
        };
        let column = chosen.or_else(|| columns().min_by_key(hidden))?;
        Some(halves(column, self.bounds[column], point[column]))
    }

    /// The sum that is farthest from whole, of those that are to be settled first.
    fn open_row(&self, point: &[f64]) -> Option<(usize, f64)> {
        let of_lazy = self
            .lazy
            .iter()
            .filter(|(row, _)| self.model.rows[*row].branch);
        let of_lazy = of_lazy.map(|(row, terms)| (*row, sum(terms, point)));
        let width = self.bounds.len();
        let rows = self.rows.iter().enumerate();
        let added = rows.filter(|(_, row)| self.model.rows[**row].branch);
        let added = added.map(|(index, row)| (*row, self.simplex.value(width + index)));
        let settled = |row: usize| {
            let (least, most) = self.row_bounds[row];
            least.is_none() || most.is_none() || least >= most
        };
        let open = of_lazy
            .chain(added)
            .filter(|(row, sum)| apart(*sum) > WHOLE && !settled(*row));
        open.max_by(|a, b| apart(a.1).total_cmp(&apart(b.1)).then(b.0.cmp(&a.0)))
    }

    fn narrow(&mut self, way: Way) {
        let (least, most) = match self.bounds.get(way.variable) {
            Some(&(least, most)) => (Some(least), Some(most)),
            None => self.row_bounds[way.variable - self.bounds.len()],
        };
        self.trail.push(Way {
            variable: way.variable,
            least,
            most,
        });
        self.set(way);
    }

    fn back_to(&mut self, trail: usize) {
        while self.trail.len() > trail {
            if let Some(way) = self.trail.pop() {
                self.set(way);
            }
        }
    }

    fn set(&mut self, way: Way) {
        let width = self.bounds.len();
        let range = range((way.least, way.most));
        if let Some(bounds) = self.bounds.get_mut(way.variable) {
            *bounds = (way.least.unwrap_or(bounds.0), way.most.unwrap_or(bounds.1));
            self.simplex.bound(way.variable, range);
            return;
        }
        let row = way.variable - width;
        self.row_bounds[row] = (way.least, way.most);
        if let Some(index) = self.rows.iter().position(|known| *known == row) {
            self.simplex.bound(width + index, range);
        }
    }
}

#[cfg(test)]
mod tests;
