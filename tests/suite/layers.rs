//! The house: which folder may use which.

use std::fs;
use std::path::{Path, PathBuf};

/// What each part of `src` may use of the others.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("store", &["model"]),
    ("lint", &["model"]),
    ("pick", &["model"]),
    ("render", &["model"]),
    ("score", &["model"]),
    ("report", &["model"]),
    // What a report says has a shape of its own, which the formats read.
    ("output", &["model", "report"]),
    ("exit", &[]),
    (
        "commands",
        &[
            "model", "store", "lint", "pick", "render", "score", "report", "output", "exit", "cli",
        ],
    ),
    ("cli", &["model", "store", "output", "exit", "commands"]),
];

/// Packages that only one part may use.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("clap", &["commands", "cli"]),
    ("clap_complete", &["commands"]),
    ("std::fs", &["store"]),
    ("std::process", &["store", "exit"]),
    ("walkdir", &["store"]),
    ("indicatif", &["commands"]),
    ("minijinja", &["render"]),
    ("nalgebra", &["report"]),
    ("statrs", &["report"]),
    ("parquet", &["output"]),
    ("plotters", &["output"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// (part, file, line) of every line of `src` outside `lib.rs` and `main.rs`.
fn lines() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut lines = Vec::new();
    for path in paths {
        let relative = path.strip_prefix(&root).unwrap();
        let shown = relative.to_str().unwrap().replace('\\', "/");
        if shown == "lib.rs" || shown == "main.rs" {
            continue;
        }
        let part = shown.split(['/', '.']).next().unwrap().to_owned();
        for line in fs::read_to_string(&path).unwrap().lines() {
            lines.push((part.clone(), shown.clone(), line.to_owned()));
        }
    }
    lines
}

#[test]
fn parts_use_only_what_is_below_them() {
    let mut wrong = Vec::new();
    for (part, file, line) in lines() {
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == part)
            .unwrap_or_else(|| panic!("`{part}` has no row in MAY_USE"));
        for (at, _) in line.match_indices("crate::") {
            let used = line[at + 7..]
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .next()
                .unwrap();
            if used != part && !used.is_empty() && !allowed.contains(&used) {
                wrong.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packages_stay_in_their_part() {
    let mut wrong = Vec::new();
    for (part, file, line) in lines() {
        for (package, parts) in ONLY_IN {
            let used = line.contains(&format!("use {package}::"))
                || line.contains(&format!("{package}::")) && !line.trim_start().starts_with("//");
            if used && !parts.contains(&part.as_str()) {
                wrong.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_owns() {
    let mut paths = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut paths,
    );
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("//! "),
            "{} has no `//!` line",
            path.display()
        );
    }
}
