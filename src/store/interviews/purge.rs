//! Removing a candidate's folder: at once, whatever happens meanwhile, and with a line in a log.
//!
//! The folder is renamed into a hidden one, beside the line that the log will get. Once the line is in the log, the folder
//! is emptied and removed: whoever finds a hidden one knows what is left to be done.

mod folder;
mod hidden;
mod log;

use std::io;

use jiff::Timestamp;

use self::folder::hindrance;
pub use self::folder::{Hindrance, candidates, count, has_journal, is_empty, is_open, links};
use self::hidden::Hidden;
use self::log::Log;
pub use self::log::{Entry, LOG, Link};
use super::lock::{Holder, Lock, LockError};
use super::session::OpenError;
use super::{Interviews, retention};
use crate::store::files::shown;

/// Held by whoever removes.
const LOCK: &str = ".intervy-purge.lock";

/// What the log says of a folder that was removed in part, and given back.
const GIVEN_BACK: &str = "given back";

/// Why a folder was not removed.
#[derive(Debug)]
pub enum PurgeError {
    /// It stays: why.
    Stays(Hindrance),
    /// It was taken away, and should have been given back, but something else is in its place.
    Left(Hindrance),
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
    /// It is the candidate's folder again: why.
    GivenBack(Hindrance),
    /// It stays where it is: why.
    Left(Hindrance),
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
    /// How many files they are.
    pub files: usize,
    /// What keeps them.
    pub hindrance: Option<Hindrance>,
}

/// What is left of removals that were interrupted, ordered by candidate.
#[must_use]
pub fn remains(interviews: &Interviews) -> Vec<Remains> {
    let hidden = Hidden::all(interviews).unwrap_or_default();
    let full = hidden.into_iter().filter(Hidden::is_full);
    full.map(|hidden| {
        let entry = hidden.entry();
        Remains {
            files: count(interviews, &hidden.inner()),
            path: hidden_path(interviews, &hidden.candidate),
            hindrance: entry
                .as_ref()
                .ok()
                .and_then(|entry| hindrance_of(interviews, &hidden, entry.files)),
            entry,
            candidate: hidden.candidate,
        }
    })
    .collect()
}

/// Where a candidate's folder waits for being emptied, as messages show it.
#[must_use]
pub fn hidden_path(interviews: &Interviews, candidate: &str) -> String {
    let hidden = Hidden::of(interviews, candidate);
    shown(&interviews.root().join(hidden.name()))
}

/// What keeps the remains of a removal, of which so many files are to be removed.
fn hindrance_of(interviews: &Interviews, hidden: &Hidden, than: usize) -> Option<Hindrance> {
    let own = hindrance(interviews, &hidden.inner(), than);
    // Whoever holds a pseudonym means all that there is of it.
    let is_held = || {
        let namesake = retention::read(interviews, &hidden.candidate);
        namesake.map_or(true, |namesake| namesake.hold.is_some())
    };
    own.or_else(|| is_held().then_some(Hindrance::Namesake))
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
    /// Finishes the removals of these candidates that were interrupted, if no more than so many files are left of each;
    /// what became of them.
    ///
    /// # Errors
    /// When the folder of the interviews cannot be looked into.
    pub fn finish(
        &self,
        candidates: &[(&str, usize)],
        at: Timestamp,
    ) -> io::Result<Vec<(String, Outcome)>> {
        let mut finished = Vec::new();
        for hidden in Hidden::all(self.interviews)? {
            let mut candidates = candidates.iter();
            if !hidden.is_full() {
                // Nothing was removed.
                hidden.tidy();
            } else if let Some((_, than)) = candidates.find(|(name, _)| *name == hidden.candidate) {
                let outcome = self.finish_one(&hidden, *than, at);
                finished.push((hidden.candidate, outcome));
            }
        }
        Ok(finished)
    }

    fn finish_one(&self, hidden: &Hidden, than: usize, at: Timestamp) -> Outcome {
        let entry = match hidden.entry() {
            Ok(entry) => entry,
            Err(why) => return Outcome::Unknown(why),
        };
        let finished = self.log.has(&entry).and_then(|is_logged| {
            if let Some(why) = hindrance_of(self.interviews, hidden, than) {
                let is_back = self.give_back(hidden, is_logged.then_some(at))?;
                return Ok(if is_back {
                    Outcome::GivenBack(why)
                } else {
                    Outcome::Left(why)
                });
            }
            if !is_logged {
                self.log.add(&entry)?;
            }
            hidden.empty()?;
            Ok(Outcome::Removed(entry))
        });
        finished.unwrap_or_else(Outcome::Failed)
    }

    /// Puts a folder back if nothing else is in its place, whether that was so, and says it in the log if that has the
    /// removal.
    fn give_back(&self, hidden: &Hidden, logged: Option<Timestamp>) -> io::Result<bool> {
        let candidate = &hidden.candidate;
        match hidden.give_back(&self.interviews.of_candidate(candidate)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            given => given?,
        }
        if let Some(at) = logged {
            self.log.add(&Entry {
                at,
                candidate: candidate.clone(),
                files: count(self.interviews, candidate),
                why: GIVEN_BACK.to_owned(),
                links: Vec::new(),
            })?;
        }
        Ok(true)
    }

    /// Removes a candidate's folder, if it has no more than so many files.
    ///
    /// # Errors
    /// When something keeps it, or the disk does not let go of it.
    pub fn remove(
        &self,
        candidate: &str,
        than: usize,
        why: &str,
        at: Timestamp,
    ) -> Result<Entry, PurgeError> {
        if let Some(why) = hindrance(self.interviews, candidate, than) {
            return Err(PurgeError::Stays(why));
        }
        let files = count(self.interviews, candidate);
        let entry = Entry {
            at,
            candidate: candidate.to_owned(),
            files,
            why: why.to_owned(),
            links: links(self.interviews, candidate),
        };
        let folder = self.interviews.of_candidate(candidate);
        let hidden = Hidden::of(self.interviews, candidate);
        hidden.take(&folder, &entry).map_err(PurgeError::Kept)?;
        // What began meanwhile has its lock or its file in the folder.
        if let Some(why) = hindrance(self.interviews, &hidden.inner(), files) {
            return Err(match self.give_back(&hidden, None) {
                Ok(true) => PurgeError::Stays(why),
                Ok(false) => PurgeError::Left(why),
                Err(error) => PurgeError::Unfinished(error),
            });
        }
        if let Err(error) = self.log.add(&entry) {
            hidden.give_back(&folder).map_err(PurgeError::Unfinished)?;
            return Err(PurgeError::Kept(error));
        }
        hidden.empty().map_err(PurgeError::Unfinished)?;
        Ok(entry)
    }
}
