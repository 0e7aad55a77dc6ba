//! `intervy report`: what the scores say, and what they can't.

mod args;
mod bank;
mod candidate;
mod doubts;
mod export;
mod fairness;
mod gather;
mod seasonal;
mod sieve;

use clap::Subcommand;

use crate::cli::Context;
use crate::exit::ExitState;

/// Report what the scores say: debriefs, questions, interviewers
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every figure carries its n and its interval, or the reason why it is not shown. Nothing is a verdict.\n\n\
                  Examples:\n  \
                  intervy report candidate C-042\n  \
                  intervy report interviewers -o interviewers.html\n  \
                  intervy report questions --since 2026-01-01 --format json\n  \
                  intervy report export --out-dir season"
)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The debrief of a candidate
    Candidate(candidate::Args),
    /// What a season says about the questions
    Questions(seasonal::Questions),
    /// How interviewers use the scale, and how far they agree
    Interviewers(seasonal::Interviewers),
    /// What the bank covers, how old its reviews are, how much it is used and changed
    Bank(bank::Args),
    /// Scores by month, loop, round, blueprint or category
    Compare(seasonal::Compare),
    /// Selection rates of groups, from counts alone
    Fairness(fairness::Args),
    /// Write what is known as tables, for databases and spreadsheets
    Export(export::Args),
}

/// Reports.
///
/// # Errors
/// When what a report is of cannot be read, or the report not be written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    // It is of counts alone: no bank and no candidate is read.
    if let Command::Fairness(args) = &args.command {
        return fairness::run(context, args);
    }
    let (bank, files) = context.open_bank()?;
    match &args.command {
        Command::Candidate(args) => candidate::run(context, &bank, &files, args),
        Command::Questions(args) => seasonal::on_questions(context, &bank, &files, args),
        Command::Interviewers(args) => seasonal::on_interviewers(context, &bank, &files, args),
        Command::Bank(args) => bank::run(context, &bank, &files, args),
        Command::Compare(args) => seasonal::on_groups(context, &bank, &files, args),
        Command::Fairness(args) => fairness::run(context, args),
        Command::Export(args) => export::run(context, &bank, &files, args),
    }
}
