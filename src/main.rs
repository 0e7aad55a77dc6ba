//! Parses the command line, runs the command, reports the error.

use std::process::ExitCode;

fn main() -> ExitCode {
    intervy::cli::main(std::env::args_os()).into()
}
