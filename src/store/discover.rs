//! Which bank a command works on.

use std::path::{Path, PathBuf};

use crate::store::bank;
use crate::store::built_in::BANK;
use crate::store::files::Files;

/// How the bank was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The user named it, by flag or environment.
    Named,
    /// It is the current directory, one around it, or `./bank`.
    Near,
    /// There is none; the one compiled into the program is used.
    BuiltIn,
}

/// No bank is where the user said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotABank {
    /// The directory.
    pub directory: PathBuf,
}

/// Finds the bank: the directory that the user named, else the nearest of the current directory
/// and its parents that holds an `intervy.toml`, else `./bank`, else the built-in one.
///
/// # Errors
/// When the named directory holds no `intervy.toml`.
pub fn discover(named: Option<&Path>, current: &Path) -> Result<(Files, Found), NotABank> {
    if let Some(directory) = named {
        return if bank::is_bank(directory) {
            Ok((Files::disk(directory), Found::Named))
        } else {
            Err(NotABank {
                directory: directory.to_owned(),
            })
        };
    }
    if let Some(above) = current.ancestors().position(bank::is_bank) {
        // Relative, so that messages show the paths that the user would type.
        let root: PathBuf = std::iter::repeat_n("..", above).collect();
        let root = if above == 0 { PathBuf::from(".") } else { root };
        return Ok((Files::disk(&root), Found::Near));
    }
    let beside = Path::new("bank");
    if bank::is_bank(&current.join(beside)) {
        return Ok((Files::disk(beside), Found::Near));
    }
    Ok((Files::BuiltIn(&BANK), Found::BuiltIn))
}
