//! `intervy score list`: who has scored whom, and what is missing; never a score.

use clap::ValueEnum;

use super::purge::remains;
use crate::cli::Context;
use crate::commands::interviews::{self, Folder, listed};
use crate::exit::ExitState;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::scorecard::Scorecard;
use crate::model::vocabulary::{CardStatus, Vocabulary};
use crate::output::findings::place as place_of;
use crate::output::scorecards::{self, Lacking, Row};
use crate::output::terminal::clean_line;
use crate::score::{Missing, blind, missing};
use crate::store::files::Files;
use crate::store::interviews::listing::{Content, KeptCard};

/// Lists scorecards: who has handed in for whom, and what is missing; never a score
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Status: draft, submitted, revised, `interrupted` (a draft of a session that ended by itself; the next \
                  one goes on from there), `unreadable` (`intervy score check` shows why)."
)]
pub(super) struct Args {
    /// Only this candidate
    #[arg(long, value_name = "ID")]
    candidate: Option<String>,
    #[command(flatten)]
    folder: Folder,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// An aligned table
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// Lists the scorecards.
///
/// # Errors
/// When there is no folder of interviews.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let listing = listed(
        bank,
        files,
        args.folder.interviews.as_ref(),
        args.candidate.as_deref(),
    )?;
    let folder = interviews::folder(bank, files, args.folder.interviews.as_ref())?;
    remains::tell(context, &folder, args.candidate.as_deref());
    for finding in &listing.findings {
        warn(context, finding);
    }
    for card in &listing.cards {
        if let Content::Unreadable(findings) = &card.content {
            for finding in findings {
                warn(context, &blind(finding.clone()));
            }
        }
    }
    let evidence = &bank.config.evidence;
    let rows = listing.cards.iter().map(|card| row(card, evidence));
    let rows: Vec<Row<'_>> = rows.collect();
    match args.format {
        Format::Text => context.print(&scorecards::text(&rows, context.width()))?,
        Format::Json => context.print_raw(&scorecards::json(&rows)?)?,
        Format::Csv => context.print_raw(&scorecards::csv(&rows)?)?,
    }
    Ok(ExitState::Clean)
}

fn warn(context: &Context, finding: &Finding) {
    let message = clean_line(&finding.message);
    context.warn(&format!("{}: {message}", place_of(finding)));
}

fn row<'c>(kept: &'c KeptCard, evidence: &[u8]) -> Row<'c> {
    let card = kept.content.get();
    let answered = |card: &Scorecard| {
        let answered = card.questions.iter();
        answered.filter(|rating| rating.answer.is_some()).count()
    };
    let draft = card.filter(|card| !card.is_submitted());
    Row {
        candidate: &kept.place.candidate,
        screen: &kept.place.screen,
        interviewer: &kept.place.interviewer,
        status: status(kept),
        date: card.and_then(|card| card.date).map(|date| date.to_string()),
        answered: card.map(answered),
        questions: card.map(|card| card.questions.len()),
        missing: draft.map(|card| lacking(card, evidence)),
        path: &kept.path,
    }
}

fn status(kept: &KeptCard) -> &'static str {
    match &kept.content {
        Content::Unreadable(_) => "unreadable",
        Content::Read(_, card) if card.is_submitted() || !kept.is_interrupted => card.status.name(),
        Content::Missing if kept.is_open => CardStatus::Draft.name(),
        Content::Read(..) | Content::Missing => "interrupted",
    }
}

fn lacking(card: &Scorecard, evidence: &[u8]) -> Lacking {
    let mut lacking = Lacking::default();
    for missing in missing(card, evidence) {
        match missing {
            Missing::Answer(_) => lacking.answers += 1,
            Missing::Note(_) => {}
            Missing::Overall => lacking.overall = true,
            Missing::Reason => lacking.reason = true,
        }
    }
    lacking
}
