//! What every report is told: of what, and in which form.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use crate::cli::Context;
use crate::commands::interviews::Folder;
use crate::commands::{date, format_of, target};
use crate::exit::Hinted;
use crate::output::report::document::Document;
use crate::output::report::flat::{self, Flat};
use crate::output::report::{html, markdown, text};
use crate::output::terminal::clean_line;
use crate::store::files::shown;
use crate::store::interviews::Interviews;

/// Which scorecards a report is of.
#[derive(Debug, clap::Args)]
pub(super) struct Of {
    #[command(flatten)]
    pub(super) folder: Folder,
    /// Take the ratings from a table instead of the folder: CSV as `intervy report export` writes it, `-` for standard input
    #[arg(long, value_name = "FILE", help_heading = "Which scorecards")]
    pub(super) from: Option<PathBuf>,
    /// Only interviews of this day and later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help_heading = "Which scorecards")]
    pub(super) since: Option<Date>,
    /// Only interviews of this day and earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help_heading = "Which scorecards")]
    pub(super) until: Option<Date>,
    /// Only screens of this blueprint
    #[arg(long, value_name = "NAME", help_heading = "Which scorecards")]
    pub(super) blueprint: Option<String>,
    /// Only screens of this loop
    #[arg(long = "loop", value_name = "NAME", help_heading = "Which scorecards")]
    pub(super) hiring_loop: Option<String>,
}

/// In which form a report is written.
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    /// The form [default: by the file's ending, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a terminal
    Text,
    /// For a merge request or a wiki
    Markdown,
    /// One page with plots, for a browser or a printer
    Html,
    /// The main table, for spreadsheets
    Csv,
    /// For programs
    Json,
}

const ENDINGS: [(&str, Format); 6] = [
    ("txt", Format::Text),
    ("md", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("csv", Format::Csv),
    ("json", Format::Json),
];

/// A report, before it has a form.
pub(super) struct Report<'r> {
    /// As blocks.
    pub(super) document: &'r dyn Fn() -> Document,
    /// As rows for a spreadsheet.
    pub(super) rows: &'r dyn Fn() -> Vec<Flat>,
    /// For programs.
    pub(super) json: &'r dyn Fn() -> anyhow::Result<String>,
}

/// Whether a report tells of a candidate.
#[derive(Clone, Copy)]
pub(super) enum Personal {
    /// It does, and is kept out of the bank's repository unless that is forced.
    Yes(bool),
    /// It tells of all of them together.
    No,
}

impl Form {
    fn format(&self) -> anyhow::Result<Format> {
        let output = self
            .output
            .as_deref()
            .filter(|output| *output != Path::new("-"));
        let hint = "a report is .txt, .md, .html, .csv or .json; `--format` says which, whatever the file is called";
        match self.format {
            Some(format) => Ok(format),
            None => Ok(format_of(output, &ENDINGS, hint)?.unwrap_or(Format::Text)),
        }
    }

    /// Whether a report can be written there: nothing is read or recorded for one that cannot.
    ///
    /// # Errors
    /// When it has no form, or would replace what it is made of.
    pub(super) fn check(
        &self,
        interviews: Option<&Interviews>,
        of_bank: Option<&Path>,
        input: Option<&Path>,
        personal: Personal,
    ) -> anyhow::Result<()> {
        self.format()?;
        let Some(output) = self
            .output
            .as_deref()
            .filter(|output| *output != Path::new("-"))
        else {
            return Ok(());
        };
        let real = |path: &Path| path.canonicalize().ok();
        let is_input = |input: &Path| real(input).is_some_and(|input| real(output) == Some(input));
        if input.is_some_and(is_input) {
            let name = clean_line(&shown(output));
            return Err(Hinted::error(
                format!("{name} is what the report is made of"),
                "name another file with `-o`",
            ));
        }
        let Some(interviews) = interviews else {
            return Ok(());
        };
        match personal {
            Personal::Yes(force) => target::check(output, interviews, of_bank, force),
            Personal::No => target::check(output, interviews, None, true),
        }
    }

    /// Writes a report.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, context: &Context, report: &Report<'_>) -> anyhow::Result<()> {
        let output = self.output.as_deref();
        let is_stdout = output.is_none_or(|output| output == "-");
        let format = self.format()?;
        let text = match format {
            Format::Text if is_stdout => {
                return context.print(&text::text(&(report.document)(), context.width()));
            }
            Format::Text => {
                anstream::adapter::strip_str(&text::text(&(report.document)(), None)).to_string()
            }
            Format::Markdown => markdown::markdown(&(report.document)()),
            Format::Html => html::page(&(report.document)())?,
            Format::Csv => flat::csv(&(report.rows)())?,
            Format::Json => (report.json)()?,
        };
        match output {
            Some(output) if !is_stdout => context.deliver(output, &text),
            _ => context.print_raw(&text),
        }
    }
}
