//! Where scorecards are, what they are called, and which screen they are of.

use std::fs;

use intervy::model::scorecard::Answer;

use super::{card, card_path, project, score};
use crate::harness::Project;

#[test]
fn scorecards_stay_out_of_the_banks_repository() {
    let project = project();
    fs::create_dir(project.path(".git")).unwrap();
    let run = score(&project, &["--set", "one=4"]).ended(2);
    assert!(run.stderr.contains("personal data"), "{}", run.stderr);
    assert!(!project.path("interviews").exists());
    score(&project, &["--set", "one=4", "--force"]).good();
    // Another repository is another matter.
    let other = Project::empty();
    let elsewhere = other.path("deep/interviews");
    score(
        &project,
        &[
            "--set",
            "one=4",
            "--interviews",
            elsewhere.to_str().unwrap(),
        ],
    )
    .good();
    assert!(elsewhere.join("C-1").is_dir());
}

#[test]
fn names_are_safe_and_nobodys() {
    let project = project();
    for bad in ["../x", "a/b", "", ".", "CON", "a b", "Jane Doe"] {
        let run = project.run(&[
            "--bank",
            "bank",
            "score",
            "s",
            "--candidate",
            bad,
            "--interviewer",
            "ana",
            "--set",
            "one=4",
        ]);
        assert_eq!(run.status, 2, "{bad}: {}", run.stderr);
    }
    assert!(!project.path("interviews").exists());
    let run = project
        .run(&[
            "--bank",
            "bank",
            "score",
            "s",
            "--candidate",
            "jane.doe@example.com",
            "--interviewer",
            "ana",
            "--set",
            "one=4",
        ])
        .good();
    assert!(
        run.stderr.contains("looks like an e-mail address"),
        "{}",
        run.stderr
    );
    score(&project, &["--set", "one=4"]).good();
    let run = project
        .run(&[
            "--bank",
            "bank",
            "score",
            "s",
            "--candidate",
            "c-1",
            "--interviewer",
            "ana",
            "--set",
            "one=4",
        ])
        .ended(2);
    assert!(
        run.stderr.contains("the same but for its case"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_has_changed_since_is_said() {
    let project = project();
    let run = score(&project, &["--set", "one=2", "--note", "one=Guessed."]).good();
    assert!(
        run.stderr.contains("`one` does not say what 2 looks like"),
        "{}",
        run.stderr
    );
    let run = score(&project, &["--set", "two=4"]).good();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    // The screen beside the scorecard is the one that is scored.
    let path = project.path("bank/questions/databases/one.md");
    let text = fs::read_to_string(&path).unwrap() + "\nMore.\n";
    fs::write(&path, text).unwrap();
    let own = [
        "--bank",
        "bank",
        "score",
        "--candidate",
        "C-1",
        "--interviewer",
        "ana",
        "--set",
        "two=3",
    ];
    let run = project.run(&own).good();
    assert!(
        run.stderr.contains("`one` has changed in the bank"),
        "{}",
        run.stderr
    );
    fs::remove_file(&path).unwrap();
    let run = project.run(&own).good();
    assert!(
        run.stderr.contains("`one` is not in the bank any more"),
        "{}",
        run.stderr
    );
    // Another screen under the same id is refused.
    let folder = project.path(&card_path(&project, "ana"));
    let screen = folder.parent().unwrap().join("screen.toml");
    let text = fs::read_to_string(&screen).unwrap();
    fs::copy(&screen, project.path("kept.toml")).unwrap();
    fs::write(&screen, text.replace("A screen", "Another")).unwrap();
    let run = project
        .run(&[
            "--bank",
            "bank",
            "score",
            "kept.toml",
            "--candidate",
            "C-1",
            "--interviewer",
            "ana",
            "--set",
            "two=3",
        ])
        .ended(2);
    assert!(
        run.stderr.contains("another screen with the same id"),
        "{}",
        run.stderr
    );
}

#[test]
fn whoever_is_assigned_is_listed_before_they_begin() {
    let project = project();
    score(&project, &["--set", "one=4"]).good();
    let own = [
        "--bank",
        "bank",
        "score",
        "assign",
        "s",
        "--candidate",
        "C-1",
    ];
    let run = project
        .run(&[&own[..], &["--interviewer", "ana,ben"]].concat())
        .good();
    assert!(run.stderr.contains("began 1 scorecard"), "{}", run.stderr);
    let run = project.line("--bank bank score list --format csv").good();
    assert!(
        run.stdout.contains("\"ana\",\"draft\"") && run.stdout.contains("\"ben\",\"draft\""),
        "{}",
        run.stdout
    );
    // What was there stays, and what was begun can be filled in.
    assert_eq!(
        card(&project, "ana").rating("one").unwrap().answer,
        Some(Answer::Score(4))
    );
    let flags = [
        "--bank",
        "bank",
        "score",
        "--candidate",
        "C-1",
        "--interviewer",
        "ben",
        "--set",
        "two=3",
    ];
    project.run(&flags).good();
    assert_eq!(
        card(&project, "ben").rating("two").unwrap().answer,
        Some(Answer::Score(3))
    );
}
