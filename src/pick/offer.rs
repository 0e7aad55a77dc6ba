//! What a bank offers a request.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::bank::Bank;
use crate::model::offer::{CategoryOffer, Offer, SegmentOffer, Sets, Shelf};
use crate::pick::exact::Limits;
use crate::pick::program::{Program, Scope, eligible};
use crate::pick::request::PickRequest;
use crate::pick::sets::{BUDGET, CAP, count};
use crate::pick::solver::is_feasible;

/// Branches after which the solver gives up, where nothing could be counted.
const BRANCHES: u64 = 200;

/// What the bank offers the request: the active questions that its screen-wide filters allow, and the sets
/// of them that satisfy all of it.
#[must_use]
pub fn offer(bank: &Bank, request: &PickRequest) -> Offer {
    let (categories, total) = shelves(bank, request);
    let program = Program::new(bank, request, Scope::All);
    Offer {
        categories,
        total,
        segments: segments(request, &program),
        sets: sets(bank, request, &program),
    }
}

fn sets(bank: &Bank, request: &PickRequest, program: &Program) -> Sets {
    let counted = count(program, CAP, BUDGET);
    if counted != Sets::AtLeast(0) {
        return counted;
    }
    // The solver is better at finding the one set that there may be, or at proving that there is none.
    let limits = Limits {
        nodes: BRANCHES,
        ..Limits::default()
    };
    match is_feasible(&Program::new(bank, request, Scope::Reduced), &limits) {
        Some(true) => Sets::AtLeast(1),
        Some(false) => Sets::Exactly(0),
        None => counted,
    }
}

fn shelves(bank: &Bank, request: &PickRequest) -> (Vec<CategoryOffer>, Shelf) {
    let mut total = Shelf::default();
    let mut by_category: BTreeMap<&str, Shelf> = BTreeMap::new();
    for index in eligible(bank, request) {
        let matter = &bank.questions[index].matter;
        let shelf = by_category.entry(&matter.category.value).or_default();
        for shelf in [shelf, &mut total] {
            shelf.add(matter.difficulty.value, &matter.minutes.value);
        }
    }
    let mut categories: Vec<CategoryOffer> = Vec::new();
    for category in &bank.config.categories {
        let id = &category.id.value;
        categories.push(CategoryOffer {
            id: id.clone(),
            name: category.name.value.clone(),
            shelf: by_category.remove(id.as_str()).unwrap_or_default(),
        });
    }
    categories.extend(by_category.into_iter().map(|(id, shelf)| CategoryOffer {
        id: id.to_owned(),
        name: id.to_owned(),
        shelf,
    }));
    (categories, total)
}

fn segments(request: &PickRequest, program: &Program) -> Vec<SegmentOffer> {
    if request.blueprint.is_none() {
        return Vec::new();
    }
    let mut fitting: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); request.segments.len()];
    for choice in &program.choices {
        fitting[choice.segment].insert(choice.question);
    }
    let segments = request.segments.iter().zip(fitting);
    segments
        .map(|(segment, fitting)| SegmentOffer {
            title: segment.title.value.clone(),
            minutes: segment.minutes.value,
            mode: segment.mode,
            questions: fitting.len(),
        })
        .collect()
}
