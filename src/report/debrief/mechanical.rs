//! The weighted mechanical mean: how category scores combine was settled when the screen was pinned.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Interview, Scores};
use crate::model::screen::Weight;
use crate::report::clustered::{SCALE, too_few};
use crate::report::figure::{Figure, Kind, count, mean as mean_of, nine_decimals};

/// The lowest and the highest score.
const ENDS: [f64; 2] = [1.0, 5.0];
/// From how many differences between questions on their spread is an error.
const LEAST_FREEDOM: usize = 2;

/// The mean of dimension means by their weights. What nobody answered is stated, and counts as nothing.
#[derive(Clone, Debug, Serialize)]
pub struct Mechanical {
    /// The mean over the answered weight.
    pub mean: Figure,
    /// What its standard error knows of.
    pub error_of: Option<ErrorOf>,
    /// How many questions were scored.
    pub questions: usize,
    /// The weight of the dimensions with a score.
    pub weight_answered: u32,
    /// The weight of all dimensions; 0: none are pinned, and every question counts alike.
    pub weight: u32,
    /// Between which values the mean over all of the weight would be, whatever the unanswered dimensions came to.
    pub possible: Option<[f64; 2]>,
    /// The dimensions.
    pub dimensions: Vec<DimensionRow>,
    /// Categories with a score that belong to no dimension, and do not count.
    pub unweighted: Vec<String>,
    /// Whether screens pin different weights, so that there is no mean over all of them.
    pub weights_differ: bool,
}

/// A dimension.
#[derive(Clone, Debug, Serialize)]
pub struct DimensionRow {
    /// Its name.
    pub dimension: String,
    /// Its weight.
    pub weight: u32,
    /// How many questions were scored.
    pub questions: usize,
    /// How many ratings there are.
    pub ratings: usize,
    /// The mean of the questions' means.
    pub mean: Figure,
}

/// What a standard error knows of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorOf {
    /// Other questions, other interviewers, and chance: by the variances of the season's model.
    Season,
    /// Other questions alone, by how this candidate's answers differ; not how severe the interviewers are.
    Questions,
}

/// The variances of a season's model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variances {
    /// Of questions.
    pub question: f64,
    /// Of interviewers.
    pub interviewer: f64,
    /// Of candidates by questions, if known.
    pub cells: f64,
    /// Of what is left.
    pub residual: f64,
}

/// A scored question: who gave what.
struct Scored<'i> {
    id: &'i str,
    category: &'i str,
    given: Vec<(&'i str, f64)>,
}

impl Scored<'_> {
    fn mean(&self) -> f64 {
        self.given.iter().map(|(_, score)| score).sum::<f64>() / count(self.given.len())
    }
}

/// The mean over some interviews.
pub(super) fn mean(
    interviews: &[Interview<'_>],
    scores: Scores,
    variances: Option<&Variances>,
) -> Mechanical {
    let scored = scored(interviews, scores);
    let weights: &[Weight] = interviews
        .first()
        .map_or(&[], |first| &first.screen.weights);
    let differ = interviews
        .iter()
        .any(|interview| !are_alike(&interview.screen.weights, weights));
    if differ {
        return nothing(true);
    }
    if weights.iter().all(|weight| weight.weight == 0) {
        return unweighted(&scored, variances);
    }
    weighted(&scored, weights, variances)
}

/// Whether weights are the same, in whatever order.
fn are_alike(some: &[Weight], others: &[Weight]) -> bool {
    some.len() == others.len() && some.iter().all(|weight| others.contains(weight))
}

fn scored<'i>(interviews: &[Interview<'i>], scores: Scores) -> Vec<Scored<'i>> {
    let mut all = Vec::new();
    for interview in interviews {
        for question in &interview.screen.questions {
            let given = interview.cards.iter().filter_map(|card| {
                let score = scores.of(card, &question.id)?;
                Some((card.interviewer.as_str(), f64::from(score)))
            });
            let given: Vec<(&str, f64)> = given.collect();
            if !given.is_empty() {
                all.push(Scored {
                    id: &question.id,
                    category: &question.category,
                    given,
                });
            }
        }
    }
    all
}

fn nothing(weights_differ: bool) -> Mechanical {
    Mechanical {
        mean: Figure::hidden(too_few(0, 1, Kind::Ratings), 0),
        error_of: None,
        questions: 0,
        weight_answered: 0,
        weight: 0,
        possible: None,
        dimensions: Vec::new(),
        unweighted: Vec::new(),
        weights_differ,
    }
}

fn unweighted(scored: &[Scored<'_>], variances: Option<&Variances>) -> Mechanical {
    let all: Vec<&Scored<'_>> = scored.iter().collect();
    let groups = [(1.0, all)];
    let (mean, error_of) = combined(&groups, variances);
    Mechanical {
        mean,
        error_of,
        questions: scored.len(),
        ..nothing(false)
    }
}

fn weighted(
    scored: &[Scored<'_>],
    weights: &[Weight],
    variances: Option<&Variances>,
) -> Mechanical {
    let is_of = |weight: &Weight, question: &&Scored<'_>| {
        weight
            .categories
            .iter()
            .any(|category| category == question.category)
    };
    let groups: Vec<(f64, Vec<&Scored<'_>>)> = weights
        .iter()
        .map(|weight| {
            let own = scored.iter().filter(|question| is_of(weight, question));
            (f64::from(weight.weight), own.collect())
        })
        .collect();
    let dimensions: Vec<DimensionRow> = weights
        .iter()
        .zip(&groups)
        .map(|(weight, (_, own))| {
            let means: Vec<f64> = own.iter().map(|question| question.mean()).collect();
            let ratings = own.iter().map(|question| question.given.len()).sum();
            DimensionRow {
                dimension: weight.dimension.clone(),
                weight: weight.weight,
                questions: own.len(),
                ratings,
                mean: plain_mean(&means, ratings),
            }
        })
        .collect();
    let whole: u32 = weights.iter().map(|weight| weight.weight).sum();
    let answered = dimensions.iter().filter(|row| row.questions > 0);
    let answered: u32 = answered.map(|row| row.weight).sum();
    let (mean, error_of) = combined(&groups, variances);
    let share = f64::from(answered) / f64::from(whole);
    let possible = mean
        .value
        .filter(|_| answered < whole)
        .map(|mean| ENDS.map(|end| nine_decimals(share * mean + (1.0 - share) * end)));
    let mut unweighted: Vec<String> = scored
        .iter()
        .filter(|question| !weights.iter().any(|weight| is_of(weight, question)))
        .map(|question| question.category.to_owned())
        .collect();
    unweighted.sort();
    unweighted.dedup();
    Mechanical {
        mean,
        error_of,
        questions: scored.len(),
        weight_answered: answered,
        weight: whole,
        possible,
        dimensions,
        unweighted,
        weights_differ: false,
    }
}

/// The weighted mean of group means, with its error.
fn combined(
    groups: &[(f64, Vec<&Scored<'_>>)],
    variances: Option<&Variances>,
) -> (Figure, Option<ErrorOf>) {
    let groups: Vec<&(f64, Vec<&Scored<'_>>)> = groups
        .iter()
        .filter(|(weight, own)| *weight > 0.0 && !own.is_empty())
        .collect();
    let whole: f64 = groups.iter().map(|(weight, _)| weight).sum();
    let ratings = groups.iter().flat_map(|(_, own)| own);
    let ratings: usize = ratings.map(|question| question.given.len()).sum();
    if groups.is_empty() {
        return (Figure::hidden(too_few(0, 1, Kind::Ratings), 0), None);
    }
    let mut value = 0.0;
    // How much each question's mean counts.
    let mut parts: Vec<(f64, &Scored<'_>)> = Vec::new();
    for (weight, own) in &groups {
        for question in own {
            let part = weight / whole / count(own.len());
            value += part * question.mean();
            parts.push((part, question));
        }
    }
    let figure = Figure::new(value, ratings);
    if let Some(variances) = variances {
        let error = season_error(&parts, variances).sqrt();
        let figure = on_scale(figure.with_error(Some(error)));
        return (figure, Some(ErrorOf::Season));
    }
    let Some((error, freedom)) = questions_error(&groups, whole) else {
        return (figure, None);
    };
    let figure = on_scale(figure.with_student(Some(error), freedom));
    (figure, Some(ErrorOf::Questions))
}

/// The variance of a weighted mean over other questions and interviewers: each effect counts as often as it is in the mean
/// (the absolute error of generalizability theory; Brennan 2001, chapter 4).
fn season_error(parts: &[(f64, &Scored<'_>)], variances: &Variances) -> f64 {
    let mut of_question: BTreeMap<&str, f64> = BTreeMap::new();
    let mut of_interviewer: BTreeMap<&str, f64> = BTreeMap::new();
    let mut squares = 0.0;
    for (part, question) in parts {
        *of_question.entry(question.id).or_default() += part;
        let each = part / count(question.given.len());
        for (interviewer, _) in &question.given {
            *of_interviewer.entry(interviewer).or_default() += each;
            squares += each * each;
        }
    }
    let sum = |parts: BTreeMap<&str, f64>| parts.values().map(|part| part * part).sum::<f64>();
    (variances.question + variances.cells) * sum(of_question)
        + variances.interviewer * sum(of_interviewer)
        + variances.residual * squares
}

/// The error by how questions differ within dimensions, pooled, and its degrees of freedom.
fn questions_error(groups: &[&(f64, Vec<&Scored<'_>>)], whole: f64) -> Option<(f64, usize)> {
    let (mut squares, mut freedom) = (0.0, 0);
    for (_, own) in groups {
        let means: Vec<f64> = own.iter().map(|question| question.mean()).collect();
        let middle = mean_of(&means)?;
        squares += means
            .iter()
            .map(|mean| (mean - middle).powi(2))
            .sum::<f64>();
        freedom += own.len() - 1;
    }
    if freedom < LEAST_FREEDOM {
        return None;
    }
    // Rounding aside: answers that are all alike do not say how far others would differ.
    if squares < 1e-12 {
        return None;
    }
    let pooled = squares / count(freedom);
    let variance: f64 = groups
        .iter()
        .map(|(weight, own)| (weight / whole).powi(2) * pooled / count(own.len()))
        .sum();
    Some((variance.sqrt(), freedom))
}

/// The plain mean of questions' means, with the error of their spread.
pub(super) fn plain_mean(means: &[f64], ratings: usize) -> Figure {
    let Some(value) = mean_of(means) else {
        return Figure::hidden(too_few(0, 1, Kind::Ratings), 0);
    };
    let freedom = means.len() - 1;
    let figure = Figure::new(value, ratings);
    if freedom < LEAST_FREEDOM {
        return figure;
    }
    let squares: f64 = means.iter().map(|mean| (mean - value).powi(2)).sum();
    let error = (squares / count(freedom) / count(means.len())).sqrt();
    on_scale(figure.with_student(Some(error), freedom))
}

fn on_scale(figure: Figure) -> Figure {
    figure.clipped(SCALE[0], SCALE[1])
}
