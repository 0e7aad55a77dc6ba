//! What a bank offers a request: questions by category and difficulty, their minutes, and how much choice
//! is left.

use crate::model::question::Minutes;
use crate::model::vocabulary::{AskMode, Difficulty, Vocabulary};

/// What a bank offers a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The categories, in the order of the configuration; those that it does not know come last.
    pub categories: Vec<CategoryOffer>,
    /// All of them together.
    pub total: Shelf,
    /// The segments of a blueprint, in order; none for a request without one.
    pub segments: Vec<SegmentOffer>,
    /// How many screens the request leaves open.
    pub sets: Sets,
}

/// What one category offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryOffer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its questions.
    pub shelf: Shelf,
}

/// Questions by difficulty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// By difficulty, in the order of [`Difficulty`].
    pub by_difficulty: [Stock; 3],
    /// Of all difficulties.
    pub all: Stock,
}

impl Shelf {
    /// Adds a question.
    pub fn add(&mut self, difficulty: Difficulty, minutes: &Minutes) {
        for (stock, of) in self.by_difficulty.iter_mut().zip(Difficulty::ALL) {
            if *of == difficulty {
                stock.add(minutes);
            }
        }
        self.all.add(minutes);
    }
}

/// Some questions, and the minutes that they take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// How many.
    pub questions: usize,
    /// Their minutes by ask mode, in the order of [`AskMode`]; `None` where no question has that mode.
    pub minutes: [Option<Lengths>; 3],
}

impl Stock {
    /// Whether there is no choice: one question, which is asked every time, or none.
    #[must_use]
    pub fn is_thin(&self) -> bool {
        self.questions <= 1
    }

    fn add(&mut self, minutes: &Minutes) {
        self.questions += 1;
        for (lengths, mode) in self.minutes.iter_mut().zip(AskMode::ALL) {
            if let Some(length) = minutes.of(*mode) {
                lengths.get_or_insert_default().add(length);
            }
        }
    }
}

/// The minutes that questions take in one ask mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// How many of the questions have the mode.
    pub questions: usize,
    /// The fewest minutes.
    pub shortest: u32,
    /// The most minutes.
    pub longest: u32,
    /// The minutes of all of them together.
    pub total: u64,
}

impl Lengths {
    fn add(&mut self, minutes: u32) {
        self.shortest = match self.questions {
            0 => minutes,
            _ => self.shortest.min(minutes),
        };
        self.longest = self.longest.max(minutes);
        self.total += u64::from(minutes);
        self.questions += 1;
    }
}

/// What the bank offers a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentOffer {
    /// Its title.
    pub title: String,
    /// Its minutes.
    pub minutes: u32,
    /// How deep its questions are taken; `None`: as suits.
    pub mode: Option<AskMode>,
    /// How many questions can be asked in it.
    pub questions: usize,
}

/// How many sets of questions satisfy a request. Two screens that ask the same questions, in whatever
/// segments and modes, are one set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sets {
    /// So many, counted to the end.
    Exactly(u64),
    /// More than so many; counting ended there.
    MoreThan(u64),
    /// So many were found before counting was given up.
    AtLeast(u64),
}
