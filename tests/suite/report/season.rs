//! What a season says, and from how many ratings on.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::world::World;
use super::{near, of, of_season, parsed, season};
use crate::harness::Project;

fn rows<'v>(report: &'v Value, list: &str, key: &str) -> BTreeMap<&'v str, &'v Value> {
    let rows = report[list].as_array().unwrap().iter();
    rows.map(|row| (row[key].as_str().unwrap(), row)).collect()
}

/// Every figure of a report: objects with a value, an n and what goes with them.
fn figures<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("value") && fields.contains_key("n") {
                found.push(value);
            }
            for field in fields.values() {
                figures(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| figures(item, found)),
        _ => {}
    }
}

#[test]
fn every_figure_has_its_n_and_a_value_or_a_reason() {
    for report in [
        "questions",
        "interviewers",
        "compare",
        "compare --by category",
        "candidate C-002",
    ] {
        let report = parsed(of_season(&format!("{report} --format json")));
        assert_eq!(report["schema"], 1);
        let mut found = Vec::new();
        figures(&report, &mut found);
        assert!(found.len() > 10);
        for figure in found {
            let (value, why) = (&figure["value"], &figure["why"]);
            assert_eq!(value.is_null(), !why.is_null(), "{figure}");
            let ends = &figure["interval"];
            if let (Some(value), Some(low), Some(high)) =
                (value.as_f64(), ends["low"].as_f64(), ends["high"].as_f64())
            {
                assert!(low <= value && value <= high, "{figure}");
            }
        }
    }
}

/// Figures that are not shown below their number, and are from it on.
#[test]
fn too_few_are_counted_and_not_shown() {
    let least = |figure: &Value| figure["why"]["needs"].as_u64();
    let report = parsed(of_season("questions --format json"));
    let (mut shown, mut hidden) = (0, 0);
    for row in report["questions"].as_array().unwrap() {
        let rest = &row["item_rest"];
        let n = rest["n"].as_u64().unwrap();
        assert_eq!(rest["value"].is_null(), n < 30, "{rest}");
        assert!(n >= 30 || least(rest) == Some(30));
        let ratings = row["ratings"].as_u64().unwrap();
        assert_eq!(row["difficulty"]["value"].is_null(), ratings < 10);
        shown += u32::from(n >= 30);
        hidden += u32::from(n < 30);
    }
    assert!(shown > 0 && hidden > 0);
    let report = parsed(of_season("interviewers --format json"));
    for row in report["interviewers"].as_array().unwrap() {
        let is_enough =
            row["ratings"].as_u64() >= Some(30) && row["candidates"].as_u64() >= Some(5);
        assert_eq!(row["severity"]["value"].is_null(), !is_enough);
    }
    for pair in report["pairs"].as_array().unwrap() {
        let candidates = pair["candidates"].as_u64().unwrap();
        assert_eq!(pair["kappa"]["value"].is_null(), candidates < 10);
        assert_eq!(pair["is_of_few"], json!((10..20).contains(&candidates)));
    }
}

/// The truth is in examples/season/truth.csv: dan 0.6 more severe, eve 0.5 milder; finn uses the middle, gus has a halo.
#[test]
fn the_example_season_shows_what_was_put_into_it() {
    let report = parsed(of_season("interviewers --format json"));
    let rows = rows(&report, "interviewers", "id");
    let apart: Vec<&str> = rows
        .iter()
        .filter(|(_, row)| row["is_apart"] == true)
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(apart, ["dan", "eve"]);
    for (name, truth) in [("dan", 0.6), ("eve", -0.5), ("ana", 0.1), ("ben", -0.15)] {
        let ends = &rows[name]["severity"]["interval"];
        let (low, high) = (
            ends["low"].as_f64().unwrap(),
            ends["high"].as_f64().unwrap(),
        );
        assert!(low <= truth && truth <= high, "{name}: {ends}");
    }
    let high = |row: &Value, figure: &str| row[figure]["interval"]["high"].as_f64().unwrap();
    assert!(high(rows["finn"], "spread_ratio") < 0.8);
    // Everybody else's is 0.9 and more but for finn's.
    assert!(high(rows["gus"], "within_candidate") < 0.6);
    assert!(
        high(rows["gus"], "within_candidate")
            < 0.7 * report["within_candidate"]["value"].as_f64().unwrap()
    );
    let report = parsed(of_season("questions --format json"));
    let asks: BTreeMap<&str, &Value> = report["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["id"].as_str().unwrap(), &row["ask"]))
        .collect();
    assert_eq!(
        asks["authentication-and-authorization"],
        &json!(["too-long"])
    );
    assert_eq!(asks["kafka-or-queue"], &json!(["seldom-asked"]));
    assert_eq!(asks["when-to-index"], &json!([]));
}

/// Small enough to count by hand: joins 4 2 | 5 3, indexes 3 | n, cache not asked twice.
#[test]
fn questions_are_counted_as_by_hand() {
    let world = World::new(&[
        ("joins", "databases"),
        ("indexes", "databases"),
        ("cache", "caching"),
    ])
    .card("C-1", "ana", "submitted", "43-")
    .card("C-1", "ben", "submitted", "2.-")
    .card("C-2", "ana", "submitted", "5n-")
    .card("C-2", "ben", "submitted", "3.5");
    let report = parsed(of(&world.project, "questions --format json"));
    let rows = rows(&report, "questions", "id");
    let joins = rows["joins"];
    assert_eq!(
        (&joins["uses"], &joins["asked"], &joins["ratings"]),
        (&json!(2), &json!(2), &json!(4))
    );
    near(&joins["mean"]["value"], 3.5);
    // The scores 4, 2, 5, 3: squares of differences 5, three degrees of freedom.
    near(&joins["spread"]["value"], (5.0_f64 / 3.0).sqrt());
    // Candidates' sums 6 and 8 of two each: deviations ∓1 from 7, so the variance of the mean is 2·2/16.
    near(&joins["mean"]["standard_error"], 0.5);
    let cache = rows["cache"];
    assert_eq!(
        (&cache["asked"], &cache["not_asked"], &cache["ratings"]),
        (&json!(1), &json!(1), &json!(1))
    );
    near(&cache["ceiling"]["value"], 1.0);
    assert_eq!(rows["indexes"]["asked"], 2);
    let interviewers = parsed(of(&world.project, "interviewers --format json"));
    let rows = self::rows(&interviewers, "interviewers", "id");
    near(&rows["ana"]["mean"]["value"], 4.0);
    near(&rows["ana"]["asked"]["value"], 4.0 / 6.0);
    near(&rows["ben"]["asked"]["value"], 3.0 / 4.0);
    near(&interviewers["model"]["mean"]["n"], 6.0);
}

#[test]
fn who_cannot_be_compared_is_named() {
    // Each interviewer has candidates of their own.
    let mut world = World::new(&[("joins", "databases"), ("indexes", "databases")]);
    for at in 0..20 {
        let who = ["ana", "ben"][at % 2];
        let answers = ["34", "45", "23", "52", "41"][at % 5];
        world = world.card(&format!("C-{at:02}"), who, "submitted", answers);
    }
    let report = parsed(of(&world.project, "interviewers --format json"));
    assert_eq!(report["model"]["confounded"][0]["facet"], "interviewer");
    assert_eq!(
        report["model"]["confounded"][0]["groups"],
        json!([["ana"], ["ben"]])
    );
    assert_eq!(report["model"]["parts"], 1);
    for row in report["interviewers"].as_array().unwrap() {
        assert!(row["severity"]["value"].is_null());
    }
    let text = of(&world.project, "interviewers").good().stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "ana and ben never rated the same candidate, nor the same question's same candidate"
        ) && text.contains("severity can't be told from ability")
            && text.contains("What would tell them apart"),
        "{text}"
    );
}

#[test]
fn the_same_scorecards_give_the_same_bytes() {
    let folder = season();
    for report in ["questions", "interviewers", "compare"] {
        for format in ["text", "markdown", "html", "csv", "json"] {
            let arguments = [
                "report",
                report,
                "--interviews",
                &folder,
                "--format",
                format,
            ];
            let one = Project::empty()
                .run_with(&arguments, "", &[("RAYON_NUM_THREADS", "1")])
                .good();
            let many = Project::empty()
                .run_with(
                    &arguments,
                    "",
                    &[
                        ("RAYON_NUM_THREADS", "3"),
                        ("LC_ALL", "de_DE.UTF-8"),
                        ("TZ", "Asia/Tokyo"),
                    ],
                )
                .good();
            assert!(one.stdout == many.stdout, "{report} {format}");
        }
    }
}

#[test]
fn the_form_follows_the_files_name() {
    let folder = season();
    let project = Project::empty();
    for (file, begins) in [
        ("a.txt", "Interviewers"),
        ("a.md", "# Interviewers"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.csv", "interviewer,"),
        ("a.json", "{"),
    ] {
        let run = project
            .run(&[
                "report",
                "interviewers",
                "--interviews",
                &folder,
                "-o",
                file,
            ])
            .good();
        assert_eq!(run.stdout, "");
        assert!(project.read(file).starts_with(begins), "{file}");
    }
    let run = project
        .run(&[
            "report",
            "interviewers",
            "--interviews",
            &folder,
            "-o",
            "a.docx",
        ])
        .ended(2);
    assert!(
        run.stderr.contains(".docx") && run.stderr.contains("--format"),
        "{}",
        run.stderr
    );
    let run = project.run(&[
        "report",
        "interviewers",
        "--interviews",
        &folder,
        "-o",
        "a.docx",
        "--format",
        "csv",
    ]);
    run.good();
    let run = project
        .run(&[
            "report",
            "interviewers",
            "--interviews",
            &folder,
            "-o",
            "-",
            "--format",
            "json",
        ])
        .good();
    assert!(run.stdout.starts_with('{'));
}

#[test]
fn days_and_blueprints_are_filtered() {
    let all = parsed(of_season("questions --format json"));
    let march = parsed(of_season("questions --until 2026-03-31 --format json"));
    let debugging = parsed(of_season(
        "questions --blueprint debugging-45 --format json",
    ));
    let ratings = |report: &Value| report["of"]["ratings"].as_u64().unwrap();
    assert!(ratings(&march) > 0 && ratings(&march) < ratings(&all));
    assert!(march["of"]["last"].as_str().unwrap() <= "2026-03-31");
    let months = parsed(of_season("compare --by month --format json"));
    let first = &months["groups"][0];
    assert_eq!(
        (&first["group"], first["ratings"].as_u64()),
        (&json!("2026-03"), Some(ratings(&march)))
    );
    let blueprints = parsed(of_season("compare --by blueprint --format json"));
    let rows = rows(&blueprints, "groups", "group");
    assert_eq!(
        rows["debugging-45"]["ratings"].as_u64(),
        Some(ratings(&debugging))
    );
}

#[test]
fn an_empty_folder_says_so() {
    let project = Project::bank().file("interviews/.keep", "");
    for report in ["questions", "interviewers", "compare", "bank"] {
        for format in ["text", "markdown", "html", "csv", "json"] {
            of(&project, &format!("{report} --format {format}")).good();
        }
    }
    let run = project
        .line("report questions --interviews nowhere")
        .ended(2);
    assert!(run.stderr.contains("no such folder"), "{}", run.stderr);
}
