//! Where the interviews are, for every command that reads them.

use std::path::{Component, Path, PathBuf};

use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::output::terminal::clean_line;
use crate::store::files::Files;
use crate::store::interviews::Interviews;
use crate::store::interviews::listing::{self, Listing};

/// Where the interviews are.
#[derive(Debug, clap::Args)]
pub(super) struct Folder {
    /// The folder of the interviews [default: `[interviews] dir` of intervy.toml]
    #[arg(
        long,
        value_name = "DIR",
        env = "INTERVY_INTERVIEWS",
        hide_env_values = true
    )]
    pub(super) interviews: Option<PathBuf>,
}

/// The folder of the interviews.
///
/// # Errors
/// When none is known.
pub(super) fn folder(
    bank: &Bank,
    files: &Files,
    named: Option<&PathBuf>,
) -> anyhow::Result<Interviews> {
    let own = bank.config.interviews_dir.as_ref();
    let own = own
        .zip(files.root())
        .map(|(dir, root)| below(root, Path::new(dir)));
    let root = named.cloned().or(own);
    let root = root.ok_or_else(|| {
        Hinted::error(
            "no folder of interviews is known",
            "name one outside the bank's repository: `intervy score screen.toml --candidate C-042 --interviewer ana \
             --interviews ../interviews`, or once for all as `dir = \"../interviews\"` below `[interviews]` of intervy.toml",
        )
    })?;
    Ok(Interviews::below(&root))
}

/// What is below the folder of the interviews.
///
/// # Errors
/// When there is none.
pub(super) fn listed(
    bank: &Bank,
    files: &Files,
    interviews: Option<&PathBuf>,
    candidate: Option<&str>,
) -> anyhow::Result<Listing> {
    let interviews = folder(bank, files, interviews)?;
    listing::read(&interviews, candidate).map_err(|finding| {
        let path = clean_line(&finding.location.source.path);
        let hint = finding.hint.unwrap_or_default();
        Hinted::error(format!("{path}: {}", finding.message), hint)
    })
}

/// `bank` and `../interviews` as `interviews`, unless a link leads elsewhere.
fn below(root: &Path, dir: &Path) -> PathBuf {
    let mut path = root.to_owned();
    for component in dir.components() {
        let named = matches!(path.components().next_back(), Some(Component::Normal(_)));
        if component == Component::ParentDir && named && !path.is_symlink() {
            path.pop();
        } else {
            path.push(component);
        }
    }
    path
}
