//! `intervy score`: ratings of a candidate, complete, independent and never lost.

mod args;
mod assign;
mod begin;
mod check;
mod decide;
mod export;
mod from;
mod full_screen;
mod list;
mod place;
mod plain;
pub(super) mod purge;
mod record;
mod retain;
pub(super) mod reveal;
mod screen;
mod sitting;
mod template;

use anyhow::Context as _;
use jiff::{Timestamp, Unit};

pub use self::args::Args;

use self::args::Command;
use self::place::Wanted;
use self::sitting::Sitting;
use crate::cli::Context;
use crate::exit::ExitState;
use crate::model::bank::Bank;
use crate::output::terminal::clean_line;
use crate::store::files::shown;
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
        Some(Command::Assign(assign)) => return assign::run(context, &bank, &files, assign),
        Some(Command::List(list)) => return list::run(context, &bank, &files, list),
        Some(Command::Check(check)) => return check::run(context, &bank, &files, check),
        Some(Command::Decide(decide)) => return decide::run(context, &bank, &files, decide),
        Some(Command::Export(export)) => return export::run(context, &bank, &files, export),
        Some(Command::Retain(retain)) => return retain::run(context, &bank, &files, retain),
        Some(Command::Purge(purge)) => return purge::run(context, &bank, &files, purge),
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
    hold(context, args, &bank, &wanted)
}

/// Holds the interview: on the whole screen, or on plain lines.
fn hold(context: &Context, args: &Args, bank: &Bank, wanted: &Wanted) -> anyhow::Result<ExitState> {
    let (mut session, _) = begin::begin(context, bank, wanted)?;
    if session.card().is_submitted() {
        context.note("this scorecard is submitted: `--revise REASON` with `--set` or `--overall` adds a revision");
        return Ok(ExitState::Clean);
    }
    let mut sitting = Sitting::begin(args, bank, wanted, &mut session)?;
    let submitted = if args.asking.plain || !full_screen::is_possible() {
        plain::run(context, &mut sitting)?
    } else {
        full_screen::run(&mut sitting)?
    };
    let path = clean_line(&shown(&session.paths().card));
    for notice in session.notices() {
        context.warn(&begin::told(&notice));
    }
    if let Some(behind) = begin::behind(&session) {
        context.warn(&behind);
    }
    session.close();
    keep_screen_again(wanted);
    if submitted {
        context.note(&format!("submitted {path}"));
    } else {
        context.note(&format!(
            "saved {path} as a draft: the same command goes on"
        ));
    }
    Ok(ExitState::Clean)
}

/// A folder that came back after somebody removed it lacks the screen; `score check` says so where it cannot be put
/// there.
fn keep_screen_again(wanted: &Wanted) {
    let candidate = &wanted.blank.candidate;
    let _ = wanted.interviews.keep_screen(candidate, &wanted.screen);
}

/// Now, to the second.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now)
}
