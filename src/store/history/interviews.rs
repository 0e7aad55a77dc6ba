//! From screens and scorecards to interviews: each screen once for each candidate who met it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Card, PlannedScreen, Record};
use crate::model::history::History;

/// The most questions that are looked at in all interviews together. A thousand scorecards beside a screen
/// of a thousand questions are a small folder, and a million uses.
pub(super) const MAX_USES: usize = 2_000_000;

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

/// What files say of one screen and one candidate.
#[derive(Clone, Default)]
struct Interview<'r> {
    planned: BTreeSet<&'r str>,
    /// The latest day that a screen names.
    planned_for: Option<Date>,
    cards: usize,
    asked: BTreeSet<&'r str>,
    /// How many scorecards say that a question was not asked.
    left_out: HashMap<&'r str, usize>,
    /// The latest day that a scorecard names.
    held: Option<Date>,
}

impl<'r> Interview<'r> {
    fn add_screen(&mut self, screen: &'r PlannedScreen) {
        self.planned
            .extend(screen.questions.iter().map(String::as_str));
        self.planned_for = self.planned_for.max(screen.date);
    }

    fn add_card(&mut self, card: &'r Card) {
        self.cards += 1;
        self.held = self.held.max(card.date);
        let mut left_out = BTreeSet::new();
        for (id, asked) in &card.asked {
            if *asked {
                self.asked.insert(id);
            } else {
                left_out.insert(id.as_str());
            }
        }
        for id in left_out {
            *self.left_out.entry(id).or_default() += 1;
        }
    }

    fn absorb(&mut self, other: &Self) {
        self.planned.extend(&other.planned);
        self.planned_for = self.planned_for.max(other.planned_for);
        self.cards += other.cards;
        self.asked.extend(&other.asked);
        for (id, cards) in &other.left_out {
            *self.left_out.entry(id).or_default() += cards;
        }
        self.held = self.held.max(other.held);
    }

    /// How many questions it names, and how often.
    fn size(&self) -> usize {
        1 + self.planned.len() + self.asked.len() + self.left_out.len()
    }

    /// What was asked: all that was planned, but for what every scorecard says was not, and what a
    /// scorecard says was asked.
    fn questions(&self) -> BTreeSet<&'r str> {
        let by_all = |id: &str| self.cards > 0 && self.left_out.get(id) == Some(&self.cards);
        let planned = self.planned.iter().copied().filter(|id| !by_all(id));
        planned.chain(self.asked.iter().copied()).collect()
    }
}

/// The interviews that the files tell of, and whether these are all.
pub(super) fn interviews(records: Vec<Record>) -> (History, bool) {
    let mut screens: BTreeMap<String, BTreeMap<String, Place>> = BTreeMap::new();
    for record in records {
        let (id, folder) = match &record {
            Record::Screen(screen) => (screen.id.clone(), screen.folder.clone()),
            Record::Card(card) => (card.screen.clone(), card.folder.clone()),
        };
        let place = screens.entry(id).or_default().entry(folder).or_default();
        match record {
            Record::Screen(screen) => place.screens.push(screen),
            Record::Card(card) => place.cards.push(card),
        }
    }
    let mut history = History::default();
    let mut looked_at = 0;
    for places in screens.values() {
        let mut interviews = of_screen(places);
        // Files that name nobody are copies of those that do, or go for everybody.
        let unknown = if interviews.len() > 1 {
            interviews.remove(&None).unwrap_or_default()
        } else {
            Interview::default()
        };
        for (candidate, mut interview) in interviews {
            looked_at += interview.size() + unknown.size();
            if looked_at > MAX_USES {
                return (history, false);
            }
            interview.absorb(&unknown);
            let questions = interview.questions();
            // Nothing was asked of somebody who did not come.
            if !questions.is_empty() {
                let questions = questions.into_iter().map(str::to_owned);
                let date = interview.held.or(interview.planned_for);
                history.add(candidate, date, questions);
            }
        }
    }
    (history, true)
}

/// What the files of one screen say, by the candidate.
fn of_screen(places: &BTreeMap<String, Place>) -> BTreeMap<Option<&str>, Interview<'_>> {
    let mut interviews: BTreeMap<Option<&str>, Interview<'_>> = BTreeMap::new();
    for place in places.values() {
        let candidates = place.candidates();
        // Beside files of several candidates, one that names nobody may be anybody's.
        let alone = match candidates.len() {
            1 => candidates.first().copied(),
            _ => None,
        };
        for screen in &place.screens {
            let candidate = screen.candidate.as_deref().or(alone);
            interviews.entry(candidate).or_default().add_screen(screen);
        }
        for card in &place.cards {
            let candidate = card.candidate.as_deref().or(alone);
            interviews.entry(candidate).or_default().add_card(card);
        }
    }
    interviews
}
