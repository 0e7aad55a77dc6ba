//! `examples/season`: a season of interviews whose true severities and difficulties are known, made anew.

mod crews;
mod holds;
mod interview;
mod recovered;
mod screens;
mod truth;
mod words;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use intervy::model::scorecard::{Answer, Revision, Scorecard};
use intervy::model::screen::PinnedQuestion;
use intervy::score::{Change, apply};
use intervy::store::scorecard;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use self::crews::Crews;
use self::interview::{Held, hold, moment};
use self::screens::{Forms, ROUNDS};
use self::truth::table;
use crate::harness::shipped;

/// Five candidates a week begin; the last one comes when all others are through.
const CANDIDATES: usize = 60;
const COHORT: usize = 5;
const COHORTS: usize = CANDIDATES / COHORT;
const LAST_WEEK: usize = COHORTS + 2;
/// How many of a week's candidates go on, and how many of those once more, in turns.
const SECOND: usize = 3;
const THIRD: [usize; 4] = [2, 2, 1, 2];
/// The days after Monday on which interviews are held.
const DAYS: [&[i64]; 3] = [&[1, 1, 2, 3, 3], &[1, 2, 3], &[1, 3]];

/// The season, in the order of its days.
fn season() -> &'static [Held] {
    static SEASON: OnceLock<Vec<Held>> = OnceLock::new();
    SEASON.get_or_init(made)
}

fn made() -> Vec<Held> {
    let bank = shipped();
    let forms = ROUNDS.each_ref().map(|round| Forms::new(&bank, round));
    let mut crews = Crews::new();
    let mut held: Vec<Held> = Vec::new();
    // Who comes to each round in the week at hand.
    let mut invited: [Vec<String>; 3] = Default::default();
    let mut come = [0; 3];
    for week in 0..=LAST_WEEK {
        invited[0] = cohort(week);
        let mut go_on: [Vec<String>; 3] = Default::default();
        for (number, round) in ROUNDS.iter().enumerate() {
            let first = held.len();
            for (place, candidate) in invited[number].iter().enumerate() {
                let day = day(week, DAYS[number][place]);
                let before = come[number];
                come[number] += 1;
                let screen = forms[number].pinned(&bank, before, candidate, day);
                let (some, of) = round.doubles;
                let is_double = before % of >= of - some;
                let is_last = week == LAST_WEEK;
                let met = met(&held, candidate);
                let crew = crews.next(is_double, is_last, &met);
                held.push(hold(&bank, screen, &crew, is_last));
            }
            match number {
                0 if week < COHORTS => go_on[1] = best(&held[first..], SECOND),
                1 if week > 0 => go_on[2] = best(&held[first..], THIRD[(week - 1) % THIRD.len()]),
                _ => {}
            }
        }
        invited = go_on;
    }
    assert!(crews.is_done());
    debrief(&mut held);
    held
}

/// Who has the first interview in a week.
fn cohort(week: usize) -> Vec<String> {
    let last = CANDIDATES - 1;
    let numbers = match week {
        LAST_WEEK => last..CANDIDATES,
        _ if week < COHORTS => COHORT * week..(COHORT * (week + 1)).min(last),
        _ => 0..0,
    };
    numbers
        .map(|number| format!("C-{:03}", number + 1))
        .collect()
}

fn day(week: usize, after_monday: i64) -> Date {
    let monday = date(2026, 3, 2);
    monday + (7 * week as i64 + after_monday).days()
}

/// Who has asked the candidate already.
fn met<'h>(held: &'h [Held], candidate: &str) -> Vec<&'h str> {
    let own = held.iter().filter(|held| held.candidate() == candidate);
    let cards = own.flat_map(|held| &held.cards);
    cards.map(|card| card.interviewer.as_str()).collect()
}

/// The candidates with the best scores, in the order in which they came.
fn best(held: &[Held], count: usize) -> Vec<String> {
    let mut order: Vec<usize> = (0..held.len()).collect();
    order.sort_by(|a, b| held[*b].mean().total_cmp(&held[*a].mean()));
    order.truncate(count);
    order.sort_unstable();
    let names = order.iter().map(|at| held[*at].candidate().to_owned());
    names.collect()
}

/// On the morning after, some of those who differ by two points change a score, and one changes the recommendation.
fn debrief(held: &mut [Held]) {
    let differing = held.iter().enumerate();
    let differing = differing.filter_map(|(at, held)| Some((at, apart(held)?)));
    let differing: Vec<(usize, (String, u8))> = differing.collect();
    let step = differing.len() / words::REVISED.len();
    let chosen = differing.into_iter().step_by(step);
    for ((lowered, raised), (at, (question, score))) in words::REVISED.iter().zip(chosen) {
        let before = held[at].cards[1].rating(&question).unwrap().answer;
        let is_higher = Some(score) > before.and_then(Answer::score);
        let reason = if is_higher { raised } else { lowered };
        revise(&mut held[at], Some(question), score, reason);
    }
    let recommends = |held: &Held| {
        let (one, other) = both(held)?;
        nearer(1, other.overall.score?, one.overall.score?)
    };
    let is_new = |held: &Held| held.cards.iter().all(|card| card.revisions.is_empty());
    let mut rest = held.iter_mut().rev().filter(|held| is_new(held));
    let (held, score) = rest
        .find_map(|held| recommends(held).map(|score| (held, score)))
        .unwrap();
    revise(held, None, score, words::RECONSIDERED);
}

/// The scorecards of two who have both handed in.
fn both(held: &Held) -> Option<(&Scorecard, &Scorecard)> {
    match held.cards.as_slice() {
        [one, other] if other.is_submitted() => Some((one, other)),
        _ => None,
    }
}

/// A question for which two give scores that are far apart, and what the second one would give on reflection.
fn apart(held: &Held) -> Option<(String, u8)> {
    let (one, other) = both(held)?;
    let mut ratings = one.questions.iter().zip(&other.questions);
    ratings.find_map(|(one, other)| {
        let score = nearer(2, other.answer?.score()?, one.answer?.score()?)?;
        Some((other.id.clone(), score))
    })
}

/// One point nearer to a score that is at least so far away.
fn nearer(least: u8, own: u8, theirs: u8) -> Option<u8> {
    match theirs.cmp(&own) {
        _ if own.abs_diff(theirs) < least => None,
        Ordering::Greater => Some(own + 1),
        _ => Some(own - 1),
    }
}

fn revise(held: &mut Held, question: Option<String>, score: u8, reason: &str) {
    let card = &mut held.cards[1];
    let revision = Revision {
        at: moment(card.date.unwrap() + 1.day(), 9 * 60 + 10, 20),
        reason: reason.to_owned(),
        question,
        answer: Answer::Score(score),
    };
    apply(card, &Change::Revise(revision)).unwrap();
}

/// The questions of the season by their ids.
fn questions() -> Vec<&'static PinnedQuestion> {
    let all = season().iter().flat_map(|held| &held.screen.questions);
    let by_id: BTreeMap<&str, &PinnedQuestion> = all.map(|one| (one.id.as_str(), one)).collect();
    by_id.into_values().collect()
}

/// The candidates of the season by their pseudonyms.
fn candidates() -> Vec<&'static str> {
    let all: BTreeSet<&str> = season().iter().map(Held::candidate).collect();
    all.into_iter().collect()
}

/// Every file of the season, by its path below `examples/season`.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    files.insert("truth.csv".to_owned(), table(&candidates(), &questions()));
    for held in season() {
        let folder = format!("interviews/{}/{}", held.candidate(), held.screen.id);
        let screen = toml::to_string(&held.screen).unwrap();
        files.insert(format!("{folder}/screen.toml"), screen);
        for card in &held.cards {
            let path = format!("{folder}/{}.toml", card.interviewer);
            files.insert(path, scorecard::toml(card));
        }
    }
    files
}

/// The files below a folder that are there.
fn there(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let below = there(&entry.path());
            found.extend(below.iter().map(|path| format!("{name}/{path}")));
        } else {
            found.insert(name);
        }
    }
    found
}

#[test]
fn the_season_is_what_is_made_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/season");
    let files = files();
    if std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
        let _ = fs::remove_dir_all(folder.join("interviews"));
        for (path, text) in &files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        return;
    }
    let mut there = there(&folder);
    assert!(there.remove("README.md"));
    assert_eq!(there, files.keys().cloned().collect::<BTreeSet<_>>());
    for (path, text) in &files {
        let kept = fs::read_to_string(folder.join(path)).unwrap();
        assert!(
            kept.replace("\r\n", "\n") == *text,
            "examples/season/{path}: SNAPSHOTS=overwrite cargo test writes it anew"
        );
    }
}
