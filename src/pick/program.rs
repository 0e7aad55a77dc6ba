//! The 0/1 model: which question is asked where and how deep, under named linear constraints.
//!
//! A variable per (segment, question, ask mode) that may go together is 1 when that choice is made
//! (van der Linden, *Linear Models for Optimal Test Design*, 2005, chapter 3).

mod build;

use crate::model::bank::Bank;
use crate::model::question::Question;
use crate::model::random::random_weights;
use crate::model::vocabulary::{AskMode, Difficulty};
use crate::pick::reduce::{Keep, reduce};
use crate::pick::request::PickRequest;
use crate::pick::solver::Solution;

/// A question in a segment, taken so deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The index of the question in the bank.
    pub question: usize,
    /// The index of the request, where several screens are assembled together.
    pub form: usize,
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
    /// The number of questions.
    Questions,
    /// The most questions of one category.
    PerCategory,
    /// All questions of a list, or none.
    Together,
    /// A question that stays where it is.
    Kept,
    /// How many questions have a tag beyond the first.
    RepeatedTag,
    /// What holds between a form and others.
    Form,
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
    /// The marks of used categories, with the index of their request: variables.
    pub category_marks: Vec<(usize, usize)>,
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
    /// Those that can matter in so many forms of a screen.
    Forms(usize),
}

impl Program {
    /// The model of a request.
    #[must_use]
    pub fn new(bank: &Bank, request: &PickRequest, scope: Scope) -> Self {
        Self::joint(bank, std::slice::from_ref(request), scope)
    }

    /// The model of several screens for one candidate: no question is asked twice, none of a group or with an enemy of
    /// it in another screen.
    #[must_use]
    pub fn joint(bank: &Bank, requests: &[PickRequest], scope: Scope) -> Self {
        let seed = requests.first().map_or(0, |request| request.seed);
        let weights = random_weights(seed, bank.questions.len());
        let mut all: Vec<usize> = requests
            .iter()
            .flat_map(|request| eligible(bank, request))
            .collect();
        all.sort_unstable();
        all.dedup();
        let kept = match scope {
            Scope::All => all,
            Scope::Reduced => reduce(bank, requests, &all, &weights, &Keep::default()),
            Scope::AtMost(most) => {
                let most = Some(most);
                reduce(bank, requests, &all, &weights, &Keep { most, forms: 1 })
            }
            Scope::Forms(forms) => {
                reduce(bank, requests, &all, &weights, &Keep { most: None, forms })
            }
        };
        let choices = requests
            .iter()
            .enumerate()
            .flat_map(|(form, request)| choices(bank, form, request, &kept))
            .collect();
        build::build(
            bank,
            requests,
            Self {
                choices,
                rows: Vec::new(),
                extra: Vec::new(),
                category_marks: Vec::new(),
                objective: Vec::new(),
                weights,
            },
        )
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
        // What only adds to the sum can be no more than all of it.
        if self.objective.iter().all(|(_, weight)| *weight > 0) {
            for &(variable, weight) in &self.objective {
                let extra = variable.checked_sub(self.choices.len());
                if let Some(most) = extra.and_then(|extra| self.extra.get_mut(extra)) {
                    *most = (*most).min(value / weight);
                }
            }
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
            .zip(&solution.taken)
            .filter_map(|(choice, &taken)| (taken == 1).then_some(*choice))
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

/// Whether a question may be picked for a request, whatever its segments say.
#[must_use]
pub fn is_eligible(index: usize, question: &Question, request: &PickRequest) -> bool {
    let free = question.can_be_picked()
        && request.constraints.allow(question)
        && !request.memory.of(index).met;
    free || request.keeps(question.id()).is_some()
}

/// The active questions that the screen-wide filters allow, as indices into the bank.
#[must_use]
pub fn eligible(bank: &Bank, request: &PickRequest) -> Vec<usize> {
    let questions = bank.questions.iter().enumerate();
    questions
        .filter(|(index, question)| is_eligible(*index, question, request))
        .map(|(index, _)| index)
        .collect()
}

/// Every choice that the segments of a request allow.
fn choices(bank: &Bank, form: usize, request: &PickRequest, among: &[usize]) -> Vec<Choice> {
    let even_share = f64::from(request.frame.question_minutes())
        / f64::from(request.constraints.min_categories.unwrap_or(1).max(1));
    let mut choices = Vec::new();
    for &index in among {
        let question = &bank.questions[index];
        if !is_eligible(index, question, request) {
            continue;
        }
        let natural = natural_mode(question, even_share);
        let kept = request.keeps(question.id());
        for (number, segment) in request.segments.iter().enumerate() {
            if kept.is_none() && !request.takes(number, question) {
                continue;
            }
            for (mode, minutes) in question.matter.minutes.modes() {
                let as_wanted = segment.mode.is_none_or(|wanted| wanted == mode);
                let possible = match kept {
                    Some(kept) => (kept.segment, kept.mode) == (number, mode),
                    None => as_wanted && minutes <= segment.minutes.value,
                };
                if possible {
                    choices.push(Choice {
                        question: index,
                        form,
                        segment: number,
                        mode,
                        minutes,
                        difficulty: question.matter.difficulty.value,
                        natural: segment.mode.is_some() || natural == Some(mode),
                    });
                }
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
