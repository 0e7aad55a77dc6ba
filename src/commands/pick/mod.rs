//! `intervy pick`: the best screen that fits.

mod counted;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::ValueEnum;

use self::counted::Counted;
use super::{broken, format_of};
use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::blueprint::{Blueprint, Constraints, Count};
use crate::model::screen::Screen;
use crate::model::source::{Span, Spanned};
use crate::model::suggest;
use crate::model::vocabulary::{Audience, Vocabulary};
use crate::output::terminal::{ACCENT, ERROR, clean_line, styled};
use crate::output::{findings, screen};
use crate::pick::nearest::Nearest;
use crate::pick::request::{PickRequest, Wishes};
use crate::pick::solver::SolveError;
use crate::pick::{self, NoScreen};
use crate::render;
use crate::store::files::{Files, shown};
use crate::store::git;

/// Arguments of `intervy pick`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The screen is proven to be the best: it fills the minutes, comes as near as it can to the\n\
                  difficulty mix of intervy.toml, and asks questions in the mode that suits the slot. Among all\n\
                  screens that are equally good, the seed chooses.\n\n\
                  Exit status: 0 picked, 1 no screen satisfies the request, 2 could not run."
)]
pub struct Args {
    /// At least this many distinct categories
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    categories: Option<u32>,
    /// The whole slot, intro and closing included [default: that of the blueprint, or of intervy.toml]
    #[arg(long, value_name = "N", value_parser = super::minutes)]
    minutes: Option<u32>,
    /// A blueprint of the bank
    #[arg(long, value_name = "NAME")]
    blueprint: Option<String>,
    /// Questions of this category: at least one, or as many as `=2`, `=1..3`, `=2..` or `=..3` says
    #[arg(long, value_name = "NAME[=COUNT]")]
    category: Vec<Counted>,
    /// Questions of this difficulty, counted alike
    #[arg(long, value_name = "WORD[=COUNT]")]
    difficulty: Vec<Counted>,
    /// Questions of this kind, counted alike
    #[arg(long, value_name = "WORD[=COUNT]")]
    kind: Vec<Counted>,
    /// Questions with this tag, counted alike
    #[arg(long, value_name = "WORD[=COUNT]")]
    tag: Vec<Counted>,
    /// Only questions for this level
    #[arg(long, value_name = "WORD")]
    level: Vec<String>,
    /// A question that must be in the screen
    #[arg(long, value_name = "ID")]
    include: Vec<String>,
    /// A question that must not be
    #[arg(long, value_name = "ID")]
    exclude: Vec<String>,
    /// Makes the choice repeatable; drawn and shown when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    seed: Option<u64>,
    /// Where to write the screen; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format [default: text; with -o that of the file's ending, else toml]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A timeline to run the interview from
    Text,
    /// The pinned screen
    Toml,
    /// The pinned screen, in the same shape
    Json,
    /// The interviewer's packet as Markdown
    Markdown,
}

/// Picks a screen.
///
/// # Errors
/// When the request names something that is not there, or the output cannot be written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let format = match args.format {
        Some(format) => format,
        None => default_format(args.output.as_deref())?,
    };
    let (mut bank, files) = context.open_bank()?;
    bank.commit = files.root().and_then(git::head_commit);
    let blueprint = match &args.blueprint {
        None => None,
        Some(name) => Some(find_blueprint(context, &bank, name)?),
    };
    let request = match PickRequest::resolve(&bank, blueprint, &wishes(args)?) {
        Ok(request) => request,
        Err(found) => {
            context.note(findings::text(&found).trim_end());
            return Ok(ExitState::Error);
        }
    };
    match pick::pick(&bank, &request) {
        Ok(screen) => {
            deliver(context, args, format, &bank, &files, &screen)?;
            Ok(ExitState::Clean)
        }
        Err(NoScreen::Infeasible(nearest)) => {
            context.note(explain(&request, &nearest).trim_end());
            Ok(ExitState::Findings)
        }
        Err(NoScreen::Failed(SolveError::TooHard(nodes))) => Err(Hinted::error(
            format!("no screen could be proven to be the best within {nodes} branches"),
            "narrow the request: a shorter slot, a blueprint with segments, a level",
        )),
        Err(NoScreen::Failed(error)) => bail!("the solver failed: {error:?}"),
    }
}

fn find_blueprint<'b>(
    context: &Context,
    bank: &'b Bank,
    name: &str,
) -> anyhow::Result<&'b Blueprint> {
    bank.blueprint(name).ok_or_else(|| {
        if let Some(error) = broken(context, bank, &format!("blueprints/{name}.toml")) {
            return error;
        }
        let known = bank.blueprints.iter().map(|known| known.name.as_str());
        Hinted::error(
            format!("there is no blueprint `{name}`"),
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
    Ok(Wishes {
        minutes: args.minutes,
        constraints: Constraints {
            min_categories: args.categories,
            levels: unplaced(&args.level),
            include: unplaced(&args.include),
            exclude: unplaced(&args.exclude),
            categories: counts(&args.category)?,
            difficulty: words(&args.difficulty)?,
            kinds: words(&args.kind)?,
            tags: counts(&args.tag)?,
            ..Constraints::default()
        },
        seed: args.seed.unwrap_or_else(draw_seed),
    })
}

fn counts(wanted: &[Counted]) -> anyhow::Result<BTreeMap<String, Spanned<Count>>> {
    let mut counts = BTreeMap::new();
    for Counted { name, count } in wanted {
        let count = Spanned::new(*count, Span::default());
        if counts.insert(name.clone(), count).is_some() {
            return Err(Hinted::error(
                format!("`{name}` is counted twice"),
                format!("say it once, with both bounds: `{name}=1..3`"),
            ));
        }
    }
    Ok(counts)
}

/// Counts of the words that the format itself has.
fn words<W: Vocabulary + Ord>(wanted: &[Counted]) -> anyhow::Result<BTreeMap<W, Spanned<Count>>> {
    let counts = counts(wanted)?.into_iter().map(|(name, count)| {
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

fn deliver(
    context: &Context,
    args: &Args,
    format: Format,
    bank: &Bank,
    files: &Files,
    picked: &Screen,
) -> anyhow::Result<()> {
    let document = match format {
        Format::Text => screen::text(bank, picked, context.width().unwrap_or(100)),
        Format::Toml => screen::toml(picked)?,
        Format::Json => screen::json(picked)?,
        Format::Markdown => {
            super::render::render_one(
                bank,
                files,
                picked,
                &render::Names::default(),
                Audience::Interviewer,
                render::Format::Markdown,
            )?
            .text
        }
    };
    match &args.output {
        None if format == Format::Text => context.print(&document),
        None => context.print_raw(&document),
        Some(target) => {
            let plain = anstream::adapter::strip_str(&document).to_string();
            context.deliver(target, &plain)?;
            if target != Path::new("-") {
                context.note(screen::summary(bank, picked).trim_end());
                context.note(&format!("\nwrote {}", clean_line(&shown(target))));
            } else if args.seed.is_none() {
                context.note(&format!("seed {}", picked.seed.unwrap_or_default()));
            }
            Ok(())
        }
    }
}

fn default_format(output: Option<&Path>) -> anyhow::Result<Format> {
    let endings = [
        ("toml", Format::Toml),
        ("json", Format::Json),
        ("md", Format::Markdown),
        ("txt", Format::Text),
    ];
    let other = "a screen is .toml or .json; `intervy render` makes pages of it";
    let named = format_of(output, &endings, other)?;
    Ok(named.unwrap_or(if output.is_some() {
        Format::Toml
    } else {
        Format::Text
    }))
}

fn plural(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// What was asked for, why it cannot be, and what could.
fn explain(request: &PickRequest, nearest: &Nearest) -> String {
    let mut out = String::new();
    let wanted = request.constraints.min_categories;
    let slot = request.frame.minutes;
    let _ = writeln!(
        out,
        "{}: no screen satisfies this request",
        styled(ERROR, "error")
    );
    if request.blueprint.is_none() {
        let categories = match wanted {
            Some(wanted) => format!("{wanted} categories and "),
            None => String::new(),
        };
        let _ = writeln!(
            out,
            "  asked for: {categories}{slot} minutes ({} for questions after {} of intro and {} of closing)",
            request.frame.question_minutes(),
            request.frame.intro_minutes,
            request.frame.closing_minutes,
        );
    }
    let _ = writeln!(
        out,
        "  available: {} in {}",
        plural(nearest.questions, "active question", "active questions"),
        plural(nearest.categories, "category", "categories")
    );
    for (title, allowed) in &nearest.starving {
        let _ = writeln!(
            out,
            "  the segment `{}` cannot be filled: {} it",
            clean_line(title),
            plural(*allowed, "active question suits", "active questions suit")
        );
    }
    let mut ways = Vec::new();
    if let (Some(minutes), true) = (nearest.fewest_minutes, request.blueprint.is_none())
        && minutes > slot
    {
        ways.push(match wanted {
            Some(wanted) => format!("{minutes} minutes would do for {wanted} categories"),
            None => format!("{minutes} minutes would do"),
        });
    }
    if let (Some(most), Some(wanted)) = (nearest.most_categories, wanted)
        && most > 0
        && most < wanted
    {
        ways.push(format!("{most} categories would do in {slot} minutes"));
    }
    ways.extend(nearest.without.iter().map(|way| format!("{way} it works")));
    for way in ways {
        let _ = writeln!(out, "  {}: {}", styled(ACCENT, "nearest"), clean_line(&way));
    }
    out
}
