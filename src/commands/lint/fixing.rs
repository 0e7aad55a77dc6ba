//! Fixes, made round after round until none is left, and written at the end.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;

use super::scope::Scope;
use super::{Judge, Verdict};
use crate::cli;
use crate::lint::fix;
use crate::model::finding::{Fix, Safety, reading};
use crate::store::files::{Files, Overlay};
use crate::store::write;

/// Rounds after which fixing ends whatever is left: fixes that undo one another must not run for ever.
const MAX_ROUNDS: usize = 16;

/// A file before and after.
pub(super) struct Change {
    /// The path relative to the bank's root.
    pub(super) path: String,
    /// The path as messages show it.
    pub(super) shown: String,
    /// The text that was read.
    pub(super) before: String,
    /// The text with the fixes.
    pub(super) after: String,
}

/// What fixing came to.
pub(super) struct Fixed {
    /// What is left.
    pub(super) verdict: Verdict,
    /// The files that change, ordered by path.
    pub(super) changes: Vec<Change>,
    /// How many fixes were made.
    pub(super) made: usize,
}

/// Makes fixes in memory. A file that could no longer be read afterwards stays as it was.
pub(super) fn fix(judge: &Judge<'_>, files: &Files, first: Verdict, most: Safety) -> Fixed {
    let mut texts: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut given_up: BTreeSet<String> = BTreeSet::new();
    let mut made = 0;
    let mut verdict = first;
    for _ in 0..MAX_ROUNDS {
        let round = round(&verdict, most, &given_up);
        if round.is_empty() {
            break;
        }
        let mut before_round: BTreeMap<String, Option<(String, String)>> = BTreeMap::new();
        let mut count = 0;
        for (path, (text, after, fixes)) in round {
            count += fixes;
            before_round.insert(path.clone(), texts.get(&path).cloned());
            let original = texts
                .get(&path)
                .map_or(text, |(original, _)| original.clone());
            texts.insert(path, (original, after));
        }
        let next = judge.judge(&overlaid(files, &texts));
        let broken: Vec<String> = before_round
            .keys()
            .filter(|path| unreadable(&next, path) && !unreadable(&verdict, path))
            .cloned()
            .collect();
        if broken.is_empty() {
            made += count;
            verdict = next;
            continue;
        }
        // Rare, and never a loss: the round is made again without these files.
        for (path, old) in before_round {
            match old {
                Some(old) => texts.insert(path, old),
                None => texts.remove(&path),
            };
        }
        given_up.extend(broken);
    }
    let changes = texts
        .into_iter()
        .filter(|(_, (before, after))| before != after)
        .map(|(path, (before, after))| Change {
            shown: files.show(&path),
            path,
            before,
            after,
        });
    Fixed {
        verdict,
        changes: changes.collect(),
        made,
    }
}

/// The texts that one round changes: before, after, and how many fixes were made.
fn round(
    verdict: &Verdict,
    most: Safety,
    given_up: &BTreeSet<String>,
) -> BTreeMap<String, (String, String, usize)> {
    let bank = &verdict.bank;
    let mut by_path: BTreeMap<String, (&str, Vec<&Fix>)> = BTreeMap::new();
    for (finding, fix) in fix::wanted(&verdict.findings, most) {
        let source = &finding.location.source;
        let path = bank.relative(&source.path);
        let in_bank = source.path.len() == bank.prefix.len() + path.len();
        if in_bank && !path.starts_with("../") && !given_up.contains(path) {
            let entry = by_path.entry(path.to_owned());
            entry
                .or_insert_with(|| (source.text(), Vec::new()))
                .1
                .push(fix);
        }
    }
    let applied = by_path.into_iter().map(|(path, (text, fixes))| {
        let (after, made) = fix::apply(text, fixes);
        (path, (text.to_owned(), after, made))
    });
    applied.filter(|(_, (_, _, made))| *made > 0).collect()
}

fn overlaid(files: &Files, texts: &BTreeMap<String, (String, String)>) -> Files {
    let texts = texts.iter();
    let overlay: Overlay = texts
        .map(|(path, (_, after))| (path.clone(), Some(after.clone().into_bytes())))
        .collect();
    files.with_overlay(overlay)
}

fn unreadable(verdict: &Verdict, path: &str) -> bool {
    verdict.bank.findings.iter().any(|finding| {
        let source = &finding.location.source;
        finding.rule == reading::UNREADABLE_FILE && verdict.bank.relative(&source.path) == path
    })
}

/// Writes the changed files, each as a whole; with a text from standard input, prints it instead.
pub(super) fn write(
    context: &cli::Context,
    scope: &Scope,
    changes: &[Change],
    made: usize,
) -> anyhow::Result<()> {
    if let Some(path) = &scope.input {
        let fixed = changes.iter().find(|change| change.path == *path);
        let text = match fixed {
            Some(change) => change.after.clone(),
            None => match scope.files.read(path) {
                Ok(source) => source.text().to_owned(),
                Err(finding) => bail!("{}: {}", finding.location.source.path, finding.message),
            },
        };
        return context.print_raw(&text);
    }
    for change in changes {
        let target = scope.root.join(&change.path);
        if !write::unchanged(&target, change.before.as_bytes()) {
            bail!(
                "{} was changed meanwhile and is left as it is; run this again",
                change.shown
            );
        }
        write::replace(&target, change.after.as_bytes())
            .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", change.shown))?;
    }
    if made > 0 {
        let plural = |count: usize, word: &str| match count {
            1 => format!("1 {word}"),
            _ => format!("{count} {word}s"),
        };
        let files = plural(changes.len(), "file");
        context.note(&format!(
            "{} made in {files}",
            plural(made, "fix").replace("fixs", "fixes")
        ));
    }
    Ok(())
}
