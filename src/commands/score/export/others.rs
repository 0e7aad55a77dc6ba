//! What lies in a candidate's folder, and says that it is of another one.

use crate::cli::Context;
use crate::output::terminal::clean_line;
use crate::store::interviews::CARD_ENDING;
use crate::store::interviews::listing::Listing;

/// Why it is left out. Who it is of is nothing to whoever asked for the copy.
pub(super) const WHY: &str = "it says that it is of another candidate";

/// What is of others: its path as messages show it, and whose it is.
pub(super) struct Others(Vec<(String, String)>);

/// Takes out of a listing what is in a candidate's folder and says that it is of another one.
pub(super) fn without_others(listing: &mut Listing, candidate: &str) -> Others {
    let mut others = Vec::new();
    listing.cards.retain(|kept| {
        let says = kept.content.get().map(|card| card.candidate.clone());
        is_own(says, candidate, &kept.path, &mut others)
    });
    listing.screens.retain(|kept| {
        let says = kept.content.get();
        let says = says.and_then(|screen| screen.occasion.candidate.clone());
        is_own(says, candidate, &kept.path, &mut others)
    });
    Others(others)
}

fn is_own(
    says: Option<String>,
    candidate: &str,
    path: &str,
    others: &mut Vec<(String, String)>,
) -> bool {
    // A scorecard that names nobody is a draft of whoever has the folder.
    let Some(other) = says.filter(|says| says != candidate && !says.is_empty()) else {
        return true;
    };
    others.push((path.to_owned(), other));
    false
}

impl Others {
    /// Whether a file is of them: what a session keeps beside a scorecard is as the scorecard.
    pub(super) fn have(&self, path: &str) -> bool {
        self.0.iter().any(|(other, _)| {
            let stem = other.strip_suffix(CARD_ENDING).unwrap_or(other);
            let rest = path.strip_prefix(stem);
            let is_beside = rest.is_some_and(|rest| [".journal", ".journal.old"].contains(&rest));
            path == other || is_beside
        })
    }

    /// Says what is left out.
    pub(super) fn warn(&self, context: &Context, candidate: &str) {
        for (path, other) in &self.0 {
            context.warn(&format!(
                "{} is left out: it is in the folder of `{}`, and says that it is of `{}`",
                clean_line(path),
                clean_line(candidate),
                clean_line(other)
            ));
        }
    }
}
