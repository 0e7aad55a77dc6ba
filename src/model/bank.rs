//! A bank as it was read: what can be used, and what was found wrong while reading.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::allowance::Allowance;
use crate::model::blueprint::Blueprint;
use crate::model::config::Config;
use crate::model::finding::Finding;
use crate::model::hiring_loop::HiringLoop;
use crate::model::question::{Incomplete, Question};
use crate::model::screen::HandScreen;

/// A bank as it was read.
#[derive(Clone, Debug)]
pub struct Bank {
    /// The bank's configuration.
    pub config: Config,
    /// The questions that can be used, ordered by path.
    pub questions: Vec<Question>,
    /// Questions whose front matter has problems, ordered by path.
    pub incomplete: Vec<Incomplete>,
    /// The blueprints, ordered by name.
    pub blueprints: Vec<Blueprint>,
    /// The loops, ordered by name.
    pub loops: Vec<HiringLoop>,
    /// The hand-ordered screens, ordered by name.
    pub screens: Vec<HandScreen>,
    /// What was found wrong while reading, in the order in which it is shown.
    pub findings: Vec<Finding>,
    /// The rules that files say they may break.
    pub allowances: Vec<Allowance>,
    /// What messages put before a path relative to the bank's root: empty, or ending in `/` or `:`.
    pub prefix: String,
    /// The git commit of the bank's work tree, when there is one; looked up before a screen is pinned.
    pub commit: OnceLock<Option<String>>,
}

impl Bank {
    /// The path that messages show for a file, relative to the bank's root.
    #[must_use]
    pub fn relative<'a>(&self, shown: &'a str) -> &'a str {
        shown.strip_prefix(self.prefix.as_str()).unwrap_or(shown)
    }

    /// Whether the configuration could be read without an error; if not, what it does not list may
    /// still be in it.
    #[must_use]
    pub fn config_is_sound(&self) -> bool {
        self.config.is_sound
    }

    /// The question with this id; the first by path where an id is used twice.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id() == id)
    }

    /// The questions by id; the first by path where an id is used twice.
    #[must_use]
    pub fn by_id(&self) -> HashMap<&str, &Question> {
        let mut index = HashMap::with_capacity(self.questions.len());
        for question in &self.questions {
            index.entry(question.id()).or_insert(question);
        }
        index
    }

    /// The blueprint with this name.
    #[must_use]
    pub fn blueprint(&self, name: &str) -> Option<&Blueprint> {
        self.blueprints
            .iter()
            .find(|blueprint| blueprint.name == name)
    }
}
