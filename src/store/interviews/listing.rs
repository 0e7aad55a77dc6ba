//! What is below the folder of interviews, read safely: every screen and scorecard at its place.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::lock;
use super::{CARD_ENDING, Interviews, SCREEN_FILE};
use crate::model::finding::Finding;
use crate::model::finding::reading::UNREADABLE_FILE;
use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::model::source::{Source, Span};
use crate::store::document::decode::Problems;
use crate::store::files::{Files, MAX_TOTAL_BYTES, plain, shown, unreadable};
use crate::store::listing::{self, Listed};
use crate::store::scorecard;
use crate::store::screen::{self, ScreenFile};

const JOURNAL_ENDING: &str = ".journal";
/// What a candidate's retention is kept in.
pub const RETENTION_FILE: &str = "retention.toml";
/// What people decided about a candidate.
pub const DECISION_FILE: &str = "decision.toml";

/// Everything below the folder of interviews, ordered by candidate, screen and interviewer.
#[derive(Debug, Default)]
pub struct Listing {
    /// The screens.
    pub screens: Vec<KeptScreen>,
    /// The scorecards.
    pub cards: Vec<KeptCard>,
    /// TOML files, as messages show them, that are where neither a screen nor a scorecard is.
    pub strays: Vec<String>,
    /// What could not be listed.
    pub findings: Vec<Finding>,
    /// Whether there are more files than are read.
    pub is_cut: bool,
}

/// Whose scorecard it is, by the names of its folders and its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The candidate.
    pub candidate: String,
    /// The screen.
    pub screen: String,
    /// The interviewer.
    pub interviewer: String,
}

/// A scorecard at its place.
#[derive(Debug)]
pub struct KeptCard {
    /// Whose it is.
    pub place: Place,
    /// Its path as messages show it.
    pub path: String,
    /// Whether a session left a journal and nobody works on it.
    pub is_interrupted: bool,
    /// Whether a session works on it.
    pub is_open: bool,
    /// What it says.
    pub content: Content<Scorecard>,
}

/// A screen at its place.
#[derive(Debug)]
pub struct KeptScreen {
    /// The candidate, by the folder's name.
    pub candidate: String,
    /// The id, by the folder's name.
    pub id: String,
    /// Its path as messages show it.
    pub path: String,
    /// What it says; a hand-ordered one is not one.
    pub content: Content<Screen>,
}

/// What a file says.
#[derive(Debug)]
pub enum Content<T> {
    /// It was read.
    Read(Arc<Source>, Box<T>),
    /// What is wrong with it.
    Unreadable(Vec<Finding>),
    /// There is only a journal.
    Missing,
}

impl<T> Content<T> {
    /// What was read.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Read(_, content) => Some(content),
            Self::Unreadable(_) | Self::Missing => None,
        }
    }
}

/// Reads what is below the folder, of one candidate or of all. Links are not followed.
///
/// # Errors
/// When there is no such folder, or it cannot be looked into.
pub fn read(interviews: &Interviews, candidate: Option<&str>) -> Result<Listing, Box<Finding>> {
    let root = interviews.root();
    let mut entries = std::fs::read_dir(root).map_err(|error| {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "no such folder".to_owned(),
            std::io::ErrorKind::NotADirectory => "this is no folder".to_owned(),
            _ => plain(&error),
        };
        let hint = "name the folder that holds the interviews";
        Box::new(unreadable(&shown(root), &message, hint))
    })?;
    if let Some(candidate) = candidate {
        // By the names that are there: one that leads elsewhere is none of them.
        let is_there = entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() == candidate));
        if !is_there || candidate.starts_with('.') {
            return Ok(Listing::default());
        }
    }
    let files = Files::disk(root);
    let folder = candidate.unwrap_or_default();
    let endings = [CARD_ENDING, JOURNAL_ENDING];
    let (listed, findings) = listing::on_disk(root, &files.show(folder), folder, &endings);
    let total = AtomicU64::new(0);
    let found: Vec<Found> = listed
        .par_iter()
        .map(|file| look_at(root, &files, file, &total))
        .collect();
    let mut listing = Listing {
        findings,
        is_cut: listed.len() >= listing::MAX_FILES,
        ..Listing::default()
    };
    for found in found {
        match found {
            Found::Screen(screen) => listing.screens.push(screen),
            Found::Card(card) => listing.cards.push(card),
            Found::Stray(path) => listing.strays.push(path),
            Found::Nothing => {}
        }
    }
    listing.cards.sort_by(|a, b| a.place.cmp(&b.place));
    let key = |screen: &KeptScreen| (screen.candidate.clone(), screen.id.clone());
    listing.screens.sort_by_key(key);
    Ok(listing)
}

enum Found {
    Screen(KeptScreen),
    Card(KeptCard),
    Stray(String),
    Nothing,
}

fn look_at(root: &Path, files: &Files, file: &Listed, total: &AtomicU64) -> Found {
    let path = files.show(&file.path);
    let parts: Vec<&str> = file.path.split('/').collect();
    let [candidate, screen, name] = parts.as_slice() else {
        let is_known = matches!(parts.as_slice(), [_, RETENTION_FILE | DECISION_FILE]);
        return if is_known || file.path.ends_with(JOURNAL_ENDING) {
            Found::Nothing
        } else {
            Found::Stray(path)
        };
    };
    if *name == SCREEN_FILE {
        return Found::Screen(KeptScreen {
            candidate: (*candidate).to_owned(),
            id: (*screen).to_owned(),
            content: content(files, file, total, |source, problems| {
                read_screen(source, screen, problems)
            }),
            path,
        });
    }
    let place = |interviewer: &str| Place {
        candidate: (*candidate).to_owned(),
        screen: (*screen).to_owned(),
        interviewer: interviewer.to_owned(),
    };
    let folder = root.join(file.folder());
    let stem = file.stem();
    let beside = |ending: &str| folder.join(format!("{stem}{ending}"));
    let is_open = lock::is_held(&beside(".lock"));
    if file.path.ends_with(JOURNAL_ENDING) {
        // One beside a scorecard is told with it.
        if beside(CARD_ENDING).symlink_metadata().is_ok() {
            return Found::Nothing;
        }
        return Found::Card(KeptCard {
            place: place(stem),
            path,
            is_interrupted: !is_open,
            is_open,
            content: Content::Missing,
        });
    }
    Found::Card(KeptCard {
        place: place(stem),
        path,
        is_interrupted: !is_open && beside(JOURNAL_ENDING).symlink_metadata().is_ok(),
        is_open,
        content: content(files, file, total, scorecard::read),
    })
}

fn read_screen(source: &Arc<Source>, id: &str, problems: &mut Problems) -> Option<Screen> {
    match screen::read(source, id, problems)? {
        ScreenFile::Pinned(screen) => Some(*screen),
        ScreenFile::Hand(_) => {
            problems.report(
                UNREADABLE_FILE,
                Span::default(),
                "a hand-ordered screen does not say what a candidate was asked",
                "`intervy pick` and `intervy score` pin a screen",
            );
            None
        }
    }
}

fn content<T>(
    files: &Files,
    file: &Listed,
    total: &AtomicU64,
    read: impl Fn(&Arc<Source>, &mut Problems) -> Option<T>,
) -> Content<T> {
    let source = match files.read(&file.path) {
        Ok(source) => source,
        Err(finding) => return Content::Unreadable(vec![*finding]),
    };
    let length = source.text().len() as u64;
    if total.fetch_add(length, Ordering::Relaxed) + length > MAX_TOTAL_BYTES {
        let message = format!(
            "the interviews exceed {} MiB",
            MAX_TOTAL_BYTES / (1024 * 1024)
        );
        let hint = "name a folder with fewer interviews";
        return Content::Unreadable(vec![unreadable(&source.path, &message, hint)]);
    }
    let mut problems = Problems::new(&source);
    match read(&source, &mut problems) {
        Some(content) => Content::Read(source, Box::new(content)),
        None => Content::Unreadable(problems.into_findings()),
    }
}
