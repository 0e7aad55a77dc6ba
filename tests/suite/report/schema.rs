//! The JSON of every report, against the schema that the documentation gives.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::world::World;
use super::{of, of_season};
use crate::harness::{Project, Run, project_file};
use crate::page_checks::installed;

/// The schema as it is given, which lets fields be added, and one that knows no others.
fn schemas() -> [String; 2] {
    let given = project_file("docs/schemas/report.json");
    let mut strict: Value = serde_json::from_str(&given).unwrap();
    close(&mut strict);
    [given, strict.to_string()]
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for field in fields.values_mut() {
                close(field);
            }
            let is_closed = fields.contains_key("additionalProperties");
            if fields.contains_key("properties") && fields.contains_key("type") && !is_closed {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn every_report_is_what_the_schema_says() {
    let Some(checker) = installed("bin/check-jsonschema") else {
        return;
    };
    let small = World::new(&[("joins", "databases"), ("cache", "caching")])
        .card("C-1", "ana", "submitted", "4n")
        .card("C-1", "ben", "submitted", ".-")
        .card("C-2", "ana", "draft", "4.");
    let nothing = Project::bank().file("interviews/.keep", "");
    let runs: Vec<Run> = [
        "questions",
        "interviewers",
        "compare",
        "candidate C-002",
        "candidate C-006 --adjusted",
        "bank",
    ]
    .into_iter()
    .map(|report| of_season(&format!("{report} --format json")))
    .chain(
        [
            "questions",
            "interviewers --descriptive",
            "compare --by loop",
            "candidate C-1 --adjusted",
            "bank",
        ]
        .into_iter()
        .map(|report| of(&small.project, &format!("{report} --format json"))),
    )
    .chain(
        ["questions", "interviewers", "compare", "bank"]
            .into_iter()
            .map(|report| of(&nothing, &format!("{report} --format json"))),
    )
    .chain([
        nothing.line("report fairness --group a=1/40 --group b=20/40 --group c=0/0 --format json"),
        nothing.line("report bank --format json"),
    ])
    .collect();
    let folder = Project::empty();
    let files: Vec<_> = (0..)
        .zip(runs)
        .map(|(at, run): (usize, Run)| {
            let path = folder.path(&format!("{at}.json"));
            fs::write(&path, run.good().stdout).unwrap();
            path
        })
        .collect();
    for (name, schema) in ["given.json", "strict.json"].into_iter().zip(schemas()) {
        fs::write(folder.path(name), schema).unwrap();
        let output = Command::new(&checker)
            .arg("--schemafile")
            .arg(folder.path(name))
            .args(&files)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{name}: {said}");
    }
}
