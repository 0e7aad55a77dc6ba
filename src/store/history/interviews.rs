//! From screens and scorecards to interviews: each screen once for each candidate who met it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Card, PlannedScreen, Record};
use crate::model::history::History;

/// The files of one screen in one folder.
#[derive(Default)]
struct Place {
    screens: Vec<PlannedScreen>,
    cards: Vec<Card>,
}

impl Place {
    /// Who met the screen, by what the files say, else by where they are; empty: not known.
    fn candidates(&self) -> BTreeSet<&str> {
        let screens = self.screens.iter().map(|screen| &screen.candidate);
        let said = screens.chain(self.cards.iter().map(|card| &card.candidate));
        let said: BTreeSet<&str> = said.filter_map(Option::as_deref).collect();
        if !said.is_empty() {
            return said;
        }
        let folders = self.screens.iter().map(|screen| &screen.of_folder);
        folders.filter_map(Option::as_deref).collect()
    }
}

/// A screen and a candidate, with all that was found about them.
#[derive(Clone, Default)]
struct Interview<'r> {
    screens: Vec<&'r PlannedScreen>,
    cards: Vec<&'r Card>,
}

impl<'r> Interview<'r> {
    fn absorb(&mut self, other: &Self) {
        self.screens.extend(&other.screens);
        self.cards.extend(&other.cards);
    }

    /// The latest day that a scorecard names, else the screen's own.
    fn date(&self) -> Option<Date> {
        let of_cards = self.cards.iter().filter_map(|card| card.date).max();
        of_cards.or_else(|| self.screens.iter().filter_map(|screen| screen.date).max())
    }

    /// What was asked: all that was planned, but for what every scorecard says was not, and what a
    /// scorecard says was asked.
    fn questions(&self) -> BTreeSet<&'r str> {
        let cards = self.cards.iter().flat_map(|card| &card.asked);
        let mut questions: BTreeSet<&str> = self
            .screens
            .iter()
            .flat_map(|screen| screen.questions.iter().map(String::as_str))
            .collect();
        if !self.cards.is_empty() {
            questions.retain(|question| {
                !self.cards.iter().all(|card| {
                    let mut answers = card.asked.iter().filter(|(id, _)| id == question);
                    answers.next().is_some_and(|(_, asked)| !asked)
                })
            });
        }
        questions.extend(cards.filter(|(_, asked)| *asked).map(|(id, _)| id.as_str()));
        questions
    }
}

/// The interviews that the files tell of.
pub(super) fn interviews(records: Vec<Record>) -> History {
    let mut places: BTreeMap<String, BTreeMap<String, Place>> = BTreeMap::new();
    for record in records {
        let (id, folder) = match &record {
            Record::Screen(screen) => (screen.id.clone(), screen.folder.clone()),
            Record::Card(card) => (card.screen.clone(), card.folder.clone()),
        };
        let place = places.entry(id).or_default().entry(folder).or_default();
        match record {
            Record::Screen(screen) => place.screens.push(screen),
            Record::Card(card) => place.cards.push(card),
        }
    }
    let mut history = History::default();
    for places in places.values() {
        for (candidate, interview) in of_screen(places) {
            let questions = interview.questions();
            // Nothing was asked of somebody who did not come.
            if !questions.is_empty() {
                let questions = questions.into_iter().map(str::to_owned);
                history.add(candidate, interview.date(), questions);
            }
        }
    }
    history
}

/// The interviews of one screen, by the candidate.
fn of_screen(places: &BTreeMap<String, Place>) -> BTreeMap<Option<&str>, Interview<'_>> {
    let mut interviews: BTreeMap<Option<&str>, Interview<'_>> = BTreeMap::new();
    for place in places.values() {
        let found = place.candidates();
        let candidates: Vec<Option<&str>> = if found.is_empty() {
            vec![None]
        } else {
            found.into_iter().map(Some).collect()
        };
        for candidate in candidates {
            let interview = interviews.entry(candidate).or_default();
            interview.screens.extend(&place.screens);
            let own =
                |card: &&Card| card.candidate.is_none() || card.candidate.as_deref() == candidate;
            interview.cards.extend(place.cards.iter().filter(own));
        }
    }
    // A file that names nobody is a copy of those that do.
    if interviews.len() > 1
        && let Some(unknown) = interviews.remove(&None)
    {
        for interview in interviews.values_mut() {
            interview.absorb(&unknown);
        }
    }
    interviews
}
