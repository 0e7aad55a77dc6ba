//! One session a scorecard: the lock, and who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use same_file::Handle;
use serde::{Deserialize, Serialize};

/// Who works on a scorecard, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// The machine, where it is known.
    pub host: Option<String>,
    /// Since when.
    pub since: Timestamp,
}

impl Holder {
    /// This process.
    #[must_use]
    pub fn here(since: Timestamp) -> Self {
        Self {
            pid: std::process::id(),
            host: host(),
            since,
        }
    }
}

#[cfg(unix)]
fn host() -> Option<String> {
    let name = rustix::system::uname();
    name.nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

/// A lock that this process holds. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    // Locked as long as it is open.
    file: File,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum LockError {
    /// Somebody holds it.
    Held(Option<Holder>),
    /// It cannot be locked at all.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock, or says who holds it.
    pub(super) fn take(path: &Path, holder: &Holder) -> Result<Self, LockError> {
        // Whoever lets go of the lock removes its file: then this one is nobody's, and the next is tried.
        const TRIES: usize = 100;
        // Whoever only looks at the lock has it for an instant.
        const GLANCE: Duration = Duration::from_millis(5);
        const GLANCES: usize = 10;
        let mut glances = 0;
        for _ in 0..TRIES {
            if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
                let message = "it is no plain file";
                let error = io::Error::new(io::ErrorKind::InvalidInput, message);
                return Err(LockError::Io(error));
            }
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)
                .map_err(LockError::Io)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if glances < GLANCES => {
                    glances += 1;
                    std::thread::sleep(GLANCE);
                    continue;
                }
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(read(&mut file))),
                Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
            }
            if !is_still(path, &file).map_err(LockError::Io)? {
                continue;
            }
            let mut lock = Self {
                path: path.to_owned(),
                file,
            };
            lock.sign(holder).map_err(LockError::Io)?;
            return Ok(lock);
        }
        Err(LockError::Held(None))
    }

    /// Whether its file is still where others look for it.
    pub(super) fn is_ours(&self) -> io::Result<bool> {
        is_still(&self.path, &self.file)
    }

    /// Writes who holds it, for those who are refused.
    fn sign(&mut self, holder: &Holder) -> io::Result<()> {
        let text = serde_json::to_string(holder).map_err(io::Error::other)?;
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still held, and only if it is this one: nobody else's file can be removed.
        if self.is_ours().unwrap_or(false) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether somebody holds the lock at a path; a link is none.
pub(super) fn is_held(path: &Path) -> bool {
    if !path.symlink_metadata().is_ok_and(|there| there.is_file()) {
        return false;
    }
    let file = OpenOptions::new().read(true).open(path);
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Whether the path still leads to the file that is open.
pub(super) fn is_still(path: &Path, file: &File) -> io::Result<bool> {
    let open = Handle::from_file(file.try_clone()?)?;
    match Handle::from_path(path) {
        Ok(there) => Ok(there == open),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Who has signed; on Windows a locked file cannot be read.
fn read(file: &mut File) -> Option<Holder> {
    const LONGEST: u64 = 4096;
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
