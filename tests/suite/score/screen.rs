//! Which screen a scorecard is of: who may name which file, and what the first scorecard of an interview needs.

use std::fs;

use super::{card_path, project, score};
use crate::harness::{Project, Run};

/// `intervy --bank bank score …`
fn run(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--bank", "bank", "score"], arguments].concat())
}

/// The screen that somebody has scored, as a file of its own, and nobody's scores.
fn pinned(project: &Project) -> String {
    score(project, &["--set", "one=4"]).good();
    let text = project.read(&card_path(project, "ana").replace("ana.toml", "screen.toml"));
    fs::remove_dir_all(project.path("interviews")).unwrap();
    fs::write(project.path("screen.toml"), &text).unwrap();
    text
}

#[test]
fn a_file_names_its_screen_by_an_id_and_never_by_a_path() {
    let project = project();
    score(&project, &["--set", "one=4"]).good();
    fs::write(project.path("secret"), "KEY = sesame\n").unwrap();
    for (screen, expected) in [
        (
            project.path("secret").to_str().unwrap(),
            "is no id of a screen",
        ),
        ("./secret", "is no id of a screen"),
        ("screen.toml", "is no id of a screen"),
        ("-", "is no id of a screen"),
        ("secret", "`intervy score screen.toml --from a.csv`"),
    ] {
        let csv = format!("screen,candidate,interviewer,question,score\n{screen},C-1,ben,one,3\n");
        fs::write(project.path("a.csv"), csv).unwrap();
        let run = run(&project, &["--from", "a.csv"]).ended(2);
        assert!(run.stderr.contains(expected), "{screen}: {}", run.stderr);
        assert!(!run.stderr.contains("sesame"), "{screen}: {}", run.stderr);
        let toml = format!(
            "schema = 1\nscreen = \"{screen}\"\ncandidate = \"C-1\"\ninterviewer = \"ben\"\nstatus = \"draft\"\n"
        );
        fs::write(project.path("a.toml"), toml).unwrap();
        let run = self::run(&project, &["--from", "a.toml"]).ended(2);
        assert!(!run.stderr.contains("sesame"), "{screen}: {}", run.stderr);
    }
}

#[test]
fn a_scorecard_that_is_named_as_a_screen_is_not_shown() {
    let project = project();
    let scores = [
        "--set",
        "one=4",
        "--note",
        "one=Zanzibar",
        "--overall",
        "2",
        "--reason",
        "Zanzibar",
    ];
    score(&project, &scores).good();
    let path = card_path(&project, "ana");
    let good = project.read(&path);
    let json = "0123abcd {\"schema\":1,\"interviewer\":\"ana\",\"note\":\"Zanzibar = x\"}\n";
    for text in [
        good.clone(),
        good.replace("score = 4", "score = 4Zanzibar"),
        good.replace("Zanzibar\"\n", "Zanzibar\n"),
        format!("# Zanzibar = 1\n{good}\nZanzibar"),
        json.to_owned(),
    ] {
        fs::write(project.path("x.toml"), text).unwrap();
        let run = run(
            &project,
            &[
                "x.toml",
                "--candidate",
                "C-1",
                "--interviewer",
                "ben",
                "--set",
                "one=4",
            ],
        )
        .ended(2);
        assert!(
            run.stderr.contains("x.toml is a scorecard, not a screen"),
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("Zanzibar"), "{}", run.stderr);
    }
    // What is wrong with a screen is.
    fs::write(
        project.path("x.toml"),
        "title = \"interviewer = x\"\nminute = 3\n",
    )
    .unwrap();
    let run = run(
        &project,
        &[
            "x.toml",
            "--candidate",
            "C-1",
            "--interviewer",
            "ben",
            "--submit",
        ],
    );
    assert!(run.stderr.contains("no field `minute`"), "{}", run.stderr);
}

#[test]
fn the_first_scorecard_of_an_interview_comes_from_a_file_with_its_screen() {
    let project = project();
    pinned(&project);
    let hand = project.read("bank/screens/s.toml");
    fs::remove_file(project.path("bank/screens/s.toml")).unwrap();
    let template = [
        "template",
        "screen.toml",
        "--candidate",
        "C-200",
        "--interviewer",
        "hal",
    ];
    run(&project, &[&template[..], &["-o", "c 200.toml"]].concat()).good();
    let text = project.read("c 200.toml");
    let command = "# Then: intervy score screen.toml --from 'c 200.toml' --submit\n";
    assert!(text.contains(command), "{text}");
    let filled = text.replacen("id = \"one\"\n", "id = \"one\"\nscore = 4\n", 1);
    fs::write(project.path("c 200.toml"), &filled).unwrap();
    let alone = run(&project, &["--from", "c 200.toml"]).ended(2);
    assert!(
        alone.stderr.contains("first scorecard of an interview")
            && alone
                .stderr
                .contains("`intervy score screen.toml --from 'c 200.toml'`"),
        "{}",
        alone.stderr
    );
    run(
        &project,
        &["screen.toml", "--from", "c 200.toml", "--submit"],
    )
    .ended(1);
    // From then on, the screen is beside the scorecards.
    run(&project, &["--from", "c 200.toml"]).good();
    // No template replaces what is there.
    let again = run(&project, &[&template[..], &["-o", "c 200.toml"]].concat()).ended(2);
    assert!(
        again.stderr.contains("is there already"),
        "{}",
        again.stderr
    );
    assert_eq!(project.read("c 200.toml"), filled);
    // A screen of the bank's is found by its id.
    fs::write(project.path("bank/screens/s.toml"), hand).unwrap();
    let template = [
        "template",
        "s",
        "--candidate",
        "C-300",
        "--interviewer",
        "hal",
    ];
    run(&project, &[&template[..], &["-o", "c300.toml"]].concat()).good();
    assert!(
        project
            .read("c300.toml")
            .contains("intervy score s --from c300.toml")
    );
    // Also where nothing is said but the day, the scorecard is there.
    run(&project, &["--from", "c300.toml", "--date", "2026-12-01"]).good();
    let list = run(&project, &["list", "--format", "csv"]).good().stdout;
    assert!(
        list.contains("\"C-300\"") && list.contains("\"2026-12-01\""),
        "{list}"
    );
}

/// What a screen names becomes a part of scorecards and of paths.
#[test]
fn a_screen_is_held_to_the_rules_of_its_scorecards() {
    let project = project();
    let good = pinned(&project);
    let hash = good
        .lines()
        .find(|line| line.starts_with("hash = "))
        .unwrap();
    let id = good.lines().find(|line| line.starts_with("id = ")).unwrap();
    let line = |of: &str| good.lines().position(|line| line == of).unwrap() + 1;
    for (from, to, column, expected) in [
        (
            "id = \"two\"",
            "id = \"Two_x y\"",
            6,
            "`id` must be a kebab-case id",
        ),
        (
            "id = \"two\"",
            "id = \"t\\u001b]0;x\\u0007\\ny\"",
            6,
            "`id` must be a kebab-case id",
        ),
        (hash, "hash = \"sha1:x\"", 8, "`hash` must be `sha256:`"),
        (id, "id = \"con\"", 6, "Windows keeps `con`"),
        (id, "id = \"lpt1\"", 6, "Windows keeps `lpt1`"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        fs::write(project.path("screen.toml"), text).unwrap();
        let flags = [
            "screen.toml",
            "--candidate",
            "C-1",
            "--interviewer",
            "ana",
            "--set",
            "one=4",
        ];
        let run = run(&project, &flags).ended(2);
        let place = format!("screen.toml:{}:{column}", line(from));
        for expected in [place.as_str(), expected] {
            assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
        }
        assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
        assert!(!project.path("interviews").exists(), "{to}");
    }
    fs::write(project.path("hand.toml"), "[[questions]]\nid = \"One\"\n").unwrap();
    let run = run(
        &project,
        &[
            "hand.toml",
            "--candidate",
            "C-1",
            "--interviewer",
            "ana",
            "--submit",
        ],
    )
    .ended(2);
    assert!(run.stderr.contains("hand.toml:2:6"), "{}", run.stderr);
}

#[test]
fn whoever_names_too_little_is_told_what_would_do() {
    let project = project();
    let flags = ["--interviewer", "ana", "--set", "one=4"];
    let none = run(&project, &flags).ended(2);
    assert!(
        none.stderr.contains("`intervy score screen.toml`")
            && none.stderr.contains("`--candidate C-042`"),
        "{}",
        none.stderr
    );
    let none = run(&project, &[&flags[..], &["--candidate", "C-9"]].concat()).ended(2);
    assert!(
        none.stderr.contains("`C-9` has none in "),
        "{}",
        none.stderr
    );
    // With the built-in bank, no folder is known.
    let elsewhere = Project::empty().file("screen.toml", pinned(&project));
    let own = [
        "score",
        "screen.toml",
        "--candidate",
        "C-042",
        "--interviewer",
        "ana",
        "--set",
        "one=4",
    ];
    let run = elsewhere.run(&own).ended(2);
    let hint = "`intervy score screen.toml --candidate C-042 --interviewer ana --interviews ../interviews`";
    assert!(run.stderr.contains(hint), "{}", run.stderr);
    elsewhere
        .run(&[&own[..], &["--interviews", "interviews"]].concat())
        .good();
}
