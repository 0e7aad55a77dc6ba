//! Removing a candidate's folder: at once, whatever happens meanwhile, and with a line in a log.
//!
//! The folder is renamed into a hidden one, beside the line that the log will get. Once the line is in the log, the folder
//! is emptied and removed: whoever finds a hidden one knows what is left to be done.

mod folder;
mod hidden;
mod log;

use std::io;

use jiff::Timestamp;

pub use self::folder::{candidates, count, is_open};
use self::hidden::Hidden;
use self::log::Log;
pub use self::log::{Entry, LOG};
use super::Interviews;
use super::lock::{Holder, Lock, LockError};
use super::session::OpenError;
use crate::store::files::shown;

/// Held by whoever removes.
const LOCK: &str = ".intervy-purge.lock";

/// Why a folder was not removed.
#[derive(Debug)]
pub enum PurgeError {
    /// Somebody works on a scorecard in it.
    Open,
    /// It could not be taken away: nothing has changed.
    Kept(io::Error),
    /// It was taken away, and something is left to be done.
    Unfinished(io::Error),
}

/// What became of what was left of a removal.
#[derive(Debug)]
pub enum Outcome {
    /// It was removed.
    Removed(Entry),
    /// It stays, as nothing says what it is: why.
    Unknown(String),
    /// It could not be removed to the end.
    Failed(io::Error),
}

/// What is left of a removal that was interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// Whose removal it was.
    pub candidate: String,
    /// The folder that they are in, as messages show it.
    pub path: String,
    /// What is known about the removal, or why nothing is.
    pub entry: Result<Entry, String>,
}

/// What is left of removals that were interrupted, ordered by candidate.
#[must_use]
pub fn remains(interviews: &Interviews) -> Vec<Remains> {
    let hidden = Hidden::all(interviews).unwrap_or_default();
    let full = hidden.into_iter().filter(Hidden::is_full);
    full.map(|hidden| Remains {
        path: shown(&interviews.root().join(hidden.name())),
        entry: hidden.entry(),
        candidate: hidden.candidate,
    })
    .collect()
}

/// The right to remove, and to say how long folders stay; one process has it at a time.
#[derive(Debug)]
pub struct Purge<'i> {
    interviews: &'i Interviews,
    _lock: Lock,
}

impl<'i> Purge<'i> {
    /// Takes the right.
    ///
    /// # Errors
    /// When somebody else has it, or the folder cannot be written to.
    pub fn begin(interviews: &'i Interviews, holder: &Holder) -> Result<Self, OpenError> {
        let path = interviews.root().join(LOCK);
        let lock = Lock::take(&path, holder).map_err(|error| match error {
            LockError::Held(holder) => OpenError::Held(holder),
            LockError::Io(error) => OpenError::Io {
                what: format!("{} cannot be locked", shown(&path)),
                error,
            },
        })?;
        Ok(Self {
            interviews,
            _lock: lock,
        })
    }

    /// Goes on to remove: without a log, nothing is.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn remover(&self) -> io::Result<Remover<'_>> {
        Ok(Remover {
            interviews: self.interviews,
            log: Log::open(self.interviews)?,
        })
    }
}

/// Removes what may be removed.
#[derive(Debug)]
pub struct Remover<'p> {
    interviews: &'p Interviews,
    log: Log,
}

impl Remover<'_> {
    /// Finishes the removals of these candidates that were interrupted; what became of each.
    ///
    /// # Errors
    /// When the folder of the interviews cannot be looked into.
    pub fn finish(&self, candidates: &[&str]) -> io::Result<Vec<(String, Outcome)>> {
        let mut finished = Vec::new();
        for hidden in Hidden::all(self.interviews)? {
            if !hidden.is_full() {
                // Nothing was removed.
                hidden.tidy();
            } else if candidates.contains(&hidden.candidate.as_str()) {
                let outcome = self.finish_one(&hidden);
                finished.push((hidden.candidate, outcome));
            }
        }
        Ok(finished)
    }

    fn finish_one(&self, hidden: &Hidden) -> Outcome {
        let entry = match hidden.entry() {
            Ok(entry) => entry,
            Err(why) => return Outcome::Unknown(why),
        };
        let is_logged = self.log.has(&entry);
        let logged = is_logged.and_then(|is_there| match is_there {
            true => Ok(()),
            false => self.log.add(&entry),
        });
        match logged.and_then(|()| hidden.empty()) {
            Ok(()) => Outcome::Removed(entry),
            Err(error) => Outcome::Failed(error),
        }
    }

    /// Removes a candidate's folder.
    ///
    /// # Errors
    /// When somebody works on it, or the disk does not let go of it.
    pub fn remove(&self, candidate: &str, why: &str, at: Timestamp) -> Result<Entry, PurgeError> {
        let folder = self.interviews.of_candidate(candidate);
        if folder::has_held_lock(&folder) {
            return Err(PurgeError::Open);
        }
        let entry = Entry {
            at,
            candidate: candidate.to_owned(),
            files: count(self.interviews, candidate),
            why: why.to_owned(),
        };
        let hidden = Hidden::of(self.interviews, candidate);
        hidden.take(&folder, &entry).map_err(PurgeError::Kept)?;
        // A session that began meanwhile has its lock in the folder, and gets it back.
        if folder::has_held_lock(&hidden.removed()) {
            hidden.give_back(&folder).map_err(PurgeError::Unfinished)?;
            return Err(PurgeError::Open);
        }
        if let Err(error) = self.log.add(&entry) {
            hidden.give_back(&folder).map_err(PurgeError::Unfinished)?;
            return Err(PurgeError::Kept(error));
        }
        hidden.empty().map_err(PurgeError::Unfinished)?;
        Ok(entry)
    }
}
