//! The mixed model against lme4 and against what it promises.

mod least_squares;
mod panels;
mod season;

use intervy::model::random::SplitMix64;
use intervy::report::figure::Undefined;
use intervy::report::identify::identify;
use intervy::report::mixed::{Design, Factor, Fit, fit};

use self::season::season;

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found}, not {expected}"
    );
}

/// Factors whose levels are numbered by their names in order.
fn factor(names: &[&str]) -> Factor {
    let mut known: Vec<&str> = names.to_vec();
    known.sort_unstable();
    known.dedup();
    let of = names.iter().map(|name| known.binary_search(name).unwrap());
    Factor {
        levels: known.len(),
        of: of.collect(),
    }
}

/// Davies and Goldsmith's Penicillin data, 24 plates and 6 samples, as in the book of lme4.
const PENICILLIN: [&str; 24] = [
    "27 23 26 23 23 21",
    "27 23 26 23 23 21",
    "25 21 25 24 24 20",
    "26 23 25 23 23 20",
    "25 22 26 22 23 20",
    "24 22 25 23 22 19",
    "24 20 23 21 22 19",
    "26 22 26 24 24 21",
    "24 21 24 22 22 20",
    "24 21 24 23 22 19",
    "26 23 26 24 24 21",
    "25 22 26 24 24 20",
    "26 24 26 24 25 22",
    "26 23 26 23 23 20",
    "26 23 25 24 24 22",
    "25 22 25 23 23 20",
    "25 21 24 23 23 20",
    "25 22 24 23 23 19",
    "24 21 23 21 21 19",
    "26 23 26 24 24 21",
    "25 21 24 22 22 18",
    "25 22 25 22 22 20",
    "24 21 24 22 24 19",
    "24 21 24 22 21 18",
];

fn complete(rows: &[&str]) -> Fit {
    let mut scores = Vec::new();
    let (mut plates, mut samples) = (Vec::new(), Vec::new());
    for (plate, row) in rows.iter().enumerate() {
        for (sample, cell) in row.split(' ').enumerate() {
            scores.push(cell.parse().unwrap());
            plates.push(plate);
            samples.push(sample);
        }
    }
    let factors = [plates, samples].map(|of| Factor {
        levels: of.iter().max().unwrap() + 1,
        of,
    });
    fit(&Design::new(scores, factors.to_vec(), false).unwrap()).unwrap()
}

/// The book prints what its search came to, to four digits; in a complete table the analysis of variance is exact.
#[test]
fn penicillin_is_as_in_the_book() {
    let fit = complete(&PENICILLIN);
    near(fit.variances[0], 0.7169, 1e-4);
    near(fit.variances[1], 3.7311, 3e-4);
    near(fit.residual, 0.3024, 5e-5);
    near(fit.mean, 22.97222, 5e-6);
    near(fit.deviance, 330.8606, 5e-5);
    let cells: Vec<Vec<f64>> = PENICILLIN
        .iter()
        .map(|row| row.split(' ').map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let mean = |values: &[f64]| {
        values.iter().sum::<f64>() / f64::from(u8::try_from(values.len()).unwrap())
    };
    let plates: Vec<f64> = cells.iter().map(|row| mean(row)).collect();
    let samples: Vec<f64> = (0..6)
        .map(|at| mean(&cells.iter().map(|row| row[at]).collect::<Vec<_>>()))
        .collect();
    let grand = mean(&plates);
    let of_plates: f64 = plates.iter().map(|own| 6.0 * (own - grand).powi(2)).sum();
    let of_samples: f64 = samples.iter().map(|own| 24.0 * (own - grand).powi(2)).sum();
    let all: f64 = cells
        .iter()
        .flatten()
        .map(|own| (own - grand).powi(2))
        .sum();
    let error = (all - of_plates - of_samples) / (23.0 * 5.0);
    near(fit.residual, error, 1e-8);
    near(fit.variances[0], (of_plates / 23.0 - error) / 6.0, 1e-8);
    near(fit.variances[1], (of_samples / 5.0 - error) / 24.0, 1e-7);
}

/// In a complete table REML is the analysis of variance: Shrout and Fleiss (1979), with lme4's deviance.
#[test]
fn a_complete_table_gives_the_analysis_of_variance() {
    let rows = [
        "9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7",
    ];
    let fit = complete(&rows);
    near(fit.variances[0], 2.555_556, 1e-5);
    near(fit.variances[1], 5.244_444, 1e-5);
    near(fit.residual, 1.019_444, 1e-5);
    near(fit.deviance, 91.278_667, 1e-5);
}

fn season_fit(has_cells: bool) -> Fit {
    let (scores, names) = season();
    assert_eq!(scores.len(), 122);
    let factors = names.iter().map(|names| factor(names)).collect();
    fit(&Design::new(scores, factors, has_cells).unwrap()).unwrap()
}

#[test]
fn a_sparse_season_is_as_lme4_has_it() {
    let fit = season_fit(false);
    near(fit.mean, 3.233_150_22, 2e-4);
    near(fit.deviance, 294.513_585_854, 1e-6);
    for (found, expected) in fit.variances.iter().chain([&fit.residual]).zip([
        0.728_108_778_3,
        0.002_858_005_330_1,
        0.064_059_146_546,
        0.461_347_945_67,
    ]) {
        near(*found, expected, 2e-4);
    }
    let candidates = [
        // Effect, conditional standard deviation, standard error of prediction.
        (-0.281_316_905_3, 0.262_708_041_62, 0.327_299_516_183_560_73),
        (0.995_442_713_01, 0.242_074_865_02, 0.311_799_594_562_950_9),
        (0.535_873_731_26, 0.250_619_108_27, 0.317_495_458_697_139_4),
        (0.022_550_411_988, 0.252_598_950_4, 0.321_765_588_558_810_2),
        (-0.876_252_119_72, 0.261_717_059_4, 0.326_538_622_844_128_27),
        (-0.981_726_391_1, 0.243_117_574_58, 0.316_599_006_644_010_3),
        (0.534_088_679_61, 0.251_246_538_01, 0.321_845_818_076_023_36),
        (0.547_273_857_34, 0.252_510_102_73, 0.321_560_882_501_591_2),
        (-0.925_687_728_52, 0.241_642_009_63, 0.311_307_833_154_407_6),
        (0.371_224_704_12, 0.256_441_884_27, 0.328_333_748_737_158_4),
        (-1.685_231_438, 0.251_352_630_61, 0.318_411_291_615_464_6),
        (0.579_397_313_54, 0.260_996_671_4, 0.324_727_064_410_399_45),
        (0.261_318_634_53, 0.293_756_578_79, 0.354_548_382_757_746_86),
        (0.903_044_537_24, 0.260_883_529_35, 0.324_767_460_469_977_8),
    ];
    let interviewers = [
        (0.269_424_160_29, 0.162_523_471_36, 0.170_451_253_598_419_5),
        (0.151_372_735_25, 0.162_729_333_03, 0.170_686_134_851_158),
        (
            -0.137_848_072_73,
            0.177_937_829_54,
            0.182_693_901_944_553_48,
        ),
        (
            -0.056_998_207_793,
            0.151_064_451_47,
            0.160_831_548_445_495_8,
        ),
        (-0.225_950_615_01, 0.179_252_875_14, 0.184_548_255_235_742_3),
    ];
    for (found, expected) in [(0, &candidates[..]), (2, &interviewers)] {
        assert_eq!(fit.effects[found].len(), expected.len());
        for (found, (value, conditional, error)) in fit.effects[found].iter().zip(expected) {
            near(found.value, *value, 2e-4);
            near(found.conditional, *conditional, 2e-4);
            near(found.error, *error, 2e-4);
        }
    }
    let questions = [
        -0.011_082_514_675,
        0.005_040_314_148_1,
        0.009_673_054_517_4,
        0.020_260_911_279,
        0.000_986_073_120_47,
        -0.014_036_246_91,
        -0.013_078_006_56,
        0.002_476_652_298_7,
        0.002_734_146_340_8,
        -0.018_788_324_9,
        0.014_899_593_058,
        0.000_914_348_281_8,
    ];
    for (found, expected) in fit.effects[1].iter().zip(questions) {
        near(found.value, expected, 2e-4);
    }
}

/// Which factor is absorbed, and in which order scores come, changes nothing.
#[test]
fn the_order_of_scores_and_factors_does_not_matter() {
    let (scores, names) = season();
    let expected = season_fit(false);
    let turn: Vec<usize> = (0..scores.len()).rev().collect();
    let turned: Vec<f64> = turn.iter().map(|at| scores[*at]).collect();
    let factors = [2, 0, 1].map(|which: usize| {
        let names: Vec<&str> = turn.iter().map(|at| names[which][*at]).collect();
        factor(&names)
    });
    let found = fit(&Design::new(turned, factors.to_vec(), false).unwrap()).unwrap();
    near(found.deviance, expected.deviance, 1e-8);
    near(found.variances[1], expected.variances[0], 1e-6);
    near(found.variances[0], expected.variances[2], 1e-6);
    for (a, b) in found.effects[1].iter().zip(&expected.effects[0]) {
        near(a.value, b.value, 1e-6);
        near(a.error, b.error, 1e-6);
    }
}

/// The deviance of a design by dense matrices, with no regard to its structure, and what is known about the mean.
fn dense(scores: &[f64], factors: &[Factor], ratios: &[f64]) -> (f64, f64) {
    use nalgebra::{DMatrix, DVector};
    let n = scores.len();
    let covariance = DMatrix::from_fn(n, n, |a, b| {
        let shared = factors.iter().zip(ratios);
        let shared: f64 = shared
            .filter(|(factor, _)| factor.of[a] == factor.of[b])
            .map(|(_, ratio)| ratio)
            .sum();
        shared + f64::from(u8::from(a == b))
    });
    let factored = covariance.cholesky().unwrap();
    let y = DVector::from_row_slice(scores);
    let ones = DVector::from_element(n, 1.0);
    let solved = factored.solve(&ones);
    let information = ones.dot(&solved);
    let mean = y.dot(&solved) / information;
    let rest = y - ones * mean;
    let square = rest.dot(&factored.solve(&rest));
    let freedom = f64::from(u32::try_from(n).unwrap()) - 1.0;
    let log_determinant = factored.ln_determinant();
    let deviance = log_determinant
        + information.ln()
        + freedom * (1.0 + (2.0 * std::f64::consts::PI * square / freedom).ln());
    (deviance, information)
}

/// Made seasons of all shapes, some without any variance of a factor: the fit is a minimum of the dense deviance, and
/// no step away from it lowers it.
#[test]
fn no_step_away_lowers_the_deviance() {
    let mut fitted = 0;
    for seed in 0..40 {
        let mut random = SplitMix64::new(seed);
        let mut below = |most: u64| random.next_u64() % most;
        let [candidates, questions, interviewers] = [4 + below(6), 3 + below(5), 2 + below(3)];
        let spread = [below(3), below(3), below(3), below(2)];
        let mut effects: Vec<Vec<f64>> = Vec::new();
        for (levels, spread) in [candidates, questions, interviewers].iter().zip(spread) {
            let effect = |below: &mut dyn FnMut(u64) -> u64| {
                f64::from(u32::try_from(below(100) * spread).unwrap()) / 100.0
            };
            effects.push((0..*levels).map(|_| effect(&mut below)).collect());
        }
        let mut scores = Vec::new();
        let mut of: [Vec<usize>; 3] = Default::default();
        for candidate in 0..candidates {
            let [first, second] = [below(interviewers), below(interviewers)];
            for question in 0..questions {
                for interviewer in [first, second] {
                    if below(3) == 0 {
                        continue;
                    }
                    let at = [candidate, question, interviewer]
                        .map(|level| usize::try_from(level).unwrap());
                    let noise = f64::from(u32::try_from(below(200)).unwrap()) / 100.0;
                    let effect: f64 = effects.iter().zip(at).map(|(own, at)| own[at]).sum();
                    scores.push((2.0 + effect + noise).round());
                    for (of, at) in of.iter_mut().zip(at) {
                        of.push(at);
                    }
                }
            }
        }
        let levels = [candidates, questions, interviewers];
        let factors: Vec<Factor> = of
            .into_iter()
            .zip(levels)
            .map(|(of, levels)| Factor {
                levels: usize::try_from(levels).unwrap(),
                of,
            })
            .collect();
        for has_cells in [false, true] {
            let Ok(design) = Design::new(scores.clone(), factors.clone(), has_cells) else {
                continue;
            };
            let fit = match fit(&design) {
                Ok(fit) => fit,
                // Where repeated ratings happen never to differ.
                Err(Undefined::NoResidual) if has_cells => continue,
                Err(why) => panic!("{seed}: {why:?}"),
            };
            fitted += 1;
            let mut factors = factors.clone();
            if fit.variances.len() == 4 {
                let width = factors[1].levels;
                let cells = factors[0].of.iter().zip(&factors[1].of);
                let of: Vec<usize> = cells.map(|(a, b)| a * width + b).collect();
                factors.push(Factor { levels: 0, of });
            }
            let ratios: Vec<f64> = fit.variances.iter().map(|own| own / fit.residual).collect();
            let (least, information) = dense(&scores, &factors, &ratios);
            near(fit.mean_error, (fit.residual / information).sqrt(), 1e-7);
            near(fit.deviance, least, 1e-7 * least.abs().max(1.0));
            for at in 0..ratios.len() {
                for change in [0.9, 1.001] {
                    let mut other = ratios.clone();
                    other[at] = other[at] * change + if other[at] == 0.0 { 0.001 } else { 0.0 };
                    let (there, _) = dense(&scores, &factors, &other);
                    assert!(
                        there >= least - 1e-6,
                        "{seed} {at} {change}: {there} < {least}, {ratios:?}"
                    );
                }
            }
        }
    }
    assert!(fitted > 60, "{fitted}");
}

#[test]
fn what_cannot_be_fitted_is_said() {
    let two = |of: &[usize]| Factor {
        levels: 2,
        of: of.to_vec(),
    };
    let design = |scores: &[f64], factors: Vec<Factor>| Design::new(scores.to_vec(), factors, true);
    let same = design(&[3.0; 4], vec![two(&[0, 0, 1, 1]), two(&[0, 1, 0, 1])]);
    assert_eq!(same.err(), Some(Undefined::NoVariance));
    let alone = design(&[3.0, 4.0], vec![two(&[0, 1])]);
    assert_eq!(alone.err(), Some(Undefined::TooFew));
    // A factor without variance is left at 0, and its effects are 0.
    let scores = [1.0, 5.0, 1.0, 5.0, 2.0, 4.0, 2.0, 4.0];
    let factors = vec![
        two(&[0, 0, 1, 1, 0, 0, 1, 1]),
        two(&[0, 1, 0, 1, 0, 1, 0, 1]),
    ];
    let fit = fit(&design(&scores, factors).unwrap()).unwrap();
    assert!(fit.variances[0] <= 0.0);
    assert!(
        fit.effects[0]
            .iter()
            .all(|effect| effect.value.abs() <= 0.0)
    );
    assert!(fit.variances[1] > 1.0);
}

/// Candidates, questions and interviewers of `a q1 x` and so on.
fn design(rows: &[&str]) -> Vec<Factor> {
    (0..3)
        .map(|at| {
            let names: Vec<&str> = rows
                .iter()
                .map(|row| row.split(' ').nth(at).unwrap())
                .collect();
            factor(&names)
        })
        .collect()
}

#[test]
fn parts_that_share_nothing_are_told_apart() {
    let rows = [
        "a q1 x", "a q2 x", "b q1 x", "b q2 x", "c q3 y", "c q4 y", "d q3 y", "d q4 y",
    ];
    let found = identify(&design(&rows));
    assert_eq!(found.components, 2);
    assert_eq!(found.component_of[0], [0, 0, 1, 1].map(Some));
    assert_eq!(found.component_of[2], [0, 1].map(Some));
    assert_eq!(found.groups[0], [vec![0, 1], vec![2, 3]]);
    assert_eq!(found.groups[2], [vec![0], vec![1]]);
}

#[test]
fn interviewers_of_different_candidates_are_confounded_with_them() {
    let found = identify(&design(&["a q1 x", "b q1 x", "c q1 y", "d q1 y"]));
    assert_eq!((found.components, found.deficiency), (1, 1));
    assert_eq!(found.groups[2], [vec![0], vec![1]]);
    assert_eq!(found.groups[0], [vec![0, 1], vec![2, 3]]);
    // One candidate whom both met tells them apart.
    let found = identify(&design(&["a q1 x", "b q1 x", "c q1 y", "d q1 y", "a q1 y"]));
    assert_eq!((found.components, found.deficiency), (1, 0));
    assert_eq!(found.groups[2], [vec![0, 1]]);
    // A level without a score is in no part, and no scores have none.
    let mut factors = design(&["a q1 x", "b q2 y", "a q2 x", "b q1 y"]);
    factors[0].levels += 1;
    assert_eq!(identify(&factors).component_of[0], [Some(0), Some(0), None]);
    for factor in &mut factors {
        factor.of.clear();
    }
    let none = identify(&factors);
    assert_eq!((none.components, none.deficiency), (0, 0));
    // The season can be told apart as a whole.
    let (_, names) = season();
    let factors: Vec<Factor> = names.iter().map(|names| factor(names)).collect();
    let found = identify(&factors);
    assert_eq!((found.components, found.deficiency), (1, 0));
    assert!(found.groups.iter().all(|groups| groups.len() == 1));
}
