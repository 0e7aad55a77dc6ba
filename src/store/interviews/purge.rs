//! Removing a candidate's folder: at once, whatever happens meanwhile, and with a line in a log.
//!
//! The folder is renamed into a hidden one, beside the line that the log will get. Emptied, it stays until the line is in
//! the log: whoever finds it knows what is left to be done.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::Interviews;
use super::lock::{self, Holder, Lock, LockError};
use super::session::OpenError;
use crate::store::files::shown;
use crate::store::write;

/// What begins the name of a hidden folder.
const HIDDEN: &str = ".intervy-purge-";
/// The candidate's folder in it.
const REMOVED: &str = "removed";
/// The line for the log in it.
const ENTRY: &str = "entry.json";
/// The log.
pub const LOG: &str = "purged.jsonl";
/// Held by whoever removes.
const LOCK: &str = ".intervy-purge.lock";

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Whose folder it was.
    pub candidate: String,
    /// How many files were in it.
    pub files: usize,
    /// What was asked for.
    pub why: String,
}

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

/// The names of the folders that can be candidates', in order; links are none.
///
/// # Errors
/// When the folder of the interviews cannot be looked into.
pub fn candidates(interviews: &Interviews) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(interviews.root())? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && entry.file_type()?.is_dir()
            && !name.starts_with('.')
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// How many files a candidate's folder has.
#[must_use]
pub fn count(interviews: &Interviews, candidate: &str) -> usize {
    let walk = WalkDir::new(interviews.of_candidate(candidate)).follow_root_links(false);
    let entries = walk.into_iter().filter_map(Result::ok);
    entries.filter(|entry| !entry.file_type().is_dir()).count()
}

/// Whether somebody works on a scorecard of a candidate.
#[must_use]
pub fn is_open(interviews: &Interviews, candidate: &str) -> bool {
    has_held_lock(&interviews.of_candidate(candidate))
}

fn has_held_lock(folder: &Path) -> bool {
    let walk = WalkDir::new(folder).follow_root_links(false);
    let mut entries = walk.into_iter().filter_map(Result::ok);
    entries.any(|entry| {
        let is_lock = entry.path().extension().is_some_and(|end| end == "lock");
        is_lock && lock::is_held(entry.path())
    })
}

/// The candidates whose removal was interrupted.
#[must_use]
pub fn unfinished(interviews: &Interviews) -> Vec<String> {
    let hidden = hidden_folders(interviews).unwrap_or_default();
    let is_removed = |(_, hidden): &(String, PathBuf)| hidden.join(REMOVED).is_dir();
    hidden
        .into_iter()
        .filter(is_removed)
        .map(|(candidate, _)| candidate)
        .collect()
}

fn hidden_folders(interviews: &Interviews) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(interviews.root())? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && let Some(candidate) = name.strip_prefix(HIDDEN)
            && entry.file_type()?.is_dir()
        {
            found.push((candidate.to_owned(), entry.path()));
        }
    }
    found.sort();
    Ok(found)
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

    /// Finishes removals that were interrupted.
    ///
    /// # Errors
    /// When one of them cannot be finished.
    pub fn finish(&self) -> io::Result<Vec<Entry>> {
        let mut finished = Vec::new();
        for (_, hidden) in hidden_folders(self.interviews)? {
            finished.extend(self.clear(&hidden)?);
        }
        Ok(finished)
    }

    /// Removes a candidate's folder.
    ///
    /// # Errors
    /// When somebody works on it, or the disk does not let go of it.
    pub fn remove(&self, candidate: &str, why: &str, at: Timestamp) -> Result<Entry, PurgeError> {
        let folder = self.interviews.of_candidate(candidate);
        if has_held_lock(&folder) {
            return Err(PurgeError::Open);
        }
        let entry = Entry {
            at,
            candidate: candidate.to_owned(),
            files: count(self.interviews, candidate),
            why: why.to_owned(),
        };
        let hidden = self.interviews.root().join(format!("{HIDDEN}{candidate}"));
        self.hide(&folder, &hidden, &entry)
            .map_err(PurgeError::Kept)?;
        // A session that began meanwhile has its lock in the folder, and gets it back.
        if has_held_lock(&hidden.join(REMOVED)) {
            let back = write::rename_folder(&hidden.join(REMOVED), &folder);
            back.map_err(PurgeError::Unfinished)?;
            let _ = std::fs::remove_dir_all(&hidden);
            return Err(PurgeError::Open);
        }
        self.clear(&hidden).map_err(PurgeError::Unfinished)?;
        Ok(entry)
    }

    /// Renames a folder into a hidden one that says what happens to it.
    fn hide(&self, folder: &Path, hidden: &Path, entry: &Entry) -> io::Result<()> {
        // What was there before is nobody's: `finish` has seen it.
        match self.clear(hidden) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        write::make_folder_durably(hidden)?;
        let line = serde_json::to_string(entry).map_err(io::Error::other)?;
        let hide = write::replace(&hidden.join(ENTRY), line.as_bytes())
            .and_then(|()| write::rename_folder(folder, &hidden.join(REMOVED)));
        if hide.is_err() {
            let _ = std::fs::remove_dir_all(hidden);
        }
        hide
    }

    /// Empties a hidden folder, puts its line into the log, and removes it. Nothing was removed if no candidate's folder
    /// is in it.
    fn clear(&self, hidden: &Path) -> io::Result<Option<Entry>> {
        let removed = hidden.join(REMOVED);
        let is_there = removed.symlink_metadata().is_ok_and(|there| there.is_dir());
        let mut entry = None;
        if is_there {
            empty(&removed)?;
            let line = std::fs::read_to_string(hidden.join(ENTRY))?;
            self.log(&line)?;
            entry = serde_json::from_str(&line).ok();
            std::fs::remove_dir(&removed)?;
        }
        std::fs::remove_dir_all(hidden)?;
        Ok(entry)
    }

    /// Adds a line to the log, unless it is there.
    fn log(&self, line: &str) -> io::Result<()> {
        let path = self.interviews.root().join(LOG);
        let log = std::fs::read(&path).unwrap_or_default();
        let mut lines = log.split(|byte| *byte == b'\n');
        if lines.any(|there| there == line.as_bytes()) {
            return Ok(());
        }
        write::append_line(&path, line)
    }
}

/// Removes what is in a folder; links are removed, not followed.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
