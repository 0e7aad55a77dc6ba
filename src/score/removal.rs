//! Which candidates' files are to be removed, and which must not be.

use jiff::civil::Date;

use crate::model::retention::Retention;
use crate::model::words::counted;

/// Whose files are to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Those of one who is named.
    Named,
    /// Those whose latest date is more than so many days ago.
    OlderThan(u32),
    /// Those whose own day has passed.
    RetainUntil,
}

/// What is known about a candidate's files.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The latest date in them.
    pub latest: Option<Date>,
    /// Whether something of an interview can be read among them, or nothing is there at all.
    pub is_interview: bool,
    /// Whether a screen or a scorecard among them cannot be read.
    pub is_unreadable: bool,
    /// How long they stay; `None` where that cannot be read.
    pub retention: Option<Retention>,
    /// Whether somebody works on a scorecard among them.
    pub is_open: bool,
}

/// What becomes of a candidate's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are removed.
    Remove,
    /// They are not asked for.
    NotMeant,
    /// They may be asked for, and stay: why.
    Kept(String),
    /// They are asked for, and must not be removed: why.
    HeldBack(String),
}

/// What becomes of a candidate's files.
#[must_use]
pub fn verdict(wish: Wish, facts: &Facts, today: Date) -> Verdict {
    let until = facts
        .retention
        .as_ref()
        .and_then(|retention| retention.until);
    match wish {
        Wish::Named => {
            if !facts.is_interview {
                let why = "it holds no screen, scorecard, journal or retention.toml that can be read, so it may be another \
                           folder; if it is a candidate's, remove it by hand";
                return Verdict::HeldBack(why.to_owned());
            }
        }
        Wish::OlderThan(days) => {
            if facts.is_unreadable {
                let why = "something of it cannot be read, so its latest date is not known";
                return Verdict::Kept(why.to_owned());
            }
            let Some(latest) = facts.latest else {
                return Verdict::Kept("nothing in it has a date".to_owned());
            };
            if age(latest, today) <= i64::from(days) {
                return Verdict::NotMeant;
            }
            if let Some(until) = until.filter(|until| *until >= today) {
                return Verdict::Kept(format!("it is retained until {until}"));
            }
        }
        Wish::RetainUntil => {
            if facts.retention.is_some() && until.is_none_or(|until| until >= today) {
                return Verdict::NotMeant;
            }
        }
    }
    let Some(retention) = &facts.retention else {
        let why = "its retention.toml cannot be read, and may hold it";
        return Verdict::HeldBack(why.to_owned());
    };
    if let Some(hold) = &retention.hold {
        let since = hold.since;
        return Verdict::HeldBack(format!("it is held since {since}: {}", hold.reason));
    }
    if facts.is_open {
        let why = "a session on one of its scorecards is open";
        return Verdict::HeldBack(why.to_owned());
    }
    Verdict::Remove
}

/// The days from one date to another.
fn age(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

impl Wish {
    /// As the log says it.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::Named => "candidate".to_owned(),
            Self::OlderThan(days) => format!("older-than {days}"),
            Self::RetainUntil => "retain-until".to_owned(),
        }
    }
}

/// `3 files`.
#[must_use]
pub fn files(count: usize) -> String {
    counted(count, "file", "files")
}

/// That a candidate's removal was interrupted.
#[must_use]
pub fn interrupted(candidate: &str) -> String {
    format!("the removal of `{candidate}` was interrupted")
}

/// What finishes it.
#[must_use]
pub fn finishing(candidate: &str) -> String {
    let candidate = quoted(candidate);
    format!("`intervy score purge --candidate {candidate}` finishes it")
}

/// A word of a command line.
#[must_use]
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+@".contains(letter);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::model::retention::Hold;

    #[test]
    fn files_go_when_they_are_asked_for_and_nothing_holds_them() {
        let today = date(2026, 6, 1);
        let facts = |latest: Option<Date>, until: Option<Date>| Facts {
            latest,
            is_interview: true,
            is_unreadable: false,
            retention: Some(Retention {
                until,
                ..Retention::default()
            }),
            is_open: false,
        };
        let old = facts(Some(date(2025, 6, 1)), None);
        assert_eq!(verdict(Wish::OlderThan(364), &old, today), Verdict::Remove);
        assert_eq!(
            verdict(Wish::OlderThan(365), &old, today),
            Verdict::NotMeant
        );
        assert_eq!(verdict(Wish::RetainUntil, &old, today), Verdict::NotMeant);
        let undated = facts(None, None);
        let verdict_of = |facts| verdict(Wish::OlderThan(0), facts, today);
        assert!(matches!(verdict_of(&undated), Verdict::Kept(_)));
        let retained = facts(old.latest, Some(today));
        assert!(matches!(verdict_of(&retained), Verdict::Kept(_)));
        assert_eq!(
            verdict(Wish::RetainUntil, &retained, today),
            Verdict::NotMeant
        );
        let passed = facts(None, Some(date(2026, 5, 31)));
        assert_eq!(verdict(Wish::RetainUntil, &passed, today), Verdict::Remove);
        let mut held = passed.clone();
        held.retention = held.retention.map(|retention| Retention {
            hold: Some(Hold {
                since: Timestamp::UNIX_EPOCH,
                reason: "a claim".to_owned(),
            }),
            ..retention
        });
        let mut foreign = passed.clone();
        foreign.is_interview = false;
        assert!(matches!(
            verdict(Wish::Named, &foreign, today),
            Verdict::HeldBack(_)
        ));
        let mut open = passed.clone();
        open.is_open = true;
        let mut unknown = passed;
        unknown.retention = None;
        for facts in [held, open, unknown] {
            for wish in [Wish::Named, Wish::RetainUntil] {
                assert!(matches!(verdict(wish, &facts, today), Verdict::HeldBack(_)));
            }
        }
    }
}
