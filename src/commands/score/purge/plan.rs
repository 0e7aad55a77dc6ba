//! What would be removed, and why something would not.

use jiff::civil::Date;
use jiff::{Zoned, tz::TimeZone};

use super::Args;
use super::remains::nothing_held;
use super::removing::about_links;
use super::report::Report;
use crate::output::terminal::clean_line;
use crate::score::removal::{self, Facts, Verdict};
use crate::store::interviews::listing::{Content, Listing};
use crate::store::interviews::purge::{self, Remains};
use crate::store::interviews::{Interviews, retention};

/// A folder that was listed as one that goes.
pub(super) struct Listed {
    pub(super) candidate: String,
    /// How many files were said to be in it.
    pub(super) files: usize,
}

/// Says what would go and what must not; what would.
///
/// # Errors
/// When the folder of the interviews cannot be looked into, or a candidate that is named is not there.
pub(super) fn plan(
    report: &mut Report<'_>,
    interviews: &Interviews,
    listing: &Listing,
    args: &Args,
    remains: &[Remains],
) -> anyhow::Result<Vec<Listed>> {
    let mut names = purge::candidates(interviews)?;
    if let Some(candidate) = &args.candidate {
        names.retain(|name| name == candidate);
        if names.is_empty() && !remains.iter().any(|left| left.candidate == *candidate) {
            return Err(nothing_held(interviews, candidate));
        }
        elsewhere(report, listing, candidate);
    }
    let today = Zoned::now().date();
    let mut go = Vec::new();
    for name in names {
        let shown = clean_line(&name);
        let facts = facts(interviews, listing, &name);
        match removal::verdict(args.wish(), &facts, today) {
            Verdict::Remove => {
                let files = purge::count(interviews, &name);
                let count = removal::files(files);
                let latest = facts.latest.map(|date| format!(", the latest of {date}"));
                let would = if args.dry_run { "would go" } else { "to go" };
                let latest = latest.unwrap_or_default();
                report.print(&format!("{would}: {shown}, {count}{latest}"));
                // Else the removal says it at once.
                if args.dry_run || !args.yes {
                    about_links(report, &shown, &purge::links(interviews, &name));
                }
                let candidate = name;
                go.push(Listed { candidate, files });
            }
            Verdict::NotMeant => {}
            Verdict::Kept(why) => report.note(&format!("kept: {shown}: {}", clean_line(&why))),
            Verdict::HeldBack(why) => {
                report.hold_back(&format!("{shown} is not removed: {}", clean_line(&why)));
            }
        }
    }
    Ok(go)
}

/// What is known about a candidate's files, of a listing that has them.
pub(super) fn facts(interviews: &Interviews, listing: &Listing, candidate: &str) -> Facts {
    let of = |name: &String| name == candidate;
    let cards = listing.cards.iter();
    let cards: Vec<_> = cards.filter(|card| of(&card.place.candidate)).collect();
    let screens = listing.screens.iter();
    let screens: Vec<_> = screens.filter(|screen| of(&screen.candidate)).collect();
    let of_cards = cards.iter().filter_map(|card| card.content.get());
    let of_cards = of_cards.flat_map(|card| {
        let submitted = card
            .submitted_at
            .map(|at| at.to_zoned(TimeZone::UTC).date());
        [card.date, submitted]
    });
    let of_screens = screens.iter().filter_map(|screen| screen.content.get());
    let latest: Option<Date> = of_cards
        .chain(of_screens.map(|screen| screen.occasion.date))
        .flatten()
        .max();
    let retention = retention::read(interviews, candidate).ok();
    // Many a folder has some other `.toml` or `.journal` two levels deep.
    let is_interview = screens.iter().any(|screen| screen.content.get().is_some())
        || cards.iter().any(|card| card.content.get().is_some())
        || cards
            .iter()
            .any(|card| purge::has_journal(interviews, &card.place))
        || retention.is_some() && retention::path(interviews, candidate).exists()
        || purge::is_empty(interviews, candidate);
    let is_read = cards
        .iter()
        .all(|card| matches!(card.content, Content::Read(..)))
        && screens.iter().all(|screen| screen.content.get().is_some());
    Facts {
        latest,
        is_interview,
        is_unreadable: !is_read,
        retention,
        is_open: purge::is_open(interviews, candidate),
    }
}

/// Says which scorecards of a candidate are in others' folders.
fn elsewhere(report: &Report<'_>, listing: &Listing, candidate: &str) {
    for card in &listing.cards {
        let says = card.content.get().map(|card| card.candidate.as_str());
        if says == Some(candidate) && card.place.candidate != candidate {
            report.warn(&format!(
                "{} is of `{}` too, and stays: it is in another's folder",
                clean_line(&card.path),
                clean_line(candidate)
            ));
        }
    }
}
