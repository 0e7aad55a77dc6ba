//! Picks against brute force: the same objective values, every constraint kept, the same "impossible".
//!
//! The checker and the enumeration below know nothing of the model: they read the request.

use std::collections::BTreeSet;

use intervy::model::bank::Bank;
use intervy::model::constraints::Count;
use intervy::model::question::Question;
use intervy::model::screen::Screen;
use intervy::model::vocabulary::{AskMode, Difficulty, Vocabulary};
use intervy::pick::exact::Limits;
use intervy::pick::memory::Remembered;
use intervy::pick::random::random_weights;
use intervy::pick::request::PickRequest;
use intervy::pick::solver::SolveError;
use intervy::pick::{Solved, assemble, assemble_from_all, pick};
use proptest::prelude::*;

use crate::random_banks::{CATEGORIES, bank_of, banks, basic_request, request};

/// A question in a segment in a mode.
pub(crate) type Asked<'q> = (&'q Question, usize, AskMode);

/// Everything that a screen must satisfy; `Err` names the first thing that it does not.
pub(crate) fn check(request: &PickRequest, asked: &[Asked<'_>]) -> Result<(), String> {
    let fail = |what: String| Err(what);
    let minutes = |(question, _, mode): &Asked<'_>| question.matter.minutes.of(*mode);
    let ids: Vec<&str> = asked.iter().map(|(question, ..)| question.id()).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    if distinct.len() != ids.len() {
        return fail("a question is asked twice".into());
    }
    if asked
        .iter()
        .any(|one| minutes(one).is_none() || !one.0.is_active())
    {
        return fail("a mode that the question lacks, or a question that is not active".into());
    }
    for (number, segment) in request.segments.iter().enumerate() {
        let here: Vec<&Asked<'_>> = asked.iter().filter(|one| one.1 == number).collect();
        let used: u32 = here.iter().filter_map(|one| minutes(one)).sum();
        if used > segment.minutes.value {
            return fail(format!("segment {number} takes {used} minutes"));
        }
        within(segment.questions, here.len(), "questions of a segment")?;
        if segment
            .mode
            .is_some_and(|mode| here.iter().any(|one| one.2 != mode))
        {
            return fail("a mode that the segment does not want".into());
        }
        let named: BTreeSet<&str> = segment
            .required
            .iter()
            .chain(segment.one_of.iter().flatten())
            .map(|id| id.as_str())
            .collect();
        for (question, ..) in here.iter().copied() {
            let relaxed = &request.relaxed;
            if relaxed
                .welcome
                .contains(&(number, question.id().to_owned()))
            {
                continue;
            }
            // A segment that only names questions takes no others.
            let open =
                segment.categories.is_empty() && named.is_empty() || relaxed.open.contains(&number);
            let wanted = open
                || segment
                    .categories
                    .iter()
                    .any(|id| id.value == question.matter.category.value);
            if !named.contains(question.id()) && !wanted {
                return fail("a category that the segment does not want".into());
            }
        }
        for list in &segment.one_of {
            let of_list = here
                .iter()
                .filter(|one| list.iter().any(|id| *id.value == *one.0.id()));
            if of_list.count() != 1 {
                return fail("not one of a list".into());
            }
        }
        for id in &segment.required {
            if !here.iter().any(|one| *id.value == *one.0.id()) {
                return fail("a required question is not there".into());
            }
        }
    }
    let wishes = &request.constraints;
    let categories: BTreeSet<&str> = asked
        .iter()
        .map(|one| one.0.matter.category.value.as_str())
        .collect();
    if wishes
        .min_categories
        .is_some_and(|least| categories.len() < least as usize)
    {
        return fail("too few categories".into());
    }
    for id in &wishes.include {
        if !distinct.contains(id.as_str()) {
            return fail("an included question is not there".into());
        }
    }
    if wishes
        .exclude
        .iter()
        .any(|id| distinct.contains(id.as_str()))
    {
        return fail("an excluded question is there".into());
    }
    for (category, count) in &wishes.categories {
        let number = asked
            .iter()
            .filter(|one| one.0.matter.category.value == *category)
            .count();
        within(count.value, number, "questions of a category")?;
    }
    for (difficulty, count) in &wishes.difficulty {
        let number = asked
            .iter()
            .filter(|one| one.0.matter.difficulty.value == *difficulty);
        within(count.value, number.count(), "questions of a difficulty")?;
    }
    for (tag, count) in &wishes.tags {
        let number = asked
            .iter()
            .filter(|one| one.0.matter.tags.iter().any(|own| own.value == *tag));
        within(count.value, number.count(), "questions with a tag")?;
    }
    for (level, count) in &wishes.level_counts {
        let number = asked.iter().filter(|one| is_for(one.0, level));
        within(count.value, number.count(), "questions for a level")?;
    }
    if let Some(count) = wishes.questions {
        within(count, asked.len(), "questions")?;
    }
    if let Some(most) = wishes.max_per_category {
        for category in &categories {
            let number = asked
                .iter()
                .filter(|one| one.0.matter.category.value == *category);
            if number.count() > most as usize {
                return fail("too many of a category".into());
            }
        }
    }
    for list in &wishes.together {
        let there = list.iter().filter(|id| distinct.contains(id.as_str()));
        let there = there.count();
        if there != 0 && there != list.len() {
            return fail("some of those that belong together".into());
        }
    }
    for (tag, count) in &wishes.shares.tags {
        let has = |question: &Question| question.matter.tags.iter().any(|own| own.value == *tag);
        share(count.value, asked, has)?;
    }
    for (difficulty, count) in &wishes.shares.difficulty {
        let has = |question: &Question| question.matter.difficulty.value == *difficulty;
        share(count.value, asked, has)?;
    }
    for (category, count) in &wishes.shares.categories {
        let has = |question: &Question| question.matter.category.value == *category;
        share(count.value, asked, has)?;
    }
    for (level, count) in &wishes.shares.levels {
        share(count.value, asked, |question| is_for(question, level))?;
    }
    for (kind, count) in &wishes.shares.kinds {
        share(count.value, asked, |question| question.matter.kind == *kind)?;
    }
    for (kind, count) in &wishes.kinds {
        let number = asked.iter().filter(|one| one.0.matter.kind == *kind);
        within(count.value, number.count(), "questions of a kind")?;
    }
    let mut groups = BTreeSet::new();
    for (question, ..) in asked {
        if let Some(group) = &question.matter.group
            && !groups.insert(group.value.as_str())
            && !request.relaxed.groups
        {
            return fail("two questions of a group".into());
        }
        // A question that names itself says nothing.
        let enemies = question
            .matter
            .never_with
            .iter()
            .map(|enemy| enemy.as_str());
        if !request.relaxed.enemies
            && enemies
                .filter(|&enemy| enemy != question.id())
                .any(|enemy| distinct.contains(enemy))
        {
            return fail("two questions that may not meet".into());
        }
    }
    Ok(())
}

fn is_for(question: &Question, level: &str) -> bool {
    let levels = &question.matter.levels;
    levels.is_empty() || levels.iter().any(|own| own.value == level)
}

fn share(
    percent: Count,
    asked: &[Asked<'_>],
    has: impl Fn(&Question) -> bool,
) -> Result<(), String> {
    let part = 100 * asked.iter().filter(|one| has(one.0)).count();
    let least = percent.min.unwrap_or(0) as usize * asked.len();
    let most = percent.max.unwrap_or(100) as usize * asked.len();
    if (least..=most).contains(&part) {
        Ok(())
    } else {
        Err(format!(
            "{part} hundredths of {} questions, wanted {percent}",
            asked.len()
        ))
    }
}

fn within(count: Count, number: usize, what: &str) -> Result<(), String> {
    let number = u32::try_from(number).unwrap();
    let good =
        count.min.is_none_or(|min| number >= min) && count.max.is_none_or(|max| number <= max);
    if good {
        Ok(())
    } else {
        Err(format!("{number} {what}, wanted {count}"))
    }
}

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

/// The best values that any screen reaches, by looking at every one.
pub(crate) fn brute_force(bank: &Bank, request: &PickRequest) -> Option<Vec<u32>> {
    let mut best = None;
    every_screen(bank, request, &mut |asked| {
        let value = value(bank, request, asked);
        if best.as_ref().is_none_or(|best| value < *best) {
            best = Some(value);
        }
    });
    best
}

/// Looks at every screen that satisfies a request.
pub(crate) fn every_screen(bank: &Bank, request: &PickRequest, look: &mut dyn FnMut(&[Asked<'_>])) {
    try_from(bank, request, 0, &mut Vec::new(), look);
}

fn try_from<'b>(
    bank: &'b Bank,
    request: &PickRequest,
    next: usize,
    asked: &mut Vec<Asked<'b>>,
    look: &mut dyn FnMut(&[Asked<'_>]),
) {
    let Some(question) = bank.questions.get(next) else {
        if check(request, asked).is_ok() {
            look(asked);
        }
        return;
    };
    try_from(bank, request, next + 1, asked, look);
    if request.memory.of(next).met {
        return;
    }
    for segment in 0..request.segments.len() {
        for &mode in AskMode::ALL {
            if question.matter.minutes.of(mode).is_some() {
                asked.push((question, segment, mode));
                try_from(bank, request, next + 1, asked, look);
                asked.pop();
            }
        }
    }
}

/// What a screen asks, in the checker's terms.
pub(crate) fn asked<'b>(bank: &'b Bank, request: &PickRequest, screen: &Screen) -> Vec<Asked<'b>> {
    screen
        .questions
        .iter()
        .map(|pinned| {
            let segment = request
                .segments
                .iter()
                .position(|segment| segment.title.value == pinned.segment)
                .unwrap();
            (bank.question(&pinned.id).unwrap(), segment, pinned.mode)
        })
        .collect()
}

/// More branches than any small model needs.
pub(crate) const PLENTY: Limits<'_> = Limits {
    nodes: 50_000,
    stop: &|| false,
    enough: None,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_pick_is_as_good_as_the_best_of_all(texts in banks(), request in request()) {
        let bank = bank_of(&texts);
        let best = brute_force(&bank, &request);
        match pick(&bank, &request, &PLENTY) {
            Ok(screen) => {
                let asked = asked(&bank, &request, &screen);
                prop_assert_eq!(check(&request, &asked), Ok(()));
                let reached: Vec<u32> =
                    screen.verdict.objectives.iter().map(|objective| objective.value).collect();
                prop_assert_eq!(&reached, &value(&bank, &request, &asked));
                prop_assert_eq!(Some(reached), best);
            }
            Err(SolveError::Infeasible) => prop_assert_eq!(best, None),
            Err(error) => prop_assert!(false, "{:?}", error),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn questions_that_cannot_matter_do_not_matter(
        texts in prop::collection::vec((0usize..2, 0usize..2, 0usize..8), 4..14),
        request in basic_request(),
    ) {
        // Few profiles, so that most questions can stand in for each other.
        let texts: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(index, (category, minutes, extra))| format!(
                "---\nid: q{index}\ntitle: Q\ncategory: {}\ndifficulty: easy\nminutes: {}\n{}---\nP\n",
                CATEGORIES[*category],
                ["3", "{ quick: 2, standard: 4 }"][*minutes],
                ["", "", "", "", "", "group: g\n", "tags: [t]\n", "never_with: [q0]\n"][*extra],
            ))
            .collect();
        let bank = bank_of(&texts);
        let requests = std::slice::from_ref(&request);
        let limits = Limits::default();
        match (assemble(&bank, requests, &limits), assemble_from_all(&bank, requests, &limits)) {
            (Ok(reduced), Ok(all)) => {
                prop_assert_eq!(&reduced.objectives, &all.objectives);
                prop_assert_eq!(reduced.status, all.status);
                let weights = random_weights(request.seed, bank.questions.len());
                let weight = |solved: &Solved| -> i64 {
                    let chosen = solved.chosen.iter();
                    chosen.map(|one| weights[one.question] * i64::from(one.minutes)).sum()
                };
                prop_assert_eq!(weight(&reduced), weight(&all));
            }
            (Err(reduced), Err(all)) => prop_assert_eq!(reduced, all),
            (reduced, all) => prop_assert!(false, "{:?} {:?}", reduced, all),
        }
    }
}
