//! What a pick was asked for, resolved against the bank: names exist, defaults are filled in.

mod resolve;

use std::collections::BTreeSet;

use crate::model::blueprint::Segment;
use crate::model::config::Frame;
use crate::model::constraints::Constraints;
use crate::model::question::Question;
use crate::model::screen::Occasion;
use crate::model::vocabulary::AskMode;
use crate::pick::forms::Between;
use crate::pick::memory::Memory;

pub use self::resolve::{INVALID_REQUEST, UNKNOWN_REFERENCE};

/// What the user asked for, from flags alone or from flags over a blueprint.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The whole slot.
    pub minutes: Option<u32>,
    /// Conditions for the screen as a whole.
    pub constraints: Constraints,
    /// The seed of the random choice.
    pub seed: u64,
    /// Whom and what the screen is for.
    pub occasion: Occasion,
    /// Where parallel forms are wanted: what holds between them.
    pub between: Option<Between>,
}

/// A resolved request.
#[derive(Clone, Debug, Default)]
pub struct PickRequest {
    /// The screen's title.
    pub title: String,
    /// What the screen's id begins with.
    pub slug: String,
    /// The blueprint's name, when there is one.
    pub blueprint: Option<String>,
    /// The slot.
    pub frame: Frame,
    /// The parts, in order; a request without a blueprint has one.
    pub segments: Vec<Segment>,
    /// Conditions for the screen as a whole.
    pub constraints: Constraints,
    /// The seed of the random choice.
    pub seed: u64,
    /// What is remembered of earlier interviews.
    pub memory: Memory,
    /// Questions that stay where they are.
    pub kept: Vec<Kept>,
    /// Whom and what the screen is for.
    pub occasion: Occasion,
    /// Where parallel forms are wanted: what holds between them.
    pub between: Option<Between>,
    /// What was left out to find out what stands in the way.
    pub relaxed: Relaxed,
}

/// Conditions of a request that hold no longer, and that are not fields of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relaxed {
    /// Whether questions of one group may meet.
    pub groups: bool,
    /// Whether questions may meet that name each other in `never_with`.
    pub enemies: bool,
    /// Segments that take every question.
    pub open: BTreeSet<usize>,
    /// Questions that a segment takes beside its own: they were in a list of it.
    pub welcome: BTreeSet<(usize, String)>,
}

/// A question that stays in its segment and its ask mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// The index of its segment.
    pub segment: usize,
    /// How deep it is taken.
    pub mode: AskMode,
}

/// The longest slot that a suggestion may name, in minutes.
pub const LONGEST_SLOT: u32 = 600;

impl PickRequest {
    /// Whether a segment takes a question, whatever its minutes.
    #[must_use]
    pub fn takes(&self, number: usize, question: &Question) -> bool {
        let Some(segment) = self.segments.get(number) else {
            return false;
        };
        let welcome = || {
            let mut welcome = self.relaxed.welcome.iter();
            welcome.any(|(segment, id)| *segment == number && id == question.id())
        };
        segment.fits(question) || self.relaxed.open.contains(&number) || welcome()
    }

    /// Where a question stays, if it does.
    #[must_use]
    pub fn keeps(&self, id: &str) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.id == id)
    }
}
