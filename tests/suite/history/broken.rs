//! Interviews that cannot be read as they should: named with their place, and counted as far as they can be.

use intervy::model::history::History;
use intervy::store::history;

use super::{card, good, read, screen};
use crate::harness::Project;

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
