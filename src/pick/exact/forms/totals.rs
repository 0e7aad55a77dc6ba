//! What all forms take together: one model for the sum of the forms.

use super::super::model::Model;
use super::check::span;
use super::sketch::Sketch;
use super::{Aim, Forms, luck};
use crate::model::random::SplitMix64;

/// The model of the sum of all forms.
pub(super) struct Totals<'f> {
    forms: &'f Forms<'f>,
    sketch: Sketch,
    /// Which columns say how much all forms take of a column of the form's model, each with how much one of it says.
    parts: Vec<Vec<(usize, i64)>>,
    /// The column that makes a question an anchor.
    anchors: Vec<Option<usize>>,
}

impl<'f> Totals<'f> {
    /// The sum of forms that keep to `one`; with a target, what they come to is to be no worse.
    pub(super) fn new(forms: &'f Forms<'f>, one: &Model, target: Option<i64>) -> Self {
        let mut totals = Self {
            forms,
            sketch: Sketch::default(),
            parts: vec![Vec::new(); one.columns.len()],
            anchors: vec![None; forms.questions.len()],
        };
        let count = forms.whole();
        for row in &one.rows {
            let times = |bound: Option<i64>| bound.map(|bound| bound * count);
            totals
                .sketch
                .row(times(row.least), times(row.most), row.lazy);
        }
        totals.questions(one);
        totals.others(one);
        totals.enter(one);
        match (forms.aim, target) {
            (Aim::Range, None) => totals.windows(),
            (Aim::Total, Some(target)) => totals.costs(one, target),
            (Aim::Worst, Some(target)) => totals.costs(one, target * count),
            (Aim::Range, Some(_)) | (Aim::Total | Aim::Worst, None) => {}
        }
        totals
    }

    pub(super) fn model(&self) -> &Model {
        &self.sketch.model
    }

    /// Gives every question columns for its uses.
    fn questions(&mut self, one: &Model) {
        let forms = self.forms;
        let (count, uses) = (forms.whole(), forms.uses());
        let shared = forms.max_overlap.filter(|_| uses > 1);
        let shared = shared.map(|most| most.saturating_mul(count * (count - 1) / 2));
        let shared = shared.map(|most| self.sketch.row(None, Some(most), false));
        let anchored = Some(forms.anchors).filter(|anchors| *anchors > 0);
        let anchored = anchored.map(|anchors| self.sketch.row(Some(anchors), Some(anchors), false));
        for (index, columns) in forms.questions.iter().enumerate() {
            let columns = columns.iter().copied();
            let columns: Vec<usize> = columns
                .filter(|column| one.columns[*column].most > 0)
                .collect();
            if columns.is_empty() {
                continue;
            }
            let mut parts = self.uses(uses, shared);
            if let Some(row) = anchored {
                let anchor = self.anchor(row, &parts);
                parts.push((anchor, count));
                self.anchors[index] = Some(anchor);
            }
            self.columns_of(one, &columns, parts);
        }
    }

    /// Columns for the uses of a question. The k-th use shares it with k − 1 forms, so that the sum of these is how
    /// many questions pairs of forms share.
    fn uses(&mut self, uses: i64, shared: Option<usize>) -> Vec<(usize, i64)> {
        let Some(row) = shared else {
            return vec![(self.sketch.column(0, 0, uses), 1)];
        };
        let each = (0..uses).map(|before| {
            let part = self.sketch.column(0, 0, 1);
            self.sketch.enter(part, row, before);
            (part, 1)
        });
        each.collect()
    }

    /// The column that makes a question an anchor, which leaves none of its uses.
    fn anchor(&mut self, row: usize, parts: &[(usize, i64)]) -> usize {
        let anchor = self.sketch.column(0, 0, 1);
        self.sketch.enter(anchor, row, 1);
        let uses = self.forms.uses();
        let either = self.sketch.row(None, Some(uses), true);
        self.sketch.enter(anchor, either, uses);
        for (part, _) in parts {
            self.sketch.enter(*part, either, 1);
        }
        anchor
    }

    /// Says how much is taken of each column of a question that is used so often.
    fn columns_of(&mut self, one: &Model, columns: &[usize], parts: Vec<(usize, i64)>) {
        let count = self.forms.whole();
        if let [column] = columns {
            let least = one.columns[*column].least;
            if least > 0 {
                let row = self.sketch.row(Some(least * count), None, false);
                for (part, weight) in &parts {
                    self.sketch.enter(*part, row, *weight);
                }
            }
            self.parts[*column] = parts;
            return;
        }
        let row = self.sketch.row(Some(0), Some(0), false);
        for (part, weight) in parts {
            self.sketch.enter(part, row, weight);
        }
        for &column in columns {
            let bounds = &one.columns[column];
            let part = self
                .sketch
                .column(0, bounds.least * count, bounds.most * count);
            self.sketch.enter(part, row, -1);
            self.parts[column] = vec![(part, 1)];
        }
    }

    /// Columns of no question.
    fn others(&mut self, one: &Model) {
        let count = self.forms.whole();
        let owners = self.forms.owners();
        for (index, column) in one.columns.iter().enumerate() {
            if owners[index].is_none() {
                let (least, most) = (column.least * count, column.most * count);
                self.parts[index] = vec![(self.sketch.column(0, least, most), 1)];
            }
        }
    }

    /// The entries and the costs of the form's model.
    fn enter(&mut self, one: &Model) {
        for (index, column) in one.columns.iter().enumerate() {
            for &(part, weight) in &self.parts[index] {
                if self.forms.aim != Aim::Range {
                    self.sketch.model.columns[part].cost += column.cost * weight;
                }
                for &(row, entry) in &column.entries {
                    self.sketch.enter(part, row, entry * weight);
                }
            }
        }
    }

    fn enter_sum(&mut self, row: usize, weights: &[i64]) {
        for (parts, weight) in self.parts.iter().zip(weights) {
            for &(part, factor) in parts {
                self.sketch.enter(part, row, weight * factor);
            }
        }
    }

    fn costs(&mut self, one: &Model, most: i64) {
        let row = self.sketch.row(None, Some(most), false);
        self.enter_sum(row, &one.costs());
    }

    /// A least value and a range for each matched sum. Of `count` forms one is at the least value, and no
    /// other more than the range above it.
    fn windows(&mut self) {
        let forms = self.forms;
        let count = forms.whole();
        for weights in &forms.matched {
            let (least, most) = span(&forms.model.columns, weights);
            let start = self.sketch.column(0, least, most);
            let range = self.sketch.column(1, 0, most - least);
            let above = self.sketch.row(Some(0), None, false);
            self.enter_sum(above, weights);
            self.sketch.enter(start, above, -count);
            let below = self.sketch.row(None, Some(0), false);
            self.enter_sum(below, weights);
            self.sketch.enter(start, below, -count);
            self.sketch.enter(range, below, 1 - count);
        }
    }

    /// Any costs, so that any totals may be found first.
    pub(super) fn randomise(&mut self, random: &mut SplitMix64) {
        for parts in &self.parts {
            let cost = luck(random);
            for (place, &(part, weight)) in parts.iter().enumerate() {
                let more = i64::try_from(place).unwrap_or(0) * 64;
                self.sketch.model.columns[part].cost = (cost + more) * weight;
            }
        }
    }

    /// How much all forms take of each column of the form's model, by a choice.
    pub(super) fn hand(&self, taken: &[i64]) -> Vec<i64> {
        let total = |parts: &Vec<(usize, i64)>| {
            let parts = parts.iter();
            parts.map(|(part, weight)| taken[*part] * weight).sum()
        };
        self.parts.iter().map(total).collect()
    }

    /// Which questions a choice makes anchors.
    pub(super) fn anchors(&self, taken: &[i64]) -> Vec<bool> {
        let anchors = self.anchors.iter();
        anchors
            .map(|anchor| anchor.is_some_and(|anchor| taken[anchor] > 0))
            .collect()
    }
}
