//! What the statistics recover of the made season, and what its flaws look like.

use std::collections::BTreeSet;

use intervy::model::scorecard::{Answer, Rating};
use intervy::report::figure::{count, mean};
use intervy::report::identify::identify;
use intervy::report::interval;
use intervy::report::mixed::{Design, Effect, Factor, Fit, fit};

use super::truth::{FLAWS, Flaw, INTERVIEWERS, NEWCOMER, Style, ease, level};
use super::{questions, season};

/// Independent scores of what is handed in.
#[derive(Default)]
struct Scores {
    values: Vec<f64>,
    /// The names of the candidates, the questions and the interviewers.
    names: [Vec<&'static str>; 3],
}

const CANDIDATE: usize = 0;
const QUESTION: usize = 1;
const INTERVIEWER: usize = 2;

impl Scores {
    fn made() -> Self {
        let mut all = Self::default();
        let cards = season().iter().flat_map(|held| &held.cards);
        for card in cards.filter(|card| card.is_submitted()) {
            for rating in &card.questions {
                let Some(score) = rating.answer.and_then(Answer::score) else {
                    continue;
                };
                all.values.push(f64::from(score));
                let names = [&card.candidate, &rating.id, &card.interviewer];
                for (all, name) in all.names.iter_mut().zip(names) {
                    all.push(name);
                }
            }
        }
        all
    }

    /// The names of a factor's levels, in order.
    fn levels(&self, factor: usize) -> Vec<&'static str> {
        let levels: BTreeSet<&str> = self.names[factor].iter().copied().collect();
        levels.into_iter().collect()
    }

    fn factors(&self) -> Vec<Factor> {
        let factor = |at: usize| {
            let levels = self.levels(at);
            let of = self.names[at].iter();
            Factor {
                levels: levels.len(),
                of: of.map(|name| levels.binary_search(name).unwrap()).collect(),
            }
        };
        (0..3).map(factor).collect()
    }

    fn fit(&self) -> Fit {
        let design = Design::new(self.values.clone(), self.factors(), true);
        fit(&design.unwrap()).unwrap()
    }

    /// The scores for which a factor has this level.
    fn of(&self, factor: usize, name: &str) -> Vec<f64> {
        let pairs = self.values.iter().zip(&self.names[factor]);
        let own = pairs.filter(|(_, own)| **own == name);
        own.map(|(value, _)| *value).collect()
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (ones, others): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (one, other) = (mean(&ones).unwrap(), mean(&others).unwrap());
    let sum = |of: fn(f64, f64) -> f64| -> f64 {
        let pairs = pairs.iter();
        pairs.map(|(a, b)| of(a - one, b - other)).sum()
    };
    sum(|a, b| a * b) / (sum(|a, _| a * a) * sum(|_, b| b * b)).sqrt()
}

/// The correlation of what is true and what is found, and how many are within their prediction intervals.
fn recovered(truth: &[f64], found: &[Effect]) -> (f64, usize) {
    let pairs = truth.iter().zip(found);
    let within = pairs.clone().filter(|(truth, effect)| {
        let interval = interval::normal(effect.value, effect.error, 0.95);
        (interval.low..=interval.high).contains(truth)
    });
    let within = within.count();
    let pairs: Vec<(f64, f64)> = pairs
        .map(|(truth, effect)| (*truth, effect.value))
        .collect();
    (correlation(&pairs), within)
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values).unwrap();
    let squares = values.iter().map(|value| (value - mean) * (value - mean));
    squares.sum::<f64>() / count(values.len())
}

#[test]
fn all_interviewers_can_be_compared() {
    let scores = Scores::made();
    let identified = identify(&scores.factors());
    assert_eq!(identified.components, 1);
    assert_eq!(identified.deficiency, 0);
    let names = scores.levels(INTERVIEWER);
    let [group] = identified.groups[INTERVIEWER].as_slice() else {
        panic!("{:?}", identified.groups[INTERVIEWER]);
    };
    let veterans = names
        .iter()
        .enumerate()
        .filter(|(_, name)| **name != NEWCOMER);
    assert!(veterans.clone().all(|(at, _)| group.contains(&at)));
    assert_eq!(veterans.count(), 7);
}

#[test]
fn severities_are_recovered() {
    let scores = Scores::made();
    let truth: Vec<f64> = INTERVIEWERS.iter().map(|by| -by.severity).collect();
    let names: Vec<&str> = INTERVIEWERS.iter().map(|by| by.name).collect();
    assert_eq!(names, scores.levels(INTERVIEWER));
    let fit = scores.fit();
    let (correlation, within) = recovered(&truth, &fit.effects[INTERVIEWER]);
    assert!(correlation > 0.9, "{correlation}");
    assert!(within >= 6, "{within}");
    // Who is severe and who is mild shows for certain.
    for name in ["dan", "eve"] {
        let at = names.iter().position(|known| *known == name).unwrap();
        let effect = &fit.effects[INTERVIEWER][at];
        let interval = interval::normal(effect.value, effect.error, 0.95);
        assert!(interval.low * interval.high > 0.0, "{name}: {interval:?}");
    }
}

#[test]
fn difficulties_and_levels_are_recovered() {
    let scores = Scores::made();
    let fit = scores.fit();
    let truth: Vec<f64> = questions().into_iter().map(ease).collect();
    let (correlation, within) = recovered(&truth, &fit.effects[QUESTION]);
    assert!(correlation > 0.7, "{correlation}");
    assert!(3 * within >= 2 * truth.len(), "{within}");
    let names = scores.levels(CANDIDATE);
    let truth: Vec<f64> = names.into_iter().map(level).collect();
    let (correlation, within) = recovered(&truth, &fit.effects[CANDIDATE]);
    assert!(correlation > 0.7, "{correlation}");
    assert!(3 * within >= 2 * truth.len(), "{within}");
}

#[test]
fn styles_show() {
    let scores = Scores::made();
    let spread = |name: &str| variance(&scores.of(INTERVIEWER, name)).sqrt();
    let within = |name: &str| {
        let cards = season().iter().flat_map(|held| &held.cards);
        let own = cards.filter(|card| card.interviewer == name && card.is_submitted());
        let variances = own.map(|card| {
            let scores = card.questions.iter();
            let scores = scores.filter_map(|rating| rating.answer?.score());
            variance(&scores.map(f64::from).collect::<Vec<_>>())
        });
        mean(&variances.collect::<Vec<_>>()).unwrap().sqrt()
    };
    let all = INTERVIEWERS.iter().filter(|by| by.style == Style::All);
    let veterans = all.filter(|by| by.name != NEWCOMER);
    let veterans: Vec<&str> = veterans.map(|by| by.name).collect();
    for by in &INTERVIEWERS {
        let of: &dyn Fn(&str) -> f64 = match by.style {
            Style::All => continue,
            Style::Middle => &spread,
            Style::Halo => &within,
        };
        let others = veterans.iter().map(|name| of(name));
        let least = others.fold(f64::INFINITY, f64::min);
        assert!(of(by.name) < 0.7 * least, "{}: {}", by.name, of(by.name));
    }
}

/// What is true of every rating of a question, as the share of ratings for which it is.
fn share(id: &str, is: impl Fn(&Rating, u32) -> bool) -> f64 {
    let mut all = 0;
    let mut hits = 0;
    for held in season() {
        let Some(pinned) = held.screen.questions.iter().find(|pinned| pinned.id == id) else {
            continue;
        };
        for card in held.cards.iter().filter(|card| card.is_submitted()) {
            all += 1;
            hits += usize::from(is(card.rating(id).unwrap(), pinned.minutes));
        }
    }
    count(hits) / count(all)
}

#[test]
fn flaws_show() {
    let scores = Scores::made();
    for (id, flaw, _) in FLAWS {
        let own = scores.of(QUESTION, id);
        match flaw {
            Flaw::TooEasy => {
                let high = own.iter().filter(|score| **score >= 4.0).count();
                assert!(
                    count(high) > 0.8 * count(own.len()),
                    "{high} of {}",
                    own.len()
                );
            }
            Flaw::TooHard => assert!(mean(&own).unwrap() < 2.3),
            Flaw::SaysNothing => {
                let names = scores.names[CANDIDATE].iter().zip(&scores.names[QUESTION]);
                let names = names.filter(|(_, question)| **question == id);
                let levels = names.map(|(candidate, _)| level(candidate));
                let pairs: Vec<(f64, f64)> = levels.zip(own).collect();
                let found = correlation(&pairs).abs();
                assert!(found < 0.35, "{found}");
            }
            Flaw::Slow => {
                let is_slow = |rating: &Rating, minutes: u32| {
                    rating.seconds.is_some_and(|seconds| seconds > 90 * minutes)
                };
                assert!(share(id, is_slow) > 0.8);
            }
            Flaw::LeftOut => {
                let is_asked = |rating: &Rating, _| rating.answer != Some(Answer::NotAsked);
                let asked = share(id, is_asked);
                assert!((0.1..0.5).contains(&asked), "{asked}");
            }
        }
    }
}
