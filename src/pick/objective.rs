//! What makes one screen better than another, most important first.
//!
//! 1. **Resting questions**: as few as possible that were asked too lately or too often, where that is remembered.
//! 2. **Unused minutes**: the slot is filled.
//! 3. **Difficulty mix**: every difficulty is less than one question away from its share of the
//!    questions, which is as near as whole questions can promise; what exceeds that counts.
//! 4. **Ask modes**: as few questions as possible outside their natural mode, which is standard
//!    unless that would take more than one and a half even shares of the minutes.
//! 5. **Exposure**: minutes of questions, times the screens that they were in before.
//! 6. **Lateness**: minutes of questions, times how lately they were asked.
//! 7. **Categories**: as few questions as possible of a category that another one is of.
//! 8. **Tags**: as few tags as possible that another question has.
//! 9. A seeded random choice among all screens that are best on these.

use std::collections::BTreeMap;

use crate::model::bank::Bank;
use crate::model::vocabulary::{Difficulty, Vocabulary};
use crate::pick::memory::Remembered;
use crate::pick::program::{Choice, Origin, Program, Row};
use crate::pick::request::PickRequest;

/// The name of the objective about questions that should rest.
pub const RESTING: &str = "resting questions";

/// The name of the objective about tags.
pub const TAGS: &str = "repeated tags";

/// One objective.
#[derive(Clone, Debug)]
pub struct Level {
    /// What it counts.
    pub name: &'static str,
    /// Variables and their weights; their sum is made as small as possible.
    pub terms: Vec<(usize, i64)>,
    /// What is added to the sum for the value that people see.
    pub constant: i64,
    /// Rows that only this objective and those after it need: earlier ones are quicker without. Each ends in a variable
    /// that takes what is above its bound.
    pub rows: Vec<Row>,
}

impl Level {
    fn new(name: &'static str, terms: Vec<(usize, i64)>) -> Self {
        Self {
            name,
            terms,
            constant: 0,
            rows: Vec::new(),
        }
    }

    /// Adds the level's rows to a program, and to the variables that were `taken` what the rows ask for.
    pub fn begin(&self, program: &mut Program, taken: Option<&mut Vec<i64>>) {
        program.rows.extend(self.rows.iter().cloned());
        program.minimise(&self.terms);
        let Some(taken) = taken else { return };
        for row in &self.rows {
            let of = |terms: &[(usize, i64)]| -> i64 {
                let terms = terms.iter();
                terms
                    .map(|&(variable, weight)| weight * taken.get(variable).copied().unwrap_or(0))
                    .sum()
            };
            let over = of(&row.terms) - row.most.unwrap_or(i64::MAX);
            if let Some(&(excess, _)) = row.terms.last()
                && over > 0
                && let Some(count) = taken.get_mut(excess)
            {
                *count += over;
            }
        }
    }
}

/// The objectives before the random choice; adds the variables that they need. Those about memory are left out where
/// nothing is remembered.
pub fn levels(program: &mut Program, bank: &Bank, requests: &[PickRequest]) -> Vec<Level> {
    let remembered = |choice: &Choice| -> Remembered {
        let request = requests.get(choice.form);
        request.map_or_else(Remembered::default, |request| {
            request.memory.of(choice.question)
        })
    };
    let resting = weigh(program, |choice| {
        i64::from(remembered(choice).resting.is_some())
    });
    let exposure = weigh(program, |choice| {
        i64::from(choice.minutes) * i64::from(remembered(choice).uses)
    });
    let lateness = weigh(program, |choice| {
        i64::from(choice.minutes) * i64::from(remembered(choice).lately)
    });
    let remembers = requests.iter().any(|request| !request.memory.is_empty());
    let mut levels = Vec::new();
    if remembers {
        levels.push(Level::new(RESTING, resting));
    }
    levels.push(unused_minutes(program, requests));
    levels.extend(difficulty_mix(program, requests));
    let unnatural = weigh(program, |choice| i64::from(!choice.natural));
    levels.push(Level::new(
        "questions outside their natural ask mode",
        unnatural,
    ));
    if remembers {
        levels.push(Level::new("earlier uses times minutes", exposure));
        levels.push(Level::new("lateness times minutes", lateness));
    }
    levels.push(repeated_categories(program));
    levels.push(repeated_tags(program, bank));
    levels
}

/// The choices with a weight other than 0.
fn weigh(program: &Program, weight: impl Fn(&Choice) -> i64) -> Vec<(usize, i64)> {
    let choices = program.choices.iter().enumerate();
    let weighed = choices.map(|(variable, choice)| (variable, weight(choice)));
    weighed.filter(|(_, weight)| *weight != 0).collect()
}

fn unused_minutes(program: &Program, requests: &[PickRequest]) -> Level {
    let segments = requests.iter().flat_map(|request| &request.segments);
    let offered: u32 = segments.map(|part| part.minutes.value).sum();
    Level {
        constant: i64::from(offered),
        ..Level::new(
            "unused minutes",
            weigh(program, |choice| -i64::from(choice.minutes)),
        )
    }
}

/// With shares `s` out of `t` and counts `c` out of `n`: `|c·t − s·n|` below `t` is less than one
/// question off. A variable per difficulty takes what is above that.
fn difficulty_mix(program: &mut Program, requests: &[PickRequest]) -> Option<Level> {
    let mut excesses = Vec::new();
    let mut rows = Vec::new();
    for (form, request) in requests.iter().enumerate() {
        let mix = &request.constraints.mix;
        let share_of = |difficulty| {
            mix.get(&difficulty)
                .map_or(0, |share| i64::from(share.value))
        };
        let total: i64 = mix.keys().copied().map(share_of).sum();
        if total == 0 {
            continue;
        }
        let choices = program.choices.iter();
        let mut questions: Vec<usize> = choices
            .filter(|choice| choice.form == form)
            .map(|choice| choice.question)
            .collect();
        questions.dedup();
        let asked = i64::try_from(questions.len()).unwrap_or(i64::from(u32::MAX));
        for &difficulty in Difficulty::ALL {
            let share = share_of(difficulty);
            let excess = program.add_variable(total * asked);
            excesses.push((excess, 1));
            for sign in [1, -1] {
                let mut terms = weigh(program, |choice| {
                    let counted = i64::from(choice.difficulty == difficulty) * total;
                    i64::from(choice.form == form) * sign * (counted - share)
                });
                terms.push((excess, -1));
                rows.push(Row {
                    origin: Origin::Mix,
                    terms,
                    least: None,
                    most: Some(total - 1),
                });
            }
        }
    }
    (!excesses.is_empty()).then(|| Level {
        rows,
        ..Level::new("distance from the difficulty mix", excesses)
    })
}

/// Questions less distinct categories, screen by screen.
fn repeated_categories(program: &Program) -> Level {
    let marks = program.category_marks.iter();
    let mut terms = weigh(program, |_| 1);
    terms.extend(marks.map(|&(_, mark)| (mark, -1)));
    Level::new("repeated categories", terms)
}

/// A variable for every tag takes how many questions of a screen have it beyond the first.
fn repeated_tags(program: &mut Program, bank: &Bank) -> Level {
    let mut by_tag: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (variable, choice) in program.choices.iter().enumerate() {
        let mut tags: Vec<&str> = bank.questions[choice.question]
            .matter
            .tags
            .iter()
            .map(|tag| tag.as_str())
            .collect();
        tags.sort_unstable();
        tags.dedup();
        for tag in tags {
            by_tag.entry((choice.form, tag)).or_default().push(variable);
        }
    }
    let mut repeated = Vec::new();
    let mut rows = Vec::new();
    for variables in by_tag.into_values() {
        let questions = variables.iter().map(|&variable| {
            let choice = &program.choices[variable];
            choice.question
        });
        let mut questions: Vec<usize> = questions.collect();
        questions.dedup();
        if questions.len() < 2 {
            continue;
        }
        let most = i64::try_from(questions.len() - 1).unwrap_or(i64::from(u32::MAX));
        let excess = program.add_variable(most);
        repeated.push((excess, 1));
        let mut terms: Vec<(usize, i64)> = variables
            .into_iter()
            .map(|variable| (variable, 1))
            .collect();
        terms.push((excess, -1));
        rows.push(Row {
            origin: Origin::RepeatedTag,
            terms,
            least: None,
            most: Some(1),
        });
    }
    Level {
        rows,
        ..Level::new(TAGS, repeated)
    }
}

/// Random weights, the same for the same seed, in proportion to minutes: so a long question is as
/// likely to be chosen as a short one.
#[must_use]
pub fn random_level(program: &Program) -> Vec<(usize, i64)> {
    weigh(program, |choice| {
        -program.weights[choice.question] * i64::from(choice.minutes)
    })
}
