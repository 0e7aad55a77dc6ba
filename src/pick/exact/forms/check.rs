//! What forms are worth, and whether they are allowed; both by whole numbers alone.

use super::super::model::{Column, Model, Row};
use super::{Aim, Forms};

impl Forms<'_> {
    /// The value of the aim.
    #[must_use]
    pub fn value(&self, forms: &[Vec<i64>]) -> i64 {
        let costs = forms.iter().map(|form| self.model.cost(form));
        match self.aim {
            Aim::Total => costs.sum(),
            Aim::Worst => costs.max().unwrap_or(0),
            Aim::Range => {
                let ranges = self.matched.iter().map(|weights| {
                    let sums = forms.iter().map(|form| sum(weights, form));
                    let (least, most) = (sums.clone().min(), sums.max());
                    most.unwrap_or(0) - least.unwrap_or(0)
                });
                ranges.sum()
            }
        }
    }

    /// Whether every form keeps its model's bounds, and all together those between them.
    #[must_use]
    pub fn allows(&self, forms: &[Vec<i64>]) -> bool {
        if forms.len() != self.count || !forms.iter().all(|form| self.model.allows(form)) {
            return false;
        }
        let taken: Vec<Vec<bool>> = forms.iter().map(|form| self.asked(form)).collect();
        let uses = |question: usize| taken.iter().filter(|form| form[question]).count();
        let uses: Vec<usize> = (0..self.questions.len()).map(uses).collect();
        let everywhere = uses.iter().filter(|uses| **uses == self.count).count();
        let anchors = usize::try_from(self.anchors).unwrap_or(0);
        if everywhere < anchors {
            return false;
        }
        // Any question that is in every form can be an anchor; best those that are in too many.
        let too_often = |uses: &&usize| {
            let uses = i64::try_from(**uses).unwrap_or(i64::MAX);
            self.max_uses.is_some_and(|most| uses > most)
        };
        let too_often: Vec<usize> = uses.iter().filter(too_often).copied().collect();
        if too_often.len() > anchors || too_often.iter().any(|uses| *uses < self.count) {
            return false;
        }
        let shared =
            |a: &Vec<bool>, b: &Vec<bool>| a.iter().zip(b).filter(|(a, b)| **a && **b).count();
        let pairs = taken.iter().enumerate();
        let mut pairs = pairs.flat_map(|(index, a)| taken[..index].iter().map(move |b| (a, b)));
        self.max_overlap.is_none_or(|most| {
            pairs.all(|(a, b)| i64::try_from(shared(a, b) - anchors).unwrap_or(i64::MAX) <= most)
        })
    }

    /// Whether each question is in a form.
    pub(super) fn asked(&self, form: &[i64]) -> Vec<bool> {
        let asked = |columns: &Vec<usize>| columns.iter().any(|column| form[*column] > 0);
        self.questions.iter().map(asked).collect()
    }

    /// The question of each column.
    pub(super) fn owners(&self) -> Vec<Option<usize>> {
        let mut owners = vec![None; self.model.columns.len()];
        for (question, columns) in self.questions.iter().enumerate() {
            for column in columns {
                owners[*column] = Some(question);
            }
        }
        owners
    }

    /// The columns that tell forms apart, by what holds between forms or by what these are worth.
    pub(super) fn shown(&self) -> Vec<bool> {
        let owners = self.owners();
        let columns = self.model.columns.iter().enumerate();
        let shown = columns.map(|(index, column)| {
            let range = self.aim == Aim::Range;
            let matched = self.matched.iter().any(|weights| weights[index] != 0);
            owners[index].is_some() || if range { matched } else { column.cost != 0 }
        });
        shown.collect()
    }

    /// How many forms a question may be in.
    pub(super) fn uses(&self) -> i64 {
        let count = self.whole();
        let most = self.max_uses.unwrap_or(count).clamp(0, count);
        match self.max_overlap {
            Some(..1) => most.min(1),
            _ => most,
        }
    }

    /// How many forms.
    pub(super) fn whole(&self) -> i64 {
        i64::try_from(self.count).unwrap_or(i64::MAX)
    }

    /// A value that no allowed forms are above.
    pub(super) fn worst(&self) -> i64 {
        let (_, dearest) = span(&self.model.columns, &self.model.costs());
        match self.aim {
            Aim::Total => dearest * self.whole(),
            Aim::Worst => dearest,
            Aim::Range => {
                let widths = self.matched.iter().map(|weights| {
                    let (least, most) = span(&self.model.columns, weights);
                    most - least
                });
                widths.sum()
            }
        }
    }

    /// The model of one form, with what follows for it from the others.
    pub(super) fn one(&self) -> Model {
        let mut model = self.model.clone();
        if self.anchors > 0 {
            let mut weights = vec![0; model.columns.len()];
            for column in self.questions.iter().flatten() {
                weights[*column] = 1;
            }
            let row = Row {
                least: Some(self.anchors),
                ..Row::default()
            };
            model.add_row(row, &weights);
        }
        model
    }

    /// The model and the questions of forms that have these anchors; anchors are no questions any more, as nothing
    /// about them holds between forms.
    pub(super) fn anchored(&self, anchors: &[bool]) -> (Model, Vec<Vec<usize>>) {
        let mut model = self.model.clone();
        let mut questions = self.questions.clone();
        for (columns, _) in questions.iter_mut().zip(anchors).filter(|pair| *pair.1) {
            let columns = std::mem::take(columns);
            if let [column] = columns.as_slice() {
                let bounds = &mut model.columns[*column];
                bounds.least = bounds.least.max(1);
                continue;
            }
            let mut weights = vec![0; model.columns.len()];
            for column in &columns {
                weights[*column] = 1;
            }
            let row = Row {
                least: Some(1),
                ..Row::default()
            };
            model.add_row(row, &weights);
        }
        (model, questions)
    }
}

/// Between which values a sum of columns is.
pub(super) fn span<'c>(
    columns: impl IntoIterator<Item = &'c Column>,
    weights: &[i64],
) -> (i64, i64) {
    let columns = columns.into_iter().zip(weights);
    let ends = columns.map(|(column, weight)| {
        let (least, most) = (weight * column.least, weight * column.most);
        (least.min(most), least.max(most))
    });
    ends.fold((0, 0), |sum, end| (sum.0 + end.0, sum.1 + end.1))
}

pub(super) fn sum(weights: &[i64], form: &[i64]) -> i64 {
    weights
        .iter()
        .zip(form)
        .map(|(weight, count)| weight * count)
        .sum()
}
