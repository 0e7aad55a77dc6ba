//! A candidate's folder before it is removed: whose it can be, how much is in it, whether somebody works on it.

use std::io;
use std::path::Path;

use walkdir::WalkDir;

use crate::store::interviews::{Interviews, lock};

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

pub(super) fn has_held_lock(folder: &Path) -> bool {
    let walk = WalkDir::new(folder).follow_root_links(false);
    let mut entries = walk.into_iter().filter_map(Result::ok);
    entries.any(|entry| {
        let is_lock = entry.path().extension().is_some_and(|end| end == "lock");
        is_lock && lock::is_held(entry.path())
    })
}
