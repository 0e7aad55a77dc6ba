//! A session on one scorecard: locked, and on the disk after every change.

use std::io;
use std::path::{Path, PathBuf};

use super::journal::{self, Journal, Lines};
use super::lock::{Holder, Lock, LockError};
use super::{CardPaths, Interviews};
use crate::model::finding::Finding;
use crate::model::scorecard::Scorecard;
use crate::model::source::Source;
use crate::store::document::decode::Problems;
use crate::store::files::{MAX_FILE_BYTES, read_path, shown};
use crate::store::{scorecard, write};

/// A session on a scorecard. Nobody else writes it as long as this lives.
#[derive(Debug)]
pub struct Session {
    paths: CardPaths,
    holder: Holder,
    card: Scorecard,
    /// The scorecard's file as it was read or written; `None`: there is none.
    on_disk: Option<String>,
    /// What was answered; none once the scorecard is handed in.
    journal: Option<Journal>,
    /// Why the scorecard's file is behind the journal, if it is.
    behind: Option<io::Error>,
    notices: Vec<Notice>,
    lock: Lock,
}

/// What was there when a session began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing.
    New,
    /// A draft.
    Draft,
    /// A draft of a session that was interrupted.
    Interrupted,
    /// A scorecard that is handed in.
    Submitted,
}

/// What somebody else did to the files of a scorecard, and where what was there is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The scorecard was changed after a session was interrupted: the changes count, and the session's journal is here.
    Edited(PathBuf),
    /// The journal is damaged, and a copy is here.
    Damaged {
        /// The copy.
        copy: PathBuf,
        /// The first line that is damaged, from 1.
        line: usize,
        /// Whether no whole line is behind it, so that answers may be lost.
        is_end: bool,
    },
    /// The scorecard was changed while the session wrote it: what was there is here.
    Replaced(PathBuf),
}

/// Why a session did not begin.
#[derive(Debug)]
pub enum OpenError {
    /// Another session works on the scorecard.
    Held(Option<Holder>),
    /// The scorecard is not one.
    Unreadable(Vec<Finding>),
    /// The scorecard belongs to another candidate, interviewer or screen than its place says.
    Misplaced(String),
    /// The disk.
    Io {
        /// What could not be done, before ": ".
        what: String,
        /// Why.
        error: io::Error,
    },
}

/// Why a change is not on the disk.
#[derive(Debug)]
pub struct RecordError {
    /// Why.
    pub error: io::Error,
    /// Whether the change is in the journal, so that the next session finds it.
    pub is_kept: bool,
}

impl Session {
    /// Begins a session: takes the lock, and finds what was there. `blank` is the scorecard where nothing was.
    ///
    /// # Errors
    /// When somebody else works on it, or something that is there cannot be read.
    pub fn open(
        interviews: &Interviews,
        blank: &Scorecard,
        holder: &Holder,
    ) -> Result<(Self, Begun), OpenError> {
        let paths = interviews.card(&blank.candidate, &blank.screen, &blank.interviewer);
        let folder = shown(&paths.folder);
        let candidates = interviews.of_candidate(&blank.candidate);
        are_no_links(&[&candidates, &paths.folder, &paths.card])?;
        write::make_folder_durably(&paths.folder)
            .map_err(|error| failed(format!("{folder} cannot be made"), error))?;
        let lock = Lock::take(&paths.lock, holder).map_err(|error| match error {
            LockError::Held(holder) => OpenError::Held(holder),
            LockError::Io(error) => {
                failed(format!("{} cannot be locked", shown(&paths.lock)), error)
            }
        })?;
        write::remove_leftovers(&paths.folder);
        let lines = journal::read(&paths.journal).map_err(|error| {
            let path = shown(&paths.journal);
            failed(format!("{path} cannot be read"), error)
        })?;
        let there = read_card(&paths)?;
        if let Some((_, card)) = &there {
            is_in_place(card, blank, "")?;
        }
        let mut session = Self {
            paths,
            holder: holder.clone(),
            card: blank.clone(),
            on_disk: there.as_ref().map(|(text, _)| text.clone()),
            journal: None,
            behind: None,
            notices: Vec::new(),
            lock,
        };
        let begun = session.take_up(lines, there.map(|(_, card)| card), blank)?;
        Ok((session, begun))
    }

    /// Goes on from what is there.
    fn take_up(
        &mut self,
        mut lines: Lines,
        there: Option<Scorecard>,
        blank: &Scorecard,
    ) -> Result<Begun, OpenError> {
        let path = shown(&self.paths.journal);
        let last = lines.states.pop();
        let last = last.map(|state| Ok((parse(&path, &state)?, state)));
        let last = last.transpose()?;
        if let Some((card, _)) = &last {
            is_in_place(card, blank, "its journal: ")?;
        }
        if let Some(line) = lines.damaged {
            let copy = self.set_journal_aside()?;
            self.notices.push(Notice::Damaged {
                copy,
                line,
                is_end: lines.is_end_damaged,
            });
        }
        let Some((state, text)) = last else {
            let Some(card) = there else {
                return Ok(Begun::New);
            };
            self.card = card;
            return Ok(if self.card.is_submitted() {
                Begun::Submitted
            } else {
                Begun::Draft
            });
        };
        if let (Some(card), Some(on_disk)) = (there, &self.on_disk) {
            let earlier = lines
                .states
                .iter()
                .filter_map(|state| parse(&path, state).ok());
            let mut states = earlier.chain([state.clone()]);
            if !states.any(|state| scorecard::toml(&state) == *on_disk) {
                // Nothing of the session is lost, and what was written later counts.
                if lines.damaged.is_none() {
                    let copy = self.set_journal_aside()?;
                    self.notices.push(Notice::Edited(copy));
                }
                self.card = card;
                return Ok(Begun::Draft);
            }
        }
        self.card = state;
        self.journal = Some(Journal::go_on(&self.paths.journal, &self.paths.card, text));
        match self.write_card() {
            // The journal has everything, and a full disk is no reason not to go on.
            Err(error) if !self.card.is_submitted() => self.behind = Some(error),
            Err(error) => {
                let what = format!("{} cannot be written", shown(&self.paths.card));
                return Err(failed(what, error));
            }
            Ok(()) => {}
        }
        Ok(if self.card.is_submitted() {
            Begun::Submitted
        } else {
            Begun::Interrupted
        })
    }

    fn set_journal_aside(&self) -> Result<PathBuf, OpenError> {
        let journal = &self.paths.journal;
        write::set_aside(journal, &self.paths.old_journal)
            .map_err(|error| failed(format!("{} cannot be set aside", shown(journal)), error))
    }

    /// The scorecard as it is on the disk.
    #[must_use]
    pub fn card(&self) -> &Scorecard {
        &self.card
    }

    /// Where the scorecard is.
    #[must_use]
    pub fn paths(&self) -> &CardPaths {
        &self.paths
    }

    /// Why the file of the scorecard could not be replaced, though the journal holds everything.
    #[must_use]
    pub fn behind(&self) -> Option<&io::Error> {
        self.behind.as_ref()
    }

    /// What somebody else did to the files since this was asked last.
    pub fn notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Puts the next state of the scorecard on the disk. Once this returns, it is there.
    ///
    /// # Errors
    /// When it is not; a scorecard that is handed in must be in its file, a draft in the journal.
    pub fn record(&mut self, card: Scorecard) -> Result<(), RecordError> {
        let lost = |error| RecordError {
            error,
            is_kept: false,
        };
        if scorecard::toml(&card).len() as u64 > MAX_FILE_BYTES {
            let kib = MAX_FILE_BYTES / 1024;
            let message = format!("a scorecard may have {kib} KiB, with all notes");
            return Err(lost(io::Error::new(io::ErrorKind::FileTooLarge, message)));
        }
        self.keep_lock().map_err(lost)?;
        let state = scorecard::line(&card);
        if let Some(journal) = &mut self.journal {
            journal.add(state).map_err(lost)?;
        } else {
            let CardPaths { journal, card, .. } = &self.paths;
            self.journal = Some(Journal::begin(journal, card, state).map_err(lost)?);
        }
        self.card = card;
        match self.write_card() {
            Ok(()) => Ok(()),
            Err(error) if self.card.is_submitted() => Err(RecordError {
                error,
                is_kept: true,
            }),
            Err(error) => {
                self.behind = Some(error);
                Ok(())
            }
        }
    }

    /// Takes the lock again where its file, or the whole folder, is gone.
    fn keep_lock(&mut self) -> io::Result<()> {
        if self.lock.is_ours()? {
            return Ok(());
        }
        write::make_folder_durably(&self.paths.folder)?;
        self.lock = Lock::take(&self.paths.lock, &self.holder).map_err(|error| match error {
            LockError::Held(_) => io::Error::other("another session has taken over the scorecard"),
            LockError::Io(error) => error,
        })?;
        Ok(())
    }

    /// Ends the session. The journal goes if the scorecard's file holds everything: whoever finds one knows that a
    /// session was interrupted.
    pub fn close(mut self) {
        let mut holds_all = self.behind.is_none() && self.is_as_written();
        if !holds_all && self.journal.is_some() && self.keep_lock().is_ok() {
            holds_all = self.write_card().is_ok();
        }
        if holds_all {
            // One that stays says no more than the file.
            let _ = write::remove(&self.paths.journal);
        }
    }

    /// Whether the scorecard's file is as it was read or written last.
    fn is_as_written(&self) -> bool {
        match &self.on_disk {
            Some(text) => write::unchanged(&self.paths.card, text.as_bytes()),
            None => self.paths.card.symlink_metadata().is_err(),
        }
    }

    /// Replaces the file of the scorecard; one that is handed in needs no journal any more. What somebody else wrote
    /// there meanwhile is set aside.
    fn write_card(&mut self) -> io::Result<()> {
        let path = &self.paths.card;
        if !self.is_as_written() && path.symlink_metadata().is_ok() {
            let copy = write::set_aside(path, &self.paths.old_card)?;
            self.notices.push(Notice::Replaced(copy));
        }
        let text = scorecard::toml(&self.card);
        write::replace(path, text.as_bytes())?;
        self.on_disk = Some(text);
        self.behind = None;
        if self.card.is_submitted() {
            self.journal = None;
            write::remove(&self.paths.journal)?;
        }
        Ok(())
    }
}

fn failed(what: String, error: io::Error) -> OpenError {
    OpenError::Io { what, error }
}

/// A link would lead to where nothing lists, checks or removes it.
fn are_no_links(paths: &[&Path]) -> Result<(), OpenError> {
    for path in paths {
        if path
            .symlink_metadata()
            .is_ok_and(|there| there.is_symlink())
        {
            let message = "it is a link, and nothing is written through one";
            let error = io::Error::new(io::ErrorKind::InvalidInput, message);
            return Err(failed(format!("{} cannot be used", shown(path)), error));
        }
    }
    Ok(())
}

/// The text of a scorecard's file and what it says.
fn read_card(paths: &CardPaths) -> Result<Option<(String, Scorecard)>, OpenError> {
    if paths.card.symlink_metadata().is_err() {
        return Ok(None);
    }
    let source = read_path(&paths.card).map_err(|finding| OpenError::Unreadable(vec![*finding]))?;
    let mut problems = Problems::new(&source);
    match scorecard::read(&source, &mut problems) {
        Some(card) => Ok(Some((source.text().to_owned(), card))),
        None => Err(OpenError::Unreadable(problems.into_findings())),
    }
}

fn parse(path: &str, text: &str) -> Result<Scorecard, OpenError> {
    let source = Source::new(path, text);
    let mut problems = Problems::new(&source);
    scorecard::read(&source, &mut problems)
        .ok_or_else(|| OpenError::Unreadable(problems.into_findings()))
}

/// `of`: what of the scorecard it is, before what is wrong.
fn is_in_place(card: &Scorecard, blank: &Scorecard, of: &str) -> Result<(), OpenError> {
    for (what, says, is) in [
        ("candidate", &card.candidate, &blank.candidate),
        ("interviewer", &card.interviewer, &blank.interviewer),
        ("screen", &card.screen, &blank.screen),
    ] {
        if says != is {
            let message = format!("{of}its {what} is `{says}`, and its place is that of `{is}`");
            return Err(OpenError::Misplaced(message));
        }
    }
    Ok(())
}
