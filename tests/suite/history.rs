//! Folders of earlier interviews: what counts as a use, and what strangers may put there.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::{Duration, Instant};

use intervy::model::history::History;
use intervy::store::files::MAX_FILE_BYTES;
use intervy::store::history;
use jiff::civil::{Date, date};
use proptest::prelude::*;

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
fn broken_interviews_are_named_with_their_place() {
    let project = Project::empty()
        .file(
            "interviews/a.toml",
            "schema = 1\nid = \"s\"\n[[questions]]\nid = a\n",
        )
        .file(
            "interviews/b.json",
            "{\"schema\": 1, \"id\": \"s\", \"questions\": [}",
        )
        .file(
            "interviews/c.toml",
            screen("s-1", "date = 2026-13-01\n", &["a"]).replace("2026-13-01", "\"today\""),
        )
        .file(
            "interviews/d.toml",
            "schema = 2\nid = \"s-2\"\n[[questions]]\nname = \"a\"\n[[questions]]\nid = \"b\"\n",
        )
        .file(
            "interviews/e.toml",
            card("s-3", "", &[("c", None)]).replace("interviewer", "reviewer"),
        )
        .file("interviews/f.toml", "screen = 3\ninterviewer = \"ana\"\n")
        .file(
            "interviews/g.toml",
            card("s-4", "", &[("d", Some(true))]).replace("true", "\"no\""),
        )
        .file(
            "interviews/h.toml",
            "schema = 1\nid = \"s-5\"\nquestions = 3\n",
        )
        .file(
            "interviews/i.toml",
            "schema = 1\nid = \"s-6\"\nquestions = []\n[verdict]\n",
        )
        .file("interviews/j/screen.toml", "schema = 1\nid = \"s-7\"\n")
        .file("interviews/k/screen.toml", "schema = [");
    let (history, findings) = read(&project);
    let expected = [
        "a.toml:4:6 unreadable-file: `a` is neither a number nor a quoted text",
        "b.json:1:39 unreadable-file:",
        "c.toml:4:8 invalid-value: `date` must be a day",
        "d.toml:1:10 invalid-value: `schema` must be 1",
        "d.toml:3:1 missing-field: a question has no `id`",
        "e.toml:1:1 missing-field: the scorecard has no `interviewer`",
        "f.toml:1:10 invalid-value: `screen` must be a text",
        "g.toml:6:9 invalid-value: `asked` must be `true` or `false`",
        "h.toml:3:13 invalid-value: `questions` must be a list of tables",
        "i.toml:1:1 missing-field: the screen has no `questions`",
        "j/screen.toml:1:1 missing-field: the screen has no `questions`",
        "k/screen.toml:1:11 unreadable-file:",
    ];
    assert_eq!(findings.len(), expected.len(), "{findings:#?}");
    for (finding, expected) in findings.iter().zip(expected) {
        assert!(finding.starts_with(expected), "{finding}\n{expected}");
    }
    // What can be read counts: better one question too many is held back than one met twice.
    let counted: Vec<&str> = history.uses.keys().map(String::as_str).collect();
    assert_eq!(counted, ["a", "b", "c", "d"]);
}

#[test]
fn a_folder_that_is_none_is_an_error() {
    let project = Project::empty().file("file", "");
    for (path, expected) in [("nowhere", "no such folder"), ("file", "this is no folder")] {
        let error = history::read(&project.path(path)).unwrap_err();
        assert_eq!(error.message, expected);
    }
    std::fs::create_dir(project.path("interviews")).unwrap();
    assert_eq!(good(&project), History::default());
}

#[cfg(unix)]
#[test]
fn links_large_files_deep_folders_and_strange_names() {
    use std::os::unix::fs::symlink;
    let good = screen("s-1", "", &["a"]);
    let deep = format!("interviews/{}s.toml", "d/".repeat(20));
    let project = Project::empty()
        .file("outside/s.toml", screen("s-2", "", &["secret"]))
        .file("interviews/good.toml", &good)
        .file("interviews/x\u{1b}[2J.toml", &good)
        .file("interviews/x\u{202e}.md", "not looked at")
        .file(deep.as_str(), screen("s-3", "", &["deep"]))
        .file(
            "interviews/large.json",
            vec![b'{'; MAX_FILE_BYTES as usize + 1],
        )
        .file("interviews/nul.toml", "schema = 1\0")
        .file("interviews/latin.toml", b"title = \"\xf6\"".as_slice());
    symlink(project.path("interviews"), project.path("interviews/loop")).unwrap();
    symlink(
        project.path("outside/s.toml"),
        project.path("interviews/link.toml"),
    )
    .unwrap();
    let pipe = project.path("interviews/pipe.toml");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let (history, findings) = read(&project);
    let used: Vec<&str> = history.uses.keys().map(String::as_str).collect();
    assert_eq!(used, ["a"]);
    let all = findings.join("\n");
    assert_eq!(
        all.matches("symbolic links are not followed").count(),
        2,
        "{all}"
    );
    for expected in [
        "the file's name holds control characters",
        "16 levels down",
        "large.json:- unreadable-file: larger than 256 KiB",
        "nul.toml:1:11",
        "latin.toml:1:10",
    ] {
        assert!(all.contains(expected), "{expected}\n{all}");
    }
    assert_eq!(findings.len(), 7, "{all}");
}

#[test]
fn hostile_documents_end_soon() {
    let mut bomb =
        String::from("{\"schema\": 1, \"questions\": [], \"a0\": &a0 [x, x, x, x, x, x, x, x]");
    for level in 1..10 {
        let before = format!("*a{}", level - 1);
        let _ = write!(
            bomb,
            ", \"a{level}\": &a{level} [{}]",
            vec![before; 9].join(", ")
        );
    }
    bomb.push('}');
    let nested = format!(
        "schema = 1\nquestions = {}{}\n",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let many: String = (0..9_000)
        .map(|at| format!("[[questions]]\nid = \"q{at}\"\n"))
        .collect();
    let project = Project::empty()
        .file("interviews/bomb.json", bomb)
        .file("interviews/nested.toml", nested)
        .file(
            "interviews/many.toml",
            format!("schema = 1\nid = \"s\"\n{many}"),
        )
        .file(
            "interviews/wrong.toml",
            format!(
                "schema = 1\nid = \"t\"\n{}",
                "[[questions]]\n".repeat(9_000)
            ),
        );
    let start = Instant::now();
    let (history, findings) = read(&project);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(history.screens, 1);
    assert!(findings.len() < 50, "{}", findings.len());
    for file in ["bomb.json", "nested.toml", "wrong.toml"] {
        assert!(
            findings.iter().any(|finding| finding.starts_with(file)),
            "{file}"
        );
    }
}

#[test]
fn a_small_folder_cannot_mean_a_great_many_uses() {
    let questions: Vec<String> = (0..4_000).map(|at| format!("q{at}")).collect();
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    let mut project = Project::empty().file("interviews/s.toml", screen("s-1", "", &questions));
    for number in 0..700 {
        let more = format!("candidate = \"C-{number}\"\n");
        project = project.file(
            &format!("interviews/{number}.toml"),
            card("s-1", &more, &[]),
        );
    }
    let start = Instant::now();
    let (history, findings) = read(&project);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!((100..700).contains(&history.screens), "{}", history.screens);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(
        findings[0].contains("the rest is not counted"),
        "{findings:?}"
    );
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn reading_never_panics(
        text in "(schema = 1\n|screen = |interviewer = |\\[\\[questions\\]\\]\n|id = |asked = |date = |candidate = |\"[a-z]{0,3}\"\n|[={}\\[\\],:\"]|\\{\"schema\": 1, |\"questions\": |2026-01-01|true|\n|é|\u{1b}){0,30}",
        ending in prop_oneof![Just("toml"), Just("json")],
    ) {
        let project = Project::empty().file(&format!("interviews/C/s/screen.{ending}"), text);
        let _ = read(&project);
    }
}
