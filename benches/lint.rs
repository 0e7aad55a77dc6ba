//! `intervy lint` over a whole bank, beside a bare program that only reads the same files and runs
//! pulldown-cmark over them with as many threads, both as whole processes:
//! `cargo bench --bench lint [-- COUNT… | -- DIRECTORY]`.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::format_push_string,
    reason = "a measurement, not a program"
)]

use std::fs;
use std::io::{Error, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use intervy::model::random::SplitMix64;
use rayon::prelude::*;

const RUNS: usize = 15;

/// The argument that makes this program the bare one.
const BARE: &str = "--bare-pass";

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, root] = arguments.as_slice()
        && flag == BARE
    {
        return writeln!(std::io::stdout(), "{} events", bare_pass(Path::new(root)));
    }
    let words: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with('-'))
        .collect();
    if let [word] = words.as_slice()
        && Path::new(word).is_dir()
    {
        return measure(Path::new(word));
    }
    let counts: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    for count in if counts.is_empty() {
        vec![10_000]
    } else {
        counts
    } {
        let folder = tempfile::tempdir()?;
        make_bank(folder.path(), count)?;
        measure(folder.path())?;
    }
    Ok(())
}

fn measure(root: &Path) -> std::io::Result<()> {
    let questions = root.join("questions");
    let files = files(&questions);
    let bytes: u64 = files
        .iter()
        .filter_map(|path| path.metadata().ok())
        .map(|file| file.len())
        .sum();
    let this = std::env::current_exe()?;
    let mut lint = Command::new(env!("CARGO_BIN_EXE_intervy"));
    lint.arg("lint").arg("--quiet").arg("--bank").arg(root);
    let mut bare = Command::new(this);
    bare.arg(BARE).arg(&questions);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        theirs.push(timed(&mut bare)?);
        ours.push(timed(&mut lint)?);
    }
    let mut out = std::io::stdout();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    writeln!(
        out,
        "{} questions, {:.1} MB, {threads} threads, {RUNS} runs",
        files.len(),
        bytes as f64 / 1e6
    )?;
    let (ours, theirs) = (Times::new(ours), Times::new(theirs));
    writeln!(out, "bare read and parse   {theirs}")?;
    writeln!(out, "intervy lint          {ours}")?;
    let ratio = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    writeln!(
        out,
        "ratio                 {:7.2}    {:7.2}",
        ratio(ours.least, theirs.least),
        ratio(ours.median, theirs.median)
    )
}

struct Times {
    least: Duration,
    median: Duration,
}

impl Times {
    fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self {
            least: times[0],
            median: times[times.len() / 2],
        }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        write!(
            formatter,
            "{:7.1} ms least, {:7.1} ms median",
            milliseconds(self.least),
            milliseconds(self.median)
        )
    }
}

fn timed(command: &mut Command) -> std::io::Result<Duration> {
    let start = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let elapsed = start.elapsed();
    // Findings are no failure here; not having run is.
    match status.code() {
        Some(0 | 1) => Ok(elapsed),
        _ => Err(Error::other(format!("{command:?} failed"))),
    }
}

fn files(root: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

fn bare_pass(root: &Path) -> usize {
    files(root)
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
