//! `intervy show`: one question, whole.

use clap::ValueEnum;

use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::question::Question;
use crate::model::suggest;
use crate::output::question;

/// Arguments of `intervy show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question's id
    id: String,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// The file as it is
    Markdown,
}

/// Shows the question.
///
/// # Errors
/// When the bank has no such question.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let (bank, _) = context.open_bank()?;
    let Some(found) = bank.question(&args.id) else {
        let known: Vec<&str> = bank.questions.iter().map(Question::id).collect();
        let near = suggest::hint(&args.id, known);
        return Err(Hinted::error(
            format!("there is no question `{}`", args.id),
            near.unwrap_or_else(|| "`intervy list` shows them all".to_owned()),
        ));
    };
    match args.format {
        Format::Text => context.print(&question::text(&bank.config, found))?,
        Format::Markdown => context.print_raw(found.text.source.text())?,
    }
    Ok(ExitState::Clean)
}
