//! From flags to a request.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use super::args::Args;
use super::counted::{Counted, Number};
use crate::cli::Context;
use crate::commands::broken;
use crate::commands::render::load;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::blueprint::Blueprint;
use crate::model::constraints::{Constraints, Count, Shares};
use crate::model::finding::Finding;
use crate::model::hiring_loop::HiringLoop;
use crate::model::screen::{Occasion, Screen};
use crate::model::source::{Span, Spanned};
use crate::model::suggest;
use crate::model::vocabulary::Vocabulary;
use crate::output::findings;
use crate::pick::edit::{self, Edit};
use crate::pick::forms::Between;
use crate::pick::request::{PickRequest, Wishes};
use crate::store::files::Files;

/// What is asked for.
pub(super) struct Asked {
    /// A request a screen; more than one are met together.
    pub(super) requests: Vec<PickRequest>,
    /// The screen that is changed.
    pub(super) before: Option<Screen>,
}

impl Asked {
    /// A request for every screen: each parallel form says which it is.
    pub(super) fn of_screens(&self) -> Vec<PickRequest> {
        let [request] = self.requests.as_slice() else {
            return self.requests.clone();
        };
        let Some(between) = request.between else {
            return self.requests.clone();
        };
        let forms = (1..).take(between.count).map(|form| {
            let mut request = request.clone();
            request.between = None;
            request.title = format!("{}, form {form}", request.title);
            request.occasion.form = Some(form);
            request
        });
        forms.collect()
    }
}

/// Resolves the flags against the bank. `None`: what is wrong has been shown.
///
/// # Errors
/// When something that is named is not there.
pub(super) fn asked(
    context: &Context,
    args: &Args,
    bank: &Bank,
    files: &Files,
) -> anyhow::Result<Option<Asked>> {
    let mut wishes = wishes(args)?;
    let mut before = None;
    let requests = if let Some(path) = &args.from {
        let screen = load(context, bank, files, path)?;
        if args.seed.is_none() {
            wishes.seed = screen.seed.unwrap_or(wishes.seed);
        }
        let edit = Edit {
            replace: args.replace.clone(),
            keep: args.keep.clone(),
        };
        let request = edit::request(bank, &screen, &edit, &wishes);
        before = Some(screen);
        request.map(|request| vec![request])
    } else if let Some(name) = &args.hiring_loop {
        of_loop(context, bank, find_loop(context, bank, name)?, &wishes)?
    } else {
        let blueprint = match &args.blueprint {
            None => None,
            Some(name) => Some(find_blueprint(context, bank, name)?),
        };
        PickRequest::resolve(bank, blueprint, &wishes).map(|request| vec![request])
    };
    match requests {
        Ok(requests) => Ok(Some(Asked { requests, before })),
        Err(found) => {
            context.note(findings::text(&found).trim_end());
            Ok(None)
        }
    }
}

fn between(args: &Args) -> Option<Between> {
    Some(Between {
        count: usize::try_from(args.forms?).ok()?,
        max_overlap: args.max_overlap,
        max_uses: args.max_uses,
        anchors: args.anchors,
    })
}

/// A request for every session of a loop, in order.
fn of_loop(
    context: &Context,
    bank: &Bank,
    hiring_loop: &HiringLoop,
    wishes: &Wishes,
) -> anyhow::Result<Result<Vec<PickRequest>, Vec<Finding>>> {
    let mut requests = Vec::new();
    let mut found = Vec::new();
    for round in &hiring_loop.rounds {
        for session in &round.sessions {
            let blueprint = find_blueprint(context, bank, &session.blueprint)?;
            let mut own = wishes.clone();
            own.occasion.hiring_loop = Some(hiring_loop.name.clone());
            own.occasion.round = Some(session.title.clone());
            match PickRequest::resolve(bank, Some(blueprint), &own) {
                Ok(request) => requests.push(request),
                Err(more) => found.extend(more),
            }
        }
    }
    Ok(if found.is_empty() {
        Ok(requests)
    } else {
        Err(found)
    })
}

fn find_loop<'b>(context: &Context, bank: &'b Bank, name: &str) -> anyhow::Result<&'b HiringLoop> {
    let mut loops = bank.loops.iter();
    loops.find(|known| known.name == name).ok_or_else(|| {
        let known = bank.loops.iter().map(|known| known.name.as_str());
        missing(
            context,
            bank,
            "loop",
            &format!("loops/{name}.toml"),
            name,
            known.collect(),
        )
    })
}

fn find_blueprint<'b>(
    context: &Context,
    bank: &'b Bank,
    name: &str,
) -> anyhow::Result<&'b Blueprint> {
    bank.blueprint(name).ok_or_else(|| {
        let known = bank.blueprints.iter().map(|known| known.name.as_str());
        let path = format!("blueprints/{name}.toml");
        missing(context, bank, "blueprint", &path, name, known.collect())
    })
}

fn missing(
    context: &Context,
    bank: &Bank,
    what: &str,
    path: &str,
    name: &str,
    known: Vec<&str>,
) -> anyhow::Error {
    broken(context, bank, path).unwrap_or_else(|| {
        Hinted::error(
            format!("there is no {what} `{name}`"),
            suggest::hint(name, known).unwrap_or_else(|| "the bank has none".to_owned()),
        )
    })
}

fn wishes(args: &Args) -> anyhow::Result<Wishes> {
    let unplaced = |words: &[String]| {
        let spanned = words
            .iter()
            .map(|word| Spanned::new(word.clone(), Span::default()));
        spanned.collect::<Vec<_>>()
    };
    if let Some(number) = args.questions.filter(|number| number.is_share) {
        return Err(Hinted::error(
            "a share of the questions is no number of questions",
            format!(
                "write `--questions {}`",
                number.count.min.unwrap_or(5).min(10)
            ),
        ));
    }
    let (filters, counted): (Vec<Counted>, Vec<Counted>) = args
        .level
        .iter()
        .cloned()
        .partition(|level| level.number.is_none());
    let levels: Vec<String> = filters.into_iter().map(|level| level.name).collect();
    let together = args.together.iter().map(|list| {
        let ids = list.split(',').map(|id| id.trim().to_owned());
        unplaced(&ids.filter(|id| !id.is_empty()).collect::<Vec<_>>())
    });
    Ok(Wishes {
        minutes: args.minutes,
        constraints: Constraints {
            questions: args.questions.map(|number| number.count),
            min_categories: args.categories,
            max_per_category: args.max_per_category,
            levels: unplaced(&levels),
            include: unplaced(&args.include),
            exclude: unplaced(&args.exclude),
            together: together.collect(),
            categories: counts(&args.category, false)?,
            difficulty: words(&args.difficulty, false)?,
            kinds: words(&args.kind, false)?,
            tags: counts(&args.tag, false)?,
            level_counts: counts(&counted, false)?,
            shares: Shares {
                categories: counts(&args.category, true)?,
                difficulty: words(&args.difficulty, true)?,
                kinds: words(&args.kind, true)?,
                tags: counts(&args.tag, true)?,
                levels: counts(&counted, true)?,
            },
            ..Constraints::default()
        },
        seed: args.seed.unwrap_or_else(draw_seed),
        occasion: Occasion {
            candidate: args.candidate.clone(),
            date: args.candidate.as_ref().map(|_| day(args)),
            ..Occasion::default()
        },
        between: between(args),
    })
}

/// The day to which days of rest are counted.
pub(super) fn day(args: &Args) -> jiff::civil::Date {
    args.date.unwrap_or_else(|| jiff::Zoned::now().date())
}

/// The counts among the wanted numbers, or the shares.
fn counts(wanted: &[Counted], shares: bool) -> anyhow::Result<BTreeMap<String, Spanned<Count>>> {
    let mut counts = BTreeMap::new();
    for counted in wanted {
        let Number { count, is_share } = counted.number();
        let name = &counted.name;
        let count = Spanned::new(count, Span::default());
        if is_share == shares && counts.insert(name.clone(), count).is_some() {
            return Err(Hinted::error(
                format!("`{name}` is counted twice"),
                format!("say it once, with both bounds: `{name}=1..3`"),
            ));
        }
    }
    Ok(counts)
}

/// Counts of the words that the format itself has.
fn words<W: Vocabulary + Ord>(
    wanted: &[Counted],
    shares: bool,
) -> anyhow::Result<BTreeMap<W, Spanned<Count>>> {
    let counts = counts(wanted, shares)?.into_iter().map(|(name, count)| {
        let word = W::from_name(&name).ok_or_else(|| {
            Hinted::error(
                format!("there is no {} `{name}`", W::WHAT),
                suggest::hint(&name, W::names()).unwrap_or_default(),
            )
        })?;
        Ok((word, count))
    });
    counts.collect()
}

/// A seed short enough to type; the standard library's hash keys are the source of randomness.
fn draw_seed() -> u64 {
    RandomState::new().hash_one(0u8) % 1_000_000_000
}

/// Whether a path is standard output.
pub(super) fn is_standard(target: &Path) -> bool {
    target == Path::new("-")
}
