//! What holds for the folder of the season: it is clean, as the program writes it, and of the promised size.

use std::collections::{BTreeMap, BTreeSet};

use intervy::model::scorecard::{Answer, Rating, Scorecard};
use intervy::model::vocabulary::CardStatus;
use intervy::report::figure::count;
use intervy::store::interviews::Interviews;
use intervy::store::interviews::listing;

use super::interview::Held;
use super::screens::{PICKED_WITH, ROUNDS};
use super::truth::{FLAWS, INTERVIEWERS, NEWCOMER, SEED};
use super::{CANDIDATES, candidates, files, season};
use crate::harness::{Project, project_file};

fn cards() -> impl Iterator<Item = &'static Scorecard> {
    season().iter().flat_map(|held| &held.cards)
}

/// What is rated in scorecards that are handed in.
fn ratings() -> impl Iterator<Item = (&'static Scorecard, &'static Rating)> {
    let submitted = cards().filter(|card| card.is_submitted());
    submitted.flat_map(|card| card.questions.iter().map(move |rating| (card, rating)))
}

fn of_round(number: usize) -> Vec<&'static Held> {
    let blueprint = Some(ROUNDS[number].blueprint);
    let all = season().iter();
    all.filter(|held| held.screen.blueprint.as_deref() == blueprint)
        .collect()
}

/// Whom two interviewers have both rated, on the same screen.
fn shared() -> BTreeMap<(&'static str, &'static str), usize> {
    let mut shared = BTreeMap::new();
    for held in season() {
        let submitted = held.cards.iter().filter(|card| card.is_submitted());
        let mut names: Vec<&str> = submitted.map(|card| card.interviewer.as_str()).collect();
        names.sort_unstable();
        if let [one, other] = names.as_slice() {
            *shared.entry((*one, *other)).or_insert(0) += 1;
        }
    }
    shared
}

#[test]
fn it_is_clean_and_reads() {
    let files = files().into_iter();
    let project = files.fold(Project::empty(), |project, (path, text)| {
        project.file(&path, text)
    });
    let folder = project.path("interviews");
    let environment = [("INTERVY_INTERVIEWS", folder.to_str().unwrap())];
    let run = project.run_with(
        &["score", "check", "--fail-on", "warning"],
        "",
        &environment,
    );
    assert!(
        run.good()
            .stderr
            .contains("179 scorecards checked: no problems")
    );
    let listing = listing::read(&Interviews::below(&folder), None).unwrap();
    let mut screens = listing.screens.iter();
    assert!(screens.all(|screen| screen.content.get().is_some()));
    let read: Vec<&Scorecard> = listing
        .cards
        .iter()
        .map(|kept| kept.content.get().unwrap())
        .collect();
    let mut made: Vec<&Scorecard> = cards().collect();
    made.sort_by_key(|card| (&card.candidate, &card.screen, &card.interviewer));
    assert_eq!(read, made);
}

#[test]
fn screens_are_as_picked_for_their_candidates() {
    let project = Project::empty();
    for (number, round) in ROUNDS.iter().enumerate() {
        let screen = &of_round(number)[number].screen;
        let candidate = screen.occasion.candidate.as_deref().unwrap();
        let date = screen.occasion.date.unwrap();
        let form = screen.occasion.form.unwrap();
        let (blueprint, forms, overlap) = (round.blueprint, round.forms, round.max_overlap);
        let pick = format!(
            "pick --blueprint {blueprint} --forms {forms} --max-overlap {overlap} --seed {PICKED_WITH} \
             --candidate {candidate} --date {date} --time-limit 0 --out-dir {blueprint}"
        );
        project.line(&pick).good();
        let picked = project.read(&format!("{blueprint}/{form}-form-{form}.toml"));
        assert_eq!(picked, toml::to_string(screen).unwrap());
    }
}

#[test]
fn some_go_on_and_half_are_rated_twice() {
    assert_eq!(candidates().len(), CANDIDATES);
    let rounds = [0, 1, 2].map(of_round);
    let sizes = rounds.each_ref().map(Vec::len);
    assert_eq!(sizes, [60, 36, 21]);
    for (number, doubles) in [30, 18, 14].into_iter().enumerate() {
        let twice = rounds[number].iter().filter(|held| held.cards.len() == 2);
        assert_eq!(twice.count(), doubles);
    }
    let dates: BTreeSet<_> = cards().map(|card| card.date.unwrap()).collect();
    let weeks = (*dates.last().unwrap() - *dates.first().unwrap()).get_days() / 7;
    assert_eq!(weeks, 14);
    let files = files();
    assert!(files.len() < 500, "{}", files.len());
    let bytes: usize = files.values().map(String::len).sum();
    assert!(bytes < 1_000_000, "{bytes}");
}

#[test]
fn some_pairs_share_enough_candidates_and_others_too_few() {
    let shared = shared();
    let enough = shared.values().filter(|candidates| **candidates >= 10);
    assert_eq!(enough.count(), 3, "{shared:?}");
    assert!(shared.len() >= 10, "{shared:?}");
    let of = |name: &str| {
        let own = ratings().filter(|(card, _)| card.interviewer == name);
        own.filter(|(_, rating)| rating.answer.and_then(Answer::score).is_some())
            .count()
    };
    for by in &INTERVIEWERS {
        let scores = of(by.name);
        let fits = if by.name == NEWCOMER {
            (1..30).contains(&scores)
        } else {
            scores >= 80
        };
        assert!(fits, "{}: {scores}", by.name);
    }
}

#[test]
fn nearly_everything_is_handed_in() {
    let drafts = cards().filter(|card| !card.is_submitted());
    let drafts: Vec<&Scorecard> = drafts.collect();
    assert_eq!(drafts.len(), 1);
    assert_eq!(&drafts[0].candidate, candidates().last().unwrap());
    assert_eq!(drafts[0].interviewer, NEWCOMER);
    let revised = cards().filter(|card| card.status == CardStatus::Revised);
    assert!((3..=6).contains(&revised.count()));
    let recommendations = cards().filter(|card| card.is_revised(None));
    assert_eq!(recommendations.count(), 1);
    let answers = |answer: Answer| {
        let same = ratings().filter(|(_, rating)| rating.answer == Some(answer));
        same.count()
    };
    let unrated = answers(Answer::NoRating);
    assert!((3..=20).contains(&unrated), "{unrated}");
    let unasked = answers(Answer::NotAsked);
    assert!((20..=80).contains(&unasked), "{unasked}");
    let notes: BTreeSet<&str> = ratings()
        .filter_map(|(_, rating)| rating.note.as_deref())
        .collect();
    assert!(notes.len() > 60, "{}", notes.len());
}

/// Some recommendations are off by a point or two; together they are near the scores.
#[test]
fn recommendations_are_near_the_scores() {
    let mut distance = 0.0;
    let mut cards_with_scores = 0;
    for card in cards().filter(|card| card.is_submitted()) {
        let scores = card.questions.iter();
        let scores: Vec<u8> = scores.filter_map(|rating| rating.answer?.score()).collect();
        let mean = scores.iter().map(|score| f64::from(*score)).sum::<f64>() / count(scores.len());
        distance += (f64::from(card.overall.score.unwrap()) - mean).abs();
        cards_with_scores += 1;
        let evening = card.submitted_at.unwrap().to_string();
        let day = card.date.unwrap().to_string();
        assert!(evening.starts_with(&day) && evening[11..13].parse::<u8>().unwrap() >= 17);
    }
    assert!(distance / count(cards_with_scores) < 0.5);
}

/// The page says what is true.
#[test]
fn the_page_tells_severities_and_flaws() {
    let page = project_file("examples/season/README.md");
    assert!(page.contains(&format!("with the seed {SEED}.")));
    for (id, _, _) in FLAWS {
        assert!(page.contains(&format!("| `{id}` |")), "{id}");
    }
    for by in &INTERVIEWERS {
        let row = format!("| {} | {:.2} |", by.name, by.severity).replace("| -", "| −");
        assert!(page.contains(&row), "{row}");
    }
}
