//! What a season says of the interviewers: how they use the scale, not how good they are.

use serde::Serialize;

use crate::report::clustered::{Clustered, LEAST_FOR_SPREAD, too_few};
use crate::report::figure::{Figure, Kind, LEVEL, Undefined, Why};
use crate::report::interval::of_logarithm;
use crate::report::model::{Facet, Model, below_others, unshrunken};
use crate::report::season::tallies::OfInterviewer;
use crate::report::season::{Keep, Season};
use crate::report::share::share;

/// From how many ratings on severity is shown.
pub const LEAST_RATINGS: usize = 30;
/// From how many candidates on severity is shown.
pub const LEAST_CANDIDATES: usize = 5;

/// An interviewer in the report.
#[derive(Clone, Debug, Serialize)]
pub struct InterviewerRow {
    /// The pseudonym.
    pub id: String,
    /// How many scorecards there are.
    pub scorecards: usize,
    /// Of how many candidates.
    pub candidates: usize,
    /// How many ratings.
    pub ratings: usize,
    /// How often each score was given, from 1 to 5.
    pub of_score: [usize; 5],
    /// The mean score.
    pub mean: Figure,
    /// Points below what others give the same answers, shrunken: positive is more severe.
    pub severity: Figure,
    /// The same by least squares, not shrunken: for who compares with other programs.
    pub severity_unshrunken: Figure,
    /// The standard deviation of the scores over that of all others: below 1 the middle of the scale is preferred.
    pub spread_ratio: Figure,
    /// The standard deviation within a candidate's scores, variances pooled: small if one answer colours the others.
    pub within_candidate: Figure,
    /// The share of 3s.
    pub threes: Figure,
    /// The share of planned questions that were asked.
    pub asked: Figure,
    /// The share of asked questions that were taken as deep as planned.
    pub as_deep: Figure,
    /// Time used over time planned.
    pub pace: Figure,
    /// Whether the whole interval of the severity is on one side of 0.
    pub is_apart: bool,
}

/// The rows of the interviewers, in the order of their names.
#[must_use]
pub fn interviewers(season: &Season, model: Result<&Model, Why>) -> Vec<InterviewerRow> {
    let unshrunken = match season.keep {
        Keep::Scores => unshrunken(season, Facet::Interviewer).map_err(Why::from),
        Keep::Counts => Err(Why::NotAsked),
    };
    let order = season.interviewers.in_order();
    let rows = order.into_iter().map(|number| {
        let mut row = row(season, model, number);
        row.severity_unshrunken = match (&unshrunken, row.severity.why) {
            (_, Some(why @ Why::TooFew { .. })) => Figure::hidden(why, row.ratings),
            (Err(why), _) => Figure::hidden(*why, row.ratings),
            (Ok(figures), _) => {
                let own = figures.iter().find(|(other, _)| *other == number);
                own.map_or(row.severity_unshrunken, |(_, figure)| *figure)
            }
        };
        row
    });
    rows.collect()
}

fn row(season: &Season, model: Result<&Model, Why>, number: usize) -> InterviewerRow {
    let of = &season.of_interviewers[number];
    let severity = severity(of, model, number);
    let ratings = of.scores.values();
    InterviewerRow {
        id: season.interviewers.name(number).to_owned(),
        scorecards: of.cards,
        candidates: of.scores.clusters(),
        ratings,
        of_score: of.of_score,
        mean: of.scores.score_figure(),
        severity,
        severity_unshrunken: Figure::hidden(Undefined::NoPairs, ratings),
        spread_ratio: spread_ratio(season, number),
        within_candidate: within_candidate(&of.within),
        threes: share(&of.threes),
        asked: share(&of.asked),
        as_deep: share(&of.as_deep),
        pace: pace(of),
        is_apart: severity
            .interval
            .is_some_and(|ends| ends.low > 0.0 || ends.high < 0.0),
    }
}

fn severity(of: &OfInterviewer, model: Result<&Model, Why>, number: usize) -> Figure {
    let (n, candidates) = (of.scores.values(), of.scores.clusters());
    if n < LEAST_RATINGS {
        return Figure::hidden(too_few(n, LEAST_RATINGS, Kind::Ratings), n);
    }
    if candidates < LEAST_CANDIDATES {
        return Figure::hidden(too_few(candidates, LEAST_CANDIDATES, Kind::Candidates), n);
    }
    match model {
        Ok(model) => below_others(model, Facet::Interviewer, number, n),
        Err(why) => Figure::hidden(why, n),
    }
}

fn spread_ratio(season: &Season, number: usize) -> Figure {
    let of = &season.of_interviewers[number];
    let n = of.scores.values();
    if n < LEAST_RATINGS {
        return Figure::hidden(too_few(n, LEAST_RATINGS, Kind::Ratings), n);
    }
    let beside = of.part.beside(&season.all.scores);
    let Some((ratio, error)) = beside.spread_ratio() else {
        return Figure::hidden(Undefined::NoVariance, n);
    };
    let ends = error.map(|error| of_logarithm(ratio, error, LEVEL));
    let least = beside.candidates.min(beside.others);
    Figure::new(ratio, n)
        .within(ends)
        .from_enough(least, LEAST_FOR_SPREAD, Kind::Candidates)
        .or_no_interval(Undefined::NoVariance)
}

/// The root of the pooled variance within candidates, with the interval of its logarithm.
#[must_use]
pub fn within_candidate(within: &Clustered) -> Figure {
    let n = within.clusters();
    if n < LEAST_CANDIDATES {
        return Figure::hidden(too_few(n, LEAST_CANDIDATES, Kind::Candidates), n);
    }
    let variance = within.mean().unwrap_or(0.0);
    let spread = variance.max(0.0).sqrt();
    let ends = within
        .mean_error()
        .filter(|_| variance > 1e-12)
        .map(|error| of_logarithm(spread, error / (2.0 * variance), LEVEL));
    Figure::new(spread, n)
        .within(ends)
        .from_enough(n, LEAST_FOR_SPREAD, Kind::Candidates)
        .or_no_interval(Undefined::NoVariance)
}

fn pace(of: &OfInterviewer) -> Figure {
    match of.pace.mean() {
        Some(_) => of.pace.mean_figure(of.times).clipped(0.0, f64::MAX),
        None => Figure::hidden(too_few(0, 1, Kind::Times), 0),
    }
}
