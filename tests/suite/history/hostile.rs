//! Interviews from strangers: nothing panics, hangs or leads out of the folder.

use std::fmt::Write;
use std::time::{Duration, Instant};

use intervy::store::files::MAX_FILE_BYTES;
use proptest::prelude::*;

use super::{card, read, screen};
use crate::harness::Project;

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
