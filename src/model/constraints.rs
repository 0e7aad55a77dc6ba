//! Conditions for a screen as a whole: bounds on what its questions have together.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::question::Question;
use crate::model::source::{Span, Spanned};
use crate::model::vocabulary::{Difficulty, Kind, Vocabulary};

/// How many of something: bounds that are both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// At least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

impl Count {
    /// Exactly `number`.
    #[must_use]
    pub fn exactly(number: u32) -> Self {
        Self {
            min: Some(number),
            max: Some(number),
        }
    }

    /// At most `number`.
    #[must_use]
    pub fn at_most(number: u32) -> Self {
        Self {
            min: None,
            max: Some(number),
        }
    }

    /// At least `number`.
    #[must_use]
    pub fn at_least(number: u32) -> Self {
        Self {
            min: Some(number),
            max: None,
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(formatter, "exactly {min}"),
            (Some(min), Some(max)) => write!(formatter, "{min} to {max}"),
            (Some(min), None) => write!(formatter, "at least {min}"),
            (None, Some(max)) => write!(formatter, "at most {max}"),
            (None, None) => formatter.write_str("any number"),
        }
    }
}

/// What a question can have that conditions count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// It is of a category, by id.
    Category(String),
    /// It is so hard.
    Difficulty(Difficulty),
    /// It is of a kind.
    Kind(Kind),
    /// It is for a level; one that names none is for all.
    Level(String),
    /// It has a tag.
    Tag(String),
}

impl Feature {
    /// Whether a question has it.
    #[must_use]
    pub fn is_of(&self, question: &Question) -> bool {
        let matter = &question.matter;
        let among = |words: &[Spanned<String>], word: &String| {
            words.iter().any(|known| known.value == *word)
        };
        match self {
            Self::Category(id) => matter.category.value == *id,
            Self::Difficulty(difficulty) => matter.difficulty.value == *difficulty,
            Self::Kind(kind) => matter.kind == *kind,
            Self::Level(level) => matter.levels.is_empty() || among(&matter.levels, level),
            Self::Tag(tag) => among(&matter.tags, tag),
        }
    }

    /// What it is a value of, as flags call it, and the value.
    #[must_use]
    pub fn words(&self) -> (&'static str, &str) {
        match self {
            Self::Category(id) => ("category", id),
            Self::Difficulty(difficulty) => ("difficulty", difficulty.name()),
            Self::Kind(kind) => ("kind", kind.name()),
            Self::Level(level) => ("level", level),
            Self::Tag(tag) => ("tag", tag),
        }
    }
}

impl std::fmt::Display for Feature {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, word) = self.words();
        write!(formatter, "{what} {word}")
    }
}

/// Bounds on shares of the questions of a screen, in percent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// Of each category.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, Spanned<Count>>,
    /// Of each difficulty.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub difficulty: BTreeMap<Difficulty, Spanned<Count>>,
    /// Of each kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<Kind, Spanned<Count>>,
    /// For each level.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, Spanned<Count>>,
    /// With each tag.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, Spanned<Count>>,
}

impl Shares {
    /// Whether nothing is bounded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A bound on how many questions have something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What they have.
    pub feature: Feature,
    /// How many, or how many of a hundred.
    pub count: Spanned<Count>,
    /// Whether the count is a share in percent.
    pub is_share: bool,
}

impl std::fmt::Display for Counted {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = &self.count.value;
        if self.is_share {
            write!(formatter, "{count} percent of {}", self.feature)
        } else {
            write!(formatter, "{count} of {}", self.feature)
        }
    }
}

/// What holds for a screen as a whole. A list narrows the questions that may be picked; a count
/// says how many of the picked ones must be so.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Constraints {
    /// How many questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions: Option<Count>,
    /// At least this many distinct categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_categories: Option<u32>,
    /// At most this many questions of any one category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_category: Option<u32>,
    /// Only questions for at least one of these levels; empty: for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Spanned<String>>,
    /// Questions that must be in the screen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Spanned<String>>,
    /// Questions that must not be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<Spanned<String>>,
    /// Of each of these lists, all questions or none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Vec<Spanned<String>>>,
    /// How many questions of each category.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, Spanned<Count>>,
    /// How many questions of each difficulty.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub difficulty: BTreeMap<Difficulty, Spanned<Count>>,
    /// The wanted shares of difficulties, relative to their sum: a wish, where the counts are
    /// conditions.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mix: BTreeMap<Difficulty, Spanned<u32>>,
    /// How many questions of each kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<Kind, Spanned<Count>>,
    /// How many questions with each tag.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, Spanned<Count>>,
    /// How many questions for each level.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub level_counts: BTreeMap<String, Spanned<Count>>,
    /// Shares of the questions.
    #[serde(skip_serializing_if = "Shares::is_empty")]
    pub shares: Shares,
}

impl Constraints {
    /// Every bound on how many questions have something.
    #[must_use]
    pub fn counted(&self) -> Vec<Counted> {
        let mut all = Vec::new();
        let shares = &self.shares;
        let mut add = |features: Vec<(Feature, Spanned<Count>)>, is_share: bool| {
            let counted = features.into_iter().map(|(feature, count)| Counted {
                feature,
                count,
                is_share,
            });
            all.extend(counted);
        };
        for (is_share, categories, difficulty, kinds, levels, tags) in [
            (
                false,
                &self.categories,
                &self.difficulty,
                &self.kinds,
                &self.level_counts,
                &self.tags,
            ),
            (
                true,
                &shares.categories,
                &shares.difficulty,
                &shares.kinds,
                &shares.levels,
                &shares.tags,
            ),
        ] {
            add(
                features(categories, |word| Feature::Category(word.clone())),
                is_share,
            );
            add(
                features(difficulty, |word| Feature::Difficulty(*word)),
                is_share,
            );
            add(features(kinds, |word| Feature::Kind(*word)), is_share);
            add(
                features(levels, |word| Feature::Level(word.clone())),
                is_share,
            );
            add(features(tags, |word| Feature::Tag(word.clone())), is_share);
        }
        all
    }

    /// The same without places in a file.
    #[must_use]
    pub fn unplaced(&self) -> Self {
        let mut all = self.clone();
        let lists = [&mut all.levels, &mut all.include, &mut all.exclude];
        for word in lists.into_iter().chain(&mut all.together).flatten() {
            word.span = Span::default();
        }
        let shares = &mut all.shares;
        unplace(&mut all.categories);
        unplace(&mut all.difficulty);
        unplace(&mut all.mix);
        unplace(&mut all.kinds);
        unplace(&mut all.tags);
        unplace(&mut all.level_counts);
        unplace(&mut shares.categories);
        unplace(&mut shares.difficulty);
        unplace(&mut shares.kinds);
        unplace(&mut shares.levels);
        unplace(&mut shares.tags);
        all
    }

    /// Takes one of the bounds away.
    pub fn uncount(&mut self, counted: &Counted) {
        self.bound(counted, None);
    }

    /// Sets one of the bounds.
    pub fn recount(&mut self, counted: &Counted) {
        self.bound(counted, Some(counted.count.clone()));
    }

    fn bound(&mut self, counted: &Counted, count: Option<Spanned<Count>>) {
        let shares = &mut self.shares;
        let (categories, difficulty, kinds, levels, tags) = if counted.is_share {
            (
                &mut shares.categories,
                &mut shares.difficulty,
                &mut shares.kinds,
                &mut shares.levels,
                &mut shares.tags,
            )
        } else {
            (
                &mut self.categories,
                &mut self.difficulty,
                &mut self.kinds,
                &mut self.level_counts,
                &mut self.tags,
            )
        };
        match &counted.feature {
            Feature::Category(word) => set(categories, word, count),
            Feature::Difficulty(word) => set(difficulty, word, count),
            Feature::Kind(word) => set(kinds, word, count),
            Feature::Level(word) => set(levels, word, count),
            Feature::Tag(word) => set(tags, word, count),
        }
    }

    /// Whether a question is left out by its id.
    #[must_use]
    pub fn excludes(&self, question: &Question) -> bool {
        self.exclude.iter().any(|id| *id.value == *question.id())
    }

    /// Whether a question is for one of the levels; one that names none is for all.
    #[must_use]
    pub fn takes_level(&self, question: &Question) -> bool {
        let levels = &question.matter.levels;
        let wanted =
            |level: &Spanned<String>| self.levels.iter().any(|wanted| wanted.value == level.value);
        self.levels.is_empty() || levels.is_empty() || levels.iter().any(wanted)
    }

    /// Whether a question may be in the screen, as far as its id and its levels say.
    #[must_use]
    pub fn allow(&self, question: &Question) -> bool {
        !self.excludes(question) && self.takes_level(question)
    }
}

fn features<W>(
    counts: &BTreeMap<W, Spanned<Count>>,
    feature: impl Fn(&W) -> Feature,
) -> Vec<(Feature, Spanned<Count>)> {
    let counts = counts.iter();
    counts
        .map(|(word, count)| (feature(word), count.clone()))
        .collect()
}

fn set<W: Ord + Clone, T>(counts: &mut BTreeMap<W, T>, word: &W, count: Option<T>) {
    match count {
        Some(count) => drop(counts.insert(word.clone(), count)),
        None => drop(counts.remove(word)),
    }
}

fn unplace<W, T>(words: &mut BTreeMap<W, Spanned<T>>) {
    for word in words.values_mut() {
        word.span = Span::default();
    }
}
