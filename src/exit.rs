//! The three exit states, and how an error is shown.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitState {
    /// Done, nothing found: 0.
    Clean,
    /// Done, and the answer is no: findings, or no screen that satisfies the request: 1.
    Findings,
    /// Could not run: 2.
    Error,
}

impl From<ExitState> for ExitCode {
    fn from(state: ExitState) -> Self {
        match state {
            ExitState::Clean => Self::SUCCESS,
            ExitState::Findings => Self::from(1),
            ExitState::Error => Self::from(2),
        }
    }
}

/// An error with a hint for the user.
#[derive(Debug)]
pub struct Hinted {
    message: String,
    hint: String,
}

impl Hinted {
    /// An error that says what is wrong and what to do.
    pub fn error(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Self {
            message: message.into(),
            hint: hint.into(),
        })
    }
}

impl std::fmt::Display for Hinted {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Hinted {}

/// The lines that show an error: its cause chain, then the hint of whoever has one.
#[must_use]
pub fn describe(error: &anyhow::Error) -> Vec<(&'static str, String)> {
    let mut lines = vec![("error", error.to_string())];
    for cause in error.chain().skip(1) {
        lines.push(("caused by", cause.to_string()));
    }
    let hint = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<Hinted>());
    if let Some(hinted) = hint.filter(|hinted| !hinted.hint.is_empty()) {
        lines.push(("hint", hinted.hint.clone()));
    }
    lines
}

/// Whether the error is only that the reader of our output went away (`intervy list | head -1`).
#[must_use]
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Ends the program without waiting for anything: for who presses Ctrl-C twice.
#[expect(
    clippy::exit,
    reason = "whoever presses Ctrl-C twice does not want to wait"
)]
pub fn at_once() -> ! {
    std::process::exit(130)
}
