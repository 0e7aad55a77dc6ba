//! `unreachable-question`: no blueprint can ever pick an active question, and no screen names it, so that it is never
//! asked.
//!
//! ## Why
//!
//! Work went into the question, it is reviewed like the others, and no candidate hears it. Most often its category is
//! in no blueprint, it is longer than every segment that would take it, or it has no minutes for the ask mode that they
//! want.
//!
//! Only banks with blueprints are looked at, and each question by itself: one that loses against the others every time
//! is not found. What `intervy pick` without a blueprint could choose does not count.
//!
//! ## Example
//!
//! ```yaml
//! category: caching        # the blueprints take caching in mode quick only
//! minutes: { deep: 25 }
//! ```
//!
//! ## Instead
//!
//! Give it minutes for the modes that blueprints want, add a segment that takes it, or make it a draft.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::bank::Bank;
use crate::model::blueprint::{Blueprint, Segment};
use crate::model::constraints::{Constraints, Count};
use crate::model::finding::{Finding, Level};
use crate::model::question::Question;
use crate::model::source::{Location, Spanned};
use crate::model::vocabulary::Vocabulary;

pub(super) const RULE: Rule = Rule {
    name: "unreachable-question",
    group: Group::Bank,
    level: Level::Warning,
    fix: None,
    file: include_str!("unreachable_question.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    if bank.blueprints.is_empty() || !bank.config_is_sound() || partly_read(bank) {
        return;
    }
    let plans: Vec<Plan<'_>> = bank
        .blueprints
        .iter()
        .map(|blueprint| Plan::new(blueprint, bank))
        .collect();
    let on_screens = bank.screens.iter().flat_map(|screen| &screen.questions);
    let on_screens: HashSet<&str> = on_screens.map(|question| question.id.as_str()).collect();
    for question in bank
        .questions
        .iter()
        .filter(|question| question.is_active())
    {
        if on_screens.contains(question.id()) || plans.iter().any(|plan| plan.takes(question)) {
            continue;
        }
        let location = Location::at(&question.text.source, question.text.name);
        let message = format!(
            "no blueprint can pick `{}`, and no screen names it",
            question.id()
        );
        let mut finding = Finding::new(location, message);
        if let Some(bar) = most_frequent(&plans, question) {
            finding.hint = Some(format!(
                "what shuts it out most often is {}: change that, or the blueprints, or make it a draft",
                bar.described(question)
            ));
        }
        findings.push(finding);
    }
}

/// Whether a blueprint or a screen could not be read, which might take any question.
fn partly_read(bank: &Bank) -> bool {
    bank.findings.iter().any(|finding| {
        let path = bank.relative(&finding.location.source.path);
        path.starts_with("blueprints/") || path.starts_with("screens/")
    })
}

/// What keeps a question out of a segment, in the order in which people look at a question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bar {
    Category,
    Kind,
    Difficulty,
    Tags,
    Mode,
    Minutes,
    Levels,
    Excluded,
    Named,
    Counts,
}

impl Bar {
    fn described(self, question: &Question) -> String {
        let matter = &question.matter;
        match self {
            Self::Category => format!("its category, `{}`", matter.category.value),
            Self::Kind => format!("its kind, `{}`", matter.kind.name()),
            Self::Difficulty => format!("its difficulty, `{}`", matter.difficulty.name()),
            Self::Tags => "that it has none of the wanted tags".to_owned(),
            Self::Mode => "that it has no minutes for the wanted ask mode".to_owned(),
            Self::Minutes => "that it takes more minutes than the segment has".to_owned(),
            Self::Levels => "that it is for other levels".to_owned(),
            Self::Excluded => "that it is excluded by its id".to_owned(),
            Self::Named => "that the segment only takes the questions that it names".to_owned(),
            Self::Counts => "that a count allows none of its sort".to_owned(),
        }
    }
}

/// A blueprint as a pick takes it.
struct Plan<'b> {
    segments: Vec<Segment>,
    constraints: &'b Constraints,
    /// The categories of which its counts allow no question.
    barred: Vec<&'b str>,
}

impl<'b> Plan<'b> {
    fn new(blueprint: &'b Blueprint, bank: &'b Bank) -> Self {
        let config = &bank.config;
        let mut segments = blueprint.segments.clone();
        if segments.is_empty() {
            segments.push(Segment::plain(
                blueprint.frame(config.frame).question_minutes(),
            ));
        }
        for segment in &mut segments {
            let ids = segment.categories.iter().map(|category| {
                let known = config.find_category(category)?;
                Some(Spanned::new(known.id.value.clone(), category.span))
            });
            // An unknown category is another rule's finding, and may be meant to be any.
            segment.categories = ids.collect::<Option<Vec<_>>>().unwrap_or_default();
        }
        let counts = blueprint.constraints.categories.iter();
        let none = counts.filter(|(_, count)| count.value.max == Some(0));
        let barred = none.filter_map(|(category, _)| config.find_category(category));
        Self {
            segments,
            constraints: &blueprint.constraints,
            barred: barred.map(|category| category.id.as_str()).collect(),
        }
    }

    fn takes(&self, question: &Question) -> bool {
        self.constraints.allow(question)
            && !self.counts_out(question)
            && self.segments.iter().any(|segment| {
                segment.fits(question)
                    && segment.shortest(question).is_some()
                    && segment.questions.max != Some(0)
                    && (segment.names(question.id()) || !is_taken(segment))
            })
    }

    /// Whether a count allows no question of its sort.
    fn counts_out(&self, question: &Question) -> bool {
        let matter = &question.matter;
        let none =
            |count: Option<&Spanned<Count>>| count.is_some_and(|count| count.value.max == Some(0));
        let counts = self.constraints;
        self.barred.contains(&matter.category.as_str())
            || none(counts.difficulty.get(&matter.difficulty.value))
            || none(counts.kinds.get(&matter.kind))
            || !counts.tags.is_empty()
                && matter
                    .tags
                    .iter()
                    .any(|tag| none(counts.tags.get(tag.as_str())))
    }

    /// Everything that keeps a question out of a segment.
    fn bars(&self, segment: &Segment, question: &Question) -> Vec<Bar> {
        let named = segment.names(question.id());
        let modes = question.matter.minutes.modes();
        let has_mode = segment
            .mode
            .is_none_or(|wanted| modes.into_iter().any(|(mode, _)| mode == wanted));
        let only_named = segment.only_names() || is_taken(segment);
        let bars = [
            (Bar::Category, !named && !segment.takes_category(question)),
            (Bar::Kind, !named && !segment.takes_kind(question)),
            (
                Bar::Difficulty,
                !named && !segment.takes_difficulty(question),
            ),
            (Bar::Tags, !named && !segment.takes_tag(question)),
            (Bar::Mode, !has_mode),
            (
                Bar::Minutes,
                has_mode && segment.shortest(question).is_none(),
            ),
            (Bar::Levels, !self.constraints.takes_level(question)),
            (Bar::Excluded, self.constraints.excludes(question)),
            (Bar::Named, !named && only_named),
            (
                Bar::Counts,
                self.counts_out(question) || segment.questions.max == Some(0),
            ),
        ];
        bars.into_iter()
            .filter(|(_, shut)| *shut)
            .map(|(bar, _)| bar)
            .collect()
    }
}

/// Whether the questions that a segment names are all that it has room for. Where one question could
/// stand for two of its conditions, there may be room.
fn is_taken(segment: &Segment) -> bool {
    let Some(most) = segment.questions.max else {
        return false;
    };
    let named = segment.one_of.len() + segment.required.len();
    if named == 0 || u32::try_from(named).is_ok_and(|named| named < most) {
        return false;
    }
    let mut seen = BTreeSet::new();
    let lists = segment.one_of.iter();
    let distinct =
        lists.flat_map(|list| list.iter().map(|id| id.as_str()).collect::<BTreeSet<_>>());
    let mut all = distinct.chain(segment.required.iter().map(|id| id.as_str()));
    all.all(|id| seen.insert(id))
}

/// The bar that keeps the question out most often of the segments that it comes nearest to.
fn most_frequent(plans: &[Plan<'_>], question: &Question) -> Option<Bar> {
    let segments = plans
        .iter()
        .flat_map(|plan| plan.segments.iter().map(move |segment| (plan, segment)));
    let all: Vec<Vec<Bar>> = segments
        .map(|(plan, segment)| plan.bars(segment, question))
        .collect();
    let fewest = all.iter().map(Vec::len).min()?;
    let mut counts: BTreeMap<Bar, usize> = BTreeMap::new();
    for bar in all.iter().filter(|bars| bars.len() == fewest).flatten() {
        *counts.entry(*bar).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(bar, _)| bar)
}
