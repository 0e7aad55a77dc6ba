//! A whole bank, read in parallel.

use std::path::Path;

use rayon::prelude::*;

use crate::model::bank::Bank;
use crate::model::config::Config;
use crate::model::finding::Finding;
use crate::model::question::{Incomplete, Question};
use crate::model::source::Source;
use crate::store::document::decode::Problems;
use crate::store::files::{Files, Listed, MAX_TOTAL_BYTES};
use crate::store::question::{self, Reading};
use crate::store::screen::ScreenFile;
use crate::store::{git, plan, screen, settings};

/// The name of the file that makes a directory a bank.
pub const CONFIG_FILE: &str = "intervy.toml";

/// Reads everything below a bank's root. Nothing here fails as a whole: what cannot be read is a
/// finding, and the rest is still there.
#[must_use]
pub fn read(files: &Files) -> Bank {
    let mut findings = Vec::new();
    let config = read_config(files, &mut findings);
    let (questions, incomplete) = read_questions(files, &mut findings);
    let blueprints = read_each(files, "blueprints", &mut findings, plan::read_blueprint);
    let loops = read_each(files, "loops", &mut findings, plan::read_loop);
    let screens =
        read_each(
            files,
            "screens",
            &mut findings,
            |source, name, problems| match screen::read(source, name, problems) {
                Some(ScreenFile::Hand(screen)) => Some(screen),
                _ => None,
            },
        );
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Bank {
        config,
        questions,
        incomplete,
        blueprints,
        loops,
        screens,
        findings,
        commit: match files {
            Files::Disk { root, .. } => git::head_commit(root),
            Files::BuiltIn(_) => None,
        },
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

fn read_config(files: &Files, findings: &mut Vec<Finding>) -> Config {
    let source = files.read(CONFIG_FILE).unwrap_or_else(|finding| {
        findings.push(*finding);
        Source::without_text(files.show(CONFIG_FILE))
    });
    let readable = findings.is_empty();
    let mut problems = Problems::new(&source);
    let config = settings::read(&source, &mut problems);
    if readable {
        findings.extend(problems.into_findings());
    }
    config
}

type Questions = (Vec<Question>, Vec<Incomplete>);

fn read_questions(files: &Files, findings: &mut Vec<Finding>) -> Questions {
    let (listed, unlisted) = files.list("questions", ".md");
    findings.extend(unlisted);
    let total = std::sync::atomic::AtomicU64::new(0);
    let readings: Vec<(Reading, Vec<Finding>)> = listed
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
                    return (Reading::Unreadable, vec![finding]);
                }
                question::read(&source, file.folder())
            }
            Err(finding) => (Reading::Unreadable, vec![*finding]),
        })
        .collect();
    let (mut questions, mut incomplete) = (Vec::with_capacity(readings.len()), Vec::new());
    for (reading, problems) in readings {
        findings.extend(problems);
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
    findings: &mut Vec<Finding>,
    read: impl Fn(&std::sync::Arc<Source>, &str, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let (listed, unlisted) = files.list(folder, ".toml");
    findings.extend(unlisted);
    let mut items = Vec::new();
    for file in &listed {
        match files.read(&file.path) {
            Err(finding) => findings.push(*finding),
            Ok(source) => {
                let mut problems = Problems::new(&source);
                items.extend(read(&source, name(file), &mut problems));
                findings.extend(problems.into_findings());
            }
        }
    }
    items
}

fn name(file: &Listed) -> &str {
    file.stem()
}
