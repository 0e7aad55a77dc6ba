//! Which bank is checked, and which of its findings are asked for.

use std::collections::{BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;

use super::{Args, Verdict, standard_input};
use crate::cli;
use crate::exit::Hinted;
use crate::lint::fingerprint::fingerprint;
use crate::lint::{rules, sort};
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::source::Source;
use crate::store::bank;
use crate::store::discover::Found;
use crate::store::files::{Files, Overlay, shown};
use crate::store::git::{self, Changes};

/// Which bank is checked, and which of its findings are asked for.
pub(super) struct Scope {
    /// The bank's files.
    pub(super) files: Files,
    /// The bank's root.
    pub(super) root: PathBuf,
    /// The text from standard input, under its path relative to the root.
    pub(super) input: Option<String>,
    /// Paths relative to the root; empty for the root itself, none for all.
    paths: Vec<String>,
    since: Option<Changes>,
}

impl Scope {
    /// Finds the bank: the one that a named path is in, unless a flag or the environment names another.
    pub(super) fn resolve(context: &cli::Context, args: &Args) -> anyhow::Result<Self> {
        let named = args.paths.first().or(args.stdin_filename.as_ref());
        let around = named.filter(|_| !context.names_a_bank()).and_then(|path| {
            let mut folders = path.ancestors();
            folders.find(|folder| bank::is_bank(&here(folder)))
        });
        let files = match around {
            Some(folder) => Files::disk(&here(folder)),
            None => match context.find_bank()? {
                (_, Found::BuiltIn) => {
                    return Err(Hinted::error(
                        "nothing was checked: there is no bank here",
                        "run this inside a bank, or name one with --bank",
                    ));
                }
                (files, _) => files,
            },
        };
        let Some(root) = files.root().map(Path::to_owned) else {
            return Err(anyhow::anyhow!("the bank is not on disk"));
        };
        let inside = |path: &Path| inside(&root, path);
        let paths = args.paths.iter().map(|path| {
            if !path.exists() {
                return Err(Hinted::error(
                    format!("nothing was checked: there is no {}", shown(path)),
                    "name files or folders of the bank",
                ));
            }
            inside(path)
        });
        let paths = paths.collect::<anyhow::Result<Vec<String>>>()?;
        let mut scope = Self {
            files,
            root,
            input: None,
            paths,
            since: None,
        };
        if let Some(path) = &args.stdin_filename {
            let path = inside_of(&scope.root, path)?;
            let text = Overlay::from([(path.clone(), Some(standard_input()?))]);
            scope.files = scope.files.with_overlay(text);
            scope.paths = vec![path.clone()];
            scope.input = Some(path);
        }
        if let Some(revision) = &args.since {
            let changes = git::changes_since(&scope.root, revision);
            scope.since = Some(changes.map_err(|(message, hint)| Hinted::error(message, hint))?);
        }
        Ok(scope)
    }

    /// Drops the findings that were not asked for. What a change caused elsewhere is what the bank of
    /// the revision, which `judge` is given, did not have.
    pub(super) fn narrow(
        &self,
        bank: &Bank,
        findings: &mut Vec<Finding>,
        judge: impl FnOnce(&Files) -> Verdict,
    ) {
        // What is wrong with the configuration changes what is checked everywhere.
        let configures = |finding: &Finding| {
            let path = finding.location.source.path.as_str();
            let of_settings = rules::is_reading(finding.rule) || finding.rule == "unknown-rule";
            of_settings && bank.config.sources.iter().any(|known| known == path)
        };
        if !self.paths.is_empty() {
            findings.retain(|finding| {
                self.covers(bank.relative(&finding.location.source.path)) || configures(finding)
            });
        }
        let Some(changes) = &self.since else {
            return;
        };
        let changed: BTreeSet<&str> = changes.before.keys().map(String::as_str).collect();
        let touched =
            |finding: &Finding| changed.contains(bank.relative(&finding.location.source.path));
        if findings.iter().all(touched) {
            return;
        }
        let before = judge(&self.files.with_overlay(changes.before.clone()));
        let mut known: HashMap<String, usize> = HashMap::new();
        for finding in &before.findings {
            *known.entry(identity(&before.bank, finding)).or_default() += 1;
        }
        let is_changed = |source: &Source| changed.contains(bank.relative(&source.path));
        findings.retain_mut(|finding| {
            if touched(finding) || configures(finding) {
                return true;
            }
            let kept = match known.get_mut(&identity(bank, finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            };
            // Of two places that are at odds, the changed one is where the change is reviewed.
            let new = finding
                .related
                .iter()
                .position(|related| is_changed(&related.location.source));
            if let Some(related) = new.and_then(|index| finding.related.get_mut(index)) {
                std::mem::swap(&mut finding.location, &mut related.location);
            }
            kept
        });
        sort(findings);
    }

    /// "Nothing was checked" is an error, never a clean run.
    pub(super) fn refuse_nothing(&self, verdict: &Verdict) -> anyhow::Result<()> {
        let bank = &verdict.bank;
        let questions = bank.questions.iter().map(|question| &question.text);
        let questions = questions.chain(bank.incomplete.iter().map(|question| &question.text));
        let sources = questions
            .map(|text| &text.source)
            .chain(bank.blueprints.iter().map(|plan| &plan.source))
            .chain(bank.loops.iter().map(|plan| &plan.source))
            .chain(bank.screens.iter().map(|screen| &screen.source));
        let mut paths = sources.map(|source| bank.relative(&source.path));
        if self.paths.is_empty() {
            if bank.questions.is_empty()
                && bank.incomplete.is_empty()
                && verdict.findings.is_empty()
            {
                return Err(Hinted::error(
                    "nothing was checked: the bank has no questions",
                    format!(
                        "questions are `.md` files below {}",
                        self.files.show("questions/")
                    ),
                ));
            }
        } else if !paths.any(|path| self.covers(path))
            && verdict.findings.is_empty()
            && !self.covers(bank.relative(&bank.config.source.path))
        {
            return Err(Hinted::error(
                "nothing was checked: no file of the bank is there",
                "name questions, blueprints, loops, screens, or folders that hold them",
            ));
        }
        Ok(())
    }

    /// How many questions were checked and asked for.
    pub(super) fn checked(&self, bank: &Bank) -> usize {
        let questions = bank.questions.iter().map(|question| &question.text);
        let questions = questions.chain(bank.incomplete.iter().map(|question| &question.text));
        questions
            .filter(|text| self.paths.is_empty() || self.covers(bank.relative(&text.source.path)))
            .count()
    }

    fn covers(&self, path: &str) -> bool {
        self.paths.iter().any(|wanted| {
            let rest = path.strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// What makes a finding the same before and after a change. A raised level makes it another one.
fn identity(bank: &Bank, finding: &Finding) -> String {
    format!("{} {}", fingerprint(bank, finding), finding.level.name())
}

fn here(folder: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder.to_owned()
    }
}

fn inside(root: &Path, path: &Path) -> anyhow::Result<String> {
    inside_of(root, path)
}

/// A path relative to the bank's root, with `/` between folders. The file itself need not exist.
fn inside_of(root: &Path, path: &Path) -> anyhow::Result<String> {
    let absolute = |path: &Path| -> anyhow::Result<PathBuf> {
        let mut plain = PathBuf::new();
        for part in std::path::absolute(path)
            .context("the current directory")?
            .components()
        {
            match part {
                Component::ParentDir => {
                    plain.pop();
                }
                Component::CurDir => {}
                part => plain.push(part),
            }
        }
        Ok(plain)
    };
    let (root, path) = (absolute(root)?, absolute(path)?);
    let relative = path.strip_prefix(&root).map_err(|_| {
        Hinted::error(
            format!("{} is not in the bank {}", shown(&path), shown(&root)),
            "name files of one bank at a time",
        )
    })?;
    Ok(shown(relative))
}
