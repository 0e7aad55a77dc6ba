//! Which screen a command is about: a file, one of the candidate's, one of the bank's.

use std::path::{Path, PathBuf};

use super::place::Named;
use crate::cli::Context;
use crate::commands::render::{load, look_up_commit};
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::pseudonym;
use crate::model::screen::Screen;
use crate::model::suggest;
use crate::output::terminal::clean_line;
use crate::pick::pin::pin_by_hand;
use crate::store::files::{Files, shown};
use crate::store::interviews::Interviews;

/// How a screen is called.
pub(super) enum Called {
    /// By whoever types the command: a file, a name of the bank's screens, the id of one that the candidate has.
    ByCommand(PathBuf),
    /// By a file of scores, maybe a stranger's: an id, and never a path.
    ByFile {
        /// The id.
        id: String,
        /// The file.
        file: PathBuf,
    },
}

/// The screen that is named, or the candidate's only one.
///
/// # Errors
/// When there is none, or it cannot be read.
pub(super) fn find(
    context: &Context,
    args: &Named,
    bank: &Bank,
    files: &Files,
    interviews: &Interviews,
) -> anyhow::Result<Screen> {
    let candidate = args.candidate.as_deref();
    let kept = candidate.map_or_else(Vec::new, |candidate| of(interviews, candidate));
    let of_candidate = |id: &str| {
        let path = interviews.screen(candidate.unwrap_or_default(), id);
        load(context, bank, files, &path)
    };
    match &args.screen {
        None => match kept.as_slice() {
            [only] => of_candidate(only),
            [] => Err(none_named(candidate, interviews)),
            several => Err(Hinted::error(
                format!("the candidate has {} screens", several.len()),
                format!("name one of {}", clean_line(&several.join(", "))),
            )),
        },
        Some(Called::ByFile { id, .. }) if kept.contains(id) => of_candidate(id),
        Some(Called::ByFile { id, file }) => of_bank(bank, files, id).ok_or_else(|| {
            if candidate.is_none() {
                return no_candidate();
            }
            Hinted::error(
                format!(
                    "there is no screen `{}`: none of the candidate's in {}, none of the bank's",
                    clean_line(id),
                    clean_line(&shown(interviews.root()))
                ),
                format!(
                    "the first scorecard of an interview needs the screen's file: `intervy score screen.toml --from {}`",
                    word(file)
                ),
            )
        }),
        Some(Called::ByCommand(named)) => {
            let name = named.to_str().filter(|_| !named.exists());
            match name {
                Some(name) if kept.iter().any(|id| id == name) => return of_candidate(name),
                Some(name) => is_somewhere(bank, interviews, &kept, name)?,
                None => {}
            }
            load(context, bank, files, named)
        }
    }
}

/// Nobody says whom it is about.
pub(super) fn no_candidate() -> anyhow::Error {
    Hinted::error(
        "no candidate is named",
        "name one by a pseudonym: `--candidate C-042`",
    )
}

fn none_named(candidate: Option<&str>, interviews: &Interviews) -> anyhow::Error {
    let Some(candidate) = candidate else {
        return Hinted::error(
            "no screen is named",
            "name the screen's file, `intervy score screen.toml`, or a candidate who has a screen, `--candidate C-042`",
        );
    };
    Hinted::error(
        format!(
            "no screen is named, and `{}` has none in {}",
            clean_line(candidate),
            clean_line(&shown(interviews.root()))
        ),
        "name the screen's file: `intervy score screen.toml`",
    )
}

/// Whether a bare name, which may have been meant for a screen of somebody's, can be one.
///
/// # Errors
/// When it can not; a path is what it says.
fn is_somewhere(
    bank: &Bank,
    interviews: &Interviews,
    kept: &[String],
    name: &str,
) -> anyhow::Result<()> {
    let is_banks = bank.screens.iter().any(|screen| screen.name == name);
    let is_bare = !name.contains(['/', '\\', '.']) && name != "-";
    if is_banks || !is_bare {
        return Ok(());
    }
    let own = bank.screens.iter().map(|screen| screen.name.as_str());
    let known = kept.iter().map(String::as_str).chain(own);
    let otherwise = "name the screen's file: `intervy score screen.toml`".to_owned();
    Err(Hinted::error(
        format!(
            "there is no screen `{}`: no file, none of the bank's, none of the candidate's in {}",
            clean_line(name),
            clean_line(&shown(interviews.root()))
        ),
        suggest::hint(name, known).unwrap_or(otherwise),
    ))
}

/// The screen of the bank that has an id as it is pinned now, or a name.
fn of_bank(bank: &Bank, files: &Files, id: &str) -> Option<Screen> {
    look_up_commit(bank, files);
    bank.screens.iter().find_map(|hand| {
        let screen = pin_by_hand(bank, hand).ok()?;
        (screen.id == id || hand.name == id).then_some(screen)
    })
}

/// The ids of a candidate's screens.
fn of(interviews: &Interviews, candidate: &str) -> Vec<String> {
    if pseudonym::check(candidate).is_err() {
        return Vec::new();
    }
    interviews.screens_of(candidate)
}

/// A path as a word of a command, for people to copy.
pub(super) fn word(path: &Path) -> String {
    let text = clean_line(&shown(path));
    let is_plain = |letter: char| letter.is_alphanumeric() || "._-/:@+,".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
