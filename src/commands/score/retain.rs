//! `intervy score retain`: how long a candidate's files stay, and whether they are held.

use anyhow::Context as _;
use jiff::civil::Date;

use super::now;
use super::purge::remains::{nothing_held, tell};
use crate::cli::Context;
use crate::commands::date;
use crate::commands::interviews::{self, Folder};
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::retention::{Hold, Release, Retention};
use crate::output::findings;
use crate::output::terminal::clean_line;
use crate::store::files::Files;
use crate::store::interviews::purge::Purge;
use crate::store::interviews::{Holder, Interviews, OpenError, holdings, retention};

/// Says how long a candidate's files stay, or holds them; without a flag, shows it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is said is kept in the candidate's folder, as retention.toml. `intervy score purge --retain-until` \
                  removes what need not be kept any longer; nothing removes what is held."
)]
pub(super) struct Args {
    /// The candidate's pseudonym
    #[arg(long, value_name = "ID")]
    candidate: String,
    #[command(flatten)]
    folder: Folder,
    /// The last day on which they are kept
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    until: Option<Date>,
    /// Hold them, whatever day it is: for this reason, a claim say
    #[arg(long, value_name = "REASON", conflicts_with = "release")]
    hold: Option<String>,
    /// End the hold, for this reason
    #[arg(long, value_name = "REASON")]
    release: Option<String>,
}

/// Changes or shows it.
///
/// # Errors
/// When nothing is held about the candidate, or the file cannot be read or written.
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
    if args.until.is_none() && args.hold.is_none() && args.release.is_none() {
        let retention = read(context, &interviews, &args.candidate)?;
        context.print(&in_words(&args.candidate, &retention))?;
        return Ok(ExitState::Clean);
    }
    let _right = begin(&interviews)?;
    let mut retention = read(context, &interviews, &args.candidate)?;
    change(&mut retention, args)?;
    retention::write(&interviews, &args.candidate, &retention)
        .context("the retention cannot be saved")?;
    context.print(&in_words(&args.candidate, &retention))?;
    Ok(ExitState::Clean)
}

/// Takes the right to remove folders, and to say how long they stay.
pub(super) fn begin(interviews: &Interviews) -> anyhow::Result<Purge<'_>> {
    Purge::begin(interviews, &Holder::here(now())).map_err(|error| match error {
        OpenError::Io { what, error } => anyhow::Error::new(error).context(clean_line(&what)),
        _ => Hinted::error(
            "another process is removing candidates' files, or saying how long they stay",
            "wait until it has ended",
        ),
    })
}

fn read(context: &Context, interviews: &Interviews, candidate: &str) -> anyhow::Result<Retention> {
    retention::read(interviews, candidate).map_err(|found| {
        context.note(findings::text(&found).trim_end());
        Hinted::error(
            "the candidate's retention.toml cannot be read",
            "mend it in an editor; nothing was changed",
        )
    })
}

fn change(retention: &mut Retention, args: &Args) -> anyhow::Result<()> {
    let reason = |given: &str| {
        let given = given.trim();
        if given.is_empty() {
            return Err(Hinted::error(
                "a reason must be given",
                "say in a few words why",
            ));
        }
        Ok(given.to_owned())
    };
    let at = now();
    retention.until = args.until.or(retention.until);
    if let Some(given) = &args.hold {
        if let Some(hold) = &retention.hold {
            return Err(Hinted::error(
                format!("they are held already, since {}", hold.since),
                "`--release REASON` ends that first",
            ));
        }
        retention.hold = Some(Hold {
            since: at,
            reason: reason(given)?,
        });
    }
    if let Some(given) = &args.release {
        let reason = reason(given)?;
        let Some(hold) = retention.hold.take() else {
            return Err(Hinted::error(
                "nothing is held",
                "`--hold REASON` begins a hold",
            ));
        };
        retention.released.push(Release { at, reason, hold });
    }
    Ok(())
}

fn in_words(candidate: &str, retention: &Retention) -> String {
    let until = retention.until.map_or_else(
        || "no day is set".to_owned(),
        |until| format!("retained until {until}"),
    );
    let hold = retention.hold.as_ref().map_or_else(
        || "not held".to_owned(),
        |hold| format!("held since {}: {}", hold.since, clean_line(&hold.reason)),
    );
    format!("{}: {until}; {hold}\n", clean_line(candidate))
}
