//! The ratings that a report is of: from the folder of interviews, or from a table.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use super::args::Of;
use super::doubts::Doubts;
use super::sieve::Sieve;
use crate::cli::Context;
use crate::commands::interviews::listed;
use crate::commands::progress::{Measured, Working};
use crate::commands::score::reveal::is_draft;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::record::{Record, records};
use crate::model::screen::Screen;
use crate::model::words::counted;
use crate::output::terminal::clean_line;
use crate::report::season::{By, Keep, Season};
use crate::report::summary;
use crate::store::files::{Files, shown};
use crate::store::interviews::listing::{Content, KeptCard, Listing};
use crate::store::ratings_csv;

/// A season, and what is not in it.
pub(super) struct Gathered {
    pub(super) season: Season,
    pub(super) of: summary::Of,
}

/// Reads the ratings.
///
/// # Errors
/// When there is no folder, the table has problems, or no scorecard is wanted.
pub(super) fn gather(
    context: &Context,
    bank: &Bank,
    files: &Files,
    of: &Of,
    keep: Keep,
    by: Option<By>,
) -> anyhow::Result<Gathered> {
    let mut season = Season::new(keep, by);
    let mut sieve = Sieve::new(of)?;
    if let Some(table) = &of.from {
        from_table(context, table, |rows| season.add(&sieve.wanted(rows)))?;
        let of = summary::Of::season(&season, 0, 0);
        return gathered(season, of, &sieve);
    }
    let working = Working::on("reading the interviews");
    let listing = listed(bank, files, of.folder.interviews.as_ref(), None)?;
    drop(working);
    let doubts = Doubts::of(bank, files, &of.folder, &listing)?;
    let settled = settled(&listing, &doubts);
    for candidate in &settled.candidates {
        season.add(&sieve.wanted(&candidate.rows()));
    }
    // Of what cannot be read nobody knows whether it is wanted.
    let drafts = settled.drafts.iter();
    let drafts = drafts.filter(|candidate| sieve.wants_any(&candidate.rows()));
    let of = summary::Of::season(&season, drafts.count(), settled.unreadable);
    gathered(season, of, &sieve)
}

fn gathered(season: Season, of: summary::Of, sieve: &Sieve<'_>) -> anyhow::Result<Gathered> {
    let is_nothing = season.candidates == 0 && of.candidates_with_drafts == 0;
    match sieve.nothing().filter(|_| is_nothing) {
        Some(error) => Err(error),
        None => Ok(Gathered { season, of }),
    }
}

/// The candidates whose scorecards are all handed in: others' interviewers may not see any score yet.
pub(super) struct Settled<'l> {
    pub(super) candidates: Vec<Candidate<'l>>,
    /// Those with a scorecard that is not.
    drafts: Vec<Candidate<'l>>,
    unreadable: usize,
}

impl Settled<'_> {
    /// Says whose scores are left out.
    pub(super) fn warn(&self, context: &Context) {
        let reasons = [
            (
                self.drafts.len(),
                "a scorecard is not handed in, and its interviewer may read this",
            ),
            (
                self.unreadable,
                "a file cannot be read, or is not where it belongs (`intervy score check` shows which)",
            ),
        ];
        for (count, why) in reasons {
            if count > 0 {
                let who = counted(count, "candidate are", "candidates are");
                context.warn(&format!("the scores of {who} left out: {why}"));
            }
        }
    }
}

/// A candidate's scorecards with their screens.
pub(super) struct Candidate<'l> {
    pub(super) name: &'l str,
    pub(super) cards: Vec<(&'l KeptCard, Option<&'l Screen>)>,
}

impl<'l> Candidate<'l> {
    pub(super) fn rows(&self) -> Vec<Record<'l>> {
        let cards = self.cards.iter();
        let read = cards.filter_map(|(card, screen)| Some((*screen, card.content.get()?)));
        read.flat_map(|(screen, card)| records(screen, card))
            .collect()
    }
}

/// The settled candidates, in the order of their names.
pub(super) fn settled<'l>(listing: &'l Listing, doubts: &Doubts) -> Settled<'l> {
    let mut screens: BTreeMap<(&str, &str), &Screen> = BTreeMap::new();
    let mut unreadable: BTreeSet<String> = doubts.candidates().map(str::to_owned).collect();
    for kept in &listing.screens {
        match kept.content.get() {
            Some(screen) => {
                screens.insert((&kept.candidate, &kept.id), screen);
            }
            None => {
                unreadable.insert(kept.candidate.to_lowercase());
            }
        }
    }
    let mut of_candidates: BTreeMap<&str, Vec<&KeptCard>> = BTreeMap::new();
    for card in &listing.cards {
        of_candidates
            .entry(&card.place.candidate)
            .or_default()
            .push(card);
        if matches!(card.content, Content::Unreadable(_)) {
            unreadable.insert(card.place.candidate.to_lowercase());
        }
    }
    let mut settled = Settled {
        candidates: Vec::new(),
        drafts: Vec::new(),
        unreadable: unreadable.len(),
    };
    for (name, cards) in of_candidates {
        if unreadable.contains(&name.to_lowercase()) {
            continue;
        }
        let are = if cards.iter().any(|card| is_draft(card)) {
            &mut settled.drafts
        } else {
            &mut settled.candidates
        };
        let screen = |id: &'l str| screens.get(&(name, id)).copied();
        let cards = cards
            .into_iter()
            .map(|card| (card, screen(&card.place.screen)));
        are.push(Candidate {
            name,
            cards: cards.collect(),
        });
    }
    settled
}

fn from_table(
    context: &Context,
    table: &Path,
    each: impl FnMut(&[Record<'_>]),
) -> anyhow::Result<()> {
    let source: Measured<Box<dyn Read>> = if table == Path::new("-") {
        Measured::new(Box::new(std::io::stdin().lock()), None)
    } else {
        let (source, bytes) = ratings_csv::open(table).map_err(|error| {
            Hinted::error(
                format!("{}: {error}", clean_line(&shown(table))),
                "name the table of ratings: `intervy report export` writes one",
            )
        })?;
        Measured::new(source, Some(bytes))
    };
    let reading = ratings_csv::read(source, each);
    let path = clean_line(&shown(table));
    for unknown in &reading.unknown {
        context.warn(&format!(
            "{path}: the column `{}` means nothing here",
            clean_line(unknown)
        ));
    }
    if reading.problems.is_empty() {
        return Ok(());
    }
    for problem in &reading.problems {
        let column = if problem.column.is_empty() {
            String::new()
        } else {
            format!("{}: ", clean_line(&problem.column))
        };
        context.note(&format!(
            "{path}:{}: {column}{}",
            problem.line,
            clean_line(&problem.message)
        ));
    }
    let more = if reading.has_more { " or more" } else { "" };
    let count = reading.problems.len();
    let problems = if count == 1 { "problem" } else { "problems" };
    Err(Hinted::error(
        format!("{path} has {count}{more} {problems}, and nothing is reported of it"),
        "mend the table; its columns are those of `ratings` in docs/export.md",
    ))
}
