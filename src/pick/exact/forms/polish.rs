//! What is preferred among what is equally good.

use super::super::model::{Model, Row};
use super::budget::Budget;
use super::check::sum;
use super::rest::Rest;
use super::{Aim, Forms};

/// How often each form is taken anew.
const ROUNDS: usize = 2;
/// The most branches for a form.
const NODES: u64 = 2_000;

/// Takes each form anew while the others stay, as long as the value stays and something is preferred.
pub(super) fn polish(
    forms: &Forms<'_>,
    base: &Model,
    (best, value): (&mut Vec<Vec<i64>>, i64),
    budget: &Budget<'_>,
) {
    if forms.preference.is_empty() {
        return;
    }
    let liking = |form: &[i64]| sum(&forms.preference, form);
    for turn in 0..ROUNDS * best.len() {
        if budget.over() {
            return;
        }
        let index = turn % best.len();
        let model = fitting(forms, base, (best, index));
        let answer = budget.solve(&model, NODES, None);
        let Some((form, _)) = answer.best else {
            continue;
        };
        if liking(&form) < liking(&best[index]) {
            let before = std::mem::replace(&mut best[index], form);
            if !forms.allows(best) || forms.value(best) > value {
                best[index] = before;
            }
        }
    }
}

/// The model of a form that may stand in for one of these, with what is preferred for costs.
fn fitting(forms: &Forms<'_>, base: &Model, (best, index): (&[Vec<i64>], usize)) -> Model {
    let costs = base.costs();
    let mut rest = Rest::all(forms, base, forms.worst());
    let others = best.iter().enumerate().filter(|(other, _)| *other != index);
    let others: Vec<&Vec<i64>> = others.map(|(_, form)| form).collect();
    if forms.anchors == 0 {
        for form in &others {
            rest = rest.after((*form).clone());
        }
    }
    let mut model = rest.one;
    match forms.aim {
        Aim::Total | Aim::Worst => {
            let row = Row {
                most: Some(forms.model.cost(&best[index])),
                ..Row::default()
            };
            model.add_row(row, &costs);
        }
        Aim::Range => {
            for weights in &forms.matched {
                let sums = best.iter().map(|form| sum(weights, form));
                let row = Row {
                    least: sums.clone().min(),
                    most: sums.max(),
                    ..Row::default()
                };
                model.add_row(row, weights);
            }
        }
    }
    let preference = forms.preference.iter().copied();
    for (column, cost) in model.columns.iter_mut().zip(preference) {
        column.cost = cost;
    }
    // Anchors are in every form as it is.
    if forms.anchors > 0 {
        for (question, columns) in forms.questions.iter().enumerate() {
            let everywhere = best.iter().all(|form| forms.asked(form)[question]);
            for column in columns {
                let taken = best[index][*column];
                if everywhere || others.iter().any(|form| forms.asked(form)[question]) {
                    let bounds = &mut model.columns[*column];
                    (bounds.least, bounds.most) = (taken, taken);
                }
            }
        }
    }
    model
}
