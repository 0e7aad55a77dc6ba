//! The files of a folder: found in parallel, without following links.

use std::path::Path;

use include_dir::Dir;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::model::finding::Finding;
use crate::store::files::{Overlay, shown, unreadable};

/// The most files that a folder of a bank may hold, sub-folders included.
pub const MAX_FILES: usize = 200_000;
/// So many entries of a sub-folder are looked at, in the order in which the disk has them; only what is left
/// of those is put into order, so that whoever has more gets an error about them and no order.
const MAX_ENTRIES: usize = 10 * MAX_FILES;
/// The deepest sub-folder.
const MAX_FOLDERS: usize = 16;

/// A file of a folder: its path relative to the bank's root, with `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The path.
    pub path: String,
}

impl Listed {
    /// The path's folder, without a `/` at its end.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name without its ending.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// What one entry of a folder is good for.
enum Found {
    File(Listed),
    Problem(Box<Finding>),
    Nothing,
}

/// The files with one of these endings below a folder, ordered by path, and what could not be listed.
/// `shown_folder` is the folder as messages show it.
pub(super) fn on_disk(
    root: &Path,
    shown_folder: &str,
    folder: &str,
    endings: &[&str],
) -> (Vec<Listed>, Vec<Finding>) {
    let start = root.join(folder);
    match start.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => {
            let message = "symbolic links are not followed";
            let finding = unreadable(shown_folder, message, "put the folder itself here");
            return (Vec::new(), vec![finding]);
        }
        Ok(metadata) if metadata.is_dir() => {}
        _ => return (Vec::new(), Vec::new()),
    }
    let above = root.join("").as_os_str().len();
    let judge = |entry: Result<DirEntry, walkdir::Error>, depth: usize| match entry {
        Ok(entry) => judge(&entry, depth + entry.depth(), above, endings),
        Err(error) => {
            let path = error.path().unwrap_or(&start);
            Found::Problem(Box::new(unreadable(&show(path), &error.to_string(), "")))
        }
    };
    let first: Vec<_> = visible(&start, 1).collect();
    let (mut listed, mut findings) = (Vec::new(), Vec::new());
    // A folder for each category is what banks have: enough to keep every core busy.
    let found: Vec<Vec<Found>> = first
        .into_par_iter()
        .map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => visible(entry.path(), MAX_FOLDERS - 1)
                .take(MAX_ENTRIES)
                .map(|entry| judge(entry, 1))
                .collect(),
            entry => vec![judge(entry, 0)],
        })
        .collect();
    for found in found.into_iter().flatten() {
        match found {
            Found::File(file) => listed.push(file),
            Found::Problem(finding) => findings.push(*finding),
            Found::Nothing => {}
        }
    }
    listed.par_sort_unstable();
    if listed.len() > MAX_FILES {
        listed.truncate(MAX_FILES);
        let message = format!("more than {MAX_FILES} files; the rest is not read");
        findings.push(unreadable(shown_folder, &message, "split it"));
    }
    (listed, findings)
}

/// A path as messages show those of the bank's files.
fn show(path: &Path) -> String {
    let shown = shown(path);
    shown.strip_prefix("./").map(str::to_owned).unwrap_or(shown)
}

/// The entries below a folder whose names do not begin with a dot.
fn visible(
    folder: &Path,
    depth: usize,
) -> impl Iterator<Item = Result<DirEntry, walkdir::Error>> + use<> {
    WalkDir::new(folder)
        .min_depth(1)
        .max_depth(depth)
        .follow_links(false)
        .follow_root_links(false)
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
        })
}

/// `depth` is that of the entry below the folder; `above` is the length of the root's path.
fn judge(entry: &DirEntry, depth: usize, above: usize, endings: &[&str]) -> Found {
    let problem = |message: &str, hint: &str| {
        let finding = unreadable(&show(entry.path()), message, hint);
        Found::Problem(Box::new(finding))
    };
    let kind = entry.file_type();
    if kind.is_dir() {
        if depth == MAX_FOLDERS {
            let message = format!("a folder more than {MAX_FOLDERS} levels down is not read");
            return problem(&message, "move it up");
        }
        return Found::Nothing;
    }
    if kind.is_symlink() {
        return problem(
            "symbolic links are not followed",
            "put the file itself here",
        );
    }
    let name = entry.file_name().as_encoded_bytes();
    let wanted = |ending: &&str| name.ends_with(ending.as_bytes());
    if !endings.iter().any(wanted) || !kind.is_file() || name == b"README.md" {
        return Found::Nothing;
    }
    // A slice of the path costs less than comparing its components; there may be many files.
    let relative = entry.path().to_str().and_then(|path| path.get(above..));
    match relative {
        Some(path) if is_plain(path) || !path.chars().any(is_unsafe_in_name) => {
            Found::File(Listed {
                path: with_slashes(path),
            })
        }
        _ => problem(
            "the file's name holds control characters or is not UTF-8",
            "rename it",
        ),
    }
}

/// Whether a path has only bytes that are letters, digits and signs of ASCII, as nearly all have.
fn is_plain(path: &str) -> bool {
    path.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn with_slashes(path: &str) -> String {
    match std::path::MAIN_SEPARATOR {
        '/' => path.to_owned(),
        separator => path.replace(separator, "/"),
    }
}

pub(super) fn is_unsafe_in_name(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What an overlay adds and removes; the order stays.
pub(super) fn lay_over(listed: &mut Vec<Listed>, overlay: &Overlay, folder: &str, ending: &str) {
    if overlay.is_empty() {
        return;
    }
    listed.retain(|file| !overlay.contains_key(&file.path));
    for (path, text) in overlay {
        let below = path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'));
        let mut names = path.split('/');
        if text.is_some()
            && below
            && path.ends_with(ending)
            && !names.any(|name| name.starts_with('.'))
        {
            listed.push(Listed { path: path.clone() });
        }
    }
    listed.sort();
}

/// The files of a folder that is compiled in, ordered by path.
pub(super) fn built_in(dir: &Dir<'static>, folder: &str, ending: &str) -> Vec<Listed> {
    let mut listed = Vec::new();
    let mut open: Vec<&Dir<'_>> = dir.get_dir(folder).into_iter().collect();
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            if path.ends_with(ending) {
                listed.push(Listed { path });
            }
        }
    }
    listed.sort();
    listed
}
