//! `intervy lint`: what is wrong with the bank.

mod fixing;
mod output;
mod scope;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser};
use jiff::civil::Date;

pub(super) use self::output::repository_paths;
use self::scope::Scope;
use crate::cli;
use crate::exit::{ExitState, Hinted};
use crate::lint;
use crate::lint::context::{Context, Starvation, Subject, Surroundings};
use crate::lint::inspection::{self, Inspector, Seen};
use crate::lint::levels::{Flags, Levels};
use crate::lint::{baseline, rules};
use crate::model::bank::Bank;
use crate::model::baseline::Baseline;
use crate::model::blueprint::Blueprint;
use crate::model::finding::{Finding, Level, Safety};
use crate::model::lint::ALL_RULES;
use crate::model::source::ReadAgain;
use crate::model::suggest;
use crate::output::findings;
use crate::output::lint::FORMATS;
use crate::pick::starvation::{self, Starved};
use crate::store::bank;
use crate::store::files::Files;
use crate::store::question::{self, Reading};

/// Arguments of `intervy lint`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Levels: by default, then intervy.toml, then --allow, --warn and --deny; `all` stands for every rule.\n\
                  A file may break a rule with a reason: `allow: { missing-rubric: a warm-up }` in its front matter,\n\
                  or `<!-- intervy-allow raw-html: the key caps -->` above the lines that it is about.\n\n\
                  Exit status: 0 clean, 1 findings at or above the failing level, 2 could not run, or nothing was checked."
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
pub struct Args {
    /// Report only what is in these files or folders; the whole bank is checked all the same
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    format: String,
    /// Write a report to a file as well: `sarif=lint.sarif`; may be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    output: Vec<String>,
    /// Make a rule's findings errors
    #[arg(long, value_name = "RULE", help_heading = "Levels")]
    deny: Vec<String>,
    /// Make a rule's findings warnings
    #[arg(long, value_name = "RULE", help_heading = "Levels")]
    warn: Vec<String>,
    /// Switch a rule off
    #[arg(long, value_name = "RULE", help_heading = "Levels")]
    allow: Vec<String>,
    /// The level from which on findings fail the run [default: that of intervy.toml, else error]
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning"], help_heading = "Levels")]
    fail_on: Option<String>,
    /// Mend what can be mended without a doubt
    #[arg(long, help_heading = "Fixes")]
    fix: bool,
    /// With --fix or --diff: mend what is a guess, too
    #[arg(long = "unsafe", help_heading = "Fixes")]
    guess: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
    /// Report only what is in files changed since this git revision, or caused by their changes
    #[arg(long, value_name = "REV", help_heading = "Adoption")]
    since: Option<String>,
    /// Accept the findings that this file lists
    #[arg(long, value_name = "FILE", help_heading = "Adoption")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run to the file of --baseline
    #[arg(
        long,
        requires = "baseline",
        conflicts_with_all = ["since", "paths", "fix", "diff", "stdin_filename"],
        help_heading = "Adoption"
    )]
    write_baseline: bool,
    /// Take the text of this file from standard input, and report only what is in it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "since"])]
    stdin_filename: Option<PathBuf>,
    /// Count the findings per rule instead of showing them
    #[arg(long)]
    statistics: bool,
    /// Explain a rule
    #[arg(long, value_name = "RULE", help_heading = "Rules")]
    explain: Option<String>,
    /// List every rule
    #[arg(long, conflicts_with = "explain", help_heading = "Rules")]
    list_rules: bool,
    /// The day of the run, for reviews that grow stale [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Leave out the line that counts
    #[arg(short, long)]
    quiet: bool,
}

fn formats() -> PossibleValuesParser {
    let values = FORMATS.iter();
    PossibleValuesParser::new(
        values.map(|format| PossibleValue::new(format.name).help(format.help)),
    )
}

/// Lints the bank.
///
/// # Errors
/// When there is nothing to check, or a report cannot be written.
pub fn run(context: &mut cli::Context, args: &Args) -> anyhow::Result<ExitState> {
    if args.list_rules {
        output::list_rules(context, args)?;
        return Ok(ExitState::Clean);
    }
    if let Some(rule) = &args.explain {
        output::explain(context, args, known_rule(rule)?)?;
        return Ok(ExitState::Clean);
    }
    if args.guess && !args.fix && !args.diff {
        return Err(Hinted::error(
            "`--unsafe` alone mends nothing",
            "add `--fix` to mend, or `--diff` to look at what would change",
        ));
    }
    let outputs = output::targets(&args.output)?;
    let scope = Scope::resolve(context, args)?;
    let judge = Judge {
        flags: flags(args)?,
        today: args.today.unwrap_or_else(|| jiff::Zoned::now().date()),
        baseline: read_baseline(context, args)?,
        scope: &scope,
        keep: if args.fix || args.diff {
            Keep::All
        } else {
            Keep::Needed
        },
    };
    let mut verdict = judge.judge(&scope.files);
    let levels = Levels::new(&verdict.bank.config.lint, &judge.flags);
    if !rules::ALL.iter().any(|rule| levels.is_on(rule)) {
        return Err(Hinted::error(
            "nothing was checked: every rule is off",
            "switch some on, by `[lint.rules]` in intervy.toml or by --warn and --deny",
        ));
    }
    scope.refuse_nothing(&verdict)?;
    if args.write_baseline {
        return output::write_baseline(context, args, &verdict);
    }
    if args.fix || args.diff {
        let most = if args.guess {
            Safety::Unsafe
        } else {
            Safety::Safe
        };
        let fixed = fixing::fix(&judge, &scope.files, verdict, most);
        verdict = fixed.verdict;
        let changes = fixed.changes;
        if args.diff {
            output::show_diff(context, &scope, &changes)?;
            return Ok(if changes.is_empty() {
                ExitState::Clean
            } else {
                ExitState::Findings
            });
        }
        fixing::write(context, &scope, &changes, fixed.made)?;
    }
    output::deliver(context, args, &scope, &judge, &verdict, &outputs)?;
    let state = state(args, &verdict);
    // The process ends here; giving back a large bank piece by piece would only take time.
    std::mem::forget(verdict);
    Ok(state)
}

fn state(args: &Args, verdict: &Verdict) -> ExitState {
    let fail_on = match args.fail_on.as_deref() {
        Some("error") => Level::Error,
        Some(_) => Level::Warning,
        None => verdict.bank.config.lint.fail_on,
    };
    let mut open = verdict
        .findings
        .iter()
        .filter(|finding| finding.suppressed.is_none());
    if open.any(|finding| finding.level >= fail_on) {
        ExitState::Findings
    } else {
        ExitState::Clean
    }
}

fn flags(args: &Args) -> anyhow::Result<Flags> {
    for name in args.allow.iter().chain(&args.warn).chain(&args.deny) {
        if name != ALL_RULES {
            known_rule(name)?;
        }
    }
    Ok(Flags {
        allow: args.allow.clone(),
        warn: args.warn.clone(),
        deny: args.deny.clone(),
    })
}

fn known_rule(name: &str) -> anyhow::Result<&'static lint::rule::Rule> {
    rules::find(name).ok_or_else(|| {
        let known = rules::ALL.iter().map(|rule| rule.name);
        let near = suggest::hint(name, known);
        let list = || "`intervy lint --list-rules` shows every rule".to_owned();
        Hinted::error(
            format!("there is no rule `{name}`"),
            near.unwrap_or_else(list),
        )
    })
}

fn read_baseline(context: &cli::Context, args: &Args) -> anyhow::Result<Option<Baseline>> {
    let Some(path) = args.baseline.as_ref().filter(|_| !args.write_baseline) else {
        return Ok(None);
    };
    match crate::store::baseline::read(path) {
        Ok(baseline) => Ok(Some(baseline)),
        Err(found) => {
            context.note(findings::text(&found).trim_end());
            Err(Hinted::error(
                format!(
                    "the baseline {} cannot be used",
                    crate::store::files::shown(path)
                ),
                "write it again with --write-baseline",
            ))
        }
    }
}

/// What a run is judged by, whatever texts it looks at.
struct Judge<'a> {
    flags: Flags,
    today: Date,
    baseline: Option<Baseline>,
    scope: &'a Scope,
    keep: Keep,
}

/// A bank and what was found in it.
struct Verdict {
    bank: Bank,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    /// Reads and checks the bank, and keeps the findings that were asked for.
    fn judge(&self, files: &Files) -> Verdict {
        let (bank, mut findings) = self.check(files);
        if let Some(baseline) = &self.baseline {
            let levels = Levels::new(&bank.config.lint, &self.flags);
            baseline::apply(&bank, baseline, &levels, &mut findings);
        }
        self.scope.narrow(&bank, &mut findings, |base| {
            let (bank, findings) = self.check(base);
            Verdict { bank, findings }
        });
        lint::limit(&mut findings);
        Verdict { bank, findings }
    }

    fn check(&self, files: &Files) -> (Bank, Vec<Finding>) {
        check(files, self.today, &self.flags, self.keep)
    }
}

/// What of a bank's texts is still there once it was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Those with findings; others are read again should they be needed.
    Needed,
    /// All as they were read, so that nothing else can be mended in their place.
    All,
}

/// Reads the bank in `files`; everything that is wrong with it.
#[must_use]
pub fn check(files: &Files, today: Date, flags: &Flags, keep: Keep) -> (Bank, Vec<Finding>) {
    let exists = |path: &str| files.has(path);
    let reader: Arc<dyn ReadAgain> = Arc::new(files.clone());
    let (bank, seen) = bank::read_each(files, |config| {
        let config = config.clone();
        let inspector = Inspector::new(&Levels::new(&config.lint, flags));
        let reader = &reader;
        let exists = &exists;
        move |reading: &mut Reading| {
            let around = &Surroundings {
                config: &config,
                today,
                exists,
            };
            let (text, seen) = match reading {
                Reading::Usable(question) => {
                    let seen = inspector.inspect(Subject::usable(question, around));
                    (&mut question.text, seen)
                }
                Reading::Incomplete(question) => {
                    let seen = inspector.inspect(Subject::incomplete(question, around));
                    (&mut question.text, seen)
                }
                Reading::Unreadable => return None,
            };
            if keep == Keep::Needed {
                inspection::let_go(text, reader);
            }
            Some(seen)
        }
    });
    let seen: Vec<Seen> = seen.into_iter().flatten().collect();
    let context = Context {
        bank: &bank,
        around: Surroundings {
            config: &bank.config,
            today,
            exists: &exists,
        },
        seen: &seen,
        page: &|path| question::read_again(files, path),
        starvation: &|blueprint| starvation(&bank, blueprint),
    };
    let findings = lint::check(&context, &Levels::new(&bank.config.lint, flags));
    (bank, findings)
}

/// Why no screen can be assembled by a blueprint.
fn starvation(bank: &Bank, blueprint: &Blueprint) -> Option<Starvation> {
    let Starved { segment, why } = starvation::starvation(bank, blueprint)?;
    Some(Starvation { segment, why })
}

/// Reads the text of a file from standard input.
fn standard_input() -> anyhow::Result<Vec<u8>> {
    use std::io::Read;
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        return Err(Hinted::error(
            "nothing was checked: standard input is a terminal",
            "pipe the file's text in",
        ));
    }
    let mut bytes = Vec::new();
    let limit = crate::store::files::MAX_FILE_BYTES + 1;
    input.by_ref().take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
