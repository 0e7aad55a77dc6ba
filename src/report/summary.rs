//! What a report is of, and what its model could tell.

use jiff::civil::Date;
use serde::Serialize;

use crate::report::clustered::too_few;
use crate::report::figure::{Figure, Kind, Why};
use crate::report::model::{Facet, Model, Size, Source};
use crate::report::season::Season;

/// From how many candidates on variances and what follows from them are shown, a candidate's score is adjusted, and an error
/// takes the season's variances.
pub const LEAST_FOR_CANDIDATES: usize = 10;

/// What the variance of candidates by questions is called.
pub const CELLS: &str = "candidates by questions";

/// What a report is of.
#[derive(Clone, Debug, Serialize)]
pub struct Of {
    /// How many candidates.
    pub candidates: usize,
    /// How many interviews.
    pub screens: usize,
    /// How many scorecards.
    pub scorecards: usize,
    /// How many scores.
    pub ratings: usize,
    /// How many scorecards were handed in after others' scores had been shown: they do not count in agreement.
    pub scorecards_revealed: usize,
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
    /// How many candidates are left out because a scorecard of theirs is not handed in.
    pub candidates_with_drafts: usize,
    /// How many candidates are left out because a scorecard or screen of theirs cannot be read.
    pub candidates_unreadable: usize,
}

impl Of {
    /// Of a season, with how many candidates are not in it.
    #[must_use]
    pub fn season(season: &Season, with_drafts: usize, unreadable: usize) -> Self {
        Self {
            candidates: season.candidates,
            screens: season.screens,
            scorecards: season.cards(),
            ratings: season.ratings(),
            scorecards_revealed: season.revealed,
            first: season.days.map(|(first, _)| first),
            last: season.days.map(|(_, last)| last),
            candidates_with_drafts: with_drafts,
            candidates_unreadable: unreadable,
        }
    }
}

/// What the model came to.
#[derive(Clone, Debug, Serialize)]
pub struct ModelSummary {
    /// The mean score.
    pub mean: Figure,
    /// Where the differences between scores come from.
    pub variances: Vec<VarianceRow>,
    /// How dependable a candidate's mean is as this season's are.
    pub dependability: Figure,
    /// Of how many questions, interviewers and ratings that is, as harmonic means.
    pub size: Option<SizeRow>,
    /// How dependable it would be otherwise.
    pub if_changed: Vec<Changed>,
    /// How many parts of the season share no candidate, question or interviewer.
    pub parts: usize,
    /// Whose effects cannot be told from others: groups by facet, the largest first.
    pub confounded: Vec<Confounded>,
}

/// A source of differences.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct VarianceRow {
    /// What it is.
    pub of: &'static str,
    /// Its variance, in squared points.
    pub variance: Figure,
    /// Its share of all.
    pub share: Figure,
}

/// Of how many of each a candidate's mean is.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SizeRow {
    /// Different questions.
    pub questions: Figure,
    /// Different interviewers.
    pub interviewers: Figure,
    /// Ratings.
    pub ratings: Figure,
}

/// How dependable a mean would be.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Changed {
    /// What would be different.
    pub what: &'static str,
    /// How dependable it would be then.
    pub dependability: Figure,
}

/// Groups whose effects cannot be compared with each other.
#[derive(Clone, Debug, Serialize)]
pub struct Confounded {
    /// Of what.
    pub facet: Facet,
    /// The names of each group, in order.
    pub groups: Vec<Vec<String>>,
}

/// What the model of a season came to.
#[must_use]
pub fn summary(season: &Season, model: &Model) -> ModelSummary {
    let n = model.ratings;
    let candidates = season.per_candidate.candidates;
    let typical = Size::typical(&season.per_candidate);
    let few = (!has_enough_candidates(season))
        .then(|| too_few(candidates, LEAST_FOR_CANDIDATES, Kind::Candidates));
    let dependability = match (few, typical) {
        (Some(why), _) => Figure::hidden(why, candidates),
        (None, Some(size)) => model.dependability(size),
        (None, None) => Figure::hidden(crate::report::figure::Undefined::TooFew, 0),
    };
    let plain = |value: f64| Figure::new(value, candidates);
    ModelSummary {
        mean: Figure::new(model.fit.mean, n).with_error(Some(model.fit.mean_error)),
        variances: variances(model, few),
        dependability,
        size: typical.map(|size| SizeRow {
            questions: plain(size.questions),
            interviewers: plain(size.interviewers),
            ratings: plain(size.ratings),
        }),
        if_changed: typical
            .filter(|_| dependability.value.is_some())
            .map(|size| changed(model, size))
            .unwrap_or_default(),
        parts: model.components(),
        confounded: confounded(season, model),
    }
}

fn variances(model: &Model, few: Option<Why>) -> Vec<VarianceRow> {
    let parts = model.components_of_variance();
    let whole: f64 = parts.iter().map(|(_, variance, _)| variance).sum();
    parts
        .into_iter()
        .map(|(source, variance, error)| {
            let (of, n) = match source {
                Source::Facet(facet @ Facet::Candidate) => ("candidates", model.levels(facet)),
                Source::Facet(facet @ Facet::Question) => ("questions", model.levels(facet)),
                Source::Facet(facet @ Facet::Interviewer) => ("interviewers", model.levels(facet)),
                Source::Cells => {
                    let answers = model.answers().unwrap_or(model.ratings);
                    (CELLS, answers)
                }
                Source::Residual => ("what is left", model.ratings),
            };
            let confounded = error.is_some_and(f64::is_nan).then_some(Why::Confounded);
            if let Some(why) = few.or(confounded) {
                let hidden = Figure::hidden(why, n);
                return VarianceRow {
                    of,
                    variance: hidden,
                    share: hidden,
                };
            }
            let mut figure = Figure::new(variance, n);
            // Not normal, and never below 0: no interval follows from the error.
            figure.standard_error = error;
            VarianceRow {
                of,
                variance: figure,
                share: Figure::new(variance / whole, n),
            }
        })
        .collect()
}

fn changed(model: &Model, size: Size) -> Vec<Changed> {
    let per_question = size.ratings / size.questions;
    let another = Size {
        interviewers: size.interviewers + 1.0,
        ratings: size.ratings + size.questions,
        ..size
    };
    let twice = Size {
        questions: 2.0 * size.questions,
        ratings: 2.0 * size.questions * per_question,
        ..size
    };
    [
        ("one more interviewer rates every answer", another),
        ("twice as many questions", twice),
    ]
    .into_iter()
    .map(|(what, size)| Changed {
        what,
        dependability: model.dependability(size),
    })
    .collect()
}

fn confounded(season: &Season, model: &Model) -> Vec<Confounded> {
    let facets = [Facet::Interviewer, Facet::Question, Facet::Candidate];
    let of_facet = |facet: Facet| {
        let groups = model.groups(facet);
        let name = |number: usize| match facet {
            Facet::Candidate => season.names.name(number),
            Facet::Question => season.questions.name(number),
            Facet::Interviewer => season.interviewers.name(number),
        };
        let named = groups.into_iter().map(|group| {
            let mut names: Vec<String> = group.into_iter().map(|at| name(at).to_owned()).collect();
            names.sort();
            names
        });
        let mut groups: Vec<Vec<String>> = named.collect();
        // Those as large as each other by name, whoever was seen first.
        groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        (groups.len() > 1).then_some(Confounded { facet, groups })
    };
    facets.into_iter().filter_map(of_facet).collect()
}

/// Whether a season has candidates enough for figures of candidates.
#[must_use]
pub fn has_enough_candidates(season: &Season) -> bool {
    season.per_candidate.candidates >= LEAST_FOR_CANDIDATES
}
