//! Every lint rule fires where it should and nowhere else: the fixtures of `tests/rules`.
//!
//! A fixture is a text file named after its rule. Lines that begin with `== fires` or `== passes` begin a
//! case, lines that begin with `-- ` begin a file of the case's bank:
//!
//! ```text
//! == fires: a title
//! -- questions/databases/a.md
//! {{matter}}
//! …
//! -- expect
//! questions/databases/a.md:2:8 the-rule: the message
//! ```
//!
//! A case that fires must have the listed findings and no other, of any rule; one that passes, none.
//! `{{matter}}`, `{{prompt}}` and `{{sections}}` stand for front matter, a prompt and sections without a
//! defect. The configuration is the one below unless the case has its own `intervy.toml`. After
//! `-- fixed PATH` stands what `--fix` makes of a file, after `-- fixed-unsafe PATH` what
//! `--fix --unsafe` makes of it. `baseline.json` is used as the baseline. The day is 2026-11-23.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use intervy::lint::rules;

use crate::harness::{Project, lint};

const CONFIG: &str = "[bank]\nname = \"Fixture\"\nschema = 1\n
[[categories]]\nid = \"databases\"\nname = \"Databases\"\naliases = [\"db\"]\n
[[categories]]\nid = \"caching\"\nname = \"Caching\"\n
[lint.rules]\nthin-category = \"off\"\nnear-duplicate = \"off\"\n";

const MATTER: &str = "---\ntitle: Waiting writers\ncategory: databases\ndifficulty: medium\nminutes: { quick: 3, standard: 6, deep: 12 }\nreviewed: 2026-10-01\n---\n";

const PROMPT: &str = "Two transactions update the same rows in a different order, and one of them fails. What happens, and what would you do?\n";

const SECTIONS: &str = "## Reference answer\n\nA deadlock: the database notices the cycle and rolls one of them back, which has to be retried.\n
## Follow-ups\n\n- How do you find out which statements took part?\n  - listens for: the server's log, the wait graph\n
## Rubric\n\n- 3: Names the deadlock.\n- 4: Orders the updates, or retries after the rollback.\n- 5: Weighs both, and bounds how often a retry is made.\n";

#[derive(Default)]
struct Case {
    title: String,
    fires: bool,
    line: usize,
    files: BTreeMap<String, String>,
    expected: Option<String>,
    fixed: BTreeMap<(bool, String), String>,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules"))
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut current = String::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case {
                title: title.to_owned(),
                fires: title.starts_with("fires"),
                line: number + 1,
                ..Case::default()
            });
            assert!(
                title.starts_with("fires") || title.starts_with("passes"),
                "{line}"
            );
        } else if let Some(path) = line.strip_prefix("-- ") {
            path.clone_into(&mut current);
        } else if let Some(case) = cases.last_mut() {
            let text = match current.split_once(' ') {
                None if current == "expect" => case.expected.get_or_insert_default(),
                None => case.files.entry(current.clone()).or_default(),
                Some((how, path)) => {
                    assert!(how.starts_with("fixed"), "{current}");
                    let key = (how == "fixed-unsafe", path.to_owned());
                    case.fixed.entry(key).or_default()
                }
            };
            match line {
                "{{matter}}" => text.push_str(MATTER),
                "{{prompt}}" => text.push_str(PROMPT),
                "{{sections}}" => text.push_str(SECTIONS),
                _ => {
                    // What an editor would strip or hide is written out.
                    let line = line
                        .replace("{{tab}}", "\t")
                        .replace("{{blank}}", " ")
                        .replace("{{cr}}", "\r");
                    let _ = writeln!(text, "{line}");
                }
            }
        }
    }
    cases
}

fn project(case: &Case) -> Project {
    let mut project = Project::empty();
    if !case.files.contains_key("intervy.toml") {
        project = project.file("intervy.toml", CONFIG);
    }
    for (path, text) in &case.files {
        project = project.file(path, text);
    }
    project
}

#[test]
fn every_rule_fires_where_it_should_and_nowhere_else() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite");
    let mut wrong = String::new();
    for rule in rules::ALL {
        let path = folder().join(format!("{}.txt", rule.name));
        let Ok(text) = std::fs::read_to_string(&path) else {
            let _ = writeln!(wrong, "{} has no fixture", rule.name);
            continue;
        };
        let cases = cases(&text);
        for fires in [true, false] {
            if !cases.iter().any(|case| case.fires == fires) {
                let _ = writeln!(
                    wrong,
                    "{} has no case that {}",
                    rule.name,
                    if fires { "fires" } else { "passes" }
                );
            }
        }
        let mut updated = text.clone();
        for case in &cases {
            let project = project(case);
            let found = lint(&project.path(""));
            let lines: String = found.iter().map(|line| format!("{line}\n")).collect();
            let expected = case.expected.clone().unwrap_or_default();
            let expected = expected.trim_end_matches('\n').to_owned() + "\n";
            let expected = if expected == "\n" {
                String::new()
            } else {
                expected
            };
            if lines != expected {
                let _ = writeln!(
                    wrong,
                    "{}.txt:{} {}\nexpected\n{expected}found\n{lines}",
                    rule.name, case.line, case.title
                );
                if overwrite && case.fires && !expected.is_empty() {
                    updated = updated.replacen(&expected, &lines, 1);
                }
            }
            if case.fires
                && !found
                    .iter()
                    .any(|line| line.contains(&format!(" {}: ", rule.name)))
            {
                let _ = writeln!(
                    wrong,
                    "{}.txt:{} {} does not fire",
                    rule.name, case.line, case.title
                );
            }
            assert!(
                !case.files.is_empty(),
                "{}.txt:{} has no file",
                rule.name,
                case.line
            );
            for ((guess, path), text) in &case.fixed {
                let flags: &[&str] = if *guess { &["--unsafe"] } else { &[] };
                let run = |project: &Project| {
                    let arguments = ["lint", "--quiet", "--fix", "--today", "2026-11-23"];
                    project.run(&[&arguments, flags].concat());
                    project.read(path)
                };
                let project = self::project(case);
                let once = run(&project);
                if once.trim_end() != text.trim_end() {
                    let _ = writeln!(
                        wrong,
                        "{}.txt:{} fixed\nexpected\n{text}found\n{once}",
                        rule.name, case.line
                    );
                }
                assert_eq!(
                    run(&project),
                    once,
                    "{}.txt:{} is not idempotent",
                    rule.name,
                    case.line
                );
            }
        }
        if updated != text {
            std::fs::write(&path, updated).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let rule = name
            .strip_suffix(".txt")
            .unwrap_or_else(|| panic!("{name} is no fixture"));
        assert!(rules::find(rule).is_some(), "there is no rule {rule}");
    }
}

#[test]
fn every_rule_is_registered_and_documented() {
    let names: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted(), "the table is ordered by name: {names:?}");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lint/rules");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .replace('_', "-");
        assert!(
            stem == "mod" || names.contains(&stem.as_str()),
            "{stem} is not in the table"
        );
    }
    for rule in rules::ALL {
        let name = rule.name;
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{name} is not kebab-case"
        );
        let documentation = rule.documentation();
        assert!(
            documentation.starts_with(&format!("`{name}`: ")),
            "the documentation of {name} begins with its name"
        );
        assert!(rule.summary().ends_with('.'), "{name}: {}", rule.summary());
        for heading in ["\n## Why\n\n", "\n## Example\n\n", "\n## Instead\n\n"] {
            assert!(
                documentation.contains(heading),
                "{name} has no {}",
                heading.trim()
            );
        }
        assert!(!rule.file.contains("todo!"), "{name} is unfinished");
    }
}
