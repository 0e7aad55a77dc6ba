//! What one pass over the ratings counts of each question, interviewer and group.

use std::collections::BTreeSet;

use super::times::Times;
use crate::report::beside::Part;
use crate::report::clustered::Clustered;

/// The most versions of a question that are told apart.
const MOST_VERSIONS: usize = 100;

/// What is counted of a question.
#[derive(Clone, Debug, Default)]
pub struct OfQuestion {
    /// In how many screens of candidates it was.
    pub uses: usize,
    /// In how many of them somebody asked it.
    pub asked: usize,
    /// In how many of them it was said not to be asked, by all who said anything.
    pub not_asked: usize,
    /// How many candidates had it in a screen.
    pub candidates: usize,
    /// Its scores.
    pub scores: Clustered,
    /// How often each score was given, from 1 to 5.
    pub of_score: [usize; 5],
    /// Whether a score is the lowest one, for the share.
    pub lowest: Clustered,
    /// Whether a score is the highest one.
    pub highest: Clustered,
    /// How long it took.
    pub times: Times,
    /// Its mean for a candidate beside the mean of the candidate's other answered questions.
    pub with_rest: Pairs,
    /// Hashes of its file when it was asked.
    pub versions: BTreeSet<Box<str>>,
    /// Its category, as it was last pinned.
    pub category: Box<str>,
}

impl OfQuestion {
    pub(super) fn add_version(&mut self, hash: &str) {
        if !hash.is_empty() && self.versions.len() < MOST_VERSIONS && !self.versions.contains(hash)
        {
            self.versions.insert(hash.into());
        }
    }
}

/// What is counted of an interviewer.
#[derive(Clone, Debug, Default)]
pub struct OfInterviewer {
    /// Scorecards.
    pub cards: usize,
    /// The scores.
    pub scores: Clustered,
    /// The scores beside those of all others.
    pub part: Part,
    /// How often each score was given, from 1 to 5.
    pub of_score: [usize; 5],
    /// Whether a score is a 3.
    pub threes: Clustered,
    /// The squares of each candidate's scores about their mean over their degrees of freedom, where there are two or more.
    pub within: Clustered,
    /// Whether a planned question was asked.
    pub asked: Clustered,
    /// Whether an asked question was taken as deep as planned.
    pub as_deep: Clustered,
    /// Seconds used over seconds planned.
    pub pace: Clustered,
    /// How many questions have a time.
    pub times: usize,
}

/// What is counted of a group of scorecards.
#[derive(Clone, Debug, Default)]
pub struct OfGroup {
    /// Scorecards.
    pub cards: usize,
    /// The scores.
    pub scores: Clustered,
    /// The scores beside those of all others.
    pub part: Part,
    /// How often each score was given, from 1 to 5.
    pub of_score: [usize; 5],
    /// Whether a planned question was asked.
    pub asked: Clustered,
    /// Seconds used over seconds planned.
    pub pace: Clustered,
}

/// Sums of pairs of values, for their correlation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pairs {
    n: usize,
    means: [f64; 2],
    squares: [f64; 2],
    products: f64,
}

impl Pairs {
    /// Adds a pair, keeping sums about the means (B. P. Welford, Technometrics 4, 1962), which lose nothing by rounding.
    pub fn add(&mut self, first: f64, second: f64) {
        self.n += 1;
        let n = crate::report::figure::count(self.n);
        let before = [first - self.means[0], second - self.means[1]];
        self.means[0] += before[0] / n;
        self.means[1] += before[1] / n;
        let after = [first - self.means[0], second - self.means[1]];
        self.squares[0] += before[0] * after[0];
        self.squares[1] += before[1] * after[1];
        self.products += before[0] * after[1];
    }

    /// How many there are.
    #[must_use]
    pub fn n(&self) -> usize {
        self.n
    }

    /// Pearson's correlation; `None` of fewer than three pairs, or where one side does not vary.
    #[must_use]
    pub fn correlation(&self) -> Option<f64> {
        let most = self.means[0].abs().max(self.means[1].abs()).max(1.0);
        let least = 1e-12 * most * most * crate::report::figure::count(self.n);
        let [first, second] = self.squares;
        (self.n > 2 && first > least && second > least)
            .then(|| (self.products / (first * second).sqrt()).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::reliability::correlation;

    #[test]
    fn a_correlation_in_one_pass_is_that_of_two() {
        let pairs = [(1.0, 2.5), (2.0, 1.5), (4.0, 3.0), (3.0, 3.5), (5.0, 3.0)];
        let mut sums = Pairs::default();
        for (first, second) in pairs {
            sums.add(first, second);
        }
        let whole = correlation(&pairs).unwrap_or(9.0);
        assert!((sums.correlation().unwrap_or(8.0) - whole).abs() < 1e-12);
        let mut constant = Pairs::default();
        for second in [1.0, 2.0, 3.0] {
            constant.add(0.1, second);
        }
        assert_eq!(constant.correlation(), None);
    }
}
