//! Forms in the making, and how far they are from what is wanted.

use super::super::model::Model;
use super::check::sum;
use super::{Aim, Forms};

/// What a usual step beyond a bound counts.
pub(super) const SCALE: i64 = 960;

pub(super) struct Board<'b> {
    forms: &'b Forms<'b>,
    one: &'b Model,
    target: i64,
    /// Where the matched sums are drawn to.
    centres: Vec<i64>,
    owner: Vec<Option<usize>>,
    /// The columns of no question in each row.
    others: Vec<Vec<usize>>,
    /// What a step beyond a row's bounds counts.
    weights: Vec<i64>,
    /// The same for the aim.
    aim_weight: i64,
    taken: Vec<Vec<i64>>,
    /// The questions' columns that each form takes.
    held: Vec<Vec<usize>>,
    asked: Vec<Vec<bool>>,
    uses: Vec<i64>,
    sums: Vec<Vec<i64>>,
    costs: Vec<i64>,
    /// By matched sum, then by form.
    matched: Vec<Vec<i64>>,
    /// How many questions two forms share.
    shared: Vec<Vec<i64>>,
    /// What broken bounds of rows and of shared questions count.
    broken: i64,
    /// What was changed since it was last accepted: forms, columns and by how much.
    trail: Vec<(usize, usize, i64)>,
}

impl<'b> Board<'b> {
    /// Deals a hand out as it comes.
    pub(super) fn new(forms: &'b Forms<'b>, one: &'b Model, hand: &[i64], target: i64) -> Self {
        let (width, count, height) = (one.columns.len(), forms.count, one.rows.len());
        let owner = forms.owners();
        let mut others = vec![Vec::new(); height];
        for (index, column) in one.columns.iter().enumerate() {
            if owner[index].is_none() {
                for (row, _) in &column.entries {
                    others[*row].push(index);
                }
            }
        }
        let mut of_rows: Vec<Vec<i64>> = vec![Vec::new(); height];
        for (row, weight) in one.columns.iter().flat_map(|column| &column.entries) {
            of_rows[*row].push(*weight);
        }
        // Half as much as a bound, which comes first.
        let aim_weight = match forms.aim {
            Aim::Range => usual(forms.matched.iter().flatten().copied().collect()) / 2,
            Aim::Total | Aim::Worst => usual(one.costs()) / 2,
        };
        let mut board = Self {
            forms,
            one,
            target,
            centres: centres(forms, hand),
            others,
            weights: of_rows.into_iter().map(usual).collect(),
            aim_weight: aim_weight.max(1),
            taken: vec![vec![0; width]; count],
            held: vec![Vec::new(); count],
            asked: vec![vec![false; forms.questions.len()]; count],
            uses: vec![0; forms.questions.len()],
            sums: vec![vec![0; height]; count],
            costs: vec![0; count],
            matched: vec![vec![0; count]; forms.matched.len()],
            shared: vec![vec![0; count]; count],
            broken: 0,
            trail: Vec::new(),
            owner,
        };
        for form in 0..count {
            for row in 0..height {
                board.broken += board.beyond(form, row);
            }
        }
        board.begin(hand);
        board
    }

    fn begin(&mut self, hand: &[i64]) {
        for (index, column) in self.one.columns.iter().enumerate() {
            let Some(question) = self.owner[index] else {
                for form in 0..self.forms.count {
                    self.shift(form, index, column.least);
                }
                continue;
            };
            for _ in 0..hand[index] {
                let free = (0..self.forms.count).filter(|form| !self.asked[*form][question]);
                if let Some(form) = free.min_by_key(|form| self.held[*form].len()) {
                    self.shift(form, index, 1);
                }
            }
        }
        self.settle();
        self.accept();
    }

    pub(super) fn held(&self, form: usize) -> &[usize] {
        &self.held[form]
    }

    pub(super) fn forms(&self) -> Vec<Vec<i64>> {
        self.taken.clone()
    }

    /// 0 where nothing is left to wish for.
    pub(super) fn energy(&self) -> i64 {
        self.broken + self.beyond_target() * self.aim_weight
    }

    /// What is missing to the target.
    fn beyond_target(&self) -> i64 {
        match self.forms.aim {
            Aim::Total => (self.costs.iter().sum::<i64>() - self.target).max(0),
            Aim::Worst => {
                let beyond = self.costs.iter().map(|cost| (cost - self.target).max(0));
                beyond.sum()
            }
            Aim::Range if self.value() <= self.target => 0,
            Aim::Range => {
                let sums = self.matched.iter().zip(&self.centres);
                let apart = |(sums, centre): (&Vec<i64>, &i64)| -> i64 {
                    sums.iter().map(|sum| (sum - centre).abs()).sum()
                };
                1 + sums.map(apart).sum::<i64>()
            }
        }
    }

    /// The value of the aim, where no bound is broken.
    pub(super) fn allowed_value(&self) -> Option<i64> {
        (self.broken == 0).then(|| self.value())
    }

    fn value(&self) -> i64 {
        match self.forms.aim {
            Aim::Total => self.costs.iter().sum(),
            Aim::Worst => self.costs.iter().copied().max().unwrap_or(0),
            Aim::Range => {
                let ranges = self.matched.iter().map(|sums| {
                    let (least, most) = (sums.iter().min(), sums.iter().max());
                    most.unwrap_or(&0) - least.unwrap_or(&0)
                });
                ranges.sum()
            }
        }
    }

    /// Takes a question out of a form; its column, unless it must stay.
    pub(super) fn remove(&mut self, form: usize, place: usize) -> Option<usize> {
        let column = *self.held[form].get(place)?;
        if self.one.columns[column].least > 0 {
            return None;
        }
        self.change(form, column, -1);
        Some(column)
    }

    /// Puts a question into a form; false where it may not be there.
    pub(super) fn add(&mut self, form: usize, column: usize) -> bool {
        let Some(question) = self.owner[column] else {
            return false;
        };
        let free = !self.asked[form][question]
            && self.one.columns[column].most > 0
            && self
                .forms
                .max_uses
                .is_none_or(|most| self.uses[question] < most);
        if free {
            self.change(form, column, 1);
        }
        free
    }

    /// Moves columns of no question to where they break least.
    pub(super) fn settle(&mut self) {
        let mut next = 0;
        let most = self.trail.len() + 64;
        while let Some(&(form, column, _)) = self.trail.get(next)
            && next < most
        {
            next += 1;
            let one = self.one;
            for (row, _) in &one.columns[column].entries {
                for place in 0..self.others[*row].len() {
                    self.settle_one(form, self.others[*row][place]);
                }
            }
        }
    }

    fn settle_one(&mut self, form: usize, column: usize) {
        let bounds = &self.one.columns[column];
        for by in [1, -1] {
            let mut moved = 0;
            loop {
                let value = self.taken[form][column];
                let before = self.energy();
                if !(bounds.least..=bounds.most).contains(&(value + by)) {
                    break;
                }
                self.shift(form, column, by);
                if self.energy() >= before {
                    self.shift(form, column, -by);
                    break;
                }
                moved += by;
            }
            if moved != 0 {
                self.trail.push((form, column, moved));
                return;
            }
        }
    }

    pub(super) fn accept(&mut self) {
        self.trail.clear();
    }

    pub(super) fn undo(&mut self) {
        while let Some((form, column, by)) = self.trail.pop() {
            self.shift(form, column, -by);
        }
    }

    fn change(&mut self, form: usize, column: usize, by: i64) {
        self.trail.push((form, column, by));
        self.shift(form, column, by);
    }

    fn shift(&mut self, form: usize, column: usize, by: i64) {
        if by == 0 {
            return;
        }
        self.taken[form][column] += by;
        self.costs[form] += self.one.columns[column].cost * by;
        for (sums, weights) in self.matched.iter_mut().zip(&self.forms.matched) {
            sums[form] += weights[column] * by;
        }
        let one = self.one;
        for &(row, weight) in &one.columns[column].entries {
            self.broken -= self.beyond(form, row);
            self.sums[form][row] += weight * by;
            self.broken += self.beyond(form, row);
        }
        let Some(question) = self.owner[column] else {
            return;
        };
        let added = by > 0;
        if added {
            self.held[form].push(column);
        } else {
            self.held[form].retain(|held| *held != column);
        }
        self.asked[form][question] = added;
        self.uses[question] += by;
        if let Some(most) = self.forms.max_overlap {
            for other in 0..self.forms.count {
                if other != form && self.asked[other][question] {
                    let shared = &mut self.shared[form.min(other)][form.max(other)];
                    let before = (*shared - most).max(0);
                    *shared += by;
                    self.broken += ((*shared - most).max(0) - before) * SCALE;
                }
            }
        }
    }

    /// What a broken row counts.
    fn beyond(&self, form: usize, row: usize) -> i64 {
        let sum = self.sums[form][row];
        let bounds = &self.one.rows[row];
        let under = bounds.least.map_or(0, |least| least - sum);
        let over = bounds.most.map_or(0, |most| sum - most);
        under.max(over).max(0) * self.weights[row]
    }
}

/// The matched sums of an average form.
fn centres(forms: &Forms<'_>, hand: &[i64]) -> Vec<i64> {
    let sums = forms.matched.iter().map(|weights| sum(weights, hand));
    sums.map(|sum| sum.div_euclid(forms.whole().max(1)))
        .collect()
}

/// What a step counts among such weights: a usual one counts [`SCALE`].
fn usual(weights: Vec<i64>) -> i64 {
    let mut sizes: Vec<i64> = weights
        .into_iter()
        .map(i64::abs)
        .filter(|size| *size > 0)
        .collect();
    sizes.sort_unstable();
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(1);
    (SCALE / middle).max(1)
}
