//! Statistics against published figures and reference software.
//!
//! Each table names where it is from; the figures that are not printed there come from the packages named beside them.

use intervy::report::agreement::{
    Metric, Table, Unit, alpha, alpha_interval, cohen_kappa, exact, fleiss_kappa, gwet_ac, icc,
    pair_table, quadratic_weights, weighted_kappa, within_one,
};
use intervy::report::fairness::{Group, fisher_exact, impact_ratio};
use intervy::report::figure::Undefined;
use intervy::report::interval;
use intervy::report::reliability::{Missing, cronbach, feldt, item_rest};
use proptest::prelude::*;

/// A rater's scores of all units; `.` is none.
fn units(raters: &[&str]) -> Vec<Unit> {
    let rows: Vec<Vec<Option<u8>>> = raters
        .iter()
        .map(|row| {
            row.split_whitespace()
                .map(|cell| cell.parse().ok())
                .collect()
        })
        .collect();
    let of_unit = |at: usize| {
        let scores = rows.iter().enumerate();
        Unit {
            candidate: at,
            scores: scores
                .filter_map(|(rater, row)| Some((rater, row[at]?)))
                .collect(),
        }
    };
    (0..rows[0].len()).map(of_unit).collect()
}

/// A table of numbers; `.` is none.
fn table(rows: &[&str]) -> Vec<Vec<Option<f64>>> {
    let row = |row: &&str| {
        row.split_whitespace()
            .map(|cell| cell.parse().ok())
            .collect()
    };
    rows.iter().map(row).collect()
}

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found}, not {expected}"
    );
}

const TIGHT: f64 = 1e-6;

/// Krippendorff (2011), section D: four coders, twelve units, some missing; AC and kappa from R's irrCAC.
const FOUR_CODERS: [&str; 4] = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
];

#[test]
fn krippendorffs_alpha_is_that_of_his_paper() {
    let four = units(&FOUR_CODERS);
    for (metric, expected) in [
        (Metric::Nominal, 0.743_421_052_631_579),
        (Metric::Ordinal, 0.815_387_503_754_881_4),
        (Metric::Interval, 0.849_107_142_857_142_8),
        (Metric::Ratio, 0.797_402_774_711_612_1),
    ] {
        near(alpha(&four, metric).unwrap(), expected, 1e-12);
    }
    near(exact(&four).unwrap(), 0.818_181_818, TIGHT);
    near(within_one(&four).unwrap(), 0.954_545_455, TIGHT);
    near(fleiss_kappa(&four).unwrap(), 0.761_169_275, TIGHT);
    let scale = [1, 2, 3, 4, 5];
    near(gwet_ac(&four, &scale, false).unwrap(), 0.775_444_068, TIGHT);
    near(gwet_ac(&four, &scale, true).unwrap(), 0.914_000_724, TIGHT);
    // Sections A and B: two coders without a gap.
    let binary = units(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]);
    near(
        alpha(&binary, Metric::Nominal).unwrap(),
        0.095_238_095_238_095_24,
        1e-12,
    );
    let nominal = units(&["1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4"]);
    near(
        alpha(&nominal, Metric::Nominal).unwrap(),
        0.691_964_285_714_285_8,
        1e-12,
    );
}

#[test]
fn what_is_not_defined_is_neither_0_nor_1() {
    let same = units(&["3 3 3 3", "3 3 3 3"]);
    let alone = units(&["3 . 4 .", ". 2 . 5"]);
    for metric in [
        Metric::Nominal,
        Metric::Ordinal,
        Metric::Interval,
        Metric::Ratio,
    ] {
        assert_eq!(alpha(&same, metric), Err(Undefined::NoVariance));
        assert_eq!(alpha(&alone, metric), Err(Undefined::NoPairs));
        assert_eq!(alpha_interval(&same, metric, 0.95, 200, 1), None);
        assert_eq!(alpha_interval(&alone, metric, 0.95, 200, 1), None);
    }
    assert_eq!(exact(&alone), Err(Undefined::NoPairs));
    assert_eq!(within_one(&[]), Err(Undefined::NoPairs));
    assert_eq!(fleiss_kappa(&same), Err(Undefined::NoVariance));
    assert_eq!(
        gwet_ac(&alone, &[1, 2, 3, 4, 5], true),
        Err(Undefined::NoPairs)
    );
    let scale = [1, 2, 3, 4, 5];
    let kappa =
        |units: &[Unit]| weighted_kappa(&pair_table(units, [0, 1], &scale), &quadratic_weights(5));
    assert_eq!(kappa(&same), Err(Undefined::NoVariance));
    assert_eq!(kappa(&alone), Err(Undefined::NoPairs));
    assert!(icc(&[vec![3.0, 3.0], vec![3.0, 3.0]]).is_err());
    assert_eq!(icc(&[vec![3.0, 4.0]]).unwrap_err(), Undefined::TooFew);
    assert_eq!(
        icc(&[vec![3.0, 4.0], vec![1.0]]).unwrap_err(),
        Undefined::Incomplete
    );
    assert!(cronbach(&table(&["3 3", "3 3", "3 3"]), Missing::Pairwise).is_err());
    assert_eq!(
        item_rest(&table(&["3 3", "3 4", "3 5"]), 0),
        Err(Undefined::NoVariance)
    );
    let nobody = Group { selected: 0, of: 0 };
    assert!(impact_ratio(nobody, nobody).is_err());
}

/// Shrout and Fleiss (1979), tables 2 and 4; intervals from R's psych.
#[test]
fn intraclass_correlations_are_those_of_shrout_and_fleiss() {
    let rows = [
        "9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7",
    ];
    let rows: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.split(' ').map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let icc = icc(&rows).unwrap();
    for (found, expected) in [
        (icc.one, 0.165_741_8),
        (icc.two, 0.289_763_8),
        (icc.three, 0.714_840_7),
        (icc.one_mean, 0.442_797_1),
        (icc.two_mean, 0.620_050_5),
        (icc.three_mean, 0.909_315_5),
        (icc.two_interval.low, 0.018_786_51),
        (icc.two_interval.high, 0.761_084_4),
        (icc.two_mean_interval.low, 0.071_136_82),
        (icc.two_mean_interval.high, 0.927_232),
    ] {
        near(found, expected, TIGHT);
    }
}

/// Cohen (1968), and Fleiss, Cohen and Everitt (1969); as in R's psych.
#[test]
fn weighted_kappa_is_cohens() {
    let shares: Table = vec![
        vec![0.44, 0.07, 0.09],
        vec![0.05, 0.2, 0.05],
        vec![0.01, 0.03, 0.06],
    ];
    let weights = vec![
        vec![0.0, 1.0, 3.0],
        vec![1.0, 0.0, 6.0],
        vec![3.0, 6.0, 0.0],
    ];
    near(cohen_kappa(&shares).unwrap(), 0.491_525_4, TIGHT);
    near(
        weighted_kappa(&shares, &weights).unwrap(),
        0.347_826_1,
        TIGHT,
    );
    let quadratic = weighted_kappa(&shares, &quadratic_weights(3)).unwrap();
    near(quadratic, 0.454_545_5, TIGHT);
    let counts: Table = vec![
        vec![106.0, 10.0, 4.0],
        vec![22.0, 28.0, 10.0],
        vec![2.0, 12.0, 6.0],
    ];
    // Printed as weights of agreement.
    let weights = vec![
        vec![0.0, 1.0, 0.5556],
        vec![1.0, 0.0, 0.3333],
        vec![0.5556, 0.3333, 0.0],
    ];
    near(cohen_kappa(&counts).unwrap(), 0.428_571_4, TIGHT);
    near(weighted_kappa(&counts, &weights).unwrap(), 0.5071, 5e-5);
}

/// Twelve people, eleven questions right or wrong, five missing: the example of pingouin's `cronbach_alpha`.
#[test]
fn cronbachs_alpha_has_feldts_interval() {
    let table = table(&[
        "1 1 1 1 1 1 1 1 1 1 1",
        "1 1 1 1 1 1 1 1 0 1 0",
        ". 0 1 1 . 1 1 1 1 0 0",
        "1 1 1 0 1 1 0 1 1 0 0",
        "1 1 1 1 1 0 0 0 1 0 0",
        "0 1 . 0 1 1 1 1 0 0 0",
        "1 1 1 1 0 0 1 0 0 0 0",
        "1 1 1 1 1 0 0 0 0 0 0",
        "0 1 0 1 1 0 0 0 0 1 0",
        "1 0 0 1 0 1 0 0 . 0 0",
        "1 1 1 0 0 0 0 0 0 0 0",
        "1 0 0 1 0 0 0 0 0 0 0",
    ]);
    for (missing, expected, low, high) in [
        (Missing::Pairwise, 0.732_660_835_214_447, 0.435, 0.909),
        (Missing::Listwise, 0.801_694_915_254_237_3, 0.581, 0.933),
    ] {
        let (alpha, people) = cronbach(&table, missing).unwrap();
        near(alpha, expected, 1e-12);
        assert_eq!(people, if missing == Missing::Pairwise { 12 } else { 9 });
        // The example counts all twelve, also where three of them are left out.
        let interval = feldt(alpha, 12, 11, 0.95).unwrap();
        near(interval.low, low, 5e-4);
        near(interval.high, high, 5e-4);
    }
}

/// Fifteen people, ten questions, some not asked; correlations from pandas.
#[test]
fn a_question_goes_with_the_others_that_were_answered() {
    let table = table(&[
        ". 2 . 1 . 5 . 4 . 2",
        "5 4 6 3 5 1 2 5 5 5",
        "7 3 5 5 6 4 3 3 6 5",
        "2 . 3 . 2 . 2 . 6 .",
        "6 5 6 5 4 4 4 6 7 5",
        "1 2 3 4 2 5 2 3 5 2",
        ". 3 . 3 . 2 . 2 . 3",
        "2 4 4 3 7 2 2 4 6 5",
        "6 5 5 5 1 6 5 2 3 2",
        "5 . 6 . 3 . 3 . 7 .",
        "4 3 5 2 5 3 2 3 4 1",
        "4 2 3 2 5 3 4 2 3 4",
        ". 5 . 2 . 3 . 4 . 5",
        "6 5 5 4 2 2 1 4 6 5",
        "4 3 5 5 3 1 3 2 3 4",
    ]);
    let expected = [
        0.569_616_070_406_196_9,
        0.542_590_022_930_952_5,
        0.689_641_322_346_840_1,
        0.347_856_632_664_463_7,
        -0.059_922_065_707_251_62,
        -0.193_331_854_280_742_04,
        0.150_646_983_413_389_22,
        0.445_078_181_850_616_26,
        0.355_350_946_515_210_5,
        0.477_455_841_053_199_44,
    ];
    for (question, expected) in expected.into_iter().enumerate() {
        let (found, _) = item_rest(&table, question).unwrap();
        near(found, expected, 1e-12);
    }
}

/// The example of the agencies' questions and answers of 1979, and one that is too small; p from scipy.
#[test]
fn four_fifths_come_with_fishers_exact_test() {
    let group = |selected, of| Group { selected, of };
    let (a, b) = (group(48, 80), group(12, 40));
    near(a.rate().unwrap(), 0.6, 1e-12);
    near(b.rate().unwrap(), 0.3, 1e-12);
    near(impact_ratio(a, b).unwrap(), 0.5, 1e-12);
    near(fisher_exact(a, b), 0.003_409_221_767_849_182_7, 1e-9);
    near(fisher_exact(b, a), 0.003_409_221_767_849_182_7, 1e-9);
    let (a, b) = (group(4, 10), group(1, 5));
    near(impact_ratio(a, b).unwrap(), 0.5, 1e-12);
    near(fisher_exact(a, b), 0.600_399_600_399_600_3, 1e-9);
}

#[test]
fn intervals_of_correlations_are_fishers() {
    // tanh(atanh(.6) ± 1.959963984540054 / sqrt(30 - 3)), by another program.
    let found = interval::correlation(0.6, 30, 0.95).unwrap();
    near(found.low, 0.305_842_067_8, 1e-9);
    near(found.high, 0.789_590_195_1, 1e-9);
    assert_eq!(interval::correlation(0.6, 3, 0.95), None);
}

/// Units of one to four raters of a scale of five.
fn any_units() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (
        0..8_usize,
        proptest::collection::vec((0..4_usize, 1..=5_u8), 1..5),
    );
    let unit = unit.prop_map(|(candidate, mut scores)| {
        scores.sort_unstable();
        scores.dedup_by_key(|(rater, _)| *rater);
        Unit { candidate, scores }
    });
    proptest::collection::vec(unit, 2..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What alpha, kappa and the shares promise, whatever was rated.
    #[test]
    fn coefficients_stay_where_they_belong(units in any_units(), seed in any::<u64>()) {
        let scale = [1, 2, 3, 4, 5];
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            if let Ok(found) = alpha(&units, metric) {
                prop_assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&found), "{}", found);
                // The order of units and of raters within them does not matter.
                let mut turned: Vec<Unit> = units.iter().rev().cloned().collect();
                for unit in &mut turned {
                    unit.scores.reverse();
                }
                prop_assert!((alpha(&turned, metric).unwrap() - found).abs() < 1e-9);
                if let Some(interval) = alpha_interval(&units, metric, 0.9, 200, seed) {
                    let interval = interval.interval;
                    prop_assert!(interval.low <= interval.high && interval.high <= 1.0 + 1e-9);
                    let again = alpha_interval(&units, metric, 0.9, 200, seed).unwrap();
                    prop_assert_eq!(again.interval, interval);
                }
            }
        }
        if let (Ok(exact), Ok(within)) = (exact(&units), within_one(&units)) {
            prop_assert!(0.0 <= exact && exact <= within && within <= 1.0);
        }
        if let Ok(found) = gwet_ac(&units, &scale, true) {
            prop_assert!(found <= 1.0 + 1e-9);
        }
        // Two raters who swap places agree as much.
        let weights = quadratic_weights(5);
        let kappa = |pair| weighted_kappa(&pair_table(&units, pair, &scale), &weights);
        match (kappa([0, 1]), kappa([1, 0])) {
            (Ok(first), Ok(second)) => prop_assert!((first - second).abs() < 1e-9 && first <= 1.0),
            (first, second) => prop_assert_eq!(first, second),
        }
    }
}
