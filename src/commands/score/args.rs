//! What `intervy score` is told.

use std::path::PathBuf;

use clap::{ArgGroup, Subcommand};
use jiff::civil::Date;

use super::{assign, check, decide, export, list, purge, retain, template};
use crate::commands::date;
use crate::commands::interviews::Folder;
use crate::exit::Hinted;
use crate::model::scorecard::Answer;
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::output::terminal::clean_line;

/// Score a candidate, question by question
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    group(ArgGroup::new("revised").args(["set", "overall"]).multiple(true)),
    after_help = "Examples:\n  \
                  intervy score screen.toml --candidate C-042 --interviewer ana\n  \
                  intervy score screen.toml --candidate C-042 --interviewer ana --set n-plus-one-query=4 \\\n    \
                  --note n-plus-one-query=\"Read the plan first\" --overall 4 --reason \"Solid\" --submit\n  \
                  intervy score screen.toml --from C-042-ana.json\n\n\
                  Exit status: 0 saved, 1 not submitted because something is missing, 2 could not run."
)]
pub struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// The screen: a file, a name of the bank's screens, or the id of one that the candidate has [default: the
    /// candidate's only one]
    #[arg(value_name = "SCREEN")]
    pub(super) screen: Option<PathBuf>,
    /// The candidate's pseudonym [default: the one that the screen was picked for]
    #[arg(long, value_name = "ID")]
    pub(super) candidate: Option<String>,
    /// Who asks
    #[arg(
        long,
        value_name = "NAME",
        env = "INTERVY_INTERVIEWER",
        hide_env_values = true
    )]
    pub(super) interviewer: Option<String>,
    #[command(flatten)]
    pub(super) place: Place,
    /// The day of the interview [default: the one that the screen was picked for, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) date: Option<Date>,
    #[command(flatten)]
    pub(super) asking: Asking,

    /// Score a question: 1 to 5, `none` for no rating, `skip` for not asked, `unset` to take it back
    #[arg(long, value_name = "QUESTION=SCORE", value_parser = set, help_heading = "Without questions")]
    pub(super) set: Vec<(String, Option<Answer>)>,
    /// The evidence for a score
    #[arg(long, value_name = "QUESTION=TEXT", value_parser = text_of, help_heading = "Without questions")]
    pub(super) note: Vec<(String, String)>,
    /// How deep a question was really taken: quick, standard or deep [default: as planned]
    #[arg(long, value_name = "QUESTION=MODE", value_parser = mode_of, help_heading = "Without questions")]
    pub(super) mode: Vec<(String, AskMode)>,
    /// The overall recommendation, 1 to 5
    #[arg(long, value_name = "SCORE", value_parser = overall, help_heading = "Without questions")]
    pub(super) overall: Option<u8>,
    /// Why it is recommended
    #[arg(long, value_name = "TEXT", help_heading = "Without questions")]
    pub(super) reason: Option<String>,
    /// Take the answers from a file: JSON that a packet saved, TOML, or CSV; all of them or none
    #[arg(long, value_name = "FILE", help_heading = "Without questions")]
    pub(super) from: Option<PathBuf>,
    /// Hand the scorecard in; refused as long as something is missing
    #[arg(long, help_heading = "Without questions")]
    pub(super) submit: bool,
    /// After submission: record --set and --overall as revisions, for this reason; the independent scores stay
    #[arg(long, value_name = "REASON", requires = "revised", conflicts_with_all = ["note", "mode", "reason", "from", "submit"], help_heading = "Without questions")]
    pub(super) revise: Option<String>,
    /// Print a CSV with a row for every question of the screen, to fill in and give to --from; `score` takes the words
    /// of --set
    #[arg(long, conflicts_with_all = ["set", "note", "mode", "overall", "reason", "from", "submit", "revise", "plain"], help_heading = "Without questions")]
    pub(super) csv_template: bool,
}

impl Args {
    /// Whether everything is said by flags, so that nothing is asked.
    pub(super) fn says_it_all(&self) -> bool {
        !self.set.is_empty()
            || !self.note.is_empty()
            || !self.mode.is_empty()
            || self.overall.is_some()
            || self.reason.is_some()
            || self.from.is_some()
            || self.submit
            || self.revise.is_some()
    }

    /// Whether each question is given once: which of two answers is meant, nobody knows.
    ///
    /// # Errors
    /// When one is not.
    pub(super) fn are_clear(&self) -> anyhow::Result<()> {
        is_clear("--set", &self.set)?;
        is_clear("--note", &self.note)?;
        is_clear("--mode", &self.mode)
    }
}

/// How questions are asked.
#[derive(Debug, clap::Args)]
pub(super) struct Asking {
    /// Ask on plain lines instead of a full screen: for screen readers and pipes
    #[arg(long)]
    pub(super) plain: bool,
    /// Book no time: the interview is over, and typed in; so is one of an earlier day
    #[arg(long)]
    pub(super) no_clock: bool,
}

/// Where interviews are written.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    #[command(flatten)]
    pub(super) folder: Folder,
    /// Write into the bank's own git work tree, where personal data does not belong
    #[arg(long)]
    pub(super) force: bool,
}

/// What can be done with scorecards beside filling them in.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a blank scorecard to fill in with an editor
    Template(template::Args),
    /// Begin a blank scorecard for everybody who is to ask
    Assign(assign::Args),
    /// Who has scored whom, and what is missing; never a score
    List(list::Args),
    /// Check the screens and scorecards below a folder
    Check(check::Args),
    /// Write down what was decided about a candidate, and why
    Decide(decide::Args),
    /// Write everything that is held about a candidate, for an access request
    Export(export::Args),
    /// Say how long a candidate's files stay, or hold them
    Retain(retain::Args),
    /// Remove candidates' files
    Purge(purge::Args),
}

fn is_clear<T>(flag: &str, given: &[(String, T)]) -> anyhow::Result<()> {
    let twice = given
        .iter()
        .enumerate()
        .find(|(at, (id, _))| given[..*at].iter().any(|(other, _)| other == id));
    match twice {
        Some((_, (id, _))) => Err(Hinted::error(
            format!("`{flag}` gives `{}` twice", clean_line(id)),
            "give each question once",
        )),
        None => Ok(()),
    }
}

fn split(given: &str) -> Result<(String, &str), String> {
    match given.split_once('=') {
        Some((question, value)) if !question.trim().is_empty() => {
            Ok((question.trim().to_owned(), value.trim()))
        }
        _ => Err("write QUESTION=…, with the question's id".to_owned()),
    }
}

fn set(given: &str) -> Result<(String, Option<Answer>), String> {
    let (question, word) = split(given)?;
    Ok((question, answer(word)?))
}

/// What a word says of a question; `None`: it is taken back.
///
/// # Errors
/// When it is no such word.
pub(super) fn answer(word: &str) -> Result<Option<Answer>, String> {
    match Answer::from_word(word) {
        None if word.eq_ignore_ascii_case("unset") => Ok(None),
        None => Err("a score is 1 to 5, `none` (no rating) or `skip` (not asked)".to_owned()),
        answer => Ok(answer),
    }
}

fn overall(word: &str) -> Result<u8, String> {
    let score = Answer::from_word(word).and_then(Answer::score);
    score.ok_or_else(|| "the recommendation is a score from 1 to 5".to_owned())
}

fn text_of(given: &str) -> Result<(String, String), String> {
    split(given).map(|(question, text)| (question, text.to_owned()))
}

fn mode_of(given: &str) -> Result<(String, AskMode), String> {
    let (question, word) = split(given)?;
    let mode = AskMode::from_name(word).ok_or("a mode is quick, standard or deep")?;
    Ok((question, mode))
}
