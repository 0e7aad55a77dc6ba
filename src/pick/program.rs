//! The 0/1 model: which question is asked where and how deep, under named linear constraints.
//!
//! A variable per (segment, question, ask mode) that may go together is 1 when that choice is made
//! (van der Linden, *Linear Models for Optimal Test Design*, 2005, chapter 3).

use std::collections::{BTreeMap, HashMap};

use crate::model::bank::Bank;
use crate::model::blueprint::Count;
use crate::model::question::Question;
use crate::model::vocabulary::{AskMode, Difficulty};
use crate::pick::objective::random_weights;
use crate::pick::reduce::reduce;
use crate::pick::request::PickRequest;
use crate::pick::solver::Solution;

/// A question in a segment, taken so deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The index of the question in the bank.
    pub question: usize,
    /// The index of the segment in the request.
    pub segment: usize,
    /// How deep.
    pub mode: AskMode,
    /// The question's minutes in that mode.
    pub minutes: u32,
    /// Its difficulty.
    pub difficulty: Difficulty,
    /// The mode that suits the request best; see [`crate::pick::objective`].
    pub natural: bool,
}

/// What a row of the model stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A question is asked at most once.
    Once,
    /// The minutes of a segment.
    SegmentMinutes(usize),
    /// The number of questions of a segment.
    SegmentCount(usize),
    /// Exactly one question of a list, in a segment.
    OneOf(usize),
    /// A question that a segment requires.
    Required(usize),
    /// A category counts only when one of its questions is asked.
    CategoryUsed,
    /// At least so many distinct categories.
    MinCategories,
    /// A question that must be in the screen, by id.
    Include(String),
    /// The number of questions of a category, a difficulty, a kind or a tag.
    Counted(String),
    /// At most one question of a group.
    Group,
    /// Two questions that may not meet.
    NeverWith,
    /// How far a difficulty is from its share.
    Mix,
    /// The value of an objective that was solved before.
    Objective,
}

/// A linear constraint: `least ≤ Σ coefficient · variable ≤ most`.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it stands for.
    pub origin: Origin,
    /// Variables and their coefficients.
    pub terms: Vec<(usize, i64)>,
    /// The least value of the sum.
    pub least: Option<i64>,
    /// The greatest value of the sum.
    pub most: Option<i64>,
}

/// A 0/1 program. The first variables are the choices, then the category marks, then what
/// objectives add.
#[derive(Clone, Debug)]
pub struct Program {
    /// The choices: variable `i` is 1 when choice `i` is made.
    pub choices: Vec<Choice>,
    /// The constraints.
    pub rows: Vec<Row>,
    /// Upper bounds of the variables after the choices.
    pub extra: Vec<i64>,
    /// The marks of used categories: variables.
    pub category_marks: Vec<usize>,
    /// What is to be made as small as possible.
    pub objective: Vec<(usize, i64)>,
    /// The random weight of every question of the bank.
    pub weights: Vec<i64>,
}

/// Which of the eligible questions a model holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Those that can matter; see [`crate::pick::reduce`].
    Reduced,
    /// Those that can matter in a screen of at most so many questions.
    AtMost(u32),
}

impl Program {
    /// The model of a request.
    #[must_use]
    pub fn new(bank: &Bank, request: &PickRequest, scope: Scope) -> Self {
        let weights = random_weights(request.seed, bank.questions.len());
        let mut eligible = eligible(bank, request);
        match scope {
            Scope::All => {}
            Scope::Reduced => eligible = reduce(bank, request, &eligible, &weights, None),
            Scope::AtMost(most) => {
                eligible = reduce(bank, request, &eligible, &weights, Some(most));
            }
        }
        let mut builder = Builder {
            bank,
            request,
            program: Self {
                choices: choices(bank, request, &eligible),
                rows: Vec::new(),
                extra: Vec::new(),
                category_marks: Vec::new(),
                objective: Vec::new(),
                weights,
            },
        };
        builder.questions_once();
        builder.segments();
        builder.categories();
        builder.wishes();
        builder.enemies();
        builder.program
    }

    /// Sets the objective.
    pub fn minimise(&mut self, terms: &[(usize, i64)]) {
        self.objective = terms.to_vec();
    }

    /// Keeps the objective at `value` in all that follows.
    pub fn fix_objective(&mut self, value: i64) {
        if self.objective.is_empty() {
            return;
        }
        self.rows.push(Row {
            origin: Origin::Objective,
            terms: std::mem::take(&mut self.objective),
            least: None,
            most: Some(value),
        });
    }

    /// A new variable from 0 to `most`.
    pub fn add_variable(&mut self, most: i64) -> usize {
        self.extra.push(most);
        self.choices.len() + self.extra.len() - 1
    }

    /// The choices that a solution makes.
    #[must_use]
    pub fn chosen(&self, solution: &Solution) -> Vec<Choice> {
        self.choices
            .iter()
            .zip(&solution.chosen)
            .filter_map(|(choice, &made)| made.then_some(*choice))
            .collect()
    }

    /// The same model without the rows of some origins.
    #[must_use]
    pub fn without(&self, dropped: impl Fn(&Origin) -> bool) -> Self {
        let mut program = self.clone();
        program.rows.retain(|row| !dropped(&row.origin));
        program
    }
}

/// The active questions that the screen-wide filters allow, as indices into the bank.
#[must_use]
pub fn eligible(bank: &Bank, request: &PickRequest) -> Vec<usize> {
    (0..bank.questions.len())
        .filter(|&index| {
            let question = &bank.questions[index];
            question.is_active() && request.constraints.allow(question)
        })
        .collect()
}

/// Every choice that the segments allow.
fn choices(bank: &Bank, request: &PickRequest, eligible: &[usize]) -> Vec<Choice> {
    let even_share = f64::from(request.frame.question_minutes())
        / f64::from(request.constraints.min_categories.unwrap_or(1).max(1));
    let mut choices = Vec::new();
    for &index in eligible {
        let question = &bank.questions[index];
        let natural = natural_mode(question, even_share);
        for (number, segment) in request.segments.iter().enumerate() {
            if !segment.fits(question) {
                continue;
            }
            for (mode, minutes) in question.matter.minutes.modes() {
                if segment.mode.is_some_and(|wanted| wanted != mode)
                    || minutes > segment.minutes.value
                {
                    continue;
                }
                choices.push(Choice {
                    question: index,
                    segment: number,
                    mode,
                    minutes,
                    difficulty: question.matter.difficulty.value,
                    natural: segment.mode.is_some() || natural == Some(mode),
                });
            }
        }
    }
    choices
}

/// Standard, unless that takes more than one and a half even shares of the question minutes; then
/// the deepest mode that does not; then the shortest that there is.
fn natural_mode(question: &Question, even_share: f64) -> Option<AskMode> {
    let fits = |minutes: u32| f64::from(minutes) <= 1.5 * even_share;
    let minutes = &question.matter.minutes;
    if minutes.standard.is_some_and(fits) {
        return Some(AskMode::Standard);
    }
    let modes: Vec<_> = minutes.modes().collect();
    let deepest = modes
        .iter()
        .rev()
        .find(|(mode, length)| *mode != AskMode::Deep && fits(*length));
    deepest.or(modes.first()).map(|&(mode, _)| mode)
}

struct Builder<'b> {
    bank: &'b Bank,
    request: &'b PickRequest,
    program: Program,
}

impl Builder<'_> {
    fn question(&self, choice: &Choice) -> &Question {
        &self.bank.questions[choice.question]
    }

    /// The variables of the choices that a test holds for.
    fn variables(&self, test: impl Fn(&Choice, &Question) -> bool) -> Vec<usize> {
        self.program
            .choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| test(choice, self.question(choice)))
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
        self.sum(
            origin,
            variables,
            Count {
                min: None,
                max: Some(1),
            },
        );
    }

    fn segments(&mut self) {
        for (number, segment) in self.request.segments.iter().enumerate() {
            let here = |choice: &Choice| choice.segment == number;
            let minutes = self
                .program
                .choices
                .iter()
                .enumerate()
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
                let variables = self.variables(|choice, question| {
                    here(choice) && list.iter().any(|id| *id.value == *question.id())
                });
                self.sum(Origin::OneOf(number), variables, Count::exactly(1));
            }
            for id in &segment.required {
                let variables =
                    self.variables(|choice, question| here(choice) && *id.value == *question.id());
                self.sum(Origin::Required(number), variables, Count::exactly(1));
            }
        }
    }

    /// A mark per category, at most 1 and at most the number of its questions that are asked.
    fn categories(&mut self) {
        let mut by_category: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (variable, choice) in self.program.choices.iter().enumerate() {
            let category = &self.bank.questions[choice.question].matter.category.value;
            by_category.entry(category).or_default().push(variable);
        }
        let all: Vec<Vec<usize>> = by_category.into_values().collect();
        for variables in all {
            let mark = self.program.add_variable(1);
            self.program.category_marks.push(mark);
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
        if let Some(least) = self.request.constraints.min_categories {
            let marks = self.program.category_marks.clone();
            self.sum(Origin::MinCategories, marks, Count::at_least(least));
        }
    }

    fn wishes(&mut self) {
        let constraints = &self.request.constraints;
        for id in &constraints.include {
            let variables = self.variables(|_, question| *id.value == *question.id());
            self.sum(
                Origin::Include(id.value.clone()),
                variables,
                Count::exactly(1),
            );
        }
        for (category, count) in &constraints.categories {
            let variables =
                self.variables(|_, question| question.matter.category.value == *category);
            self.counted(&format!("category {category}"), variables, count.value);
        }
        for (difficulty, count) in &constraints.difficulty {
            let variables = self.variables(|choice, _| choice.difficulty == *difficulty);
            self.counted(&format!("difficulty {difficulty}"), variables, count.value);
        }
        for (kind, count) in &constraints.kinds {
            let variables = self.variables(|_, question| question.matter.kind == *kind);
            self.counted(&format!("kind {kind}"), variables, count.value);
        }
        for (tag, count) in &constraints.tags {
            let variables = self
                .variables(|_, question| question.matter.tags.iter().any(|own| own.value == *tag));
            self.counted(&format!("tag {tag}"), variables, count.value);
        }
    }

    fn counted(&mut self, what: &str, variables: Vec<usize>, count: Count) {
        let name = format!("{count} of {what}");
        self.sum(Origin::Counted(name), variables, count);
    }

    fn enemies(&mut self) {
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
        for variables in groups.into_values() {
            rows.push((Origin::Group, variables));
        }
        for (a, b) in pairs {
            if let (Some(a), Some(b)) = (by_id.get(a), by_id.get(b)) {
                let both = a.iter().chain(b).copied().collect();
                rows.push((Origin::NeverWith, both));
            }
        }
        for (origin, variables) in rows {
            self.at_most_one(origin, variables);
        }
    }
}
