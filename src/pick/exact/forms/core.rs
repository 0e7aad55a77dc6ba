//! What is left of a model once it is known which columns no wanted form takes.

use super::super::model::{Model, Row};
use super::Forms;
use super::check::span;
use super::descend::Known;

pub(super) struct Core {
    /// The columns that are left.
    kept: Vec<usize>,
    /// How many there were.
    width: usize,
    model: Model,
    questions: Vec<Vec<usize>>,
}

impl Core {
    /// The model within these bounds of its columns.
    pub(super) fn new(forms: &Forms<'_>, model: &Model, bounds: &[(i64, i64)]) -> Self {
        let left = |column: &usize| bounds[*column] != (0, 0);
        let kept: Vec<usize> = (0..bounds.len()).filter(left).collect();
        let mut place = vec![None; bounds.len()];
        for (index, column) in kept.iter().enumerate() {
            place[*column] = Some(index);
        }
        let columns = kept.iter().map(|column| {
            let mut own = model.columns[*column].clone();
            (own.least, own.most) = bounds[*column];
            own
        });
        let mut core = Model {
            columns: columns.collect(),
            rows: model.rows.clone(),
        };
        core.drop_idle();
        let questions = forms.questions.iter().map(|columns| -> Vec<usize> {
            let columns = columns.iter();
            columns.filter_map(|column| place[*column]).collect()
        });
        Self {
            questions: questions.filter(|columns| !columns.is_empty()).collect(),
            width: bounds.len(),
            model: core,
            kept,
        }
    }

    /// The same forms by this model; for an aim at costs.
    pub(super) fn forms<'c>(&'c self, forms: &Forms<'_>) -> Forms<'c> {
        Forms {
            model: &self.model,
            count: forms.count,
            questions: self.questions.clone(),
            max_overlap: forms.max_overlap,
            max_uses: forms.max_uses,
            anchors: forms.anchors,
            matched: Vec::new(),
            preference: Vec::new(),
            aim: forms.aim,
        }
    }

    /// Forms by this model, of those that are known.
    pub(super) fn inner(&self, known: &Known) -> Known {
        let forms = known.iter().filter_map(|(form, weight)| {
            let inner = self.kept.iter().map(|column| form[*column]);
            let inner: Vec<i64> = inner.collect();
            (self.outer(&inner) == *form).then_some((inner, *weight))
        });
        forms.collect()
    }

    /// A form by the whole model.
    pub(super) fn outer(&self, form: &[i64]) -> Vec<i64> {
        let mut outer = vec![0; self.width];
        for (column, taken) in self.kept.iter().zip(form) {
            outer[*column] = *taken;
        }
        outer
    }
}

impl Model {
    /// Drops rows that nothing can break.
    fn drop_idle(&mut self) {
        let mut weights: Vec<Vec<i64>> = vec![Vec::new(); self.rows.len()];
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); self.rows.len()];
        for (index, column) in self.columns.iter().enumerate() {
            for (row, weight) in &column.entries {
                weights[*row].push(*weight);
                columns[*row].push(index);
            }
        }
        let mut place = vec![None; self.rows.len()];
        let mut rows: Vec<Row> = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let own = columns[index].iter().map(|column| &self.columns[*column]);
            let (least, most) = span(own, &weights[index]);
            if !row.holds(least) || !row.holds(most) {
                place[index] = Some(rows.len());
                rows.push(*row);
            }
        }
        self.rows = rows;
        for column in &mut self.columns {
            let entries = std::mem::take(&mut column.entries).into_iter();
            let kept = entries.filter_map(|(row, weight)| Some((place[row]?, weight)));
            column.entries = kept.collect();
        }
    }
}
