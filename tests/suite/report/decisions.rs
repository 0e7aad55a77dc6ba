//! What people decided, beside the scorecards.

use serde_json::json;

use super::world::World;
use super::{of, parsed};
use crate::harness::{Project, Run};

const QUESTIONS: [(&str, &str); 4] = [
    ("joins", "databases"),
    ("indexes", "databases"),
    ("cache", "caching"),
    ("tokens", "security"),
];

#[test]
fn people_write_down_what_they_decided_and_why() {
    let world = World::new(&QUESTIONS).card("C-1", "ana", "submitted", "5555");
    let decide = |decision: &str, reason: &str| {
        decide_on(
            &world.project,
            &["--decision", decision, "--reason", reason, "--by", "mia"],
        )
    };
    decide(
        "Another interview",
        "Nothing about \u{1b}[2Jconcurrency yet",
    )
    .good();
    decide("Offer", "Solid in all rounds").good();
    let kept = world.project.read("interviews/C-1/decision.toml");
    assert!(
        kept.find("Another interview").unwrap() < kept.find("Offer").unwrap(),
        "{kept}"
    );
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    let found = report["decisions"].as_array().unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(
        (&found[1]["decision"], &found[1]["by"]),
        (&json!("Offer"), &json!("mia"))
    );
    let text = of(&world.project, "candidate C-1").good().stdout;
    assert!(
        text.contains(", mia: Offer. Solid in all rounds") && !text.contains("Decision: ____"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
    let shown = world
        .project
        .line("score decide --candidate C-1 --interviews interviews")
        .good()
        .stdout;
    assert_eq!(shown.lines().count(), 2);
    // It is neither a stray file nor forgotten by who asks for what is held.
    std::fs::write(world.project.path("interviews/C-1/stray.toml"), "").unwrap();
    let check = world.project.line("score check interviews").stdout;
    assert!(
        !check.contains("decision.toml") && check.contains("stray.toml"),
        "{check}"
    );
    std::fs::remove_file(world.project.path("interviews/C-1/stray.toml")).unwrap();
    let export = world
        .project
        .line("score export --candidate C-1 --interviews interviews")
        .good()
        .stdout;
    assert!(export.contains("Solid in all rounds"), "{export}");
    world
        .project
        .line("score purge --candidate C-1 --interviews interviews --yes")
        .good();
    assert!(!world.project.path("interviews/C-1").exists());
}

fn decide_on(project: &Project, words: &[&str]) -> Run {
    let about = [
        "score",
        "decide",
        "--candidate",
        "C-1",
        "--interviews",
        "interviews",
    ];
    project.run(&[about.as_slice(), words].concat())
}

#[test]
fn a_decision_needs_a_reason_and_a_name() {
    let world = World::new(&QUESTIONS).card("C-1", "ana", "draft", "5...");
    let run = decide_on(&world.project, &["--decision", "Offer", "--by", "mia"]);
    assert!(run.ended(2).stderr.contains("--reason"));
    let run = decide_on(
        &world.project,
        &["--decision", " ", "--reason", "x", "--by", "mia"],
    );
    assert!(run.ended(2).stderr.contains("the decision is empty"));
    let run = decide_on(
        &world.project,
        &["--decision", "Withdrew", "--reason", "x", "--by", "mia"],
    );
    assert!(run.good().stderr.contains("not handed in yet"));
    let broken = world.project.file(
        "interviews/C-1/decision.toml",
        "schema = 1\n[[decisions]]\nby = 3\n",
    );
    let run = decide_on(
        &broken,
        &["--decision", "Offer", "--reason", "x", "--by", "mia"],
    );
    assert!(run.ended(2).stderr.contains("decision.toml:"));
    assert_eq!(
        broken.read("interviews/C-1/decision.toml"),
        "schema = 1\n[[decisions]]\nby = 3\n"
    );
}

/// What could not be read again is not written.
#[test]
fn what_was_decided_stays_readable() {
    let world = World::new(&QUESTIONS).card("C-1", "ana", "submitted", "5555");
    let long = "d".repeat(60_000);
    let decide = || {
        let words = [
            "score",
            "decide",
            "--candidate",
            "C-1",
            "--interviews",
            "interviews",
        ];
        let more = ["--decision", "Offer", "--by", "mia", "--reason", &long];
        world.project.run(&[&words[..], &more[..]].concat())
    };
    for _ in 0..4 {
        decide().good();
    }
    let before = world.project.read("interviews/C-1/decision.toml");
    let run = decide().ended(2);
    assert!(
        run.stderr.contains("it would be larger than 256 KiB"),
        "{}",
        run.stderr
    );
    assert_eq!(world.project.read("interviews/C-1/decision.toml"), before);
    let report = parsed(of(&world.project, "candidate C-1 --format json"));
    assert_eq!(report["decisions"].as_array().unwrap().len(), 4);
}
