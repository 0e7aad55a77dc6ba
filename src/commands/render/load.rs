//! The screens that a command was given: files, standard input, names of the bank's own.

use std::path::Path;
use std::sync::Arc;

use crate::cli::Context;
use crate::commands::broken;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::screen::{HandScreen, Screen};
use crate::model::source::{Location, Source};
use crate::output::findings;
use crate::output::terminal::clean_line;
use crate::pick::pin::{HandProblem, pin_by_hand};
use crate::store::document::decode::Problems;
use crate::store::files::{self, Files};
use crate::store::git;
use crate::store::scorecard;
use crate::store::screen::{self, ScreenFile};

/// The screen that the user named, pinned.
pub(in crate::commands) fn load(
    context: &Context,
    bank: &Bank,
    files: &Files,
    named: &Path,
) -> anyhow::Result<Screen> {
    let from_bank = named
        .to_str()
        .filter(|_| !named.exists())
        .and_then(|name| bank.screens.iter().find(|screen| screen.name == name));
    if let Some(screen) = from_bank {
        return by_hand(context, bank, files, screen);
    }
    if let Some(name) = named.to_str().filter(|_| !named.exists())
        && let Some(error) = broken(context, bank, &format!("screens/{name}.toml"))
    {
        return Err(error);
    }
    let source = if named == Path::new("-") {
        files::read_text(std::io::stdin().lock(), "standard input")
    } else {
        files::read_path(named)
    };
    let source = match source {
        Ok(source) => source,
        Err(finding) => return Err(refuse(context, &[*finding], "the screen cannot be read")),
    };
    let name = named
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let mut problems = Problems::new(&source);
    match screen::read(&source, &name.unwrap_or_default(), &mut problems) {
        Some(ScreenFile::Pinned(screen)) => Ok(*screen),
        Some(ScreenFile::Hand(screen)) => by_hand(context, bank, files, &screen),
        // Its scores may be those that whoever named it is not to see yet.
        None if scorecard::resembles(source.text()) => Err(Hinted::error(
            format!("{} is a scorecard, not a screen", clean_line(&source.path)),
            "name what `intervy pick -o screen.toml` wrote",
        )),
        None => Err(refuse(
            context,
            &problems.into_findings(),
            "the screen cannot be used",
        )),
    }
}

fn refuse(context: &Context, found: &[Finding], what: &str) -> anyhow::Error {
    context.note(findings::text(found.iter()).trim_end());
    anyhow::anyhow!("{what}: {}", findings::tally(found))
}

/// Asks git for the commit of the bank, once: pinning needs it.
pub(in crate::commands) fn look_up_commit(bank: &Bank, files: &Files) {
    bank.commit
        .get_or_init(|| files.root().and_then(git::head_commit));
}

fn by_hand(
    context: &Context,
    bank: &Bank,
    files: &Files,
    screen: &HandScreen,
) -> anyhow::Result<Screen> {
    look_up_commit(bank, files);
    pin_by_hand(bank, screen).map_err(|problems| {
        let found: Vec<Finding> = problems
            .into_iter()
            .map(|problem| finding(&screen.source, problem))
            .collect();
        refuse(context, &found, "the screen does not fit the bank")
    })
}

fn finding(source: &Arc<Source>, problem: HandProblem) -> Finding {
    match problem {
        HandProblem::UnknownQuestion(id) => Finding::error(
            "unknown-reference",
            Location::at(source, id.span),
            format!("there is no question `{}`", id.value),
        ),
        HandProblem::NoSuchMode(mode) => Finding::error(
            "invalid-value",
            Location::at(source, mode.span),
            format!("the question has no minutes for `{}`", mode.value),
        ),
        HandProblem::TooLong { slot, taken } => Finding::error(
            "invalid-value",
            Location::at(source, slot.span),
            format!(
                "the screen takes {taken} minutes, more than its slot of {}",
                slot.value
            ),
        ),
    }
}
