//! The hidden folders into which candidates' folders are renamed before they are emptied.

use std::io;
use std::path::{Path, PathBuf};

use super::log::Entry;
use crate::store::files::Files;
use crate::store::interviews::Interviews;
use crate::store::write;

/// What begins the name of a hidden folder.
const HIDDEN: &str = ".intervy-purge-";
/// The candidate's folder in it.
const REMOVED: &str = "removed";
/// The line for the log in it.
const ENTRY: &str = "entry.json";
/// The most bytes of such a line.
const MAX_ENTRY_BYTES: u64 = 64 * 1024 * 1024;

/// A hidden folder, whether it is there or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hidden {
    /// Whose folder is in it, or will be.
    pub(super) candidate: String,
    root: PathBuf,
}

impl Hidden {
    /// The one for a candidate.
    pub(super) fn of(interviews: &Interviews, candidate: &str) -> Self {
        Self {
            candidate: candidate.to_owned(),
            root: interviews.root().to_owned(),
        }
    }

    /// Those that are there, in order.
    pub(super) fn all(interviews: &Interviews) -> io::Result<Vec<Self>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(interviews.root())? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string()
                && let Some(candidate) = name.strip_prefix(HIDDEN)
                && entry.file_type()?.is_dir()
            {
                found.push(Self::of(interviews, candidate));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Its name.
    pub(super) fn name(&self) -> String {
        format!("{HIDDEN}{}", self.candidate)
    }

    fn path(&self) -> PathBuf {
        self.root.join(self.name())
    }

    /// Where the candidate's folder is in it, from the root.
    pub(super) fn inner(&self) -> String {
        format!("{}/{REMOVED}", self.name())
    }

    fn removed(&self) -> PathBuf {
        self.path().join(REMOVED)
    }

    /// Whether a candidate's folder is in it.
    pub(super) fn is_full(&self) -> bool {
        let there = self.removed().symlink_metadata();
        there.is_ok_and(|there| there.is_dir())
    }

    /// What the log is to get.
    ///
    /// # Errors
    /// Why that is not known.
    pub(super) fn entry(&self) -> Result<Entry, String> {
        let files = Files::disk(&self.root);
        let path = format!("{}/{ENTRY}", self.name());
        let bytes = files.read_bytes(&path, MAX_ENTRY_BYTES);
        let bytes = bytes.map_err(|why| format!("{ENTRY}: {why}"))?;
        match serde_json::from_slice::<Entry>(&bytes) {
            Ok(entry) if entry.candidate == self.candidate => Ok(entry),
            Ok(_) => Err(format!("{ENTRY} is of another candidate")),
            Err(_) => Err(format!("{ENTRY} is no line of the log")),
        }
    }

    /// Takes a folder in: on the disk, and after what the log is to get.
    pub(super) fn take(&self, folder: &Path, entry: &Entry) -> io::Result<()> {
        if self.is_full() {
            let message = format!("{} is in the way", self.name());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        self.tidy();
        write::make_folder_durably(&self.path())?;
        let line = serde_json::to_string(entry).map_err(io::Error::other)?;
        let taken = write::replace(&self.path().join(ENTRY), line.as_bytes())
            .and_then(|()| write::rename_folder(folder, &self.removed()));
        if taken.is_err() {
            self.tidy();
        }
        taken
    }

    /// Puts the folder back where it was, if nothing else is there.
    pub(super) fn give_back(&self, folder: &Path) -> io::Result<()> {
        // An empty folder could be renamed over.
        if folder.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        write::rename_folder(&self.removed(), folder)?;
        self.tidy();
        Ok(())
    }

    /// Removes the folder that is in it; links are removed, not followed.
    pub(super) fn empty(&self) -> io::Result<()> {
        for entry in std::fs::read_dir(self.removed())? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                std::fs::remove_dir_all(entry.path())?;
            } else {
                std::fs::remove_file(entry.path())?;
            }
        }
        std::fs::remove_dir(self.removed())?;
        self.tidy();
        Ok(())
    }

    /// Removes what is its own. What somebody else put there stays, and so does the folder then.
    pub(super) fn tidy(&self) {
        let entries = std::fs::read_dir(self.path());
        for entry in entries.into_iter().flatten().filter_map(Result::ok) {
            let name = entry.file_name();
            if name == ENTRY || write::is_temporary(&name) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
        let _ = std::fs::remove_dir(self.path());
    }
}
