//! What was found wrong, as plain data: one finding, many output formats.

use crate::model::source::{Location, Span};

/// The names of the rules that reading a file applies.
pub mod reading {
    /// Files that cannot be read at all, or not as what they should be.
    pub const UNREADABLE_FILE: &str = "unreadable-file";
    /// Keys given twice.
    pub const DUPLICATE_KEY: &str = "duplicate-key";
    /// Fields that must be given.
    pub const MISSING_FIELD: &str = "missing-field";
    /// Fields that the format does not have.
    pub const UNKNOWN_FIELD: &str = "unknown-field";
    /// Values of the wrong type or out of range.
    pub const INVALID_VALUE: &str = "invalid-value";
    /// Questions that ask nothing.
    pub const MISSING_PROMPT: &str = "missing-prompt";
    /// Headings that begin no section, so that an answer would leak.
    pub const SWALLOWED_HEADING: &str = "swallowed-heading";
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth mending, does not fail a run by itself.
    Warning,
    /// Fails the run.
    Error,
}

impl Level {
    /// The word used in every output format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A further place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub location: Location,
    /// What is there.
    pub message: String,
}

/// Whether a fix may be made without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// What the file means to every command stays the same, or becomes what can only have been meant.
    Safe,
    /// A guess that a person should look at.
    Unsafe,
}

impl Safety {
    /// The word used in every output format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A replacement of some bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// What mends a finding, in the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be made without asking.
    pub safety: Safety,
    /// The replacements; none overlaps another.
    pub edits: Vec<Edit>,
}

/// Why a finding is known and accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suppression {
    /// The file says so, with this reason.
    InSource(String),
    /// It is in the baseline.
    Baseline,
}

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's kebab-case name.
    pub rule: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// The very value that is wrong.
    pub location: Location,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// What mends it, where that is known.
    pub fix: Option<Box<Fix>>,
    /// Set where the finding is known and accepted.
    pub suppressed: Option<Box<Suppression>>,
}

impl Finding {
    /// A finding of the rule that is running; the linter fills in its name and level.
    pub fn new(location: Location, message: impl Into<String>) -> Self {
        Self::error("", location, message)
    }

    /// A finding of level error without a hint.
    pub fn error(rule: &'static str, location: Location, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: Level::Error,
            location,
            message: message.into(),
            hint: None,
            related: Vec::new(),
            fix: None,
            suppressed: None,
        }
    }

    /// The same finding with the replacement of one piece of its file as its fix.
    #[must_use]
    pub fn fix(mut self, safety: Safety, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        let edits = vec![Edit { span, text }];
        self.fix = Some(Box::new(Fix { safety, edits }));
        self
    }

    /// The same finding with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with one more place.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related {
            location,
            message: message.into(),
        });
        self
    }

    /// The order in which findings are shown: by path, then place, then rule.
    #[must_use]
    pub fn sort_key(&self) -> (&str, usize, &str, &str) {
        (
            &self.location.source.path,
            self.location.span.map_or(0, |span| span.start),
            self.rule,
            &self.message,
        )
    }
}
