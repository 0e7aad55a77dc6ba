//! Test-assembly instances in a neutral JSON: `cargo bench --bench assembly -- FILE|FOLDER…` prints objective,
//! verdict and seconds of each.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, not a program"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use intervy::pick::exact::forms::{Aim, Forms, assemble};
use intervy::pick::exact::model::{Column, Model, Row};
use intervy::pick::exact::{Limits, Proof};
use serde_json::Value;

/// How long an instance is worked on.
const MOST: Duration = Duration::from_secs(30);

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
        let start = Instant::now();
        let (value, verdict) = measured(&instance, &|| start.elapsed() >= MOST);
        let seconds = start.elapsed().as_secs_f64();
        println!("{}: {value}, {verdict}, {seconds:.4} s", path.display());
    }
}

/// The value that was found, and what is proven of it.
fn measured(instance: &Value, stop: &dyn Fn() -> bool) -> (String, String) {
    let model = single(instance);
    let questions = list(instance, "bank");
    let sum = |field: &str| -> Vec<i64> {
        let weights = questions.iter().map(|question| number(&question[field]));
        let others = model.columns.len() - questions.len();
        weights.chain(std::iter::repeat_n(0, others)).collect()
    };
    let aim = match instance["objective"].as_str() {
        Some("parallel") => Aim::Range,
        Some("maximin_value") => Aim::Worst,
        _ => Aim::Total,
    };
    let forms = Forms {
        model: &model,
        count: instance["forms"]
            .as_u64()
            .map_or(1, |count| usize::try_from(count).unwrap()),
        questions: (0..questions.len()).map(|column| vec![column]).collect(),
        max_overlap: instance["max_overlap"].as_i64(),
        max_uses: instance["max_use_across"].as_i64(),
        anchors: 0,
        matched: vec![sum("min"), sum("diff")],
        preference: Vec::new(),
        aim,
    };
    let limits = Limits {
        stop,
        ..Limits::default()
    };
    let assembly = assemble(&forms, &limits);
    let shown = |value: i64| if aim == Aim::Range { value } else { -value };
    let verdict = match (assembly.proof, &assembly.best) {
        (Proof::Complete, None) => "infeasible".to_owned(),
        (Proof::Complete, _) => "optimal".to_owned(),
        (Proof::AtLeast(i64::MIN), _) => "nothing proven".to_owned(),
        (Proof::AtLeast(bound), _) if aim == Aim::Range => format!("at least {bound}"),
        (Proof::AtLeast(bound), _) => format!("at most {}", -bound),
    };
    let value = assembly.best.map(|best| shown(best.1).to_string());
    (value.unwrap_or_else(|| "none".to_owned()), verdict)
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

/// The elements of a list; none where it is missing.
fn list<'i>(instance: &'i Value, field: &str) -> &'i [Value] {
    instance[field].as_array().map_or(&[], Vec::as_slice)
}

/// The model of one form. Its first columns are the questions.
fn single(instance: &Value) -> Model {
    let bank = list(instance, "bank");
    let mut rows = Rows::default();
    let minutes = rows.between(&instance["minutes"]);
    let count = rows.between(&instance["n_q"]);
    let used = rows.add(instance["min_cats"].as_i64(), None, false);
    let categories: BTreeSet<&str> = bank.iter().map(category).collect();
    // Of each category: how many questions beyond its mark, and how many at most.
    let of_categories: BTreeMap<&str, (usize, usize)> = categories
        .into_iter()
        .map(|name| {
            let marked = rows.add(Some(0), None, false);
            let most = rows.add(None, instance["max_per_cat"].as_i64(), false);
            (name, (marked, most))
        })
        .collect();
    let mix = instance["diff_mix"].as_object();
    let mix: Vec<(Vec<i64>, usize)> = mix
        .into_iter()
        .flatten()
        .map(|(levels, bounds)| {
            let levels = levels.split(',').map(|level| level.trim().parse().unwrap());
            (levels.collect(), rows.between(bounds))
        })
        .collect();
    let most_uses = instance["max_uses"].as_i64().unwrap_or(i64::MAX);
    let mut columns: Vec<Column> = bank
        .iter()
        .map(|question| {
            let (marked, most) = of_categories[category(question)];
            let level = number(&question["diff"]);
            let mixed = mix.iter().filter(|(levels, _)| levels.contains(&level));
            let mut entries = vec![(minutes, number(&question["min"]))];
            entries.extend([count, marked, most].map(|row| (row, 1)));
            entries.extend(mixed.map(|(_, row)| (*row, 1)));
            Column {
                cost: -number(&question["value"]),
                least: 0,
                most: i64::from(number(&question["uses"]) < most_uses),
                entries,
            }
        })
        .collect();
    for pair in list(instance, "enemies") {
        let row = rows.add(None, Some(1), true);
        let pair: BTreeSet<i64> = [number(&pair[0]), number(&pair[1])].into();
        for index in pair {
            columns[usize::try_from(index).unwrap()]
                .entries
                .push((row, 1));
        }
    }
    columns.extend(of_categories.values().map(|(marked, _)| Column {
        cost: 0,
        least: 0,
        most: 1,
        entries: vec![(used, 1), (*marked, -1)],
    }));
    Model {
        columns,
        rows: rows.0,
    }
}

fn category(question: &Value) -> &str {
    question["cat"].as_str().unwrap_or_default()
}

#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn add(&mut self, least: Option<i64>, most: Option<i64>, lazy: bool) -> usize {
        self.0.push(Row {
            least,
            most,
            lazy: lazy || least.is_none() && most.is_none(),
            branch: false,
        });
        self.0.len() - 1
    }

    /// A row with the bounds of a pair.
    fn between(&mut self, bounds: &Value) -> usize {
        self.add(bounds[0].as_i64(), bounds[1].as_i64(), false)
    }
}
