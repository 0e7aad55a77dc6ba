//! The rows of the model: every condition as a sum within bounds.

use std::collections::{BTreeMap, HashMap};

use super::{Choice, Origin, Program, Row};
use crate::model::bank::Bank;
use crate::model::constraints::{Count, Counted};
use crate::model::question::Question;
use crate::model::source::Spanned;
use crate::pick::request::PickRequest;

/// Adds the rows of the requests to a program that has only choices.
pub(super) fn build(bank: &Bank, requests: &[PickRequest], program: Program) -> Program {
    let mut builder = Builder { bank, program };
    builder.questions_once();
    for (form, request) in requests.iter().enumerate() {
        builder.segments(form, request);
        builder.categories(form, request);
        builder.wishes(form, request);
    }
    builder.enemies(requests);
    builder.program
}

struct Builder<'b> {
    bank: &'b Bank,
    program: Program,
}

impl Builder<'_> {
    /// The variables of the choices that a test holds for.
    fn variables(&self, test: impl Fn(&Choice, &Question) -> bool) -> Vec<usize> {
        let choices = self.program.choices.iter().enumerate();
        choices
            .filter(|(_, choice)| test(choice, &self.bank.questions[choice.question]))
            .map(|(variable, _)| variable)
            .collect()
    }

    fn sum(&mut self, origin: Origin, variables: Vec<usize>, count: Count) {
        let terms = variables
            .into_iter()
            .map(|variable| (variable, 1))
            .collect();
        self.program.rows.push(Row {
            origin,
            terms,
            least: count.min.map(i64::from),
            most: count.max.map(i64::from),
        });
    }

    fn questions_once(&mut self) {
        let mut by_question: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (variable, choice) in self.program.choices.iter().enumerate() {
            by_question
                .entry(choice.question)
                .or_default()
                .push(variable);
        }
        for variables in by_question.into_values() {
            if variables.len() > 1 {
                self.at_most_one(Origin::Once, variables);
            }
        }
    }

    fn at_most_one(&mut self, origin: Origin, variables: Vec<usize>) {
        self.sum(origin, variables, Count::at_most(1));
    }

    fn segments(&mut self, form: usize, request: &PickRequest) {
        for (number, segment) in request.segments.iter().enumerate() {
            let here = |choice: &Choice| choice.form == form && choice.segment == number;
            let choices = self.program.choices.iter().enumerate();
            let minutes = choices
                .filter(|(_, choice)| here(choice))
                .map(|(variable, choice)| (variable, i64::from(choice.minutes)))
                .collect();
            self.program.rows.push(Row {
                origin: Origin::SegmentMinutes(number),
                terms: minutes,
                least: None,
                most: Some(i64::from(segment.minutes.value)),
            });
            let all = self.variables(|choice, _| here(choice));
            self.sum(Origin::SegmentCount(number), all, segment.questions);
            for list in &segment.one_of {
                let variables =
                    self.variables(|choice, question| here(choice) && is_among(list, question));
                self.sum(Origin::OneOf(number), variables, Count::exactly(1));
            }
            for id in &segment.required {
                let variables =
                    self.variables(|choice, question| here(choice) && *id.value == *question.id());
                self.sum(Origin::Required(number), variables, Count::exactly(1));
            }
        }
        for kept in &request.kept {
            let variables =
                self.variables(|choice, question| choice.form == form && kept.id == question.id());
            self.sum(Origin::Kept, variables, Count::exactly(1));
        }
    }

    /// A mark per category, at most 1 and at most the number of its questions that are asked.
    fn categories(&mut self, form: usize, request: &PickRequest) {
        let mut by_category: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let choices = self.program.choices.iter().enumerate();
        for (variable, choice) in choices.filter(|(_, choice)| choice.form == form) {
            let category = &self.bank.questions[choice.question].matter.category.value;
            by_category.entry(category).or_default().push(variable);
        }
        let all: Vec<Vec<usize>> = by_category.into_values().collect();
        let mut marks = Vec::with_capacity(all.len());
        for variables in all {
            let mark = self.program.add_variable(1);
            self.program.category_marks.push((form, mark));
            marks.push(mark);
            if let Some(most) = request.constraints.max_per_category {
                self.sum(Origin::PerCategory, variables.clone(), Count::at_most(most));
            }
            let mut terms: Vec<(usize, i64)> = variables
                .into_iter()
                .map(|variable| (variable, 1))
                .collect();
            terms.push((mark, -1));
            self.program.rows.push(Row {
                origin: Origin::CategoryUsed,
                terms,
                least: Some(0),
                most: None,
            });
        }
        if let Some(least) = request.constraints.min_categories {
            self.sum(Origin::MinCategories, marks, Count::at_least(least));
        }
    }

    fn wishes(&mut self, form: usize, request: &PickRequest) {
        let constraints = &request.constraints;
        if let Some(count) = constraints.questions {
            let variables = self.variables(|choice, _| choice.form == form);
            self.sum(Origin::Questions, variables, count);
        }
        for id in &constraints.include {
            let variables = self
                .variables(|choice, question| choice.form == form && *id.value == *question.id());
            let origin = Origin::Include(id.value.clone());
            self.sum(origin, variables, Count::exactly(1));
        }
        for list in &constraints.together {
            for pair in list.windows(2) {
                self.together(form, pair);
            }
        }
        for counted in &constraints.counted() {
            self.counted(form, counted);
        }
    }

    /// The one question exactly when the other.
    fn together(&mut self, form: usize, pair: &[Spanned<String>]) {
        let mut terms = Vec::new();
        for (id, sign) in pair.iter().zip([1, -1]) {
            let variables = self
                .variables(|choice, question| choice.form == form && *id.value == *question.id());
            terms.extend(variables.into_iter().map(|variable| (variable, sign)));
        }
        self.program.rows.push(Row {
            origin: Origin::Together,
            terms,
            least: Some(0),
            most: Some(0),
        });
    }

    fn counted(&mut self, form: usize, counted: &Counted) {
        let origin = Origin::Counted(counted.to_string());
        let count = counted.count.value;
        let feature = &counted.feature;
        if !counted.is_share {
            let variables =
                self.variables(|choice, question| choice.form == form && feature.is_of(question));
            self.sum(origin, variables, count);
            return;
        }
        let mut bound = |percent: u32, least: Option<i64>, most: Option<i64>| {
            let choices = self.program.choices.iter().enumerate();
            let terms = choices.filter(|(_, choice)| choice.form == form);
            let terms = terms.map(|(variable, choice)| {
                let has = feature.is_of(&self.bank.questions[choice.question]);
                (variable, i64::from(has) * 100 - i64::from(percent))
            });
            self.program.rows.push(Row {
                origin: origin.clone(),
                terms: terms.collect(),
                least,
                most,
            });
        };
        if let Some(percent) = count.min {
            bound(percent, Some(0), None);
        }
        if let Some(percent) = count.max {
            bound(percent, None, Some(0));
        }
    }

    fn enemies(&mut self, requests: &[PickRequest]) {
        let kept_apart = |test: fn(&PickRequest) -> bool| requests.iter().any(test);
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for (variable, choice) in self.program.choices.iter().enumerate() {
            let question = &self.bank.questions[choice.question];
            by_id.entry(question.id()).or_default().push(variable);
            if let Some(group) = &question.matter.group {
                groups.entry(group).or_default().push(variable);
            }
            for enemy in &question.matter.never_with {
                let (a, b) = (question.id(), enemy.value.as_str());
                if a != b {
                    pairs.push(if a < b { (a, b) } else { (b, a) });
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut rows = Vec::new();
        if kept_apart(|request| !request.relaxed.groups) {
            rows.extend(
                groups
                    .into_values()
                    .map(|variables| (Origin::Group, variables)),
            );
        }
        if kept_apart(|request| !request.relaxed.enemies) {
            for (a, b) in pairs {
                if let (Some(a), Some(b)) = (by_id.get(a), by_id.get(b)) {
                    let both = a.iter().chain(b).copied().collect();
                    rows.push((Origin::NeverWith, both));
                }
            }
        }
        for (origin, variables) in rows {
            self.at_most_one(origin, variables);
        }
    }
}

fn is_among(list: &[Spanned<String>], question: &Question) -> bool {
    list.iter().any(|id| *id.value == *question.id())
}
