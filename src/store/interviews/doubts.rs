//! What is in a candidate's folder, is called as a scorecard is, and cannot be read as one: it may be a draft.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{DirEntry, FileType};
use std::path::Path;

use rayon::prelude::*;

use super::listing::{DECISION_FILE, Listing, RETENTION_FILE};
use super::{CARD_ENDING, Interviews};
use crate::store::files::{plain, shown};
use crate::store::listing::is_unsafe_in_name;

/// The deepest folder that is looked into, counted from the candidate's.
const DEEPEST: usize = 16;

/// Something that may be a scorecard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// The candidate whose folder it is in.
    pub candidate: String,
    /// Its path as messages show it.
    pub path: String,
    /// Why it cannot be read as one.
    pub why: String,
}

/// Pseudonyms that differ by case alone, the one that comes first with the other: on some disks they are one folder.
#[must_use]
pub fn spelt_alike(listing: &Listing) -> Vec<[String; 2]> {
    let cards = listing.cards.iter();
    let cards = cards.map(|card| card.place.candidate.as_str());
    let screens = listing.screens.iter();
    let screens = screens.map(|screen| screen.candidate.as_str());
    let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
    let mut alike = Vec::new();
    for name in cards.chain(screens).collect::<BTreeSet<&str>>() {
        if let Some(other) = spellings.insert(name.to_lowercase(), name) {
            alike.push([other.to_owned(), name.to_owned()]);
        }
    }
    alike
}

/// Everything of the kind, ordered by candidate and path.
#[must_use]
pub fn of(interviews: &Interviews) -> Vec<Doubt> {
    let folders: Vec<DirEntry> = std::fs::read_dir(interviews.root())
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| !is_hidden(&entry.file_name()))
        .collect();
    let of_folders = folders.par_iter().map(|entry| {
        let mut looking = Looking {
            candidate: entry.file_name().to_string_lossy().into_owned(),
            found: Vec::new(),
        };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => looking.look_into(&entry.path(), 1),
            Ok(kind) if kind.is_symlink() && leads_to_folder(&entry.path()) => {
                looking.add(&entry.path(), "a symbolic link is not followed");
            }
            _ => {}
        }
        looking.found
    });
    let mut found: Vec<Doubt> = of_folders.flatten().collect();
    found.sort();
    found
}

struct Looking {
    candidate: String,
    found: Vec<Doubt>,
}

impl Looking {
    fn add(&mut self, path: &Path, why: impl Into<String>) {
        let path = shown(path);
        self.found.push(Doubt {
            candidate: self.candidate.clone(),
            path: path.strip_prefix("./").map(str::to_owned).unwrap_or(path),
            why: why.into(),
        });
    }

    /// `depth` is 1 for the candidate's own folder, 2 for that of a screen.
    fn look_into(&mut self, folder: &Path, depth: usize) {
        if depth > DEEPEST {
            return self.add(folder, "it is too far down to be looked into");
        }
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.add(folder, plain(&error)),
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.at(&entry, depth),
                Err(error) => self.add(folder, plain(&error)),
            }
        }
    }

    fn at(&mut self, entry: &DirEntry, depth: usize) {
        let (name, path) = (entry.file_name(), entry.path());
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.add(&path, plain(&error)),
        };
        let is_called_so = is_called_as_a_card(&name);
        if kind.is_dir() {
            if is_called_so {
                self.add(&path, "it is a folder");
            }
            if !is_hidden(&name) {
                self.look_into(&path, depth + 1);
            }
        } else if kind.is_symlink() {
            if is_called_so || leads_to_folder(&path) {
                self.add(&path, "a symbolic link is not followed");
            }
        } else if is_called_so && let Some(why) = misplaced(&path, kind, depth) {
            self.add(&path, why);
        }
    }
}

/// Why a file that is called as a scorecard is none that is read.
fn misplaced(path: &Path, kind: FileType, depth: usize) -> Option<&'static str> {
    if !kind.is_file() {
        return Some("it is no plain file");
    }
    let own = |path: &Path| path.file_name()?.to_str().map(str::to_owned);
    let folder = path.parent().and_then(own);
    let (Some(name), Some(folder)) = (own(path), folder) else {
        return Some("its name is not UTF-8");
    };
    if name.chars().chain(folder.chars()).any(is_unsafe_in_name) {
        return Some("its name holds control characters");
    }
    let name = name.as_str();
    let is_known = [RETENTION_FILE, DECISION_FILE].contains(&name);
    match depth {
        1 if is_known => None,
        2 if name.starts_with('.') => Some("its name begins with a dot"),
        // On some disks names differ by case, on others they do not.
        2 if name.ends_with(CARD_ENDING) || name.ends_with(".journal") => None,
        2 => Some("its ending is not written in small letters"),
        _ => Some("it is not in the folder of a screen"),
    }
}

/// Whether it ends as scorecards and their journals do, in whatever case.
fn is_called_as_a_card(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    name.ends_with(CARD_ENDING) || name.ends_with(".journal")
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn leads_to_folder(path: &Path) -> bool {
    path.is_dir()
}
