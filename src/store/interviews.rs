//! The folder of interviews: `<candidate>/<screen-id>/screen.toml` and a scorecard for each interviewer beside it.

pub mod decisions;
pub mod doubts;
pub mod holdings;
mod journal;
pub mod listing;
mod lock;
pub mod purge;
pub mod retention;
mod session;

use std::io;
use std::path::{Path, PathBuf};

use crate::model::screen::Screen;
use crate::store::{git, write};

pub use self::lock::Holder;
pub use self::session::{Begun, Notice, OpenError, RecordError, Session};

/// The file of a pinned screen.
pub const SCREEN_FILE: &str = "screen.toml";
/// What ends the name of a scorecard.
pub const CARD_ENDING: &str = ".toml";

/// The folder below which all interviews are.
#[derive(Clone, Debug)]
pub struct Interviews {
    root: PathBuf,
}

/// The files of one scorecard.
#[derive(Clone, Debug)]
pub struct CardPaths {
    /// The folder of the screen.
    pub folder: PathBuf,
    /// The scorecard.
    pub card: PathBuf,
    /// What was answered since the scorecard was begun.
    pub journal: PathBuf,
    /// Where a journal is set aside.
    pub old_journal: PathBuf,
    /// Where a scorecard is set aside that somebody else wrote meanwhile.
    pub old_card: PathBuf,
    /// Held by the session that writes.
    pub lock: PathBuf,
}

impl Interviews {
    /// The interviews below a folder, which need not be there yet.
    #[must_use]
    pub fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of a candidate.
    #[must_use]
    pub fn of_candidate(&self, candidate: &str) -> PathBuf {
        self.root.join(candidate)
    }

    /// Where a screen of a candidate is.
    #[must_use]
    pub fn screen(&self, candidate: &str, screen: &str) -> PathBuf {
        self.of_candidate(candidate).join(screen).join(SCREEN_FILE)
    }

    /// The files of a scorecard. The names are those that [`crate::model::pseudonym::check`] lets pass.
    #[must_use]
    pub fn card(&self, candidate: &str, screen: &str, interviewer: &str) -> CardPaths {
        let folder = self.of_candidate(candidate).join(screen);
        let file = |ending: &str| folder.join(format!("{interviewer}{ending}"));
        CardPaths {
            card: file(CARD_ENDING),
            journal: file(".journal"),
            old_journal: file(".journal.old"),
            old_card: file(".toml.old"),
            lock: file(".lock"),
            folder,
        }
    }

    /// Whether the folder is in the git work tree that a bank is in.
    #[must_use]
    pub fn is_in_work_tree_of(&self, bank: &Path) -> bool {
        let Some(tree) = git::repository_around(bank) else {
            return false;
        };
        // The folder may not be there yet; what is there decides.
        let there = self.root.ancestors().find(|ancestor| ancestor.exists());
        let there = there.map_or(Path::new("."), |there| {
            if there.as_os_str().is_empty() {
                Path::new(".")
            } else {
                there
            }
        });
        git::repository_around(there) == Some(tree)
    }

    /// A name in a folder that differs from another one in case only: on some systems they are the same file.
    #[must_use]
    pub fn spelt_alike(folder: &Path, name: &str) -> Option<String> {
        let entries = std::fs::read_dir(folder).ok()?;
        entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .find(|other| other != name && other.eq_ignore_ascii_case(name))
    }

    /// The ids of a candidate's screens, in order.
    #[must_use]
    pub fn screens_of(&self, candidate: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.of_candidate(candidate));
        let entries = entries.into_iter().flatten();
        let mut screens: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|id| self.screen(candidate, id).is_file())
            .collect();
        screens.sort();
        screens
    }

    /// Puts the screen beside the scorecards, if it is not there yet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_screen(&self, candidate: &str, screen: &Screen) -> io::Result<()> {
        let path = self.screen(candidate, &screen.id);
        if path.exists() {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            write::make_folder_durably(folder)?;
        }
        let text = toml::to_string(screen).map_err(io::Error::other)?;
        write::replace(&path, text.as_bytes())
    }
}
