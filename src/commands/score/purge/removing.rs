//! The removal itself, and what is said of it.

use anyhow::Context as _;
use jiff::{Timestamp, Zoned};

use super::plan::{Listed, facts};
use super::remains::unknown;
use super::report::Report;
use crate::output::terminal::clean_line;
use crate::score::removal::{self, Verdict, Wish};
use crate::store::files::shown;
use crate::store::interviews::purge::{
    self, Hindrance, LOG, Link, Outcome, Purge, PurgeError, Remover,
};
use crate::store::interviews::{Interviews, holdings, listing};

/// What is to be removed.
pub(super) struct Task<'t> {
    pub(super) interviews: &'t Interviews,
    pub(super) wish: Wish,
    pub(super) go: &'t [Listed],
    /// What is left of removals that were interrupted, and how many files of it may go.
    pub(super) remains: &'t [(&'t str, usize)],
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
        for listed in self.go {
            is_logged |= self.remove(report, &remover, listed);
        }
        if is_logged {
            report.note(&format!("logged in {log}"));
        }
        Ok(())
    }

    /// Finishes what was interrupted; whether anything is in the log.
    fn finish(&self, report: &mut Report<'_>, remover: &Remover<'_>) -> anyhow::Result<bool> {
        let finished = remover.finish(self.remains, Timestamp::now());
        let finished = finished.context("the interviews")?;
        let mut is_logged = false;
        for (candidate, outcome) in finished {
            let shown = clean_line(&candidate);
            match outcome {
                Outcome::Removed(entry) => {
                    let at = entry.at;
                    report.print(&format!("removed: {shown}, what was left of it since {at}"));
                    about_links(report, &shown, &entry.links);
                    is_logged = true;
                }
                Outcome::GivenBack(why) => {
                    let why = in_words(&why);
                    report.hold_back(&format!("{shown} is in its place again: {why}"));
                }
                Outcome::Left(why) => report.hold_back(&self.left(&candidate, &why)),
                Outcome::Unknown(why) => report.hold_back(&unknown(&shown, &why)),
                Outcome::Failed(error) => report.fail(unfinished(error, "what was left")),
            }
        }
        Ok(is_logged)
    }

    /// Whether a folder is still to be removed: what has come since it was listed counts.
    fn is_to_go(&self, report: &mut Report<'_>, candidate: &str) -> bool {
        let shown = clean_line(candidate);
        if !holdings::is_held(self.interviews, candidate) {
            report.note(&format!("{shown} is gone already"));
            return false;
        }
        let now = match listing::read(self.interviews, Some(candidate)) {
            Ok(now) => now,
            Err(finding) => {
                report.hold_back(&format!("{shown} is not removed: {}", finding.message));
                return false;
            }
        };
        let facts = facts(self.interviews, &now, candidate);
        let why = match removal::verdict(self.wish, &facts, Zoned::now().date()) {
            Verdict::Remove => return true,
            Verdict::NotMeant => {
                "it has changed since it was listed, and is not asked for any more".to_owned()
            }
            Verdict::Kept(why) | Verdict::HeldBack(why) => why,
        };
        report.hold_back(&format!("{shown} is not removed: {}", clean_line(&why)));
        false
    }

    /// Removes a candidate; whether anything is in the log.
    fn remove(&self, report: &mut Report<'_>, remover: &Remover<'_>, listed: &Listed) -> bool {
        let candidate = &listed.candidate;
        if !self.is_to_go(report, candidate) {
            return false;
        }
        let shown = clean_line(candidate);
        let why = self.wish.in_words();
        // To the instant, not the second: the log tells two removals of the same name apart by it.
        match remover.remove(candidate, listed.files, &why, Timestamp::now()) {
            Ok(entry) => {
                let files = removal::files(entry.files);
                report.print(&format!("removed: {shown}, {files}"));
                about_links(report, &shown, &entry.links);
                return true;
            }
            Err(PurgeError::Stays(why)) => {
                report.hold_back(&format!("{shown} is not removed: {}", in_words(&why)));
            }
            Err(PurgeError::Left(why)) => report.hold_back(&self.left(candidate, &why)),
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

    /// That what was hidden stays so.
    fn left(&self, candidate: &str, why: &Hindrance) -> String {
        format!(
            "what is left of `{}` stays in {}, as its place is taken, and {}",
            clean_line(candidate),
            clean_line(&purge::hidden_path(self.interviews, candidate)),
            in_words(why)
        )
    }
}

/// Says which links are removed, or would be, and that no more than they is.
pub(super) fn about_links(report: &Report<'_>, candidate: &str, links: &[Link]) {
    if links.is_empty() {
        return;
    }
    report.warn(&format!(
        "{candidate}: links are not followed, and what they lead to stays:"
    ));
    for link in links {
        let (path, to) = (clean_line(&link.path), clean_line(&link.to));
        report.note(&format!("  {path} -> {to}"));
    }
}

/// What keeps a folder.
pub(super) fn in_words(hindrance: &Hindrance) -> String {
    match hindrance {
        Hindrance::Open => "a session on one of its scorecards is open".to_owned(),
        Hindrance::Held(hold) => {
            let since = hold.since;
            format!("it is held since {since}: {}", clean_line(&hold.reason))
        }
        Hindrance::Unknown => "its retention.toml cannot be read, and may hold it".to_owned(),
        Hindrance::More { than, files } => {
            let more = removal::files(*files);
            format!("it has {more} now, and {than} were to be removed")
        }
        Hindrance::Namesake => {
            "the candidate's folder of today is held, or its retention.toml cannot be read"
                .to_owned()
        }
    }
}

fn unfinished(error: std::io::Error, what: &str) -> anyhow::Error {
    anyhow::Error::new(error).context(format!(
        "{what} could not be removed to the end; the same command again goes on"
    ))
}
