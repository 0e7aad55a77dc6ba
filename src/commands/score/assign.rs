//! `intervy score assign`: who is to score a candidate, said before anybody does.

use std::path::PathBuf;

use super::args::Place;
use super::begin::{begin, not_kept};
use super::place::{Named, find};
use super::screen::Called;
use crate::cli::Context;
use crate::exit::ExitState;
use crate::model::bank::Bank;
use crate::model::words::counted;
use crate::store::files::Files;
use crate::store::interviews::Begun;

/// Begins a blank scorecard for each interviewer, so that `list` shows who has not handed one in
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The screen: a file, a name of the bank's screens, or the id of one that the candidate has
    #[arg(value_name = "SCREEN")]
    screen: PathBuf,
    /// The candidate's pseudonym [default: the one that the screen was picked for]
    #[arg(long, value_name = "ID")]
    candidate: Option<String>,
    /// Who is to ask
    #[arg(long, value_name = "NAME", required = true, value_delimiter = ',')]
    interviewer: Vec<String>,
    #[command(flatten)]
    place: Place,
}

/// Assigns them. A scorecard that is there already stays as it is.
///
/// # Errors
/// When the screen cannot be read, a name cannot be a file's, or a scorecard cannot be written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let mut new = 0;
    for interviewer in &args.interviewer {
        let named = Named {
            screen: Some(Called::ByCommand(args.screen.clone())),
            candidate: args.candidate.clone(),
            interviewer: Some(interviewer.clone()),
            date: None,
        };
        let wanted = find(context, &args.place, &named, bank, files)?;
        let (mut session, begun) = begin(context, bank, &wanted)?;
        if begun == Begun::New {
            let blank = session.card().clone();
            session.record(blank).map_err(not_kept)?;
            new += 1;
        }
        session.close();
    }
    let count = counted(new, "scorecard", "scorecards");
    context.note(&format!("began {count}"));
    Ok(ExitState::Clean)
}
