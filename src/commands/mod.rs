//! One file a subcommand: its arguments and the wiring, no logic.

pub mod completions;
pub mod init;
mod interviews;
pub mod lint;
pub mod list;
pub mod pick;
mod progress;
pub mod render;
pub mod report;
pub mod score;
pub mod show;
mod target;
pub mod templates;

use std::ffi::OsStr;
use std::path::Path;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use crate::cli::Context;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::vocabulary::Vocabulary;
use crate::output::findings;

/// Parses a word of a closed list for a flag; help and completions show the list.
fn word<V: Vocabulary + Send + Sync>() -> impl TypedValueParser<Value = V> {
    PossibleValuesParser::new(V::names()).try_map(|word| V::from_name(&word).ok_or("unknown word"))
}

/// The format that a file's ending names; `endings` lists what there is.
///
/// # Errors
/// When the file has another ending.
fn format_of<F: Copy>(
    output: Option<&Path>,
    endings: &[(&str, F)],
    other: &str,
) -> anyhow::Result<Option<F>> {
    let Some(ending) = output.and_then(Path::extension).and_then(OsStr::to_str) else {
        return Ok(None);
    };
    match endings
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(ending))
    {
        Some((_, format)) => Ok(Some(*format)),
        None => Err(Hinted::error(
            format!("cannot write `.{ending}` files"),
            other,
        )),
    }
}

/// What is wrong with a file of the bank that a command needs, shown; `None` when nothing is.
fn broken(context: &Context, bank: &Bank, path: &str) -> Option<anyhow::Error> {
    let of_file = |finding: &&Finding| finding.location.source.path.ends_with(path);
    let found: Vec<Finding> = bank.findings.iter().filter(of_file).cloned().collect();
    if found.is_empty() {
        return None;
    }
    context.note(findings::text(&found).trim_end());
    Some(anyhow::anyhow!("{path} has {}", findings::tally(&found)))
}

/// Parses whole minutes.
fn minutes(word: &str) -> Result<u32, String> {
    const LONGEST: u32 = 600;
    word.parse()
        .ok()
        .filter(|minutes| (1..=LONGEST).contains(minutes))
        .ok_or_else(|| format!("whole minutes from 1 to {LONGEST}"))
}

/// Parses a day.
fn date(word: &str) -> Result<Date, String> {
    word.parse()
        .map_err(|_| "a day of the calendar as YYYY-MM-DD (2026-03-09)".to_owned())
}

/// Parses a pseudonym, which can be a part of a path.
fn pseudonym(word: &str) -> Result<String, String> {
    match crate::model::pseudonym::check(word) {
        Ok(()) => Ok(word.to_owned()),
        Err(why) => Err(format!("this {why}; use a short pseudonym, as `C-042`")),
    }
}
