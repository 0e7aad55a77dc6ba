//! The files of a bank, on disk or compiled in, read safely: only plain files, within limits.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::Dir;
use walkdir::WalkDir;

use crate::model::finding::Finding;
use crate::model::source::{Location, Source, Span};
use crate::store::document::decode::UNREADABLE_FILE;

/// The most bytes that a text file of a bank may have.
pub const MAX_FILE_BYTES: u64 = 256 * 1024;
/// The most files that a folder of a bank may hold, sub-folders included.
pub const MAX_FILES: usize = 200_000;
/// The most bytes that all text files of a folder may have together.
pub const MAX_TOTAL_BYTES: u64 = 512 * 1024 * 1024;
/// The deepest sub-folder.
const MAX_FOLDERS: usize = 16;

/// Where a bank's files are.
#[derive(Clone, Debug)]
pub enum Files {
    /// A directory on disk.
    Disk {
        /// The bank's root.
        root: PathBuf,
        /// The root as messages show it, empty or ending in `/`.
        shown: String,
    },
    /// Compiled into the program.
    BuiltIn(&'static Dir<'static>),
}

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

impl Files {
    /// The files of a directory.
    #[must_use]
    pub fn disk(root: &Path) -> Self {
        let mut shown = shown(root);
        if shown == "." {
            shown.clear();
        } else if !shown.ends_with('/') {
            shown.push('/');
        }
        shown = shown.strip_prefix("./").map(str::to_owned).unwrap_or(shown);
        Self::Disk {
            root: root.to_owned(),
            shown,
        }
    }

    /// The path that messages show for a path relative to the bank's root.
    #[must_use]
    pub fn show(&self, path: &str) -> String {
        match self {
            Self::Disk { shown, .. } => format!("{shown}{path}"),
            Self::BuiltIn(_) => format!("built-in:{path}"),
        }
    }

    /// The files with this ending below a folder, ordered by path, and what could not be listed.
    /// A folder that does not exist has no files. Names that begin with a dot are passed over;
    /// symbolic links are never followed.
    #[must_use]
    pub fn list(&self, folder: &str, ending: &str) -> (Vec<Listed>, Vec<Finding>) {
        let (mut listed, findings) = match self {
            Self::BuiltIn(dir) => (list_built_in(dir, folder, ending), Vec::new()),
            Self::Disk { root, .. } => self.list_disk(root, folder, ending),
        };
        listed.sort();
        (listed, findings)
    }

    fn list_disk(&self, root: &Path, folder: &str, ending: &str) -> (Vec<Listed>, Vec<Finding>) {
        let (mut listed, mut findings) = (Vec::new(), Vec::new());
        let start = root.join(folder);
        match start.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => {
                findings.push(unreadable(
                    &self.show(folder),
                    "symbolic links are not followed",
                    "put the folder itself here",
                ));
                return (listed, findings);
            }
            Ok(metadata) if metadata.is_dir() => {}
            _ => return (listed, findings),
        }
        let above = root.join("").as_os_str().len();
        let walk = WalkDir::new(&start)
            .max_depth(MAX_FOLDERS)
            .follow_links(false)
            .follow_root_links(false)
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
            });
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&start);
                    findings.push(unreadable(&shown(path), &error.to_string(), ""));
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                if entry.depth() == MAX_FOLDERS {
                    findings.push(unreadable(
                        &shown(entry.path()),
                        &format!("a folder more than {MAX_FOLDERS} levels down is not read"),
                        "move it up",
                    ));
                }
                continue;
            }
            let name = entry.file_name().to_string_lossy();
            if entry.file_type().is_symlink() {
                findings.push(unreadable(
                    &shown(entry.path()),
                    "symbolic links are not followed",
                    "put the file itself here",
                ));
                continue;
            }
            if !name.ends_with(ending) || !entry.file_type().is_file() || name == "README.md" {
                continue;
            }
            // A slice of the path costs less than comparing its components; there may be many files.
            let relative = entry.path().to_str().and_then(|path| path.get(above..));
            match relative {
                Some(path) if !path.chars().any(is_unsafe_in_name) => listed.push(Listed {
                    path: path.replace(std::path::MAIN_SEPARATOR, "/"),
                }),
                _ => findings.push(unreadable(
                    &shown(entry.path()),
                    "the file's name holds control characters or is not UTF-8",
                    "rename it",
                )),
            }
            if listed.len() > MAX_FILES {
                findings.push(unreadable(
                    &self.show(folder),
                    &format!("more than {MAX_FILES} files; the rest is not read"),
                    "split the bank",
                ));
                break;
            }
        }
        (listed, findings)
    }

    /// Reads a text file that [`Files::list`] gave.
    ///
    /// # Errors
    /// A finding that says why the file cannot be used.
    pub fn read(&self, path: &str) -> Result<Arc<Source>, Box<Finding>> {
        let shown = self.show(path);
        match self {
            Self::BuiltIn(dir) => match dir.get_file(path).and_then(|file| file.contents_utf8()) {
                Some(text) => Ok(Source::new(shown, text)),
                None => Err(Box::new(unreadable(&shown, "no such file", ""))),
            },
            Self::Disk { root, .. } => {
                let bytes = read_plain(&root.join(path), MAX_FILE_BYTES)
                    .map_err(|error| Box::new(unreadable(&shown, &error, "")))?;
                text(bytes, shown)
            }
        }
    }

    /// Reads any file of the bank, up to `limit` bytes. The path must stay inside the bank and
    /// must not pass through a symbolic link.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub fn read_bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, String> {
        match self {
            Self::BuiltIn(dir) => dir
                .get_file(path)
                .map(|file| file.contents().to_vec())
                .ok_or_else(|| "no such file".to_owned()),
            Self::Disk { root, .. } => {
                let mut full = root.clone();
                for part in path.split('/') {
                    full.push(part);
                    let metadata = full.symlink_metadata().map_err(|error| plain(&error))?;
                    if metadata.is_symlink() {
                        return Err("symbolic links are not followed".to_owned());
                    }
                }
                read_limited(&full, limit)
            }
        }
    }
}

fn list_built_in(dir: &Dir<'static>, folder: &str, ending: &str) -> Vec<Listed> {
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
    listed
}

/// Reads a text from any reader: standard input, say.
///
/// # Errors
/// A finding that says why the text cannot be used.
pub fn read_text(reader: impl Read, shown: &str) -> Result<Arc<Source>, Box<Finding>> {
    let bytes = limited(reader, 0, MAX_FILE_BYTES)
        .map_err(|error| Box::new(unreadable(shown, &error, "")))?;
    text(bytes, shown.to_owned())
}

/// Reads a text file that the user named.
///
/// # Errors
/// A finding that says why the file cannot be used.
pub fn read_path(path: &Path) -> Result<Arc<Source>, Box<Finding>> {
    let shown = shown(path);
    let bytes = read_limited(path, MAX_FILE_BYTES)
        .map_err(|error| Box::new(unreadable(&shown, &error, "")))?;
    text(bytes, shown)
}

/// A path as messages show it.
#[must_use]
pub fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

fn is_unsafe_in_name(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    // A pipe or device would make `open` or `read` wait for ever.
    let metadata = std::fs::metadata(path).map_err(|error| plain(&error))?;
    if metadata.is_dir() {
        return Err("this is a folder".to_owned());
    }
    if !metadata.is_file() {
        return Err("this is no plain file".to_owned());
    }
    read_plain(path, limit)
}

/// Reads a file that is known to be a plain one.
fn read_plain(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| plain(&error))?;
    let expected = file.metadata().map_or(0, |metadata| metadata.len());
    limited(file, expected, limit)
}

/// Reads up to `limit` bytes; `expected` sizes the buffer, so that a text wastes no memory.
fn limited(reader: impl Read, expected: u64, limit: u64) -> Result<Vec<u8>, String> {
    let capacity = usize::try_from(expected.min(limit)).unwrap_or(0);
    // One byte more lets the last read see the end of the file without growing the buffer.
    let mut bytes = Vec::with_capacity(capacity + 1);
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| plain(&error))?;
    if bytes.len() as u64 > limit {
        return Err(format!("larger than {} KiB", limit / 1024));
    }
    Ok(bytes)
}

fn text(bytes: Vec<u8>, shown: String) -> Result<Arc<Source>, Box<Finding>> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Box::new(unreadable(
            &shown,
            "this is UTF-16 text",
            "save it as UTF-8",
        )));
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            None => return Ok(Source::new(shown, text)),
            Some(at) => (text, at, "a NUL byte: this is no text file", "remove it"),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
            (
                valid,
                at,
                "this byte is not UTF-8",
                "save the file as UTF-8",
            )
        }
    };
    let (text, at, message, hint) = error;
    let source = Source::new(shown, text);
    let location = Location::at(&source, Span::new(at, at));
    Err(Box::new(
        Finding::error(UNREADABLE_FILE, location, message).hint(hint),
    ))
}

/// A finding about a file that could not be read at all.
#[must_use]
pub fn unreadable(shown: &str, message: &str, hint: &str) -> Finding {
    let location = Location::file(&Source::without_text(shown));
    let finding = Finding::error(UNREADABLE_FILE, location, message);
    if hint.is_empty() {
        finding
    } else {
        finding.hint(hint)
    }
}
