//! Forms against trying everything.

use proptest::prelude::*;

use super::super::answer::{Limits, Proof};
use super::super::model::{Column, Model, Row};
use super::{Aim, Forms, assemble};

/// All of what [`Forms`] borrows and holds.
#[derive(Clone, Debug)]
struct Wanted {
    model: Model,
    count: usize,
    questions: Vec<Vec<usize>>,
    max_overlap: Option<i64>,
    max_uses: Option<i64>,
    anchors: i64,
    matched: Vec<Vec<i64>>,
    preference: Vec<i64>,
    aim: Aim,
}

impl Wanted {
    fn forms(&self) -> Forms<'_> {
        Forms {
            model: &self.model,
            count: self.count,
            questions: self.questions.clone(),
            max_overlap: self.max_overlap,
            max_uses: self.max_uses,
            anchors: self.anchors,
            matched: self.matched.clone(),
            preference: self.preference.clone(),
            aim: self.aim,
        }
    }

    fn value(&self, forms: &[&Vec<i64>]) -> i64 {
        let costs = forms.iter().map(|form| self.model.cost(form));
        match self.aim {
            Aim::Total => costs.sum(),
            Aim::Worst => costs.max().unwrap_or(0),
            Aim::Range => {
                let sums = |weights: &Vec<i64>| -> Vec<i64> {
                    let sum = |form: &&Vec<i64>| form.iter().zip(weights).map(|(a, b)| a * b).sum();
                    forms.iter().map(sum).collect()
                };
                let ranges = self.matched.iter().map(sums).map(|mut sums| {
                    sums.sort_unstable();
                    sums.last().unwrap_or(&0) - sums.first().unwrap_or(&0)
                });
                ranges.sum()
            }
        }
    }

    /// Whether some questions can be the anchors of these forms.
    fn goes(&self, forms: &[&Vec<i64>]) -> bool {
        let asked = |form: &Vec<i64>, question: usize| {
            self.questions[question]
                .iter()
                .any(|column| form[*column] > 0)
        };
        let sets = 0_u32..1 << self.questions.len();
        let right = |set: &u32| i64::from(set.count_ones()) == self.anchors;
        sets.filter(right).any(|set| {
            let anchor = |question: &usize| set >> question & 1 == 1;
            let all = 0..self.questions.len();
            let others: Vec<usize> = all.clone().filter(|question| !anchor(question)).collect();
            let in_all = |question| forms.iter().all(|form| asked(form, question));
            let uses = |question: &usize| {
                let forms = forms.iter().filter(|form| asked(form, *question));
                i64::try_from(forms.count()).unwrap_or(i64::MAX)
            };
            let shared = |a, b| {
                let both = |question: &&usize| asked(a, **question) && asked(b, **question);
                let shared = others.iter().filter(both).count();
                i64::try_from(shared).unwrap_or(i64::MAX)
            };
            all.filter(anchor).all(in_all)
                && self
                    .max_uses
                    .is_none_or(|most| others.iter().all(|question| uses(question) <= most))
                && self.max_overlap.is_none_or(|most| {
                    (0..forms.len()).all(|a| (0..a).all(|b| shared(forms[a], forms[b]) <= most))
                })
        })
    }

    fn by_force(&self) -> Option<i64> {
        let mut all = vec![Vec::new()];
        for column in &self.model.columns {
            let longer = |form: &Vec<i64>| {
                let form = form.clone();
                (column.least..=column.most).map(move |taken| {
                    let mut form = form.clone();
                    form.push(taken);
                    form
                })
            };
            all = all.iter().flat_map(longer).collect();
        }
        all.retain(|form| self.model.allows(form));
        let mut best = None;
        self.further(&all, &mut Vec::new(), &mut best);
        best
    }

    fn further<'f>(
        &self,
        all: &'f [Vec<i64>],
        taken: &mut Vec<&'f Vec<i64>>,
        best: &mut Option<i64>,
    ) {
        if taken.len() == self.count {
            let value = self.value(taken);
            if best.is_none_or(|best| value < best) && self.goes(taken) {
                *best = Some(value);
            }
            return;
        }
        for (index, form) in all.iter().enumerate() {
            taken.push(form);
            self.further(&all[index..], taken, best);
            taken.pop();
        }
    }
}

fn models() -> impl Strategy<Value = (Model, Vec<Vec<usize>>)> {
    let row = (-2_i64..9, 0_i64..7, 0_u8..3);
    let column = (
        -20_i64..20,
        0_u8..9,
        proptest::collection::vec(-1_i64..6, 4),
        0_u8..8,
    );
    let columns = proptest::collection::vec(column, 1..7);
    (columns, proptest::collection::vec(row, 0..4)).prop_map(|(columns, rows)| {
        let mut model = Model {
            rows: rows
                .iter()
                .map(|&(least, range, sides)| Row {
                    least: (sides != 1).then_some(least),
                    most: (sides != 0).then_some(least + range),
                    ..Row::default()
                })
                .collect(),
            columns: Vec::new(),
        };
        let mut questions: Vec<Vec<usize>> = Vec::new();
        for (index, (cost, kind, entries, mask)) in columns.into_iter().enumerate() {
            let entries = entries.into_iter().enumerate().take(model.rows.len());
            model.columns.push(Column {
                cost,
                least: i64::from(kind == 0),
                most: 1,
                entries: entries
                    .filter(|(row, weight)| *weight != 0 && mask >> (row % 3) & 1 == 1)
                    .collect(),
            });
            match (kind, questions.last_mut()) {
                (1, _) => {}
                (2, Some(last)) => last.push(index),
                _ => questions.push(vec![index]),
            }
        }
        for columns in &questions {
            for column in columns.iter().filter(|_| columns.len() > 1) {
                let entry = (model.rows.len(), 1);
                model.columns[*column].entries.push(entry);
            }
            if columns.len() > 1 {
                model.rows.push(Row {
                    most: Some(1),
                    lazy: true,
                    ..Row::default()
                });
            }
        }
        (model, questions)
    })
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let between = (
        1_usize..4,
        proptest::option::of(0_i64..3),
        proptest::option::of(0_i64..4),
        0_i64..7,
    );
    let aim = prop_oneof![Just(Aim::Total), Just(Aim::Worst), Just(Aim::Range)];
    let matched = proptest::collection::vec(proptest::collection::vec(-2_i64..6, 6), 0..3);
    (models(), between, aim, matched, any::<bool>()).prop_map(
        |((model, questions), (count, max_overlap, max_uses, anchors), aim, mut matched, liked)| {
            let width = model.columns.len();
            for weights in &mut matched {
                weights.truncate(width);
            }
            let preference = model
                .columns
                .iter()
                .map(|column| column.cost * column.cost % 7);
            Wanted {
                count,
                questions,
                max_overlap,
                max_uses,
                anchors: (anchors - 4).max(0),
                matched,
                preference: preference.filter(|_| liked).collect(),
                aim,
                model,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_value_is_that_of_trying_everything(wanted in wanted()) {
        let assembly = assemble(&wanted.forms(), &Limits::default());
        prop_assert_eq!(assembly.proof, Proof::Complete);
        prop_assert_eq!(assembly.best.as_ref().map(|best| best.1), wanted.by_force());
        if let Some((forms, value)) = &assembly.best {
            let forms: Vec<&Vec<i64>> = forms.iter().collect();
            prop_assert_eq!(forms.len(), wanted.count);
            prop_assert!(forms.iter().all(|form| wanted.model.allows(form)));
            prop_assert!(wanted.goes(&forms));
            prop_assert_eq!(wanted.value(&forms), *value);
        }
    }

    #[test]
    fn a_bound_holds_whenever_it_is_given_up(wanted in wanted(), nodes in 0_u64..40) {
        let limits = Limits { nodes, ..Limits::default() };
        let assembly = assemble(&wanted.forms(), &limits);
        let value = wanted.by_force();
        match assembly.proof {
            Proof::Complete => prop_assert_eq!(assembly.best.as_ref().map(|best| best.1), value),
            Proof::AtLeast(least) => prop_assert!(value.is_none_or(|value| least <= value)),
        }
        if let Some((forms, _)) = &assembly.best {
            prop_assert!(wanted.goes(&forms.iter().collect::<Vec<_>>()));
        }
    }
}
