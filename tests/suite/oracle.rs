//! Picks against brute force: the same objective values, every constraint kept, the same "impossible".
//!
//! The checker and the enumeration below know nothing of the model: they read the request.

mod checker;
mod objectives;

use intervy::model::bank::Bank;
use intervy::model::question::Question;
use intervy::model::random::random_weights;
use intervy::model::screen::Screen;
use intervy::model::vocabulary::{AskMode, Vocabulary};
use intervy::pick::exact::Limits;
use intervy::pick::request::PickRequest;
use intervy::pick::solver::SolveError;
use intervy::pick::{Solved, assemble, assemble_from_all, pick};
use proptest::prelude::*;

use crate::random_banks::{CATEGORIES, bank_of, banks, basic_request, request};

pub(crate) use self::checker::check;
pub(crate) use self::objectives::value;

/// A question in a segment in a mode.
pub(crate) type Asked<'q> = (&'q Question, usize, AskMode);

/// The best values that any screen reaches, by looking at every one.
pub(crate) fn brute_force(bank: &Bank, request: &PickRequest) -> Option<Vec<u32>> {
    let mut best = None;
    every_screen(bank, request, &mut |asked| {
        let value = value(bank, request, asked);
        if best.as_ref().is_none_or(|best| value < *best) {
            best = Some(value);
        }
    });
    best
}

/// Looks at every screen that satisfies a request.
pub(crate) fn every_screen(bank: &Bank, request: &PickRequest, look: &mut dyn FnMut(&[Asked<'_>])) {
    try_from(bank, request, 0, &mut Vec::new(), look);
}

fn try_from<'b>(
    bank: &'b Bank,
    request: &PickRequest,
    next: usize,
    asked: &mut Vec<Asked<'b>>,
    look: &mut dyn FnMut(&[Asked<'_>]),
) {
    let Some(question) = bank.questions.get(next) else {
        if check(request, asked).is_ok() {
            look(asked);
        }
        return;
    };
    try_from(bank, request, next + 1, asked, look);
    if request.memory.of(next).met {
        return;
    }
    for segment in 0..request.segments.len() {
        for &mode in AskMode::ALL {
            if question.matter.minutes.of(mode).is_some() {
                asked.push((question, segment, mode));
                try_from(bank, request, next + 1, asked, look);
                asked.pop();
            }
        }
    }
}

/// What a screen asks, in the checker's terms.
pub(crate) fn asked<'b>(bank: &'b Bank, request: &PickRequest, screen: &Screen) -> Vec<Asked<'b>> {
    screen
        .questions
        .iter()
        .map(|pinned| {
            let segment = request
                .segments
                .iter()
                .position(|segment| segment.title.value == pinned.segment)
                .unwrap();
            (bank.question(&pinned.id).unwrap(), segment, pinned.mode)
        })
        .collect()
}

/// More branches than any small model needs.
pub(crate) const PLENTY: Limits<'_> = Limits {
    nodes: 50_000,
    stop: &|| false,
    enough: None,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_pick_is_as_good_as_the_best_of_all(texts in banks(), request in request()) {
        let bank = bank_of(&texts);
        let best = brute_force(&bank, &request);
        match pick(&bank, &request, &PLENTY) {
            Ok(screen) => {
                let asked = asked(&bank, &request, &screen);
                prop_assert_eq!(check(&request, &asked), Ok(()));
                let reached: Vec<u32> =
                    screen.verdict.objectives.iter().map(|objective| objective.value).collect();
                prop_assert_eq!(&reached, &value(&bank, &request, &asked));
                prop_assert_eq!(Some(reached), best);
            }
            Err(SolveError::Infeasible) => prop_assert_eq!(best, None),
            Err(error) => prop_assert!(false, "{:?}", error),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn questions_that_cannot_matter_do_not_matter(
        texts in prop::collection::vec((0usize..2, 0usize..2, 0usize..8), 4..14),
        request in basic_request(),
    ) {
        // Few profiles, so that most questions can stand in for each other.
        let texts: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(index, (category, minutes, extra))| format!(
                "---\nid: q{index}\ntitle: Q\ncategory: {}\ndifficulty: easy\nminutes: {}\n{}---\nP\n",
                CATEGORIES[*category],
                ["3", "{ quick: 2, standard: 4 }"][*minutes],
                ["", "", "", "", "", "group: g\n", "tags: [t]\n", "never_with: [q0]\n"][*extra],
            ))
            .collect();
        let bank = bank_of(&texts);
        let requests = std::slice::from_ref(&request);
        let limits = Limits::default();
        match (assemble(&bank, requests, &limits), assemble_from_all(&bank, requests, &limits)) {
            (Ok(reduced), Ok(all)) => {
                prop_assert_eq!(&reduced.objectives, &all.objectives);
                prop_assert_eq!(reduced.status, all.status);
                let weights = random_weights(request.seed, bank.questions.len());
                let weight = |solved: &Solved| -> i64 {
                    let chosen = solved.chosen.iter();
                    chosen.map(|one| weights[one.question] * i64::from(one.minutes)).sum()
                };
                prop_assert_eq!(weight(&reduced), weight(&all));
            }
            (Err(reduced), Err(all)) => prop_assert_eq!(reduced, all),
            (reduced, all) => prop_assert!(false, "{:?} {:?}", reduced, all),
        }
    }
}
