//! Output files, replaced as a whole or not at all.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

/// How the name of a file that is being written begins, and how it ends.
const TEMPORARY: (&str, &str) = (".intervy-", ".tmp");

/// Writes `bytes` to `path`: into a temporary file beside it, to the disk, then renamed over it.
/// After a crash the file is the old one or the new one, never a part. A file that exists keeps its
/// permissions.
///
/// # Errors
/// When the folder does not exist or cannot be written to.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, path, bytes, true)
}

/// The same, with the permissions of `like` for a new file, if that is there.
///
/// # Errors
/// As [`replace`].
pub fn replace_like(path: &Path, like: &Path, bytes: &[u8]) -> io::Result<()> {
    let like = if path.exists() { path } else { like };
    put(path, like, bytes, true)
}

/// The same for what can be made again: it does not wait for the disk, which takes milliseconds a file.
///
/// # Errors
/// As [`replace`].
pub fn replace_soon(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, path, bytes, false)
}

/// Whether a file is by its name one that [`replace`] was interrupted with.
#[must_use]
pub fn is_temporary(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(TEMPORARY.0.as_bytes()) && name.ends_with(TEMPORARY.1.as_bytes())
}

fn put(path: &Path, like: &Path, bytes: &[u8], durably: bool) -> io::Result<()> {
    let write = |file: &mut (dyn Write + Send)| file.write_all(bytes);
    staged(path, like, durably, write)?.settle()
}

/// Files that are all replaced, once all of them are written.
#[derive(Debug, Default)]
pub struct Together(Vec<Staged>);

impl Together {
    /// Writes a file beside its place; `write` is given it.
    ///
    /// # Errors
    /// As [`replace`], and whatever `write` says.
    pub fn add<E: From<io::Error>>(
        &mut self,
        path: &Path,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        self.0.push(staged(path, path, true, write)?);
        Ok(())
    }

    /// Puts all of them in their places.
    ///
    /// # Errors
    /// When one cannot be put there; those before it are.
    pub fn settle(self) -> io::Result<()> {
        self.0.into_iter().try_for_each(Staged::settle)
    }
}

/// A file that is written and not yet in its place.
#[derive(Debug)]
struct Staged {
    path: PathBuf,
    /// None: it is a device, and was written to.
    temporary: Option<NamedTempFile>,
    durably: bool,
}

impl Staged {
    fn settle(self) -> io::Result<()> {
        let Some(temporary) = self.temporary else {
            return Ok(());
        };
        temporary.persist(&self.path).map_err(|error| error.error)?;
        if self.durably {
            sync_folder(folder_of(&self.path));
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn staged<E: From<io::Error>>(
    path: &Path,
    like: &Path,
    durably: bool,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
) -> Result<Staged, E> {
    let mut staged = Staged {
        path: path.to_owned(),
        temporary: None,
        durably,
    };
    // A device such as /dev/null must not be renamed over.
    if path.exists() && !path.is_file() {
        write(&mut File::create(path)?)?;
        return Ok(staged);
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "its folder does not exist").into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the umask makes of 0o666: readable like any other file that the user creates.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    write(temporary.as_file_mut())?;
    if let Ok(metadata) = like.metadata() {
        temporary
            .as_file()
            .set_permissions(metadata.permissions())?;
    }
    if durably {
        temporary.as_file().sync_all()?;
    }
    staged.temporary = Some(temporary);
    Ok(staged)
}

/// Adds a line to a file, on the disk; a line that was cut off before it stays one of its own.
///
/// # Errors
/// When it cannot be written, or the path is a link.
pub fn append_line(path: &Path, line: &str) -> io::Result<()> {
    let there = path.symlink_metadata();
    if there.is_ok_and(|there| !there.is_file()) {
        let message = "it is no plain file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let mut file = File::options()
        .read(true)
        .append(true)
        .create(true)
        .open(path)?;
    let mut text = String::new();
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            text.push('\n');
        }
    }
    text.push_str(line);
    text.push('\n');
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        sync_folder(folder);
    }
    Ok(())
}

/// Renames a file to a name that nobody has, on the disk: `to`, else `to-2`, `to-3` and so on.
///
/// # Errors
/// When it stays where it was.
pub fn set_aside(from: &Path, to: &Path) -> io::Result<PathBuf> {
    let mut free = to.to_owned();
    let mut number = 1;
    while free.symlink_metadata().is_ok() {
        number += 1;
        let mut name = to.as_os_str().to_owned();
        name.push(format!("-{number}"));
        free = name.into();
    }
    std::fs::rename(from, &free)?;
    if let Some(folder) = free.parent() {
        sync_folder(folder);
    }
    Ok(free)
}

/// Removes what was left of files that were being written when a program was killed: nobody writes for an hour.
pub fn remove_leftovers(folder: &Path) {
    const LONG_AGO: Duration = Duration::from_secs(60 * 60);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = is_temporary(&entry.file_name());
        let is_old = |entry: &std::fs::DirEntry| {
            let age = entry.metadata().ok()?.modified().ok()?.elapsed().ok()?;
            Some(age > LONG_AGO)
        };
        if is_ours && is_old(&entry) == Some(true) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Renames a folder, on the disk.
///
/// # Errors
/// When it stays where it was.
pub fn rename_folder(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)?;
    for folder in [from.parent(), to.parent()].into_iter().flatten() {
        sync_folder(folder);
    }
    Ok(())
}

/// Makes a folder, and those above it that are missing.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Whether a file still holds these bytes.
#[must_use]
pub fn unchanged(path: &Path, bytes: &[u8]) -> bool {
    // One of another length, or a pipe, need not be read.
    let there = path.symlink_metadata();
    there.is_ok_and(|there| there.is_file() && there.len() == bytes.len() as u64)
        && std::fs::read(path).is_ok_and(|now| now == bytes)
}

/// Makes a rename durable where the platform can: some file systems refuse to sync a folder, and
/// then there is nothing more to be done.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Makes a folder and those above it that are missing, on the disk.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder_durably(path: &Path) -> io::Result<()> {
    let missing = path
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.is_dir());
    let missing: Vec<&Path> = missing.collect();
    std::fs::create_dir_all(path)?;
    for folder in missing {
        match folder.parent() {
            Some(above) if !above.as_os_str().is_empty() => sync_folder(above),
            _ => sync_folder(Path::new(".")),
        }
    }
    Ok(())
}

/// Removes a file, on the disk; one that is not there is removed already.
///
/// # Errors
/// When it stays.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    if let Some(folder) = path.parent() {
        sync_folder(folder);
    }
    Ok(())
}
