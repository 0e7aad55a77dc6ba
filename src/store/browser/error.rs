//! What can go wrong with a browser, in words.

use std::fmt;
use std::time::Duration;

/// Why a browser did not do what it was asked for.
#[derive(Debug)]
pub enum BrowserError {
    /// The program could not be started.
    NotStarted {
        /// Its path.
        program: String,
        /// Why not.
        why: String,
    },
    /// The program ended, or stopped listening, while something was asked of it.
    Ended {
        /// Its last words on standard error; often none.
        said: String,
    },
    /// Nothing came back in time.
    TooSlow {
        /// What was waited for.
        what: String,
        /// For how long.
        limit: Duration,
    },
    /// The browser says no.
    Refused {
        /// What was asked for.
        what: String,
        /// Its answer.
        why: String,
    },
    /// The page that was worked on crashed.
    Crashed,
    /// A file or folder of ours failed.
    Disk(std::io::Error),
}

impl fmt::Display for BrowserError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted { program, why } => {
                write!(formatter, "the browser {program} cannot be started: {why}")
            }
            Self::Ended { said } if said.is_empty() => {
                formatter.write_str("the browser ended without a word")
            }
            Self::Ended { said } => write!(formatter, "the browser ended: {said}"),
            Self::TooSlow { what, limit } => write!(
                formatter,
                "the browser did not answer within {} s ({what})",
                limit.as_secs_f32()
            ),
            Self::Refused { what, why } => write!(formatter, "the browser refused {what}: {why}"),
            Self::Crashed => formatter.write_str("the page crashed in the browser"),
            Self::Disk(error) => write!(formatter, "the browser's files: {error}"),
        }
    }
}

impl std::error::Error for BrowserError {}

impl From<std::io::Error> for BrowserError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error)
    }
}
