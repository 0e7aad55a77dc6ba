//! Scores of groups of scorecards beside each other: months, roles, rounds. Groups have other candidates and questions, so that
//! a difference says nothing of a cause.

use serde::Serialize;

use crate::report::clustered::too_few;
use crate::report::figure::{Figure, Kind, Undefined};
use crate::report::season::Season;
use crate::report::season::tallies::OfGroup;
use crate::report::share::share;

/// From how many candidates on a group is compared.
pub const LEAST_CANDIDATES: usize = 10;

/// A group in the report.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// Its name; empty: what the scorecards do not say.
    pub group: String,
    /// How many candidates have a score.
    pub candidates: usize,
    /// How many scorecards.
    pub scorecards: usize,
    /// How many ratings.
    pub ratings: usize,
    /// How often each score was given, from 1 to 5.
    pub of_score: [usize; 5],
    /// The mean score.
    pub mean: Figure,
    /// The standard deviation of the scores.
    pub spread: Figure,
    /// The share of planned questions that were asked.
    pub asked: Figure,
    /// Time used over time planned.
    pub pace: Figure,
    /// The mean less that of all other groups together.
    pub difference: Figure,
}

/// The rows of the groups, in the order of their names.
#[must_use]
pub fn groups(season: &Season) -> Vec<GroupRow> {
    season
        .of_groups
        .iter()
        .map(|(name, of)| row(season, name, of))
        .collect()
}

fn row(season: &Season, name: &str, of: &OfGroup) -> GroupRow {
    let ratings = of.scores.values();
    GroupRow {
        group: name.to_owned(),
        candidates: of.scores.clusters(),
        scorecards: of.cards,
        ratings,
        of_score: of.of_score,
        mean: of.scores.score_figure(),
        spread: of.scores.spread_figure(),
        asked: share(&of.asked),
        pace: match of.pace.mean() {
            Some(_) => of.pace.mean_figure(of.pace.values()).clipped(0.0, f64::MAX),
            None => Figure::hidden(too_few(0, 1, Kind::Times), 0),
        },
        difference: difference(season, of),
    }
}

/// Candidates who are in several groups are in both means, which the error knows.
fn difference(season: &Season, of: &OfGroup) -> Figure {
    let beside = of.part.beside(&season.all.scores);
    let n = beside.candidates;
    let least = n.min(beside.others);
    if least < LEAST_CANDIDATES {
        return Figure::hidden(too_few(least, LEAST_CANDIDATES, Kind::Candidates), n);
    }
    match beside.difference() {
        Some((difference, error)) => Figure::new(difference, n)
            .with_error(error)
            .or_no_interval(Undefined::NoVariance),
        None => Figure::hidden(too_few(0, LEAST_CANDIDATES, Kind::Ratings), n),
    }
}
