//! The mixed model of a season, and what may be read off it.

use crate::report::figure::{Figure, Statistic, Undefined, Why, count};
use crate::report::identify::{Identified, identify};
use crate::report::least_squares::additive;
use crate::report::mixed::{Design, Effect, Factor, Fit, fit};
use crate::report::season::{PerCandidate, Score, Season};

/// What a score depends on beside chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Who answered.
    Candidate,
    /// What was asked.
    Question,
    /// Who rated.
    Interviewer,
}

impl Facet {
    /// All of them, in the order of the design.
    pub const ALL: [Self; 3] = [Self::Candidate, Self::Question, Self::Interviewer];

    fn of(self, score: &Score) -> u32 {
        match self {
            Self::Candidate => score.candidate,
            Self::Question => score.question,
            Self::Interviewer => score.interviewer,
        }
    }
}

/// A facet in the design: its numbers in the season as levels.
#[derive(Clone, Debug)]
struct Levels {
    facet: Facet,
    /// The level of each number; `None`: nothing was rated.
    level: Vec<Option<usize>>,
    /// The number of each level.
    number: Vec<usize>,
    factor: Factor,
}

/// A fitted model of a season.
#[derive(Clone, Debug)]
pub struct Model {
    /// The fit.
    pub fit: Fit,
    facets: Vec<Levels>,
    /// How many answers there are, where they were rated twice and vary.
    cells: Option<usize>,
    identified: Identified,
    /// Whether each level of each facet is in the largest group.
    comparable: Vec<Vec<bool>>,
    /// How many scores it is of.
    pub ratings: usize,
}

/// Points below the others as fixed effects, by least squares, of each number of a facet; an error where they cannot be told
/// apart.
///
/// # Errors
/// As [`additive`], and when the facet has one level alone.
pub fn unshrunken(season: &Season, facet: Facet) -> Statistic<Vec<(usize, Figure)>> {
    let facets: Vec<Levels> = Facet::ALL
        .into_iter()
        .map(|facet| levels(&season.scores, facet))
        .filter(|levels| levels.factor.levels > 1)
        .collect();
    let at = facets.iter().position(|levels| levels.facet == facet);
    let at = at.ok_or(Undefined::TooFew)?;
    let factors: Vec<Factor> = facets.iter().map(|levels| levels.factor.clone()).collect();
    let scores = season.scores.iter().map(|score| f64::from(score.score));
    let fitted = additive(&scores.collect::<Vec<f64>>(), &factors)?;
    let numbers = facets[at].number.iter().enumerate();
    let figure = |(level, number): (usize, &usize)| {
        let n = factors[at].of.iter().filter(|of| **of == level).count();
        let value = -fitted.effects[at][level];
        let error = fitted.errors[at].as_ref().map(|errors| errors[level]);
        (
            *number,
            Figure::new(value, n).with_student(error, fitted.freedom),
        )
    };
    Ok(numbers.map(figure).collect())
}

/// Fits the model to the scores of a season. A facet with one level alone is left out.
///
/// # Errors
/// When there are too few scores, they do not vary, or the search does not end.
pub fn model(season: &Season) -> Statistic<Model> {
    let facets: Vec<Levels> = Facet::ALL
        .into_iter()
        .map(|facet| levels(&season.scores, facet))
        .filter(|levels| levels.factor.levels > 1)
        .collect();
    let factors: Vec<Factor> = facets.iter().map(|levels| levels.factor.clone()).collect();
    let are_cells = facets.first().map(|levels| levels.facet) == Some(Facet::Candidate)
        && facets.get(1).map(|levels| levels.facet) == Some(Facet::Question);
    let scores = season.scores.iter().map(|score| f64::from(score.score));
    let scores: Vec<f64> = scores.collect();
    let fitted = |has_cells: bool| {
        let design = Design::new(scores.clone(), factors.clone(), has_cells)?;
        fit(&design).map(|fit| (fit, design.cells()))
    };
    // Where repeated ratings never differ, nothing but the cells would be left.
    let (fit, cells) = match fitted(are_cells) {
        Err(Undefined::NoResidual) if are_cells => fitted(false)?,
        other => other?,
    };
    let identified = identify(&factors);
    let comparable = facets.iter().zip(&identified.groups);
    let comparable = comparable.map(|(levels, groups)| in_largest(levels.factor.levels, groups));
    Ok(Model {
        comparable: comparable.collect(),
        fit,
        facets,
        cells,
        identified,
        ratings: scores.len(),
    })
}

fn in_largest(levels: usize, groups: &[Vec<usize>]) -> Vec<bool> {
    let mut is_in = vec![false; levels];
    // Of groups as large as each other, the one that was seen first.
    let largest = groups.iter().rev().max_by_key(|group| group.len());
    for level in largest.into_iter().flatten().filter(|_| levels > 1) {
        is_in[*level] = largest.is_some_and(|group| group.len() > 1);
    }
    is_in
}

fn levels(scores: &[Score], facet: Facet) -> Levels {
    let mut level: Vec<Option<usize>> = Vec::new();
    let mut number = Vec::new();
    let of = scores.iter().map(|score| {
        let at = facet.of(score) as usize;
        if at >= level.len() {
            level.resize(at + 1, None);
        }
        *level[at].get_or_insert_with(|| {
            number.push(at);
            number.len() - 1
        })
    });
    let of: Vec<usize> = of.collect();
    Levels {
        facet,
        factor: Factor {
            levels: number.len(),
            of,
        },
        level,
        number,
    }
}

impl Model {
    fn at(&self, facet: Facet) -> Option<usize> {
        self.facets.iter().position(|levels| levels.facet == facet)
    }

    fn level(&self, facet: Facet, number: usize) -> Option<(usize, usize)> {
        let at = self.at(facet)?;
        let level = self.facets[at].level.get(number).copied().flatten()?;
        Some((at, level))
    }

    /// The effect of a candidate, question or interviewer; `None`: not rated, or the only one.
    #[must_use]
    pub fn effect(&self, facet: Facet, number: usize) -> Option<Effect> {
        let (at, level) = self.level(facet, number)?;
        self.fit.effects[at].get(level).copied()
    }

    /// The variance of a facet; 0 where it is left out.
    #[must_use]
    pub fn variance(&self, facet: Facet) -> f64 {
        self.at(facet).map_or(0.0, |at| self.fit.variances[at])
    }

    /// The variance of candidates by questions, where answers were rated twice.
    #[must_use]
    pub fn cells(&self) -> Option<f64> {
        self.cells.map(|_| self.fit.variances[self.facets.len()])
    }

    /// How many answers were rated, where they vary beyond their candidate and question.
    #[must_use]
    pub fn answers(&self) -> Option<usize> {
        self.cells
    }

    /// How many levels of a facet were rated.
    #[must_use]
    pub fn levels(&self, facet: Facet) -> usize {
        self.at(facet).map_or(1, |at| self.facets[at].factor.levels)
    }

    /// How many parts share no candidate, question or interviewer. Where there is one question alone, say, all share it.
    #[must_use]
    pub fn components(&self) -> usize {
        if self.facets.len() < Facet::ALL.len() {
            1
        } else {
            self.identified.components
        }
    }

    /// Whether every variance can be told from the others.
    #[must_use]
    pub fn tells_variances(&self) -> bool {
        let covariances = self.fit.covariances.iter().flatten();
        covariances
            .into_iter()
            .all(|covariance| !covariance.is_nan())
    }

    /// The numbers of a facet in groups that can be compared, the largest group first; one group where all can.
    #[must_use]
    pub fn groups(&self, facet: Facet) -> Vec<Vec<usize>> {
        let Some(at) = self.at(facet) else {
            return Vec::new();
        };
        let numbers = |group: &Vec<usize>| -> Vec<usize> {
            let numbers = group.iter().map(|level| self.facets[at].number[*level]);
            numbers.collect()
        };
        let mut groups: Vec<Vec<usize>> = self.identified.groups[at].iter().map(numbers).collect();
        // Of groups as large as each other, the one of whom was seen first.
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        groups
    }

    /// Whether one can be compared with others of its facet: it is in the largest group, which has more than one.
    #[must_use]
    pub fn is_comparable(&self, facet: Facet, number: usize) -> bool {
        self.level(facet, number)
            .is_some_and(|(at, level)| self.comparable[at][level])
    }

    /// How much of the differences between candidates' means is their own, if each is of so many questions, interviewers and
    /// ratings: the index of dependability Φ of absolute decisions, with its interval on the scale of log odds.
    ///
    /// R. L. Brennan, *Generalizability Theory* (2001), chapter 4.
    #[must_use]
    pub fn dependability(&self, size: Size) -> Figure {
        let n = self.levels(Facet::Candidate);
        let own = self.variance(Facet::Candidate);
        let weights = self.error_weights(size);
        let error: f64 = weights
            .iter()
            .zip(self.fit.variances.iter().chain([&self.fit.residual]))
            .map(|(weight, variance)| weight * variance)
            .sum();
        // Not 0: what is estimated as no difference is what could not be told from chance.
        if own <= 0.0 {
            return Figure::hidden(Undefined::NoneFound, n);
        }
        let phi = own / (own + error);
        let Some(at) = self.at(Facet::Candidate).filter(|_| error > 0.0) else {
            return Figure::new(phi, n);
        };
        let slopes: Vec<f64> = (0..weights.len())
            .map(|other| f64::from(u8::from(other == at)) / own - weights[other] / error)
            .collect();
        let covariances = &self.fit.covariances;
        let mut variance = 0.0;
        for (a, row) in slopes.iter().zip(covariances) {
            for (b, covariance) in slopes.iter().zip(row) {
                if *a != 0.0 && *b != 0.0 {
                    variance += a * b * covariance;
                }
            }
        }
        if variance.is_nan() {
            return Figure::hidden(Why::Confounded, n);
        }
        let ends = crate::report::interval::of_log_odds(phi, variance.max(0.0).sqrt());
        Figure::new(phi, n).within(Some(ends))
    }

    /// How much of each variance is error of a candidate's mean: of the facets in order, the cells, and the residual.
    fn error_weights(&self, size: Size) -> Vec<f64> {
        let of_facet = |levels: &Levels| match levels.facet {
            Facet::Candidate => 0.0,
            Facet::Question => 1.0 / size.questions,
            Facet::Interviewer => 1.0 / size.interviewers,
        };
        let cells = self.cells.map(|_| 1.0 / size.questions);
        self.facets
            .iter()
            .map(of_facet)
            .chain(cells)
            .chain([1.0 / size.ratings])
            .collect()
    }

    /// The variances in order (facets, cells, residual), each with its large-sample standard error; an error that is no number:
    /// the variance cannot be told from another.
    #[must_use]
    pub fn components_of_variance(&self) -> Vec<(Source, f64, Option<f64>)> {
        let sources = self.facets.iter().map(|levels| Source::Facet(levels.facet));
        let cells = self.cells.map(|_| Source::Cells);
        let sources = sources.chain(cells).chain([Source::Residual]);
        let variances = self.fit.variances.iter().chain([&self.fit.residual]);
        sources
            .zip(variances)
            .enumerate()
            .map(|(at, (source, variance))| {
                let error = self.fit.covariances[at][at];
                let error = (error > 0.0 || error.is_nan()).then(|| error.sqrt());
                (source, *variance, error)
            })
            .collect()
    }
}

/// What a variance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A facet.
    Facet(Facet),
    /// Candidates by questions.
    Cells,
    /// What is left.
    Residual,
}

/// Of how many questions, interviewers and ratings a candidate's mean is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Different questions.
    pub questions: f64,
    /// Different interviewers.
    pub interviewers: f64,
    /// Ratings.
    pub ratings: f64,
}

impl Size {
    /// The harmonic means of a season: error variances fall with one over the number.
    #[must_use]
    pub fn typical(of: &PerCandidate) -> Option<Self> {
        let harmonic = |sum: f64| count(of.candidates) / sum;
        (of.candidates > 0).then(|| Self {
            questions: harmonic(of.of_questions),
            interviewers: harmonic(of.of_interviewers),
            ratings: harmonic(of.of_ratings),
        })
    }
}

/// The effect of one level in points below the others (severity, difficulty), with the standard error of its prediction.
#[must_use]
pub fn below_others(model: &Model, facet: Facet, number: usize, n: usize) -> Figure {
    if !model.is_comparable(facet, number) {
        return Figure::hidden(Why::Confounded, n);
    }
    match model.effect(facet, number) {
        Some(effect) => Figure::new(-effect.value, n)
            .with_error(Some(effect.error))
            .or_no_interval(Undefined::NoneFound),
        None => Figure::hidden(Undefined::NoVariance, n),
    }
}

/// The effect of one level in points above the others, with the standard error of its prediction.
#[must_use]
pub fn above_mean(model: &Model, facet: Facet, number: usize) -> Figure {
    let n = model.ratings;
    if !model.is_comparable(facet, number) {
        return Figure::hidden(Why::Confounded, n);
    }
    match model.effect(facet, number) {
        Some(effect) => Figure::new(effect.value, n)
            .with_error(Some(effect.error))
            .or_no_interval(Undefined::NoneFound),
        None => Figure::hidden(Undefined::NoVariance, n),
    }
}
