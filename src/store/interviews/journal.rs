//! Every state of a scorecard, line by line: each is on the disk before anybody is told that it is.
//!
//! A line is eight hexadecimal digits over what follows, a blank, and the scorecard as JSON. Each line holds all of the
//! scorecard, so the last one counts and the others may be damaged.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::lock;
use crate::store::write;

/// The largest journal that is read: more than a week of typing.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The end of a journal, where more is written.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// Whose permissions a new journal gets.
    like: PathBuf,
    /// The scorecard after the last line, as JSON.
    last: String,
    /// `None` after something went wrong: then what is there is not known, and is replaced as a whole.
    end: Option<File>,
}

/// What a journal holds.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The states that are whole, oldest first, as JSON.
    pub(super) states: Vec<String>,
    /// The first line, from 1, that ends and is not what was written.
    pub(super) damaged: Option<usize>,
    /// Whether that is behind all states, so that an answer may be lost.
    pub(super) is_end_damaged: bool,
}

impl Journal {
    /// Begins a journal, on the disk.
    pub(super) fn begin(path: &Path, like: &Path, card: String) -> io::Result<Self> {
        let mut journal = Self {
            path: path.to_owned(),
            like: like.to_owned(),
            last: card,
            end: None,
        };
        journal.replace()?;
        Ok(journal)
    }

    /// Goes on with a journal whose last state is known. What led to it is of no use any more.
    pub(super) fn go_on(path: &Path, like: &Path, last: String) -> Self {
        let mut journal = Self {
            path: path.to_owned(),
            like: like.to_owned(),
            last,
            end: None,
        };
        // A full disk is no reason not to go on: the old one has it too.
        let _ = journal.replace();
        journal
    }

    /// Adds a state; once this returns, it is on the disk, where the journal belongs.
    ///
    /// # Errors
    /// When it could not be written, and could not be put in the place of the whole journal either.
    pub(super) fn add(&mut self, card: String) -> io::Result<()> {
        let written = match &mut self.end {
            Some(end) => append(&self.path, end, &card),
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
        write::replace_like(&self.path, &self.like, line.as_bytes())?;
        self.end = Some(open_end(&self.path, line.len())?);
        Ok(())
    }
}

/// Whether a file begins as a journal does; a link does not.
pub(super) fn is_one(path: &Path) -> bool {
    if !path.symlink_metadata().is_ok_and(|there| there.is_file()) {
        return false;
    }
    let mut line = Vec::new();
    let begun = File::open(path).and_then(|file| {
        let mut file = BufReader::new(file.take(MAX_BYTES));
        file.read_until(b'\n', &mut line)
    });
    begun.is_ok() && decoded(&line).is_some()
}

/// Reads a journal; nothing where there is none. A last line that was cut off was never acknowledged, and does not
/// count.
///
/// # Errors
/// When it is no plain file, or cannot be read.
pub(super) fn read(path: &Path) -> io::Result<Lines> {
    match bytes_of(path) {
        Ok(bytes) => Ok(parse(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Lines::default()),
        Err(error) => Err(error),
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let there = path.symlink_metadata()?;
    let wrong = |message| Err(io::Error::new(io::ErrorKind::InvalidData, message));
    if !there.is_file() {
        return wrong("it is no plain file");
    }
    if there.len() > MAX_BYTES {
        return wrong("it is larger than any journal");
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn open_end(path: &Path, whole: usize) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    if file.metadata()?.len() != whole as u64 {
        return Err(io::Error::other("somebody else writes it"));
    }
    file.seek(SeekFrom::End(0))?;
    Ok(file)
}

fn append(path: &Path, end: &mut File, card: &str) -> io::Result<()> {
    end.write_all(encoded(card).as_bytes())?;
    end.sync_data()?;
    // A folder that was moved or removed takes the open file with it, and nobody would find what is in it.
    if lock::is_still(path, end)? {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::NotFound,
        "the journal is gone",
    ))
}

fn encoded(card: &str) -> String {
    format!("{:08x} {card}\n", crc32fast::hash(card.as_bytes()))
}

fn parse(bytes: &[u8]) -> Lines {
    let mut lines = Lines::default();
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match decoded(line) {
            Some(state) => {
                lines.states.push(state);
                lines.is_end_damaged = false;
            }
            None if line.ends_with(b"\n") => {
                lines.damaged = lines.damaged.or(Some(index + 1));
                lines.is_end_damaged = true;
            }
            None => {}
        }
    }
    lines
}

fn decoded(line: &[u8]) -> Option<String> {
    let line = line.strip_suffix(b"\n")?;
    // Some tools change the ends of lines.
    let text = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)).ok()?;
    let (check, card) = text.split_once(' ')?;
    let check = u32::from_str_radix(check, 16).ok()?;
    (check == crc32fast::hash(card.as_bytes())).then(|| card.to_owned())
}
