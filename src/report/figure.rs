//! A figure with how much stands behind it, or why there is none.

use serde::{Serialize, Serializer};

use crate::report::interval::{normal, student};

/// Why a statistic has no value. None of these is 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undefined {
    /// Nothing was rated twice, or answered by anybody who answered something else.
    NoPairs,
    /// All values are the same, so that nothing could agree or differ by chance.
    NoVariance,
    /// No difference was found that chance alone does not explain.
    NoneFound,
    /// Values are missing where all are needed.
    Incomplete,
    /// Nothing is left to chance: repeated ratings never differ, so that no ratio to that is finite.
    NoResidual,
    /// The effects cannot be told apart: the design has several parts, or not the full rank.
    NotIdentified,
    /// The search for the likeliest variances did not end.
    NotFound,
    /// Rows or columns are too few for the formula.
    TooFew,
}

/// A statistic, or why it has no value.
pub type Statistic<T = f64> = Result<T, Undefined>;

/// An interval with its level of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    #[serde(serialize_with = "rounded_end")]
    pub low: f64,
    /// The upper end.
    #[serde(serialize_with = "rounded_end")]
    pub high: f64,
    /// How much of what is possible it covers, 0 to 1.
    pub level: f64,
}

/// What must be there in sufficient number before a figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Scores that were given.
    Ratings,
    /// Candidates.
    Candidates,
    /// Candidates whom both, or at least two, interviewers rated on the same question.
    DoublyRated,
    /// Questions with a time.
    Times,
    /// People who were asked the same questions.
    People,
    /// Questions.
    Questions,
    /// People of a group who applied.
    Applicants,
    /// People of a group who would be selected at the common rate.
    Selected,
}

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "reason")]
pub enum Why {
    /// There is too little for it to mean something.
    TooFew {
        /// How many there are.
        has: usize,
        /// How many are needed.
        needs: usize,
        /// Of what.
        of: Kind,
    },
    /// It has no value, however much there is.
    Undefined {
        /// Why.
        of: Undefined,
    },
    /// It could not be told from something else: the design confounds the two.
    Confounded,
    /// It was not calculated, since only what one pass can tell was asked for.
    NotAsked,
}

impl From<Undefined> for Why {
    fn from(of: Undefined) -> Self {
        Self::Undefined { of }
    }
}

/// A figure as it is reported: with how much it is of and how uncertain it is, or why it is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The value, if there is one.
    #[serde(serialize_with = "rounded")]
    pub value: Option<f64>,
    /// How many ratings, candidates or times it is of.
    pub n: usize,
    /// Its standard error.
    #[serde(serialize_with = "rounded", skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
    /// Where it could be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Why there is a value and no interval, where there is one otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_interval: Option<Why>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Figure {
    /// A value.
    #[must_use]
    pub fn new(value: f64, n: usize) -> Self {
        Self {
            value: Some(value),
            n,
            standard_error: None,
            interval: None,
            no_interval: None,
            why: None,
        }
    }

    /// No value.
    #[must_use]
    pub fn hidden(why: impl Into<Why>, n: usize) -> Self {
        Self {
            value: None,
            n,
            standard_error: None,
            interval: None,
            no_interval: None,
            why: Some(why.into()),
        }
    }

    /// A value, or why there is none.
    #[must_use]
    pub fn of(value: Statistic, n: usize) -> Self {
        match value {
            Ok(value) => Self::new(value, n),
            Err(why) => Self::hidden(why, n),
        }
    }

    /// The same with an interval, if it has a value. An interval of no width would say that the value is certain, when it
    /// only happens that nothing varied: it is left out.
    #[must_use]
    pub fn within(mut self, interval: Option<Interval>) -> Self {
        let has_width =
            |ends: &Interval| ends.low.is_finite() && ends.high.is_finite() && ends.low < ends.high;
        self.interval = interval.filter(|ends| self.value.is_some() && has_width(ends));
        self
    }

    /// The same with a standard error and the interval of so many degrees of freedom, if it has a value. As with
    /// [`Figure::within`], an error of 0 is left out.
    #[must_use]
    pub fn with_student(mut self, error: Option<f64>, freedom: usize) -> Self {
        self.standard_error = self.true_error(error);
        let value = self.value.zip(self.standard_error);
        let interval = value.and_then(|(value, error)| student(value, error, freedom, LEVEL));
        self.within(interval)
    }

    /// The same with a standard error and the normal interval that follows from it, if it has a value. As with
    /// [`Figure::within`], an error of 0 is left out.
    #[must_use]
    pub fn with_error(mut self, error: Option<f64>) -> Self {
        self.standard_error = self.true_error(error);
        let value = self.value.zip(self.standard_error);
        let interval = value.map(|(value, error)| normal(value, error, LEVEL));
        self.within(interval)
    }

    /// The same without its interval, if there are too few for one: it would be wider than the scale, or of chance alone.
    #[must_use]
    pub fn from_enough(mut self, has: usize, needs: usize, of: Kind) -> Self {
        if has < needs && self.value.is_some() {
            self.interval = None;
            self.no_interval = Some(Why::TooFew { has, needs, of });
        }
        self
    }

    /// The same with the reason why it has no interval, if it has none and nothing else is the reason.
    #[must_use]
    pub fn or_no_interval(mut self, why: Undefined) -> Self {
        if self.value.is_some() && self.interval.is_none() {
            self.no_interval.get_or_insert(why.into());
        }
        self
    }

    /// The same with its interval inside the ends of a scale that it cannot leave.
    #[must_use]
    pub fn clipped(mut self, least: f64, most: f64) -> Self {
        if let Some(ends) = &mut self.interval {
            ends.low = ends.low.max(least);
            ends.high = ends.high.min(most);
        }
        self
    }

    fn true_error(&self, error: Option<f64>) -> Option<f64> {
        error.filter(|error| self.value.is_some() && error.is_finite() && *error > 0.0)
    }
}

/// The confidence of every interval that is reported.
pub const LEVEL: f64 = 0.95;

/// Nine decimals: what all platforms agree on.
#[allow(clippy::ref_option, reason = "the shape that serde asks for")]
fn rounded<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value.filter(|value| value.is_finite()) {
        Some(value) => serializer.serialize_f64(nine_decimals(value)),
        None => serializer.serialize_none(),
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde asks for"
)]
fn rounded_end<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(nine_decimals(*value))
}

/// A number as it is written: what all platforms agree on.
#[must_use]
pub fn nine_decimals(value: f64) -> f64 {
    const SCALE: f64 = 1e9;
    // Never −0, which would be written as such.
    (value * SCALE).round() / SCALE + 0.0
}

/// The mean of some values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

/// A count as a number to calculate with.
#[must_use]
pub fn count(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "nobody has 2⁵³ ratings")]
    {
        count as f64
    }
}
