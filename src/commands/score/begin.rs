//! A session on a scorecard, or why there is none, in words.

use std::path::Path;

use anyhow::Context as _;

use super::now;
use super::place::Wanted;
use crate::cli::Context;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::question::Question;
use crate::output::findings;
use crate::output::terminal::clean_line;
use crate::store::document::decode::Problems;
use crate::store::files::{read_path, shown};
use crate::store::interviews::{Begun, Holder, Notice, OpenError, RecordError, Session};
use crate::store::screen::{self, ScreenFile};

/// Begins a session and puts the screen beside the scorecard.
///
/// # Errors
/// When somebody else works on it, or what is there cannot be read.
pub(super) fn begin(
    context: &Context,
    bank: &Bank,
    wanted: &Wanted,
) -> anyhow::Result<(Session, Begun)> {
    let blank = &wanted.blank;
    is_same_screen(context, wanted)?;
    let holder = Holder::here(now());
    let begun = Session::open(&wanted.interviews, blank, &holder);
    let (mut session, begun) =
        begun.map_err(|error| refused(context, &blank.interviewer, error))?;
    let kept = wanted
        .interviews
        .keep_screen(&blank.candidate, &wanted.screen);
    kept.context("the screen cannot be put beside the scorecard")?;
    let card = session.card();
    if card.screen_hash.is_some() && card.screen_hash != blank.screen_hash {
        return Err(Hinted::error(
            "the scorecard is of another version of this screen",
            "score with the screen that is beside it: name it by its id",
        ));
    }
    let notices = session.notices();
    if begun == Begun::Interrupted {
        let is_cut = |notice: &Notice| matches!(notice, Notice::Damaged { is_end: true, .. });
        let lost = if notices.iter().any(is_cut) {
            ""
        } else {
            "; nothing of it is lost"
        };
        context.note(&format!(
            "going on where an interrupted session ended{lost}"
        ));
    }
    for notice in &notices {
        context.warn(&told(notice));
    }
    for pinned in &wanted.screen.questions {
        let now = bank.question(&pinned.id).map(Question::content_hash);
        if now.as_deref() != Some(&pinned.hash) {
            let what = if now.is_some() {
                "has changed in the bank"
            } else {
                "is not in the bank any more"
            };
            context.warn(&format!(
                "`{}` {what} since the screen was picked",
                clean_line(&pinned.id)
            ));
        }
    }
    Ok((session, begun))
}

/// What somebody else did to the files, in words.
pub(super) fn told(notice: &Notice) -> String {
    let at = |path: &Path| clean_line(&shown(path));
    match notice {
        Notice::Edited(copy) => format!(
            "the scorecard was changed after a session was interrupted: the changes count, and what the session had is in {}",
            at(copy)
        ),
        Notice::Damaged { copy, line, is_end } => {
            let lost = if *is_end {
                "the last answers before it ended may be missing"
            } else {
                "what is behind that line holds every answer"
            };
            format!(
                "the journal of a session is damaged at line {line}; {lost}. It is kept as {}",
                at(copy)
            )
        }
        Notice::Replaced(copy) => format!(
            "somebody else wrote the scorecard meanwhile; what they wrote is kept as {}",
            at(copy)
        ),
    }
}

/// What cannot be replaced for now, in words.
pub(super) fn behind(session: &Session) -> Option<String> {
    let error = session.behind()?;
    let path = clean_line(&shown(&session.paths().card));
    Some(format!(
        "{path} could not be replaced ({error}); the journal beside it has everything"
    ))
}

/// Whether the screen that is beside the scorecards is the one that is scored.
fn is_same_screen(context: &Context, wanted: &Wanted) -> anyhow::Result<()> {
    let path = wanted
        .interviews
        .screen(&wanted.blank.candidate, &wanted.screen.id);
    if !path.exists() {
        return Ok(());
    }
    let source = read_path(&path).map_err(|finding| {
        context.note(findings::text([&*finding]).trim_end());
        anyhow::anyhow!("the screen beside the scorecards cannot be read")
    })?;
    let mut problems = Problems::new(&source);
    let kept = match screen::read(&source, &wanted.screen.id, &mut problems) {
        Some(ScreenFile::Pinned(kept)) => kept.content_hash(),
        _ => String::new(),
    };
    if kept == wanted.screen.content_hash() {
        return Ok(());
    }
    Err(Hinted::error(
        format!(
            "{} is another screen with the same id",
            clean_line(&shown(&path))
        ),
        "one of them was changed by hand; score with the one that the candidate was asked",
    ))
}

/// Why there is no session, in words.
pub(super) fn refused(context: &Context, interviewer: &str, error: OpenError) -> anyhow::Error {
    match error {
        OpenError::Held(holder) => {
            let who = holder.map_or_else(
                || "another session".to_owned(),
                |holder| {
                    let host = holder.host.map(|host| format!(" on {}", clean_line(&host)));
                    let host = host.unwrap_or_default();
                    format!("process {}{host}, since {}", holder.pid, holder.since)
                },
            );
            Hinted::error(
                format!(
                    "the scorecard of `{}` is being written by another session: {who}",
                    clean_line(interviewer)
                ),
                "end that session; what it has saved is kept",
            )
        }
        OpenError::Unreadable(found) => {
            context.note(findings::text(&found).trim_end());
            Hinted::error(
                format!("the scorecard cannot be read: {}", findings::tally(&found)),
                "mend it in an editor; nothing was changed",
            )
        }
        OpenError::Misplaced(message) => Hinted::error(
            format!(
                "the scorecard is in the wrong place: {}",
                clean_line(&message)
            ),
            "move it where it belongs, or mend what it says",
        ),
        OpenError::Io { what, error } => anyhow::Error::new(error).context(clean_line(&what)),
    }
}

/// Why an answer is not on the disk, in words.
pub(super) fn not_kept(error: RecordError) -> anyhow::Error {
    let what = if error.is_kept {
        "the scorecard's file could not be replaced; the journal beside it has everything, and the same command again ends this"
    } else {
        "the answers could not be saved"
    };
    anyhow::Error::new(error.error).context(what)
}
