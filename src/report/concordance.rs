//! How far interviewers agree about the same answers: over all of them, and pair by pair.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::report::agreement::{
    Metric, Unit, alpha, alpha_interval, exact, icc, kappa_interval, pair_table, quadratic_weights,
    weighted_kappa, within_one,
};
use crate::report::clustered::{Clustered, too_few};
use crate::report::figure::{Figure, Kind, LEVEL, Statistic, Undefined};
use crate::report::season::Season;
use crate::report::share::share;

/// From how many doubly rated candidates on agreement is shown.
pub const LEAST_FOR_AGREEMENT: usize = 10;
/// Below how many it is shown with a warning.
pub const FEW_FOR_AGREEMENT: usize = 20;
/// How often candidates are drawn again for an interval.
pub const RESAMPLES: usize = 1000;
/// From how many pairs on only those are reported whose agreement is shown.
const MOST_PAIRS: usize = 2000;
/// The scores of the scale.
const SCALE: [u8; 5] = [1, 2, 3, 4, 5];

/// Agreement over all interviewers.
#[derive(Clone, Debug, Serialize)]
pub struct Agreement {
    /// How many candidates two or more interviewers rated on the same question.
    pub candidates: usize,
    /// How many answers two or more rated.
    pub answers: usize,
    /// Whether it is of so few candidates that it may well be different.
    pub is_of_few: bool,
    /// The share of pairs with the same score, averaged over answers.
    pub exact: Figure,
    /// The share of pairs at most one point apart, averaged over answers.
    pub within_one: Figure,
    /// Krippendorff's ordinal alpha.
    pub alpha: Figure,
    /// ICC(2,1): of a single rating, where all rated everything.
    pub icc_single: Figure,
    /// ICC(2,k): of the mean of all of them.
    pub icc_mean: Figure,
}

/// Agreement of two interviewers.
#[derive(Clone, Debug, Serialize)]
pub struct PairRow {
    /// The two, in the order of their names.
    pub interviewers: [String; 2],
    /// How many candidates both rated on the same question.
    pub candidates: usize,
    /// How many answers both rated.
    pub answers: usize,
    /// Whether it is of so few candidates that it may well be different.
    pub is_of_few: bool,
    /// The share of answers with the same score.
    pub exact: Figure,
    /// The share of answers at most one point apart.
    pub within_one: Figure,
    /// Cohen's kappa with quadratic weights.
    pub kappa: Figure,
    /// ICC(2,1).
    pub icc_single: Figure,
    /// How much higher the second one scores on average.
    pub difference: Figure,
}

/// Agreement over all interviewers of a season.
#[must_use]
pub fn agreement(season: &Season, seed: u64) -> Agreement {
    let units = &in_order(season);
    let candidates = season.doubly_rated();
    let n = units.len();
    let shown = |figure: &dyn Fn() -> Figure| enough(candidates, n, figure);
    let interval = || {
        let metric = Metric::Ordinal;
        alpha_interval(units, metric, LEVEL, RESAMPLES, seed).map(|resampled| resampled.interval)
    };
    let [single, mean] = all_raters(units);
    Agreement {
        candidates,
        answers: n,
        is_of_few: is_of_few(candidates),
        exact: shown(&|| shared(units, 0, exact(units))),
        within_one: shown(&|| shared(units, 1, within_one(units))),
        alpha: shown(&|| Figure::of(alpha(units, Metric::Ordinal), n).within(interval())),
        icc_single: shown(&|| single),
        icc_mean: shown(&|| mean),
    }
}

/// The answers that two or more rated, by the names of their candidates: the same, whoever was read first.
fn in_order(season: &Season) -> Vec<Unit> {
    let mut ranks = vec![0; season.names.len()];
    for (rank, number) in season.names.in_order().into_iter().enumerate() {
        ranks[number] = rank;
    }
    let name = |rater: usize| season.interviewers.name(rater);
    let mut units: Vec<Unit> = season.units.clone();
    for unit in &mut units {
        unit.candidate = ranks[unit.candidate];
        unit.scores.sort_by(|a, b| name(a.0).cmp(name(b.0)));
    }
    let key = |unit: &Unit| {
        let scores = unit.scores.iter();
        let scores: Vec<(&str, u8)> = scores
            .map(|(rater, score)| (name(*rater), *score))
            .collect();
        (unit.candidate, scores)
    };
    units.sort_by(|a, b| key(a).cmp(&key(b)));
    units
}

fn is_of_few(candidates: usize) -> bool {
    (LEAST_FOR_AGREEMENT..FEW_FOR_AGREEMENT).contains(&candidates)
}

fn enough(candidates: usize, n: usize, figure: &dyn Fn() -> Figure) -> Figure {
    if candidates < LEAST_FOR_AGREEMENT {
        let why = too_few(candidates, LEAST_FOR_AGREEMENT, Kind::DoublyRated);
        return Figure::hidden(why, n);
    }
    figure()
}

/// A share over answers, with the interval of whole candidates.
fn shared(units: &[Unit], apart: u8, value: Statistic) -> Figure {
    let mut of_candidates: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for unit in units {
        if let Ok(value) = match apart {
            0 => exact(std::slice::from_ref(unit)),
            _ => within_one(std::slice::from_ref(unit)),
        } {
            of_candidates.entry(unit.candidate).or_default().push(value);
        }
    }
    let mut sums = Clustered::default();
    for values in of_candidates.into_values() {
        sums.add(values);
    }
    match value {
        Ok(_) => share(&sums),
        Err(why) => Figure::hidden(why, units.len()),
    }
}

/// ICC(2,1) and ICC(2,k) where the same interviewers rated every answer.
fn all_raters(units: &[Unit]) -> [Figure; 2] {
    let n = units.len();
    let hidden = |why: Undefined| [Figure::hidden(why, n), Figure::hidden(why, n)];
    let raters: BTreeSet<usize> = units
        .iter()
        .flat_map(|unit| unit.scores.iter().map(|(rater, _)| *rater))
        .collect();
    if units.iter().any(|unit| unit.scores.len() != raters.len()) {
        return hidden(Undefined::Incomplete);
    }
    let table: Vec<Vec<f64>> = units
        .iter()
        .map(|unit| {
            unit.scores
                .iter()
                .map(|(_, score)| f64::from(*score))
                .collect()
        })
        .collect();
    match icc(&table) {
        Ok(icc) => [
            Figure::new(icc.two, n).within(Some(icc.two_interval)),
            Figure::new(icc.two_mean, n).within(Some(icc.two_mean_interval)),
        ],
        Err(why) => hidden(why),
    }
}

/// Every pair of interviewers who rated an answer both, in the order of their names.
#[must_use]
pub fn pairs(season: &Season, seed: u64) -> Vec<PairRow> {
    let mut of_pairs: BTreeMap<[usize; 2], Vec<Unit>> = BTreeMap::new();
    for unit in &in_order(season) {
        for (at, first) in unit.scores.iter().enumerate() {
            for second in &unit.scores[at + 1..] {
                let name = |rater: usize| season.interviewers.name(rater);
                let is_in_order = name(first.0) <= name(second.0);
                let (first, second) = if is_in_order {
                    (first, second)
                } else {
                    (second, first)
                };
                let pair = of_pairs.entry([first.0, second.0]).or_default();
                pair.push(Unit {
                    candidate: unit.candidate,
                    scores: vec![*first, *second],
                });
            }
        }
    }
    // Thousands of pairs are no panel of interviewers: those with too few in common say nothing, and would fill gigabytes.
    let only_shown = of_pairs.len() > MOST_PAIRS;
    let mut rows: Vec<PairRow> = of_pairs
        .into_iter()
        .filter(|(_, units)| {
            let candidates = units.iter().map(|unit| unit.candidate);
            !only_shown || candidates.collect::<BTreeSet<usize>>().len() >= LEAST_FOR_AGREEMENT
        })
        .map(|(raters, units)| pair(season, raters, &units, seed))
        .collect();
    rows.sort_by(|a, b| a.interviewers.cmp(&b.interviewers));
    rows
}

fn pair(season: &Season, raters: [usize; 2], units: &[Unit], seed: u64) -> PairRow {
    let candidates: BTreeSet<usize> = units.iter().map(|unit| unit.candidate).collect();
    let candidates = candidates.len();
    let n = units.len();
    let shown = |figure: &dyn Fn() -> Figure| enough(candidates, n, figure);
    let kappa = || {
        let table = pair_table(units, raters, &SCALE);
        let interval = kappa_interval(units, raters, &SCALE, LEVEL, RESAMPLES, seed);
        Figure::of(weighted_kappa(&table, &quadratic_weights(SCALE.len())), n)
            .within(interval.map(|resampled| resampled.interval))
    };
    PairRow {
        interviewers: raters.map(|rater| season.interviewers.name(rater).to_owned()),
        candidates,
        answers: n,
        is_of_few: is_of_few(candidates),
        exact: shown(&|| shared(units, 0, exact(units))),
        within_one: shown(&|| shared(units, 1, within_one(units))),
        kappa: shown(&kappa),
        icc_single: shown(&|| all_raters(units)[0]),
        difference: shown(&|| difference(units)),
    }
}

/// How much higher the second one scores.
fn difference(units: &[Unit]) -> Figure {
    let mut of_candidates: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for unit in units {
        let [first, second] = [0, 1].map(|at: usize| f64::from(unit.scores[at].1));
        let own = of_candidates.entry(unit.candidate).or_default();
        own.push(second - first);
    }
    let mut sums = Clustered::default();
    for values in of_candidates.into_values() {
        sums.add(values);
    }
    sums.mean_figure(units.len())
}
