//! `intervy init`: a bank of one's own.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::output::terminal::{SOFT, STRONG, clean_line, styled};
use crate::store::files::shown;
use crate::store::{bank, init};

/// Arguments of `intervy init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "No file is ever overwritten: what is there already is kept and listed.")]
pub struct Args {
    /// The directory to write the bank to
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

/// Writes the bank.
///
/// # Errors
/// When the directory holds a bank already, or cannot be written to.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let directory = &args.directory;
    if bank::is_bank(directory) {
        return Err(Hinted::error(
            format!("{} is a bank already", shown(directory)),
            "choose another directory",
        ));
    }
    let created = init::create(directory)
        .with_context(|| format!("{} cannot be written", shown(directory)))?;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "wrote {} files to {}",
        created.written.len(),
        styled(STRONG, clean_line(&shown(directory)))
    );
    for path in &created.kept {
        let _ = writeln!(out, "kept  {} as it was", clean_line(&shown(path)));
    }
    let _ = writeln!(
        out,
        "{}",
        styled(
            SOFT,
            match clean_line(&shown(directory)).as_str() {
                "." => "next: intervy lint".to_owned(),
                path => format!("next: intervy lint --bank '{path}'"),
            }
        )
    );
    context.print(&out)?;
    Ok(ExitState::Clean)
}
