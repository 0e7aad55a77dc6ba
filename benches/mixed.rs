//! The mixed model on made seasons: `cargo bench --bench mixed [-- CANDIDATES QUESTIONS INTERVIEWERS RATINGS]` prints
//! what was put in, what came out, and seconds.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, not a program"
)]

use std::time::Instant;

use intervy::model::random::SplitMix64;
use intervy::report::mixed::{Design, Factor, fit};

/// What varies: candidates, questions, interviewers, and the rest.
const SPREAD: [f64; 4] = [0.8, 0.45, 0.3, 0.7];

fn main() {
    let arguments = std::env::args().skip(1);
    let named: Vec<usize> = arguments.filter_map(|word| word.parse().ok()).collect();
    let [candidates, questions, interviewers, ratings] = match named.as_slice() {
        [a, b, c, d] => [*a, *b, *c, *d],
        _ => [3_000, 1_100, 14, 73_000],
    };
    let levels = [candidates, questions, interviewers];
    let mut random = Random(SplitMix64::new(1));
    let effects: Vec<Vec<f64>> = levels
        .iter()
        .zip(SPREAD)
        .map(|(levels, spread)| (0..*levels).map(|_| spread * random.normal()).collect())
        .collect();
    let mut of = [Vec::new(), Vec::new(), Vec::new()];
    let mut scores = Vec::new();
    for rating in 0..ratings {
        let candidate = rating % candidates;
        // A candidate meets two interviewers, on questions of their own.
        let interviewer = (candidate * 7 + (rating / candidates) % 2 * 5) % interviewers;
        let at = [candidate, random.below(questions), interviewer];
        let effect: f64 = effects.iter().zip(at).map(|(own, at)| own[at]).sum();
        scores.push(3.0 + effect + SPREAD[3] * random.normal());
        for (of, at) in of.iter_mut().zip(at) {
            of.push(at);
        }
    }
    let factors = of.into_iter().zip(levels);
    let factors: Vec<Factor> = factors.map(|(of, levels)| Factor { levels, of }).collect();
    for has_cells in [false, true] {
        let design = Design::new(scores.clone(), factors.clone(), has_cells).unwrap();
        let start = Instant::now();
        let fit = fit(&design).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let spread: Vec<f64> = fit.variances.iter().map(|own| own.sqrt()).collect();
        println!(
            "{ratings} ratings of {candidates} x {questions} x {interviewers}: put in {SPREAD:?}, found {spread:.3?} and {:.3}; \
             {} steps, {seconds:.2} s",
            fit.residual.sqrt(),
            fit.steps
        );
    }
}

struct Random(SplitMix64);

impl Random {
    /// Between 0 and 1, without both.
    fn share(&mut self) -> f64 {
        let bits = u32::try_from(self.0.next_u64() >> 32).unwrap();
        (f64::from(bits) + 0.5) / 4_294_967_296.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.0.next_u64() >> 16).unwrap() % most
    }

    /// Box and Muller's.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.share().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }
}
