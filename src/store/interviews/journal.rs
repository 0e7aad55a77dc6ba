//! Every state of a scorecard, line by line: each is on the disk before anybody is told that it is.
//!
//! A line is eight hexadecimal digits over what follows, a blank, and the scorecard as JSON.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::store::write;

/// The largest journal that is read: more than a week of typing.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The end of a journal, where more is written.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// The scorecard after the last line, as JSON.
    last: String,
    /// `None` after something went wrong: then what is there is not known, and is replaced as a whole.
    end: Option<File>,
}

/// Why a journal cannot be read.
#[derive(Debug)]
pub(super) enum JournalError {
    /// The disk.
    Io(io::Error),
    /// The line, from 1, that is not what was written, though others follow it.
    Damaged(usize),
}

impl Journal {
    /// Begins a journal, on the disk.
    pub(super) fn begin(path: &Path, card: String) -> io::Result<Self> {
        let mut journal = Self {
            path: path.to_owned(),
            last: card,
            end: None,
        };
        journal.replace()?;
        Ok(journal)
    }

    /// Reads a journal: it and every state that it holds, oldest first. `None`: there is none, or nothing in it. A last
    /// line that was cut off was never acknowledged, and is dropped.
    pub(super) fn read(path: &Path) -> Result<Option<(Self, Vec<String>)>, JournalError> {
        let bytes = match bytes_of(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(JournalError::Io(error)),
        };
        let (states, whole) = parse(&bytes)?;
        let Some(last) = states.last().cloned() else {
            return Ok(None);
        };
        let end = open_end(path, whole).map_err(JournalError::Io)?;
        let journal = Self {
            path: path.to_owned(),
            last,
            end: Some(end),
        };
        Ok(Some((journal, states)))
    }

    /// Adds a state; once this returns, it is on the disk.
    ///
    /// # Errors
    /// When it could not be written, and could not be put in the place of the whole journal either.
    pub(super) fn add(&mut self, card: String) -> io::Result<()> {
        let written = match &mut self.end {
            Some(end) => append(end, &card),
            None => Err(io::Error::other("the end is not known")),
        };
        let before = std::mem::replace(&mut self.last, card);
        if written.is_ok() {
            return Ok(());
        }
        // A part of the line may be there.
        self.end = None;
        let replaced = self.replace();
        if replaced.is_err() {
            self.last = before;
        }
        replaced
    }

    /// Writes the last state alone in the place of whatever is there.
    ///
    /// # Errors
    /// When the old one stays.
    pub(super) fn replace(&mut self) -> io::Result<()> {
        let line = encoded(&self.last);
        write::replace(&self.path, line.as_bytes())?;
        self.end = Some(open_end(&self.path, line.len())?);
        Ok(())
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > MAX_BYTES {
        let message = "it is larger than any journal";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    std::fs::read(path)
}

/// The file without what follows the whole lines.
fn open_end(path: &Path, whole: usize) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    if file.metadata()?.len() != whole as u64 {
        file.set_len(whole as u64)?;
        file.sync_all()?;
    }
    file.seek(SeekFrom::End(0))?;
    Ok(file)
}

fn append(end: &mut File, card: &str) -> io::Result<()> {
    end.write_all(encoded(card).as_bytes())?;
    end.sync_data()
}

fn encoded(card: &str) -> String {
    format!("{:08x} {card}\n", crc32fast::hash(card.as_bytes()))
}

/// The states of a journal, and how many bytes their lines take.
fn parse(bytes: &[u8]) -> Result<(Vec<String>, usize), JournalError> {
    let mut states = Vec::new();
    let mut whole = 0;
    let mut damaged = None;
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match (decoded(line), damaged) {
            // More than the end was lost.
            (Some(_), Some(first)) => return Err(JournalError::Damaged(first)),
            (Some(state), None) => {
                states.push(state);
                whole += line.len();
            }
            (None, _) => damaged = damaged.or(Some(index + 1)),
        }
    }
    Ok((states, whole))
}

fn decoded(line: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (check, card) = text.split_once(' ')?;
    let check = u32::from_str_radix(check, 16).ok()?;
    (check == crc32fast::hash(card.as_bytes())).then(|| card.to_owned())
}
