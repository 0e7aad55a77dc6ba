//! Screens that are changed, and why a screen is as it is.

use intervy::pick::edit::{self, Edit};
use intervy::pick::exact::Limits;
use intervy::pick::pick;
use intervy::pick::request::Wishes;

use crate::harness::{Project, shipped};
use crate::pick::{ids, plain};

#[test]
fn replacing_one_question_leaves_all_others_where_they_are() {
    let bank = shipped();
    for seed in 0..4 {
        let before = pick(&bank, &plain(&bank, seed), &Limits::default()).unwrap();
        for question in &before.questions {
            let edit = Edit {
                replace: vec![question.id.clone()],
                keep: Vec::new(),
            };
            let wishes = Wishes {
                seed,
                ..Wishes::default()
            };
            let request = edit::request(&bank, &before, &edit, &wishes).unwrap();
            let after = pick(&bank, &request, &Limits::default()).unwrap();
            assert!(!ids(&after).contains(question.id.as_str()));
            for other in before.questions.iter().filter(|one| one.id != question.id) {
                let stayed = after
                    .questions
                    .iter()
                    .find(|one| one.id == other.id)
                    .unwrap();
                assert_eq!((stayed.mode, &stayed.segment), (other.mode, &other.segment));
            }
            let changes = edit::changes(&before, &after);
            assert_eq!(changes.stayed, before.questions.len() - 1);
            assert_eq!(changes.gone, std::slice::from_ref(question));
            assert!(!changes.new.is_empty());
        }
    }
}

#[test]
fn keeping_some_keeps_those() {
    let bank = shipped();
    let before = pick(&bank, &plain(&bank, 1), &Limits::default()).unwrap();
    let kept = before.questions[0].id.clone();
    let edit = Edit {
        replace: Vec::new(),
        keep: vec![kept.clone()],
    };
    let wishes = Wishes {
        seed: 99,
        ..Wishes::default()
    };
    let request = edit::request(&bank, &before, &edit, &wishes).unwrap();
    let after = pick(&bank, &request, &Limits::default()).unwrap();
    assert!(ids(&after).contains(kept.as_str()));
    assert_ne!(ids(&before), ids(&after));
}

#[test]
fn every_question_is_explained() {
    let project = Project::bank()
        .question("databases", "only")
        .question("caching", "one")
        .question("caching", "other");
    let run = project
        .line("pick --categories 2 --minutes 16 --seed 1 --explain")
        .good();
    assert!(
        run.stdout.contains("there is no screen without it"),
        "{}",
        run.stdout
    );
    let (asked, left) = if run.stdout.contains("standard · one") {
        ("one", "other")
    } else {
        ("other", "one")
    };
    let swap = format!("chosen by the seed; as good: `{left}` instead");
    assert!(run.stdout.contains(&swap), "{asked} {}", run.stdout);
}
