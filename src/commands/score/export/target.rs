//! Where a copy may be written.

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
    let name = clean_line(&shown(output));
    if output.symlink_metadata().is_ok() && is_below(folder, interviews.root()) {
        return Err(Hinted::error(
            format!("{name} is in the folder of the interviews already, and may be a scorecard"),
            "name another file with `-o`",
        ));
    }
    let tree = of_bank.and_then(git::repository_around);
    if !force && tree.is_some() && tree == git::repository_around(folder) {
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
