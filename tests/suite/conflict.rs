//! What is said about an impossible request is true: against brute force.

use intervy::model::bank::Bank;
use intervy::pick::conflict::{Way, conflict};
use intervy::pick::request::PickRequest;
use intervy::pick::solver::SolveError;
use intervy::pick::wish::{Wish, is_plain};
use intervy::pick::{Solved, assemble};
use proptest::prelude::*;

use crate::oracle::{PLENTY, brute_force};
use crate::random_banks::{bank_of, banks, request};

fn is_possible(bank: &Bank, request: &PickRequest) -> bool {
    brute_force(bank, request).is_some()
}

/// The request with a change made.
fn changed(request: &PickRequest, way: &Way) -> PickRequest {
    let mut request = request.clone();
    let wishes = &mut request.constraints;
    match way {
        Way::Slot(minutes) => request.segments[0].minutes.value = minutes - 4,
        Way::Segment(_, segment, minutes) => request.segments[*segment].minutes.value = *minutes,
        Way::Categories(_, count) => wishes.min_categories = Some(*count),
        Way::Questions(_, count) => {
            wishes.questions = Some(intervy::model::constraints::Count::exactly(*count));
        }
        Way::Counted(_, counted, count) => {
            let mut near = counted.clone();
            near.count.value = intervy::model::constraints::Count::exactly(*count);
            let word = counted.feature.words().1.to_owned();
            let one = near.count;
            wishes.uncount(counted);
            match counted.feature.words().0 {
                "category" => drop(wishes.categories.insert(word, one)),
                "tag" => drop(wishes.tags.insert(word, one)),
                "level" => drop(wishes.level_counts.insert(word, one)),
                "difficulty" => {
                    let hard = intervy::model::vocabulary::Difficulty::Hard;
                    wishes.difficulty.insert(hard, one);
                }
                "kind" => {
                    let design = intervy::model::vocabulary::Kind::Design;
                    wishes.kinds.insert(design, one);
                }
                other => panic!("{other}"),
            }
        }
        Way::Without(_, wish) => wish.leave_out(&mut request),
    }
    request
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_conflict_is_one_and_has_nothing_to_spare(texts in banks(), request in request()) {
        let bank = bank_of(&texts);
        let limits = PLENTY;
        let requests = std::slice::from_ref(&request);
        let solved: Result<Solved, SolveError> = assemble(&bank, requests, &limits);
        match solved {
            Ok(_) => return Ok(()),
            Err(error) => prop_assert_eq!(error, SolveError::Infeasible),
        }
        let found = conflict(&bank, requests, &limits);
        prop_assert!(found.is_minimal);
        // Only the conditions of the set, and it is impossible; without any one of them it is not.
        let mut alone = request.clone();
        for wish in Wish::all(&request) {
            if !found.wishes.contains(&(0, wish.clone())) {
                wish.leave_out(&mut alone);
            }
        }
        prop_assert!(!is_possible(&bank, &alone), "{:?}", found.wishes);
        for (_, wish) in &found.wishes {
            let mut without = alone.clone();
            wish.leave_out(&mut without);
            prop_assert!(is_possible(&bank, &without), "{wish:?} of {:?}", found.wishes);
        }
        for way in &found.ways {
            prop_assert!(is_possible(&bank, &changed(&request, way)), "{way:?}");
            let less = match way {
                Way::Slot(minutes) => Some(Way::Slot(minutes - 1)),
                Way::Segment(form, segment, minutes) => {
                    Some(Way::Segment(*form, *segment, minutes - 1))
                }
                Way::Categories(form, count) => Some(Way::Categories(*form, count + 1)),
                _ => None,
            };
            let plain = is_plain(&request);
            if let Some(less) = less.filter(|less| !plain || !matches!(less, Way::Slot(..=4))) {
                prop_assert!(!is_possible(&bank, &changed(&request, &less)), "{less:?}");
            }
        }
        // One change is enough exactly when one is named.
        let enough = Wish::all(&request).into_iter().any(|wish| {
            let mut without = request.clone();
            wish.leave_out(&mut without);
            is_possible(&bank, &without)
        });
        prop_assert_eq!(enough, !found.ways.is_empty(), "{:?}", found);
    }
}
