//! The search against trying everything.

use proptest::prelude::*;

use super::super::model::{Column, Row};
use super::*;

fn by_force(model: &Model) -> Option<i64> {
    let mut best: Option<i64> = None;
    let mut taken: Vec<i64> = model.columns.iter().map(|column| column.least).collect();
    loop {
        if model.allows(&taken) {
            let cost = model.cost(&taken);
            best = Some(best.map_or(cost, |best| best.min(cost)));
        }
        let mut index = 0;
        loop {
            let Some(column) = model.columns.get(index) else {
                return best;
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
}
