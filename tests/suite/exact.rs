//! The exact solver against another one, on models that are too large to try everything.

use intervy::model::random::SplitMix64;
use intervy::pick::exact::model::{Column, Model, Row};
use intervy::pick::exact::{Limits, Proof, solve};
use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOutcome, Variable,
};

/// A screen of some 50 minutes out of many questions: minutes, categories, difficulties, enemies; hard enough that
/// some have no answer.
fn model(seed: u64) -> Model {
    let mut random = SplitMix64::new(seed);
    let mut below = |most: u64| i64::try_from(random.next_u64() % most).unwrap();
    let count = 30 + below(120);
    let categories = 3 + below(8);
    let longest = 20 + below(60);
    let row = |least, most, lazy| Row {
        least,
        most,
        lazy,
        branch: false,
    };
    let mut rows = vec![row(Some(longest - below(6)), Some(longest), false)];
    for _ in 0..3 {
        let least = below(3);
        rows.push(row(Some(least), Some(least + below(3)), false));
    }
    rows.push(row(Some(1 + below(categories.unsigned_abs())), None, false));
    for _ in 0..categories {
        rows.push(row(Some(0), None, false));
    }
    let marks = 5;
    let mut columns: Vec<Column> = (0..count)
        .map(|_| {
            let category = usize::try_from(below(categories.unsigned_abs())).unwrap();
            let difficulty = usize::try_from(below(3)).unwrap();
            let minutes = [3, 5, 8, 10, 12, 15, 20];
            let minutes = minutes[usize::try_from(below(7)).unwrap()];
            Column {
                cost: -below(100),
                least: 0,
                most: 1,
                entries: vec![(0, minutes), (1 + difficulty, 1), (marks + category, 1)],
            }
        })
        .collect();
    for _ in 0..below(60) {
        let mut question = || usize::try_from(below(count.unsigned_abs())).unwrap();
        let (a, b) = (question(), question());
        if a != b {
            for index in [a, b] {
                columns[index].entries.push((rows.len(), 1));
            }
            rows.push(row(None, Some(1), true));
        }
    }
    for category in 0..usize::try_from(categories).unwrap() {
        columns.push(Column {
            cost: 0,
            least: 0,
            most: 1,
            entries: vec![(4, 1), (marks + category, -1)],
        });
    }
    Model { columns, rows }
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
fn by_microlp(model: &Model) -> Option<i64> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let columns = model.columns.iter();
    let variables: Vec<Variable> = columns
        .map(|column| problem.add_binary_var(column.cost as f64))
        .collect();
    for (index, row) in model.rows.iter().enumerate() {
        let terms: Vec<(Variable, f64)> = model
            .columns
            .iter()
            .zip(&variables)
            .flat_map(|(column, variable)| {
                let entries = column.entries.iter().filter(|entry| entry.0 == index);
                entries.map(|entry| (*variable, entry.1 as f64))
            })
            .collect();
        if let Some(least) = row.least {
            problem.add_constraint(&terms, ComparisonOp::Ge, least as f64);
        }
        if let Some(most) = row.most {
            problem.add_constraint(&terms, ComparisonOp::Le, most as f64);
        }
    }
    match problem.solve() {
        Ok(SolveOutcome::Interrupted(_)) => panic!("interrupted"),
        Ok(SolveOutcome::Solution(solution)) => {
            assert_eq!(solution.status(), SolutionStatus::Optimal);
            #[expect(clippy::cast_possible_truncation, reason = "the numbers are small")]
            let cost = solution.objective().round() as i64;
            Some(cost)
        }
        Err(microlp::Error::Infeasible) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn another_solver_finds_the_same() {
    let mut empty = 0;
    for seed in 0..120 {
        let model = model(seed);
        let answer = solve(&model, &Limits::default());
        assert_eq!(answer.proof, Proof::Complete, "{seed}");
        let cost = answer.best.as_ref().map(|best| best.1);
        assert_eq!(cost, by_microlp(&model), "{seed}");
        empty += usize::from(cost.is_none());
        if let Some((taken, cost)) = answer.best {
            assert!(model.allows(&taken), "{seed}");
            assert_eq!(model.cost(&taken), cost, "{seed}");
        }
    }
    assert!((5..100).contains(&empty), "{empty} without an answer");
}
