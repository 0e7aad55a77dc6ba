//! Dominance: which questions can matter at all.
//!
//! Two questions with the same profile (category, difficulty, minutes, and whatever else a constraint
//! looks at) can stand in for each other: a screen with the one of lower random weight becomes no worse
//! when the other, if it is not in it, takes its place. So of each profile only the questions of highest
//! weight matter, as many as a screen could hold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::bank::Bank;
use crate::model::question::{Minutes, Question};
use crate::model::vocabulary::{Difficulty, Kind};
use crate::pick::request::PickRequest;

/// What the constraints of a request can see of a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Profile<'b> {
    category: &'b str,
    difficulty: Difficulty,
    minutes: [Option<u32>; 3],
    kind: Option<Kind>,
    /// The counted tags that it has.
    tags: Vec<&'b str>,
    /// The segments that it fits.
    segments: Vec<usize>,
    group: Option<&'b str>,
    /// Set where nothing else can stand in for the question.
    unique: Option<usize>,
}

/// The questions among `eligible` that can matter, in the order of the bank. `weights` are the random
/// weights of all questions of the bank; `most` bounds the number of questions of a screen.
#[must_use]
pub fn reduce(
    bank: &Bank,
    request: &PickRequest,
    eligible: &[usize],
    weights: &[i64],
    most: Option<u32>,
) -> Vec<usize> {
    let named = named(bank, request);
    let mut classes: BTreeMap<Profile<'_>, Vec<usize>> = BTreeMap::new();
    for &index in eligible {
        let profile = profile(&bank.questions[index], index, request, &named);
        classes.entry(profile).or_default().push(index);
    }
    let mut kept: Vec<usize> = Vec::new();
    for (profile, mut members) in classes {
        let limit = match profile.group {
            // At most one question of a group is asked.
            Some(_) => 1,
            None => at_most(&profile, request).min(most.unwrap_or(u32::MAX)),
        };
        members.sort_by_key(|&index| (Reverse(weights[index]), index));
        members.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        kept.extend(members);
    }
    kept.sort_unstable();
    kept
}

/// Ids that the request or another question names.
fn named<'b>(bank: &'b Bank, request: &'b PickRequest) -> BTreeSet<&'b str> {
    let enemies = bank.questions.iter().flat_map(|question| {
        let own = (!question.matter.never_with.is_empty()).then_some(question.id());
        let others = question.matter.never_with.iter().map(|id| id.as_str());
        others.chain(own)
    });
    let included = request.constraints.include.iter();
    let wanted = request.segments.iter().flat_map(|segment| {
        segment
            .required
            .iter()
            .chain(segment.one_of.iter().flatten())
    });
    enemies
        .chain(included.chain(wanted).map(|id| id.as_str()))
        .collect()
}

fn profile<'b>(
    question: &'b Question,
    index: usize,
    request: &PickRequest,
    named: &BTreeSet<&str>,
) -> Profile<'b> {
    let matter = &question.matter;
    let Minutes {
        quick,
        standard,
        deep,
    } = matter.minutes.value;
    let counted = &request.constraints.tags;
    let mut tags: Vec<&str> = matter
        .tags
        .iter()
        .map(|tag| tag.as_str())
        .filter(|tag| counted.contains_key(*tag))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    let kinds = &request.constraints.kinds;
    Profile {
        category: &matter.category,
        difficulty: matter.difficulty.value,
        minutes: [quick, standard, deep],
        kind: kinds.contains_key(&matter.kind).then_some(matter.kind),
        tags,
        segments: (0..request.segments.len())
            .filter(|&number| request.segments[number].fits(question))
            .collect(),
        group: matter.group.as_ref().map(|group| group.as_str()),
        unique: named.contains(question.id()).then_some(index),
    }
}

/// How many questions of a profile a screen can hold, by the minutes of the segments that they fit.
fn at_most(profile: &Profile<'_>, request: &PickRequest) -> u32 {
    let shortest = profile.minutes.iter().flatten().min().copied().unwrap_or(1);
    profile
        .segments
        .iter()
        .map(|&number| {
            let segment = &request.segments[number];
            let by_minutes = segment.minutes.value / shortest.max(1);
            by_minutes.min(segment.questions.max.unwrap_or(u32::MAX))
        })
        .sum()
}
