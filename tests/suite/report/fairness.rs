//! Selection rates from counts.

use serde_json::{Value, json};

use super::{near, parsed};
use crate::harness::Project;

fn report(groups: &str) -> Value {
    parsed(Project::empty().line(&format!("report fairness {groups} --format json")))
}

/// The p is that of R: fisher.test(matrix(c(18, 41, 42, 49), 2))$p.value.
#[test]
fn rates_are_compared_with_the_highest() {
    let report = report("--group a=18/60 --group b=41/90");
    let a = &report["groups"][0];
    near(&a["ratio"]["value"], (18.0 / 60.0) / (41.0 / 90.0));
    assert_eq!(
        (&a["is_below"], &report["groups"][1]["is_reference"]),
        (&json!(true), &json!(true))
    );
    let p = a["p"].as_f64().unwrap();
    assert!((p - 0.061_885).abs() < 5e-3, "{p}");
    // Katz: the variance of the logarithm is 1/18 − 1/60 + 1/41 − 1/90.
    let error: f64 = (1.0_f64 / 18.0 - 1.0 / 60.0 + 1.0 / 41.0 - 1.0 / 90.0).sqrt();
    let high = a["ratio"]["interval"]["high"].as_f64().unwrap();
    let expected = (0.3 * 90.0 / 41.0) * (1.959_963_984_540_054 * error).exp();
    assert!((high - expected).abs() < 1e-6, "{high}");
}

#[test]
fn too_few_people_say_nothing() {
    let report = report("--group a=1/10 --group b=41/90 --group tiny=3/3");
    for row in [&report["groups"][0], &report["groups"][2]] {
        assert!(row["ratio"]["value"].is_null());
        assert_eq!(row["ratio"]["why"]["needs"], 30);
    }
    // The few with the highest rate are no yardstick.
    assert_eq!(report["groups"][1]["is_reference"], true);
    let text = Project::empty()
        .line("report fairness --group a=1/10 --group b=41/90")
        .good()
        .stdout;
    assert!(text.contains("too few people to tell"), "{text}");
}

#[test]
fn one_person_may_turn_it() {
    // 24/60 against 30/60 is exactly four fifths; 23 is below.
    let report = report("--group a=24/60 --group b=30/60");
    assert_eq!(report["groups"][0]["is_below"], false);
    assert_eq!(report["groups"][0]["turns_on_one"], true);
    let report = self::report("--group a=29/60 --group b=30/60");
    assert_eq!(report["groups"][0]["turns_on_one"], false);
}

#[test]
fn counts_come_from_a_file_too_and_nothing_is_kept() {
    let project = Project::empty().file("c.csv", "group,selected,of\n=a,18,60\nb,41,90\n");
    let run = project
        .line("report fairness --counts c.csv --format csv")
        .good();
    assert!(run.stdout.contains("\n'=a,18,60,0.3,"), "{}", run.stdout);
    let names: Vec<_> = std::fs::read_dir(project.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["c.csv"]);
    let project = Project::empty().file("c.csv", "group,selected,of\na,61,60\nb,x,90\n");
    let run = project.line("report fairness --counts c.csv").ended(2);
    assert!(
        run.stderr.contains("c.csv:2: 61 of 60 is more than all"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("c.csv:3: selected: `x` is no whole number"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_no_count_is_refused() {
    for (line, expected) in [
        ("--group a=1/2", "two groups are needed"),
        ("--group a=1/2 --group a=2/3", "given twice"),
        ("--group a=3/2 --group b=1/2", "more than all"),
        ("--group a --group b=1/2", "NAME=SELECTED/OF"),
        (
            "--group a=1/9999999 --group b=1/2",
            "more than 1000000 people",
        ),
    ] {
        let run = Project::empty()
            .line(&format!("report fairness {line}"))
            .ended(2);
        assert!(run.stderr.contains(expected), "{line}: {}", run.stderr);
    }
    let report = report("--group a=0/0 --group b=0/5");
    assert!(report["groups"][0]["rate"]["value"].is_null());
}
