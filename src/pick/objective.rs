//! What makes one screen better than another, most important first.
//!
//! 1. **Unused minutes**: the slot is filled.
//! 2. **Difficulty mix**: every difficulty is less than one question away from its share of the
//!    questions, which is as near as whole questions can promise; what exceeds that counts.
//! 3. **Ask modes**: as few questions as possible outside their natural mode, which is standard
//!    unless that would take more than one and a half even shares of the minutes.
//! 4. A seeded random choice among all screens that are best on these.

use crate::model::vocabulary::{Difficulty, Vocabulary};
use crate::pick::program::{Origin, Program, Row};
use crate::pick::random::SplitMix64;
use crate::pick::request::PickRequest;

/// One objective.
#[derive(Clone, Debug)]
pub struct Level {
    /// What it counts.
    pub name: &'static str,
    /// Variables and their weights; their sum is made as small as possible.
    pub terms: Vec<(usize, i64)>,
    /// What is added to the sum for the value that people see.
    pub constant: i64,
}

/// The objectives before the random choice; adds the variables and rows that they need.
pub fn levels(program: &mut Program, request: &PickRequest) -> Vec<Level> {
    let mut levels = vec![unused_minutes(program, request)];
    if let Some(mix) = difficulty_mix(program, request) {
        levels.push(mix);
    }
    levels.push(unnatural_modes(program));
    levels
}

fn unused_minutes(program: &Program, request: &PickRequest) -> Level {
    let offered: u32 = request.segments.iter().map(|part| part.minutes.value).sum();
    Level {
        name: "unused minutes",
        terms: program
            .choices
            .iter()
            .enumerate()
            .map(|(variable, choice)| (variable, -i64::from(choice.minutes)))
            .collect(),
        constant: i64::from(offered),
    }
}

fn unnatural_modes(program: &Program) -> Level {
    Level {
        name: "questions outside their natural ask mode",
        terms: program
            .choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| !choice.natural)
            .map(|(variable, _)| (variable, 1))
            .collect(),
        constant: 0,
    }
}

/// With shares `s` out of `t` and counts `c` out of `n`: `|c·t − s·n|` below `t` is less than one
/// question off. A variable per difficulty takes what is above that.
fn difficulty_mix(program: &mut Program, request: &PickRequest) -> Option<Level> {
    let mix = &request.constraints.mix;
    let share_of = |difficulty| {
        mix.get(&difficulty)
            .map_or(0, |share| i64::from(share.value))
    };
    let total: i64 = mix.keys().copied().map(share_of).sum();
    if total == 0 {
        return None;
    }
    let mut terms = Vec::new();
    for &difficulty in Difficulty::ALL {
        let share = share_of(difficulty);
        let excess = program.add_variable(i64::from(u32::MAX));
        terms.push((excess, 1));
        let distance: Vec<(usize, i64)> = program
            .choices
            .iter()
            .enumerate()
            .map(|(variable, choice)| {
                let counted = if choice.difficulty == difficulty {
                    total
                } else {
                    0
                };
                (variable, counted - share)
            })
            .collect();
        for sign in [1, -1] {
            let mut terms: Vec<_> = distance
                .iter()
                .map(|&(variable, weight)| (variable, sign * weight))
                .collect();
            terms.push((excess, -1));
            program.rows.push(Row {
                origin: Origin::Mix,
                terms,
                least: None,
                most: Some(total - 1),
            });
        }
    }
    Some(Level {
        name: "distance from the difficulty mix",
        terms,
        constant: 0,
    })
}

/// Random weights, the same for the same seed, in proportion to minutes: so a long question is as
/// likely to be chosen as a short one.
#[must_use]
pub fn random_level(program: &Program) -> Vec<(usize, i64)> {
    program
        .choices
        .iter()
        .enumerate()
        .map(|(variable, choice)| {
            let weight = program.weights[choice.question] * i64::from(choice.minutes);
            (variable, -weight)
        })
        .collect()
}

/// A random weight for each of `count` questions, from 0 to 65,535.
#[must_use]
pub fn random_weights(seed: u64, count: usize) -> Vec<i64> {
    let mut random = SplitMix64::new(seed);
    (0..count)
        .map(|_| i64::try_from(random.next_u64() >> 48).unwrap_or(0))
        .collect()
}
