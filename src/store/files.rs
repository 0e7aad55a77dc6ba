//! The files of a bank, on disk or compiled in, read safely: only plain files, within limits.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::Dir;
use memchr::memchr;

use crate::model::finding::Finding;
use crate::model::finding::reading::UNREADABLE_FILE;
use crate::model::source::{Location, ReadAgain, Source, Span};
use crate::store::listing::{self, Listed};

/// The most bytes that a text file of a bank may have.
pub const MAX_FILE_BYTES: u64 = 256 * 1024;
/// The most bytes that all text files of a folder may have together.
pub const MAX_TOTAL_BYTES: u64 = 512 * 1024 * 1024;

/// Texts of files by their path relative to the bank's root; `None`: there is no such file.
pub type Overlay = BTreeMap<String, Option<Vec<u8>>>;

/// Where a bank's files are.
#[derive(Clone, Debug)]
pub enum Files {
    /// A directory on disk.
    Disk {
        /// The bank's root.
        root: PathBuf,
        /// The root as messages show it, empty or ending in `/`.
        shown: String,
        /// Texts that stand for those on disk; `None` for a file that is not there.
        overlay: Overlay,
    },
    /// Compiled into the program.
    BuiltIn(&'static Dir<'static>),
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
            overlay: Overlay::new(),
        }
    }

    /// The bank's root; `None` for the built-in bank.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        match self {
            Self::Disk { root, .. } => Some(root),
            Self::BuiltIn(_) => None,
        }
    }

    /// The same files with some texts standing for those on disk.
    #[must_use]
    pub fn with_overlay(&self, texts: Overlay) -> Self {
        let mut files = self.clone();
        if let Self::Disk { overlay, .. } = &mut files {
            overlay.extend(texts);
        }
        files
    }

    /// The path that messages show for a path relative to the bank's root.
    #[must_use]
    pub fn show(&self, path: &str) -> String {
        match self {
            Self::Disk { shown, .. } => [shown, path].concat(),
            Self::BuiltIn(_) => format!("built-in:{path}"),
        }
    }

    /// The files with this ending below a folder, ordered by path, and what could not be listed.
    /// A folder that does not exist has no files. Names that begin with a dot are passed over;
    /// symbolic links are never followed.
    #[must_use]
    pub fn list(&self, folder: &str, ending: &str) -> (Vec<Listed>, Vec<Finding>) {
        match self {
            Self::BuiltIn(dir) => (listing::built_in(dir, folder, ending), Vec::new()),
            Self::Disk { root, overlay, .. } => {
                let (mut listed, findings) =
                    listing::on_disk(root, &self.show(folder), folder, &[ending]);
                listing::lay_over(&mut listed, overlay, folder, ending);
                (listed, findings)
            }
        }
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
            Self::Disk { root, overlay, .. } => {
                if let Some(given) = overlay.get(path) {
                    return match given {
                        Some(bytes) if bytes.len() as u64 <= MAX_FILE_BYTES => {
                            text(bytes.clone(), shown)
                        }
                        Some(_) => {
                            Err(Box::new(unreadable(&shown, &too_large(MAX_FILE_BYTES), "")))
                        }
                        None => Err(Box::new(unreadable(&shown, "no such file", ""))),
                    };
                }
                let bytes = read_plain(&root.join(path), MAX_FILE_BYTES)
                    .map_err(|error| Box::new(unreadable(&shown, &error, "")))?;
                text(bytes, shown)
            }
        }
    }

    /// Whether the bank has a file or folder at a path relative to its root; symbolic links are not
    /// followed.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        match self {
            Self::BuiltIn(dir) => dir.get_entry(path).is_some(),
            Self::Disk { root, overlay, .. } => {
                if let Some(given) = overlay.get(path) {
                    return given.is_some();
                }
                let folder = format!("{}/", path.trim_end_matches('/'));
                let mut below = overlay.range(folder.clone()..);
                if below.any(|(other, text)| text.is_some() && other.starts_with(&folder)) {
                    return true;
                }
                plain_metadata(root, path).is_ok()
            }
        }
    }

    /// Reads a TOML file beside one that was read before; `from` is the shown path of the latter.
    /// It may lie outside the bank, but not outside the repository that the bank is in: whoever
    /// proposes a change to the bank must not be able to have other files shown.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub fn read_beside(&self, from: &str, path: &str) -> Result<Arc<Source>, String> {
        let Self::Disk { root, shown, .. } = self else {
            return Err("the built-in bank extends nothing".to_owned());
        };
        if Path::new(path)
            .extension()
            .is_none_or(|ending| ending != "toml")
        {
            return Err("it is no `.toml` file".to_owned());
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match (part, parts.last()) {
                ("" | ".", _) => {}
                ("..", Some(&last)) if last != ".." => {
                    parts.pop();
                }
                _ => parts.push(part),
            }
        }
        let joined = parts.join("/");
        let target = if from.starts_with('/') {
            format!("/{joined}")
        } else {
            joined
        };
        let real = Path::new(&target)
            .canonicalize()
            .map_err(|error| plain(&error))?;
        let bank = root.canonicalize().map_err(|error| plain(&error))?;
        let repository = bank.ancestors().find(|folder| folder.join(".git").exists());
        if !real.starts_with(repository.unwrap_or(&bank)) {
            return Err("it lies outside the repository".to_owned());
        }
        if let Some(relative) = target
            .strip_prefix(shown.as_str())
            .filter(|_| real.starts_with(&bank))
        {
            return self.read(relative).map_err(|finding| finding.message);
        }
        let bytes = read_limited(&real, MAX_FILE_BYTES)?;
        text(bytes, target).map_err(|finding| finding.message)
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
                plain_metadata(root, path)?;
                read_limited(&root.join(path), limit)
            }
        }
    }
}

impl ReadAgain for Files {
    fn read_again(&self, path: &str) -> Option<String> {
        let path = path.strip_prefix(self.show("").as_str())?;
        let source = self.read(path).ok()?;
        Some(source.text().to_owned())
    }
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
    read_path_up_to(path, MAX_FILE_BYTES)
}

/// [`read_path`] for files of another size.
///
/// # Errors
/// A finding that says why the file cannot be used.
pub fn read_path_up_to(path: &Path, limit: u64) -> Result<Arc<Source>, Box<Finding>> {
    let shown = shown(path);
    let bytes =
        read_limited(path, limit).map_err(|error| Box::new(unreadable(&shown, &error, "")))?;
    text(bytes, shown)
}

/// A path as messages show it.
#[must_use]
pub fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

/// What is at a path below a root, if no symbolic link is on the way there.
fn plain_metadata(root: &Path, path: &str) -> Result<Metadata, String> {
    let mut full = root.to_owned();
    let mut last = None;
    for part in path.split('/') {
        full.push(part);
        let metadata = full.symlink_metadata().map_err(|error| plain(&error))?;
        if metadata.is_symlink() {
            return Err("symbolic links are not followed".to_owned());
        }
        last = Some(metadata);
    }
    last.ok_or_else(|| "no such file".to_owned())
}

/// Why a file or folder cannot be used, in plain words.
pub(super) fn plain(error: &std::io::Error) -> String {
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

thread_local! {
    static READ_AT_ONCE: RefCell<Vec<u8>> = RefCell::new(vec![0; 16 * 1024]);
}

/// Reads a file that is known to be a plain one.
fn read_plain(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let mut file = File::open(path).map_err(|error| plain(&error))?;
    // One call reads nearly every file whole; asking for the length first would be a call more. What a
    // full buffer leaves is read on the long way.
    READ_AT_ONCE.with_borrow_mut(|buffer| {
        let mut length = 0;
        while length < buffer.len() {
            match file.read(&mut buffer[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(plain(&error)),
            }
        }
        let mut bytes = buffer[..length].to_vec();
        if length == buffer.len() {
            bytes.extend(limited(file, 0, limit)?);
        }
        if bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
        Ok(bytes)
    })
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
        return Err(too_large(limit));
    }
    Ok(bytes)
}

fn too_large(limit: u64) -> String {
    format!("larger than {} KiB", limit / 1024)
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
        Ok(text) => match memchr(0, text.as_bytes()) {
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
