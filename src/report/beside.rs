//! A part of the scores beside all the others. The same candidates may be in both, so that the errors of the two are not
//! independent: each candidate counts once, with what is in the part and what is not.

use crate::report::clustered::Clustered;
use crate::report::figure::count;

/// Sums over the candidates of a part: of what they have in it, of what they have at all, and of the products of these.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// The candidates with a score anywhere who have one in the part.
    candidates: usize,
    /// Those of them who have one elsewhere, too.
    with_others: usize,
    sums: [f64; 6],
    products: [[f64; 6]; 6],
}

/// How many scores, their sum, and the sum of their squares.
pub type Totals = [f64; 3];

/// The totals of some scores.
#[must_use]
pub fn totals(scores: impl IntoIterator<Item = f64>) -> Totals {
    let mut totals = [0.0; 3];
    for score in scores {
        totals[0] += 1.0;
        totals[1] += score;
        totals[2] += score * score;
    }
    totals
}

/// A part and the rest of what there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// The candidates in the part.
    pub candidates: usize,
    /// The candidates in the rest.
    pub others: usize,
    own: Totals,
    rest: Totals,
    everybody: usize,
    /// Products, summed over all candidates, of totals in the part and of totals in the rest.
    products: [[f64; 6]; 6],
}

impl Part {
    /// Adds a candidate with a score in the part.
    pub fn add(&mut self, own: Totals, all: Totals) {
        if own[0] <= 0.0 {
            return;
        }
        self.candidates += 1;
        self.with_others += usize::from(all[0] > own[0]);
        let mut both = [0.0; 6];
        for at in 0..3 {
            both[at] = own[at];
            both[3 + at] = all[at] - own[at];
        }
        for row in 0..6 {
            self.sums[row] += both[row];
            for column in 0..6 {
                self.products[row][column] += both[row] * both[column];
            }
        }
        // What everybody has already counts, and is taken away when the rest is made.
        self.taken(all);
    }

    fn taken(&mut self, all: Totals) {
        for row in 0..3 {
            self.sums[3 + row] -= all[row];
            for column in 0..3 {
                self.products[3 + row][3 + column] -= all[row] * all[column];
            }
        }
    }

    /// The part beside the rest of everybody's scores.
    #[must_use]
    pub fn beside(&self, everybody: &Clustered) -> Beside {
        let (totals, squares) = everybody.sums();
        let mut products = self.products;
        let (mut own, mut rest) = ([0.0; 3], [0.0; 3]);
        for row in 0..3 {
            own[row] = self.sums[row];
            rest[row] = totals[row] + self.sums[3 + row];
            for column in 0..3 {
                products[3 + row][3 + column] += squares[row][column];
            }
        }
        Beside {
            candidates: self.candidates,
            others: everybody.clusters() - self.candidates + self.with_others,
            own,
            rest,
            everybody: everybody.clusters(),
            products,
        }
    }
}

impl Beside {
    /// The mean of the part less that of the rest, with its standard error; `None` where one has no score.
    #[must_use]
    pub fn difference(&self) -> Option<(f64, Option<f64>)> {
        let (own, rest) = (self.own, self.rest);
        if own[0] < 0.5 || rest[0] < 0.5 {
            return None;
        }
        let means = [own[1] / own[0], rest[1] / rest[0]];
        let slopes = [
            -means[0] / own[0],
            1.0 / own[0],
            0.0,
            means[1] / rest[0],
            -1.0 / rest[0],
            0.0,
        ];
        Some((means[0] - means[1], self.error_along(slopes)))
    }

    /// The standard deviation of the part over that of the rest, with the standard error of its logarithm; `None` where one
    /// has none, or that of the rest is 0.
    #[must_use]
    pub fn spread_ratio(&self) -> Option<(f64, Option<f64>)> {
        let own = variance(self.own)?;
        let rest = variance(self.rest).filter(|rest| *rest > 1e-12)?;
        let ratio = (own / rest).sqrt();
        if own <= 1e-12 {
            return Some((ratio, None));
        }
        let mut slopes = [0.0; 6];
        for (at, (totals, variance, sign)) in [(self.own, own, 1.0), (self.rest, rest, -1.0)]
            .into_iter()
            .enumerate()
        {
            let mean = totals[1] / totals[0];
            let scale = sign / (2.0 * variance * (totals[0] - 1.0));
            slopes[3 * at] = (mean * mean - variance) * scale;
            slopes[3 * at + 1] = -2.0 * mean * scale;
            slopes[3 * at + 2] = scale;
        }
        Some((ratio, self.error_along(slopes)))
    }

    /// The standard error of something that changes so with the six totals, over whole candidates; `None` of fewer than two.
    fn error_along(&self, slopes: [f64; 6]) -> Option<f64> {
        if self.everybody < 2 {
            return None;
        }
        let candidates = count(self.everybody);
        let sums = [self.own, self.rest].concat();
        let mut variance = 0.0;
        for row in 0..6 {
            for column in 0..6 {
                let product = sums[row] * sums[column] / candidates;
                variance += slopes[row] * slopes[column] * (self.products[row][column] - product);
            }
        }
        Some((variance * candidates / (candidates - 1.0)).max(0.0).sqrt())
    }
}

fn variance([n, sum, squares]: Totals) -> Option<f64> {
    (n > 1.5).then(|| ((squares - sum * sum / n) / (n - 1.0)).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores of candidates in the part and elsewhere.
    const CANDIDATES: [(&[f64], &[f64]); 8] = [
        (&[3.0, 4.0], &[2.0, 3.0]),
        (&[5.0], &[4.0]),
        (&[], &[1.0, 2.0, 2.0]),
        (&[2.0, 2.0, 3.0], &[]),
        (&[4.0], &[5.0, 5.0]),
        (&[], &[3.0]),
        (&[1.0, 3.0], &[2.0]),
        (&[], &[]),
    ];

    /// How much more or less a candidate counts.
    const STEP: f64 = 1e-6;

    fn all_beside() -> Beside {
        let mut part = Part::default();
        let mut everybody = Clustered::default();
        for (own, rest) in CANDIDATES {
            let all: Vec<f64> = own.iter().chain(rest).copied().collect();
            everybody.add(all.iter().copied());
            part.add(totals(own.iter().copied()), totals(all));
        }
        part.beside(&everybody)
    }

    /// By the residues of every single candidate.
    #[test]
    fn the_error_of_a_difference_is_that_of_whole_candidates() {
        let beside = all_beside();
        assert_eq!((beside.candidates, beside.others), (5, 6));
        let own: Vec<f64> = CANDIDATES
            .iter()
            .flat_map(|(own, _)| own.to_vec())
            .collect();
        let rest: Vec<f64> = CANDIDATES
            .iter()
            .flat_map(|(_, rest)| rest.to_vec())
            .collect();
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / count(scores.len());
        let residue = |(one, other): (&[f64], &[f64])| {
            let of = |scores: &[f64], all: &[f64]| {
                let residues = scores.iter().map(|score| score - mean(all));
                residues.sum::<f64>() / count(all.len())
            };
            of(one, &own) - of(other, &rest)
        };
        let squares: f64 = CANDIDATES.iter().map(|of| residue(*of).powi(2)).sum();
        // Seven of the eight have a score.
        let error = (squares * 7.0 / 6.0).sqrt();
        let (difference, own_error) = beside.difference().unwrap_or((9.0, None));
        assert!((difference - (mean(&own) - mean(&rest))).abs() < 1e-12);
        assert!((own_error.unwrap_or(9.0) - error).abs() < 1e-12);
    }

    /// By small steps: how the logarithm changes if a candidate counts a little more.
    #[test]
    fn the_error_of_a_ratio_of_spreads_is_that_of_whole_candidates() {
        let weighted = |weights: &[f64; 8]| {
            let mut sums = [[0.0; 3]; 2];
            for ((own, rest), weight) in CANDIDATES.iter().zip(weights) {
                for (at, scores) in [own, rest].into_iter().enumerate() {
                    let totals = totals(scores.iter().copied());
                    (0..3).for_each(|place| sums[at][place] += weight * totals[place]);
                }
            }
            let [own, rest] = sums.map(|totals| variance(totals).unwrap_or(1.0));
            (own / rest).sqrt()
        };
        let mut squares = 0.0;
        for at in 0..8 {
            let mut weights = [[1.0; 8]; 2];
            weights[0][at] += STEP;
            weights[1][at] -= STEP;
            let [more, less] = weights.map(|weights| weighted(&weights).ln());
            squares += ((more - less) / (2.0 * STEP)).powi(2);
        }
        let (ratio, error) = all_beside().spread_ratio().unwrap_or((9.0, None));
        assert!((ratio - weighted(&[1.0; 8])).abs() < 1e-12);
        // The influences sum to nearly 0: the ratio hardly changes if all count alike more.
        let nearly = (squares * 7.0 / 6.0).sqrt();
        assert!(
            (error.unwrap_or(9.0) / nearly - 1.0).abs() < 0.02,
            "{error:?} {nearly}"
        );
    }
}
