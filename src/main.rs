//! Parses the command line, runs the command, reports the error.

use std::process::ExitCode;

/// A bank is many small texts; this allocator reads one in about four fifths of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    intervy::cli::main(std::env::args_os()).into()
}
