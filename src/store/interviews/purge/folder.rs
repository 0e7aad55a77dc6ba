//! A candidate's folder before it is removed: whose it can be, how much is in it, what keeps it.

use std::io;

use walkdir::{DirEntry, WalkDir};

use super::log::Link;
use crate::model::retention::Hold;
use crate::store::files::shown;
use crate::store::interviews::listing::Place;
use crate::store::interviews::{Interviews, journal, lock, retention};

/// What keeps a folder from being removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Somebody works on a scorecard in it.
    Open,
    /// It is held.
    Held(Hold),
    /// Its retention.toml cannot be read, and may hold it.
    Unknown,
    /// It has more files than were to be removed.
    More {
        /// How many were to be.
        than: usize,
        /// How many there are.
        files: usize,
    },
    /// Another folder of the same name is held, or may be.
    Namesake,
}

/// What keeps a folder, at a path from the root, of which so many files are to be removed.
pub(super) fn hindrance(interviews: &Interviews, folder: &str, than: usize) -> Option<Hindrance> {
    if is_open(interviews, folder) {
        return Some(Hindrance::Open);
    }
    match retention::read(interviews, folder) {
        Ok(retention) => {
            if let Some(hold) = retention.hold {
                return Some(Hindrance::Held(hold));
            }
        }
        Err(_) => return Some(Hindrance::Unknown),
    }
    let files = count(interviews, folder);
    (files > than).then_some(Hindrance::More { than, files })
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

/// The links in a candidate's folder, in order.
#[must_use]
pub fn links(interviews: &Interviews, candidate: &str) -> Vec<Link> {
    let folder = interviews.of_candidate(candidate);
    let walk = WalkDir::new(&folder).follow_root_links(false);
    let entries = walk.sort_by_file_name().into_iter();
    let links = entries
        .filter_map(Result::ok)
        .filter(DirEntry::path_is_symlink);
    links
        .map(|entry| Link {
            path: shown(entry.path().strip_prefix(&folder).unwrap_or(entry.path())),
            to: std::fs::read_link(entry.path()).map_or_else(|_| "?".to_owned(), |to| shown(&to)),
        })
        .collect()
}

/// Whether there is nothing but folders in a candidate's folder.
#[must_use]
pub fn is_empty(interviews: &Interviews, candidate: &str) -> bool {
    let walk = WalkDir::new(interviews.of_candidate(candidate)).follow_root_links(false);
    let mut entries = walk.into_iter();
    // What cannot be looked into may hold something.
    entries.all(|entry| entry.is_ok_and(|entry| entry.file_type().is_dir()))
}

/// Whether a session has left a journal of a scorecard.
#[must_use]
pub fn has_journal(interviews: &Interviews, place: &Place) -> bool {
    let paths = interviews.card(&place.candidate, &place.screen, &place.interviewer);
    journal::is_one(&paths.journal)
}

/// Whether somebody works on a scorecard of a candidate.
#[must_use]
pub fn is_open(interviews: &Interviews, candidate: &str) -> bool {
    let walk = WalkDir::new(interviews.of_candidate(candidate)).follow_root_links(false);
    let mut entries = walk.into_iter().filter_map(Result::ok);
    entries.any(|entry| {
        let is_lock = entry.path().extension().is_some_and(|end| end == "lock");
        is_lock && lock::is_held(entry.path())
    })
}
