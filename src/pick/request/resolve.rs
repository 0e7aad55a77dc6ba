//! From wishes to a request: every name is looked up, and what contradicts itself is said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{PickRequest, Wishes};
use crate::model::bank::Bank;
use crate::model::blueprint::{Blueprint, Segment};
use crate::model::config::Frame;
use crate::model::constraints::{Constraints, Feature};
use crate::model::finding::Finding;
use crate::model::question::Question;
use crate::model::screen::{Occasion, Screen};
use crate::model::source::{Location, Source, Span, Spanned};
use crate::model::suggest;
use crate::model::vocabulary::{Status, Vocabulary};

/// The rule for names that nothing in the bank has.
pub const UNKNOWN_REFERENCE: &str = "unknown-reference";
/// The rule for wishes that contradict each other.
pub const INVALID_REQUEST: &str = "invalid-request";

/// What the id of a screen without a blueprint begins with.
const SLUG: &str = "screen";

impl PickRequest {
    /// A request for nothing, with what does not come from a blueprint.
    fn of_nothing(wishes: &Wishes) -> Self {
        Self {
            seed: wishes.seed,
            occasion: wishes.occasion.clone(),
            between: wishes.between,
            ..Self::default()
        }
    }

    /// The request that a screen was picked for, with other wishes beside it.
    ///
    /// # Errors
    /// As [`PickRequest::resolve`].
    pub fn again(
        bank: &Bank,
        screen: &Screen,
        segments: Vec<Segment>,
        wishes: &Wishes,
    ) -> Result<Self, Vec<Finding>> {
        let mut resolver = Resolver {
            bank,
            source: Source::without_text("command line"),
            findings: Vec::new(),
        };
        let mut flags = wishes.constraints.clone();
        resolver.constraints(&mut flags);
        let mut constraints = screen.constraints.unplaced();
        // A question that is gone from the bank is left out anyway.
        constraints.exclude.retain(|id| bank.question(id).is_some());
        resolver.constraints(&mut constraints);
        merge(&mut constraints, flags);
        let mut segments = segments;
        for segment in &mut segments {
            resolver.segment(segment);
        }
        let findings = resolver.findings;
        if !findings.is_empty() {
            return Err(findings);
        }
        let occasion = &screen.occasion;
        Ok(Self {
            title: screen.title.clone(),
            slug: screen.blueprint.clone().unwrap_or_else(|| SLUG.to_owned()),
            blueprint: screen.blueprint.clone(),
            frame: screen.frame(),
            segments,
            constraints,
            occasion: Occasion {
                candidate: wishes
                    .occasion
                    .candidate
                    .clone()
                    .or_else(|| occasion.candidate.clone()),
                date: wishes.occasion.date.or(occasion.date),
                ..occasion.clone()
            },
            ..Self::of_nothing(wishes)
        })
    }

    /// Resolves wishes, over a blueprint when one is given.
    ///
    /// # Errors
    /// Every name that the bank does not have, and every contradiction.
    pub fn resolve(
        bank: &Bank,
        blueprint: Option<&Blueprint>,
        wishes: &Wishes,
    ) -> Result<Self, Vec<Finding>> {
        let source = Source::without_text("command line");
        let mut resolver = Resolver {
            bank,
            source: Arc::clone(&source),
            findings: Vec::new(),
        };
        let mut constraints = wishes.constraints.clone();
        resolver.constraints(&mut constraints);
        let request = match blueprint {
            Some(blueprint) => resolver.with_blueprint(blueprint, wishes, constraints),
            None => resolver.plain(wishes, constraints),
        };
        if resolver.findings.is_empty() {
            Ok(request)
        } else {
            Err(resolver.findings)
        }
    }
}

struct Resolver<'b> {
    bank: &'b Bank,
    source: Arc<Source>,
    findings: Vec<Finding>,
}

impl Resolver<'_> {
    fn plain(&mut self, wishes: &Wishes, mut constraints: Constraints) -> PickRequest {
        let config = &self.bank.config;
        let defaults = config.frame;
        let frame = Frame {
            minutes: wishes.minutes.unwrap_or(defaults.minutes),
            ..defaults
        };
        self.check_frame(frame);
        constraints.min_categories = constraints.min_categories.or(config.pick.categories);
        if constraints.difficulty.is_empty() && constraints.mix.is_empty() {
            constraints.mix.clone_from(&config.pick.mix);
        }
        let segment = Segment::plain(frame.question_minutes());
        PickRequest {
            title: format!("Screen, {} minutes", frame.minutes),
            slug: SLUG.to_owned(),
            blueprint: None,
            frame,
            segments: vec![segment],
            constraints,
            ..PickRequest::of_nothing(wishes)
        }
    }

    fn with_blueprint(
        &mut self,
        blueprint: &Blueprint,
        wishes: &Wishes,
        from_flags: Constraints,
    ) -> PickRequest {
        let config = &self.bank.config;
        let frame = blueprint.frame(config.frame);
        if let Some(minutes) = wishes.minutes
            && minutes != frame.minutes
        {
            self.contradiction(
                format!(
                    "the blueprint `{}` is {} minutes long, not {minutes}",
                    blueprint.name, frame.minutes
                ),
                "leave `--minutes` out, or change the blueprint",
            );
        }
        self.source = Arc::clone(&blueprint.source);
        if let Some(message) = blueprint.overflow(config.frame) {
            let location = Location::at(&self.source, blueprint.minutes.span);
            let hint = "shorten a segment, or lengthen the slot";
            self.findings
                .push(Finding::error(INVALID_REQUEST, location, message).hint(hint));
        }
        let mut constraints = blueprint.constraints.clone();
        self.constraints(&mut constraints);
        let mut segments = blueprint.segments.clone();
        if segments.is_empty() {
            segments = self.plain(wishes, Constraints::default()).segments;
            for segment in &mut segments {
                segment.minutes.value = frame.question_minutes();
            }
        }
        for segment in &mut segments {
            self.segment(segment);
        }
        merge(&mut constraints, from_flags);
        PickRequest {
            title: blueprint.title.clone(),
            slug: blueprint.name.clone(),
            blueprint: Some(blueprint.name.clone()),
            frame,
            segments,
            constraints,
            ..PickRequest::of_nothing(wishes)
        }
    }

    fn check_frame(&mut self, frame: Frame) {
        if frame.question_minutes() == 0 {
            self.contradiction(
                format!(
                    "{} minutes are all taken by the intro ({}) and the closing ({})",
                    frame.minutes, frame.intro_minutes, frame.closing_minutes
                ),
                "give the slot more minutes",
            );
        }
    }

    fn contradiction(&mut self, message: String, hint: &str) {
        let location = Location::file(&self.source);
        self.findings
            .push(Finding::error(INVALID_REQUEST, location, message).hint(hint));
    }

    fn unknown(&mut self, span: Span, what: &str, word: &str, known: Vec<&str>) {
        let location = if span.is_empty() {
            Location::file(&self.source)
        } else {
            Location::at(&self.source, span)
        };
        let mut finding = Finding::error(
            UNKNOWN_REFERENCE,
            location,
            format!("there is no {what} `{word}`"),
        );
        finding.hint = suggest::hint(word, known);
        self.findings.push(finding);
    }

    fn constraints(&mut self, constraints: &mut Constraints) {
        for list in &mut constraints.together {
            let mut known = BTreeSet::new();
            list.retain(|id| known.insert(id.value.clone()));
            if let [only] = list.as_slice() {
                self.contradiction(
                    format!("`{}` alone cannot be together with anything", only.value),
                    "name the questions that go with it",
                );
            }
        }
        let lists = constraints.together.iter().flatten();
        for id in lists.chain(constraints.include.iter().chain(&constraints.exclude)) {
            self.question(id);
        }
        for id in &constraints.include {
            self.must_be_active(id);
        }
        for level in &constraints.levels {
            self.level(level);
        }
        for categories in [
            &mut constraints.categories,
            &mut constraints.shares.categories,
        ] {
            for (word, count) in std::mem::take(categories) {
                let name = self.category(&word, count.span);
                categories.insert(name, count);
            }
        }
        for counted in constraints.counted() {
            let span = counted.count.span;
            match &counted.feature {
                Feature::Tag(tag) => self.tag(tag, span),
                Feature::Level(level) => self.level(&Spanned::new(level.clone(), span)),
                _ => {}
            }
        }
    }

    fn segment(&mut self, segment: &mut Segment) {
        for category in &mut segment.categories {
            category.value = self.category(&category.value, category.span);
        }
        for tag in &segment.tags {
            self.tag(tag, tag.span);
        }
        for id in segment.one_of.iter().flatten() {
            self.question(id);
        }
        for id in &segment.required {
            self.question(id);
            self.must_be_active(id);
        }
    }

    /// The id of the category that a word names.
    fn category(&mut self, word: &str, span: Span) -> String {
        let config = &self.bank.config;
        if let Some(category) = config.find_category(word) {
            return category.id.value.clone();
        }
        let known = config.categories.iter().map(|known| known.id.as_str());
        self.unknown(span, "category", word, known.collect());
        word.to_owned()
    }

    fn level(&mut self, level: &Spanned<String>) {
        let levels = &self.bank.config.levels;
        if !levels.contains(&level.value) {
            let known = levels.iter().map(String::as_str).collect();
            self.unknown(level.span, "level", level, known);
        }
    }

    fn tag(&mut self, tag: &str, span: Span) {
        let mut known: Vec<&str> = self
            .bank
            .questions
            .iter()
            .flat_map(|question| &question.matter.tags)
            .map(|tag| tag.as_str())
            .collect();
        if !known.contains(&tag) {
            known.sort_unstable();
            known.dedup();
            self.unknown(span, "tag", tag, known);
        }
    }

    fn question(&mut self, id: &Spanned<String>) {
        if self.bank.question(id).is_none() {
            let known = self.bank.questions.iter().map(Question::id);
            self.unknown(id.span, "question", id, known.collect());
        }
    }

    fn must_be_active(&mut self, id: &Spanned<String>) {
        let status = self
            .bank
            .question(id)
            .map(|question| question.matter.status);
        let is_fit = self.bank.question(id).is_none_or(Question::has_fit_id);
        if !is_fit {
            self.contradiction(
                format!("no screen can name the question `{}`", id.value),
                "an id is kebab-case: rename the question's file",
            );
        }
        if let Some(status) = status
            && status != Status::Active
        {
            self.contradiction(
                format!("the question `{}` is {}", id.value, status.name()),
                "only active questions are picked",
            );
        }
    }
}

/// What the flags ask for holds beside what the blueprint asks for; where both bound the same
/// thing, the flag wins.
fn merge(constraints: &mut Constraints, flags: Constraints) {
    constraints.min_categories = flags.min_categories.or(constraints.min_categories);
    constraints.include.extend(flags.include);
    constraints.exclude.extend(flags.exclude);
    if !flags.levels.is_empty() {
        constraints.levels = flags.levels;
    }
    constraints.categories.extend(flags.categories);
    constraints.difficulty.extend(flags.difficulty);
    if !flags.mix.is_empty() {
        constraints.mix = flags.mix;
    }
    constraints.kinds.extend(flags.kinds);
    constraints.tags.extend(flags.tags);
    constraints.level_counts.extend(flags.level_counts);
    constraints.together.extend(flags.together);
    constraints.questions = flags.questions.or(constraints.questions);
    constraints.max_per_category = flags.max_per_category.or(constraints.max_per_category);
    let (shares, flags) = (&mut constraints.shares, flags.shares);
    shares.categories.extend(flags.categories);
    shares.difficulty.extend(flags.difficulty);
    shares.kinds.extend(flags.kinds);
    shares.levels.extend(flags.levels);
    shares.tags.extend(flags.tags);
}
