//! Reports against the schemas of those who read them. The schemas and their validators are not ours:
//! `.ci/validators` installs them and prints the folder that `INTERVY_VALIDATORS` names.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::harness::{CONFIG, Project};

/// The folder of the validators; `None`, said aloud, where there is none and nothing requires it.
fn validators() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("INTERVY_VALIDATORS") {
        return Some(PathBuf::from(folder));
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "CI must set INTERVY_VALIDATORS"
    );
    eprintln!("SKIPPED: validation by schemas needs INTERVY_VALIDATORS=$(.ci/validators)");
    None
}

#[track_caller]
fn accepted(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A bank with findings of many sorts: in files as a whole, related ones, suppressed ones, hostile ones.
fn bank() -> Project {
    let hostile = r#"---
title: "</failure>]]> & \u0001 \u001b[31m \u202e 𝄞 %0A"
category: databases
difficulty: Hard
minutes: 5
allow: { missing-rubric: "a <reason> & more" }
"a<b>&\"c": 1
---
Größe 𝄞?
"#;
    Project::empty()
        .file("intervy.toml", CONFIG)
        .file("questions/databases/a b&c%.md", hostile)
        .file("questions/databases/twin.md", hostile)
        .file("questions/caching/twin.md", hostile)
        .file("questions/caching/none.md", "")
        .file("questions/caching/bytes.md", [0xff, 0xfe])
}

/// The report of a format, in a folder of its own.
fn report(bank: &Project, format: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report");
    let output = format!("{format}={}", path.display());
    bank.run(&["lint", "--output", &output, "--today", "2026-11-23"]);
    (folder, path)
}

/// What finds nothing must be valid as well.
fn banks() -> [Project; 2] {
    let clean = Project::empty()
        .file(
            "intervy.toml",
            format!("{CONFIG}\n[lint.rules]\nthin-category = \"off\"\n"),
        )
        .question("databases", "a");
    [bank(), clean]
}

#[test]
fn sarif_is_what_the_standard_says() {
    const CHECK: &str = "import json, sys, jsonschema
schema, report = (json.load(open(path, encoding='utf-8')) for path in sys.argv[1:])
errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(report)]
sys.exit('\\n'.join(errors) or 0)";
    let Some(validators) = validators() else {
        return;
    };
    for bank in banks() {
        let (_folder, path) = report(&bank, "sarif");
        accepted(
            Command::new(validators.join("bin/python"))
                .args(["-c", CHECK])
                .arg(validators.join("sarif.json"))
                .arg(path),
        );
    }
}

#[test]
fn junit_is_what_its_readers_expect() {
    let Some(validators) = validators() else {
        return;
    };
    for bank in banks() {
        let (_folder, path) = report(&bank, "junit");
        accepted(
            Command::new("xmllint")
                .args(["--noout", "--schema"])
                .arg(validators.join("junit.xsd"))
                .arg(path),
        );
    }
}

/// GitLab publishes a list of fields: a description, a name of the check, a fingerprint that no other
/// entry has, one of five severities, a relative path without `./`, and the first line.
#[test]
fn gitlab_gets_the_fields_that_it_documents() {
    for bank in banks() {
        let (_folder, path) = report(&bank, "gitlab");
        let report: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut prints = std::collections::HashSet::new();
        for entry in report.as_array().unwrap() {
            let word = |key: &str| entry[key].as_str().unwrap();
            assert!(!word("description").is_empty() && !word("check_name").is_empty());
            assert!(prints.insert(word("fingerprint").to_owned()), "{entry}");
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&word("severity")));
            let path = entry["location"]["path"].as_str().unwrap();
            assert!(!path.starts_with("./") && !path.starts_with('/'), "{path}");
            assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        }
    }
}

#[test]
fn the_action_and_the_workflow_are_what_github_reads() {
    let Some(validators) = validators() else {
        return;
    };
    let root = env!("CARGO_MANIFEST_DIR");
    for (schema, file) in [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "templates/init/intervy.yml"),
    ] {
        accepted(
            Command::new(validators.join("bin/check-jsonschema"))
                .args(["--builtin-schema", schema, file])
                .current_dir(root),
        );
    }
}

#[test]
fn every_flag_of_the_action_exists() {
    let action = crate::harness::project_file("action.yml");
    let workflow = crate::harness::project_file("templates/init/intervy.yml");
    let help = Project::empty().run(&["lint", "--help"]).good().stdout;
    let words = action.split_whitespace().chain(workflow.split_whitespace());
    let flags: Vec<&str> = words
        .filter_map(|word| {
            let start = word.find("--")?;
            word[start..]
                .split(|letter: char| !letter.is_ascii_lowercase() && letter != '-')
                .next()
        })
        .filter(|flag| *flag != "--locked" && *flag != "--git" && flag.len() > 2)
        .collect();
    assert!(flags.len() >= 6, "{flags:?}");
    for flag in flags {
        assert!(help.contains(flag), "{flag}");
    }
}
