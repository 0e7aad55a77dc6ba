//! The flags of `intervy render`.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use crate::commands::{date, pseudonym, word};
use crate::model::vocabulary::{Document, Paper};

/// Arguments of `intervy render`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The candidate's document holds prompts and handouts, nothing else.\n\
                  Without -o or --out-dir a document goes to standard output, or to a file named after the\n\
                  screen when that is a terminal. Several documents go into --out-dir, a file each.\n\n\
                  Examples:\n  \
                  intervy render screen.toml -o packet.html\n  \
                  intervy render screens/*.toml --document all --out-dir packets/\n  \
                  intervy render loop/*.toml --interviewer coding=ana,debugging=ben --out-dir packets/\n  \
                  intervy render --document handbook -o handbook.pdf"
)]
pub struct Args {
    /// Screens: files, `-` for standard input, or names of the bank's screens
    #[arg(value_name = "SCREEN")]
    pub(super) screens: Vec<PathBuf>,
    /// What to render: interviewer, candidate, scoring-sheet, answer-key; debrief, of all screens together; handbook,
    /// of the bank; or all that fit
    #[arg(
        long,
        visible_alias = "audience",
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "interviewer",
        hide_possible_values = true
    )]
    pub(super) document: Vec<What>,
    /// The format [default: that of the output's ending, or html]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<FormatArg>,
    /// Where to write a single document; `-` for standard output
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub(super) output: Option<PathBuf>,
    /// Where to write them, a file each
    #[arg(long, value_name = "DIR")]
    pub(super) out_dir: Option<PathBuf>,

    /// The candidate's pseudonym [default: the one that the screen was picked for]
    #[arg(long, value_name = "ID", value_parser = pseudonym, help_heading = "Cover")]
    pub(super) candidate: Option<String>,
    /// Who asks; with SCREEN= only there: its file's name, id or round. Several get a packet each; a name goes with the
    /// screen before it: coding=ana,ben,design=carla
    #[arg(long, value_name = "[SCREEN=]NAME[,NAME]", help_heading = "Cover")]
    pub(super) interviewer: Vec<String>,
    /// The day of the interview [default: the one that the screen was picked for]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help_heading = "Cover")]
    pub(super) date: Option<Date>,
    /// What the candidate applies for
    #[arg(long, value_name = "TEXT", help_heading = "Cover")]
    pub(super) role: Option<String>,

    /// The language of the words around the questions: en, de, or one of the bank's templates/lang [default: that of
    /// intervy.toml, or that of the questions]
    #[arg(long, value_name = "TAG", help_heading = "Look")]
    pub(super) lang: Option<String>,
    /// The size of the paper [default: that of intervy.toml, or a4]
    #[arg(long, value_name = "SIZE", value_parser = word::<Paper>(), help_heading = "Look")]
    pub(super) paper: Option<Paper>,
    /// Larger letters, on the screen and on paper
    #[arg(long, help_heading = "Look")]
    pub(super) large_print: bool,
    /// A folder of templates that stand in for the bank's and the built-in ones
    #[arg(long, value_name = "DIR", help_heading = "Look")]
    pub(super) template: Option<PathBuf>,
    /// What prints to PDF: `chromium`, `weasyprint`, or a program's path [default: what is installed]
    #[arg(
        long,
        value_name = "PROGRAM",
        env = "INTERVY_PDF_ENGINE",
        hide_env_values = true,
        help_heading = "Look"
    )]
    pub(super) pdf_engine: Option<String>,
}

/// What `--document` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    Interviewer,
    Candidate,
    ScoringSheet,
    AnswerKey,
    Debrief,
    Handbook,
    All,
}

impl What {
    /// The documents that are meant, of so many screens.
    pub(super) fn documents(self, screens: usize) -> Vec<Document> {
        match self {
            Self::Interviewer => vec![Document::Interviewer],
            Self::Candidate => vec![Document::Candidate],
            Self::ScoringSheet => vec![Document::ScoringSheet],
            Self::AnswerKey => vec![Document::AnswerKey],
            Self::Debrief => vec![Document::Debrief],
            Self::Handbook => vec![Document::Handbook],
            Self::All => {
                let mut all = vec![
                    Document::Interviewer,
                    Document::Candidate,
                    Document::ScoringSheet,
                    Document::AnswerKey,
                ];
                if screens > 1 {
                    all.push(Document::Debrief);
                }
                all
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// A page to print or to run the interview from
    Html,
    /// For a wiki or an issue
    Markdown,
    /// Everything that a template sees
    Json,
    /// The page as it prints, by an installed browser or `WeasyPrint`
    Pdf,
}
