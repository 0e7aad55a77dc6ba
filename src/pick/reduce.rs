//! Dominance: which questions can matter at all.
//!
//! Two questions with the same profile (category, difficulty, minutes, and whatever else a constraint
//! looks at) can stand in for each other: a screen with the one of lower random weight becomes no worse
//! when the other, if it is not in it, takes its place. So of each profile only the questions of highest
//! weight matter, as many as a screen could hold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::bank::Bank;
use crate::model::constraints::Feature;
use crate::model::question::{Minutes, Question};
use crate::model::vocabulary::Difficulty;
use crate::pick::memory::Remembered;
use crate::pick::program::is_eligible;
use crate::pick::request::PickRequest;

/// What the conditions and objectives of the requests can see of a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Profile<'b> {
    category: &'b str,
    difficulty: Difficulty,
    minutes: [Option<u32>; 3],
    /// Which of the counted features it has.
    features: Vec<bool>,
    /// The requests and their segments that it fits.
    segments: Vec<(usize, usize)>,
    /// How worn it is.
    memory: Remembered,
    /// Its tags, where they are looked at.
    tags: Vec<&'b str>,
    group: Option<&'b str>,
    /// Set where nothing else can stand in for the question.
    unique: Option<usize>,
}

/// How many questions of a profile are kept.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// The most that a screen needs, where that is known.
    pub most: Option<u32>,
    /// For so many screens.
    pub forms: usize,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            most: None,
            forms: 1,
        }
    }
}

/// The questions among `eligible` that can matter, in the order of the bank. `weights` are the random
/// weights of all questions of the bank.
#[must_use]
pub fn reduce(
    bank: &Bank,
    requests: &[PickRequest],
    eligible: &[usize],
    weights: &[i64],
    keep: &Keep,
) -> Vec<usize> {
    let look = Look {
        named: named(bank, requests),
        counted: requests
            .iter()
            .flat_map(|request| request.constraints.counted())
            .map(|counted| counted.feature)
            .collect(),
        tags: eligible.len() <= FEW,
        requests,
    };
    let mut classes: BTreeMap<Profile<'_>, Vec<usize>> = BTreeMap::new();
    for &index in eligible {
        let profile = look.profile(&bank.questions[index], index);
        classes.entry(profile).or_default().push(index);
    }
    let mut kept: Vec<usize> = Vec::new();
    for (profile, mut members) in classes {
        let limit = match profile.group {
            // At most one question of a group is asked.
            Some(_) => 1,
            None => at_most(&profile, requests).min(keep.most.unwrap_or(u32::MAX)),
        };
        // Of questions that differ only in tags that are not looked at, some more leave a choice.
        let forms = u32::try_from(keep.forms).unwrap_or(u32::MAX);
        let limit = limit.saturating_mul(forms);
        let more = if look.tags || forms > 1 { 1 } else { MORE };
        let limit = limit.saturating_mul(more);
        members.sort_by_key(|&index| (Reverse(weights[index]), index));
        members.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        kept.extend(members);
    }
    kept.sort_unstable();
    kept
}

/// Up to so many questions, tags are looked at.
const FEW: usize = 400;

/// Whether questions that differ in nothing but their tags stand in for each other: then fewer tags than need be may
/// differ in what is picked.
#[must_use]
pub fn passes_over_tags(bank: &Bank, requests: &[PickRequest]) -> bool {
    let questions = bank.questions.iter().enumerate();
    let eligible = questions.filter(|(index, question)| {
        let mut requests = requests.iter();
        requests.any(|request| is_eligible(*index, question, request))
    });
    eligible.count() > FEW
}

/// Beyond that, so many times more questions of a profile are kept.
const MORE: u32 = 3;

struct Look<'b> {
    requests: &'b [PickRequest],
    named: BTreeSet<&'b str>,
    counted: Vec<Feature>,
    tags: bool,
}

/// Ids that the request or another question names.
fn named<'b>(bank: &'b Bank, requests: &'b [PickRequest]) -> BTreeSet<&'b str> {
    let mut named = BTreeSet::new();
    for question in &bank.questions {
        if !question.matter.never_with.is_empty() {
            named.insert(question.id());
            named.extend(question.matter.never_with.iter().map(|id| id.as_str()));
        }
    }
    for request in requests {
        let lists = request.segments.iter().flat_map(|segment| &segment.one_of);
        let lists = lists.chain(&request.constraints.together).flatten();
        let required = request
            .segments
            .iter()
            .flat_map(|segment| &segment.required);
        let included = request.constraints.include.iter();
        named.extend(included.chain(lists).chain(required).map(|id| id.as_str()));
        named.extend(request.kept.iter().map(|kept| kept.id.as_str()));
    }
    named
}

impl<'b> Look<'b> {
    fn profile(&self, question: &'b Question, index: usize) -> Profile<'b> {
        let matter = &question.matter;
        let Minutes {
            quick,
            standard,
            deep,
        } = matter.minutes.value;
        let mut segments = Vec::new();
        for (form, request) in self.requests.iter().enumerate() {
            if is_eligible(index, question, request) {
                let all = 0..request.segments.len();
                let fitting = all.filter(|&number| request.takes(number, question));
                segments.extend(fitting.map(|number| (form, number)));
            }
        }
        let looked_at = matter.tags.iter().filter(|_| self.tags);
        let mut tags: Vec<&str> = looked_at.map(|tag| tag.as_str()).collect();
        tags.sort_unstable();
        tags.dedup();
        let remembered = self.requests.first();
        Profile {
            category: &matter.category,
            difficulty: matter.difficulty.value,
            minutes: [quick, standard, deep],
            features: self
                .counted
                .iter()
                .map(|feature| feature.is_of(question))
                .collect(),
            segments,
            memory: remembered.map_or_else(Remembered::default, |request| request.memory.of(index)),
            tags,
            group: matter.group.as_ref().map(|group| group.as_str()),
            unique: self.named.contains(question.id()).then_some(index),
        }
    }
}

/// How many questions of a profile the screens can hold, by the minutes of the segments that they fit.
fn at_most(profile: &Profile<'_>, requests: &[PickRequest]) -> u32 {
    let shortest = profile.minutes.iter().flatten().min().copied().unwrap_or(1);
    profile
        .segments
        .iter()
        .map(|&(form, number)| {
            let segment = &requests[form].segments[number];
            let by_minutes = segment.minutes.value / shortest.max(1);
            by_minutes.min(segment.questions.max.unwrap_or(u32::MAX))
        })
        .sum()
}
