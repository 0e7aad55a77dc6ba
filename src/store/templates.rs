//! Where template texts come from: a folder that was named, the bank's `templates/`, the program.

use std::path::Path;
use std::sync::Arc;

use crate::store::built_in::TEMPLATES;
use crate::store::files::Files;
use crate::store::listing::Listed;

/// The folder of a bank's own templates.
pub const FOLDER: &str = "templates";

/// The folder of what `intervy init` writes, which is no template of a document.
const OF_INIT: &str = "init";

/// The style of reports, which is no template of a document either: a bank's own would do nothing.
const OF_REPORTS: &str = "style/report.css";

/// The text of a built-in template, by its path below `templates/`.
#[must_use]
pub fn built_in(name: &str) -> Option<&'static str> {
    TEMPLATES
        .get_file(name)
        .and_then(|file| file.contents_utf8())
}

/// The names of all built-in templates, words, styles and scripts of documents, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names = Vec::new();
    let mut folders = vec![&TEMPLATES];
    while let Some(folder) = folders.pop() {
        let own = folder
            .dirs()
            .filter(|inner| inner.path() != Path::new(OF_INIT));
        folders.extend(own);
        names.extend(folder.files().filter_map(|file| file.path().to_str()));
    }
    names.retain(|name| *name != OF_REPORTS);
    names.sort_unstable();
    names
}

/// Templates by name: those of folders first, then the built-in ones.
#[derive(Clone, Debug)]
pub struct Templates {
    folders: Arc<Vec<Files>>,
}

impl Templates {
    /// The templates of a folder that was named, if one was, and of a bank.
    #[must_use]
    pub fn new(named: Option<&Path>, bank: &Files) -> Self {
        let own = bank.root().map(|root| root.join(FOLDER));
        let folders = named.map(Path::to_owned).into_iter().chain(own);
        let folders = folders.filter(|folder| folder.is_dir());
        Self {
            folders: Arc::new(folders.map(|folder| Files::disk(&folder)).collect()),
        }
    }

    /// The text of a template; `None` where there is none.
    ///
    /// # Errors
    /// Why one that is there cannot be used.
    pub fn text(&self, name: &str) -> Result<Option<String>, String> {
        if !is_inside(name) {
            return Ok(None);
        }
        let mut folders = self.folders.iter();
        match folders.find(|folder| folder.has(name)) {
            Some(folder) => match folder.read(name) {
                Ok(source) => Ok(Some(source.text().to_owned())),
                Err(finding) => Err(finding.message),
            },
            None => Ok(built_in(name).map(str::to_owned)),
        }
    }

    /// The path of a template as messages show it.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        let mut folders = self.folders.iter();
        let own = folders.find(|folder| is_inside(name) && folder.has(name));
        own.map_or_else(
            || format!("built-in {FOLDER}/{name}"),
            |folder| folder.show(name),
        )
    }

    /// The files that stand in for built-in ones or are new, by name.
    #[must_use]
    pub fn own(&self) -> Vec<String> {
        let mut names = Vec::new();
        for folder in self.folders.iter() {
            for ending in [".j2", ".toml", ".css", ".js"] {
                let (listed, _) = folder.list("", ending);
                names.extend(listed.into_iter().map(|file: Listed| file.path));
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Whether a name leads to a file below a folder of templates.
fn is_inside(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0'])
    };
    name.split('/').all(plain)
}
