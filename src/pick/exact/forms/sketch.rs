//! A model that grows row by row and column by column.

use super::super::model::{Column, Model, Row};

#[derive(Default)]
pub(super) struct Sketch {
    pub(super) model: Model,
}

impl Sketch {
    pub(super) fn row(&mut self, least: Option<i64>, most: Option<i64>, lazy: bool) -> usize {
        self.model.rows.push(Row {
            least,
            most,
            lazy,
            branch: false,
        });
        self.model.rows.len() - 1
    }

    pub(super) fn column(&mut self, cost: i64, least: i64, most: i64) -> usize {
        self.model.columns.push(Column {
            cost,
            least,
            most,
            entries: Vec::new(),
        });
        self.model.columns.len() - 1
    }

    /// Adds to what a column has in a row.
    pub(super) fn enter(&mut self, column: usize, row: usize, weight: i64) {
        if let Some(column) = self.model.columns.get_mut(column)
            && weight != 0
        {
            column.entries.push((row, weight));
        }
    }
}
