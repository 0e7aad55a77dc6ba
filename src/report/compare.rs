//! Scores of groups of scorecards beside each other: months, roles, rounds. Groups have other candidates and questions, so that
//! a difference says nothing of a cause.

use serde::Serialize;

use crate::report::clustered::{Clustered, too_few};
use crate::report::figure::{Figure, Kind};
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
        mean: of.scores.mean_figure(ratings),
        spread: of.scores.spread_figure(),
        asked: share(&of.asked),
        pace: match of.pace.mean() {
            Some(_) => of.pace.mean_figure(of.pace.values()),
            None => Figure::hidden(too_few(0, 1, Kind::Times), 0),
        },
        difference: difference(season, name, of),
    }
}

/// Errors add up as if the groups had no candidate in common, which makes the interval too wide where they do.
fn difference(season: &Season, name: &str, of: &OfGroup) -> Figure {
    let mut others = Clustered::default();
    for (other, of) in &season.of_groups {
        if other != name {
            others.merge(&of.scores);
        }
    }
    let n = of.scores.clusters();
    let least = n.min(others.clusters());
    if least < LEAST_CANDIDATES {
        return Figure::hidden(too_few(least, LEAST_CANDIDATES, Kind::Candidates), n);
    }
    let means = of.scores.mean().zip(others.mean());
    let errors = of.scores.mean_error().zip(others.mean_error());
    let (Some((own, rest)), Some((own_error, rest_error))) = (means, errors) else {
        return Figure::hidden(too_few(0, LEAST_CANDIDATES, Kind::Ratings), n);
    };
    let error = own_error.hypot(rest_error);
    Figure::new(own - rest, n).with_error(Some(error))
}
