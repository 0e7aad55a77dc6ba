//! The log of removals: a line of JSON for each.

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::interviews::Interviews;
use crate::store::write;

/// The log's name.
pub const LOG: &str = "purged.jsonl";

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Whose folder it was.
    pub candidate: String,
    /// How many files were in it.
    pub files: usize,
    /// What was asked for.
    pub why: String,
    /// The links in it: what they lead to stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A link in a candidate's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where it is in the folder.
    pub path: String,
    /// Where it leads.
    pub to: String,
}

/// The log, which can be written.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
}

impl Log {
    /// The log of a folder of interviews; there need not be one yet.
    ///
    /// # Errors
    /// When what is in its place is no plain file, or cannot be written.
    pub(super) fn open(interviews: &Interviews) -> io::Result<Self> {
        let path = interviews.root().join(LOG);
        match path.symlink_metadata() {
            // A pipe would make `open` wait for ever.
            Ok(there) if !there.is_file() => {
                let message = "this is no plain file";
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
            Ok(_) => {
                let options = std::fs::File::options().read(true).append(true).open(&path);
                options?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(Self { path })
    }

    /// Adds a line, on the disk.
    pub(super) fn add(&self, entry: &Entry) -> io::Result<()> {
        write::append_line(&self.path, &line(entry)?)
    }

    /// Whether a line is there.
    pub(super) fn has(&self, entry: &Entry) -> io::Result<bool> {
        let line = line(entry)?;
        let log = match std::fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            log => log?,
        };
        let mut lines = log.split(|byte| *byte == b'\n');
        Ok(lines.any(|there| there == line.as_bytes()))
    }
}

fn line(entry: &Entry) -> io::Result<String> {
    serde_json::to_string(entry).map_err(io::Error::other)
}
