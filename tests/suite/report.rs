//! `intervy report` as users run it.

mod debrief;
mod decisions;
mod fairness;
mod few;
mod hidden;
mod schema;
mod season;
mod table;
pub(crate) mod world;

use serde_json::Value;

use crate::harness::{Project, Run};

/// The example season.
fn season() -> String {
    format!("{}/examples/season/interviews", env!("CARGO_MANIFEST_DIR"))
}

/// What a report of the example season prints.
fn of_season(report: &str) -> Run {
    let folder = season();
    let mut arguments: Vec<&str> = vec!["report"];
    arguments.extend(report.split_whitespace());
    arguments.extend(["--interviews", &folder]);
    Project::empty().run(&arguments)
}

/// A report of a project's interviews.
fn of(project: &Project, report: &str) -> Run {
    project.line(&format!("report {report} --interviews interviews"))
}

fn parsed(run: Run) -> Value {
    let run = run.good();
    serde_json::from_str(&run.stdout).unwrap()
}

#[track_caller]
fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
}
