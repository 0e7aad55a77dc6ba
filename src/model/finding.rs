//! What was found wrong, as plain data: one finding, many output formats.

use crate::model::source::Location;

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
}

impl Finding {
    /// A finding of level error without a hint.
    pub fn error(rule: &'static str, location: Location, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: Level::Error,
            location,
            message: message.into(),
            hint: None,
            related: Vec::new(),
        }
    }

    /// The same finding as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.level = Level::Warning;
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
