//! A blueprint: what a screen must look like, before any question is chosen.

use std::sync::Arc;

use crate::model::config::Frame;
use crate::model::constraints::{Constraints, Count};
use crate::model::question::Question;
use crate::model::source::{Source, Span, Spanned};
use crate::model::vocabulary::{AskMode, Difficulty, Kind};

/// The specification of a screen.
#[derive(Clone, Debug)]
pub struct Blueprint {
    /// The file.
    pub source: Arc<Source>,
    /// The file's stem; the name that flags and loops use.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The whole slot.
    pub minutes: Spanned<u32>,
    /// Before the first question; `None`: the bank's default.
    pub intro_minutes: Option<u32>,
    /// After the last question; `None`: the bank's default.
    pub closing_minutes: Option<u32>,
    /// The parts of the interview, in order.
    pub segments: Vec<Segment>,
    /// What holds for the screen as a whole.
    pub constraints: Constraints,
}

impl Blueprint {
    /// The slot, with what the blueprint leaves out taken from `defaults`.
    #[must_use]
    pub fn frame(&self, defaults: Frame) -> Frame {
        Frame {
            minutes: self.minutes.value,
            intro_minutes: self.intro_minutes.unwrap_or(defaults.intro_minutes),
            closing_minutes: self.closing_minutes.unwrap_or(defaults.closing_minutes),
        }
    }

    /// What is wrong with the lengths, if the segments do not fit between intro and closing.
    #[must_use]
    pub fn overflow(&self, defaults: Frame) -> Option<String> {
        let frame = self.frame(defaults);
        let room = frame.question_minutes();
        let taken: u32 = self.segments.iter().map(|part| part.minutes.value).sum();
        (taken > room || room == 0).then(|| {
            format!(
                "{} minutes leave {room} for questions after {} of intro and {} of closing, but the segments take {taken}",
                frame.minutes, frame.intro_minutes, frame.closing_minutes
            )
        })
    }
}

/// A part of an interview with minutes and conditions of its own.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its title; unique in the blueprint.
    pub title: Spanned<String>,
    /// The most minutes that its questions may take together.
    pub minutes: Spanned<u32>,
    /// How many questions; none given: at least one.
    pub questions: Count,
    /// The ask mode of all its questions; `None`: whatever fits.
    pub mode: Option<AskMode>,
    /// Only questions of these categories; empty: of any.
    pub categories: Vec<Spanned<String>>,
    /// Only questions of these kinds; empty: of any.
    pub kinds: Vec<Kind>,
    /// Only questions of these difficulties; empty: of any.
    pub difficulties: Vec<Difficulty>,
    /// Only questions with at least one of these tags; empty: with any.
    pub tags: Vec<Spanned<String>>,
    /// Of each of these lists, exactly one question.
    pub one_of: Vec<Vec<Spanned<String>>>,
    /// Questions that must be here.
    pub required: Vec<Spanned<String>>,
    /// A line for the interviewer.
    pub note: Option<String>,
}

/// The title of the one segment of a pick without segments.
pub const PLAIN_SEGMENT: &str = "Questions";

impl Segment {
    /// The segment of a pick without segments: at least one question of any sort.
    #[must_use]
    pub fn plain(minutes: u32) -> Self {
        Self {
            title: Spanned::new(PLAIN_SEGMENT.to_owned(), Span::default()),
            minutes: Spanned::new(minutes, Span::default()),
            questions: Count::at_least(1),
            mode: None,
            categories: Vec::new(),
            kinds: Vec::new(),
            difficulties: Vec::new(),
            tags: Vec::new(),
            one_of: Vec::new(),
            required: Vec::new(),
            note: None,
        }
    }

    /// Whether it names a question, as one of a list or as required.
    #[must_use]
    pub fn names(&self, id: &str) -> bool {
        let mut named = self.one_of.iter().flatten().chain(&self.required);
        named.any(|named| named.value == id)
    }

    /// Whether it takes no questions but those that it names: it names some, and says nothing of others.
    #[must_use]
    pub fn only_names(&self) -> bool {
        let filters = !self.categories.is_empty()
            || !self.kinds.is_empty()
            || !self.difficulties.is_empty()
            || !self.tags.is_empty();
        let names = !self.one_of.is_empty() || !self.required.is_empty();
        names && !filters
    }

    /// Whether a question is of its categories, which are ids.
    #[must_use]
    pub fn takes_category(&self, question: &Question) -> bool {
        let category = &question.matter.category.value;
        self.categories.is_empty()
            || self
                .categories
                .iter()
                .any(|wanted| wanted.value == *category)
    }

    /// Whether a question is of its kinds.
    #[must_use]
    pub fn takes_kind(&self, question: &Question) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&question.matter.kind)
    }

    /// Whether a question is of its difficulties.
    #[must_use]
    pub fn takes_difficulty(&self, question: &Question) -> bool {
        self.difficulties.is_empty()
            || self
                .difficulties
                .contains(&question.matter.difficulty.value)
    }

    /// Whether a question has one of its tags.
    #[must_use]
    pub fn takes_tag(&self, question: &Question) -> bool {
        let wanted =
            |tag: &Spanned<String>| self.tags.iter().any(|wanted| wanted.value == tag.value);
        self.tags.is_empty() || question.matter.tags.iter().any(wanted)
    }

    /// Whether a question may be asked here, whatever its minutes: it is named, or it is of the wanted
    /// categories, kinds, difficulties and tags.
    #[must_use]
    pub fn fits(&self, question: &Question) -> bool {
        self.names(question.id())
            || !self.only_names()
                && self.takes_category(question)
                && self.takes_kind(question)
                && self.takes_difficulty(question)
                && self.takes_tag(question)
    }

    /// The fewest minutes that a question takes here; `None` where it has no minutes for the mode, or
    /// more than the segment has.
    #[must_use]
    pub fn shortest(&self, question: &Question) -> Option<u32> {
        let modes = question.matter.minutes.modes();
        let wanted = modes.filter(|(mode, _)| self.mode.is_none_or(|wanted| wanted == *mode));
        let minutes = wanted.map(|(_, minutes)| minutes).min();
        minutes.filter(|minutes| *minutes <= self.minutes.value)
    }
}
