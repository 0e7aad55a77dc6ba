//! The linter as users run it: levels, reasons, fixes, revisions, baselines, formats, exit states.

use std::process::Command;

use serde_json::Value;

use crate::harness::{CONFIG, Project, Run};

/// A question without a defect; only its id and title say which.
fn sound(title: &str) -> String {
    format!(
        "---\ntitle: {title}\ncategory: databases\ndifficulty: medium\nminutes: {{ quick: 3, standard: 6, deep: 12 }}\n---\n\nWhat changes when {title} is under load, and how would you notice?\n\n## Reference answer\n\nIt waits on {title}, which a saturated queue shows first.\n\n## Follow-ups\n\n- What would you measure?\n  - listens for: waiting, not use\n\n## Rubric\n\n- 3: Names the wait.\n- 4: Measures {title} before changing it.\n- 5: Bounds it, and says what is lost by that.\n"
    )
}

/// The same without its rubric.
fn flawed(title: &str) -> String {
    let text = sound(title);
    text[..text.find("## Rubric").unwrap()].to_owned()
}

/// A bank whose categories nobody complains about.
fn bank() -> Project {
    let quiet = "thin-category = \"off\"\nnear-duplicate = \"off\"";
    let config = format!("{CONFIG}\n[lint.rules]\n{quiet}\n");
    Project::empty().file("intervy.toml", config)
}

fn lint(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["lint", "--today", "2026-11-23"], arguments].concat())
}

/// `rule level path:line` of every finding of a JSON report.
fn found(project: &Project, arguments: &[&str]) -> Vec<String> {
    let run = lint(project, &[&["--format", "json"], arguments].concat());
    let json: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let line = |finding: &Value| {
        let word = |key: &str| finding[key].as_str().unwrap().to_owned();
        format!(
            "{} {} {}:{}",
            word("rule"),
            word("level"),
            word("path"),
            finding["line"]
        )
    };
    json.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn levels_come_from_the_configuration_then_from_flags() {
    let project = bank()
        .file("questions/databases/old/a.md", flawed("one lock"))
        .file("questions/databases/b.md", flawed("two queues"))
        .file(
            "intervy.toml",
            format!(
                "{CONFIG}\n[lint]\nextends = \"team.toml\"\n\n[[lint.paths]]\npath = \"questions/**/old/*\"\nrules = {{ missing-rubric = \"warning\" }}\n"
            ),
        )
        .file("team.toml", "[lint.rules]\nall = \"off\"\nmissing-rubric = \"error\"\n");
    let both = [
        "missing-rubric error questions/databases/b.md:2",
        "missing-rubric warning questions/databases/old/a.md:2",
    ];
    assert_eq!(found(&project, &[]), both);
    lint(&project, &[]).ended(1);
    // All others are off already.
    let run = lint(&project, &["--allow", "missing-rubric"]).ended(2);
    assert!(run.stderr.contains("every rule is off"), "{}", run.stderr);
    lint(&project, &["--warn", "missing-rubric"]).ended(0);
    lint(
        &project,
        &["--warn", "missing-rubric", "--fail-on", "warning"],
    )
    .ended(1);
    let denied = found(&project, &["--allow", "all", "--deny", "missing-rubric"]);
    assert!(
        denied.iter().all(|line| line.contains(" error ")) && denied.len() == 2,
        "{denied:?}"
    );
    let run = lint(&project, &["--deny", "missing-rubrik"]).ended(2);
    assert!(
        run.stderr.contains("did you mean `missing-rubric`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_a_configuration_extends_stays_in_the_repository() {
    let project = Project::empty()
        .file("secret.toml", "[lint.rules]\nmissing-rubric = \"off\"\n")
        .file("bank/a.toml", "[lint]\nextends = \"b.toml\"\n")
        .file("bank/b.toml", "[lint]\nextends = \"a.toml\"\n")
        .file("bank/questions/databases/a.md", sound("one lock"));
    for (path, why) in [
        ("../secret.toml", "it lies outside the repository"),
        ("questions/databases/a.md", "it is no `.toml` file"),
        ("none.toml", "no such file"),
        ("a.toml", "it extends itself"),
    ] {
        let config = format!("{CONFIG}\n[lint]\nextends = \"{path}\"\n");
        std::fs::write(project.path("bank/intervy.toml"), config).unwrap();
        let run = lint(&project, &["--bank", "bank"]).ended(1);
        assert!(run.stdout.contains(why), "{path}: {}", run.stdout);
    }
    // The same file counts once the bank is part of its repository.
    std::fs::create_dir(project.path(".git")).unwrap();
    let config = format!("{CONFIG}\n[lint]\nextends = \"../secret.toml\"\n");
    std::fs::write(project.path("bank/intervy.toml"), config).unwrap();
    std::fs::write(
        project.path("bank/questions/databases/a.md"),
        flawed("one lock"),
    )
    .unwrap();
    let run = lint(&project, &["--bank", "bank", "--format", "json"]);
    assert!(!run.stdout.contains("missing-rubric"), "{}", run.stdout);
}

#[test]
fn a_file_may_break_a_rule_with_a_reason() {
    let allowing =
        |line: &str| flawed("one lock").replace("minutes:", &format!("{line}\nminutes:"));
    let project = bank().file(
        "questions/databases/a.md",
        allowing("allow: { missing-rubric: a warm-up that nobody scores }"),
    );
    let run = lint(&project, &[]).ended(0);
    assert!(
        run.stderr.contains("1 accepted in the files"),
        "{}",
        run.stderr
    );
    let project = bank().file(
        "questions/databases/a.md",
        allowing("allow: { missing-rubric: }"),
    );
    let lines = found(&project, &[]);
    assert!(lines[0].starts_with("missing-rubric error"), "{lines:?}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("invalid-value error")),
        "{lines:?}"
    );
    let comment = "<!-- intervy-allow raw-html: the key is meant -->\n\nPress <b>Ctrl</b>.\n\nPress <b>Alt</b>.\n\n## Reference";
    let text = sound("one lock").replace("## Reference", comment);
    let project = bank().file("questions/databases/a.md", text);
    assert_eq!(
        found(&project, &[]),
        ["raw-html warning questions/databases/a.md:14"]
    );
}

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
fn nothing_was_checked_is_never_a_clean_run() {
    let empty = Project::empty();
    let run = lint(&empty, &[]).ended(2);
    assert!(
        run.stderr
            .contains("nothing was checked: there is no bank here"),
        "{}",
        run.stderr
    );
    let run = lint(&bank(), &[]).ended(2);
    assert!(
        run.stderr
            .contains("nothing was checked: the bank has no questions"),
        "{}",
        run.stderr
    );
    let project = bank().question("databases", "a").file("notes/x.md", "x\n");
    let run = lint(&project, &["notes"]).ended(2);
    assert!(
        run.stderr
            .contains("nothing was checked: no file of the bank is there"),
        "{}",
        run.stderr
    );
    let run = lint(&project, &["questions/databases/b.md"]).ended(2);
    assert!(
        run.stderr
            .contains("nothing was checked: there is no questions/databases/b.md"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_path_leads_to_its_bank() {
    let project = Project::empty()
        .file(
            "hiring/intervy.toml",
            format!("{CONFIG}\n[lint.rules]\nthin-category = \"off\"\nnear-duplicate = \"off\"\n"),
        )
        .file("hiring/questions/databases/a.md", flawed("one lock"))
        .file(
            "hiring/questions/caching/b.md",
            flawed("two queues").replace("databases", "caching"),
        );
    let lines = found(&project, &["hiring/questions/databases"]);
    assert_eq!(
        lines,
        ["missing-rubric error hiring/questions/databases/a.md:2"]
    );
    assert_eq!(found(&project, &["hiring"]).len(), 2);
    let run = lint(
        &project,
        &["hiring/questions/caching/b.md", "--format", "concise"],
    )
    .ended(1);
    assert!(run.stderr.contains("1 question checked"), "{}", run.stderr);
}

#[test]
fn one_malformed_file_is_a_finding_and_the_rest_is_linted() {
    let project = bank()
        .file("questions/databases/a.md", "no front matter\n")
        .file("questions/databases/b.md", [0xff, 0xfe, 0x00])
        .file("questions/databases/c.md", flawed("one lock"));
    let rules: Vec<String> = found(&project, &[]);
    assert_eq!(
        rules,
        [
            "unreadable-file error questions/databases/a.md:1",
            "unreadable-file error questions/databases/b.md:null",
            "missing-rubric error questions/databases/c.md:2",
        ]
    );
}

#[test]
fn several_reports_at_once() {
    let project = bank().file("questions/databases/a.md", flawed("one lock"));
    let outputs = [
        "--output",
        "sarif=a.sarif",
        "--output",
        "junit=b.xml",
        "--output",
        "gitlab=c.json",
        "--output",
        "markdown=d.md",
    ];
    let run = lint(&project, &[&outputs[..], &["--format", "concise"]].concat()).ended(1);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    let sarif: Value = serde_json::from_str(&project.read("a.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "missing-rubric");
    assert!(project.read("b.xml").contains("failures=\"1\""));
    assert_eq!(
        serde_json::from_str::<Value>(&project.read("c.json")).unwrap()[0]["severity"],
        "major"
    );
    assert!(
        project
            .read("d.md")
            .contains("| `questions/databases/a.md:2:8` |")
    );
    for (word, why) in [
        ("sarif", "names no file"),
        ("serif=x", "did you mean `sarif`?"),
        ("json=none/x", "folder does not exist"),
    ] {
        let run = lint(&project, &["--output", word]).ended(2);
        assert!(run.stderr.contains(why), "{word}: {}", run.stderr);
    }
    let run = lint(&project, &["--output", "json=-"]).ended(1);
    assert!(
        serde_json::from_str::<Value>(&run.stdout).is_ok(),
        "{}",
        run.stdout
    );
}

#[test]
fn statistics_list_and_explanation() {
    let project = bank()
        .file("questions/databases/a.md", flawed("one lock"))
        .file(
            "questions/databases/b.md",
            flawed("two queues").replace("medium", "Medium"),
        );
    let run = lint(&project, &["--statistics"]).ended(1);
    assert_eq!(
        run.stdout,
        "     2  error    missing-rubric\n     1  error    invalid-value  1 fixable\n"
    );
    let run = lint(&project, &["--statistics", "--format", "json"]).ended(1);
    let rows: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(rows[1]["fixable"], 1);
    let run = lint(&project, &["--list-rules"]).good();
    assert!(run.stdout.contains("missing-rubric") && run.stdout.contains("Fairness"));
    let run = lint(&project, &["--explain", "missing-rubric"]).good();
    assert!(
        run.stdout.contains("- 3: Names the cause"),
        "{}",
        run.stdout
    );
    let run = lint(&project, &["--explain", "missing-rubrics"]).ended(2);
    assert!(
        run.stderr.contains("did you mean `missing-rubric`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_wrong_with_the_configuration_shows_whatever_is_asked_for() {
    let project = bank().file("questions/databases/a.md", sound("one lock"));
    let config = project.read("intervy.toml");
    for broken in ["[lint\n", "[[lint.paths]]\npath = 3\nrules = {}\n"] {
        std::fs::write(project.path("intervy.toml"), format!("{config}\n{broken}")).unwrap();
        lint(&project, &["questions/databases"]).ended(1);
    }
    // A folder's path stands for what is in it.
    let paths =
        "[[lint.paths]]\npath = \"./questions/databases/\"\nrules = { missing-rubric = \"off\" }\n";
    std::fs::write(project.path("intervy.toml"), format!("{config}\n{paths}")).unwrap();
    let project = project.file("questions/databases/b.md", flawed("two queues"));
    assert_eq!(found(&project, &[]), Vec::<String>::new());
    let run = lint(&project, &["--unsafe"]).ended(2);
    assert!(run.stderr.contains("add `--fix`"), "{}", run.stderr);
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
fn patterns_that_would_take_for_ever_are_refused() {
    let pattern = "{*,*,*,*,*,*,*,*,*,*}".repeat(8);
    let paths = format!("[[lint.paths]]\npath = \"{pattern}z\"\nrules = {{ all = \"off\" }}\n");
    let project = bank().file("questions/databases/a.md", flawed("one lock"));
    let config = project.read("intervy.toml");
    let project = project.file("intervy.toml", format!("{config}\n{paths}"));
    let lines = found(&project, &[]);
    assert!(
        lines[0].starts_with("invalid-value error intervy.toml:"),
        "{lines:?}"
    );
}

#[cfg(unix)]
#[test]
fn links_do_not_tell_what_lies_outside_of_the_bank() {
    let text = sound("one lock").replace("It waits", "[a](up/etc/hosts) [b](up/none) waits");
    let project = bank().file("questions/databases/a.md", text);
    std::os::unix::fs::symlink("/", project.path("questions/databases/up")).unwrap();
    let lines = found(&project, &[]);
    let broken = lines.iter().filter(|line| line.starts_with("broken-link "));
    assert_eq!(broken.count(), 2, "{lines:?}");
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

/// A pull request whose every text tries to steer what reads the log.
fn hostile() -> Project {
    let title = r#""\u001b[2J\u009b31m ::error::x ##[error]y ##vso[task.complete]z ]]><x a='b'> | @ana [l](https://e) `c` \u202e%0A""#;
    let field = "::set-output name=a::b%0a,c";
    let text = format!(
        "---\ntitle: {title}\ncategory: \"##vso[task.setvariable]\\r\\n::error::\\e[31m\"\ndifficulty: \"<script>|`a`\"\nminutes: 5\n\"{field}\": 1\n---\n\n::error::Ask. TODO\n"
    );
    bank().file("questions/databases/a.md", text)
}

#[test]
fn no_text_of_a_bank_steers_a_terminal_or_a_build_log() {
    let project = hostile();
    for format in [
        "text",
        "concise",
        "grouped",
        "github",
        "azure",
        "markdown",
        "json",
        "json-lines",
        "sarif",
        "junit",
        "gitlab",
    ] {
        let run = lint(&project, &["--format", format]).ended(1);
        let steering = |letter: char| letter.is_control() && letter != '\n';
        assert!(!run.stdout.contains(steering), "{format}: {:?}", run.stdout);
        assert!(!run.stdout.contains('\u{202e}'), "{format}");
        for line in run.stdout.lines() {
            let commands =
                line.matches("##[").count() + line.to_lowercase().matches("##vso[").count();
            let own =
                usize::from(format == "azure" && line.starts_with("##vso[task.logissue type="));
            assert_eq!(commands, own, "{format}: {line}");
            let github = line.trim_start().starts_with("::");
            assert_eq!(github, format == "github", "{format}: {line}");
        }
    }
}
