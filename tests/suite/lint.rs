//! The linter as users run it: levels, reasons, formats, exit states.

use serde_json::Value;

use crate::harness::{CONFIG, Project, Run};

/// A question without a defect; only its id and title say which.
pub(crate) fn sound(title: &str) -> String {
    format!(
        "---\ntitle: {title}\ncategory: databases\ndifficulty: medium\nminutes: {{ quick: 3, standard: 6, deep: 12 }}\n---\n\nWhat changes when {title} is under load, and how would you notice?\n\n## Reference answer\n\nIt waits on {title}, which a saturated queue shows first.\n\n## Follow-ups\n\n- What would you measure?\n  - listens for: waiting, not use\n\n## Rubric\n\n- 3: Names the wait.\n- 4: Measures {title} before changing it.\n- 5: Bounds it, and says what is lost by that.\n"
    )
}

/// The same without its rubric.
pub(crate) fn flawed(title: &str) -> String {
    let text = sound(title);
    text[..text.find("## Rubric").unwrap()].to_owned()
}

/// A bank whose categories nobody complains about.
pub(crate) fn bank() -> Project {
    let quiet = "thin-category = \"off\"\nnear-duplicate = \"off\"";
    let config = format!("{CONFIG}\n[lint.rules]\n{quiet}\n");
    Project::empty().file("intervy.toml", config)
}

pub(crate) fn lint(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["lint", "--today", "2026-11-23"], arguments].concat())
}

/// `rule level path:line` of every finding of a JSON report.
pub(crate) fn found(project: &Project, arguments: &[&str]) -> Vec<String> {
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
