//! `intervy score purge`: candidates' files removed, unless something holds them.

mod plan;
pub(in crate::commands) mod remains;
mod removing;
mod report;

use self::plan::plan;
use self::remains::about_remains;
use self::removing::Task;
use self::report::Report;
use std::io::{BufRead, IsTerminal};

use super::retain::begin;
use crate::cli::Context;
use crate::commands::interviews::{self, Folder, listed};
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::output::terminal::clean_line;
use crate::score::removal::{self, Wish};
use crate::store::files::{Files, shown};
use crate::store::git;
use crate::store::interviews::Interviews;
use crate::store::interviews::purge;

/// What must be typed where `--yes` is not given.
const WORD: &str = "purge";

/// Removes what is held about candidates
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("whose").required(true),
    after_help = "Nothing removes what is held (`intervy score retain --hold`), nor what a session works on. Each removal \
                  is a line of purged.jsonl. One that was interrupted is finished by the next.\n\n\
                  What was committed to git stays in its history.\n\n\
                  Exit status: 0 done, 1 something was held back, 2 could not run."
)]
pub(super) struct Args {
    /// This candidate's
    #[arg(long, value_name = "ID", group = "whose")]
    candidate: Option<String>,
    /// All candidates' whose latest interview or submission is more than so many days ago
    #[arg(long, value_name = "DAYS", group = "whose")]
    older_than: Option<u32>,
    /// All candidates' whose own `retain_until` has passed
    #[arg(long, group = "whose")]
    retain_until: bool,
    #[command(flatten)]
    folder: Folder,
    /// Say what would be removed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Args {
    fn wish(&self) -> Wish {
        match self.older_than {
            Some(days) => Wish::OlderThan(days),
            None if self.retain_until => Wish::RetainUntil,
            None => Wish::Named,
        }
    }
}

/// Removes the files.
///
/// # Errors
/// When nobody says yes, there is no such candidate, or the disk does not let go of something.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let interviews = interviews::folder(bank, files, args.folder.interviews.as_ref())?;
    is_no_bank(&interviews)?;
    let listing = listed(bank, files, args.folder.interviews.as_ref(), None)?;
    let remains = purge::remains(&interviews);
    let mut report = Report::new(context);
    let named = args.candidate.as_deref();
    let left = about_remains(&mut report, &interviews, &remains, named);
    let go = plan(&mut report, &interviews, &listing, args, &remains)?;
    if go.is_empty() && left.is_empty() {
        if !report.is_held_back() {
            report.note("nothing to remove");
        }
        return report.end();
    }
    let names = go.iter().map(|listed| listed.candidate.as_str());
    let of_left = left.iter().map(|(name, _)| *name);
    about_git(context, &interviews, names.chain(of_left));
    if !args.dry_run {
        confirm(context, args)?;
        let right = begin(&interviews)?;
        let task = Task {
            interviews: &interviews,
            wish: args.wish(),
            go: &go,
            remains: &left,
        };
        task.run(&mut report, &right)?;
    }
    report.end()
}

/// A configuration that names a bank as its folder of interviews must not cost the bank.
fn is_no_bank(interviews: &Interviews) -> anyhow::Result<()> {
    if interviews.root().join("intervy.toml").exists() {
        return Err(Hinted::error(
            format!("{} is a bank", clean_line(&shown(interviews.root()))),
            "interviews are removed from a folder of their own only",
        ));
    }
    Ok(())
}

/// Says that git keeps what was committed.
fn about_git<'c>(
    context: &Context,
    interviews: &Interviews,
    candidates: impl Iterator<Item = &'c str>,
) {
    let Some(tree) = git::repository_around(interviews.root()) else {
        return;
    };
    let below = interviews.root().canonicalize().ok();
    let below = below.and_then(|root| root.strip_prefix(&tree).map(shown).ok());
    let below = below.filter(|below| !below.is_empty());
    context.warn(&format!(
        "this folder is in the git work tree {}: whatever was committed stays in git's history, here and in every clone. To find out:",
        clean_line(&shown(&tree))
    ));
    for candidate in candidates {
        let path = match &below {
            Some(below) => format!("{below}/{candidate}"),
            None => candidate.to_owned(),
        };
        let tree = removal::quoted(&shown(&tree));
        let command = format!("git -C {tree} log --all -- {}", removal::quoted(&path));
        context.note(&format!("  {}", clean_line(&command)));
    }
}

fn confirm(context: &Context, args: &Args) -> anyhow::Result<()> {
    if args.yes {
        return Ok(());
    }
    let refused = || {
        Hinted::error(
            "nothing was removed: nobody said yes",
            "`--yes` removes without asking; `--dry-run` shows what would go",
        )
    };
    let mut input = std::io::stdin().lock();
    if !input.is_terminal() {
        return Err(refused());
    }
    context.note(&format!("This cannot be undone. Type `{WORD}` to go on:"));
    let mut line = String::new();
    input.read_line(&mut line)?;
    if line.trim() == WORD {
        return Ok(());
    }
    Err(refused())
}
