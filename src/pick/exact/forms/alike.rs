//! Forms with the same matched sums, one after the other.

use super::super::model::{Model, Row};
use super::budget::Budget;
use super::check::sum;
use super::rest::Rest;
use super::{Forms, luck};
use crate::model::random::SplitMix64;

/// How often a first form is taken.
const TRIES: u64 = 40;
/// So many tries take no more questions than this, about.
const SAMPLED: u64 = 20;
const SAMPLE: usize = 250;
/// The most branches for a form.
const NODES: u64 = 1_000;

/// Forms whose matched sums are those of the first one, or as near to them as may be. The first tries take what
/// is preferred, where that is told.
pub(super) fn alike(forms: &Forms<'_>, base: &Model, budget: &Budget<'_>) -> Option<Vec<Vec<i64>>> {
    let mut apart = 0;
    while apart < 1 << 8 {
        for seed in 0..TRIES {
            if budget.over() {
                return None;
            }
            let found = row_of(forms, base, (apart, seed), budget);
            if found.is_some() {
                return found;
            }
        }
        apart = (apart * 4).max(1);
    }
    None
}

/// Leaves some of the questions of a large model.
fn sample(one: &mut Model, forms: &Forms<'_>, random: &mut SplitMix64) {
    let chance = SAMPLE.saturating_mul(256) / (forms.questions.len() + 1);
    for columns in &forms.questions {
        let needed = columns.iter().any(|column| one.columns[*column].least > 0);
        if !needed && usize::try_from(luck(random)).is_ok_and(|luck| luck >= chance) {
            for column in columns {
                one.columns[*column].most = 0;
            }
        }
    }
}

/// Forms whose matched sums are no further than `apart` from those of the first one.
fn row_of(
    forms: &Forms<'_>,
    base: &Model,
    (apart, seed): (i64, u64),
    budget: &Budget<'_>,
) -> Option<Vec<Vec<i64>>> {
    let mut random = SplitMix64::new(seed);
    let mut rest = Rest::all(forms, base, 0);
    let preferred = seed == 0 && !forms.preference.is_empty();
    if !preferred && seed < SAMPLED {
        sample(&mut rest.one, forms, &mut random);
    }
    while rest.count() > 0 {
        for (index, column) in rest.one.columns.iter_mut().enumerate() {
            column.cost = if preferred {
                forms.preference[index]
            } else {
                luck(&mut random)
            };
        }
        let enough = (!preferred).then_some(i64::MAX);
        let (form, _) = budget.solve(&rest.one, NODES, enough).best?;
        if rest.done.is_empty() {
            for weights in &forms.matched {
                let first = sum(weights, &form);
                let row = Row {
                    least: Some(first - apart),
                    most: Some(first + apart),
                    ..Row::default()
                };
                rest.one.add_row(row, weights);
            }
        }
        rest = rest.after(form);
    }
    Some(rest.done)
}
