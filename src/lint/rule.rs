//! What a rule is: a name, a default level, its documentation, and the function that looks for defects.

use crate::lint::context::{Context, Subject};
use crate::model::finding::{Finding, Level, Safety};

/// A rule and its documentation.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its kebab-case name, which names the defect.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// What its findings weigh unless the configuration says otherwise.
    pub level: Level,
    /// Whether some of its findings come with a fix, and of which sort.
    pub fix: Option<Safety>,
    /// The text of the rule's own file, which begins with its documentation.
    pub file: &'static str,
    /// How it looks for defects.
    pub check: Check,
}

/// Adds what is wrong with a question.
pub type CheckQuestion = fn(&Subject<'_>, &mut Vec<Finding>);

/// How a rule looks for defects.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Reading a file finds them.
    Reading,
    /// Looks at one question at a time.
    Question(CheckQuestion),
    /// Looks at the bank as a whole.
    Bank(fn(&Context<'_>, &mut Vec<Finding>)),
    /// The linter finds them once every other rule has run.
    Linter,
}

/// What a rule is about, in the order in which lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The fields of files.
    FrontMatter,
    /// Ids and places.
    Identity,
    /// Whether a question can be asked and scored.
    Substance,
    /// What an interviewer must not ask or say.
    Fairness,
    /// How the Markdown reads and renders.
    Markup,
    /// The questions together, and what is assembled from them.
    Bank,
    /// The linter's own configuration.
    Linter,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 7] = [
        Self::FrontMatter,
        Self::Identity,
        Self::Substance,
        Self::Fairness,
        Self::Markup,
        Self::Bank,
        Self::Linter,
    ];

    /// Its title in lists.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::FrontMatter => "Front matter and files",
            Self::Identity => "Identity",
            Self::Substance => "Substance",
            Self::Fairness => "Fairness",
            Self::Markup => "Markup",
            Self::Bank => "The bank as a whole",
            Self::Linter => "The linter itself",
        }
    }
}

impl Rule {
    /// The documentation: Markdown, a sentence first, then headed parts.
    #[must_use]
    pub fn documentation(&self) -> String {
        let lines = self.file.lines().map_while(|line| line.strip_prefix("//!"));
        let mut text = String::new();
        for line in lines {
            text.push_str(line.strip_prefix(' ').unwrap_or(line));
            text.push('\n');
        }
        text
    }

    /// What the rule finds, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let text = self.documentation();
        let first = text.split("\n\n").next().unwrap_or_default();
        let sentence = first
            .split_once(": ")
            .map_or(first, |(_, sentence)| sentence);
        sentence.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
