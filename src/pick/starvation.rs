//! Why no screen can be assembled from a bank by a blueprint, if none can: proven, and in words.

use std::collections::HashMap;

use crate::model::bank::Bank;
use crate::model::blueprint::{Blueprint, PLAIN_SEGMENT, Segment};
use crate::model::question::Question;
use crate::model::vocabulary::{Status, Vocabulary};
use crate::pick::conflict;
use crate::pick::exact::Limits;
use crate::pick::program::{Origin, Program, eligible};
use crate::pick::request::{PickRequest, Wishes};
use crate::pick::solver::is_feasible;

/// Branches after which the solver gives up: most answers need none, and a linter must not keep waiting.
const BRANCHES: u64 = 1_000;

/// Rows times branches after which it is left open, too.
const ROW_BRANCHES: u64 = 400_000;

/// The most pairs of a question and a segment that are looked at.
const MOST_PAIRS: usize = 1_000_000;

/// What is missing for a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starved {
    /// The index of the segment that starves; `None` when it is the screen as a whole.
    pub segment: Option<usize>,
    /// What is missing, as a sentence without its full stop.
    pub why: String,
}

/// Why no screen can be assembled by a blueprint. `None` when one can, when that is not known, and when
/// the blueprint itself is wrong (names that the bank does not have, segments longer than the slot).
#[must_use]
pub fn starvation(bank: &Bank, blueprint: &Blueprint) -> Option<Starved> {
    if blueprint.overflow(bank.config.frame).is_some() {
        return None;
    }
    if let Some(starved) = not_in_use(bank, blueprint) {
        return Some(starved);
    }
    let request = PickRequest::resolve(bank, Some(blueprint), &Wishes::default()).ok()?;
    starved(bank, &request)
}

/// Why no screen satisfies a request; `None` when one does, or when that is not known.
#[must_use]
pub fn starved(bank: &Bank, request: &PickRequest) -> Option<Starved> {
    let eligible = eligible(bank, request);
    if eligible.len().saturating_mul(request.segments.len()) > MOST_PAIRS {
        return None;
    }
    let eligible: Vec<&Question> = eligible
        .iter()
        .filter_map(|&index| bank.questions.get(index))
        .collect();
    for (number, segment) in request.segments.iter().enumerate() {
        if let Some(why) = lacking(bank, request, segment, &eligible) {
            let segment = Some(number);
            return Some(Starved { segment, why });
        }
    }
    for id in &request.constraints.include {
        let usable = |question: &&&Question| {
            let mut segments = request.segments.iter();
            question.id() == id.value
                && segments
                    .any(|segment| segment.fits(question) && segment.shortest(question).is_some())
        };
        if eligible.iter().find(usable).is_none() {
            return Some(whole(format!(
                "the included question `{}` fits no segment",
                id.value
            )));
        }
    }
    let program = Program::new(
        bank,
        request,
        conflict::scope(std::slice::from_ref(request)),
    );
    match feasible(&program) {
        Some(false) => Some(together(request, &program)),
        _ => None,
    }
}

fn feasible(program: &Program) -> Option<bool> {
    // A branch takes time in proportion to the rows.
    let most = ROW_BRANCHES / (program.rows.len() as u64).max(1);
    let limits = Limits {
        nodes: most.clamp(20, BRANCHES),
        ..Limits::default()
    };
    is_feasible(program, &limits)
}

fn whole(why: impl Into<String>) -> Starved {
    Starved {
        segment: None,
        why: why.into(),
    }
}

/// Questions that must be asked and may not be.
fn not_in_use(bank: &Bank, blueprint: &Blueprint) -> Option<Starved> {
    let status = |id: &str| {
        let question = bank.question(id)?;
        match question.matter.status {
            Status::Draft => Some("a draft"),
            Status::Retired => Some("retired"),
            Status::Active => None,
        }
    };
    for (number, segment) in blueprint.segments.iter().enumerate() {
        for id in &segment.required {
            if let Some(status) = status(id) {
                let why = format!(
                    "{} requires `{}`, which is {status}",
                    called(segment),
                    id.value
                );
                let segment = Some(number);
                return Some(Starved { segment, why });
            }
        }
    }
    let mut included = blueprint.constraints.include.iter();
    let found = included.find_map(|id| Some((id, status(id)?)));
    found.map(|(id, status)| whole(format!("it includes `{}`, which is {status}", id.value)))
}

fn called(segment: &Segment) -> String {
    if segment.title.value == PLAIN_SEGMENT && segment.title.span.is_empty() {
        "the screen".to_owned()
    } else {
        format!("the segment `{}`", segment.title.value)
    }
}

/// What a segment lacks by itself: conditions that are necessary, and are found by counting.
fn lacking(
    bank: &Bank,
    request: &PickRequest,
    segment: &Segment,
    eligible: &[&Question],
) -> Option<String> {
    let fitting: Vec<(&Question, u32)> = eligible
        .iter()
        .filter(|question| segment.fits(question))
        .filter_map(|question| Some((*question, segment.shortest(question)?)))
        .collect();
    let there = |id: &str| fitting.iter().any(|(question, _)| question.id() == id);
    if let Some(id) = segment.required.iter().find(|id| !there(id)) {
        let why = bank.question(id).map_or("cannot be asked", |question| {
            unfit(request, segment, question)
        });
        return Some(format!(
            "{} requires `{}`, which {why}",
            called(segment),
            id.value
        ));
    }
    if let Some(list) = segment
        .one_of
        .iter()
        .find(|list| !list.iter().any(|id| there(id)))
    {
        let list = either(list.iter().map(|id| id.as_str()));
        return Some(format!(
            "{} needs one of {list}, and none of them can be asked",
            called(segment)
        ));
    }
    let need = segment.questions.min.unwrap_or(0);
    let lengths = separate(&fitting);
    let found = u32::try_from(lengths.len()).unwrap_or(u32::MAX);
    if found < need {
        let left = match found {
            0 => "none is left".to_owned(),
            1 => "1 is left".to_owned(),
            more => format!("{more} are left"),
        };
        return Some(format!(
            "{} needs {}; {left}",
            called(segment),
            wanted(segment, need)
        ));
    }
    let count = usize::try_from(need).unwrap_or(usize::MAX);
    let least: u32 = lengths.iter().take(count).sum();
    (least > segment.minutes.value).then(|| {
        format!(
            "{} needs {}; the shortest take {least} minutes together",
            called(segment),
            wanted(segment, need)
        )
    })
}

/// The minutes of questions that can stand together, shortest first: of each group only the shortest.
fn separate(fitting: &[(&Question, u32)]) -> Vec<u32> {
    let mut lengths = Vec::new();
    let mut groups: HashMap<&str, u32> = HashMap::new();
    for (question, minutes) in fitting {
        match &question.matter.group {
            None => lengths.push(*minutes),
            Some(group) => {
                let shortest = groups.entry(group.as_str()).or_insert(*minutes);
                *shortest = (*shortest).min(*minutes);
            }
        }
    }
    lengths.extend(groups.values());
    lengths.sort_unstable();
    lengths
}

/// Why a question that is in use cannot be asked in a segment that names it.
fn unfit(request: &PickRequest, segment: &Segment, question: &Question) -> &'static str {
    let mut modes = question.matter.minutes.modes();
    if request.constraints.excludes(question) {
        "is excluded"
    } else if !request.constraints.takes_level(question) {
        "is for other levels"
    } else if !modes.any(|(mode, _)| segment.mode.is_none_or(|wanted| wanted == mode)) {
        "has no minutes for its ask mode"
    } else {
        "takes more minutes than it has"
    }
}

/// What a segment asks for, in words: `2 questions of databases in mode deep within 12 minutes`.
fn wanted(segment: &Segment, count: u32) -> String {
    let mut words = format!("{count} question{}", if count == 1 { "" } else { "s" });
    if segment.only_names() {
        words.push_str(" of those that it names");
    }
    let mut add = |before: &str, names: Vec<&str>| {
        if !names.is_empty() {
            words.push_str(before);
            words.push_str(&either(names));
        }
    };
    add(
        " of ",
        segment
            .categories
            .iter()
            .map(|category| category.as_str())
            .collect(),
    );
    add(
        " of kind ",
        segment.kinds.iter().map(|kind| kind.name()).collect(),
    );
    let difficulties = segment
        .difficulties
        .iter()
        .map(|difficulty| difficulty.name());
    add(" of difficulty ", difficulties.collect());
    add(
        " with the tag ",
        segment.tags.iter().map(|tag| tag.as_str()).collect(),
    );
    add(
        " in mode ",
        segment.mode.iter().map(|mode| mode.name()).collect(),
    );
    format!("{words} within {} minutes", segment.minutes.value)
}

/// Names in backticks with "or" between them.
fn either<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}

/// What makes the difference where every segment has questions enough by itself.
fn together(request: &PickRequest, program: &Program) -> Starved {
    let infeasible = |program: &Program| feasible(program) == Some(false);
    for (number, segment) in request.segments.iter().enumerate() {
        let own = |origin: &Origin| of_segment(origin, number) || *origin == Origin::Once;
        if infeasible(&program.without(|origin| !own(origin) && !is_apart(origin))) {
            let apart = feasible(&program.without(|origin| !own(origin))) == Some(true);
            let why = if apart { APART } else { CONTRADICTION };
            let why = format!("{} cannot be filled even alone: {why}", called(segment));
            let segment = Some(number);
            return Starved { segment, why };
        }
    }
    let solvable =
        |dropped: &dyn Fn(&Origin) -> bool| feasible(&program.without(dropped)) == Some(true);
    let mut tried: Vec<&Origin> = Vec::new();
    for row in &program.rows {
        let Some(why) = condition(&row.origin) else {
            continue;
        };
        if tried.len() < MOST_TRIED && !tried.contains(&&row.origin) {
            tried.push(&row.origin);
            if solvable(&|origin| *origin == row.origin) {
                return whole(why);
            }
        }
    }
    if solvable(&is_apart) {
        return whole(APART);
    }
    for (number, segment) in request.segments.iter().enumerate() {
        if solvable(&|origin| of_segment(origin, number)) {
            let why = format!(
                "{} leaves too little for the others, which need the same questions",
                called(segment)
            );
            let segment = Some(number);
            return Starved { segment, why };
        }
    }
    whole(CONTRADICTION)
}

const APART: &str =
    "the questions that it needs must not meet: groups or `never_with` keep them apart";
const CONTRADICTION: &str = "its conditions contradict each other";

/// How many conditions are left out one at a time to see which makes the difference.
const MOST_TRIED: usize = 24;

fn of_segment(origin: &Origin, number: usize) -> bool {
    match origin {
        Origin::SegmentMinutes(other)
        | Origin::SegmentCount(other)
        | Origin::OneOf(other)
        | Origin::Required(other) => *other == number,
        _ => false,
    }
}

fn is_apart(origin: &Origin) -> bool {
    matches!(origin, Origin::Group | Origin::NeverWith)
}

/// A condition for the screen as a whole that cannot be met with the others.
fn condition(origin: &Origin) -> Option<String> {
    match origin {
        Origin::MinCategories => {
            Some("its segments do not leave room for `min_categories`".to_owned())
        }
        Origin::Counted(what) => Some(format!("`{what}` cannot be had with everything else")),
        Origin::Include(id) => Some(format!(
            "the included question `{id}` cannot be asked with everything else"
        )),
        _ => None,
    }
}
