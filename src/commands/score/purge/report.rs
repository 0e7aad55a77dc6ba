//! What a removal says while it goes on, and how it ended.

use crate::cli::Context;
use crate::exit::{ExitState, is_broken_pipe};

/// What is said, and what went wrong: that something cannot be printed must not decide what is removed.
pub(super) struct Report<'c> {
    context: &'c Context,
    unprinted: Option<anyhow::Error>,
    failure: Option<anyhow::Error>,
    is_held_back: bool,
}

impl<'c> Report<'c> {
    pub(super) fn new(context: &'c Context) -> Self {
        Self {
            context,
            unprinted: None,
            failure: None,
            is_held_back: false,
        }
    }

    /// A line on standard output.
    pub(super) fn print(&mut self, line: &str) {
        if let Err(error) = self.context.print(&format!("{line}\n")) {
            self.unprinted.get_or_insert(error);
        }
    }

    pub(super) fn note(&self, line: &str) {
        self.context.note(line);
    }

    pub(super) fn warn(&self, line: &str) {
        self.context.warn(line);
    }

    /// Says that something stays that was asked for.
    pub(super) fn hold_back(&mut self, line: &str) {
        self.context.warn(line);
        self.is_held_back = true;
    }

    /// Goes on after an error; the last one ends the run.
    pub(super) fn fail(&mut self, error: anyhow::Error) {
        if let Some(before) = self.failure.replace(error) {
            self.context.warn(&format!("{before:#}"));
        }
    }

    pub(super) fn is_held_back(&self) -> bool {
        self.is_held_back
    }

    /// How the run ended.
    ///
    /// # Errors
    /// What went wrong; a reader of our output who went away is none.
    pub(super) fn end(self) -> anyhow::Result<ExitState> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        if let Some(error) = self.unprinted.filter(|error| !is_broken_pipe(error)) {
            return Err(error.context("not everything could be said"));
        }
        Ok(if self.is_held_back {
            ExitState::Findings
        } else {
            ExitState::Clean
        })
    }
}
