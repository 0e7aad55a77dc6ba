//! What comes near a request that cannot be met; every suggestion has been solved.

use std::collections::HashSet;

use crate::model::bank::Bank;
use crate::model::blueprint::Count;
use crate::pick::program::{self, Origin, Program, Scope};
use crate::pick::request::PickRequest;
use crate::pick::solver;

/// Why a request cannot be met, and what would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest {
    /// Active questions that the filters allow.
    pub questions: usize,
    /// Their distinct categories.
    pub categories: usize,
    /// The shortest slot, intro and closing included, in which everything else holds; only for a
    /// request without a blueprint.
    pub fewest_minutes: Option<u32>,
    /// The most distinct categories with everything else held.
    pub most_categories: Option<u32>,
    /// Segments that cannot be filled even alone: title and number of questions that they allow.
    pub starving: Vec<(String, usize)>,
    /// Conditions without any one of which there would be a screen.
    pub without: Vec<String>,
}

/// Looks for the nearest requests that can be met.
#[must_use]
pub fn nearest(bank: &Bank, request: &PickRequest, program: &Program) -> Nearest {
    let eligible: Vec<usize> = program::eligible(bank, request);
    let categories: HashSet<&str> = eligible
        .iter()
        .map(|&index| bank.questions[index].matter.category.value.as_str())
        .collect();
    Nearest {
        questions: eligible.len(),
        categories: categories.len(),
        fewest_minutes: fewest_minutes(bank, request),
        most_categories: most_categories(request, program),
        starving: starving(bank, request, program),
        without: without(request, program),
    }
}

fn fewest_minutes(bank: &Bank, request: &PickRequest) -> Option<u32> {
    if request.blueprint.is_some() {
        return None;
    }
    // Modes that are too long for the slot are choices again in a longer one.
    let mut longer = request.clone();
    longer.frame.minutes = crate::pick::request::LONGEST_SLOT;
    for segment in &mut longer.segments {
        segment.minutes.value = longer.frame.question_minutes();
    }
    let mut program = Program::new(bank, &longer, Scope::AtMost(fewest_questions(request)));
    let minutes: Vec<(usize, i64)> = program
        .choices
        .iter()
        .enumerate()
        .map(|(variable, choice)| (variable, i64::from(choice.minutes)))
        .collect();
    program.minimise(&minutes);
    let least = u32::try_from(solver::solve(&program).ok()?.objective).ok()?;
    Some(least + request.frame.intro_minutes + request.frame.closing_minutes)
}

/// The most questions of one profile that a shortest screen can need: one per condition that asks for
/// questions.
fn fewest_questions(request: &PickRequest) -> u32 {
    let constraints = &request.constraints;
    let least = |count: &Count| count.min.unwrap_or(0);
    let segments: u32 = request
        .segments
        .iter()
        .map(|part| least(&part.questions))
        .sum();
    let counts = constraints
        .categories
        .values()
        .chain(constraints.difficulty.values())
        .chain(constraints.kinds.values())
        .chain(constraints.tags.values());
    let counted: u32 = counts.map(|count| least(count)).sum();
    let named = u32::try_from(constraints.include.len()).unwrap_or(u32::MAX);
    constraints.min_categories.unwrap_or(0) + segments + counted + named
}

fn most_categories(request: &PickRequest, program: &Program) -> Option<u32> {
    request.constraints.min_categories?;
    let mut program = program.without(|origin| *origin == Origin::MinCategories);
    let marks: Vec<(usize, i64)> = program
        .category_marks
        .iter()
        .map(|&mark| (mark, -1))
        .collect();
    program.minimise(&marks);
    let most = -solver::solve(&program).ok()?.objective;
    u32::try_from(most).ok()
}

/// Each segment with nothing but its own conditions.
fn starving(bank: &Bank, request: &PickRequest, program: &Program) -> Vec<(String, usize)> {
    if request.blueprint.is_none() {
        return Vec::new();
    }
    let mut starving = Vec::new();
    for (number, segment) in request.segments.iter().enumerate() {
        let alone = program.without(|origin| match origin {
            Origin::SegmentMinutes(other)
            | Origin::SegmentCount(other)
            | Origin::OneOf(other)
            | Origin::Required(other) => *other != number,
            Origin::Once | Origin::Group | Origin::NeverWith => false,
            _ => true,
        });
        if solver::solve(&alone).is_err() {
            let suiting = program::eligible(bank, request)
                .into_iter()
                .filter(|&index| segment.fits(&bank.questions[index]))
                .count();
            starving.push((segment.title.value.clone(), suiting));
        }
    }
    starving
}

/// Screen-wide conditions that can be left out one at a time.
fn without(request: &PickRequest, program: &Program) -> Vec<String> {
    let mut candidates: Vec<(String, Origin)> = Vec::new();
    for row in &program.rows {
        let name = match &row.origin {
            Origin::Include(id) => format!("without the included question `{id}`"),
            Origin::Counted(what) => format!("without `{what}`"),
            Origin::SegmentCount(number) if request.blueprint.is_some() => {
                let title = &request.segments[*number].title.value;
                format!("with any number of questions in `{title}`")
            }
            _ => continue,
        };
        if !candidates.iter().any(|(known, _)| *known == name) {
            candidates.push((name, row.origin.clone()));
        }
    }
    candidates
        .into_iter()
        .filter(|(_, origin)| {
            let relaxed = program.without(|other| other == origin);
            solver::solve(&relaxed).is_ok()
        })
        .map(|(name, _)| name)
        .collect()
}
