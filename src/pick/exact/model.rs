//! What is solved: make a sum as small as possible while other sums stay within bounds.

use std::collections::BTreeMap;

/// A column: how much of it is taken is a whole number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What one of it costs.
    pub cost: i64,
    /// The least that is taken.
    pub least: i64,
    /// The most that is taken.
    pub most: i64,
    /// Rows and what one of it adds to each; every row once at most.
    pub entries: Vec<(usize, i64)>,
}

/// The bounds of a sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The least value of the sum.
    pub least: Option<i64>,
    /// The greatest value of the sum.
    pub most: Option<i64>,
    /// Whether it is rarely in the way, so that it is only looked at once it is broken.
    pub lazy: bool,
    /// Whether a search does well to settle this sum before single columns. It must have both bounds.
    pub branch: bool,
}

/// A model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// What can be taken.
    pub columns: Vec<Column>,
    /// The conditions.
    pub rows: Vec<Row>,
}

impl Model {
    /// What a choice costs.
    #[must_use]
    pub fn cost(&self, taken: &[i64]) -> i64 {
        let columns = self.columns.iter().zip(taken);
        columns.map(|(column, count)| column.cost * count).sum()
    }

    /// What one of each column costs.
    pub(super) fn costs(&self) -> Vec<i64> {
        self.columns.iter().map(|column| column.cost).collect()
    }

    /// Bounds a sum that has such a weight for each column.
    pub(super) fn add_row(&mut self, row: Row, weights: &[i64]) {
        let index = self.rows.len();
        self.rows.push(row);
        for (column, weight) in self.columns.iter_mut().zip(weights) {
            if *weight != 0 {
                column.entries.push((index, *weight));
            }
        }
    }

    /// Adds sums of columns that have the same entry in a row, for a search to settle first how many of each kind are
    /// taken: with those numbers fixed, little is left to decide.
    pub(super) fn classify(&mut self) {
        let mut classes: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
        for (index, column) in self.columns.iter().enumerate() {
            for entry in &column.entries {
                if column.most > 0 && !self.rows[entry.0].lazy {
                    classes.entry(*entry).or_default().push(index);
                }
            }
        }
        let mut kinds = vec![0; self.rows.len()];
        for (row, _) in classes.keys() {
            kinds[*row] += 1;
        }
        for ((row, _), columns) in classes {
            // Two kinds are settled with their sum.
            if kinds[row] < 3 || columns.len() < 2 {
                continue;
            }
            let mut weights = vec![0; self.columns.len()];
            for column in &columns {
                weights[*column] = 1;
            }
            let most = columns.iter().map(|column| self.columns[*column].most);
            let row = Row {
                least: Some(0),
                most: Some(most.sum()),
                lazy: true,
                branch: true,
            };
            self.add_row(row, &weights);
        }
    }

    /// The sums of all rows.
    #[must_use]
    pub fn sums(&self, taken: &[i64]) -> Vec<i64> {
        let mut sums = vec![0; self.rows.len()];
        for (column, count) in self.columns.iter().zip(taken) {
            if *count != 0 {
                for (row, weight) in &column.entries {
                    if let Some(sum) = sums.get_mut(*row) {
                        *sum += weight * count;
                    }
                }
            }
        }
        sums
    }

    /// Whether a choice keeps every bound.
    #[must_use]
    pub fn allows(&self, taken: &[i64]) -> bool {
        let mut columns = self.columns.iter().zip(taken);
        columns.all(|(column, count)| (column.least..=column.most).contains(count))
            && self
                .rows
                .iter()
                .zip(self.sums(taken))
                .all(|(row, sum)| row.holds(sum))
    }
}

impl Row {
    /// Whether a sum is within the bounds.
    #[must_use]
    pub fn holds(&self, sum: i64) -> bool {
        self.least.is_none_or(|least| sum >= least) && self.most.is_none_or(|most| sum <= most)
    }
}
