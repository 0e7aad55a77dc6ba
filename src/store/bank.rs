//! A whole bank, read in parallel.

use std::path::Path;

use rayon::prelude::*;

use crate::model::allowance::Allowance;
use crate::model::bank::Bank;
use crate::model::config::Config;
use crate::model::finding::Finding;
use crate::model::question::{Incomplete, Question};
use crate::model::source::Source;
use crate::store::document::decode::Problems;
use crate::store::files::{Files, MAX_TOTAL_BYTES};
use crate::store::listing::Listed;
use crate::store::question::{self, Reading};
use crate::store::screen::ScreenFile;
use crate::store::{plan, screen, settings};

/// The name of the file that makes a directory a bank.
pub const CONFIG_FILE: &str = "intervy.toml";

/// Reads everything below a bank's root. Nothing here fails as a whole: what cannot be read is a
/// finding, and the rest is still there.
#[must_use]
pub fn read(files: &Files) -> Bank {
    let mut noted = Noted::default();
    let config = read_config(files, &mut noted);
    let (questions, incomplete) = read_questions(files, &mut noted);
    let blueprints = read_each(files, "blueprints", &mut noted, plan::read_blueprint);
    let loops = read_each(files, "loops", &mut noted, plan::read_loop);
    let screens =
        read_each(
            files,
            "screens",
            &mut noted,
            |source, name, problems| match screen::read(source, name, problems) {
                Some(ScreenFile::Hand(screen)) => Some(screen),
                _ => None,
            },
        );
    let Noted {
        mut findings,
        allowances,
    } = noted;
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Bank {
        config,
        questions,
        incomplete,
        blueprints,
        loops,
        screens,
        findings,
        allowances,
        prefix: files.show(""),
        commit: None,
    }
}

/// Whether a directory is the root of a bank.
#[must_use]
pub fn is_bank(directory: &Path) -> bool {
    // Not through a link: what it points at may lie outside the bank.
    directory
        .join(CONFIG_FILE)
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_file())
}

/// What reading noted beside what it read.
#[derive(Default)]
struct Noted {
    findings: Vec<Finding>,
    allowances: Vec<Allowance>,
}

impl Noted {
    fn extend(&mut self, problems: Problems) {
        let (findings, allowances) = problems.into_parts();
        self.findings.extend(findings);
        self.allowances.extend(allowances);
    }
}

fn read_config(files: &Files, noted: &mut Noted) -> Config {
    let source = files.read(CONFIG_FILE).unwrap_or_else(|finding| {
        noted.findings.push(*finding);
        Source::without_text(files.show(CONFIG_FILE))
    });
    let readable = noted.findings.is_empty();
    let mut problems = Problems::new(&source);
    let fetch = |from: &str, path: &str| files.read_beside(from, path);
    let config = settings::read(&source, &fetch, &mut problems);
    if readable {
        noted.extend(problems);
    }
    Config {
        is_sound: config.is_sound && readable,
        ..config
    }
}

type Questions = (Vec<Question>, Vec<Incomplete>);

fn read_questions(files: &Files, noted: &mut Noted) -> Questions {
    let (listed, unlisted) = files.list("questions", ".md");
    noted.findings.extend(unlisted);
    let total = std::sync::atomic::AtomicU64::new(0);
    let readings: Vec<(Reading, Result<Problems, Box<Finding>>)> = listed
        .par_iter()
        .map(|file| match files.read(&file.path) {
            Ok(source) => {
                let length = source.text.len() as u64;
                let before = total.fetch_add(length, std::sync::atomic::Ordering::Relaxed);
                if before + length > MAX_TOTAL_BYTES {
                    let mebibytes = MAX_TOTAL_BYTES / (1024 * 1024);
                    let message = format!("the bank's questions exceed {mebibytes} MiB");
                    let finding =
                        crate::store::files::unreadable(&source.path, &message, "split the bank");
                    return (Reading::Unreadable, Err(Box::new(finding)));
                }
                let (reading, problems) = question::read(&source, file.folder());
                (reading, Ok(problems))
            }
            Err(finding) => (Reading::Unreadable, Err(finding)),
        })
        .collect();
    let (mut questions, mut incomplete) = (Vec::with_capacity(readings.len()), Vec::new());
    for (reading, problems) in readings {
        match problems {
            Ok(problems) => noted.extend(problems),
            Err(finding) => noted.findings.push(*finding),
        }
        match reading {
            Reading::Usable(question) => questions.push(*question),
            Reading::Incomplete(question) => incomplete.push(*question),
            Reading::Unreadable => {}
        }
    }
    (questions, incomplete)
}

fn read_each<T>(
    files: &Files,
    folder: &str,
    noted: &mut Noted,
    read: impl Fn(&std::sync::Arc<Source>, &str, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let (listed, unlisted) = files.list(folder, ".toml");
    noted.findings.extend(unlisted);
    let mut items = Vec::new();
    for file in &listed {
        match files.read(&file.path) {
            Err(finding) => noted.findings.push(*finding),
            Ok(source) => {
                let mut problems = Problems::new(&source);
                items.extend(read(&source, name(file), &mut problems));
                noted.extend(problems);
            }
        }
    }
    items
}

fn name(file: &Listed) -> &str {
    file.stem()
}
