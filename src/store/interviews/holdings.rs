//! Every file that is held about one candidate.

use std::path::Path;

use walkdir::WalkDir;

use super::{Holder, Interviews};
use crate::store::files::{plain, shown};

/// The most bytes of a file that are taken.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A file of a candidate's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The path from the folder of the interviews, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub holds: Holds,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text(String),
    /// Something else.
    Bytes(Vec<u8>),
    /// A link to somewhere else, which is not followed.
    Link(String),
    /// Why it was not read.
    Unread(String),
}

/// Whether a candidate has a folder of their own, which is no link.
#[must_use]
pub fn is_held(interviews: &Interviews, candidate: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(interviews.root()) else {
        return false;
    };
    // By the names that are there: one that leads elsewhere is none of them.
    entries.filter_map(Result::ok).any(|entry| {
        entry.file_name() == candidate && entry.file_type().is_ok_and(|kind| kind.is_dir())
    })
}

/// The files of a candidate's folder, hidden ones among them, ordered by path; our locks say nothing and are left out.
#[must_use]
pub fn of(interviews: &Interviews, candidate: &str) -> Vec<Held> {
    let root = interviews.root();
    let walk = WalkDir::new(interviews.of_candidate(candidate))
        .follow_links(false)
        .follow_root_links(false)
        .sort_by_file_name();
    let mut held = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if is_lock(entry.path()) => {}
            Ok(entry) => {
                let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
                held.push(Held {
                    path: shown(path),
                    holds: holds(entry.path(), entry.file_type()),
                });
            }
            Err(error) => held.push(Held {
                path: error.path().map(shown).unwrap_or_default(),
                holds: Holds::Unread(error.to_string()),
            }),
        }
    }
    held
}

/// Whether a file is a lock of ours: by what it says, or, where it says nothing, by what is beside it.
fn is_lock(path: &Path) -> bool {
    const LONGEST: u64 = 4096;
    let is_named = path.extension().is_some_and(|end| end == "lock");
    let there = path.symlink_metadata();
    if !is_named || !there.is_ok_and(|there| there.is_file() && there.len() <= LONGEST) {
        return false;
    }
    match std::fs::read(path) {
        Ok(text) if !text.is_empty() => {
            let holder: Option<Holder> = serde_json::from_slice(&text).ok();
            let said = holder.and_then(|holder| serde_json::to_vec(&holder).ok());
            said == Some(text)
        }
        // On Windows one that is held cannot be read.
        _ => ["toml", "journal"]
            .iter()
            .any(|ending| path.with_extension(ending).is_file()),
    }
}

fn holds(path: &Path, kind: std::fs::FileType) -> Holds {
    let unread = |error: &std::io::Error| Holds::Unread(plain(error));
    if kind.is_symlink() {
        let target = std::fs::read_link(path);
        return target.map_or_else(|error| unread(&error), |target| Holds::Link(shown(&target)));
    }
    if !kind.is_file() {
        return Holds::Unread("this is no plain file".to_owned());
    }
    match path.symlink_metadata() {
        Ok(there) if there.len() > MAX_BYTES => {
            return Holds::Unread(format!("larger than {} MiB", MAX_BYTES / (1024 * 1024)));
        }
        Ok(_) => {}
        Err(error) => return unread(&error),
    }
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Holds::Text(text),
            Err(error) => Holds::Bytes(error.into_bytes()),
        },
        Err(error) => unread(&error),
    }
}
