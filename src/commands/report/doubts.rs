//! Whose scorecards may not all be known: nothing is told of them.

use std::collections::BTreeMap;

use crate::commands::interviews::{self, Folder};
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::output::terminal::clean_line;
use crate::store::files::Files;
use crate::store::interviews::doubts;
use crate::store::interviews::listing::{KeptCard, Listing};

/// Reasons by candidate. Pseudonyms that differ by case alone are the same here, as on some disks.
pub(super) struct Doubts(BTreeMap<String, Vec<String>>);

impl Doubts {
    /// Of all interviews.
    ///
    /// # Errors
    /// When there are more interviews than can be read, so that nobody knows whose are missing.
    pub(super) fn of(
        bank: &Bank,
        files: &Files,
        folder: &Folder,
        listing: &Listing,
    ) -> anyhow::Result<Self> {
        let interviews = interviews::folder(bank, files, folder.interviews.as_ref())?;
        if listing.is_cut {
            return Err(Hinted::error(
                "there are more interviews than can be read, and nobody knows whose are missing",
                "name a folder with fewer of them with `--interviews`",
            ));
        }
        let mut doubts = Self(BTreeMap::new());
        for doubt in doubts::of(&interviews) {
            doubts.add(&doubt.candidate, format!("{}: {}", doubt.path, doubt.why));
        }
        for card in &listing.cards {
            doubts.card(card);
        }
        for [other, name] in doubts::spelt_alike(listing) {
            doubts.add(
                &name,
                format!("`{other}` and `{name}` differ by case alone"),
            );
        }
        Ok(doubts)
    }

    fn add(&mut self, candidate: &str, why: String) {
        let reasons = self.0.entry(candidate.to_lowercase()).or_default();
        reasons.push(why);
    }

    /// A scorecard that says something else than its place does; a draft may say nothing yet.
    fn card(&mut self, kept: &KeptCard) {
        let Some(card) = kept.content.get() else {
            return;
        };
        let (place, path) = (&kept.place, &kept.path);
        let differs = |says: &str, is: &str| !says.is_empty() && says != is;
        if differs(&card.candidate, &place.candidate) {
            let why = format!("{path}: it says that it is of another candidate");
            self.add(&place.candidate, why.clone());
            self.add(&card.candidate, why);
        }
        for (says, is, what) in [
            (&card.interviewer, &place.interviewer, "interviewer"),
            (&card.screen, &place.screen, "screen"),
        ] {
            if differs(says, is) {
                let why = format!("{path}: it says that it is of another {what}");
                self.add(&place.candidate, why);
            }
        }
    }

    /// The first reason why nothing is told of a candidate.
    pub(super) fn about(&self, candidate: &str) -> Option<String> {
        let reasons = self.0.get(&candidate.to_lowercase())?;
        reasons.first().map(|why| clean_line(why))
    }

    /// The candidates, in small letters.
    pub(super) fn candidates(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
