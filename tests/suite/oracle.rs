//! Picks against brute force: the same objective values, every constraint kept, the same "impossible".
//!
//! The checker and the enumeration below know nothing of the model: they read the request.

use std::collections::BTreeSet;

use intervy::model::bank::Bank;
use intervy::model::blueprint::{Constraints, Count, Segment};
use intervy::model::config::Frame;
use intervy::model::question::Question;
use intervy::model::screen::{PinnedQuestion, Screen};
use intervy::model::source::{Span, Spanned};
use intervy::model::vocabulary::{AskMode, Difficulty, Vocabulary};
use intervy::pick::objective::random_weights;
use intervy::pick::request::PickRequest;
use intervy::pick::solver::SolveError;
use intervy::pick::{NoScreen, pick, pick_from_all};
use proptest::prelude::*;

use crate::harness::{read_question, shipped};

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
            // A segment that only names questions takes no others.
            let open = segment.categories.is_empty() && named.is_empty();
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
    let mut groups = BTreeSet::new();
    for (question, ..) in asked {
        if let Some(group) = &question.matter.group
            && !groups.insert(group.value.as_str())
        {
            return fail("two questions of a group".into());
        }
        // A question that names itself says nothing.
        let enemies = question
            .matter
            .never_with
            .iter()
            .map(|enemy| enemy.as_str());
        if enemies
            .filter(|&enemy| enemy != question.id())
            .any(|enemy| distinct.contains(enemy))
        {
            return fail("two questions that may not meet".into());
        }
    }
    Ok(())
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

/// The documented objectives: unused minutes, excess over the difficulty mix, unnatural modes.
fn value(request: &PickRequest, asked: &[Asked<'_>]) -> Vec<u32> {
    let offered: u32 = request
        .segments
        .iter()
        .map(|segment| segment.minutes.value)
        .sum();
    let used: u32 = asked
        .iter()
        .filter_map(|one| one.0.matter.minutes.of(one.2))
        .sum();
    let mut values = vec![offered - used];
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
fn brute_force(bank: &Bank, request: &PickRequest) -> Option<Vec<u32>> {
    let mut best = None;
    let mut asked = Vec::new();
    try_from(bank, request, 0, &mut asked, &mut best);
    best
}

fn try_from<'b>(
    bank: &'b Bank,
    request: &PickRequest,
    next: usize,
    asked: &mut Vec<Asked<'b>>,
    best: &mut Option<Vec<u32>>,
) {
    let Some(question) = bank.questions.get(next) else {
        if check(request, asked).is_ok() {
            let value = value(request, asked);
            if best.as_ref().is_none_or(|best| value < *best) {
                *best = Some(value);
            }
        }
        return;
    };
    try_from(bank, request, next + 1, asked, best);
    for segment in 0..request.segments.len() {
        for &mode in AskMode::ALL {
            if question.matter.minutes.of(mode).is_some() {
                asked.push((question, segment, mode));
                try_from(bank, request, next + 1, asked, best);
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

const CATEGORIES: [&str; 3] = ["programming-fundamentals", "databases", "caching"];

fn question(index: usize) -> impl Strategy<Value = String> {
    let minutes = prop_oneof![
        (1u32..4, 0u32..4, 0u32..6).prop_map(|(quick, more, most)| format!(
            "{{ quick: {quick}, standard: {}, deep: {} }}",
            quick + more,
            quick + more + most
        )),
        (1u32..8).prop_map(|standard| standard.to_string()),
        (1u32..5, 0u32..6)
            .prop_map(|(quick, more)| format!("{{ quick: {quick}, deep: {} }}", quick + more)),
    ];
    let extras = prop_oneof![
        4 => Just(String::new()),
        1 => Just("group: g\n".to_owned()),
        1 => (0usize..5).prop_map(|other| format!("never_with: [q{other}]\n")),
        1 => Just("status: draft\n".to_owned()),
        1 => Just("tags: [t]\n".to_owned()),
    ];
    (0usize..3, 0usize..3, minutes, extras).prop_map(move |(category, difficulty, minutes, extras)| {
        format!(
            "---\nid: q{index}\ntitle: Q\ncategory: {}\ndifficulty: {}\nminutes: {minutes}\n{extras}---\nP\n",
            CATEGORIES[category],
            Difficulty::ALL[difficulty].name(),
        )
    })
}

pub(crate) fn bank_of(texts: &[String]) -> Bank {
    let mut bank = shipped();
    bank.questions = texts
        .iter()
        .map(|text| {
            let (question, findings) = read_question(text);
            question.unwrap_or_else(|| panic!("{text}\n{findings:?}"))
        })
        .collect();
    bank
}

fn segment() -> impl Strategy<Value = Segment> {
    (
        1u32..14,
        prop_oneof![
            Just(Count::at_least(1)),
            (0u32..3).prop_map(Count::exactly),
            Just(Count {
                min: None,
                max: Some(2)
            })
        ],
        prop::option::weighted(0.3, (0usize..3).prop_map(|mode| AskMode::ALL[mode])),
        prop::collection::vec((0usize..3).prop_map(|at| CATEGORIES[at].to_owned()), 0..2),
        prop::collection::vec(0usize..5, 0..3),
        any::<u8>(),
    )
        .prop_map(|(minutes, questions, mode, categories, named, what)| {
            let plain = |value: String| Spanned::new(value, Span::default());
            let named: Vec<_> = named
                .into_iter()
                .map(|index| plain(format!("q{index}")))
                .collect();
            Segment {
                title: plain(String::new()),
                minutes: Spanned::new(minutes, Span::default()),
                questions,
                mode,
                categories: categories.into_iter().map(plain).collect(),
                kinds: Vec::new(),
                difficulties: Vec::new(),
                tags: Vec::new(),
                one_of: if what % 5 == 0 && !named.is_empty() {
                    vec![named.clone()]
                } else {
                    Vec::new()
                },
                required: if what % 7 == 1 {
                    named.into_iter().take(1).collect()
                } else {
                    Vec::new()
                },
                note: None,
            }
        })
}

pub(crate) fn request() -> impl Strategy<Value = PickRequest> {
    let counts = prop_oneof![
        3 => Just(None),
        1 => (0u32..2, 0u32..3).prop_map(|(min, more)| Some(Count { min: Some(min), max: Some(min + more) })),
    ];
    (
        prop::collection::vec(segment(), 1..3),
        prop::option::of(1u32..4),
        prop::option::weighted(0.2, 0usize..5),
        prop::option::weighted(0.2, 0usize..5),
        (counts.clone(), counts.clone(), counts),
        prop::bool::ANY,
        any::<u32>(),
    )
        .prop_map(
            |(mut segments, least, include, exclude, counts, mix, seed)| {
                for (number, segment) in segments.iter_mut().enumerate() {
                    segment.title.value = format!("S{number}");
                }
                let here = |count: Count| Spanned::new(count, Span::default());
                let plain = |index: usize| Spanned::new(format!("q{index}"), Span::default());
                let minutes = segments
                    .iter()
                    .map(|segment| segment.minutes.value)
                    .sum::<u32>()
                    + 4;
                let mut constraints = Constraints {
                    min_categories: least,
                    include: include.map(plain).into_iter().collect(),
                    exclude: exclude.map(plain).into_iter().collect(),
                    ..Constraints::default()
                };
                if mix {
                    let shares = [1, 2, 1].map(|share| Spanned::new(share, Span::default()));
                    constraints.mix = Difficulty::ALL.iter().copied().zip(shares).collect();
                }
                if let Some(count) = counts.0 {
                    constraints
                        .categories
                        .insert("databases".into(), here(count));
                }
                if let Some(count) = counts.1 {
                    constraints.difficulty.insert(Difficulty::Hard, here(count));
                }
                if let Some(count) = counts.2 {
                    constraints.tags.insert("t".into(), here(count));
                }
                PickRequest {
                    title: "T".into(),
                    slug: "t".into(),
                    blueprint: None,
                    frame: Frame {
                        minutes,
                        intro_minutes: 2,
                        closing_minutes: 2,
                    },
                    segments,
                    constraints,
                    seed: seed.into(),
                }
            },
        )
}

pub(crate) fn banks() -> impl Strategy<Value = Vec<String>> {
    (1usize..6).prop_flat_map(|count| (0..count).map(question).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_pick_is_as_good_as_the_best_of_all(texts in banks(), request in request()) {
        let bank = bank_of(&texts);
        let best = brute_force(&bank, &request);
        match pick(&bank, &request) {
            Ok(screen) => {
                let asked = asked(&bank, &request, &screen);
                prop_assert_eq!(check(&request, &asked), Ok(()));
                let reached: Vec<u32> =
                    screen.verdict.objectives.iter().map(|objective| objective.value).collect();
                prop_assert_eq!(&reached, &value(&request, &asked));
                prop_assert_eq!(Some(reached), best);
            }
            Err(NoScreen::Infeasible(_)) => prop_assert_eq!(best, None),
            Err(NoScreen::Failed(error)) => prop_assert!(false, "{:?}", error),
        }
    }

    #[test]
    fn suggested_ways_out_are_ways_out(texts in banks(), mut request in request()) {
        let bank = bank_of(&texts);
        // Suggestions of minutes are for requests without segments of their own.
        request.segments.truncate(1);
        let Err(NoScreen::Infeasible(nearest)) = pick(&bank, &request) else {
            return Ok(());
        };
        if let Some(minutes) = nearest.fewest_minutes {
            let mut longer = request.clone();
            let set = |request: &mut PickRequest, minutes: u32| {
                request.frame.minutes = minutes;
                request.segments[0].minutes.value = minutes - 4;
            };
            set(&mut longer, minutes);
            prop_assert!(pick(&bank, &longer).is_ok());
            if minutes > 5 {
                set(&mut longer, minutes - 1);
                prop_assert!(pick(&bank, &longer).is_err());
            }
        }
        if let Some(most) = nearest.most_categories.filter(|&most| most > 0) {
            let mut fewer = request.clone();
            fewer.constraints.min_categories = Some(most);
            prop_assert!(pick(&bank, &fewer).is_ok());
            fewer.constraints.min_categories = Some(most + 1);
            prop_assert!(pick(&bank, &fewer).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn questions_that_cannot_matter_do_not_matter(
        texts in prop::collection::vec((0usize..2, 0usize..2, 0usize..8), 4..14),
        request in request(),
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
        match (pick(&bank, &request), pick_from_all(&bank, &request)) {
            (Ok(reduced), Ok(all)) => {
                prop_assert_eq!(&reduced.verdict, &all.verdict);
                let weights = random_weights(request.seed, bank.questions.len());
                let weight = |screen: &Screen| -> i64 {
                    let weigh = |question: &PinnedQuestion| {
                        let index = bank.questions.iter().position(|known| known.id() == question.id);
                        weights[index.unwrap()] * i64::from(question.minutes)
                    };
                    screen.questions.iter().map(weigh).sum()
                };
                prop_assert_eq!(weight(&reduced), weight(&all));
            }
            (Err(NoScreen::Infeasible(reduced)), Err(NoScreen::Infeasible(all))) => {
                prop_assert_eq!(reduced, all);
            }
            // Many questions of one profile make branching slow; then both give up, or only the larger.
            (_, Err(NoScreen::Failed(SolveError::TooHard(_)))) => {}
            (reduced, all) => prop_assert!(false, "{:?} {:?}", reduced, all),
        }
    }
}
