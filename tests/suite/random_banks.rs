//! Small random banks, and requests with every sort of condition.

use intervy::model::bank::Bank;
use intervy::model::blueprint::Segment;
use intervy::model::config::Frame;
use intervy::model::constraints::{Constraints, Count};
use intervy::model::source::{Span, Spanned};
use intervy::model::vocabulary::{AskMode, Difficulty, Kind, Vocabulary};
use intervy::pick::memory::{Memory, Remembered, Rest};
use intervy::pick::request::PickRequest;
use proptest::prelude::*;

use crate::harness::{read_question, shipped};

/// The categories of random banks.
pub(crate) const CATEGORIES: [&str; 3] = ["programming-fundamentals", "databases", "caching"];

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
        1 => Just("tags: [t, u]\nlevels: [senior]\n".to_owned()),
        1 => Just("levels: [mid]\n".to_owned()),
        1 => Just("kind: design\ntags: [u]\n".to_owned()),
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

/// Requests with every sort of condition, and what is remembered of each question.
pub(crate) fn request() -> impl Strategy<Value = PickRequest> {
    let count = (0u32..3, 0u32..3).prop_map(|(min, more)| Count {
        min: (min > 0).then_some(min),
        max: (more < 2).then_some(min + more),
    });
    let percent = (0u32..60, 0u32..60).prop_map(|(min, more)| Count {
        min: (min > 9).then_some(min),
        max: (more < 40).then_some(min + more),
    });
    let remembered = (0u32..3, 0u32..3, 0u32..9).prop_map(|(uses, lately, what)| Remembered {
        uses,
        lately: if uses > 0 { lately * 100 } else { 0 },
        met: what == 1,
        resting: (what == 2).then_some(Rest::WornOut(uses)),
    });
    let rare = prop::option::weighted::<BoxedStrategy<Count>>;
    (
        basic_request(),
        (
            rare(0.15, count.clone().boxed()),
            prop::option::weighted(0.15, 1u32..3),
            prop::option::weighted(0.15, prop::collection::vec(0usize..5, 2..4)),
            rare(0.1, count.boxed()),
            rare(0.1, percent.clone().boxed()),
            prop::option::weighted(0.2, (0u8..4, percent)),
            prop::option::weighted(0.1, 0u8..4),
        ),
        prop::option::weighted(0.3, prop::collection::vec(remembered, 5)),
    )
        .prop_map(|(mut request, more, memory)| {
            let here = |count: Count| Spanned::new(count, Span::default());
            let (questions, per_category, together, level, tag, other, kinds) = more;
            let wishes = &mut request.constraints;
            wishes.questions = questions;
            wishes.max_per_category = per_category;
            let ids = |list: Vec<usize>| -> Vec<Spanned<String>> {
                let ids = list.into_iter().map(|index| format!("q{index}"));
                ids.map(|id| Spanned::new(id, Span::default())).collect()
            };
            wishes.together = together.into_iter().map(ids).collect();
            let insert = |count: Option<Count>, into: &mut dyn FnMut(Spanned<Count>)| {
                count.map(here).into_iter().for_each(into);
            };
            insert(level, &mut |count| {
                wishes.level_counts.insert("senior".into(), count);
            });
            insert(tag, &mut |count| {
                wishes.shares.tags.insert("t".into(), count);
            });
            if let Some((what, count)) = other {
                let (shares, count) = (&mut wishes.shares, here(count));
                match what {
                    0 => drop(shares.difficulty.insert(Difficulty::Hard, count)),
                    1 => drop(shares.categories.insert("databases".into(), count)),
                    2 => drop(shares.levels.insert("mid".into(), count)),
                    _ => drop(shares.kinds.insert(Kind::Design, count)),
                }
            }
            if let Some(bounds) = kinds {
                let count = match bounds {
                    0 => Count::at_most(0),
                    1 => Count::exactly(1),
                    _ => Count::at_least(1),
                };
                wishes.kinds.insert(Kind::Design, here(count));
            }
            request.memory = memory.map(Memory::new).unwrap_or_default();
            request
        })
}

/// Requests with the conditions that most people use.
pub(crate) fn basic_request() -> impl Strategy<Value = PickRequest> {
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
                    frame: Frame {
                        minutes,
                        intro_minutes: 2,
                        closing_minutes: 2,
                    },
                    segments,
                    constraints,
                    seed: seed.into(),
                    ..PickRequest::default()
                }
            },
        )
}

pub(crate) fn banks() -> impl Strategy<Value = Vec<String>> {
    (1usize..6).prop_flat_map(|count| (0..count).map(question).collect::<Vec<_>>())
}
