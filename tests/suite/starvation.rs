//! Blueprints that cannot be filled are reported, and only those: against brute force, and in words.

use intervy::model::bank::Bank;
use intervy::model::vocabulary::{AskMode, Vocabulary};
use intervy::pick::memory::Memory;
use intervy::pick::request::PickRequest;
use intervy::pick::starvation::{starvation, starved};
use proptest::prelude::*;

use crate::harness::shipped;
use crate::oracle::{Asked, check};
use crate::random_banks::{bank_of, banks, request};

/// Whether any choice of questions satisfies a request, by looking at every one.
fn any_screen<'b>(
    bank: &'b Bank,
    request: &PickRequest,
    next: usize,
    asked: &mut Vec<Asked<'b>>,
) -> bool {
    let Some(question) = bank.questions.get(next) else {
        return check(request, asked).is_ok();
    };
    if any_screen(bank, request, next + 1, asked) {
        return true;
    }
    for segment in 0..request.segments.len() {
        for &mode in AskMode::ALL {
            if question.matter.minutes.of(mode).is_none() {
                continue;
            }
            asked.push((question, segment, mode));
            let found = any_screen(bank, request, next + 1, asked);
            asked.pop();
            if found {
                return true;
            }
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_request_starves_exactly_when_no_screen_satisfies_it(texts in banks(), request in request()) {
        let bank = bank_of(&texts);
        // A blueprint remembers nothing.
        let request = PickRequest { memory: Memory::default(), ..request };
        let starved = starved(&bank, &request);
        let possible = any_screen(&bank, &request, 0, &mut Vec::new());
        prop_assert_eq!(starved.is_none(), possible, "{:?}", starved);
        if let Some(segment) = starved.and_then(|starved| starved.segment) {
            prop_assert!(segment < request.segments.len());
        }
    }
}

#[test]
fn the_shipped_blueprints_can_all_be_filled() {
    let bank = shipped();
    for blueprint in &bank.blueprints {
        assert_eq!(starvation(&bank, blueprint), None, "{}", blueprint.name);
    }
}
