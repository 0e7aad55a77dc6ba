//! Banks from strangers: nothing panics, hangs, grows without bound or steers a terminal.

use std::time::{Duration, Instant};

use intervy::store::files::MAX_FILE_BYTES;
use intervy::store::front_matter::MAX_BYTES;
use proptest::prelude::*;

use crate::harness::{Project, good_question, read_question};

/// Generous: what these inputs must not do is take minutes.
const SOON: Duration = Duration::from_secs(20);

fn lint(project: &Project) -> String {
    let start = Instant::now();
    let run = project.run(&["lint"]).ended(1);
    assert!(start.elapsed() < SOON);
    run.stdout
}

#[test]
fn alias_bombs_stop_at_the_budget() {
    let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let before = format!("*a{}", level - 1);
        let list = vec![before; 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    bomb.push_str("---\nP\n");
    let start = Instant::now();
    let (question, findings) = read_question(&bomb);
    assert!(question.is_none());
    assert!(start.elapsed() < SOON);
    let stopped = findings.iter().any(|finding| {
        finding.contains("more than 2000 values") || finding.contains("more than 50 aliases")
    });
    assert!(stopped, "{findings:?}");
}

#[test]
fn a_few_aliases_are_fine_and_one_to_itself_is_not() {
    let good =
        "---\ntitle: A\ncategory: &c databases\ndifficulty: easy\nminutes: 3\ngroup: *c\n---\nP\n";
    let (question, findings) = read_question(good);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(question.unwrap().matter.group.unwrap().value, "databases");
    let (_, findings) = read_question("---\na: &a [*a]\n---\nP\n");
    assert!(findings[0].contains("unreadable-file"), "{findings:?}");
}

#[test]
fn deep_nesting_is_refused() {
    for text in [
        format!(
            "---\na: {}{}\n---\nP\n",
            "[".repeat(10_000),
            "]".repeat(10_000)
        ),
        format!(
            "+++\na = {}{}\n+++\nP\n",
            "[".repeat(10_000),
            "]".repeat(10_000)
        ),
        format!(
            "---\n{}\n---\nP\n",
            (0..5_000)
                .map(|depth| format!("{}a:", " ".repeat(depth % 2_000)))
                .collect::<Vec<_>>()
                .join("\n")
                .chars()
                .take(MAX_BYTES / 2)
                .collect::<String>()
        ),
    ] {
        let start = Instant::now();
        let (question, findings) = read_question(&text);
        assert!(question.is_none() && !findings.is_empty());
        assert!(start.elapsed() < SOON);
    }
    let good = good_question("databases", "3");
    for nested in [
        "> ".repeat(20_000),
        "- ".repeat(20_000),
        "*".repeat(40_000),
        "[".repeat(40_000),
        "`".repeat(40_000),
    ] {
        let start = Instant::now();
        let _ = read_question(&format!("{good}\n{nested}x\n"));
        assert!(start.elapsed() < SOON);
    }
}

#[test]
fn files_that_are_no_text() {
    let project = Project::bank()
        .question("databases", "good")
        .file("questions/databases/nul.md", "---\ntitle: a\0b\n---\n")
        .file(
            "questions/databases/latin.md",
            b"---\ntitle: Gr\xf6\xdfe\n---\n".as_slice(),
        )
        .file(
            "questions/databases/utf16.md",
            b"\xff\xfe-\0-\0-\0".as_slice(),
        )
        .file(
            "questions/databases/large.md",
            vec![b'x'; MAX_FILE_BYTES as usize + 1],
        )
        .file(
            "questions/databases/long.md",
            format!("---\n{}---\nP\n", "# x\n".repeat(MAX_BYTES)),
        );
    let out = lint(&project);
    for expected in [
        "a NUL byte",
        "questions/databases/nul.md:2:9",
        "this byte is not UTF-8",
        "questions/databases/latin.md:2:10",
        "this is UTF-16 text",
        "larger than 256 KiB",
        "the front matter is longer than 32 KiB",
    ] {
        assert!(out.contains(expected), "{expected}\n{out}");
    }
    // The good one is still there.
    let list = project.run(&["list"]).good();
    assert!(list.stdout.contains("good"), "{}", list.stdout);
    assert!(list.stderr.contains("5 files"), "{}", list.stderr);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_strange_names() {
    use std::os::unix::fs::symlink;
    let project = Project::bank()
        .question("databases", "good")
        .file("outside.md", "secret")
        .file(
            "questions/databases/a\u{1b}[2Jb.md",
            good_question("databases", "3"),
        );
    symlink(
        project.path("outside.md"),
        project.path("questions/databases/link.md"),
    )
    .unwrap();
    symlink(
        project.path("questions"),
        project.path("questions/databases/loop"),
    )
    .unwrap();
    let pipe = project.path("questions/databases/pipe.md");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let out = lint(&project);
    assert!(!out.contains("secret"), "{out}");
    assert!(!out.contains('\u{1b}'), "{out:?}");
    assert_eq!(
        out.matches("symbolic links are not followed").count(),
        2,
        "{out}"
    );
    assert!(out.contains("control characters"), "{out}");
}

#[cfg(unix)]
#[test]
fn links_at_the_root_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let outside = Project::empty()
        .file("secret.toml", "password = \"telltale\"\n")
        .file(
            "questions/databases/telltale.md",
            good_question("databases", "3"),
        );
    let project = Project::bank().question("caching", "a");
    std::fs::remove_dir_all(project.path("questions")).unwrap();
    symlink(outside.path("questions"), project.path("questions")).unwrap();
    let run = project.run(&["lint"]);
    assert!(
        run.stdout.contains("symbolic links are not followed"),
        "{}",
        run.stdout
    );
    assert!(!project.run(&["list"]).stdout.contains("telltale"));
    project.run(&["show", "telltale"]).ended(2);
    std::fs::remove_file(project.path("intervy.toml")).unwrap();
    symlink(outside.path("secret.toml"), project.path("intervy.toml")).unwrap();
    let run = project.run(&["lint"]).ended(2);
    assert!(!run.stderr.contains("telltale") && !run.stdout.contains("telltale"));
    // Nor does `init` write through one.
    let victim = Project::empty();
    let target = Project::empty();
    symlink(victim.path(""), target.path("questions")).unwrap();
    target.run(&["init", "."]).ended(2);
    assert_eq!(std::fs::read_dir(victim.path("")).unwrap().count(), 0);
}

#[test]
fn rendering_hostile_text_stays_small_and_quick() {
    let bold = "<b title=i>".repeat(2_000);
    let paragraphs = "<p>x".repeat(4_000);
    let code = format!(
        "```sv\n{}\n```\n",
        format!("{}\n", "](".repeat(495)).repeat(16)
    );
    let follow_ups = format!("x\n\n[a]: b\n\n## Follow-ups\n{}", "- a\n".repeat(20_000));
    for body in [format!("<p>{bold}</p>{paragraphs}\n"), code, follow_ups] {
        let text = format!(
            "---\ntitle: A\ncategory: databases\ndifficulty: easy\nminutes: 3\n---\n\nAsk.\n\n{body}"
        );
        let project = Project::bank().file("questions/databases/q.md", text);
        let screen = "title = \"t\"\n[[questions]]\nid = \"q\"\n";
        let start = Instant::now();
        let run = project.run_with(&["render", "-"], screen, &[]).good();
        assert!(start.elapsed() < SOON);
        assert!(run.stdout.len() < 20_000_000, "{}", run.stdout.len());
    }
}

#[test]
fn bank_text_cannot_steer_a_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[31m\u{202e}";
    let text = format!(
        "---\ntitle: \"A\\e[2J{hostile}\"\ncategory: databases\ndifficulty: easy\nminutes: 3\ntags: [\"{hostile}\"]\n---\n\nAsk {hostile} this.\n\n## Reference answer\n\n{hostile}\n"
    );
    let broken = format!("---\ntitle: a\n{hostile}: b\n---\nP\n");
    let project = Project::bank()
        .file("questions/databases/q.md", text)
        .file("questions/databases/broken.md", broken);
    for arguments in [
        vec!["list"],
        vec!["show", "q"],
        vec!["lint"],
        vec!["pick", "--minutes", "7", "--seed", "1"],
    ] {
        let run = project.run(&arguments);
        for stream in [&run.stdout, &run.stderr] {
            let steers =
                |letter: char| matches!(letter, '\u{1b}' | '\u{7}' | '\u{9b}' | '\u{202e}');
            assert!(!stream.contains(steers), "{arguments:?}: {stream:?}");
        }
    }
}

#[test]
fn a_huge_number_of_problems_is_still_an_answer() {
    let mut text = String::from("---\n");
    for number in 0..900 {
        text.push_str(&format!("x{number}: 1\n"));
    }
    text.push_str("---\nP\n");
    let (_, findings) = read_question(&text);
    assert_eq!(
        findings
            .iter()
            .filter(|finding| finding.contains("has no field"))
            .count(),
        900
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn reading_never_panics(text in "(---|\\+\\+\\+|title|minutes|[:=\\[\\]{}&*!|>#\"'`<-]|[a-z0-9 ]{1,4}|\n|\r\n|\u{feff}|é|𝄞|## Rubric\n|- 3: ){0,60}") {
        let _ = read_question(&text);
        let _ = read_question(&format!("---\n{text}\n---\n{text}"));
        let _ = read_question(&format!("+++\n{text}\n+++\n{text}"));
    }
}
