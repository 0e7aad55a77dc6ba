//! `intervy score template`: a blank scorecard to fill in with an editor.

use std::path::{Path, PathBuf};

use super::place;
use super::screen::word;
use crate::cli::Context;
use crate::commands::render::load;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::output::terminal::clean_line;
use crate::store::files::{Files, shown};
use crate::store::scorecard;

/// Writes a blank scorecard: fill it in with an editor, and hand it to `intervy score SCREEN --from`
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The screen: a file, or a name of the bank's screens
    #[arg(value_name = "SCREEN")]
    screen: PathBuf,
    /// The candidate's pseudonym [default: the one that the screen was picked for]
    #[arg(long, value_name = "ID")]
    candidate: Option<String>,
    /// Who asks
    #[arg(
        long,
        value_name = "NAME",
        env = "INTERVY_INTERVIEWER",
        hide_env_values = true
    )]
    interviewer: Option<String>,
    /// Where to write it; no file is replaced [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the template.
///
/// # Errors
/// When the screen cannot be read, or the file cannot be written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let standard = Path::new("-");
    let output = args.output.as_deref().unwrap_or(standard);
    if output != standard && (output.exists() || output.is_symlink()) {
        return Err(Hinted::error(
            format!("{} is there already", clean_line(&shown(output))),
            "name another file: what has been filled in would be lost",
        ));
    }
    let screen = load(context, bank, files, &args.screen)?;
    let candidate = args
        .candidate
        .clone()
        .or_else(|| screen.occasion.candidate.clone());
    let candidate = candidate.unwrap_or_default();
    let interviewer = args.interviewer.clone().unwrap_or_default();
    for (what, name) in [("candidate", &candidate), ("interviewer", &interviewer)] {
        if !name.is_empty() {
            place::check_name(context, what, name)?;
        }
    }
    let mut blank = place::blank(&screen, &candidate, &interviewer);
    blank.date = screen.occasion.date;
    let file = if output == standard {
        "THIS-FILE".to_owned()
    } else {
        word(output)
    };
    let named = match &*args.screen {
        screen if screen == standard => "SCREEN".to_owned(),
        screen => word(screen),
    };
    let how = format!("{HOW}# Then: intervy score {named} --from {file} --submit\n\n");
    context.deliver(output, &format!("{how}{}", scorecard::toml(&blank)))?;
    Ok(ExitState::Clean)
}

const HOW: &str = "\
# For each question: `score = 4`, or `no_rating = true`, or `asked = false`; then `note = \"…\"`, which 1, 2 and 5 need.
# `mode = \"deep\"` if it was taken another way than planned. At the end `score` and `reason` below [overall].
";
