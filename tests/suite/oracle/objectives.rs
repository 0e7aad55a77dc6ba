//! How good a screen is, by the documented objectives.

use std::collections::BTreeSet;

use intervy::model::bank::Bank;
use intervy::model::question::Question;
use intervy::model::vocabulary::{AskMode, Difficulty, Vocabulary};
use intervy::pick::memory::Remembered;
use intervy::pick::request::PickRequest;

use super::Asked;

/// The documented objectives, most important first.
pub(crate) fn value(bank: &Bank, request: &PickRequest, asked: &[Asked<'_>]) -> Vec<u32> {
    let index = |question: &Question| {
        let mut questions = bank.questions.iter();
        questions
            .position(|known| known.id() == question.id())
            .unwrap()
    };
    let remembered = |one: &Asked<'_>| request.memory.of(index(one.0));
    let minutes = |one: &Asked<'_>| one.0.matter.minutes.of(one.2).unwrap();
    let offered: u32 = request
        .segments
        .iter()
        .map(|segment| segment.minutes.value)
        .sum();
    let used: u32 = asked
        .iter()
        .filter_map(|one| one.0.matter.minutes.of(one.2))
        .sum();
    let mut values = Vec::new();
    if !request.memory.is_empty() {
        let resting = asked.iter().filter(|one| remembered(one).resting.is_some());
        values.push(u32::try_from(resting.count()).unwrap());
    }
    values.push(offered - used);
    let mix = &request.constraints.mix;
    let total: u32 = mix.values().map(|share| share.value).sum();
    if total > 0 {
        let all = asked.len() as i64;
        let excess: i64 = Difficulty::ALL
            .iter()
            .map(|difficulty| {
                let count = asked
                    .iter()
                    .filter(|one| one.0.matter.difficulty.value == *difficulty);
                let share = mix
                    .get(difficulty)
                    .map_or(0, |share| i64::from(share.value));
                let off = (count.count() as i64 * i64::from(total) - share * all).abs();
                (off - (i64::from(total) - 1)).max(0)
            })
            .sum();
        values.push(u32::try_from(excess).unwrap());
    }
    let even = f64::from(request.frame.question_minutes())
        / f64::from(request.constraints.min_categories.unwrap_or(1));
    let unnatural = asked
        .iter()
        .filter(|(question, segment, mode)| {
            request.segments[*segment].mode.is_none() && natural(question, even) != *mode
        })
        .count();
    values.push(u32::try_from(unnatural).unwrap());
    if !request.memory.is_empty() {
        let weighed = |weight: fn(Remembered) -> u32| {
            let asked = asked.iter();
            asked
                .map(|one| minutes(one) * weight(remembered(one)))
                .sum()
        };
        values.push(weighed(|known| known.uses));
        values.push(weighed(|known| known.lately));
    }
    let repeated = |words: Vec<&str>| {
        let distinct: BTreeSet<&&str> = words.iter().collect();
        u32::try_from(words.len() - distinct.len()).unwrap()
    };
    let categories = asked.iter().map(|one| one.0.matter.category.value.as_str());
    values.push(repeated(categories.collect()));
    let tags = asked.iter().flat_map(|one| &one.0.matter.tags);
    values.push(repeated(tags.map(|tag| tag.as_str()).collect()));
    values
}

fn natural(question: &Question, even: f64) -> AskMode {
    let minutes = question.matter.minutes.value;
    let fits = |length: Option<u32>| length.is_some_and(|length| f64::from(length) <= 1.5 * even);
    if fits(minutes.standard) {
        AskMode::Standard
    } else if minutes.quick.is_some() {
        AskMode::Quick
    } else if minutes.standard.is_some() {
        AskMode::Standard
    } else {
        AskMode::Deep
    }
}
