//! Global flags, the command enum, and what every command shares.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};

use crate::commands::{
    completions, init, lint, list, pick, render, report, score, show, templates,
};
use crate::exit::{ExitState, Hinted, describe, is_broken_pipe};
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level};
use crate::output::findings;
use crate::output::terminal::{ACCENT, ERROR, SOFT, WARNING, clean, styled};
use crate::store::discover::{Found, NotABank, discover};
use crate::store::files::{Files, shown};
use crate::store::{bank, write};

/// Structured interviews as code.
#[derive(Debug, Parser)]
#[command(
    name = "intervy",
    version,
    about = "Structured interviews as code: a question bank in git, linted, assembled, rendered.",
    after_help = "Without a bank of your own, intervy works on the one compiled into it: try\n  \
                  intervy pick --categories 4 --minutes 30 -o screen.toml && intervy render screen.toml",
    propagate_version = false
)]
pub struct Cli {
    /// The bank's directory [default: the nearest one with an intervy.toml, ./bank, or the built-in bank]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "INTERVY_BANK",
        hide_env_values = true
    )]
    bank: Option<PathBuf>,

    /// When to use colours; `NO_COLOR` is respected
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = false
    )]
    color: Color,

    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a bank of your own: questions, blueprints, and a CI workflow that lints them
    Init(init::Args),
    /// List the questions of the bank
    List(list::Args),
    /// Show one question, whole
    Show(show::Args),
    /// Check the bank
    Lint(lint::Args),
    /// Assemble the best screen that fits the minutes
    Pick(Box<pick::Args>),
    /// Render screens: packets for interviewers and candidates, scoring sheets, a debrief agenda
    Render(render::Args),
    /// Score a candidate, question by question
    Score(Box<score::Args>),
    /// Report what the scores say: debriefs, questions, interviewers
    Report(Box<report::Args>),
    /// List, copy out or check the templates of documents
    Templates(templates::Args),
    /// Print shell completions
    Completions(completions::Args),
}

/// Parses, dispatches, reports.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitState {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come as errors too; a closed pipe is nobody's fault.
            let _ = error.print();
            return if error.use_stderr() {
                ExitState::Error
            } else {
                ExitState::Clean
            };
        }
    };
    let mut context = Context {
        bank: cli.bank.filter(|path| !path.as_os_str().is_empty()),
        color: match cli.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        },
    };
    let result = match cli.command {
        Command::Init(args) => init::run(&mut context, &args),
        Command::List(args) => list::run(&mut context, &args),
        Command::Show(args) => show::run(&mut context, &args),
        Command::Lint(args) => lint::run(&mut context, &args),
        Command::Pick(args) => pick::run(&mut context, &args),
        Command::Render(args) => render::run(&mut context, &args),
        Command::Score(args) => score::run(&mut context, &args),
        Command::Report(args) => report::run(&mut context, &args),
        Command::Templates(args) => templates::run(&mut context, &args),
        Command::Completions(args) => completions::run(&mut context, &args),
    };
    match result {
        Ok(state) => state,
        Err(error) if is_broken_pipe(&error) => ExitState::Clean,
        Err(error) => {
            for (kind, message) in describe(&error) {
                let style = if kind == "error" { ERROR } else { ACCENT };
                context.note(&format!("{}: {}", styled(style, kind), clean(&message)));
            }
            ExitState::Error
        }
    }
}

/// What every command needs of its surroundings.
#[derive(Debug)]
pub struct Context {
    bank: Option<PathBuf>,
    color: ColorChoice,
}

impl Context {
    /// Finds and reads the bank. What is wrong with single files is noted on standard error, the
    /// rest is used; a bank whose configuration cannot be read is an error.
    ///
    /// # Errors
    /// When there is no bank where the user said, or its configuration is wrong.
    pub fn open_bank(&mut self) -> anyhow::Result<(Bank, Files)> {
        let (bank, files) = self.read_bank()?;
        let config = &bank.config.source.path;
        let (fatal, other): (Vec<&Finding>, Vec<&Finding>) = bank
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .partition(|finding| finding.location.source.path == *config);
        if !fatal.is_empty() {
            let fatal: Vec<Finding> = fatal.into_iter().cloned().collect();
            self.note(&findings::text(&fatal));
            return Err(Hinted::error(
                format!("{config} has {}", findings::tally(&fatal)),
                "mend it, or name another bank with --bank",
            ));
        }
        if !other.is_empty() {
            let mut paths: Vec<&str> = other
                .iter()
                .map(|finding| finding.location.source.path.as_str())
                .collect();
            paths.dedup();
            let (files, hint) = match paths.as_slice() {
                [one] => (clean(one), "it is left out"),
                many => (format!("{} files", many.len()), "they are left out"),
            };
            self.note(&format!(
                "{}: {files} cannot be used; {hint} (`intervy lint` shows why)",
                styled(WARNING, "warning")
            ));
        }
        Ok((bank, files))
    }

    /// Finds and reads the bank, whatever is wrong with it.
    ///
    /// # Errors
    /// When there is no bank where the user said.
    pub fn read_bank(&mut self) -> anyhow::Result<(Bank, Files)> {
        let (files, found) = self.find_bank()?;
        if found == Found::BuiltIn {
            self.note(&styled(
                SOFT,
                "no bank here: using the built-in one (`intervy init DIR` writes a copy that is yours)",
            ));
        }
        Ok((bank::read(&files), files))
    }

    /// Whether a flag or the environment names the bank.
    #[must_use]
    pub fn names_a_bank(&self) -> bool {
        self.bank.is_some()
    }

    /// Finds the bank.
    ///
    /// # Errors
    /// When there is no bank where the user said.
    pub fn find_bank(&self) -> anyhow::Result<(Files, Found)> {
        let current = std::env::current_dir().context("the current directory")?;
        discover(self.bank.as_deref(), &current).map_err(|NotABank { directory }| {
            let shown = shown(&directory);
            Hinted::error(
                format!("there is no bank in {shown}"),
                format!("a bank has an intervy.toml; `intervy init {shown}` writes one"),
            )
        })
    }

    /// Prints to standard output, with colours where they are wanted.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn print(&self, text: &str) -> anyhow::Result<()> {
        let mut out = AutoStream::new(std::io::stdout(), self.color).lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Prints a document to standard output: byte for byte, but never what would steer a terminal.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn print_raw(&self, text: &str) -> anyhow::Result<()> {
        let terminal = self.is_terminal();
        let mut out = std::io::stdout().lock();
        if terminal {
            out.write_all(clean(text).as_bytes())?;
        } else {
            out.write_all(text.as_bytes())?;
        }
        out.flush()?;
        Ok(())
    }

    /// Bytes on standard output, as they are; text for a terminal goes through [`Context::print_raw`].
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn print_bytes(&self, bytes: &[u8]) -> anyhow::Result<()> {
        if let (true, Ok(text)) = (self.is_terminal(), std::str::from_utf8(bytes)) {
            return self.print_raw(text);
        }
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(())
    }

    /// A line on standard error. That it cannot be written must not stop the work.
    pub fn note(&self, text: &str) {
        let mut out = AutoStream::new(std::io::stderr(), self.color).lock();
        let _ = writeln!(out, "{text}");
    }

    /// A warning on standard error.
    pub fn warn(&self, text: &str) {
        self.note(&format!("{}: {text}", styled(WARNING, "warning")));
    }

    /// Writes a document to a file, or to standard output for `-`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn deliver(&self, target: &Path, text: &str) -> anyhow::Result<()> {
        if target == Path::new("-") {
            return self.print_raw(text);
        }
        write::replace(target, text.as_bytes())
            .with_context(|| format!("{} cannot be written", shown(target)))
    }

    /// The columns of the terminal; `None` when standard output is none.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
        Some(usize::from(width.0).max(40))
    }

    /// Whether a person is looking at standard output.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        std::io::stdout().is_terminal()
    }
}
