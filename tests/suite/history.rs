//! Folders of earlier interviews: what counts as a use, and what strangers may put there.

mod broken;
mod hostile;

use std::collections::BTreeSet;
use std::fmt::Write;

use intervy::model::history::History;
use intervy::store::history;
use jiff::civil::{Date, date};

use crate::harness::{Project, line};

/// A pinned screen, as far as a history looks at it.
fn screen(id: &str, more: &str, questions: &[&str]) -> String {
    let mut text = format!("schema = 1\nid = \"{id}\"\ntitle = \"T\"\n{more}");
    for question in questions {
        let _ = write!(text, "\n[[questions]]\nid = \"{question}\"\nminutes = 6\n");
    }
    text
}

fn card(screen: &str, more: &str, asked: &[(&str, Option<bool>)]) -> String {
    let mut text = format!("screen = \"{screen}\"\ninterviewer = \"ana\"\n{more}");
    for (question, asked) in asked {
        let _ = write!(text, "\n[[questions]]\nid = \"{question}\"\n");
        if let Some(asked) = asked {
            let _ = writeln!(text, "asked = {asked}");
        }
    }
    text
}

/// The history below `interviews`, and what was found as `path:line:column rule: message`.
fn read(project: &Project) -> (History, Vec<String>) {
    let folder = project.path("interviews");
    let (history, findings) = history::read(&folder).unwrap();
    let folder = format!("{}/", folder.display());
    let shown = findings.iter().map(|finding| {
        assert!(finding.hint.is_some(), "{finding:?}");
        let path = &finding.location.source.path;
        format!(
            "{}:{}",
            path.strip_prefix(&folder).unwrap_or(path),
            line(finding)
        )
    });
    (history, shown.collect())
}

fn good(project: &Project) -> History {
    let (history, findings) = read(project);
    assert_eq!(findings, Vec::<String>::new());
    history
}

/// Every use of a question, as `candidate day`.
fn uses(history: &History, id: &str) -> Vec<String> {
    let uses = history.uses.get(id).into_iter().flatten();
    uses.map(|used| {
        let day = used
            .date
            .map_or("?".to_owned(), |day: Date| day.to_string());
        format!("{} {day}", used.candidate.as_deref().unwrap_or("?"))
    })
    .collect()
}

#[test]
fn what_pick_writes_is_read_in_both_formats() {
    let project = Project::empty();
    for (seed, file) in [("1", "a.toml"), ("2", "b.json")] {
        std::fs::create_dir_all(project.path("interviews")).unwrap();
        let path = format!("interviews/{file}");
        let pick = ["pick", "--categories", "4", "--seed", seed, "-o", &path];
        project.run(&pick).good();
    }
    let history = good(&project);
    assert_eq!((history.screens, history.undated), (2, 2));
    let pinned: serde_json::Value =
        serde_json::from_str(&project.read("interviews/b.json")).unwrap();
    for question in pinned["questions"].as_array().unwrap() {
        assert!(history.exposure(question["id"].as_str().unwrap()) >= 1);
    }
    assert!(history.met_by("interviews").is_empty());
}

#[test]
fn the_layout_names_the_candidate_and_the_latest_scorecard_the_day() {
    let project = Project::empty()
        .file(
            "interviews/C-1/s-1/screen.toml",
            screen("s-1", "", &["a", "b", "c", "d"]),
        )
        .file(
            "interviews/C-1/s-1/ana.toml",
            card(
                "s-1",
                "date = 2026-03-02\n",
                &[
                    ("a", None),
                    ("b", Some(false)),
                    ("c", Some(false)),
                    ("d", Some(false)),
                ],
            ),
        )
        .file(
            "interviews/C-1/s-1/ben.toml",
            card(
                "s-1",
                "date = \"2026-03-05\"\n",
                &[("a", Some(true)), ("b", Some(false)), ("c", None)],
            ),
        );
    let history = good(&project);
    assert_eq!(uses(&history, "a"), ["C-1 2026-03-05"]);
    assert_eq!(uses(&history, "b"), [""; 0], "nobody asked it");
    assert_eq!(
        uses(&history, "c"),
        ["C-1 2026-03-05"],
        "one of two asked it"
    );
    assert_eq!((history.screens, history.undated), (1, 0));
    assert_eq!(history.met_by("C-1"), BTreeSet::from(["a", "c", "d"]));
    assert!(history.used_since("a", date(2026, 3, 5)));
}

#[test]
fn a_field_goes_before_a_scorecard_and_that_before_the_folder() {
    let dated = "candidate = \"C-9\"\ndate = 2026-01-31\n";
    let project = Project::empty()
        .file("interviews/C-1/x/screen.toml", screen("s-1", dated, &["a"]))
        .file("interviews/C-1/y/screen.toml", screen("s-2", "", &["b"]))
        .file(
            "interviews/C-1/y/ana.toml",
            card("s-2", "candidate = \"C-8\"\n", &[]),
        )
        .file("interviews/C-1/z/plan.toml", screen("s-3", "", &["c"]))
        .file(
            "interviews/s-4/screen.json",
            r#"{"schema": 1, "id": "s-4", "questions": [{"id": "d"}]}"#,
        );
    let history = good(&project);
    assert_eq!(uses(&history, "a"), ["C-9 2026-01-31"]);
    assert_eq!(uses(&history, "b"), ["C-8 ?"]);
    assert_eq!(uses(&history, "c"), ["? ?"]);
    assert_eq!(uses(&history, "d"), ["interviews ?"]);
    assert_eq!((history.screens, history.undated), (4, 3));
}

#[test]
fn copies_count_once_and_candidates_each() {
    let shared = screen("s-1", "date = 2026-02-01\n", &["a"]);
    let project = Project::empty()
        .file("interviews/picked/s-1.toml", &shared)
        .file(
            "interviews/again/copy.json",
            r#"{"schema": 1, "id": "s-1", "questions": [{"id": "a"}]}"#,
        )
        .file(
            "interviews/other/alone.toml",
            card(
                "lost",
                "candidate = \"C-3\"\ndate = 2026-02-03\n",
                &[("b", None), ("c", Some(false))],
            ),
        );
    let history = good(&project);
    assert_eq!(uses(&history, "a"), ["? 2026-02-01"]);
    assert_eq!(
        uses(&history, "b"),
        ["C-3 2026-02-03"],
        "its screen is not there"
    );
    assert_eq!(history.exposure("c"), 0);
    let project = project
        .file("interviews/C-1/s-1/screen.toml", &shared)
        .file("interviews/C-1/s-1/copy.toml", &shared)
        .file("interviews/C-2/s-1/screen.toml", &shared)
        .file(
            "interviews/C-2/s-1/ana.toml",
            card("s-1", "date = 2026-02-09\n", &[]),
        );
    let history = good(&project);
    assert_eq!(uses(&history, "a"), ["C-1 2026-02-01", "C-2 2026-02-09"]);
    assert_eq!(history.screens, 3);
}

#[test]
fn other_files_are_passed_over() {
    let project = Project::empty()
        .file("interviews/intervy.toml", crate::harness::CONFIG)
        .file(
            "interviews/own.toml",
            "[screen]\nintro_minutes = 2\n[bank]\nschema = 1\n",
        )
        .file(
            "interviews/hand.toml",
            "title = \"T\"\n[[questions]]\nid = \"a\"\n",
        )
        .file(
            "interviews/blueprint.toml",
            "minutes = 30\n[[segments]]\ntitle = \"A\"\nminutes = 3\n",
        )
        .file("interviews/Cargo.toml", "[package]\nname = \n")
        .file(
            "interviews/list.json",
            "[1, 2, {\"schema\": 1, \"questions\": []}]",
        )
        .file("interviews/word.json", "\"schema questions\"")
        .file("interviews/empty.toml", "")
        .file("interviews/empty.json", "")
        .file("interviews/notes.md", "schema questions")
        .file("interviews/.hidden/s.toml", screen("s-1", "", &["a"]))
        .file(
            "interviews/C-1/s-2/nobody-came.toml",
            screen("s-2", "", &["a"]),
        )
        .file(
            "interviews/C-1/s-2/ana.toml",
            card("s-2", "", &[("a", Some(false))]),
        );
    assert_eq!(good(&project), History::default());
}

#[test]
fn beside_several_candidates_a_file_without_one_is_everybodys() {
    let project = Project::empty()
        .file(
            "interviews/x/screen.toml",
            screen("s-1", "date = 2026-01-01\n", &["a", "b"]),
        )
        .file(
            "interviews/x/1.toml",
            card("s-1", "candidate = \"C-1\"\n", &[("b", Some(false))]),
        )
        .file(
            "interviews/x/2.toml",
            card(
                "s-1",
                "candidate = \"C-2\"\ndate = 2026-01-09\n",
                &[("c", Some(true))],
            ),
        );
    let history = good(&project);
    assert_eq!(history.met_by("C-1"), BTreeSet::from(["a"]));
    assert_eq!(history.met_by("C-2"), BTreeSet::from(["a", "b", "c"]));
    assert_eq!(uses(&history, "a"), ["C-1 2026-01-01", "C-2 2026-01-09"]);
    assert_eq!(history.screens, 2);
}
