//! Where a copy of what is held about candidates may be written.

use std::path::Path;

use crate::exit::Hinted;
use crate::output::terminal::clean_line;
use crate::store::files::shown;
use crate::store::git;
use crate::store::interviews::Interviews;

/// Refuses a file of the interviews, and the bank's repository unless that is forced.
///
/// # Errors
/// When the copy must not be written there.
pub(super) fn check(
    output: &Path,
    interviews: &Interviews,
    of_bank: Option<&Path>,
    force: bool,
) -> anyhow::Result<()> {
    if output == Path::new("-") {
        return Ok(());
    }
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if output.symlink_metadata().is_ok() && is_below(folder, interviews.root()) {
        let name = clean_line(&shown(output));
        return Err(Hinted::error(
            format!("{name} is in the folder of the interviews already, and may be a scorecard"),
            "name another file with `-o`",
        ));
    }
    outside_repository(output, folder, of_bank, force)
}

/// Refuses a folder of tables among the interviews, and in the bank's repository unless that is forced.
///
/// # Errors
/// When tables must not be written there.
pub(super) fn check_folder(
    folder: &Path,
    interviews: &Interviews,
    of_bank: Option<&Path>,
    force: bool,
) -> anyhow::Result<()> {
    // What is not there yet will be below the nearest folder that is.
    let there = folder.ancestors().find(|above| above.is_dir());
    let there = there.filter(|there| !there.as_os_str().is_empty());
    let there = there.unwrap_or(Path::new("."));
    if is_below(there, interviews.root()) {
        let name = clean_line(&shown(folder));
        return Err(Hinted::error(
            format!(
                "{name} is in the folder of the interviews, where each folder is a candidate's"
            ),
            "name a folder elsewhere",
        ));
    }
    outside_repository(folder, there, of_bank, force)
}

fn outside_repository(
    output: &Path,
    folder: &Path,
    of_bank: Option<&Path>,
    force: bool,
) -> anyhow::Result<()> {
    let tree = of_bank.and_then(git::repository_around);
    if !force && tree.is_some() && tree == git::repository_around(folder) {
        let name = clean_line(&shown(output));
        return Err(Hinted::error(
            format!(
                "{name} is in the bank's git repository, and what is held about a candidate is personal data"
            ),
            "name a file elsewhere with `-o`; `--force` writes there nevertheless",
        ));
    }
    Ok(())
}

/// Whether a folder is below another one, by its name or by where links lead.
fn is_below(folder: &Path, root: &Path) -> bool {
    let absolute = (std::path::absolute(folder), std::path::absolute(root));
    let by_name = matches!(&absolute, (Ok(folder), Ok(root)) if folder.starts_with(root));
    let real = (folder.canonicalize(), root.canonicalize());
    by_name || matches!(&real, (Ok(folder), Ok(root)) if folder.starts_with(root))
}
