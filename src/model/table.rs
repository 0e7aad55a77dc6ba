//! A table of plain values: what a column holds, and what a cell does.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold, unless they are empty.
    pub kind: Kind,
    /// What it means, in a line.
    pub meaning: &'static str,
}

impl Column {
    /// A column.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self {
            name,
            kind,
            meaning,
        }
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A day.
    Day,
    /// A moment, in seconds since 1970 or finer.
    Moment,
    /// Whether something is so.
    Truth,
}

impl Kind {
    /// What SQL calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Whole => "integer",
            Self::Day => "date",
            Self::Moment => "timestamp",
            Self::Truth => "boolean",
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'c> {
    /// Nothing is known.
    Empty,
    /// A text.
    Text(Cow<'c, str>),
    /// A whole number.
    Whole(u32),
    /// A day.
    Day(Date),
    /// A moment.
    Moment(Timestamp),
    /// Whether something is so.
    Truth(bool),
}

impl<'c> Cell<'c> {
    /// A text; an empty one says nothing.
    #[must_use]
    pub fn text(text: impl Into<Cow<'c, str>>) -> Self {
        let text = text.into();
        if text.is_empty() {
            return Self::Empty;
        }
        Self::Text(text)
    }

    /// A text, if there is one.
    #[must_use]
    pub fn some_text(text: Option<&'c str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A whole number, if there is one.
    #[must_use]
    pub fn whole(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, Self::Whole)
    }

    /// A count.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Whole(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// A score, if there is one.
    #[must_use]
    pub fn score(score: Option<u8>) -> Self {
        Self::whole(score.map(u32::from))
    }

    /// A day, if there is one.
    #[must_use]
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// Whether something is so, if that is known.
    #[must_use]
    pub fn truth(is_so: Option<bool>) -> Self {
        is_so.map_or(Self::Empty, Self::Truth)
    }
}
