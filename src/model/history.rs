//! Which questions earlier interviews used: of whom, and when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

/// A question that was used in an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The day; `None`: not known.
    pub date: Option<Date>,
    /// The candidate's pseudonym; `None`: not known.
    pub candidate: Option<String>,
}

/// What earlier interviews used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The uses of every question by its id, in no order that means anything.
    pub uses: BTreeMap<String, Vec<Use>>,
    /// The interviews. A screen that several candidates met counts once for each of them; copies of its
    /// file, and the scorecards of several interviewers, add none.
    pub screens: usize,
    /// The interviews among them whose day is not known: no cool-down can count from it.
    pub undated: usize,
}

impl History {
    /// Adds an interview.
    pub fn add(
        &mut self,
        candidate: Option<&str>,
        date: Option<Date>,
        questions: impl IntoIterator<Item = String>,
    ) {
        self.screens += 1;
        self.undated += usize::from(date.is_none());
        for id in questions {
            self.uses.entry(id).or_default().push(Use {
                date,
                candidate: candidate.map(str::to_owned),
            });
        }
    }

    /// A candidate whose pseudonym differs in upper and lower case alone.
    #[must_use]
    pub fn spelt_alike(&self, candidate: &str) -> Option<&str> {
        let uses = self.uses.values().flatten();
        let known = uses.filter_map(|used| used.candidate.as_deref());
        let alike = |known: &&str| *known != candidate && known.eq_ignore_ascii_case(candidate);
        known.filter(alike).min()
    }

    /// How many interviews used a question.
    #[must_use]
    pub fn exposure(&self, id: &str) -> usize {
        self.uses.get(id).map_or(0, Vec::len)
    }

    /// The last known day on which a question was used.
    #[must_use]
    pub fn last_used(&self, id: &str) -> Option<Date> {
        self.uses.get(id)?.iter().filter_map(|used| used.date).max()
    }

    /// The questions that a candidate has met.
    #[must_use]
    pub fn met_by(&self, candidate: &str) -> BTreeSet<&str> {
        let met =
            |uses: &[Use]| (uses.iter()).any(|used| used.candidate.as_deref() == Some(candidate));
        let ids = self.uses.iter().filter(|(_, uses)| met(uses));
        ids.map(|(id, _)| id.as_str()).collect()
    }

    /// Whether a question was used on that day or later. A use of unknown day is none here, or an old
    /// folder of screens without dates would block a bank for ever; [`History::undated`] counts them.
    #[must_use]
    pub fn used_since(&self, id: &str, day: Date) -> bool {
        self.last_used(id).is_some_and(|last| last >= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn uses_are_counted_and_days_compared() {
        let mut history = History::default();
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        history.add(Some("C-2"), Some(date(2026, 3, 1)), ids(&["a", "b"]));
        history.add(Some("C-1"), None, ids(&["a"]));
        history.add(None, Some(date(2026, 2, 1)), ids(&["a", "c"]));
        assert_eq!((history.screens, history.undated), (3, 1));
        assert_eq!((history.exposure("a"), history.exposure("x")), (3, 0));
        assert_eq!(history.last_used("a"), Some(date(2026, 3, 1)));
        assert_eq!(history.met_by("C-1"), BTreeSet::from(["a"]));
        assert_eq!(history.met_by("C-2"), BTreeSet::from(["a", "b"]));
        assert!(history.used_since("a", date(2026, 3, 1)));
        assert!(!history.used_since("a", date(2026, 3, 2)));
    }

    #[test]
    fn an_unknown_day_blocks_nothing() {
        let mut history = History::default();
        history.add(None, None, ["a".to_owned()]);
        assert!(!history.used_since("a", Date::MIN));
        assert_eq!((history.exposure("a"), history.last_used("a")), (1, None));
    }
}
