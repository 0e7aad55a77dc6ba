//! What is said about an impossible request is true: against brute force.

use std::collections::BTreeSet;

use intervy::model::bank::Bank;
use intervy::pick::conflict::{Conflict, Way, conflict};
use intervy::pick::forms::Between;
use intervy::pick::request::PickRequest;
use intervy::pick::solver::SolveError;
use intervy::pick::wish::{Wish, is_plain};
use intervy::pick::{Solved, assemble};
use proptest::prelude::*;

use crate::oracle::{PLENTY, every_screen};
use crate::random_banks::{bank_of, banks, request};

/// By looking at every screen, or at every choice of forms.
fn is_possible(bank: &Bank, request: &PickRequest) -> bool {
    let mut screens: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    every_screen(bank, request, &mut |asked| {
        let ids = asked.iter().map(|(question, ..)| question.id().to_owned());
        screens.insert(ids.collect());
    });
    match &request.between {
        None => !screens.is_empty(),
        Some(between) => {
            let screens: Vec<BTreeSet<String>> = screens.into_iter().collect();
            choose(&screens, between, &mut Vec::new(), 0)
        }
    }
}

/// Whether forms can be chosen that are allowed together.
fn choose<'s>(
    screens: &'s [BTreeSet<String>],
    between: &Between,
    chosen: &mut Vec<&'s BTreeSet<String>>,
    from: usize,
) -> bool {
    if chosen.len() == between.count {
        return allowed(between, chosen);
    }
    (from..screens.len()).any(|next| {
        chosen.push(&screens[next]);
        let found = choose(screens, between, chosen, next);
        chosen.pop();
        found
    })
}

/// Whether some of what is in every form can be the anchors, such that the rest keeps its bounds.
fn allowed(between: &Between, forms: &[&BTreeSet<String>]) -> bool {
    let everywhere: Vec<&String> = forms[0]
        .iter()
        .filter(|id| forms.iter().all(|form| form.contains(*id)))
        .collect();
    (0..1u32 << everywhere.len()).any(|mask| {
        let is_anchor = |id: &String| {
            let mut places = everywhere.iter().enumerate();
            places.any(|(place, anchor)| *anchor == id && mask >> place & 1 == 1)
        };
        let rest: Vec<BTreeSet<&String>> = forms
            .iter()
            .map(|form| form.iter().filter(|id| !is_anchor(id)).collect())
            .collect();
        let shared = |a: usize, b: usize| rest[a].intersection(&rest[b]).count() as u32;
        let uses = |id: &String| rest.iter().filter(|form| form.contains(id)).count() as u32;
        let mut pairs = (0..rest.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        mask.count_ones() == between.anchors
            && pairs.all(|(a, b)| shared(a, b) <= between.max_overlap)
            && between.max_uses.is_none_or(|most| {
                let mut ids = rest.iter().flatten();
                ids.all(|id| uses(id) <= most)
            })
    })
}

/// The request with a change made.
fn changed(request: &PickRequest, ways: &[Way]) -> PickRequest {
    let mut request = request.clone();
    for way in ways {
        request = changed_once(request, way);
    }
    request
}

fn changed_once(mut request: PickRequest, way: &Way) -> PickRequest {
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
        Way::Forms(count) => between(&mut request).count = *count,
        Way::Anchors(count) => between(&mut request).anchors = *count,
        Way::Uses(most) => between(&mut request).max_uses = Some(*most),
        Way::Overlap(most) => between(&mut request).max_overlap = *most,
    }
    request
}

fn between(request: &mut PickRequest) -> &mut Between {
    request.between.as_mut().unwrap()
}

/// A request without every condition that is not among some.
fn only(request: &PickRequest, wishes: &[&Wish], left_out: &[&Wish]) -> PickRequest {
    let mut alone = request.clone();
    for wish in Wish::all(request) {
        if !wishes.contains(&&wish) {
            wish.leave_out(&mut alone);
        }
    }
    for wish in left_out {
        wish.leave_out(&mut alone);
    }
    alone
}

/// Everything that is said of why a request is impossible.
fn check_conflict(bank: &Bank, request: &PickRequest) -> Result<(), TestCaseError> {
    let requests = std::slice::from_ref(request);
    let solved: Result<Solved, SolveError> = assemble(bank, requests, &PLENTY);
    match solved {
        Ok(_) => {
            prop_assert!(is_possible(bank, request));
            return Ok(());
        }
        Err(error) => prop_assert_eq!(error, SolveError::Infeasible),
    }
    let found = conflict(bank, requests, &PLENTY);
    prop_assert!(found.is_minimal);
    // Only the conditions of a set, and it is impossible; without any one of them it is not.
    for set in &found.sets {
        let set: Vec<&Wish> = set.iter().map(|(_, wish)| wish).collect();
        prop_assert!(!is_possible(bank, &only(request, &set, &[])), "{set:?}");
        for wish in &set {
            let without = only(request, &set, &[wish]);
            prop_assert!(is_possible(bank, &without), "{wish:?} of {set:?}");
        }
    }
    for ways in &found.ways {
        prop_assert!(is_possible(bank, &changed(request, ways)), "{ways:?}");
    }
    check_nearest(bank, request, &found)
}

fn check_nearest(
    bank: &Bank,
    request: &PickRequest,
    found: &Conflict,
) -> Result<(), TestCaseError> {
    for ways in &found.ways {
        let [way] = ways.as_slice() else {
            continue;
        };
        let less = match way {
            Way::Slot(minutes) => Some(Way::Slot(minutes - 1)),
            Way::Segment(form, segment, minutes) => {
                Some(Way::Segment(*form, *segment, minutes - 1))
            }
            Way::Categories(form, count) => Some(Way::Categories(*form, count + 1)),
            Way::Forms(count) => Some(Way::Forms(count + 1)),
            Way::Anchors(count) => Some(Way::Anchors(count + 1)),
            Way::Uses(most) => Some(Way::Uses(most - 1)),
            Way::Overlap(most) => Some(Way::Overlap(most - 1)),
            _ => None,
        };
        let plain = is_plain(request);
        if let Some(less) = less.filter(|less| !plain || !matches!(less, Way::Slot(..=4))) {
            prop_assert!(
                !is_possible(bank, &changed(request, std::slice::from_ref(&less))),
                "{less:?}"
            );
        }
    }
    // One change is enough exactly when one is named.
    let enough = Wish::all(request).into_iter().any(|wish| {
        let mut without = request.clone();
        wish.leave_out(&mut without);
        is_possible(bank, &without)
    });
    let named = found.ways.iter().any(|ways| ways.len() == 1);
    if request.between.is_none() {
        prop_assert_eq!(enough, named, "{:?}", found);
    }
    // Several are named only where one is not enough.
    prop_assert!(!enough || found.sets.len() == 1, "{:?}", found);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_conflict_is_one_and_has_nothing_to_spare(texts in banks(), request in request()) {
        check_conflict(&bank_of(&texts), &request)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_conflict_between_forms_is_one_too(
        texts in banks(),
        request in request(),
        count in 2usize..4,
        (max_overlap, max_uses, anchors) in (0u32..2, prop::option::of(1u32..3), 0u32..3),
    ) {
        let between = Between { count, max_overlap, max_uses, anchors };
        let request = PickRequest { between: Some(between), ..request };
        check_conflict(&bank_of(&texts), &request)?;
    }
}
