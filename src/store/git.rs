//! What git knows about a bank, asked of the `git` program.

mod churn;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub use self::churn::churn;

use crate::store::files::{MAX_FILE_BYTES, Overlay};

/// The root of the work tree around a directory.
#[must_use]
pub fn repository_around(dir: &Path) -> Option<PathBuf> {
    let dir = dir.canonicalize().ok()?;
    let root = dir
        .ancestors()
        .find(|ancestor| ancestor.join(".git").exists());
    root.map(Path::to_owned)
}

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
    let output = git(&dir)
        .args(["rev-parse", "--verify", "--quiet", "HEAD"])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let commit = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && is_commit(commit.trim())).then(|| commit.trim().to_owned())
}

fn is_commit(word: &str) -> bool {
    matches!(word.len(), 40 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A `git` that works in `dir`, takes no locks, fetches nothing, and runs no program that a pull request
/// can name. Filters of the clone's own configuration run, as in every `git diff`.
fn git(dir: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .args([
            "-c",
            "safe.bareRepository=explicit",
            "-c",
            "core.fsmonitor=false",
        ])
        .arg("-C")
        .arg(dir)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// What has changed below a directory since a revision.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The changed files, untracked ones among them, with their texts as of the revision: paths
    /// relative to the directory, `None` where there was no such file.
    pub before: Overlay,
}

/// A message and a hint.
pub type GitError = (String, String);

/// What has changed below `dir` since the commit at which the work tree's branch left `revision`, as a
/// pull request shows it; what is not committed yet counts.
///
/// # Errors
/// When there is no such revision, no common ancestor, or no git.
pub fn changes_since(dir: &Path, revision: &str) -> Result<Changes, GitError> {
    let commit = format!("{revision}^{{commit}}");
    let found = text(git(dir).args([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ]))?;
    let Some(found) = found.filter(|found| is_commit(found.trim())) else {
        return Err((
            format!("git knows no revision `{revision}` here"),
            "fetch it first: in CI, check out with the whole history (`fetch-depth: 0`)".to_owned(),
        ));
    };
    let base = text(git(dir).args(["merge-base", found.trim(), "HEAD"]))?;
    let Some(base) = base.filter(|base| is_commit(base.trim())) else {
        return Err((
            format!("git knows no common ancestor of `{revision}` and HEAD"),
            "a shallow clone ends too early: fetch the whole history (`fetch-depth: 0`)".to_owned(),
        ));
    };
    let base = base.trim();
    let mut changes = Changes::default();
    let mut wanted = Vec::new();
    let diff = git(dir)
        .args(["diff", "--name-status", "-z", "--relative", "--no-renames"])
        .args([
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules",
            base,
            "--",
            ".",
        ])
        .output();
    let listed = bytes(diff)?;
    let mut fields = listed.split(|&byte| byte == 0);
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        let Ok(path) = std::str::from_utf8(path) else {
            // No file of a bank has such a name, but that it has one is a finding.
            let shown = String::from_utf8_lossy(path).into_owned();
            changes.before.insert(shown, None);
            continue;
        };
        if status.starts_with(b"A") {
            changes.before.insert(path.to_owned(), None);
        } else if is_text(path) {
            wanted.push(path.to_owned());
        } else {
            // Of other files it only matters that they were there.
            changes.before.insert(path.to_owned(), Some(Vec::new()));
        }
    }
    let untracked = git(dir)
        .args(["ls-files", "-z", "--others", "--exclude-standard"])
        .output();
    for path in bytes(untracked)?.split(|&byte| byte == 0) {
        if !path.is_empty() {
            let path = String::from_utf8_lossy(path).into_owned();
            changes.before.insert(path, None);
        }
    }
    read_blobs(dir, base, wanted, &mut changes.before)?;
    Ok(changes)
}

/// Whether a file of this name is read as text; as in listings, endings are of small letters.
#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "as in listings"
)]
fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// Reads files as of a commit through one `git cat-file`.
fn read_blobs(
    dir: &Path,
    commit: &str,
    paths: Vec<String>,
    into: &mut Overlay,
) -> Result<(), GitError> {
    // A line break would end the request early; no file of a bank has one in its name.
    let paths: Vec<String> = paths
        .into_iter()
        .filter(|path| !path.contains('\n'))
        .collect();
    if paths.is_empty() {
        return Ok(());
    }
    let mut command = git(dir);
    command
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().map_err(no_git)?;
    let requests: Vec<String> = paths
        .iter()
        .map(|path| format!("{commit}:./{path}\n"))
        .collect();
    let requests = requests.concat();
    let input = child.stdin.take();
    // The requests may be more than a pipe holds, while the answers fill the other one.
    let writer =
        std::thread::spawn(move || input.map(|mut input| input.write_all(requests.as_bytes())));
    let mut output = BufReader::new(child.stdout.take().ok_or_else(|| broken("no output"))?);
    for path in paths {
        let mut header = String::new();
        output
            .read_line(&mut header)
            .map_err(|error| broken(&error.to_string()))?;
        let size = header
            .trim_end()
            .rsplit(' ')
            .next()
            .and_then(|word| word.parse::<u64>().ok());
        let Some(size) = size.filter(|_| header.contains(" blob ")) else {
            into.insert(path, None);
            continue;
        };
        let mut text = Vec::new();
        let kept = size.min(MAX_FILE_BYTES + 1);
        let failed = |error: std::io::Error| broken(&error.to_string());
        output
            .by_ref()
            .take(kept)
            .read_to_end(&mut text)
            .map_err(failed)?;
        let rest = size - kept + 1;
        std::io::copy(&mut output.by_ref().take(rest), &mut std::io::sink()).map_err(failed)?;
        into.insert(path, Some(text));
    }
    let _ = writer.join();
    let _ = child.wait();
    Ok(())
}

/// What a command prints; `None` when it says no.
fn text(command: &mut Command) -> Result<Option<String>, GitError> {
    let output = command.stderr(Stdio::null()).output().map_err(no_git)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(output.status.success().then_some(text))
}

fn bytes(output: std::io::Result<std::process::Output>) -> Result<Vec<u8>, GitError> {
    let output = output.map_err(no_git)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(broken(String::from_utf8_lossy(&output.stderr).trim()))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn no_git(error: std::io::Error) -> GitError {
    (
        format!("git cannot be run: {error}"),
        "install git, or leave `--since` out".to_owned(),
    )
}

fn broken(why: &str) -> GitError {
    (format!("git failed: {why}"), String::new())
}
