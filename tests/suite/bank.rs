//! The shipped bank keeps what it promises.

use std::collections::{BTreeMap, BTreeSet};

use intervy::model::question::{Part, Question};
use intervy::model::vocabulary::{Difficulty, Kind};
use intervy::pick::pin::pin_by_hand;
use intervy::store::built_in::BANK;
use intervy::store::files::Files;

use crate::harness::{lint_files, shipped};

/// The eight areas of the backend bank.
const BACKEND: [&str; 8] = [
    "programming-fundamentals",
    "databases",
    "api-design",
    "devops",
    "security",
    "caching",
    "messaging",
    "monitoring",
];

#[test]
fn it_has_no_problem() {
    let findings = lint_files(&Files::BuiltIn(&BANK));
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn thirty_one_backend_questions_and_the_rest() {
    let bank = shipped();
    let (backend, further): (Vec<&Question>, Vec<&Question>) = bank
        .questions
        .iter()
        .partition(|question| BACKEND.contains(&question.matter.category.as_str()));
    assert_eq!(backend.len(), 31);
    assert!(further.len() >= 12);
    let kinds: BTreeSet<Kind> = further
        .iter()
        .map(|question| question.matter.kind)
        .collect();
    let wanted = [
        Kind::Behavioral,
        Kind::Situational,
        Kind::Design,
        Kind::Coding,
        Kind::Debugging,
    ];
    assert!(wanted.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    let mut categories: BTreeMap<&str, (usize, BTreeSet<Difficulty>)> = BTreeMap::new();
    for question in &backend {
        let entry = categories.entry(&question.matter.category).or_default();
        entry.0 += 1;
        entry.1.insert(question.matter.difficulty.value);
    }
    assert_eq!(categories.len(), 8);
    for (category, (count, difficulties)) in categories {
        assert!(count >= 3 && difficulties.len() >= 2, "{category}");
    }
}

#[test]
fn every_question_is_whole() {
    for question in &shipped().questions {
        let (id, body) = (question.id(), &question.text.body());
        let source = &question.text.source;
        for part in [
            Part::WhyAskThis,
            Part::ReferenceAnswer,
            Part::FollowUps,
            Part::StrongSignals,
            Part::RedFlags,
            Part::Rubric,
        ] {
            let contents: Vec<_> = body.part(part).collect();
            assert_eq!(contents.len(), 1, "{id}: {part:?}");
            assert!(!contents[0].content.is_empty(), "{id}: {part:?}");
        }
        assert!(
            body.sections.iter().all(|section| section.part.is_some()),
            "{id}"
        );
        let words = source.slice(body.prompt).split_whitespace().count();
        assert!(
            (20..=90).contains(&words),
            "{id}: a prompt of {words} words"
        );
        assert!((2..=4).contains(&body.follow_ups.len()), "{id}");
        let listening = body
            .follow_ups
            .iter()
            .all(|follow_up| !follow_up.listens_for.is_empty());
        assert!(listening, "{id}");
        let scores: Vec<u8> = body
            .anchors
            .iter()
            .map(|anchor| anchor.score.value)
            .collect();
        assert_eq!(scores, [3, 4, 5], "{id}");
        assert!(!question.matter.tags.is_empty(), "{id}");
        assert_eq!(question.matter.minutes.modes().count(), 3, "{id}");
        let folder = format!("questions/{}", question.matter.category.value);
        assert_eq!(question.text.folder, folder, "{id}");
    }
}

#[test]
fn weights_loop_and_screen() {
    let bank = shipped();
    let weights: Vec<u32> = bank
        .config
        .dimensions
        .iter()
        .map(|dimension| dimension.weight)
        .collect();
    assert_eq!(weights, [35, 25, 20, 12, 8]);
    let weighted: BTreeSet<&str> = bank
        .config
        .dimensions
        .iter()
        .flat_map(|dimension| &dimension.categories)
        .map(|category| category.as_str())
        .collect();
    assert_eq!(weighted.len(), bank.config.categories.len());
    let rounds: Vec<(u32, usize)> = bank.loops[0]
        .rounds
        .iter()
        .map(|round| (round.minutes.value, round.sessions.len()))
        .collect();
    assert_eq!(rounds, [(30, 1), (45, 1), (60, 1), (210, 4), (45, 1)]);
    for round in &bank.loops[0].rounds {
        let sessions: u32 = round
            .sessions
            .iter()
            .map(|session| bank.blueprint(&session.blueprint).unwrap().minutes.value)
            .sum();
        assert_eq!(sessions, round.minutes.value, "{}", round.title.value);
    }
    let screen = bank
        .screens
        .iter()
        .find(|screen| screen.name == "backend-developer")
        .unwrap();
    let pinned = pin_by_hand(&bank, screen).unwrap();
    assert_eq!(pinned.questions.len(), 10);
    assert!(
        pinned
            .questions
            .iter()
            .all(|question| BACKEND.contains(&question.category.as_str()))
    );
    assert_eq!(pinned.question_minutes(), pinned.frame().question_minutes());
}
