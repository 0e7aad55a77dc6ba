//! `intervy completions`: shell completions.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{Cli, Context};
use crate::exit::ExitState;

/// Arguments of `intervy completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the completions.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "intervy", &mut script);
    context.print_raw(&String::from_utf8_lossy(&script))?;
    Ok(ExitState::Clean)
}
