//! How much each lint rule weighs, as a bank's configuration says it.

use std::sync::Arc;

use crate::model::finding::Level;
use crate::model::source::{Source, Spanned};

/// The word that stands for every rule.
pub const ALL_RULES: &str = "all";

/// The months after which a review is stale unless the configuration says otherwise.
const DEFAULT_STALE_AFTER_MONTHS: u32 = 24;

/// The fewest active questions of a category unless the configuration says otherwise.
const DEFAULT_THIN_CATEGORY: u32 = 3;

/// The `[lint]` table of a configuration, the tables that it extends first.
#[derive(Clone, Debug)]
pub struct LintSettings {
    /// Levels that hold for every file, in the order in which they apply.
    pub rules: Vec<RuleLevel>,
    /// Levels that hold for some files, in the order in which they apply.
    pub paths: Vec<PathLevels>,
    /// The level from which on findings fail a run.
    pub fail_on: Level,
    /// Months after which a review is stale.
    pub stale_after_months: u32,
    /// The fewest active questions that a category should have.
    pub thin_category: u32,
}

impl Default for LintSettings {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            paths: Vec::new(),
            fail_on: Level::Error,
            stale_after_months: DEFAULT_STALE_AFTER_MONTHS,
            thin_category: DEFAULT_THIN_CATEGORY,
        }
    }
}

/// What a rule's findings weigh.
#[derive(Clone, Debug)]
pub struct RuleLevel {
    /// The file that says so.
    pub source: Arc<Source>,
    /// The rule's name as it was written, or [`ALL_RULES`].
    pub rule: Spanned<String>,
    /// The level; `None`: off.
    pub level: Option<Level>,
}

/// What rules weigh in some files.
#[derive(Clone, Debug)]
pub struct PathLevels {
    /// Glob patterns of paths relative to the bank's root.
    pub patterns: Vec<String>,
    /// The levels, in the order in which they apply.
    pub rules: Vec<RuleLevel>,
}
