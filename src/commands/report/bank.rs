//! `intervy report bank`: what the bank covers, how old its reviews are, how much it is used and changed.

use std::collections::BTreeMap;

use jiff::Zoned;
use jiff::civil::Date;

use super::args::{Form, Personal, Report};
use crate::cli::Context;
use crate::commands::date;
use crate::commands::interviews::{self, Folder, listed};
use crate::exit::ExitState;
use crate::model::bank::Bank;
use crate::model::config::SCHEMA;
use crate::model::history::History;
use crate::output::report::bank;
use crate::output::report::common::json;
use crate::report::bank::bank as of_bank;
use crate::store::files::Files;
use crate::store::git::churn;

/// What the bank covers, how old its reviews are, how much it is used and changed
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    folder: Folder,
    /// The day that ages are counted to [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    form: Form,
}

/// Reports on the bank.
///
/// # Errors
/// When the folder of the interviews cannot be read, or the report not be written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let folder = interviews::folder(bank, files, args.folder.interviews.as_ref()).ok();
    args.form.check(folder.as_ref(), None, None, Personal::No)?;
    let uses = uses(bank, files, args)?;
    let churn = files.root().and_then(churn);
    let day = args.as_of.unwrap_or_else(|| Zoned::now().date());
    let report = of_bank(bank, day, uses.as_ref(), churn.as_ref());
    let written = Report {
        document: &|| bank::document(&report),
        rows: &|| bank::rows(&report),
        json: &|| {
            json(&bank::Bank {
                schema: SCHEMA,
                report: "bank",
                bank: &report,
            })
        },
    };
    args.form.write(context, &written)?;
    Ok(ExitState::Clean)
}

/// What the screens of interviews pinned; no score is looked at.
fn uses(bank: &Bank, files: &Files, args: &Args) -> anyhow::Result<Option<History>> {
    let named = args.folder.interviews.as_ref();
    let known = interviews::folder(bank, files, named).ok();
    let is_there = known.is_some_and(|folder| folder.root().is_dir());
    if named.is_none() && !is_there {
        return Ok(None);
    }
    let listing = listed(bank, files, named, None)?;
    let mut history = History::default();
    let mut days: BTreeMap<(&str, &str), Date> = BTreeMap::new();
    for card in &listing.cards {
        if let Some(day) = card.content.get().and_then(|card| card.date) {
            let key = (card.place.candidate.as_str(), card.place.screen.as_str());
            let first = days.entry(key).or_insert(day);
            *first = day.min(*first);
        }
    }
    for kept in &listing.screens {
        if let Some(screen) = kept.content.get() {
            let questions = screen.questions.iter().map(|question| question.id.clone());
            let of_cards = days.get(&(kept.candidate.as_str(), kept.id.as_str()));
            let day = screen.occasion.date.or(of_cards.copied());
            history.add(Some(&kept.candidate), day, questions);
        }
    }
    Ok(Some(history))
}
