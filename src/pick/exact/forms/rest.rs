//! What is left to do once some forms are settled.

use super::super::model::{Model, Row};
use super::prices::PARTS;
use super::{Aim, Forms};

#[derive(Clone)]
pub(super) struct Rest<'f> {
    pub(super) forms: &'f Forms<'f>,
    /// What a form to come must satisfy.
    pub(super) one: Model,
    /// The forms that are settled.
    pub(super) done: Vec<Vec<i64>>,
    /// How many forms to come may take each question.
    pub(super) uses: Vec<i64>,
    /// What all forms are to be worth.
    pub(super) target: i64,
}

impl<'f> Rest<'f> {
    /// Nothing is settled.
    pub(super) fn all(forms: &'f Forms<'f>, base: &Model, target: i64) -> Self {
        let mut one = base.clone();
        if forms.aim == Aim::Worst {
            let row = Row {
                most: Some(target),
                ..Row::default()
            };
            one.add_row(row, &base.costs());
        }
        if forms.uses() == 0 && forms.anchors == 0 {
            for column in forms.questions.iter().flatten() {
                one.columns[*column].most = 0;
            }
        }
        Self {
            forms,
            one,
            done: Vec::new(),
            uses: vec![forms.uses(); forms.questions.len()],
            target,
        }
    }

    /// What is left after one form more.
    pub(super) fn after(&self, form: Vec<i64>) -> Self {
        let mut rest = self.clone();
        let asked = self.forms.asked(&form);
        let row = rest.one.rows.len();
        rest.one.rows.push(Row {
            most: self.forms.max_overlap,
            lazy: true,
            ..Row::default()
        });
        rest.done.push(form);
        let count = rest.count();
        for (question, columns) in self.forms.questions.iter().enumerate() {
            let uses = &mut rest.uses[question];
            *uses = (*uses - i64::from(asked[question])).min(count);
            for column in columns {
                let column = &mut rest.one.columns[*column];
                if *uses == 0 {
                    column.most = 0;
                } else if asked[question] {
                    column.entries.push((row, 1));
                }
            }
        }
        rest
    }

    /// How many forms are to come.
    pub(super) fn count(&self) -> i64 {
        self.forms.whole() - i64::try_from(self.done.len()).unwrap_or(0)
    }

    /// How many questions all pairs of forms to come may share together, where that is to be counted.
    pub(super) fn shared(&self) -> Option<i64> {
        let count = self.count();
        let most = self
            .forms
            .max_overlap
            .filter(|_| self.forms.uses() > 1 && count > 1);
        most.map(|most| most.saturating_mul(count * (count - 1) / 2))
    }

    /// What the forms to come may cost together.
    pub(super) fn enough(&self) -> i64 {
        match self.forms.aim {
            Aim::Worst => self.target * self.count(),
            Aim::Total | Aim::Range => {
                let done = self.done.iter();
                self.target - done.map(|form| self.forms.model.cost(form)).sum::<i64>()
            }
        }
    }

    /// The same in parts.
    pub(super) fn enough_parts(&self) -> i64 {
        self.enough() * PARTS
    }

    /// The settled forms and those that were to come.
    pub(super) fn with(&self, chosen: impl IntoIterator<Item = Vec<i64>>) -> Vec<Vec<i64>> {
        self.done.iter().cloned().chain(chosen).collect()
    }
}
