//! Who changed the questions of a bank, how often and when last, as `git log` tells.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use jiff::civil::Date;

use super::{git, repository_around};
use crate::model::churn::Churn;

/// The most bytes of an entry: of a name, or of a path.
const LONGEST: usize = 64 * 1024;

/// What the history of the work tree around a bank says of its questions; `None` where there is none.
#[must_use]
pub fn churn(bank: &Path) -> Option<Churn> {
    repository_around(bank)?;
    let mut command = git(bank);
    // Names as .mailmap gives them; a rename keeps what was before.
    command.args([
        "log",
        "--no-merges",
        "--use-mailmap",
        "--relative",
        "--find-renames",
        "--numstat",
        "-z",
        "--no-ext-diff",
        "--no-textconv",
        "--date=format:%Y-%m-%d",
        "--format=%x01%ad%x00%aN",
        "--end-of-options",
        "HEAD",
        "--",
        "questions",
    ]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut log = Log::default();
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut entry = Vec::new();
        loop {
            entry.clear();
            match reader.read_until(0, &mut entry) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            entry.pop_if(|last| *last == 0);
            entry.truncate(LONGEST);
            log.read(&String::from_utf8_lossy(&entry));
        }
    }
    let is_good = child.wait().is_ok_and(|status| status.success());
    let mut churn = log.churn;
    churn.is_shallow = git(bank)
        .args(["rev-parse", "--is-shallow-repository"])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"true"));
    is_good.then_some(churn)
}

/// What was read of the log, newest commit first.
#[derive(Default)]
struct Log {
    churn: Churn,
    day: Option<Date>,
    who: String,
    next: Next,
    /// What a file is called now, by what it was called before.
    now: HashMap<String, String>,
    counts: (u64, u64),
    old: String,
}

/// What the next entry is.
#[derive(Default)]
enum Next {
    #[default]
    Any,
    Who,
    OldPath,
    NewPath,
}

impl Log {
    fn read(&mut self, entry: &str) {
        match self.next {
            Next::Who => {
                entry.clone_into(&mut self.who);
                self.next = Next::Any;
                self.commit();
            }
            Next::OldPath => {
                entry.clone_into(&mut self.old);
                self.next = Next::NewPath;
            }
            Next::NewPath => {
                self.next = Next::Any;
                let now = self.current(entry);
                let old = std::mem::take(&mut self.old);
                self.now.insert(old, now.clone());
                self.change(now);
            }
            Next::Any => self.read_any(entry.trim_start_matches('\n')),
        }
    }

    fn read_any(&mut self, entry: &str) {
        if let Some(day) = entry.strip_prefix('\u{1}') {
            self.day = day.parse().ok();
            self.next = Next::Who;
            return;
        }
        let mut parts = entry.splitn(3, '\t');
        let (Some(added), Some(removed), Some(path)) = (parts.next(), parts.next(), parts.next())
        else {
            return;
        };
        // Of what is no text there is no count: `-`.
        let number = |word: &str| word.parse().unwrap_or(0);
        self.counts = (number(added), number(removed));
        if path.is_empty() {
            self.next = Next::OldPath;
        } else {
            let now = self.current(path);
            self.change(now);
        }
    }

    fn current(&self, path: &str) -> String {
        self.now
            .get(path)
            .map_or_else(|| path.to_owned(), Clone::clone)
    }

    fn commit(&mut self) {
        let churn = &mut self.churn;
        churn.commits += 1;
        churn.last = churn.last.max(self.day);
        churn.first = match (churn.first, self.day) {
            (Some(first), Some(day)) => Some(first.min(day)),
            (first, day) => first.or(day),
        };
        *churn.contributors.entry(self.who.clone()).or_default() += 1;
    }

    fn change(&mut self, path: String) {
        let question = self.churn.questions.entry(path).or_default();
        question.commits += 1;
        question.added += self.counts.0;
        question.removed += self.counts.1;
        question.contributors.insert(self.who.clone());
        question.last = question.last.max(self.day);
    }
}
