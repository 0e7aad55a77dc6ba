//! `intervy report candidate`: the debrief.

use super::args::{Form, Personal, Report};
use super::doubts::Doubts;
use super::gather::{Settled, settled};
use crate::cli::Context;
use crate::commands::interviews::{self, Folder, listed};
use crate::commands::pseudonym;
use crate::commands::score::purge::remains::nothing_held;
use crate::commands::score::reveal::{is_draft, is_no_copy_yet, reveal};
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::config::SCHEMA;
use crate::model::decision::Decision;
use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::output::findings;
use crate::output::report::candidate;
use crate::output::report::common::json;
use crate::output::terminal::clean_line;
use crate::report::clustered::too_few;
use crate::report::debrief::{Interview, Variances, debrief};
use crate::report::figure::{Figure, Kind, Why};
use crate::report::model::{Facet, Model, above_mean, model};
use crate::report::season::{Keep, Season};
use crate::report::summary::{LEAST_FOR_CANDIDATES, has_enough_candidates};
use crate::store::files::Files;
use crate::store::interviews::decisions;
use crate::store::interviews::listing::{Content, KeptCard, Listing};

/// The debrief of a candidate: all scorecards side by side, where they differ, what was not covered
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It is locked until everybody who has a scorecard of the candidate has handed it in: whoever has not may read it. \
                  With --reveal, the reason is written into every draft before anything is shown.\n\n\
                  There is no verdict in it, and no rank: people decide, and write down why."
)]
pub(super) struct Args {
    /// The candidate's pseudonym
    #[arg(value_name = "CANDIDATE", value_parser = pseudonym)]
    candidate: String,
    #[command(flatten)]
    folder: Folder,
    /// Show it though there are drafts, for this reason, which is recorded in them
    #[arg(long, value_name = "REASON")]
    reveal: Option<String>,
    /// Also the score that takes the season's interviewers and questions into account; it comes second
    #[arg(long)]
    adjusted: bool,
    #[command(flatten)]
    form: Form,
    /// Write it even into the bank's repository
    #[arg(long)]
    force: bool,
}

/// Shows the debrief.
///
/// # Errors
/// When nothing is held, a scorecard is a draft or cannot be read, or the report not be written.
pub(super) fn run(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<ExitState> {
    let folder = interviews::folder(bank, files, args.folder.interviews.as_ref())?;
    args.form
        .check(Some(&folder), files.root(), None, Personal::Yes(args.force))?;
    let before = listed(bank, files, Some(&folder.root().to_owned()), None)?;
    let doubts = Doubts::of(bank, files, &args.folder, &before)?;
    let drafts: Vec<&KeptCard> = own_cards(&before, &doubts, &args.candidate)?
        .into_iter()
        .filter(|card| is_draft(card))
        .collect();
    if own_cards(&before, &doubts, &args.candidate)?.is_empty() {
        let is_held = crate::store::interviews::holdings::is_held(&folder, &args.candidate);
        return Err(if is_held {
            Hinted::error(
                format!(
                    "nobody has a scorecard of `{}` yet",
                    clean_line(&args.candidate)
                ),
                "`intervy score` begins one",
            )
        } else {
            nothing_held(&folder, &args.candidate)
        });
    }
    let sessions = reveal(context, &folder, &drafts, args.reveal.as_deref())?;
    let read_again = (!drafts.is_empty())
        .then(|| listed(bank, files, Some(&folder.root().to_owned()), None))
        .transpose()?;
    let listing = read_again.as_ref().unwrap_or(&before);
    let doubts = Doubts::of(bank, files, &args.folder, listing)?;
    let revealed = |card: &KeptCard| drafts.iter().any(|draft| draft.place == card.place);
    let cards = own_cards(listing, &doubts, &args.candidate)?;
    if let Some(new) = cards.iter().find(|card| is_draft(card) && !revealed(card)) {
        return Err(is_no_copy_yet(&[new]));
    }
    let decisions = decisions::read(&folder, &args.candidate);
    let decisions = decisions.unwrap_or_else(|found| {
        context.note(findings::text(&found).trim_end());
        Vec::new()
    });
    let shown = show(context, args, (listing, &doubts), &cards, &decisions);
    // The reason is recorded, whoever reads the report.
    for session in sessions {
        session.close();
    }
    shown?;
    Ok(ExitState::Clean)
}

/// The scorecards in the candidate's folder.
///
/// # Errors
/// When one cannot be read, or is of another candidate.
fn own_cards<'l>(
    listing: &'l Listing,
    doubts: &Doubts,
    candidate: &str,
) -> anyhow::Result<Vec<&'l KeptCard>> {
    let cards = listing.cards.iter();
    let cards: Vec<&KeptCard> = cards
        .filter(|card| card.place.candidate == candidate)
        .collect();
    for card in &cards {
        let path = clean_line(&card.path);
        let hint = "`intervy score check` shows what is wrong with it; mend it first";
        if let Content::Unreadable(_) = card.content {
            return Err(Hinted::error(
                format!("{path} cannot be read, and may be a draft"),
                hint,
            ));
        }
        let says = card.content.get().map(|card| card.candidate.as_str());
        if says.is_some_and(|says| says != candidate && !says.is_empty()) {
            return Err(Hinted::error(
                format!(
                    "{path} is in the folder of `{candidate}`, and says that it is of another candidate"
                ),
                hint,
            ));
        }
    }
    if let Some(why) = doubts.about(candidate) {
        return Err(Hinted::error(
            format!("scorecards may be missing, and drafts among them. {why}"),
            "mend it, or take it out of the folder of the interviews",
        ));
    }
    Ok(cards)
}

fn show(
    context: &Context,
    args: &Args,
    (listing, doubts): (&Listing, &Doubts),
    cards: &[&KeptCard],
    decisions: &[Decision],
) -> anyhow::Result<()> {
    let candidate = args.candidate.as_str();
    let interviews = interviews_of(listing, candidate, cards)?;
    let not_counted: Vec<candidate::NotCounted> = beside_screens(&interviews)
        .into_iter()
        .map(|(interview, question)| candidate::NotCounted {
            screen: interview.screen.id.clone(),
            question: question.to_owned(),
        })
        .collect();
    let Settled { candidates, .. } = settled(listing, doubts);
    let mut season = Season::new(Keep::Scores, None);
    for other in &candidates {
        season.add(&other.rows());
    }
    let fitted = if has_enough_candidates(&season) {
        model(&season).map_err(Why::from)
    } else {
        let has = season.per_candidate.candidates;
        Err(too_few(has, LEAST_FOR_CANDIDATES, Kind::Candidates))
    };
    let told = fitted.as_ref().ok().filter(|model| model.tells_variances());
    let variances = told.map(|model| Variances {
        question: model.variance(Facet::Question),
        interviewer: model.variance(Facet::Interviewer),
        cells: model.cells().unwrap_or(0.0),
        residual: model.fit.residual,
    });
    let mut debrief = debrief(candidate, &interviews, variances.as_ref());
    if args.adjusted {
        debrief.adjusted = Some(adjusted(
            &season,
            fitted.as_ref().map_err(|why| *why),
            candidate,
        ));
    }
    let report = candidate::Candidate {
        schema: SCHEMA,
        report: "candidate",
        not_counted: &not_counted,
        season_candidates: season.per_candidate.candidates,
        debrief: &debrief,
        decisions,
    };
    let written = Report {
        document: &|| candidate::document(&report),
        rows: &|| candidate::rows(&debrief),
        json: &|| json(&report),
    };
    args.form.write(context, &written)
}

/// The screens with their scorecards, the earliest first.
///
/// # Errors
/// When a scorecard's screen is missing or cannot be read: an interview would be missing without a trace.
fn interviews_of<'l>(
    listing: &'l Listing,
    candidate: &str,
    cards: &[&'l KeptCard],
) -> anyhow::Result<Vec<Interview<'l>>> {
    let mut interviews: Vec<Interview<'l>> = Vec::new();
    let mut without = Vec::new();
    for kept in cards {
        let Some(card) = kept.content.get() else {
            continue;
        };
        let screen = listing
            .screens
            .iter()
            .find(|screen| screen.candidate == candidate && screen.id == kept.place.screen);
        let Some(screen) = screen.and_then(|screen| screen.content.get()) else {
            without.push(clean_line(&kept.path));
            continue;
        };
        match interviews
            .iter_mut()
            .find(|interview| interview.screen.id == screen.id)
        {
            Some(interview) => interview.cards.push(card),
            None => interviews.push(Interview {
                screen,
                cards: vec![card],
            }),
        }
    }
    if !without.is_empty() {
        let (has, which) = match without.len() {
            1 => ("has", "it is"),
            _ => ("have", "they are"),
        };
        return Err(Hinted::error(
            format!(
                "{} {has} no screen beside it that can be read: without it nobody knows what was asked",
                without.join(", ")
            ),
            format!(
                "`intervy score check` shows what {which} missing; put the screen back, or take the scorecard out of the folder"
            ),
        ));
    }
    interviews.sort_by_key(|interview| {
        (
            day(interview.screen, &interview.cards),
            interview.screen.id.clone(),
        )
    });
    Ok(interviews)
}

/// Questions with a score that are not in their screens.
fn beside_screens<'i, 'l>(interviews: &'i [Interview<'l>]) -> Vec<(&'i Interview<'l>, &'i str)> {
    let mut found = Vec::new();
    for interview in interviews {
        let ratings = interview.cards.iter().flat_map(|card| &card.questions);
        for rating in ratings.filter(|rating| rating.answer.is_some()) {
            let mut pinned = interview.screen.questions.iter();
            let entry = (interview, rating.id.as_str());
            let is_told = found.iter().any(|(told, id): &(&Interview<'_>, &str)| {
                told.screen.id == interview.screen.id && *id == rating.id
            });
            if pinned.all(|question| question.id != rating.id) && !is_told {
                found.push(entry);
            }
        }
    }
    found
}

fn day(screen: &Screen, cards: &[&Scorecard]) -> Option<jiff::civil::Date> {
    let of_cards = cards.iter().filter_map(|card| card.date).min();
    of_cards.or(screen.occasion.date)
}

fn adjusted(season: &Season, model: Result<&Model, Why>, candidate: &str) -> Figure {
    let number = season.names.find(candidate);
    match (model, number) {
        (Err(why), _) => Figure::hidden(why, 0),
        (Ok(model), Some(number)) => above_mean(model, Facet::Candidate, number),
        (Ok(_), None) => Figure::hidden(too_few(0, 1, Kind::Ratings), 0),
    }
}
