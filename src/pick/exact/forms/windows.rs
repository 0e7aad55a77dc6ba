//! Forms whose matched sums are within given bounds, for all such bounds.

use super::super::answer::Proof;
use super::super::model::{Model, Row};
use super::budget::Budget;
use super::choose::Choice;
use super::descend::{Known, dive, glance};
use super::rest::Rest;
use super::{Aim, Forms};

/// The most bounds that are tried.
const MOST: usize = 3_000;
/// The most branches to find a first form within bounds.
const NODES: u64 = 2_000;

/// Forms without anchors whose matched sums have such ranges together at most, or a proof that there are none, if
/// either can be told.
pub(super) fn within(
    forms: &Forms<'_>,
    base: &Model,
    (range, (patient, until)): (i64, (bool, u64)),
    budget: &Budget<'_>,
) -> Choice {
    let Some(windows) = windows(forms, base, range, budget) else {
        return Choice::GivenUp;
    };
    let mut free = base.clone();
    for column in &mut free.columns {
        column.cost = 0;
    }
    let mut known: Known = Vec::new();
    let mut all = Choice::Never;
    for window in windows {
        if budget.over() || budget.used() > until {
            return Choice::GivenUp;
        }
        let mut one = free.clone();
        for (weights, (least, most)) in forms.matched.iter().zip(window) {
            let row = Row {
                least: Some(least),
                most: Some(most),
                ..Row::default()
            };
            one.add_row(row, weights);
        }
        let first = budget.solve(&one, NODES, Some(i64::MAX));
        match (first.best, first.proof) {
            (Some((form, _)), _) => known.push((form, 0.0)),
            (None, Proof::Complete) => continue,
            (None, Proof::AtLeast(_)) => {}
        }
        // Within bounds, any forms do.
        let bounded = Forms {
            model: &one,
            matched: Vec::new(),
            aim: Aim::Total,
            ..forms.clone()
        };
        let rest = Rest::all(&bounded, &one, 0);
        let mut own = known.clone();
        let choice = if patient {
            dive(&rest, &mut own, 0, budget)
        } else {
            glance(&rest, &mut own, budget)
        };
        match choice {
            Choice::Chosen(chosen) => return Choice::Chosen(chosen),
            Choice::GivenUp => all = Choice::GivenUp,
            Choice::Never => {}
        }
    }
    all
}

/// All bounds of the matched sums that are so far apart together, if they are not too many.
fn windows(
    forms: &Forms<'_>,
    base: &Model,
    range: i64,
    budget: &Budget<'_>,
) -> Option<Vec<Vec<(i64, i64)>>> {
    let mut windows: Vec<(Vec<(i64, i64)>, i64)> = vec![(Vec::new(), range)];
    for (index, weights) in forms.matched.iter().enumerate() {
        let (least, most) = (
            end(base, weights, 1, budget)?,
            end(base, weights, -1, budget)?,
        );
        let last = index + 1 == forms.matched.len();
        let mut longer = Vec::new();
        for (window, left) in windows {
            for width in if last { left..=left } else { 0..=left } {
                for start in least..=(most - width).max(least) {
                    let mut window = window.clone();
                    window.push((start, start + width));
                    longer.push((window, left - width));
                    if longer.len() > MOST {
                        return None;
                    }
                }
            }
        }
        windows = longer;
    }
    Some(windows.into_iter().map(|(window, _)| window).collect())
}

/// The least that a sum can be, or the greatest where `sign` is −1.
fn end(base: &Model, weights: &[i64], sign: i64, budget: &Budget<'_>) -> Option<i64> {
    let mut model = base.clone();
    for (column, weight) in model.columns.iter_mut().zip(weights) {
        column.cost = weight * sign;
    }
    let answer = budget.solve(&model, NODES, None);
    match (answer.proof, answer.best) {
        (Proof::Complete, best) => best.map(|best| best.1 * sign),
        (Proof::AtLeast(i64::MIN), _) => None,
        (Proof::AtLeast(least), _) => Some(least * sign),
    }
}
