//! A walk through a screen, with a clock of the test: where one is, and which time is booked on what.

use std::time::Duration;

use intervy::model::scorecard::{Answer, Rating, Scorecard};
use intervy::model::screen::Screen;
use intervy::model::source::Source;
use intervy::score::walk::{Clock, Walk};
use intervy::score::{Change, apply};
use intervy::store::document::decode::Problems;
use intervy::store::screen::{self, ScreenFile};

use super::{project, score};

/// The screen of three questions, the last of them in a segment of its own, and a blank scorecard of it.
fn begun() -> (Screen, Scorecard) {
    let project = project();
    score(&project, &["--set", "one=4"]).good();
    let path = super::card_path(&project, "ana").replace("ana.toml", "screen.toml");
    let source = Source::new("screen.toml", project.read(&path));
    let mut problems = Problems::new(&source);
    let Some(ScreenFile::Pinned(mut screen)) = screen::read(&source, "s", &mut problems) else {
        panic!("{:?}", problems.into_findings());
    };
    screen.intro_minutes = 0;
    "Last".clone_into(&mut screen.questions[2].segment);
    let mut card = Scorecard::new("s", "C-1", "ana");
    let rating = |id: &str| Rating {
        id: id.to_owned(),
        ..Rating::default()
    };
    card.questions = ["one", "two", "three"].map(rating).to_vec();
    (*screen, card)
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn take(card: &mut Scorecard, changes: &[Change]) {
    for change in changes {
        apply(card, change).unwrap();
    }
}

fn booked(card: &Scorecard) -> [Option<u32>; 3] {
    ["one", "two", "three"].map(|id| card.rating(id).unwrap().seconds)
}

#[test]
fn a_walk_begins_at_the_first_question_without_an_answer() {
    let (screen, mut card) = begun();
    assert_eq!(Walk::new(&screen, &card, true).here(), 0);
    card.questions[0].answer = Some(Answer::Score(4));
    card.questions[2].answer = Some(Answer::NotAsked);
    assert_eq!(Walk::new(&screen, &card, true).here(), 1);
    card.questions[1].answer = Some(Answer::NoRating);
    // Then the recommendation is open.
    assert_eq!(Walk::new(&screen, &card, true).here(), 3);
}

#[test]
fn every_second_is_booked_once_and_on_what_was_open() {
    let (screen, mut card) = begun();
    let mut walk = Walk::new(&screen, &card, true);
    let changes = walk.go(1, &screen, &card, at(40));
    take(&mut card, &changes);
    assert_eq!(booked(&card), [Some(40), None, None]);
    assert_eq!(walk.here_taken(&screen, &card, at(50)), at(10));
    assert_eq!(walk.segment_taken(&screen, &card, at(50)), at(50));
    // Back to the first one, which goes on where it was.
    let changes = walk.go(0, &screen, &card, at(60));
    take(&mut card, &changes);
    assert_eq!(walk.here_taken(&screen, &card, at(65)), at(45));
    let changes = walk.go(2, &screen, &card, at(70));
    take(&mut card, &changes);
    assert_eq!(booked(&card), [Some(50), Some(20), None]);
    // Another segment has its own time.
    assert_eq!(walk.segment_taken(&screen, &card, at(75)), at(5));
    // No further than the recommendation, whose time is of the whole alone.
    let changes = walk.go(9, &screen, &card, at(80));
    take(&mut card, &changes);
    assert_eq!(walk.here(), 3);
    assert_eq!(walk.segment_taken(&screen, &card, at(85)), at(0));
    let changes = walk.book(&screen, &card, at(100));
    take(&mut card, &changes);
    assert_eq!(booked(&card), [Some(50), Some(20), Some(10)]);
    assert_eq!(card.seconds, Some(100));
    // A later session goes on.
    let walk = Walk::new(&screen, &card, true);
    assert_eq!(walk.taken(at(5)), at(105));
    assert_eq!(walk.here_taken(&screen, &card, at(5)), at(55));
}

#[test]
fn parts_of_a_second_are_not_lost_between_visits() {
    let (screen, mut card) = begun();
    let mut walk = Walk::new(&screen, &card, true);
    let half = |halves: u64| Duration::from_millis(500 * halves);
    for step in 1..=20 {
        let changes = walk.book(&screen, &card, half(step));
        take(&mut card, &changes);
    }
    assert_eq!(booked(&card), [Some(10), None, None]);
    assert_eq!(card.seconds, Some(10));
}

#[test]
fn the_intro_is_nobodys_time_and_ends_with_the_first_answer_at_the_latest_when_it_is_over() {
    let (mut screen, mut card) = begun();
    screen.intro_minutes = 2;
    let mut walk = Walk::new(&screen, &card, true);
    assert_eq!(walk.intro_left(at(30)), Some(at(90)));
    assert_eq!(walk.here_taken(&screen, &card, at(30)), at(0));
    let mut early = walk.clone();
    early.begin(at(30));
    assert_eq!(early.intro_left(at(30)), None);
    assert_eq!(early.here_taken(&screen, &card, at(40)), at(10));
    assert_eq!(walk.intro_left(at(120)), None);
    let changes = walk.book(&screen, &card, at(150));
    take(&mut card, &changes);
    assert_eq!((booked(&card)[0], card.seconds), (Some(30), Some(150)));
    // A session later than that has none.
    assert_eq!(Walk::new(&screen, &card, true).intro_left(at(0)), None);
}

#[test]
fn a_clock_that_stands_books_nothing() {
    let (screen, mut card) = begun();
    let mut walk = Walk::new(&screen, &card, true);
    walk.turn_clock(at(10));
    assert_eq!(walk.clock(), Clock::Stands(at(10)));
    assert_eq!(walk.taken(at(1000)), at(10));
    let changes = walk.go(1, &screen, &card, at(1000));
    take(&mut card, &changes);
    walk.turn_clock(at(1010));
    let changes = walk.go(2, &screen, &card, at(1015));
    take(&mut card, &changes);
    assert_eq!(booked(&card), [Some(10), Some(5), None]);
    assert_eq!(card.seconds, Some(15));
    // What is typed in afterwards takes no time at all.
    let mut walk = Walk::new(&screen, &card, false);
    walk.turn_clock(at(10));
    assert_eq!(walk.go(0, &screen, &card, at(100)), []);
    assert_eq!(walk.clock(), Clock::None);
}
