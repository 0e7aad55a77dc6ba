//! The choice of forms where nothing holds between them but how often a question is used: a model with a
//! column for each form.

use super::super::answer::Proof;
use super::Aim;
use super::budget::Budget;
use super::choose::Choice;
use super::rest::Rest;
use super::sketch::Sketch;

/// Chooses the forms to come among `all`, for an aim at costs.
pub(super) fn pack(
    rest: &Rest<'_>,
    all: &[Vec<i64>],
    (budget, most): (&Budget<'_>, u64),
) -> Choice {
    let forms = rest.forms;
    let mut sketch = Sketch::default();
    let count = sketch.row(Some(rest.count()), Some(rest.count()), false);
    let total = forms.aim == Aim::Total;
    let costs = total.then(|| sketch.row(None, Some(rest.enough()), false));
    let uses = rest.uses.iter();
    let uses: Vec<usize> = uses
        .map(|uses| sketch.row(None, Some(*uses), true))
        .collect();
    for form in all {
        let column = sketch.column(0, 0, rest.count());
        sketch.enter(column, count, 1);
        if let Some(row) = costs {
            sketch.enter(column, row, forms.model.cost(form));
        }
        for (asked, row) in forms.asked(form).into_iter().zip(&uses) {
            sketch.enter(column, *row, i64::from(asked));
        }
    }
    let answer = budget.solve(&sketch.model, most, Some(i64::MAX));
    let Some((taken, _)) = answer.best else {
        return match answer.proof {
            Proof::Complete => Choice::Never,
            Proof::AtLeast(_) => Choice::GivenUp,
        };
    };
    let times = all.iter().zip(taken);
    let chosen = times.flat_map(|(form, times)| (0..times).map(|_| form.clone()));
    Choice::Chosen(chosen.collect())
}
