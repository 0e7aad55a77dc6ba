//! Scores are shown before all are handed in: only for a reason, which every draft keeps.

use super::begin::{not_kept, refused};
use super::now;
use crate::cli::Context;
use crate::exit::Hinted;
use crate::model::scorecard::{Reveal, Scorecard};
use crate::model::words::counted;
use crate::output::terminal::clean_line;
use crate::score::{Change, apply};
use crate::store::interviews::listing::KeptCard;
use crate::store::interviews::{Holder, Interviews, Session};

/// Whether it is not handed in. A journal may be of one that is, but for its last step.
pub(in crate::commands) fn is_draft(card: &KeptCard) -> bool {
    card.content.get().is_none_or(|card| !card.is_submitted())
}

/// Scores are not shown yet.
pub(in crate::commands) fn is_no_copy_yet(drafts: &[&KeptCard]) -> anyhow::Error {
    let who: Vec<&str> = drafts
        .iter()
        .map(|draft| draft.place.interviewer.as_str())
        .collect();
    let count = counted(
        drafts.len(),
        "scorecard is a draft",
        "scorecards are drafts",
    );
    Hinted::error(
        format!(
            "{count}, and scores are not shown before all are handed in: {}",
            clean_line(&who.join(", "))
        ),
        "`--reveal REASON` goes ahead, and records the reason in each draft",
    )
}

/// Records in every draft that scores are shown; the drafts stay locked as long as the sessions live.
/// # Errors
/// When there are drafts and no reason, or it cannot be recorded.
pub(in crate::commands) fn reveal(
    context: &Context,
    interviews: &Interviews,
    drafts: &[&KeptCard],
    reason: Option<&str>,
) -> anyhow::Result<Vec<Session>> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let Some(reason) = reason else {
        return Err(is_no_copy_yet(drafts));
    };
    let holder = Holder::here(now());
    let mut sessions = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let place = &draft.place;
        let blank = Scorecard::new(&place.screen, &place.candidate, &place.interviewer);
        let opened = Session::open(interviews, &blank, &holder);
        let (session, _) = opened.map_err(|error| refused(context, &blank.interviewer, error))?;
        sessions.push(session);
    }
    let change = Change::Reveal(Reveal {
        at: holder.since,
        reason: reason.to_owned(),
    });
    for session in &mut sessions {
        let mut card = session.card().clone();
        apply(&mut card, &change).map_err(|refused| anyhow::anyhow!("{refused}"))?;
        session.record(card).map_err(not_kept)?;
    }
    Ok(sessions)
}
