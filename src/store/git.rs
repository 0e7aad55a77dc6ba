//! What git knows about a bank, asked of the `git` program.

use std::path::Path;
use std::process::{Command, Stdio};

/// The commit that the work tree around `dir` has checked out; `None` without git, outside a
/// work tree, or before the first commit.
#[must_use]
pub fn head_commit(dir: &Path) -> Option<String> {
    // Most directories are in no work tree: looking costs less than a process.
    let dir = dir.canonicalize().ok()?;
    if !dir
        .ancestors()
        .any(|ancestor| ancestor.join(".git").exists())
    {
        return None;
    }
    let output = Command::new("git")
        .args(["-c", "safe.bareRepository=explicit"])
        .arg("-C")
        .arg(&dir)
        .args(["rev-parse", "--verify", "--quiet", "HEAD"])
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    let plausible =
        matches!(commit.len(), 40 | 64) && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    (output.status.success() && plausible).then_some(commit)
}
