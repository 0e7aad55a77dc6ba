//! `intervy score export`: everything that is held about one candidate.

mod others;

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use self::others::{Others, without_others};
use super::purge::remains::{nothing_held, tell};
use super::reveal::{is_draft, is_no_copy_yet, reveal};
use crate::cli::Context;
use crate::commands::interviews::{self, Folder};
use crate::commands::target;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::config::SCHEMA;
use crate::output::holdings::{File, Holdings, json};
use crate::output::terminal::clean_line;
use crate::store::files::Files;
use crate::store::interviews::Interviews;
use crate::store::interviews::doubts::{self, Doubt};
use crate::store::interviews::holdings::{self, Held, Holds};
use crate::store::interviews::listing::{self, Content, KeptCard, Listing};
use crate::store::scorecard;

/// Writes everything that is held about a candidate as one JSON document, for an access request
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nobody's scores are shown as long as a scorecard of the candidate is a draft: its interviewer \
                  may read them. With --reveal, the reason is written into every draft before anything is shown.\n\n\
                  What git keeps of former versions is not in it."
)]
pub(super) struct Args {
    /// The candidate's pseudonym
    #[arg(long, value_name = "ID")]
    candidate: String,
    #[command(flatten)]
    folder: Folder,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go ahead though there are drafts, for this reason, which is recorded in them
    #[arg(long, value_name = "REASON")]
    reveal: Option<String>,
    /// Write it even into the bank's repository
    #[arg(long)]
    force: bool,
}

/// Writes the document.
///
/// # Errors
/// When nothing is held, a scorecard is a draft or cannot be read, or the file cannot be written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let interviews = interviews::folder(bank, files, args.folder.interviews.as_ref())?;
    if !holdings::is_held(&interviews, &args.candidate) {
        return Err(nothing_held(&interviews, &args.candidate));
    }
    tell(context, &interviews, Some(&args.candidate));
    let output = args.output.as_deref().unwrap_or(Path::new("-"));
    target::check(output, &interviews, files.root(), args.force)?;
    is_doubtful(&interviews, &args.candidate)?;
    let (before, _) = read(&interviews, &args.candidate)?;
    let drafts: Vec<&KeptCard> = before.cards.iter().filter(|card| is_draft(card)).collect();
    let sessions = reveal(context, &interviews, &drafts, args.reveal.as_deref())?;
    let (after, others) = read(&interviews, &args.candidate)?;
    let revealed = |card: &KeptCard| drafts.iter().any(|draft| draft.place == card.place);
    if let Some(new) = after
        .cards
        .iter()
        .find(|card| is_draft(card) && !revealed(card))
    {
        return Err(is_no_copy_yet(&[new]));
    }
    let held = holdings::of(&interviews, &args.candidate);
    for file in &held {
        if let Holds::Unread(why) = &file.holds {
            context.warn(&format!("{}: {why}", clean_line(&file.path)));
        }
    }
    others.warn(context, &args.candidate);
    let document = document(&args.candidate, &interviews, &after, &others, held);
    let delivered = context.deliver(output, &json(&document)?);
    // The reason is recorded, whoever reads the copy.
    for session in sessions {
        session.close();
    }
    delivered?;
    Ok(ExitState::Clean)
}

/// # Errors
/// When there is something that may be a draft and cannot be told to be one.
fn is_doubtful(interviews: &Interviews, candidate: &str) -> anyhow::Result<()> {
    let is_own = |doubt: &Doubt| doubt.candidate.to_lowercase() == candidate.to_lowercase();
    let Some(doubt) = doubts::of(interviews).into_iter().find(is_own) else {
        return Ok(());
    };
    Err(Hinted::error(
        format!(
            "{} may be a draft, and is not read: {}",
            clean_line(&doubt.path),
            clean_line(&doubt.why)
        ),
        "put it where it belongs, or take it out of the folder of the interviews",
    ))
}

/// What is held about a candidate, wherever below the folder it is, and what is of others and in this one's folder.
fn read(interviews: &Interviews, candidate: &str) -> anyhow::Result<(Listing, Others)> {
    let mut listing = listing::read(interviews, None).map_err(|finding| {
        let path = clean_line(&finding.location.source.path);
        anyhow::anyhow!("{path}: {}", finding.message)
    })?;
    listing.cards.retain(|kept| {
        let says = kept.content.get().map(|card| card.candidate.as_str());
        kept.place.candidate == candidate || says == Some(candidate)
    });
    listing.screens.retain(|kept| {
        let says = kept.content.get();
        let says = says.and_then(|screen| screen.occasion.candidate.as_deref());
        kept.candidate == candidate || says == Some(candidate)
    });
    let others = without_others(&mut listing, candidate);
    for card in &listing.cards {
        if let Content::Unreadable(_) = card.content {
            return Err(Hinted::error(
                format!(
                    "{} cannot be read, and may be a draft",
                    clean_line(&card.path)
                ),
                "`intervy score check` shows what is wrong with it; mend it first",
            ));
        }
    }
    Ok((listing, others))
}

fn document<'c>(
    candidate: &'c str,
    interviews: &Interviews,
    listing: &Listing,
    others: &Others,
    held: Vec<Held>,
) -> Holdings<'c> {
    let mut whole = Vec::new();
    let mut screens = Vec::new();
    for kept in &listing.screens {
        if let Some(screen) = kept.content.get() {
            screens.push(serde_json::to_value(screen).unwrap_or_default());
            whole.push(kept.path.as_str());
        }
    }
    let mut scorecards = Vec::new();
    for kept in &listing.cards {
        if let Content::Read(source, card) = &kept.content {
            scorecards.push(scorecard::json(card));
            // Another text may say more: a comment, say.
            if source.text() == scorecard::toml(card) {
                whole.push(kept.path.as_str());
            }
        }
    }
    let shown = Files::disk(interviews.root());
    let mut files = Vec::new();
    for held in held {
        let path = shown.show(&held.path);
        if others.have(&path) {
            files.push(File {
                path: held.path,
                left_out: Some(others::WHY.to_owned()),
                ..File::default()
            });
        } else if !whole.contains(&path.as_str()) {
            files.push(file(held));
        }
    }
    Holdings {
        schema: SCHEMA,
        candidate,
        screens,
        scorecards,
        files,
    }
}

fn file(held: Held) -> File {
    let mut file = File {
        path: held.path,
        ..File::default()
    };
    match held.holds {
        Holds::Text(text) => file.text = Some(text),
        Holds::Bytes(bytes) => file.base64 = Some(STANDARD.encode(bytes)),
        Holds::Link(target) => file.link = Some(target),
        Holds::Unread(why) => file.unread = Some(why),
    }
    file
}
