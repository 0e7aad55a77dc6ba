//! `intervy score decide`: what people decided about a candidate, and why.

use anyhow::Context as _;

use super::now;
use super::place::check_name;
use super::purge::remains::{nothing_held, tell};
use super::retain::begin;
use super::reveal::is_draft;
use crate::cli::Context;
use crate::commands::interviews::{self, Folder, listed};
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::decision::Decision;
use crate::model::scorecard::LONGEST_NOTE;
use crate::output::findings;
use crate::output::terminal::clean_line;
use crate::store::files::Files;
use crate::store::interviews::{decisions, holdings};

/// Writes down what was decided about a candidate, and why; without a decision, shows what was
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It is kept in the candidate's folder, as decision.toml, and `intervy report candidate` shows it. A later decision is added; \
                  the former ones stay."
)]
pub(super) struct Args {
    /// The candidate's pseudonym
    #[arg(long, value_name = "ID")]
    candidate: String,
    #[command(flatten)]
    folder: Folder,
    /// What was decided, in your words
    #[arg(long, value_name = "TEXT", requires = "reason", requires = "by")]
    decision: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "decision")]
    reason: Option<String>,
    /// Who decided
    #[arg(long, value_name = "NAME", requires = "decision")]
    by: Option<String>,
}

/// Adds a decision, or shows them.
///
/// # Errors
/// When nothing is held about the candidate, a text is empty, or the file cannot be read or written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let candidate = args.candidate.as_str();
    let named = args.folder.interviews.as_ref();
    let interviews = interviews::folder(bank, files, named)?;
    if !holdings::is_held(&interviews, candidate) {
        return Err(nothing_held(&interviews, candidate));
    }
    tell(context, &interviews, Some(candidate));
    let (Some(decision), Some(reason), Some(by)) = (&args.decision, &args.reason, &args.by) else {
        for decision in read(context, &interviews, candidate)? {
            context.print(&in_words(&decision))?;
        }
        return Ok(ExitState::Clean);
    };
    check_name(context, "name", by)?;
    let decision = Decision {
        at: now(),
        by: by.clone(),
        decision: said("decision", decision)?,
        reason: said("reason", reason)?,
    };
    let _right = begin(&interviews)?;
    let mut all = read(context, &interviews, candidate)?;
    let listing = listed(bank, files, named, Some(candidate))?;
    if listing.cards.iter().any(is_draft) {
        context.warn("a scorecard of this candidate is not handed in yet");
    }
    all.push(decision.clone());
    decisions::write(&interviews, candidate, &all).context("the decision cannot be saved")?;
    context.print(&in_words(&decision))?;
    Ok(ExitState::Clean)
}

fn said(what: &str, text: &str) -> anyhow::Result<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_NOTE {
        return Err(Hinted::error(
            format!("the {what} is empty, or longer than 64 KiB"),
            "say it in a few words",
        ));
    }
    Ok(text.to_owned())
}

fn read(
    context: &Context,
    interviews: &crate::store::interviews::Interviews,
    candidate: &str,
) -> anyhow::Result<Vec<Decision>> {
    decisions::read(interviews, candidate).map_err(|found| {
        context.note(findings::text(&found).trim_end());
        Hinted::error(
            "the candidate's decision.toml cannot be read",
            "mend it in an editor; nothing was changed",
        )
    })
}

fn in_words(decision: &Decision) -> String {
    format!(
        "{} {}: {} ({})\n",
        decision.at,
        clean_line(&decision.by),
        clean_line(&decision.decision),
        clean_line(&decision.reason)
    )
}
