//! Where the linter's reports go.

use std::path::{Path, PathBuf};

use super::fixing::Change;
use super::scope::Scope;
use super::{Args, Judge, Verdict};
use crate::cli;
use crate::exit::{ExitState, Hinted};
use crate::lint::rule::{Group, Rule};
use crate::lint::{baseline, fingerprint, rules};
use crate::model::suggest;
use crate::output::lint::paths::RepositoryPaths;
use crate::output::lint::{self, Format, Report, RuleText, statistics};
use crate::output::terminal::{SOFT, styled};
use crate::output::{diff, findings};
use crate::store;
use crate::store::files::shown;
use crate::store::git;

/// A report that goes to a file.
pub(super) type Target = (&'static Format, PathBuf);

/// Reads `FORMAT=FILE` words.
pub(super) fn targets(words: &[String]) -> anyhow::Result<Vec<Target>> {
    let target = |word: &String| {
        let (name, path) = word.split_once('=').unwrap_or((word, ""));
        let known = lint::FORMATS.iter().map(|format| format.name);
        let Some(format) = lint::format(name) else {
            return Err(Hinted::error(
                format!("there is no format `{name}`"),
                suggest::hint(name, known).unwrap_or_default(),
            ));
        };
        if path.is_empty() {
            return Err(Hinted::error(
                format!("`--output {word}` names no file"),
                format!("write `--output {name}=FILE`; `-` is standard output"),
            ));
        }
        Ok((format, PathBuf::from(path)))
    };
    words.iter().map(target).collect()
}

/// Prints the report and writes those that go to files.
pub(super) fn deliver(
    context: &cli::Context,
    args: &Args,
    scope: &Scope,
    judge: &Judge<'_>,
    verdict: &Verdict,
    targets: &[Target],
) -> anyhow::Result<()> {
    let texts = rule_texts();
    let report = Report {
        findings: &verdict.findings,
        fingerprints: fingerprint::unique(&verdict.bank, &verdict.findings),
        paths: repository_paths(&scope.root),
        rules: &texts,
        subject: lint::Subject::Questions,
        checked: scope.checked(&verdict.bank),
        today: judge.today,
        width: context
            .width()
            .unwrap_or(findings::WIDEST)
            .min(findings::WIDEST),
    };
    for (format, path) in targets {
        let text = (format.write)(&report);
        context.deliver(path, &text)?;
    }
    if targets.iter().any(|(_, path)| path == Path::new("-")) {
        return Ok(());
    }
    let Some(format) = lint::format(&args.format) else {
        return Ok(());
    };
    if scope.input.is_some() && args.fix {
        // Standard output has the text.
        context.note((format.write)(&report).trim_end());
    } else if args.statistics {
        if format.for_people {
            context.print(&statistics::text(&report))?;
        } else {
            context.print_raw(&statistics::json(&report))?;
        }
    } else if format.for_people {
        context.print(&(format.write)(&report))?;
    } else {
        context.print_raw(&(format.write)(&report))?;
    }
    if format.for_people && !args.quiet {
        context.note(&styled(SOFT, report.tally()));
    }
    Ok(())
}

/// Writes the findings to the baseline.
pub(super) fn write_baseline(
    context: &cli::Context,
    args: &Args,
    verdict: &Verdict,
) -> anyhow::Result<ExitState> {
    let Some(path) = &args.baseline else {
        return Ok(ExitState::Error);
    };
    let entries = baseline::entries(&verdict.bank, &verdict.findings);
    context.deliver(path, &store::baseline::write(&entries))?;
    let count: u32 = entries.iter().map(|entry| entry.count).sum();
    if path != Path::new("-") {
        let plural = if count == 1 { "" } else { "s" };
        context.note(&format!(
            "{count} finding{plural} written to {}",
            shown(path)
        ));
    }
    Ok(ExitState::Clean)
}

/// Shows what fixes would change.
pub(super) fn show_diff(
    context: &cli::Context,
    scope: &Scope,
    changes: &[Change],
) -> anyhow::Result<()> {
    let paths = repository_paths(&scope.root);
    for change in changes {
        let path = paths.from_root(&change.shown);
        if context.is_terminal() || is_build_log() {
            context.print(&diff::colored(&path, &change.before, &change.after))?;
        } else {
            context.print_raw(&diff::plain(&path, &change.before, &change.after))?;
        }
    }
    Ok(())
}

/// Whether standard output is likely to be read by a build system, which takes lines for commands.
fn is_build_log() -> bool {
    let names = ["GITHUB_ACTIONS", "TF_BUILD"];
    names.iter().any(|name| std::env::var_os(name).is_some())
}

/// Prints every rule.
pub(super) fn list_rules(context: &cli::Context, args: &Args) -> anyhow::Result<()> {
    let texts = rule_texts();
    if args.format.starts_with("json") {
        return context.print_raw(&lint::rules::json(&texts));
    }
    if args.format == "markdown" {
        return context.print_raw(&lint::rules::page(&texts, &group_titles()));
    }
    let width = context.width().unwrap_or(120).min(140);
    context.print(&lint::rules::list(&texts, &group_titles(), width))
}

/// Prints one rule.
pub(super) fn explain(context: &cli::Context, args: &Args, rule: &Rule) -> anyhow::Result<()> {
    let text = rule_text(rule);
    if args.format.starts_with("json") {
        return context.print_raw(&lint::rules::json(&[text]));
    }
    context.print(&lint::rules::explain(&text))
}

fn group_titles() -> Vec<&'static str> {
    Group::ALL.iter().map(|group| group.title()).collect()
}

fn rule_texts() -> Vec<RuleText> {
    rules::ALL.iter().map(rule_text).collect()
}

fn rule_text(rule: &Rule) -> RuleText {
    RuleText {
        name: rule.name,
        group: rule.group.title(),
        level: rule.level,
        fix: rule.fix,
        summary: rule.summary(),
        documentation: rule.documentation(),
    }
}

/// How shown paths lead to paths from the root of the repository around the current directory.
pub(in crate::commands) fn repository_paths(bank: &Path) -> RepositoryPaths {
    let current = std::env::current_dir().and_then(|path| path.canonicalize());
    let Ok(current) = current else {
        return RepositoryPaths::default();
    };
    let Some(root) = git::repository_around(&current).or_else(|| git::repository_around(bank))
    else {
        return RepositoryPaths::default();
    };
    RepositoryPaths {
        current: current.strip_prefix(&root).map(shown).unwrap_or_default(),
        root: shown(&root),
    }
}
