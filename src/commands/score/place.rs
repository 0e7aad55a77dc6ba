//! Which scorecard a command is about: the folder, the screen, the candidate, the interviewer.

use std::path::Path;

use jiff::civil::Date;

use super::args::{Args, Place};
use super::screen::{self, Called};
use crate::cli::Context;
use crate::commands::interviews;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::pseudonym;
use crate::model::scorecard::{Rating, Scorecard};
use crate::model::screen::Screen;
use crate::output::terminal::clean_line;
use crate::store::files::{Files, shown};
use crate::store::interviews::Interviews;

/// A scorecard to fill in.
pub(super) struct Wanted {
    pub(super) interviews: Interviews,
    pub(super) screen: Screen,
    /// The scorecard where nothing is known yet.
    pub(super) blank: Scorecard,
}

impl Wanted {
    /// Whether there is anything of the scorecard yet.
    pub(super) fn is_kept(&self) -> bool {
        let blank = &self.blank;
        let paths = self
            .interviews
            .card(&blank.candidate, &blank.screen, &blank.interviewer);
        paths.card.exists() || paths.journal.exists()
    }
}

/// The folder of the interviews, for writing: not into the bank's repository.
///
/// # Errors
/// As [`interviews::folder`], and when the folder is in the work tree of the bank.
pub(super) fn writable(bank: &Bank, files: &Files, place: &Place) -> anyhow::Result<Interviews> {
    let interviews = interviews::folder(bank, files, place.folder.interviews.as_ref())?;
    let of_bank = files.root();
    if !place.force && of_bank.is_some_and(|root| interviews.is_in_work_tree_of(root)) {
        let folder = clean_line(&shown(interviews.root()));
        return Err(Hinted::error(
            format!("{folder} is in the bank's git repository, and scorecards are personal data"),
            "name a folder elsewhere with `--interviews DIR`; `--force` writes there nevertheless",
        ));
    }
    Ok(interviews)
}

/// What names a scorecard.
pub(super) struct Named {
    pub(super) screen: Option<Called>,
    pub(super) candidate: Option<String>,
    pub(super) interviewer: Option<String>,
    pub(super) date: Option<Date>,
}

/// Finds the scorecard that the flags are about.
///
/// # Errors
/// When the screen cannot be read, nobody is named, or a name cannot be a file's.
pub(super) fn wanted(
    context: &Context,
    args: &Args,
    bank: &Bank,
    files: &Files,
) -> anyhow::Result<Wanted> {
    let named = Named {
        screen: args.screen.clone().map(Called::ByCommand),
        candidate: args.candidate.clone(),
        interviewer: args.interviewer.clone(),
        date: args.date,
    };
    find(context, &args.place, &named, bank, files)
}

/// The same for names from elsewhere.
///
/// # Errors
/// As [`wanted`].
pub(super) fn find(
    context: &Context,
    place: &Place,
    args: &Named,
    bank: &Bank,
    files: &Files,
) -> anyhow::Result<Wanted> {
    let interviews = writable(bank, files, place)?;
    let screen = screen::find(context, args, bank, files, &interviews)?;
    let candidate = candidate(args, &screen)?;
    let interviewer = args.interviewer.clone().ok_or_else(|| {
        Hinted::error(
            "nobody is named who asks",
            "name yourself with `--interviewer NAME`, or once for all as INTERVY_INTERVIEWER",
        )
    })?;
    check_name(context, "candidate", &candidate)?;
    check_name(context, "interviewer", &interviewer)?;
    check_spelling(interviews.root(), "candidate", &candidate)?;
    let folder = interviews.of_candidate(&candidate).join(&screen.id);
    check_spelling(&folder, "scorecard", &format!("{interviewer}.toml"))?;
    let mut blank = blank(&screen, &candidate, &interviewer);
    blank.date = args.date.or(screen.occasion.date);
    Ok(Wanted {
        interviews,
        screen,
        blank,
    })
}

/// A scorecard of a screen where nothing is known yet.
pub(super) fn blank(screen: &Screen, candidate: &str, interviewer: &str) -> Scorecard {
    let mut blank = Scorecard::new(&screen.id, candidate, interviewer);
    blank.screen_hash = Some(screen.content_hash());
    let questions = screen.questions.iter().map(|pinned| Rating {
        id: pinned.id.clone(),
        hash: Some(pinned.hash.clone()),
        ..Rating::default()
    });
    blank.questions = questions.collect();
    blank
}

fn candidate(args: &Named, screen: &Screen) -> anyhow::Result<String> {
    match (&args.candidate, &screen.occasion.candidate) {
        (Some(named), Some(own)) if named != own => Err(Hinted::error(
            format!(
                "the screen was picked for `{}`, not for `{}`",
                clean_line(own),
                clean_line(named)
            ),
            "leave `--candidate` out, or pick a screen for this candidate",
        )),
        (Some(candidate), _) | (None, Some(candidate)) => Ok(candidate.clone()),
        (None, None) => Err(screen::no_candidate()),
    }
}

/// Refuses a name that cannot be a part of a path, and warns of one that looks like a person.
///
/// # Errors
/// When it cannot be.
pub(super) fn check_name(context: &Context, what: &str, name: &str) -> anyhow::Result<()> {
    if let Err(why) = pseudonym::check(name) {
        return Err(Hinted::error(
            format!("the {what} `{}` {why}", clean_line(name)),
            "use a short pseudonym, as `C-042`: it becomes the name of a folder or file",
        ));
    }
    if let Some(resembles) = pseudonym::resembles(name) {
        context.warn(&format!(
            "`{name}` looks like {resembles}; a pseudonym keeps people out of files and their history"
        ));
    }
    Ok(())
}

/// Refuses a name that is there in another spelling: on some systems both are one file.
fn check_spelling(folder: &Path, what: &str, name: &str) -> anyhow::Result<()> {
    match Interviews::spelt_alike(folder, name) {
        Some(other) => Err(Hinted::error(
            format!(
                "there is a {what} `{}` already, and `{name}` is the same but for its case",
                clean_line(&other)
            ),
            "spell it as it was spelt before",
        )),
        None => Ok(()),
    }
}
