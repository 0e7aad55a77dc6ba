//! The linter's report, one file a format.

mod azure;
mod concise;
mod github;
mod gitlab;
mod grouped;
mod json;
mod json_lines;
mod junit;
mod markdown;
pub mod paths;
pub mod rules;
mod sarif;
pub mod statistics;
mod text;

use std::fmt::Write;

use jiff::civil::Date;

use self::paths::RepositoryPaths;
use crate::model::finding::{Finding, Level, Safety, Suppression};
use crate::model::words::counted;

/// What a rule is, for formats that describe the rules beside the findings.
#[derive(Clone, Debug)]
pub struct RuleText {
    /// Its name.
    pub name: &'static str,
    /// What it is about.
    pub group: &'static str,
    /// Its level by default.
    pub level: Level,
    /// Whether some of its findings can be mended, and how.
    pub fix: Option<Safety>,
    /// One sentence.
    pub summary: String,
    /// All of it, as Markdown.
    pub documentation: String,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Questions of a bank.
    Questions,
    /// Scorecards, whose text nobody may be shown: it could say what a colleague thinks.
    Scorecards,
}

impl Subject {
    /// The command that checks them, after `intervy `.
    fn command(self) -> &'static str {
        match self {
            Self::Questions => "lint",
            Self::Scorecards => "score check",
        }
    }

    fn counted(self, number: usize) -> String {
        match self {
            Self::Questions => counted(number, "question", "questions"),
            Self::Scorecards => counted(number, "scorecard", "scorecards"),
        }
    }
}

/// A run of the linter as formats see it.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    /// What was found, in the order in which it is shown; what is suppressed among it.
    pub findings: &'r [Finding],
    /// The fingerprint of each finding.
    pub fingerprints: Vec<String>,
    /// How shown paths lead to paths from the root of the repository.
    pub paths: RepositoryPaths,
    /// Every rule, by name.
    pub rules: &'r [RuleText],
    /// What was checked.
    pub subject: Subject,
    /// How many of them.
    pub checked: usize,
    /// The day of the run.
    pub today: Date,
    /// The columns of the terminal.
    pub width: usize,
}

/// A finding as formats see it.
#[derive(Clone, Copy, Debug)]
struct Item<'r> {
    finding: &'r Finding,
    fingerprint: &'r str,
}

impl<'r> Report<'r> {
    /// Every finding, what is suppressed among it.
    fn all(&'r self) -> impl Iterator<Item = Item<'r>> {
        let numbered = self.findings.iter().zip(&self.fingerprints);
        numbered.map(|(finding, fingerprint)| Item {
            finding,
            fingerprint,
        })
    }

    /// The path of a finding's file from the root of the repository.
    fn path(&self, finding: &Finding) -> String {
        self.paths.from_root(&finding.location.source.path)
    }

    /// The findings that nobody accepted.
    fn open(&'r self) -> impl Iterator<Item = Item<'r>> {
        self.all().filter(|item| item.finding.suppressed.is_none())
    }

    /// The findings that nobody accepted, as plain findings.
    fn open_findings(&'r self) -> Vec<&'r Finding> {
        self.open().map(|item| item.finding).collect()
    }

    /// `52 questions checked: 2 errors and 1 warning, 3 fixable with --fix; 7 in the baseline`.
    #[must_use]
    pub fn tally(&self) -> String {
        let open = self.open_findings();
        let mut text = super::findings::tally(open.iter().copied());
        let fixable = |safety: Safety| {
            let fixes = open.iter().filter_map(|finding| finding.fix.as_ref());
            fixes.filter(|fix| fix.safety == safety).count()
        };
        for (count, flags) in [
            (fixable(Safety::Safe), "--fix"),
            (fixable(Safety::Unsafe), "--fix --unsafe"),
        ] {
            if count > 0 {
                let _ = write!(text, ", {count} fixable with {flags}");
            }
        }
        let suppressed = |which: fn(&Suppression) -> bool| {
            let reasons = self
                .findings
                .iter()
                .filter_map(|finding| finding.suppressed.as_ref());
            reasons.filter(|reason| which(reason)).count()
        };
        let accepted = suppressed(|reason| matches!(reason, Suppression::InSource(_)));
        let known = suppressed(|reason| *reason == Suppression::Baseline);
        if accepted > 0 {
            let _ = write!(text, "; {accepted} accepted in the files");
        }
        if known > 0 {
            let _ = write!(text, "; {known} in the baseline");
        }
        format!("{} checked: {text}", self.subject.counted(self.checked))
    }
}

/// A format: its name, what it is for, and how it is written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name that flags use.
    pub name: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// Whether it is for people, who are told the tally beside it.
    pub for_people: bool,
    /// Writes a report.
    pub write: fn(&Report<'_>) -> String,
}

/// Every format, those for people first.
pub const FORMATS: &[Format] = &[
    text::FORMAT,
    concise::FORMAT,
    grouped::FORMAT,
    json::FORMAT,
    json_lines::FORMAT,
    sarif::FORMAT,
    junit::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    azure::FORMAT,
    markdown::FORMAT,
];

/// The format with this name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A finding's message with its hint, on one line or two.
fn with_hint(finding: &Finding, between: &str) -> String {
    match &finding.hint {
        Some(hint) => format!("{}{between}{hint}", finding.message),
        None => finding.message.clone(),
    }
}

/// JSON of a value, with everything that could steer a terminal or reorder text escaped.
fn json_text(value: &impl serde::Serialize, pretty: bool) -> String {
    let text = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    // The shapes hold nothing that JSON cannot.
    super::terminal::escaped_json(&text.unwrap_or_default())
}
