//! `intervy score`: ratings of a candidate, complete, independent and never lost.

mod args;
mod begin;
mod from;
mod place;
mod plain;
mod record;
mod template;

use anyhow::Context as _;
use jiff::{Timestamp, Unit};

pub use self::args::Args;

use self::args::Command;
use crate::cli::Context;
use crate::exit::ExitState;
use crate::store::score_csv;

/// Fills in a scorecard, or does with scorecards what a subcommand says.
///
/// # Errors
/// When nobody is named, the screen or the scorecard cannot be read, or an answer cannot be kept.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let (bank, files) = context.open_bank()?;
    match &args.command {
        Some(Command::Template(template)) => {
            return template::run(context, &bank, &files, template);
        }
        None => {}
    }
    if args.csv_template {
        let wanted = place::wanted(context, args, &bank, &files)?;
        let text = score_csv::write(&wanted.blank).context("the template")?;
        context.print_raw(&text)?;
        return Ok(ExitState::Clean);
    }
    if args.says_it_all() {
        return record::run(context, args, &bank, &files);
    }
    let wanted = place::wanted(context, args, &bank, &files)?;
    plain::run(context, args, &bank, &wanted)
}

/// Now, to the second.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now)
}
