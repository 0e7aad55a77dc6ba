//! Test-assembly instances in a neutral JSON: `cargo bench --bench assembly -- FILE|FOLDER…` prints objective,
//! verdict and seconds of each.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, not a program"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use intervy::pick::exact::model::{Column, Model, Row};
use intervy::pick::exact::{Limits, Proof, solve};
use serde_json::Value;

fn main() {
    let arguments = std::env::args().skip(1);
    let named: Vec<PathBuf> = arguments
        .filter(|word| !word.starts_with('-'))
        .map(PathBuf::from)
        .collect();
    if named.is_empty() {
        println!("name instances: cargo bench --bench assembly -- FILE|FOLDER…");
    }
    for path in named.iter().flat_map(|path| files(path)) {
        let text = std::fs::read_to_string(&path).unwrap();
        let instance: Value = serde_json::from_str(&text).unwrap();
        let shown = path.display();
        if instance["objective"] != "max_value" || instance["forms"] != 1 {
            println!("{shown}: not measured: only one form of the greatest value is");
            continue;
        }
        let start = Instant::now();
        let answer = solve(&single(&instance), &Limits::default());
        let seconds = start.elapsed().as_secs_f64();
        let value = answer
            .best
            .map_or("none".to_owned(), |best| (-best.1).to_string());
        let verdict = match (answer.proof, value.as_str()) {
            (Proof::Complete, "none") => "infeasible".to_owned(),
            (Proof::Complete, _) => "optimal".to_owned(),
            (Proof::AtLeast(bound), _) => format!("at most {}", -bound),
        };
        println!("{shown}: {value}, {verdict}, {seconds:.4} s");
    }
}

/// The instances in a folder, or the file itself.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let is_instance = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "json")
            && path.file_stem().is_some_and(|stem| stem != "optima")
    };
    files.retain(is_instance);
    files.sort();
    files
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}

fn single(instance: &Value) -> Model {
    let bank = instance["bank"].as_array().unwrap();
    let mut model = Model::default();
    let mut row = |least: Option<i64>, most: Option<i64>, lazy: bool| {
        model.rows.push(Row {
            least,
            most,
            lazy,
            branch: false,
        });
        model.rows.len() - 1
    };
    let minutes = &instance["minutes"];
    let minutes = row(minutes[0].as_i64(), minutes[1].as_i64(), false);
    let count = instance
        .get("n_q")
        .map(|count| row(count[0].as_i64(), count[1].as_i64(), false));
    let mut categories: Vec<&str> = bank
        .iter()
        .map(|question| question["cat"].as_str().unwrap())
        .collect();
    categories.sort_unstable();
    categories.dedup();
    let used = instance
        .get("min_cats")
        .map(|least| row(least.as_i64(), None, false));
    let marks: Vec<usize> = categories
        .iter()
        .map(|_| row(Some(0), None, false))
        .collect();
    let most: Option<Vec<usize>> = instance.get("max_per_cat").map(|most| {
        categories
            .iter()
            .map(|_| row(None, most.as_i64(), false))
            .collect()
    });
    let mix: Vec<(Vec<i64>, usize)> = instance["diff_mix"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(levels, bounds)| {
            let levels = levels
                .split(',')
                .map(|level| level.parse().unwrap())
                .collect();
            (levels, row(bounds[0].as_i64(), bounds[1].as_i64(), false))
        })
        .collect();
    let enemies: Vec<(usize, usize, usize)> = instance["enemies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| {
            let index = |place: usize| usize::try_from(number(&pair[place])).unwrap();
            (index(0), index(1), row(None, Some(1), true))
        })
        .collect();
    for question in bank {
        let category = categories
            .binary_search(&question["cat"].as_str().unwrap())
            .unwrap();
        let allowed = instance
            .get("max_uses")
            .is_none_or(|most| number(&question["uses"]) < number(most));
        let mut entries = vec![(minutes, number(&question["min"])), (marks[category], 1)];
        entries.extend(count.map(|row| (row, 1)));
        entries.extend(most.as_ref().map(|rows| (rows[category], 1)));
        for (levels, row) in &mix {
            if levels.contains(&number(&question["diff"])) {
                entries.push((*row, 1));
            }
        }
        model.columns.push(Column {
            cost: -number(&question["value"]),
            least: 0,
            most: i64::from(allowed),
            entries,
        });
    }
    for (a, b, row) in enemies {
        for index in [a, b] {
            model.columns[index].entries.push((row, 1));
        }
    }
    if let Some(used) = used {
        for mark in marks {
            model.columns.push(Column {
                cost: 0,
                least: 0,
                most: 1,
                entries: vec![(used, 1), (mark, -1)],
            });
        }
    }
    model
}
