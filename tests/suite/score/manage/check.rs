//! `intervy score check`: what does not hold together, in every format, and never a score.

use std::fs;

use super::{SECRETS, fill, filled, manage, screen_folder};
use crate::harness::Project;
use crate::score::{COMPLETE, card_path};

const FORMATS: [&str; 11] = [
    "text",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "azure",
    "markdown",
];

/// `level rule` of each finding.
fn rules(project: &Project) -> Vec<String> {
    let run = manage(project, &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let found = json.as_array().unwrap().iter();
    found
        .map(|finding| format!("{} {}", text(&finding["level"]), text(&finding["rule"])))
        .collect()
}

#[test]
fn a_good_folder_is_clean_in_every_format() {
    let project = filled();
    for format in FORMATS {
        let run = manage(&project, &["check", "--format", format]).good();
        for secret in SECRETS {
            assert!(!run.stdout.contains(secret), "{format}: {}", run.stdout);
        }
    }
    let run = manage(&project, &["check"]).good();
    assert!(
        run.stderr.contains("2 scorecards checked: no problems"),
        "{}",
        run.stderr
    );
    // The folder may be named.
    project.run(&["score", "check", "interviews"]).good();
    project.run(&["score", "check", "nowhere"]).ended(2);
}

#[test]
fn everything_that_does_not_hold_together_is_found() {
    let project = filled();
    let path = project.path(&card_path(&project, "ben"));
    let good = fs::read_to_string(&path).unwrap();
    let id = good
        .lines()
        .find(|line| line.starts_with("screen = "))
        .unwrap();
    let hash = good
        .lines()
        .find(|line| line.starts_with("screen_hash"))
        .unwrap();
    let question = good.lines().find(|line| line.starts_with("hash")).unwrap();
    let zeros = format!("hash = \"sha256:{}\"", "0".repeat(64));
    let submitted = good
        .lines()
        .find(|line| line.starts_with("submitted_at"))
        .unwrap();
    let revised = good.replace("status = \"submitted\"", "status = \"revised\"")
        + "\n[[revisions]]\nat = \"2001-01-01T00:00:00Z\"\nreason = \"x\"\nscore = 2\n";
    for (text, rule) in [
        (good.replace("\"C-1\"", "\"C-2\""), "misplaced-scorecard"),
        (good.replace("\"ben\"", "\"leo\""), "misplaced-scorecard"),
        (good.replace(id, "screen = \"t\""), "misplaced-scorecard"),
        (
            good.replace(hash, &format!("screen_{zeros}")),
            "changed-screen",
        ),
        (good.replace(hash, ""), "changed-screen"),
        (good.replacen(question, &zeros, 1), "changed-question"),
        (
            good.replace("id = \"one\"", "id = \"four\""),
            "missing-question",
        ),
        (
            good.replace("id = \"one\"", "id = \"four\""),
            "unknown-question",
        ),
        (good.replace("score = 3\n", ""), "incomplete-scorecard"),
        (
            good.replace("reason = \"Farthingale\"", ""),
            "incomplete-scorecard",
        ),
        (good.replace(submitted, ""), "missing-submission"),
        (revised, "early-revision"),
        (good.replace("score = 3", "score = 9"), "invalid-value"),
        (good.replace("score = 3", "scores = 3"), "unknown-field"),
        (good.replace("status = \"submitted\"", ""), "missing-field"),
        ("}".to_owned(), "unreadable-file"),
        (String::new(), "unreadable-file"),
    ] {
        assert_ne!(text, good, "{rule}");
        fs::write(&path, text).unwrap();
        let found = rules(&project);
        assert!(
            found.contains(&format!("error {rule}")),
            "{rule}: {found:?}"
        );
        manage(&project, &["check"]).ended(1);
    }
}

#[test]
fn what_is_beside_the_scorecards_is_checked() {
    let project = filled();
    let folder = screen_folder(&project, "C-1");
    let screen = project.path(&format!("{folder}/screen.toml"));
    let good = fs::read_to_string(&screen).unwrap();
    fs::write(&screen, good.replacen("id = \"", "id = \"x-", 1)).unwrap();
    assert!(rules(&project).contains(&"error misplaced-screen".to_owned()));
    fs::write(&screen, good.replacen("title = \"A", "title = \"B", 1)).unwrap();
    assert_eq!(rules(&project), ["error changed-screen"; 2]);
    fs::write(&screen, "x").unwrap();
    assert_eq!(rules(&project), ["error unreadable-file"]);
    fs::remove_file(&screen).unwrap();
    assert_eq!(rules(&project), ["error missing-screen"; 2]);
    fs::write(&screen, good).unwrap();
    fs::write(project.path("interviews/notes.toml"), "x = 1").unwrap();
    fs::write(project.path(&format!("{folder}/ana.journal")), "").unwrap();
    fill(&project, "jane@example.com", "ana", &["--set", "one=4"]).good();
    let mut found = rules(&project);
    found.sort();
    assert_eq!(
        found,
        [
            "warning interrupted-session",
            "warning misplaced-file",
            "warning personal-name"
        ]
    );
    manage(&project, &["check"]).good();
    manage(&project, &["check", "--fail-on", "warning"]).ended(1);
}

/// On some disks they are one folder, and on others two people's.
#[test]
fn pseudonyms_that_differ_by_case_alone_are_named() {
    let project = filled();
    let path = card_path(&project, "ben");
    let screen = format!("{}/screen.toml", screen_folder(&project, "C-1"));
    for path in [path, screen] {
        let text = project.read(&path).replace("\"C-1\"", "\"c-1\"");
        let to = project.path(&path.replace("C-1", "c-1"));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, text).unwrap();
    }
    if project.path("interviews").read_dir().unwrap().count() < 2 {
        eprintln!("skipped: this disk takes C-1 and c-1 for one folder");
        return;
    }
    let run = manage(&project, &["check"]).ended(1);
    let text = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("error[doubtful-scorecard]")
            && text.contains("`C-1` and `c-1` differ by case alone"),
        "{text}"
    );
}

/// With everything wrong, the report is the same whatever the scores are.
#[test]
fn no_format_tells_a_score() {
    let project = filled();
    let path = project.path(&card_path(&project, "ben"));
    let good = fs::read_to_string(&path).unwrap();
    let broken: [fn(&str, u8) -> String; 7] = [
        |good, score| good.replace("score = 3", &format!("score = {score}x")),
        |good, score| good.replace("score = 3", &format!("score = \"{score}\"")),
        |good, score| good.replace("score = 3", &format!("score = {score}\nno_rating = true")),
        |good, score| good.replace("score = 3", &format!("score{score} = 1")),
        |good, score| good.replace("score = 3", &format!("score = = {score}")),
        |good, score| good.replace("score = 3", &format!("score = {score}\nscore = {score}")),
        |good, score| {
            good.replace("score = 3", &format!("score = {score}"))
                .replace("\"C-1\"", "\"C-2\"")
                .replace("id = \"three\"", "id = \"four\"")
        },
    ];
    for format in FORMATS {
        for broken in broken {
            let report = |score: u8| {
                let text = broken(&good, score);
                assert_ne!(text, good);
                fs::write(&path, text).unwrap();
                let run = manage(&project, &["check", "--format", format]).ended(1);
                for secret in SECRETS {
                    assert!(!run.stdout.contains(secret), "{format}: {}", run.stdout);
                }
                run.stdout + &run.stderr
            };
            assert_eq!(report(3), report(4), "{format}");
        }
    }
}

/// Only some scores need a note, so a missing one tells of a score.
#[test]
fn missing_notes_are_told_once_everybody_has_handed_in() {
    let project = filled();
    let path = project.path(&card_path(&project, "ben"));
    let good = fs::read_to_string(&path).unwrap();
    let text = good
        .replace("note = \"Zanzibar\"\n", "")
        .replacen("score = 4\n", "score = 5\n", 1);
    assert!(!text.contains("Zanzibar") && text.contains("score = 5"));
    fs::write(&path, text).unwrap();
    assert_eq!(rules(&project), [""; 0]);
    let rest = [&COMPLETE[..], &["--note", "one=x", "--submit"]].concat();
    fill(&project, "C-1", "ana", &rest).good();
    assert_eq!(rules(&project), ["error incomplete-scorecard"]);
}

/// A line tells what is before it: how many notes, and only some scores need one.
#[test]
fn no_line_tells_of_notes_while_a_draft_is_open() {
    let project = filled();
    let path = project.path(&card_path(&project, "ben"));
    let good = fs::read_to_string(&path).unwrap();
    let without = good.replace("note = \"Zanzibar\"\n", "");
    assert_ne!(good, without);
    let folder = screen_folder(&project, "C-1");
    let screen = project.path(&format!("{folder}/screen.toml"));
    let changed = fs::read_to_string(&screen).unwrap();
    // Every hash is another one, and still a hash.
    let other = changed
        .lines()
        .map(|line| match line.strip_prefix("hash = \"sha256:") {
            Some(_) => format!("hash = \"sha256:{}\"\n", "0".repeat(64)),
            None => format!("{line}\n"),
        });
    let other: String = other.collect();
    assert_ne!(other, changed);
    fs::write(&screen, &other).unwrap();
    let report = |text: &str, format: &str| {
        fs::write(&path, text).unwrap();
        let run = manage(&project, &["check", "--format", format]).ended(1);
        assert!(run.stdout.contains("another version"), "{}", run.stdout);
        run.stdout
    };
    for format in FORMATS {
        assert_eq!(report(&good, format), report(&without, format), "{format}");
    }
    let concise = report(&good, "concise");
    assert!(concise.contains("ana.toml:"), "{concise}");
    assert!(!concise.contains("ben.toml:1"), "{concise}");
    // Once everybody has handed in, nothing is to be found out any more.
    let rest = [&COMPLETE[..], &["--note", "one=x", "--submit"]].concat();
    fs::write(&screen, &changed).unwrap();
    fill(&project, "C-1", "ana", &rest).good();
    fs::write(&screen, &other).unwrap();
    assert_ne!(report(&good, "concise"), report(&without, "concise"));
}

#[test]
fn every_rule_is_in_the_help() {
    let help = Project::empty().run(&["score", "check", "--help"]).good();
    for rule in intervy::score::check::RULES {
        assert!(help.stdout.contains(rule.name), "{}", rule.name);
        let is_kebab = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        assert!(rule.name.chars().all(is_kebab));
    }
}
