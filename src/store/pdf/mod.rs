//! HTML to PDF, by a program that is installed: a browser of the Chromium family, or `WeasyPrint`.

mod engine;
mod same;
mod weasyprint;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::store::browser::{Browser, BrowserError, PrintOptions};

pub use self::engine::{Engine, NoEngine};

/// How long a document may take, unless the caller says otherwise.
pub const LIMIT: Duration = Duration::from_secs(120);

/// Why there is no PDF.
#[derive(Debug)]
pub enum PdfError {
    /// The browser failed.
    Browser(BrowserError),
    /// Another program failed.
    Failed {
        /// Its path.
        program: String,
        /// How it failed.
        how: String,
        /// Its last words on standard error; often none.
        said: String,
    },
    /// Another program took too long.
    TooSlow {
        /// Its path.
        program: String,
        /// How long it had.
        limit: Duration,
    },
    /// `WeasyPrint` is of a version that cannot be kept from reading files.
    TooOld {
        /// What it says of its version.
        said: String,
        /// The first that can.
        needed: u32,
    },
}

impl fmt::Display for PdfError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Browser(error) => error.fmt(formatter),
            Self::Failed { program, how, said } if said.is_empty() => {
                write!(formatter, "{program} {how}")
            }
            Self::Failed { program, how, said } => write!(formatter, "{program} {how}: {said}"),
            Self::TooSlow { program, limit } => write!(
                formatter,
                "{program} took longer than {} s",
                limit.as_secs_f32()
            ),
            Self::TooOld { said, needed } => write!(
                formatter,
                "PDF needs WeasyPrint {needed} or newer, which can be kept from files and the network; this is `{said}`"
            ),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<BrowserError> for PdfError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

/// An engine at work. A browser is started once, for all documents; it ends when this is dropped.
#[derive(Debug)]
pub struct Printer {
    works: Works,
    limit: Duration,
}

#[derive(Debug)]
enum Works {
    Browser(Box<Browser>),
    WeasyPrint(PathBuf),
}

impl Printer {
    /// Starts an engine that may take [`LIMIT`] for each step and document.
    ///
    /// # Errors
    /// When it cannot be started, or is too old.
    pub fn start(engine: &Engine) -> Result<Self, PdfError> {
        Self::start_within(engine, LIMIT)
    }

    /// [`Printer::start`] with another time limit.
    ///
    /// # Errors
    /// When it cannot be started, or is too old.
    pub fn start_within(engine: &Engine, limit: Duration) -> Result<Self, PdfError> {
        let works = match engine {
            Engine::Browser(program) => {
                Works::Browser(Box::new(Browser::start_within(program, limit)?))
            }
            Engine::WeasyPrint(program) => {
                weasyprint::check(program, limit)?;
                Works::WeasyPrint(program.clone())
            }
        };
        Ok(Self { works, limit })
    }

    /// The PDF of a document: tagged, with its title and its language; by a browser, with an outline of
    /// its headings, too. Pages have the size that its `@page` names, else A4.
    ///
    /// Whatever the document says, no script of it runs, and nothing is loaded but what it holds in
    /// `data:` addresses: neither files nor the network. It passes through memory and pipes, not
    /// through a file. The same program makes the same bytes of the same document: there is no date
    /// in the PDF, unless the document itself gives `WeasyPrint` one.
    ///
    /// # Errors
    /// When the program fails or takes too long.
    pub fn print(&self, html: &str) -> Result<Vec<u8>, PdfError> {
        match &self.works {
            Works::WeasyPrint(program) => weasyprint::print(program, html, self.limit),
            Works::Browser(browser) => {
                // A page of its own each: what one document leaves behind would show in the next one's bytes.
                let page = browser.page()?;
                page.cut_off()?;
                page.show(html)?;
                let mut pdf = page.print(&PrintOptions::default())?;
                same::without_dates(&mut pdf);
                Ok(pdf)
            }
        }
    }

    /// The number of the browser's process; `WeasyPrint` has one for each document.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        match &self.works {
            Works::Browser(browser) => Some(browser.process_id()),
            Works::WeasyPrint(_) => None,
        }
    }
}
