//! The search against trying everything.

use proptest::prelude::*;

use super::super::model::{Column, Row};
use super::*;

/// All choices that are allowed.
fn all(model: &Model) -> Vec<Vec<i64>> {
    let mut all = Vec::new();
    let mut taken: Vec<i64> = model.columns.iter().map(|column| column.least).collect();
    loop {
        if model.allows(&taken) {
            all.push(taken.clone());
        }
        let mut index = 0;
        loop {
            let Some(column) = model.columns.get(index) else {
                return all;
            };
            if taken[index] < column.most {
                taken[index] += 1;
                break;
            }
            taken[index] = column.least;
            index += 1;
        }
    }
}

fn by_force(model: &Model) -> Option<i64> {
    all(model).iter().map(|taken| model.cost(taken)).min()
}

fn models() -> impl Strategy<Value = Model> {
    let row = (any::<bool>(), -4_i64..12, 0_i64..9, 0_u8..3);
    (1_usize..9, proptest::collection::vec(row, 0..6)).prop_flat_map(|(columns, rows)| {
        let entry = proptest::collection::vec(-3_i64..9, rows.len());
        let column = (-20_i64..20, 0_i64..2, 0_i64..2, entry, 0_u8..8);
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|(lazy, least, range, sides)| Row {
                least: (sides != 1).then_some(least),
                most: (sides != 0).then_some(least + range),
                lazy,
                branch: sides == 2,
            })
            .collect();
        proptest::collection::vec(column, columns).prop_map(move |columns| Model {
            columns: columns
                .into_iter()
                .map(|(cost, least, range, entries, mask)| Column {
                    cost,
                    least,
                    most: least + range,
                    entries: entries
                        .into_iter()
                        .enumerate()
                        .filter(|(row, weight)| *weight != 0 && mask >> (row % 3) & 1 == 1)
                        .collect(),
                })
                .collect(),
            rows: rows.clone(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_answer_is_that_of_trying_everything(model in models()) {
        let answer = solve(&model, &Limits::default());
        prop_assert_eq!(answer.proof, Proof::Complete);
        prop_assert_eq!(answer.best.as_ref().map(|best| best.1), by_force(&model));
        if let Some((taken, cost)) = &answer.best {
            prop_assert!(model.allows(taken));
            prop_assert_eq!(model.cost(taken), *cost);
        }
    }
    #[test]
    fn a_choice_that_is_good_enough_ends_the_search(model in models(), enough in -20_i64..20) {
        let limits = Limits { enough: Some(enough), ..Limits::default() };
        let answer = solve(&model, &limits);
        let best = by_force(&model);
        let cost = answer.best.as_ref().map(|best| best.1);
        prop_assert_eq!(cost.is_some_and(|cost| cost <= enough), best.is_some_and(|best| best <= enough));
        match answer.proof {
            Proof::Complete => prop_assert_eq!(cost, best),
            Proof::AtLeast(least) => prop_assert!(best.is_some_and(|best| best >= least)),
        }
    }

    #[test]
    fn every_choice_below_a_cost_is_found_once(model in models(), most in -20_i64..20, marks in 0_u16..) {
        let shown: Vec<bool> = (0..model.columns.len()).map(|column| marks >> column & 1 == 1).collect();
        let seen = |taken: &[i64]| -> Vec<i64> {
            let columns = taken.iter().zip(&shown).filter(|(_, shown)| **shown);
            columns.map(|(taken, _)| *taken).collect()
        };
        let (found, _) = every(&model, (&shown, most, 1 << 9), &Limits::default());
        let found = found.ok_or_else(|| TestCaseError::fail("given up"))?;
        prop_assert!(found.iter().all(|taken| model.allows(taken) && model.cost(taken) <= most));
        let mut found: Vec<Vec<i64>> = found.iter().map(|taken| seen(taken)).collect();
        found.sort();
        let mut wanted = all(&model);
        wanted.retain(|taken| model.cost(taken) <= most);
        let mut wanted: Vec<Vec<i64>> = wanted.iter().map(|taken| seen(taken)).collect();
        wanted.sort();
        wanted.dedup();
        prop_assert_eq!(found, wanted);
    }
}
