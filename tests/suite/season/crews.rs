//! Who asks whom: pairs and single interviewers, shuffled once, and dealt so that nobody meets a candidate twice.

use super::truth::{INTERVIEWERS, Interviewer, NEWCOMER, draws};

/// Pairs who ask together, and how often. The first three share enough candidates to be compared by themselves.
const PAIRS: [(&str, &str, usize); 10] = [
    ("ana", "ben", 13),
    ("cara", "dan", 12),
    ("eve", "finn", 11),
    ("ben", "eve", 5),
    ("dan", "gus", 4),
    ("finn", "gus", 4),
    ("ana", "cara", 3),
    ("gus", "ana", 3),
    ("ben", "dan", 3),
    ("cara", "eve", 1),
];

/// How often somebody asks alone.
const ALONE: [(&str, usize); 7] = [
    ("ana", 5),
    ("ben", 4),
    ("cara", 7),
    ("dan", 6),
    ("eve", 8),
    ("finn", 11),
    ("gus", 12),
];

/// Whom the newcomer asks with before the last interview; the newcomer asks alone as often.
const WITH_NEWCOMER: [&str; 2] = ["ben", "cara"];

/// Who asks in the last interview.
const LAST: [&str; 2] = ["ana", NEWCOMER];

/// Who asks in an interview, whoever leads it first.
pub(super) type Crew = Vec<&'static Interviewer>;

/// The interviewer of that name.
pub(super) fn interviewer(name: &str) -> &'static Interviewer {
    INTERVIEWERS.iter().find(|by| by.name == name).unwrap()
}

fn crew(names: &[&str]) -> Crew {
    names.iter().map(|name| interviewer(name)).collect()
}

/// Crews that have yet to ask.
pub(super) struct Crews {
    pairs: Vec<Crew>,
    alone: Vec<Crew>,
    last: Crew,
}

impl Crews {
    pub(super) fn new() -> Self {
        let pairs = PAIRS.iter().flat_map(|(one, other, times)| {
            // Each of them leads half of the time.
            (0..*times).map(move |time| match time % 2 {
                0 => crew(&[one, other]),
                _ => crew(&[other, one]),
            })
        });
        let alone = ALONE
            .iter()
            .flat_map(|(name, times)| (0..*times).map(move |_| crew(&[name])));
        let with_newcomer = WITH_NEWCOMER.map(|name| crew(&[name, NEWCOMER]));
        Self {
            pairs: dealt("pairs", pairs.collect(), with_newcomer),
            alone: dealt(
                "alone",
                alone.collect(),
                [(); 2].map(|()| crew(&[NEWCOMER])),
            ),
            last: crew(&LAST),
        }
    }

    /// The next crew that the candidate has not met, or else the next one; who leads the last interview is known.
    pub(super) fn next(&mut self, is_double: bool, is_last: bool, met: &[&str]) -> Crew {
        if is_last {
            return self.last.clone();
        }
        let crews = if is_double {
            &mut self.pairs
        } else {
            &mut self.alone
        };
        let is_new = |crew: &Crew| crew.iter().all(|by| !met.contains(&by.name));
        let at = crews.iter().position(is_new).unwrap_or(0);
        crews.remove(at)
    }

    /// Whether every crew has asked.
    pub(super) fn is_done(&self) -> bool {
        self.pairs.is_empty() && self.alone.is_empty()
    }
}

/// Crews in a random order (R. Durstenfeld, 1964), with those of the newcomer towards the end.
fn dealt(what: &str, mut crews: Vec<Crew>, late: [Crew; 2]) -> Vec<Crew> {
    let mut draws = draws(&["crews", what]);
    for at in (1..crews.len()).rev() {
        let other = (draws.next_u64() % (at as u64 + 1)) as usize;
        crews.swap(at, other);
    }
    for (before, crew) in [12, 8].into_iter().zip(late) {
        crews.insert(crews.len() - before, crew);
    }
    crews
}
