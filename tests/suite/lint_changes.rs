//! The linter where texts change: fixes, revisions, baselines, editors.

use std::process::Command;

use serde_json::Value;

use crate::harness::{CONFIG, Project};
use crate::lint::{bank, flawed, found, lint, sound};

#[test]
fn safe_fixes_keep_every_other_byte() {
    let before = "\u{feff}---\r\n# who asks\r\nTitle:   One lock   # a comment\r\ncategory: DB\r\ndifficulty: Medium\r\nminutes: \"6\"\r\n---\r\n\r\nWhat changes under load, and how would you notice?\r\n\r\n## Reference answer\r\n\r\nIt waits.  \r\n\r\n## Follow-ups\r\n\r\n- Where?\r\n\r\n## Rubric\r\n\r\n- 3: Names it.\r\n- 4: Measures it.\r\n- 5: Bounds it.";
    let after = before
        .replace("Title:", "title:")
        .replace("DB\r", "databases\r")
        .replace("Medium", "medium")
        .replace("\"6\"", "6");
    let project = bank().file("questions/databases/a.md", before);
    let run = lint(&project, &["--fix", "--diff"]).ended(1);
    assert_eq!(project.read("questions/databases/a.md"), before);
    assert!(
        run.stdout.contains("-category: DB\r\n") && run.stdout.contains("+category: databases\r\n"),
        "{}",
        run.stdout
    );
    let run = lint(&project, &["--fix"]).ended(0);
    assert!(
        run.stderr.contains("4 fixes made in 1 file"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("questions/databases/a.md"), after);
    lint(&project, &["--fix", "--diff"]).ended(0);
    lint(&project, &["--fix"]).ended(0);
    assert_eq!(project.read("questions/databases/a.md"), after);
}

#[test]
fn a_guess_is_made_only_when_asked_for() {
    let text = sound("one lock").replace("difficulty: medium", "dificulty: medium");
    let project = bank().file("questions/databases/a.md", &text);
    lint(&project, &["--fix"]).ended(1);
    assert_eq!(project.read("questions/databases/a.md"), text);
    lint(&project, &["--fix", "--unsafe"]).ended(0);
    assert_eq!(project.read("questions/databases/a.md"), sound("one lock"));
}

#[cfg(unix)]
#[test]
fn fixes_keep_permissions_and_follow_no_link() {
    use std::os::unix::fs::PermissionsExt;
    let text = sound("one lock").replace("medium", "Medium");
    let project = bank()
        .file("questions/databases/a.md", &text)
        .file("outside.md", &text);
    let path = project.path("questions/databases/a.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(
        project.path("outside.md"),
        project.path("questions/databases/b.md"),
    )
    .unwrap();
    lint(&project, &["--fix"]).ended(1);
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(
        project
            .read("questions/databases/a.md")
            .contains("difficulty: medium")
    );
    assert_eq!(project.read("outside.md"), text);
}

fn git(project: &Project, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(project.path(""))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn since_reports_what_a_change_holds_or_causes() {
    let screen = "[[questions]]\nid = \"b\"\n\n[[questions]]\nid = \"c\"\n";
    let project = bank()
        .file("questions/databases/a.md", flawed("one lock"))
        .file("questions/databases/b.md", sound("two queues"))
        .file("questions/databases/c.md", flawed("three indexes"))
        .file("screens/s.toml", screen);
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    git(&project, &["switch", "--quiet", "--create", "change"]);
    assert_eq!(found(&project, &["--since", "main"]), Vec::<String>::new());
    lint(&project, &["--since", "main"]).ended(0);
    // Main goes on; what it changed after the branch left is not this branch's business.
    git(&project, &["switch", "--quiet", "main"]);
    let project = project.file("questions/databases/d.md", flawed("four shards"));
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "two"]);
    git(&project, &["switch", "--quiet", "change"]);
    // A removed question leaves a hole in a screen that nobody touched.
    std::fs::remove_file(project.path("questions/databases/b.md")).unwrap();
    let text = flawed("three indexes").replace("under load", "under pressure");
    let project = project
        .file("questions/databases/c.md", text)
        .file("questions/databases/größe.md", flawed("five leases"));
    let lines = found(&project, &["--since", "main"]);
    let expected = [
        "missing-rubric error questions/databases/c.md:2",
        "unstable-id error questions/databases/größe.md:1",
        "missing-rubric error questions/databases/größe.md:2",
        "unknown-reference error screens/s.toml:2",
    ];
    assert_eq!(lines, expected);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "three"]);
    assert_eq!(found(&project, &["--since", "main"]), expected);
    for (revision, why) in [("nowhere", "no revision"), ("--output=x", "no revision")] {
        let argument = format!("--since={revision}");
        let run = lint(&project, &[&argument]).ended(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
    assert!(!project.path("x").exists());
}

#[test]
fn a_baseline_swallows_nothing_new() {
    let project = bank()
        .file("questions/databases/a.md", flawed("one lock"))
        .file(
            "questions/databases/b.md",
            sound("two queues").replace("- 4: ", "- TBD\n- 4: "),
        );
    let before = found(&project, &[]);
    assert!(before.len() >= 2, "{before:?}");
    lint(&project, &["--baseline", "base.json", "--write-baseline"]).ended(0);
    let run = lint(&project, &["--baseline", "base.json"]).ended(0);
    assert!(run.stderr.contains("in the baseline"), "{}", run.stderr);
    // Moved lines are the same finding; a second one of its kind in the same file is new.
    let moved = project
        .read("questions/databases/b.md")
        .replace("## Reference", "One more thought.\n\n## Reference");
    let project = project.file("questions/databases/b.md", &moved);
    assert_eq!(
        found(&project, &["--baseline", "base.json"]),
        Vec::<String>::new()
    );
    let project = project.file(
        "questions/databases/b.md",
        moved.replace("- 5: ", "- TBD\n- 5: "),
    );
    let lines = found(&project, &["--baseline", "base.json"]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("placeholder-text "), "{lines:?}");
    // What is mended makes its entry stale.
    let project = project
        .file("questions/databases/a.md", sound("one lock"))
        .file("questions/databases/b.md", moved);
    let lines = found(&project, &["--baseline", "base.json"]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("stale-baseline warning base.json:"),
        "{lines:?}"
    );
    // In SARIF, what is known is marked, not left out.
    let run = lint(&project, &["--baseline", "base.json", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed = results
        .iter()
        .filter(|result| result["suppressions"][0]["kind"] == "external");
    assert!(suppressed.count() >= 1, "{}", run.stdout);
    let project = project.file(
        "base.json",
        "{\"version\": 2, \"findings\": [{\"rule\": 3}]}",
    );
    let run = lint(&project, &["--baseline", "base.json"]).ended(2);
    assert!(run.stderr.contains("base.json:1:13"), "{}", run.stderr);
}

#[test]
fn an_editor_gets_the_findings_of_its_text() {
    let project = bank().file("questions/databases/a.md", sound("one lock"));
    let run = project.run_with(
        &[
            "lint",
            "--stdin-filename",
            "questions/databases/a.md",
            "--format",
            "concise",
        ],
        &flawed("one lock"),
        &[],
    );
    let run = run.ended(1);
    assert_eq!(
        run.stdout,
        "questions/databases/a.md:2:8: error[missing-rubric] this question has no `## Rubric`\n"
    );
    let run = project.run_with(
        &[
            "lint",
            "--stdin-filename",
            "questions/databases/new.md",
            "--fix",
        ],
        &sound("two queues").replace("medium", "Medium"),
        &[],
    );
    assert_eq!(run.ended(0).stdout, sound("two queues"));
    assert!(!project.path("questions/databases/new.md").exists());
    let run = project
        .run_with(&["lint", "--stdin-filename", "../x.md"], "x", &[])
        .ended(2);
    assert!(run.stderr.contains("is not in the bank"), "{}", run.stderr);
}

#[test]
fn a_twin_is_reported_where_it_was_added() {
    let project = Project::empty()
        .file(
            "intervy.toml",
            format!("{CONFIG}\n[lint.rules]\nthin-category = \"off\"\n"),
        )
        .file("questions/databases/z.md", sound("one lock"));
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    let project = project.file("questions/databases/a.md", sound("one lock"));
    let lines = found(&project, &["--since", "HEAD"]);
    assert_eq!(lines, ["near-duplicate warning questions/databases/a.md:8"]);
}

#[test]
fn since_hides_nothing_that_a_change_does_to_settings_or_folders() {
    let link = sound("one lock").replace("It waits", "It waits, see [why](../../notes), it waits");
    let config = format!("{CONFIG}\n[lint.rules]\nthin-category = \"off\"\nmissing-rubric = ");
    let project = Project::empty()
        .file("intervy.toml", format!("{config}\"warning\"\n"))
        .file("notes/why.txt", "x\n")
        .file("questions/databases/a.md", link)
        .file("questions/databases/b.md", flawed("two queues"));
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    std::fs::remove_dir_all(project.path("notes")).unwrap();
    let lines = found(&project, &["--since", "HEAD"]);
    assert_eq!(lines, ["broken-link error questions/databases/a.md:12"]);
    git(&project, &["checkout", "--quiet", "."]);
    let project = project.file("intervy.toml", format!("{config}\"error\"\n"));
    let lines = found(&project, &["--since", "HEAD"]);
    assert_eq!(lines, ["missing-rubric error questions/databases/b.md:2"]);
}

#[cfg(target_os = "linux")]
#[test]
fn since_sees_names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let project = bank().file("questions/databases/a.md", sound("one lock"));
    git(&project, &["init", "--quiet"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "one"]);
    let name = std::ffi::OsStr::from_bytes(b"questions/databases/b\xff.md");
    std::fs::write(project.path("").join(name), sound("two queues")).unwrap();
    let lines = found(&project, &["--since", "HEAD"]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("unreadable-file error"), "{lines:?}");
}

#[test]
fn hidden_characters_are_removed_without_a_question_only_within_words() {
    let text = sound("one lock").replace("What changes", "What chan\u{200b}ges");
    let text = text.replace("## Rubric", "\u{200b}## Rubric");
    let project = bank().file("questions/databases/a.md", &text);
    lint(&project, &["--fix"]).ended(1);
    let fixed = text.replace("n\u{200b}g", "ng");
    assert_eq!(project.read("questions/databases/a.md"), fixed);
}
