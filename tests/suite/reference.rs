//! Further seasons, as other programs have them: lme4 1.1-31 and psych 2.2.9 (R 4.2.2), krippendorff 0.9.0, scikit-learn 1.9.1,
//! pingouin 0.6.1 and scipy 1.12.0 (Python). Errors of prediction are those of the dense mixed model equations in numpy 1.26.4
//! at lme4's variances.

use intervy::report::agreement::{
    Metric, Unit, alpha, icc, pair_table, quadratic_weights, weighted_kappa,
};
use intervy::report::concordance::agreement;
use intervy::report::fairness::{Group, compare};
use intervy::report::interviewers::interviewers;
use intervy::report::model::{Facet, Model, Size, Source, model};
use intervy::report::questions::{fixed_screens, questions};
use intervy::report::season::{Keep, Season};
use intervy::report::summary::summary;
use intervy::store::ratings_csv;

/// Ten candidates; the interviewers do not differ. lme4 says that the fit is singular.
const SINGULAR: [&str; 10] = [
    "c000 q00/i01=3 q03/i01=2 q04/i01=2 q02/i01=2",
    "c001 q04/i00=3 q00/i00=3 q01/i00=2 q03/i00=3",
    "c002 q00/i00=2 q04/i00=1 q01/i00=1 q03/i00=1",
    "c003 q03/i01=5 q02/i01=5 q01/i01=5 q00/i01=4",
    "c004 q01/i01=3 q03/i01=3 q04/i01=3 q00/i01=3",
    "c005 q04/i00=5 q03/i00=3 q00/i00=4 q02/i00=5",
    "c006 q01/i00=5 q00/i00=4 q04/i00=4 q02/i00=3",
    "c007 q03/i00=3 q04/i00=4 q02/i00=2 q00/i00=4",
    "c008 q00/i01=3 q01/i01=4 q03/i01=3 q02/i01=2",
    "c009 q04/i01=1 q01/i01=1 q02/i01=1 q00/i01=2",
];

/// Twelve candidates; half of the answers were rated twice.
const DOUBLE: [&str; 12] = [
    "c000 q05/i00=3 q05/i02=2 q01/i00=3 q01/i02=4 q02/i00=3 q02/i02=3 q00/i02=1",
    "c001 q02/i02=1 q02/i00=2 q03/i02=3 q03/i00=2 q00/i02=2 q00/i00=2 q01/i02=4 q01/i00=4",
    "c002 q00/i03=3 q01/i03=4 q01/i02=3 q02/i03=3 q02/i02=3 q05/i03=5 q05/i02=4",
    "c003 q05/i01=4 q05/i02=3 q04/i02=3 q03/i01=3 q01/i02=4",
    "c004 q02/i02=3 q05/i01=3 q01/i02=5 q04/i02=2 q04/i01=3",
    "c005 q04/i01=4 q04/i02=3 q03/i01=5 q03/i02=4 q05/i01=4 q02/i01=4 q02/i02=1",
    "c006 q02/i01=3 q05/i01=5 q05/i02=3 q01/i01=4 q00/i02=3",
    "c007 q03/i02=4 q01/i02=4 q01/i01=4 q00/i02=3 q04/i02=5 q04/i01=4",
    "c008 q05/i00=2 q02/i02=2 q00/i00=2 q01/i02=2",
    "c009 q00/i03=1 q00/i01=1 q01/i01=3 q04/i03=2 q02/i01=3",
    "c010 q00/i02=2 q00/i03=2 q01/i03=3 q02/i02=1 q02/i03=2 q04/i03=3",
    "c011 q01/i02=5 q00/i02=1 q00/i01=2 q02/i02=3 q02/i01=3 q05/i01=3",
];

/// Two interviewers of 24 answers of 12 candidates, two of each.
const PAIR: [&str; 2] = [
    "1 3 4 1 2 3 3 3 1 2 1 3 1 1 3 2 5 5 4 3 3 3 2 2",
    "2 3 3 3 2 3 4 4 2 2 2 3 2 2 4 2 5 5 4 3 3 3 2 1",
];

/// A fixed screen of five questions, 34 people; two did not answer everything.
const FIXED: [&str; 34] = [
    "5 1 4 5 5",
    "4 3 4 4 3",
    "2 2 3 4 4",
    "3 . 2 3 4",
    "1 2 3 3 5",
    "3 3 4 3 5",
    "2 2 3 3 3",
    "4 4 5 5 5",
    "3 2 4 5 4",
    "1 1 3 4 3",
    "3 3 4 5 3",
    "1 4 4 3 3",
    "2 3 2 4 3",
    "2 4 2 3 4",
    "1 2 2 4 2",
    "3 4 2 5 3",
    "1 2 2 3 3",
    "2 4 1 2 3",
    "1 1 2 1 3",
    "4 3 4 3 5",
    "2 2 3 3 .",
    "2 2 4 4 5",
    "3 4 4 4 3",
    "4 5 4 5 5",
    "3 2 3 3 4",
    "4 1 2 5 2",
    "3 3 2 3 4",
    "1 3 3 4 4",
    "2 2 4 5 3",
    "3 3 4 4 4",
    "2 3 3 4 4",
    "4 2 4 5 3",
    "3 4 3 4 4",
    "2 3 3 2 4",
];

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found}, not {expected}"
    );
}

/// A season of rows as `candidate question/interviewer=score …`; `.` is no score.
fn season<'r>(rows: impl IntoIterator<Item = &'r str>) -> Season {
    let mut table = String::from("candidate,interviewer,question,score\n");
    for row in rows {
        let (candidate, ratings) = row.split_once(' ').unwrap();
        for rating in ratings.split(' ') {
            let (who, score) = rating.split_once('=').unwrap();
            let (question, interviewer) = who.split_once('/').unwrap();
            let score = score.trim_matches('.');
            table.push_str(&format!("{candidate},{interviewer},{question},{score}\n"));
        }
    }
    let mut season = Season::new(Keep::Scores, None);
    let reading = ratings_csv::read(table.as_bytes(), |rows| season.add(rows));
    assert_eq!(reading.problems, []);
    season
}

fn effect(season: &Season, model: &Model, facet: Facet, name: &str) -> [f64; 3] {
    let names = match facet {
        Facet::Candidate => &season.names,
        Facet::Question => &season.questions,
        Facet::Interviewer => &season.interviewers,
    };
    let effect = model.effect(facet, names.find(name).unwrap()).unwrap();
    [effect.value, effect.conditional, effect.error]
}

#[track_caller]
fn all_near<const N: usize>(found: [f64; N], expected: [f64; N]) {
    for (found, expected) in found.into_iter().zip(expected) {
        near(found, expected, 2e-6);
    }
}

#[test]
fn a_season_whose_interviewers_do_not_differ_is_as_lme4_has_it() {
    let season = season(SINGULAR);
    let model = model(&season).unwrap();
    near(model.fit.deviance, 105.176_164_217, 1e-7);
    all_near(
        [model.fit.mean, model.fit.mean_error],
        [2.971_725_999, 0.376_172_148],
    );
    all_near(
        [
            model.variance(Facet::Candidate),
            model.variance(Facet::Question),
            model.variance(Facet::Interviewer),
            model.fit.residual,
        ],
        [1.284_840_277, 0.011_267_420, 0.0, 0.429_343_896],
    );
    let of = |facet, name| effect(&season, &model, facet, name);
    all_near(
        of(Facet::Candidate, "c000"),
        [-0.661_050_612, 0.318_365_527, 0.466_880_015],
    );
    all_near(
        of(Facet::Candidate, "c009"),
        [-1.596_128_590, 0.318_355_137, 0.466_981_302],
    );
    all_near(
        of(Facet::Question, "q02"),
        [-0.057_857_313, 0.099_533_318, 0.099_677_976],
    );
    all_near(of(Facet::Interviewer, "i00"), [0.0, 0.0, 0.0]);
}

#[test]
fn a_season_with_doubly_rated_answers_is_as_lme4_has_it() {
    let season = season(DOUBLE);
    let model = model(&season).unwrap();
    near(model.fit.deviance, 188.072_169_071, 1e-7);
    all_near(
        [model.fit.mean, model.fit.mean_error],
        [3.026_544_340, 0.304_088_660],
    );
    all_near(
        [
            model.variance(Facet::Candidate),
            model.variance(Facet::Question),
            model.variance(Facet::Interviewer),
            model.cells().unwrap(),
            model.fit.residual,
        ],
        [
            0.205_198_527,
            0.316_815_058,
            0.039_658_261,
            0.180_814_182,
            0.434_454_241,
        ],
    );
    let of = |facet, name| effect(&season, &model, facet, name);
    all_near(
        of(Facet::Candidate, "c003"),
        [0.063_134_406, 0.303_084_552, 0.308_141_126],
    );
    all_near(
        of(Facet::Candidate, "c009"),
        [-0.512_354_470, 0.304_120_565, 0.309_129_330],
    );
    all_near(
        of(Facet::Question, "q03"),
        [0.252_460_330, 0.324_028_781, 0.356_313_181],
    );
    all_near(
        of(Facet::Interviewer, "i02"),
        [-0.143_187_326, 0.137_746_386, 0.144_351_496],
    );
}

#[test]
fn two_interviewers_agree_as_other_programs_say() {
    let scores = PAIR.map(|row| row.split(' ').map(|cell| cell.parse::<u8>().unwrap()));
    let [first, second] = scores.map(Iterator::collect::<Vec<u8>>);
    let units: Vec<Unit> = (0..first.len())
        .map(|at| Unit {
            candidate: at / 2,
            scores: vec![(0, first[at]), (1, second[at])],
        })
        .collect();
    near(
        alpha(&units, Metric::Ordinal).unwrap(),
        0.785_642_202_283_212_1,
        1e-12,
    );
    let table = pair_table(&units, [0, 1], &[1, 2, 3, 4, 5]);
    let kappa = weighted_kappa(&table, &quadratic_weights(5)).unwrap();
    near(kappa, 0.771_428_571_428_571_4, 1e-12);
    let rows: Vec<Vec<f64>> = first
        .iter()
        .zip(&second)
        .map(|(a, b)| vec![f64::from(*a), f64::from(*b)])
        .collect();
    let found = icc(&rows).unwrap();
    all_near(
        [
            found.two,
            found.two_interval.low,
            found.two_interval.high,
            found.two_mean,
            found.two_mean_interval.low,
            found.two_mean_interval.high,
        ],
        [
            0.778_846_154,
            0.526_181_000,
            0.901_053_725,
            0.875_675_676,
            0.689_539_446,
            0.947_951_878,
        ],
    );
}

/// Alpha by pingouin and psych, Feldt's interval by psych, correlations by scipy's `pearsonr`.
#[test]
fn a_fixed_screen_is_as_consistent_as_other_programs_say() {
    let rows = FIXED.iter().enumerate().map(|(at, row)| {
        let cells = row.split(' ').zip(0..);
        let cells: Vec<String> = cells.map(|(cell, q)| format!("q{q}/x={cell}")).collect();
        format!("c{at:02} {}", cells.join(" "))
    });
    let rows: Vec<String> = rows.collect();
    let season = season(rows.iter().map(String::as_str));
    let screens = fixed_screens(&season);
    assert_eq!((screens.len(), screens[0].people), (1, 34));
    let consistency = screens[0].consistency;
    assert_eq!(consistency.n, 32);
    near(consistency.value.unwrap(), 0.646_551_724_137_93, 1e-12);
    let ends = consistency.interval.unwrap();
    all_near([ends.low, ends.high], [0.407_440_878, 0.808_485_564]);
    let model = model(&season).unwrap();
    let found = questions(&season, Ok(&model), None);
    for (row, (n, r, low, high)) in found.iter().zip([
        (34, 0.550_017_838, 0.260_259_709, 0.748_891_786),
        (33, 0.185_933_671, -0.168_105_985, 0.497_486_745),
        (34, 0.552_187_206, 0.263_161_941, 0.750_256_861),
        (34, 0.392_178_377, 0.062_271_160, 0.644_826_379),
        (33, 0.343_476_947, 0.000_190_402, 0.614_343_358),
    ]) {
        assert_eq!(row.item_rest.n, n);
        let ends = row.item_rest.interval.unwrap();
        all_near(
            [row.item_rest.value.unwrap(), ends.low, ends.high],
            [r, low, high],
        );
    }
}

/// No variance was found, which is not to say that there is none: no interval of no width.
#[test]
fn what_did_not_vary_is_not_certain() {
    let rows: Vec<String> = (0..12)
        .map(|c: usize| {
            // Both interviewers give the same scores.
            let ratings = (0..4).map(|q| {
                let score = 2 + (c + q / 2) % 3;
                format!("q{q}/i0={score} q{q}/i1={score}")
            });
            let ratings: Vec<String> = ratings.collect();
            format!("c{c:02} {}", ratings.join(" "))
        })
        .collect();
    let season = season(rows.iter().map(String::as_str));
    let model = model(&season).unwrap();
    for row in interviewers(&season, Ok(&model)) {
        near(row.severity.value.unwrap(), 0.0, 1e-12);
        assert_eq!(row.severity.standard_error, None);
        assert_eq!(row.severity.interval, None);
        assert!(!row.is_apart);
    }
    let group = |name: &str, of| (name.to_owned(), Group { selected: of, of });
    let rows = compare(&[group("a", 30), group("b", 40)]);
    assert_eq!(rows[1].ratio.value, Some(1.0));
    assert_eq!(rows[1].ratio.interval, None);
}

/// Each interviewer has one question of their own: scores tell the sum of two variances, and no more.
#[test]
fn variances_that_cannot_be_told_apart_are_not_shown() {
    let rows: Vec<String> = (0..20)
        .map(|c: usize| {
            let rating = |k: usize| {
                let q = (c + k) % 5;
                format!("q{q}/i{q}={}", 1 + (3 * c + 2 * q + c * q) % 5)
            };
            let ratings: Vec<String> = (0..3).map(rating).collect();
            format!("c{c:02} {}", ratings.join(" "))
        })
        .collect();
    let season = season(rows.iter().map(String::as_str));
    let model = model(&season).unwrap();
    assert!(!model.tells_variances());
    let found = summary(&season, &model);
    for (row, (source, _, _)) in found.variances.iter().zip(model.components_of_variance()) {
        let is_shown = matches!(source, Source::Facet(Facet::Candidate) | Source::Residual);
        assert_eq!(row.variance.value.is_some(), is_shown, "{}", row.of);
        assert_eq!(row.share.value.is_some(), is_shown, "{}", row.of);
    }
    assert_eq!(found.dependability.value, None);
    let size = Size::typical(&season.per_candidate).unwrap();
    assert_eq!(model.dependability(size).interval, None);
}

/// All share the one question, so that the interviews do not fall into parts.
#[test]
fn one_question_connects_everybody() {
    let season = season(["a q/x=3", "a2 q/x=4", "b q/y=2", "b2 q/y=5", "b3 q/y=4"]);
    let found = model(&season);
    if let Ok(model) = found {
        assert_eq!(model.components(), 1);
    }
}

/// psych's interval of ICC(2,k) of this table is from 18.5 down to −1.2: its lower end has no meaning.
#[test]
fn the_interval_of_a_mean_of_raters_who_disagree_has_no_end() {
    let first = [3, 3, 5, 4, 1, 3, 2, 2, 1, 2];
    let second = [4, 2, 1, 2, 4, 3, 4, 3, 5, 3];
    let rows: Vec<Vec<f64>> = first
        .iter()
        .zip(second)
        .map(|(a, b)| vec![f64::from(*a), f64::from(b)])
        .collect();
    let found = icc(&rows).unwrap();
    all_near(
        [found.two, found.two_interval.low, found.two_interval.high],
        [-0.946_938_776, -1.121_025_216, -0.382_763_393],
    );
    near(found.two_mean, -35.692_307_69, 1e-6);
    assert!(found.two_mean_interval.low.is_nan());
    let rows = (0..10).map(|at| format!("c{at} q/i={} q/j={}", first[at], second[at]));
    let rows: Vec<String> = rows.collect();
    let season = season(rows.iter().map(String::as_str));
    assert_eq!(agreement(&season, 1).icc_mean.interval, None);
}

/// 20 of 30 beside 25 of 30 is four fifths, not less; so are 4706 other pairs of groups of 30 to 129 people whose quotient of
/// rates falls below 0.8 by rounding.
#[test]
fn exactly_four_fifths_is_not_below() {
    let group = |name: &str, selected, of| (name.to_owned(), Group { selected, of });
    let mut exact = 0;
    for of in 30..130_u64 {
        for other in 30..130_u64 {
            for selected in (1..=other).filter(|selected| (4 * selected * of) % (5 * other) == 0) {
                let own = 4 * selected * of / (5 * other);
                let rows = compare(&[group("a", own, of), group("b", selected, other)]);
                if let Some(is_below) = rows[0].is_below {
                    exact += 1;
                    assert!(!is_below, "{own}/{of} beside {selected}/{other}");
                    assert_eq!(rows[0].turns_on_one, Some(true));
                }
            }
        }
    }
    assert!(exact > 10_000, "{exact}");
}
