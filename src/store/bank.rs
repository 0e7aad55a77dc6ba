//! A whole bank, read in parallel.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::model::allowance::Allowance;
use crate::model::bank::Bank;
use crate::model::config::Config;
use crate::model::finding::Finding;
use crate::model::question::{Incomplete, Question};
use crate::model::source::Source;
use crate::store::document::decode::Problems;
use crate::store::files::{Files, MAX_TOTAL_BYTES, unreadable};
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
    let (bank, _) = read_each(files, |_| |_: &mut Reading| ());
    bank
}

/// [`read`] for those who look at every question while its text is at hand, and may let it go then.
/// `prepare` makes who looks at them of the configuration; what they make of the questions stands in
/// the order of the paths, those left out that cannot be read.
pub fn read_each<T: Send, L: Fn(&mut Reading) -> T + Sync>(
    files: &Files,
    prepare: impl FnOnce(&Config) -> L,
) -> (Bank, Vec<T>) {
    let mut noted = Noted::default();
    let config = read_config(files, &mut noted);
    let look = prepare(&config);
    let (questions, incomplete, seen) = read_questions(files, &look, &mut noted);
    let blueprints = read_files(files, "blueprints", &mut noted, plan::read_blueprint);
    let loops = read_files(files, "loops", &mut noted, plan::read_loop);
    let screens =
        read_files(
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
    let bank = Bank {
        config,
        questions,
        incomplete,
        blueprints,
        loops,
        screens,
        findings,
        allowances,
        prefix: files.show(""),
        commit: OnceLock::new(),
    };
    (bank, seen)
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

fn read_questions<T: Send>(
    files: &Files,
    look: &(impl Fn(&mut Reading) -> T + Sync),
    noted: &mut Noted,
) -> (Vec<Question>, Vec<Incomplete>, Vec<T>) {
    let (listed, unlisted) = files.list("questions", ".md");
    noted.findings.extend(unlisted);
    let total = AtomicU64::new(0);
    let read = |file: &Listed| {
        let source = files.read(&file.path)?;
        let length = source.text().len() as u64;
        if total.fetch_add(length, Ordering::Relaxed) + length > MAX_TOTAL_BYTES {
            let mebibytes = MAX_TOTAL_BYTES / (1024 * 1024);
            let message = format!("the bank's questions exceed {mebibytes} MiB");
            return Err(Box::new(unreadable(
                &source.path,
                &message,
                "split the bank",
            )));
        }
        let (mut reading, problems) = question::read(&source, file.folder());
        let (findings, allowances) = problems.into_parts();
        // Nobody but the question has its text now, so that it can be let go.
        drop(source);
        let seen = look(&mut reading);
        Ok((reading, findings, allowances, seen))
    };
    let readings: Vec<_> = listed.par_iter().map(read).collect();
    let (mut questions, mut incomplete) = (Vec::with_capacity(readings.len()), Vec::new());
    let mut seen = Vec::with_capacity(readings.len());
    for reading in readings {
        match reading {
            Ok((reading, findings, allowances, by_reader)) => {
                noted.findings.extend(findings);
                noted.allowances.extend(allowances);
                match reading {
                    Reading::Usable(question) => questions.push(*question),
                    Reading::Incomplete(question) => incomplete.push(*question),
                    Reading::Unreadable => continue,
                }
                seen.push(by_reader);
            }
            Err(finding) => noted.findings.push(*finding),
        }
    }
    (questions, incomplete, seen)
}

fn read_files<T>(
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
