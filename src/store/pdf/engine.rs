//! Which program makes PDF: a browser or `WeasyPrint`.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::store::browser::{NAMES, Places};
use crate::store::child::is_program;

/// A program that prints HTML to PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A browser of the Chromium family, by its path.
    Browser(PathBuf),
    /// `WeasyPrint`, by its path.
    WeasyPrint(PathBuf),
}

/// What parts of a file's name tell that it is a browser.
const OF_BROWSERS: [&str; 4] = ["chrom", "edge", "brave", "headless-shell"];

/// No program that prints HTML to PDF was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoEngine {
    /// What was looked for.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for NoEngine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for NoEngine {}

impl Engine {
    /// The engine that the user named: `chromium` is any browser of that family; another name is a
    /// program on the PATH, and a path is a program as well. What they are shows in the file's name.
    /// Without a name, or with an empty one, the first browser that is installed, else `WeasyPrint`.
    ///
    /// # Errors
    /// When there is none, or when the name tells nothing.
    pub fn find(named: Option<&str>) -> Result<Self, NoEngine> {
        Self::find_in(named, &Places::here())
    }

    /// [`Engine::find`] in places of the caller's choice.
    ///
    /// # Errors
    /// As of [`Engine::find`].
    pub fn find_in(named: Option<&str>, places: &Places) -> Result<Self, NoEngine> {
        let browser = || places.browser().map(Self::Browser);
        let weasyprint = || places.program(&["weasyprint"]).map(Self::WeasyPrint);
        match named.filter(|name| !name.is_empty()) {
            None => browser()
                .or_else(weasyprint)
                .ok_or_else(|| missing("a Chromium-family browser or WeasyPrint")),
            Some("chromium") => browser().ok_or_else(|| missing("a Chromium-family browser")),
            Some(name) => Self::named(name, places),
        }
    }

    fn named(named: &str, places: &Places) -> Result<Self, NoEngine> {
        let path = Path::new(named);
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let file = file.to_lowercase().replace(['_', ' '], "-");
        let engine = if file.contains("weasyprint") {
            Self::WeasyPrint
        } else if OF_BROWSERS.iter().any(|part| file.contains(part)) {
            Self::Browser
        } else {
            return Err(NoEngine {
                message: format!("`{named}` is no PDF engine that is known"),
                hint: format!(
                    "known are `chromium` (any browser of its family), `weasyprint`, {}, and paths to programs of such names",
                    NAMES[1..]
                        .iter()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            });
        };
        if path.parent() == Some(Path::new("")) {
            let found = places.program(&[named]).map(engine);
            return found.ok_or_else(|| missing(&format!("`{named}`")));
        }
        if is_program(path) {
            return Ok(engine(path.to_owned()));
        }
        Err(NoEngine {
            message: format!("there is no program `{named}`"),
            hint: "name a program that may be run, or leave the choice of the PDF engine out"
                .to_owned(),
        })
    }

    /// Where the program is.
    #[must_use]
    pub fn program(&self) -> &Path {
        match self {
            Self::Browser(path) | Self::WeasyPrint(path) => path,
        }
    }
}

fn missing(wanted: &str) -> NoEngine {
    NoEngine {
        message: format!("PDF needs {wanted}, and there is none here"),
        hint: format!(
            "looked for {} and weasyprint on the PATH, and for browsers where the system keeps programs; \
             install one (Debian: `apt install chromium`, macOS: `brew install --cask chromium`, \
             Windows: Microsoft Edge is part of it, or `winget install Google.Chrome`), \
             or write .html and print it from any browser",
            NAMES.join(", ")
        ),
    }
}
