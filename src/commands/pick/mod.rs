//! `intervy pick`: the best screen that fits.

mod args;
mod counted;
mod deliver;
mod remembered;
mod switched;
mod watch;
mod wishes;

pub use self::args::Args;

use self::args::Format;
use self::watch::Watch;
use self::wishes::Asked;
use crate::cli::Context;
use crate::commands::render::look_up_commit;
use crate::exit::{ExitState, Hinted};
use crate::model::assembly::{Impossible, Outcome};
use crate::model::bank::Bank;
use crate::model::offer::{Offer, Sets};
use crate::model::screen::{Screen, VerdictStatus};
use crate::output::terminal::{ACCENT, clean_line, styled};
use crate::output::{self, attempt};
use crate::pick::conflict;
use crate::pick::offer::offer;
use crate::pick::solver::SolveError;
use crate::pick::{self, Solved};

/// Picks a screen.
///
/// # Errors
/// When the request names something that is not there, or the output cannot be written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let format = deliver::format(args)?;
    let (bank, files) = context.open_bank()?;
    look_up_commit(&bank, &files);
    let Some(mut asked) = wishes::asked(context, args, &bank, &files)? else {
        return Ok(ExitState::Error);
    };
    switched::check(args)?;
    for request in &mut asked.requests {
        switched::switch_off(request, &args.without);
    }
    let history = remembered::remember(context, args, &bank, &files, &mut asked.requests)?;
    let of_loop = |screen: &Screen| screen.occasion.hiring_loop.is_some();
    if asked.before.as_ref().is_some_and(of_loop) && history.screens == 0 {
        context.warn(
            "the other rounds of the loop are not looked at: `--history` and `--candidate` tell what they ask",
        );
    }
    if asked
        .before
        .as_ref()
        .is_some_and(|screen| screen.occasion.form.is_some())
    {
        context.warn("the other forms are not looked at: they may share more with this one now");
    }
    if args.stats {
        return stats(context, format, &bank, &asked);
    }
    let mut watch = Watch::start(args.time_limit);
    let solved = search(&bank, &asked, &watch);
    watch.clear();
    match solved {
        Ok(solved) if args.dry_run => {
            let outcome = Outcome::Solved(solved.verdict(), solved.effort);
            let report = attempt::attempt(&outcome, watch.seconds());
            deliver::report(context, &report, format == Format::Json)?;
            Ok(ExitState::Clean)
        }
        Ok(solved) => {
            warn_if_unproven(context, &solved, &watch);
            let requests = asked.of_screens();
            remembered::note(context, &bank, &requests, &solved, &history);
            let screens = pick::pinned(&bank, &requests, &solved);
            deliver::screens(context, args, format, &bank, &files, &asked, &screens)?;
            if args.explain {
                watch.restart();
                let to_terminal = format == Format::Text && args.output.is_none();
                explain(context, &bank, &asked, &screens, &watch, to_terminal)?;
            }
            Ok(ExitState::Clean)
        }
        Err(SolveError::Infeasible) => {
            watch.restart();
            let found = why_not(&bank, &asked, &watch);
            watch.clear();
            let is_for_tools = format == Format::Json && deliver::prints(args);
            if args.dry_run || is_for_tools {
                if !args.dry_run {
                    context.note(output::conflict::text(&found).trim_end());
                }
                let report = attempt::attempt(&Outcome::Impossible(found), watch.seconds());
                deliver::report(context, &report, format == Format::Json)?;
            } else {
                context.note(output::conflict::text(&found).trim_end());
            }
            Ok(ExitState::Findings)
        }
        Err(SolveError::Stopped(_)) => Err(Hinted::error(
            format!(
                "no screen was found {}, and it is not proven that there is none",
                watch.reason()
            ),
            "give it longer (`--time-limit 30`), or narrow the request: a shorter slot, a blueprint, a level",
        )),
    }
}

fn search(bank: &Bank, asked: &Asked, watch: &Watch) -> Result<Solved, SolveError> {
    let stop = || watch.stop();
    let limits = Watch::limits(&stop);
    pick::assemble(bank, &asked.requests, &limits)
}

/// What is in the way.
fn why_not(bank: &Bank, asked: &Asked, watch: &Watch) -> Impossible {
    let stop = || watch.stop();
    let limits = &Watch::limits(&stop);
    let found = conflict::conflict(bank, &asked.requests, limits);
    conflict::words(bank, &asked.requests, &found)
}

/// Shows what the bank offers each request.
fn stats(
    context: &Context,
    format: Format,
    bank: &Bank,
    asked: &Asked,
) -> anyhow::Result<ExitState> {
    let offers = asked.requests.iter().map(|request| offer(bank, request));
    let offers: Vec<Offer> = offers.collect();
    match (format, offers.as_slice()) {
        (Format::Json, [one]) => context.print_raw(&output::offer::json(one)?)?,
        (Format::Json, _) => {
            return Err(Hinted::error(
                "these are several requests, and the answer in JSON is about one",
                "ask for one blueprint at a time",
            ));
        }
        (_, offers) => {
            for (request, offer) in asked.requests.iter().zip(offers) {
                if offers.len() > 1 {
                    let title = request.occasion.round.as_ref().unwrap_or(&request.title);
                    context.print(&format!("{}\n", styled(ACCENT, clean_line(title))))?;
                }
                context.print(&output::offer::text(offer, context.width()))?;
            }
        }
    }
    let some = |offer: &Offer| offer.sets != Sets::Exactly(0);
    Ok(if offers.iter().all(some) {
        ExitState::Clean
    } else {
        ExitState::Findings
    })
}

fn explain(
    context: &Context,
    bank: &Bank,
    asked: &Asked,
    screens: &[Screen],
    watch: &Watch,
    print: bool,
) -> anyhow::Result<()> {
    let stop = || watch.stop();
    let limits = Watch::limits(&stop);
    for (form, screen) in screens.iter().enumerate() {
        let why = pick::explain::explain(bank, &asked.requests, screens, form, &limits);
        watch.clear();
        let text = output::explanation::text(screen, &why);
        let text = if screens.len() > 1 {
            let title = styled(ACCENT, clean_line(&screen.title));
            format!("\n{title}\n{text}")
        } else {
            text
        };
        if print {
            context.print(&text)?;
        } else {
            context.note(text.trim_end());
        }
    }
    Ok(())
}

fn warn_if_unproven(context: &Context, solved: &Solved, watch: &Watch) {
    if solved.status == VerdictStatus::Optimal {
        return;
    }
    if let Some(gap) = attempt::gap(&solved.verdict()) {
        context.warn(&format!(
            "not proven to be the best {}: {gap}",
            watch.reason()
        ));
    }
}

/// Parses a seed, no larger than a number of TOML can be.
fn seed(word: &str) -> Result<u64, String> {
    const MOST: u64 = i64::MAX as u64;
    word.parse()
        .ok()
        .filter(|seed| *seed <= MOST)
        .ok_or_else(|| format!("a whole number from 0 to {MOST}"))
}
