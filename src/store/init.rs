//! A new bank on disk: a copy of the built-in one, never over a file that is there.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use include_dir::Dir;

use crate::store::built_in::{BANK, TEMPLATES};

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Created {
    /// Files that were written, relative to the bank's root.
    pub written: Vec<PathBuf>,
    /// Files that were there before and were left alone.
    pub kept: Vec<PathBuf>,
}

/// A link below the directory could lead the files anywhere.
fn refuse_links(directory: &Path, folder: &Path) -> io::Result<()> {
    let mut full = directory.to_owned();
    for part in folder.components() {
        full.push(part);
        if full
            .symlink_metadata()
            .is_ok_and(|metadata| metadata.is_symlink())
        {
            let message = format!("{} is a symbolic link", full.display());
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
    }
    Ok(())
}

/// Writes the built-in bank, a CI workflow and a `.gitignore` into `directory`.
///
/// # Errors
/// When a folder or file cannot be created.
pub fn create(directory: &Path) -> io::Result<Created> {
    let mut created = Created::default();
    let mut open: Vec<&Dir<'_>> = vec![&BANK];
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        files.extend(
            dir.files()
                .map(|file| (file.path().to_owned(), file.contents())),
        );
    }
    for (template, target) in [
        ("init/intervy.yml", ".github/workflows/intervy.yml"),
        ("init/gitignore", ".gitignore"),
    ] {
        if let Some(file) = TEMPLATES.get_file(template) {
            files.push((PathBuf::from(target), file.contents()));
        }
    }
    files.sort();
    for (path, contents) in files {
        let target = directory.join(&path);
        if let Some(folder) = path.parent() {
            refuse_links(directory, folder)?;
            fs::create_dir_all(directory.join(folder))?;
        }
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&target)
        {
            Ok(mut file) => {
                file.write_all(contents)?;
                created.written.push(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => created.kept.push(path),
            Err(error) => return Err(error),
        }
    }
    Ok(created)
}
