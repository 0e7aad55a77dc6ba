//! `intervy lint`: what is wrong with the bank.

use clap::ValueEnum;

use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::lint;
use crate::model::finding::Level;
use crate::output::terminal::{SOFT, styled};
use crate::output::{findings, findings_json};
use crate::store::bank;
use crate::store::discover::Found;

/// Arguments of `intervy lint`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status: 0 clean, 1 errors found, 2 could not run.")]
pub struct Args {
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Source excerpts for people
    Text,
    /// An array of findings for programs
    Json,
}

/// Lints the bank.
///
/// # Errors
/// When there is nothing to check.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let (files, found) = context.find_bank()?;
    if found == Found::BuiltIn {
        return Err(Hinted::error(
            "nothing was checked: there is no bank here",
            "run this inside a bank, or name one with --bank",
        ));
    }
    let bank = bank::read(&files);
    let found = lint::check(&bank);
    let checked = bank.questions.len() + bank.incomplete.len();
    if checked == 0 && found.is_empty() {
        return Err(Hinted::error(
            "nothing was checked: the bank has no questions",
            format!(
                "questions are `.md` files below {}",
                files.show("questions/")
            ),
        ));
    }
    match args.format {
        Format::Json => context.print_raw(&findings_json::json(&found)?)?,
        Format::Text => {
            context.print(&findings::text(&found))?;
            let tally = findings::tally(&found);
            context.note(&styled(
                SOFT,
                format!("{checked} questions checked: {tally}"),
            ));
        }
    }
    let failed = found.iter().any(|finding| finding.level == Level::Error);
    Ok(if failed {
        ExitState::Findings
    } else {
        ExitState::Clean
    })
}
