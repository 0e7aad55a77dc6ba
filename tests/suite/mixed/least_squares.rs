//! Fixed effects, and the errors of variances, against figures of others and against dense matrices.

use intervy::report::figure::{Undefined, count};
use intervy::report::least_squares::additive;
use intervy::report::mixed::{Design, Factor, fit};
use nalgebra::{DMatrix, DVector};

use super::season::season;
use super::{factor, near};

fn factors() -> (Vec<f64>, Vec<Factor>) {
    let (scores, names) = season();
    (scores, names.iter().map(|names| factor(names)).collect())
}

/// Effects of R's `lm` with contrasts that add up to 0.
#[test]
fn a_sparse_season_is_as_least_squares_have_it() {
    let (scores, factors) = factors();
    let found = additive(&scores, &factors).unwrap();
    let candidates = [
        -0.538_527_217_27,
        0.964_765_510_26,
        0.552_127_354_2,
        0.167_368_754_09,
        -1.253_681_099_4,
        -1.180_036_094_5,
        0.556_527_174_87,
        0.774_122_514_25,
        -1.183_471_295_5,
        0.746_828_543_27,
        -1.989_061_566_8,
        0.734_301_876_57,
        0.712_035_596_02,
        0.936_699_949_98,
    ];
    let interviewers = [
        0.483_658_199_71,
        0.344_487_686_05,
        -0.242_001_700_13,
        -0.046_290_974_738,
        -0.539_853_210_89,
    ];
    for (at, expected) in [(0, &candidates[..]), (2, &interviewers)] {
        assert_eq!(found.effects[at].len(), expected.len());
        for (found, expected) in found.effects[at].iter().zip(expected) {
            near(*found, *expected, 1e-9);
        }
    }
    near(found.squares, 41.538_791_118_2, 1e-9);
    assert_eq!(found.freedom, 122 - 14 - 12 - 5 + 2);
}

/// The same by a dense pseudo-inverse, whichever factor has the most levels.
#[test]
fn least_squares_are_those_of_dense_matrices() {
    let (scores, factors) = factors();
    for turn in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let factors: Vec<Factor> = turn.iter().map(|at: &usize| factors[*at].clone()).collect();
        let found = additive(&scores, &factors).unwrap();
        let levels: usize = factors.iter().map(|factor| factor.levels).sum();
        let mut design = DMatrix::zeros(scores.len(), levels + 1);
        for score in 0..scores.len() {
            design[(score, 0)] = 1.0;
            let mut start = 1;
            for factor in &factors {
                design[(score, start + factor.of[score])] = 1.0;
                start += factor.levels;
            }
        }
        let right = DVector::from_vec(scores.clone());
        let inverse = (design.transpose() * &design).pseudo_inverse(1e-9).unwrap();
        let solved = &inverse * design.transpose() * &right;
        let left_over = &right - &design * &solved;
        near(found.squares, left_over.norm_squared(), 1e-9);
        let variance = left_over.norm_squared() / count(scores.len() - levels + 2);
        let mut start = 1;
        for (at, factor) in factors.iter().enumerate() {
            let own: Vec<f64> = (0..factor.levels)
                .map(|level| solved[start + level])
                .collect();
            let mean = own.iter().sum::<f64>() / count(factor.levels);
            for (found, own) in found.effects[at].iter().zip(&own) {
                near(*found, own - mean, 1e-9);
            }
            if let Some(errors) = &found.errors[at] {
                // The contrast of a level with the mean of all levels.
                for (level, error) in errors.iter().enumerate() {
                    let mut contrast = DVector::zeros(levels + 1);
                    for other in 0..factor.levels {
                        contrast[start + other] = -1.0 / count(factor.levels);
                    }
                    contrast[start + level] += 1.0;
                    let expected =
                        (variance * (contrast.transpose() * &inverse * &contrast)[0]).sqrt();
                    near(*error, expected, 1e-9);
                }
            }
            start += factor.levels;
        }
    }
}

#[test]
fn what_is_not_identified_has_no_least_squares() {
    // Each interviewer asked a question of their own.
    let names = ["a", "a", "b", "b", "c", "c"];
    let factors = [
        factor(&["1", "2", "1", "2", "1", "2"]),
        factor(&["x", "y", "x", "y", "x", "y"]),
        factor(&names),
    ];
    let scores = [1.0, 2.0, 3.0, 5.0, 4.0, 4.0];
    assert_eq!(additive(&scores, &factors), Err(Undefined::NotIdentified));
    assert_eq!(additive(&[], &[]), Err(Undefined::TooFew));
}

/// Of a balanced design of one factor, the variances of both estimates are known (S. R. Searle, G. Casella and C. `McCulloch`,
/// *Variance Components*, 1992, section 3.5): the residual one is of the mean square within, the other of the difference of
/// both mean squares.
#[test]
fn variances_have_the_errors_of_a_balanced_design() {
    let rows = [
        [2.0, 3.0, 2.5],
        [4.0, 4.5, 5.0],
        [1.0, 1.5, 3.0],
        [3.0, 3.5, 3.0],
        [5.0, 4.0, 4.0],
    ];
    let (groups, each) = (rows.len(), rows[0].len());
    let scores: Vec<f64> = rows.concat();
    let of: Vec<usize> = (0..groups * each).map(|at| at / each).collect();
    let fit =
        fit(&Design::new(scores.clone(), vec![Factor { levels: groups, of }], false).unwrap())
            .unwrap();
    let grand = scores.iter().sum::<f64>() / count(scores.len());
    let (mut between, mut within) = (0.0, 0.0);
    for row in rows {
        let mean = row.iter().sum::<f64>() / count(each);
        between += count(each) * (mean - grand).powi(2);
        within += row.iter().map(|score| (score - mean).powi(2)).sum::<f64>();
    }
    let (a, n) = (count(groups), count(each));
    let (between, within) = (between / (a - 1.0), within / (a * (n - 1.0)));
    near(fit.residual, within, 1e-7);
    near(fit.variances[0], (between - within) / n, 1e-7);
    let of_within = 2.0 * within * within / (a * (n - 1.0));
    let of_between = 2.0 * between * between / (a - 1.0);
    near(fit.covariances[1][1], of_within, 1e-6);
    near(
        fit.covariances[0][0],
        (of_between + of_within) / (n * n),
        1e-6,
    );
    near(fit.covariances[0][1], -of_within / n, 1e-6);
}
