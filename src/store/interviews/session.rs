//! A session on one scorecard: locked, and on the disk after every change.

use std::io;

use super::journal::{Journal, JournalError};
use super::lock::{Holder, Lock, LockError};
use super::{CardPaths, Interviews};
use crate::model::finding::Finding;
use crate::model::scorecard::Scorecard;
use crate::model::source::Source;
use crate::store::document::decode::Problems;
use crate::store::files::{read_path, shown};
use crate::store::{scorecard, write};

/// A session on a scorecard. Nobody else writes it as long as this lives.
#[derive(Debug)]
pub struct Session {
    paths: CardPaths,
    card: Scorecard,
    /// What was answered; none once the scorecard is handed in.
    journal: Option<Journal>,
    /// Why the scorecard's file is behind the journal, if it is.
    behind: Option<io::Error>,
    _lock: Lock,
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
    /// A draft of an interrupted session that was then changed by other means, which count; the session's own state was
    /// set aside.
    Edited,
    /// A scorecard that is handed in.
    Submitted,
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
    /// The journal is damaged at a line, from 1, and has more behind it.
    Damaged {
        /// The journal.
        path: String,
        /// The line.
        line: usize,
    },
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
        let failed = |what: String| move |error| OpenError::Io { what, error };
        let folder = shown(&paths.folder);
        write::make_folder_durably(&paths.folder)
            .map_err(failed(format!("{folder} cannot be made")))?;
        let lock = Lock::take(&paths.lock, holder).map_err(|error| match error {
            LockError::Held(holder) => OpenError::Held(holder),
            LockError::Io(error) => OpenError::Io {
                what: format!("{} cannot be locked", shown(&paths.lock)),
                error,
            },
        })?;
        let journal = Journal::read(&paths.journal).map_err(|error| match error {
            JournalError::Io(error) => OpenError::Io {
                what: format!("{} cannot be read", shown(&paths.journal)),
                error,
            },
            JournalError::Damaged(line) => OpenError::Damaged {
                path: shown(&paths.journal),
                line,
            },
        })?;
        let there = read_card(&paths)?;
        if let Some((_, card)) = &there {
            is_in_place(card, blank)?;
        }
        let mut session = Self {
            paths,
            card: blank.clone(),
            journal: None,
            behind: None,
            _lock: lock,
        };
        let begun = session.take_up(journal, there)?;
        Ok((session, begun))
    }

    /// Goes on from what is there.
    fn take_up(
        &mut self,
        journal: Option<(Journal, Vec<String>)>,
        there: Option<(String, Scorecard)>,
    ) -> Result<Begun, OpenError> {
        let Some((journal, states)) = journal else {
            let Some((_, card)) = there else {
                return Ok(Begun::New);
            };
            let begun = if card.is_submitted() {
                Begun::Submitted
            } else {
                Begun::Draft
            };
            self.card = card;
            return Ok(begun);
        };
        let cards: Vec<Scorecard> = states
            .iter()
            .map(|state| parse(&shown(&self.paths.journal), state))
            .collect::<Result<_, _>>()?;
        if let Some((text, card)) = there
            && !cards.iter().any(|state| scorecard::toml(state) == text)
        {
            // Nothing of the session is lost, and what was written later counts.
            let set_aside = std::fs::rename(&self.paths.journal, &self.paths.old_journal);
            set_aside.map_err(|error| OpenError::Io {
                what: format!("{} cannot be set aside", shown(&self.paths.journal)),
                error,
            })?;
            self.card = card;
            return Ok(Begun::Edited);
        }
        if let Some(last) = cards.into_iter().next_back() {
            self.card = last;
        }
        self.journal = Some(journal);
        match self.write_card() {
            // The journal has everything, and a full disk is no reason not to go on.
            Err(error) if !self.card.is_submitted() => self.behind = Some(error),
            Err(error) => {
                let what = format!("{} cannot be written", shown(&self.paths.card));
                return Err(OpenError::Io { what, error });
            }
            Ok(()) => {}
        }
        // What led to the last state is of no use any more.
        if let Some(journal) = &mut self.journal {
            let _ = journal.replace();
        }
        Ok(if self.card.is_submitted() {
            Begun::Submitted
        } else {
            Begun::Interrupted
        })
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

    /// Puts the next state of the scorecard on the disk. Once this returns, it is there.
    ///
    /// # Errors
    /// When it is not; a scorecard that is handed in must be in its file, a draft in the journal.
    pub fn record(&mut self, card: Scorecard) -> Result<(), RecordError> {
        let lost = |error| RecordError {
            error,
            is_kept: false,
        };
        let state = scorecard::json(&card).to_string();
        match &mut self.journal {
            Some(journal) => journal.add(state).map_err(lost)?,
            None => {
                self.journal = Some(Journal::begin(&self.paths.journal, state).map_err(lost)?);
            }
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

    /// Ends the session. The journal goes, unless the scorecard's file is behind it: whoever finds one knows that a
    /// session was interrupted.
    pub fn close(self) {
        if self.behind.is_none() {
            // One that stays says no more than the file.
            let _ = write::remove(&self.paths.journal);
        }
    }

    /// Replaces the file of the scorecard; one that is handed in needs no journal any more.
    fn write_card(&mut self) -> io::Result<()> {
        write::replace(&self.paths.card, scorecard::toml(&self.card).as_bytes())?;
        self.behind = None;
        if self.card.is_submitted() {
            self.journal = None;
            write::remove(&self.paths.journal)?;
        }
        Ok(())
    }
}

/// The text of a scorecard's file and what it says.
fn read_card(paths: &CardPaths) -> Result<Option<(String, Scorecard)>, OpenError> {
    if !paths.card.exists() {
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

fn is_in_place(card: &Scorecard, blank: &Scorecard) -> Result<(), OpenError> {
    for (what, says, is) in [
        ("candidate", &card.candidate, &blank.candidate),
        ("interviewer", &card.interviewer, &blank.interviewer),
        ("screen", &card.screen, &blank.screen),
    ] {
        if says != is {
            let message = format!("its {what} is `{says}`, and its place is that of `{is}`");
            return Err(OpenError::Misplaced(message));
        }
    }
    Ok(())
}
