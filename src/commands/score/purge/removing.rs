//! The removal itself, and what is said of it.

use anyhow::Context as _;
use jiff::Timestamp;

use super::report::Report;
use crate::output::terminal::clean_line;
use crate::score::removal::{self, Wish};
use crate::store::files::shown;
use crate::store::interviews::purge::{LOG, Outcome, Purge, PurgeError, Remains, Remover};
use crate::store::interviews::{Interviews, retention};

/// What is to be removed.
pub(super) struct Task<'t> {
    pub(super) interviews: &'t Interviews,
    pub(super) wish: Wish,
    /// The candidates.
    pub(super) go: &'t [String],
    /// What is left of removals that were interrupted.
    pub(super) remains: &'t [Remains],
}

impl Task<'_> {
    /// Removes what is still to be removed.
    ///
    /// # Errors
    /// When nothing can be.
    pub(super) fn run(&self, report: &mut Report<'_>, right: &Purge<'_>) -> anyhow::Result<()> {
        let log = clean_line(&shown(&self.interviews.root().join(LOG)));
        let remover = right.remover();
        let remover = remover.with_context(|| {
            format!("{log} cannot be written, and nothing is removed without a line in it")
        })?;
        let mut is_logged = self.finish(report, &remover)?;
        for candidate in self.go {
            is_logged |= self.remove(report, &remover, candidate);
        }
        if is_logged {
            report.note(&format!("logged in {log}"));
        }
        Ok(())
    }

    /// Finishes what was interrupted; whether anything is in the log.
    fn finish(&self, report: &mut Report<'_>, remover: &Remover<'_>) -> anyhow::Result<bool> {
        let known = self.remains.iter().filter(|remains| remains.entry.is_ok());
        let known: Vec<&str> = known.map(|remains| remains.candidate.as_str()).collect();
        let finished = remover.finish(&known).context("the interviews")?;
        let mut is_logged = false;
        for (candidate, outcome) in finished {
            let shown = clean_line(&candidate);
            match outcome {
                Outcome::Removed(_) => {
                    report.print(&format!("removed: {shown}, what was left"));
                    is_logged = true;
                }
                Outcome::Unknown(why) => report.hold_back(&unknown(&shown, &why)),
                Outcome::Failed(error) => report.fail(unfinished(error, "what was left")),
            }
        }
        Ok(is_logged)
    }

    /// Removes a candidate; whether anything is in the log.
    fn remove(&self, report: &mut Report<'_>, remover: &Remover<'_>, candidate: &str) -> bool {
        let shown = clean_line(candidate);
        // What has been said since counts.
        let retention = retention::read(self.interviews, candidate);
        if retention.map_or(true, |now| now.hold.is_some()) {
            report.hold_back(&format!("{shown} is not removed: it is held"));
            return false;
        }
        // To the instant, not the second: the log tells two removals of the same name apart by it.
        match remover.remove(candidate, &self.wish.in_words(), Timestamp::now()) {
            Ok(entry) => {
                let files = removal::files(entry.files);
                report.print(&format!("removed: {shown}, {files}"));
                return true;
            }
            Err(PurgeError::Open) => {
                report.hold_back(&format!("{shown} is not removed: a session is open"));
            }
            Err(PurgeError::Kept(error)) => {
                let error = anyhow::Error::new(error);
                report.fail(error.context(format!("{shown} cannot be removed")));
            }
            Err(PurgeError::Unfinished(error)) => {
                report.fail(unfinished(error, &format!("`{shown}`")));
            }
        }
        false
    }
}

/// That nothing says what some remains are of.
pub(super) fn unknown(path: &str, why: &str) -> String {
    format!(
        "{path} stays: nothing says which removal it is left of ({}); look into it, and remove it by hand",
        clean_line(why)
    )
}

fn unfinished(error: std::io::Error, what: &str) -> anyhow::Error {
    anyhow::Error::new(error).context(format!(
        "{what} could not be removed to the end; the same command again goes on"
    ))
}
