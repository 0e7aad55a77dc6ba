//! Forms against another solver, which gets one model for all of them.

use intervy::model::random::SplitMix64;
use intervy::pick::exact::forms::{Aim, Forms, assemble};
use intervy::pick::exact::model::{Column, Model, Row};
use intervy::pick::exact::{Limits, Proof};
use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOutcome, Variable,
};

/// How many categories there are.
const CATEGORIES: usize = 5;

/// Screens of some half an hour: minutes, difficulties, categories, enemies; and the questions of the model.
fn model(random: &mut SplitMix64) -> (Model, Vec<Vec<usize>>) {
    let mut below = |most: u64| i64::try_from(random.next_u64() % most).unwrap();
    let count = 12 + usize::try_from(below(8)).unwrap();
    let row = |least, most| Row {
        least,
        most,
        ..Row::default()
    };
    let longest = 25 + below(16);
    let mut rows = vec![row(Some(longest - 3 - below(4)), Some(longest))];
    rows.push(row(Some(2), Some(2)));
    rows.push(row(Some(3 + below(2)), None));
    rows.extend((0..CATEGORIES).map(|_| row(Some(0), None)));
    let mut columns: Vec<Column> = (0..count)
        .map(|_| {
            let minutes = [5, 5, 8, 10, 12][usize::try_from(below(5)).unwrap()];
            let mut entries = vec![(0, minutes)];
            entries.extend((below(3) == 0).then_some((1, 1)));
            entries.push((3 + usize::try_from(below(5)).unwrap(), 1));
            Column {
                cost: -below(60),
                least: 0,
                most: 1,
                entries,
            }
        })
        .collect();
    for _ in 0..below(5) {
        let a = usize::try_from(below(6)).unwrap();
        for index in [a, a + 6] {
            columns[index].entries.push((rows.len(), 1));
        }
        rows.push(Row {
            lazy: true,
            ..row(None, Some(1))
        });
    }
    for category in 0..CATEGORIES {
        columns.push(Column {
            cost: 0,
            least: 0,
            most: 1,
            entries: vec![(2, 1), (3 + category, -1)],
        });
    }
    let questions = (0..count).map(|column| vec![column]).collect();
    (Model { columns, rows }, questions)
}

/// The problem of all forms together, with a variable for each column in each form.
struct Joint {
    problem: Problem,
    taken: Vec<Vec<Variable>>,
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
impl Joint {
    fn new(forms: &Forms<'_>) -> Self {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let total = forms.aim == Aim::Total;
        let cost = |column: &Column| if total { column.cost as f64 } else { 0.0 };
        let taken: Vec<Vec<Variable>> = (0..forms.count)
            .map(|_| {
                let columns = forms.model.columns.iter();
                columns
                    .map(|column| problem.add_binary_var(cost(column)))
                    .collect()
            })
            .collect();
        for (index, row) in forms.model.rows.iter().enumerate() {
            let columns = forms.model.columns.iter().enumerate();
            let terms: Vec<(usize, f64)> = columns
                .flat_map(|(place, column)| {
                    let entries = column.entries.iter().filter(|entry| entry.0 == index);
                    entries.map(move |entry| (place, entry.1 as f64))
                })
                .collect();
            for form in &taken {
                let terms: Vec<(Variable, f64)> = terms
                    .iter()
                    .map(|(place, weight)| (form[*place], *weight))
                    .collect();
                if let Some(least) = row.least {
                    problem.add_constraint(&terms, ComparisonOp::Ge, least as f64);
                }
                if let Some(most) = row.most {
                    problem.add_constraint(&terms, ComparisonOp::Le, most as f64);
                }
            }
        }
        Self { problem, taken }
    }

    fn between(&mut self, forms: &Forms<'_>) {
        let questions: Vec<usize> = forms.questions.iter().flatten().copied().collect();
        if let Some(most) = forms.max_uses {
            for question in &questions {
                let terms: Vec<(Variable, f64)> = self
                    .taken
                    .iter()
                    .map(|form| (form[*question], 1.0))
                    .collect();
                self.problem
                    .add_constraint(&terms, ComparisonOp::Le, most as f64);
            }
        }
        let Some(most) = forms.max_overlap else {
            return;
        };
        for (index, a) in self.taken.iter().enumerate() {
            for b in &self.taken[..index] {
                let mut shared = Vec::new();
                for question in &questions {
                    let both = self.problem.add_var(0.0, (0.0, 1.0));
                    let terms = [(a[*question], 1.0), (b[*question], 1.0), (both, -1.0)];
                    self.problem.add_constraint(terms, ComparisonOp::Le, 1.0);
                    shared.push((both, 1.0));
                }
                self.problem
                    .add_constraint(&shared, ComparisonOp::Le, most as f64);
            }
        }
    }

    fn aim(&mut self, forms: &Forms<'_>) {
        let costs = forms.model.columns.iter().map(|column| column.cost);
        match forms.aim {
            Aim::Total => {}
            Aim::Worst => self.within(&costs.collect::<Vec<i64>>(), false),
            Aim::Range => {
                for weights in &forms.matched {
                    self.within(weights, true);
                }
            }
        }
    }

    /// Makes the greatest of the forms' sums small, or its distance from the least one.
    fn within(&mut self, weights: &[i64], range: bool) {
        let anywhere = (f64::NEG_INFINITY, f64::INFINITY);
        let most = self.problem.add_var(1.0, anywhere);
        let least = range.then(|| self.problem.add_var(-1.0, anywhere));
        for form in &self.taken {
            let terms = form.iter().zip(weights);
            let terms: Vec<(Variable, f64)> = terms
                .map(|(taken, weight)| (*taken, *weight as f64))
                .collect();
            let ends = [(Some(most), ComparisonOp::Le), (least, ComparisonOp::Ge)];
            for (end, comparison) in ends {
                if let Some(end) = end {
                    let mut terms = terms.clone();
                    terms.push((end, -1.0));
                    self.problem.add_constraint(&terms, comparison, 0.0);
                }
            }
        }
    }

    fn value(self) -> Option<i64> {
        match self.problem.solve() {
            Ok(SolveOutcome::Interrupted(_)) => panic!("interrupted"),
            Ok(SolveOutcome::Solution(solution)) => {
                assert_eq!(solution.status(), SolutionStatus::Optimal);
                #[expect(clippy::cast_possible_truncation, reason = "the numbers are small")]
                let value = solution.objective().round() as i64;
                Some(value)
            }
            Err(microlp::Error::Infeasible) => None,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn another_solver_finds_the_same_forms() {
    let mut empty = 0;
    for seed in 0..60 {
        let mut random = SplitMix64::new(seed);
        let (model, questions) = model(&mut random);
        let minutes = model.columns.iter();
        let minutes = minutes.map(|column| column.entries.iter().find(|entry| entry.0 == 0));
        let pick = |most: Option<i64>| most.filter(|most| *most < 3);
        let forms = Forms {
            model: &model,
            count: if seed % 20 == 0 { 3 } else { 2 },
            questions,
            max_overlap: pick(i64::try_from(random.next_u64() % 4).ok()),
            max_uses: pick(i64::try_from(1 + random.next_u64() % 3).ok()),
            anchors: 0,
            matched: vec![
                minutes
                    .map(|entry| entry.map_or(0, |entry| entry.1))
                    .collect(),
                model.columns.iter().map(|column| -column.cost).collect(),
            ],
            preference: Vec::new(),
            aim: [Aim::Total, Aim::Worst, Aim::Range][usize::try_from(seed % 3).unwrap()],
        };
        let assembly = assemble(&forms, &Limits::default());
        assert_eq!(assembly.proof, Proof::Complete, "{seed}");
        let mut joint = Joint::new(&forms);
        joint.between(&forms);
        joint.aim(&forms);
        let value = assembly.best.as_ref().map(|best| best.1);
        assert_eq!(value, joint.value(), "{seed}");
        empty += usize::from(value.is_none());
        if let Some((found, value)) = assembly.best {
            assert!(forms.allows(&found), "{seed}");
            assert_eq!(forms.value(&found), value, "{seed}");
        }
    }
    assert!((3..40).contains(&empty), "{empty} without forms");
}
