//! A bank's configuration, as `intervy.toml` gives it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::lint::LintSettings;
use crate::model::scale::ScalePoint;
use crate::model::source::{Source, Spanned};
use crate::model::vocabulary::{Difficulty, Paper};

/// The schema version that this program reads and writes.
pub const SCHEMA: u32 = 1;

/// The scores that need a note unless a bank says otherwise: those that decide.
pub const DEFAULT_EVIDENCE: [u8; 3] = [1, 2, 5];

/// The levels that a bank knows unless it lists its own.
pub const DEFAULT_LEVELS: [&str; 5] = ["junior", "mid", "senior", "staff", "principal"];

/// A bank's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file.
    pub source: Arc<Source>,
    /// The bank's name.
    pub name: String,
    /// The language that the questions are written in, as a tag.
    pub language: String,
    /// The levels that questions may name.
    pub levels: Vec<String>,
    /// The areas that questions test.
    pub categories: Vec<Category>,
    /// How category scores combine.
    pub dimensions: Vec<Dimension>,
    /// The wording of the scale, lowest score first.
    pub scale: Vec<ScalePoint>,
    /// Defaults for a screen's frame.
    pub frame: Frame,
    /// Defaults for picking.
    pub pick: PickDefaults,
    /// The paths of all files that it was read from, as messages show them.
    pub sources: Vec<String>,
    /// Whether everything but what the linter is told could be read without an error.
    pub is_sound: bool,
    /// What the linter is told.
    pub lint: LintSettings,
    /// How documents look.
    pub packet: PacketSettings,
    /// Where screens and scorecards of real candidates live, relative to the bank's root.
    pub interviews_dir: Option<String>,
    /// The scores that need a note before a scorecard can be handed in.
    pub evidence: Vec<u8>,
}

/// How documents look.
#[derive(Clone, Debug, Default)]
pub struct PacketSettings {
    /// The path of the logo, relative to the bank's root.
    pub logo: Option<String>,
    /// The accent colour on white.
    pub colour: Option<String>,
    /// The accent colour on a dark background.
    pub colour_dark: Option<String>,
    /// The size of the paper.
    pub paper: Option<Paper>,
    /// The language of the words around the questions.
    pub language: Option<String>,
}

/// An area that a question tests.
#[derive(Clone, Debug)]
pub struct Category {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name in lists and packets.
    pub name: Spanned<String>,
    /// Other words that flags accept for it.
    pub aliases: Vec<Spanned<String>>,
}

/// A group of categories with a weight in the overall result.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its name.
    pub name: Spanned<String>,
    /// Its weight, relative to the other dimensions' weights.
    pub weight: u32,
    /// The ids of its categories.
    pub categories: Vec<Spanned<String>>,
}

/// Minutes of a slot and of what stands before and after the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The whole slot.
    pub minutes: u32,
    /// Before the first question.
    pub intro_minutes: u32,
    /// After the last question.
    pub closing_minutes: u32,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            minutes: 30,
            intro_minutes: 2,
            closing_minutes: 2,
        }
    }
}

impl Frame {
    /// Minutes left for questions; zero when intro and closing take the whole slot.
    #[must_use]
    pub fn question_minutes(&self) -> u32 {
        self.minutes
            .saturating_sub(self.intro_minutes)
            .saturating_sub(self.closing_minutes)
    }
}

/// Defaults for picking.
#[derive(Clone, Debug, Default)]
pub struct PickDefaults {
    /// At least this many distinct categories.
    pub categories: Option<u32>,
    /// The wanted shares of difficulties, relative to their sum.
    pub mix: BTreeMap<Difficulty, Spanned<u32>>,
    /// Days for which a question rests after it was asked.
    pub cool_down_days: Option<u32>,
    /// The most screens that a question is in.
    pub exposure_cap: Option<u32>,
}

impl Config {
    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| *category.id == id)
    }

    /// The category that a word names: by id, by alias, or by name in any case.
    #[must_use]
    pub fn find_category(&self, word: &str) -> Option<&Category> {
        self.category(word).or_else(|| {
            self.categories.iter().find(|category| {
                category.name.eq_ignore_ascii_case(word)
                    || category
                        .aliases
                        .iter()
                        .any(|alias| alias.eq_ignore_ascii_case(word))
            })
        })
    }

    /// The name to show for a category id; the id itself where the configuration does not know it.
    #[must_use]
    pub fn category_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.category(id).map_or(id, |category| &category.name)
    }
}
