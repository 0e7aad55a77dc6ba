//! Reading a bank, beside a bare program that only reads the same files and runs pulldown-cmark
//! over them with as many threads: `cargo bench --bench read [-- COUNT | -- DIRECTORY]`.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::format_push_string,
    reason = "a measurement, not a program"
)]

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use intervy::pick::random::SplitMix64;
use intervy::store::bank;
use intervy::store::files::Files;
use rayon::prelude::*;

const RUNS: usize = 11;

fn main() -> std::io::Result<()> {
    let argument = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let given = argument
        .as_deref()
        .filter(|argument| Path::new(argument).is_dir());
    let folder = tempfile::tempdir()?;
    let root = given.map_or(folder.path(), Path::new);
    if given.is_none() {
        let count = argument.as_deref().and_then(|count| count.parse().ok());
        make_bank(root, count.unwrap_or(10_000))?;
    }
    let files = Files::disk(root);
    let bank = bank::read(&files);
    let texts = bank
        .questions
        .iter()
        .map(|question| question.text.source.text.len());
    let (count, bytes) = (texts.len(), texts.sum::<usize>());
    drop(bank);
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(timed(|| bank::read(&files)));
        bare.push(timed(|| read_bare(root)));
    }
    let (ours, bare) = (median(ours), median(bare));
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{count} questions, {:.1} MB, {} threads, median of {RUNS}",
        bytes as f64 / 1e6,
        rayon::current_num_threads()
    )?;
    writeln!(
        out,
        "read into the model   {:7.1} ms",
        ours.as_secs_f64() * 1e3
    )?;
    writeln!(
        out,
        "bare read and parse   {:7.1} ms",
        bare.as_secs_f64() * 1e3
    )?;
    writeln!(
        out,
        "ratio                 {:7.2}",
        ours.as_secs_f64() / bare.as_secs_f64()
    )
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let elapsed = start.elapsed();
    drop(result);
    elapsed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn read_bare(root: &Path) -> usize {
    let files: Vec<PathBuf> = walkdir::WalkDir::new(root.join("questions"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files
        .par_iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            pulldown_cmark::Parser::new(&text).count()
        })
        .sum()
}

/// Writes a bank of about 3 KB a question; the same for the same count.
fn make_bank(root: &Path, count: usize) -> std::io::Result<()> {
    const WORDS: [&str; 16] = [
        "latency", "the", "queue", "because", "writer", "holds", "a", "lock", "while", "readers",
        "wait", "under", "load", "retry", "offset", "commit",
    ];
    let mut random = SplitMix64::new(1);
    let mut sentence = |words: usize| {
        let words: Vec<&str> = (0..words)
            .map(|_| WORDS[(random.next_u64() % WORDS.len() as u64) as usize])
            .collect();
        format!("{}.", words.join(" "))
    };
    let mut config = String::from("[bank]\nname = \"Measured\"\nschema = 1\n");
    for category in 0..8 {
        config.push_str(&format!("\n[[categories]]\nid = \"c{category}\"\n"));
        fs::create_dir_all(root.join(format!("questions/c{category}")))?;
    }
    fs::write(root.join("intervy.toml"), config)?;
    for number in 0..count {
        let category = number % 8;
        let fields = [
            ("title", format!("\"Question {number}\"")),
            ("category", format!("\"c{category}\"")),
            ("difficulty", "\"medium\"".to_owned()),
            ("kind", "\"technical\"".to_owned()),
            ("levels", "[\"mid\", \"senior\"]".to_owned()),
            ("tags", "[\"lock\", \"queue\", \"retry\"]".to_owned()),
            ("status", "\"active\"".to_owned()),
        ];
        let toml = number % 5 == 0;
        let (fence, equals) = if toml { ("+++", " = ") } else { ("---", ": ") };
        let mut text = format!("{fence}\n");
        for (key, value) in fields {
            text.push_str(&format!("{key}{equals}{value}\n"));
        }
        text.push_str(if toml {
            "minutes = { quick = 3, standard = 6, deep = 12 }\n"
        } else {
            "minutes: { quick: 3, standard: 6, deep: 12 }\n"
        });
        text.push_str(&format!("{fence}\n\n{} {}\n", sentence(20), sentence(20)));
        text.push_str(&format!("\n## Why ask this\n\n{}\n", sentence(35)));
        text.push_str(&format!(
            "\n## Reference answer\n\n{}\n\n| a | b |\n| --- | --- |\n| {} | {} |\n\n```python\nfor row in rows:\n    yield row.key\n```\n\nSee [notes](https://example.com/{number}).\n",
            sentence(80), sentence(4), sentence(6)
        ));
        text.push_str(&format!(
            "\n## Follow-ups\n\n- {}\n  - listens for: {}\n- {}\n  - listens for: {}\n",
            sentence(12),
            sentence(8),
            sentence(12),
            sentence(8)
        ));
        for title in ["Strong signals", "Red flags"] {
            text.push_str(&format!(
                "\n## {title}\n\n- {}\n- {}\n",
                sentence(16),
                sentence(16)
            ));
        }
        text.push_str("\n## Rubric\n\n");
        for score in 3..=5 {
            text.push_str(&format!("- {score}: {}\n", sentence(16)));
        }
        fs::write(
            root.join(format!("questions/c{category}/q{number:06}.md")),
            text,
        )?;
    }
    Ok(())
}
