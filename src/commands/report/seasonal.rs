//! `intervy report questions`, `interviewers` and `compare`: what a season says.

use clap::ValueEnum;

use super::args::{Form, Of, Personal, Report};
use super::gather::{Gathered, gather};
use crate::cli::Context;
use crate::commands::interviews::folder;
use crate::commands::progress::Working;
use crate::exit::ExitState;
use crate::model::bank::Bank;
use crate::model::config::SCHEMA;
use crate::output::report::common::{Modelled, json};
use crate::output::report::plots::map;
use crate::output::report::{compare, interviewers, questions};
use crate::report::concordance::{agreement, pairs};
use crate::report::figure::Why;
use crate::report::model::{Model, model};
use crate::report::season::{By, Keep};
use crate::report::summary::{ModelSummary, summary};
use crate::store::files::Files;

/// The seed of every resampling, so that the same scorecards give the same bytes.
const SEED: u64 = 1;

/// What a season says about the questions: how they are used, how hard they are, how they go with the rest
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nothing here is a verdict: what stands out is put as a question. Figures of too few ratings are not shown; \
                  docs/report.md says from how many on they are, and how to read each."
)]
pub(super) struct Questions {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    pass: Pass,
    #[command(flatten)]
    form: Form,
}

/// How interviewers use the scale, and how far they agree
#[derive(Debug, clap::Args)]
#[command(
    after_help = "This is for calibration, not for judging people: talk about anchors first. Severity is told from ability only where \
                  interviewers share candidates and questions; the report says where they do not."
)]
pub(super) struct Interviewers {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    pass: Pass,
    #[command(flatten)]
    form: Form,
}

/// Scores by month, loop, round, blueprint or category, beside each other
#[derive(Debug, clap::Args)]
pub(super) struct Compare {
    /// What scorecards are put in groups by
    #[arg(long, value_enum, default_value_t = Groups::Month)]
    by: Groups,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    form: Form,
}

/// How much is read at once.
#[derive(Debug, clap::Args)]
struct Pass {
    /// Only what one pass can tell, in the same memory however many ratings there are: no model, no agreement
    #[arg(long)]
    descriptive: bool,
}

impl Pass {
    fn keep(&self) -> Keep {
        if self.descriptive {
            Keep::Counts
        } else {
            Keep::Scores
        }
    }
}

/// What scorecards are put in groups by.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Groups {
    /// The month of the interview
    Month,
    /// The loop of the screen: the role
    Loop,
    /// The round of the loop
    Round,
    /// The blueprint of the screen
    Blueprint,
    /// The category of the question
    Category,
}

impl From<Groups> for By {
    fn from(groups: Groups) -> Self {
        match groups {
            Groups::Month => Self::Month,
            Groups::Loop => Self::Role,
            Groups::Round => Self::Round,
            Groups::Blueprint => Self::Blueprint,
            Groups::Category => Self::Category,
        }
    }
}

/// The model of a season with what it came to, or why there is none.
struct Modelling {
    model: Result<Model, Why>,
    summary: Option<ModelSummary>,
}

impl Modelling {
    fn of(gathered: &Gathered) -> Self {
        let season = &gathered.season;
        let _working = Working::on("fitting the model");
        let model = match season.keep {
            Keep::Scores => model(season).map_err(Why::from),
            Keep::Counts => Err(Why::NotAsked),
        };
        let summary = model.as_ref().ok().map(|model| summary(season, model));
        Self { model, summary }
    }

    fn shown(&self) -> Modelled<'_> {
        match (&self.summary, &self.model) {
            (Some(summary), _) => Modelled::Fitted(summary),
            (None, Err(why)) => Modelled::Missing(*why),
            (None, Ok(_)) => Modelled::Missing(Why::NotAsked),
        }
    }
}

/// Whether the report can be written where it is wanted.
fn check(bank: &Bank, files: &Files, of: &Of, form: &Form) -> anyhow::Result<()> {
    let interviews = folder(bank, files, of.folder.interviews.as_ref()).ok();
    form.check(interviews.as_ref(), None, of.from.as_deref(), Personal::No)
}

/// Reports on questions.
///
/// # Errors
/// When the ratings cannot be read, or the report not be written.
pub(super) fn on_questions(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Questions,
) -> anyhow::Result<ExitState> {
    use crate::report::questions::{fixed_screens, questions};
    check(bank, files, &args.of, &args.form)?;
    let gathered = gather(context, bank, files, &args.of, args.pass.keep(), None)?;
    let modelling = Modelling::of(&gathered);
    let model = modelling.model.as_ref().map_err(|why| *why);
    let rows = questions(&gathered.season, model, Some(bank));
    let report = questions::Questions {
        schema: SCHEMA,
        report: "questions",
        of: &gathered.of,
        questions: &rows,
        fixed_screens: &fixed_screens(&gathered.season),
        model: modelling.shown(),
        map: map(&gathered.season),
    };
    let written = Report {
        document: &|| questions::document(&report),
        rows: &|| questions::rows(&rows),
        json: &|| json(&report),
    };
    args.form.write(context, &written)?;
    Ok(ExitState::Clean)
}

/// Reports on interviewers.
///
/// # Errors
/// As [`on_questions`].
pub(super) fn on_interviewers(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Interviewers,
) -> anyhow::Result<ExitState> {
    use crate::report::interviewers::{interviewers, within_candidate};
    check(bank, files, &args.of, &args.form)?;
    let gathered = gather(context, bank, files, &args.of, args.pass.keep(), None)?;
    let season = &gathered.season;
    let modelling = Modelling::of(&gathered);
    let model = modelling.model.as_ref().map_err(|why| *why);
    let working = Working::on("comparing interviewers");
    let rows = interviewers(season, model);
    let agreement = (season.keep == Keep::Scores).then(|| agreement(season, SEED));
    let pairs = pairs(season, SEED);
    drop(working);
    let report = interviewers::Interviewers {
        schema: SCHEMA,
        report: "interviewers",
        of: &gathered.of,
        interviewers: &rows,
        within_candidate: within_candidate(&season.all.within),
        agreement: agreement.as_ref(),
        pairs: &pairs,
        model: modelling.shown(),
    };
    let written = Report {
        document: &|| interviewers::document(&report),
        rows: &|| interviewers::rows(&rows),
        json: &|| json(&report),
    };
    args.form.write(context, &written)?;
    Ok(ExitState::Clean)
}

/// Reports on groups.
///
/// # Errors
/// As [`on_questions`].
pub(super) fn on_groups(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Compare,
) -> anyhow::Result<ExitState> {
    check(bank, files, &args.of, &args.form)?;
    let gathered = gather(
        context,
        bank,
        files,
        &args.of,
        Keep::Counts,
        Some(args.by.into()),
    )?;
    let rows = crate::report::compare::groups(&gathered.season);
    let report = compare::Compare {
        schema: SCHEMA,
        report: "compare",
        by: args
            .by
            .to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default(),
        of: &gathered.of,
        groups: &rows,
    };
    let written = Report {
        document: &|| compare::document(&report),
        rows: &|| compare::rows(&rows),
        json: &|| json(&report),
    };
    args.form.write(context, &written)?;
    Ok(ExitState::Clean)
}
