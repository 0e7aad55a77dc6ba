//! `intervy render`: a screen as a packet.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::ValueEnum;

use super::{broken, format_of, word};
use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::screen::{HandScreen, Screen};
use crate::model::source::{Location, Source};
use crate::model::vocabulary::{Audience, Vocabulary};
use crate::output::findings;
use crate::output::terminal::{WARNING, clean_line, styled};
use crate::pick::pin::{HandProblem, pin_by_hand};
use crate::render::engine::Engine;
use crate::render::{self, Format, Names, RenderError, Rendered};
use crate::store::document::decode::Problems;
use crate::store::files::{self, Files, shown};
use crate::store::git;
use crate::store::screen::{self, ScreenFile};
use crate::store::{images, templates};

/// Arguments of `intervy render`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The candidate's packet holds prompts and handouts, nothing else.\n\
                  Without -o a packet goes to standard output, or to a file named after the screen when that is a terminal."
)]
pub struct Args {
    /// The screen: a file, `-` for standard input, or the name of one of the bank's screens
    #[arg(value_name = "SCREEN")]
    screen: PathBuf,
    /// For whom
    #[arg(long, value_name = "WHO", default_value = "interviewer", value_parser = word::<Audience>())]
    audience: Audience,
    /// The format [default: that of the output's ending, or html]
    #[arg(long, value_name = "FORMAT")]
    format: Option<FormatArg>,
    /// Where to write the packet; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The candidate's pseudonym, for the cover
    #[arg(long, value_name = "ID")]
    candidate: Option<String>,
    /// Who asks, for the cover
    #[arg(long, value_name = "NAME")]
    interviewer: Option<String>,
    /// The day of the interview, for the cover
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    /// A page to print or to run the interview from
    Html,
    /// For a wiki or an issue
    Markdown,
}

/// Renders a screen.
///
/// # Errors
/// When the screen cannot be read, does not fit the bank, or the output cannot be written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let endings = [
        ("html", Format::Html),
        ("htm", Format::Html),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
    ];
    let other = "write .html and print it from a browser, or .md";
    let named = format_of(args.output.as_deref(), &endings, other)?;
    let format = match args.format {
        Some(FormatArg::Html) => Format::Html,
        Some(FormatArg::Markdown) => Format::Markdown,
        None => named.unwrap_or(Format::Html),
    };
    let (mut bank, files) = context.open_bank()?;
    bank.commit = files.root().and_then(git::head_commit);
    let screen = load(context, &bank, &args.screen)?;
    let names = Names {
        candidate: args.candidate.clone(),
        interviewer: args.interviewer.clone(),
        date: args.date.clone(),
    };
    let rendered = render_one(&bank, &files, &screen, &names, args.audience, format)?;
    for warning in &rendered.warnings {
        context.note(&format!(
            "{}: {}",
            styled(WARNING, "warning"),
            clean_line(warning)
        ));
    }
    warn_of_changes(context, &bank, &screen);
    let target = match &args.output {
        Some(target) => target.clone(),
        None if context.is_terminal() => default_target(&screen, args.audience, format),
        None => PathBuf::from("-"),
    };
    context.deliver(&target, &rendered.text)?;
    if target != Path::new("-") {
        context.note(&format!("wrote {}", clean_line(&shown(&target))));
    }
    Ok(ExitState::Clean)
}

/// Renders through the built-in templates.
pub(super) fn render_one(
    bank: &Bank,
    files: &Files,
    screen: &Screen,
    names: &Names,
    audience: Audience,
    format: Format,
) -> anyhow::Result<Rendered> {
    let engine = Engine::new(|name| templates::built_in(name).map(str::to_owned));
    let images = |folder: &str, target: &str| images::inline(files, folder, target);
    match render::render(&engine, bank, screen, names, audience, format, &images) {
        Ok(rendered) => Ok(rendered),
        Err(RenderError::View(error)) => {
            let missing = error.missing.join(", ");
            Err(Hinted::error(
                format!("the bank has no such questions any more: {missing}"),
                match &screen.commit {
                    Some(commit) => format!("the screen was picked at commit {commit}"),
                    None => "is this the bank that the screen was picked from?".to_owned(),
                },
            ))
        }
        Err(RenderError::Template(error)) => {
            let line = error
                .line
                .map(|line| format!(":{line}"))
                .unwrap_or_default();
            bail!("templates/{}{line}: {}", error.template, error.message)
        }
    }
}

fn default_target(screen: &Screen, audience: Audience, format: Format) -> PathBuf {
    let who = match audience {
        Audience::Interviewer => String::new(),
        Audience::Candidate => format!("-{}", audience.name()),
    };
    let ending = match format {
        Format::Html => "html",
        Format::Markdown => "md",
    };
    PathBuf::from(format!("{}{who}.{ending}", screen.id))
}

fn warn_of_changes(context: &Context, bank: &Bank, screen: &Screen) {
    for pinned in &screen.questions {
        let changed = bank
            .question(&pinned.id)
            .is_some_and(|question| question.content_hash() != pinned.hash);
        if changed {
            context.note(&format!(
                "{}: `{}` has changed in the bank since the screen was picked",
                styled(WARNING, "warning"),
                clean_line(&pinned.id)
            ));
        }
    }
}

/// The screen that the user named, pinned.
pub(super) fn load(context: &Context, bank: &Bank, named: &Path) -> anyhow::Result<Screen> {
    let from_bank = named
        .to_str()
        .filter(|_| !named.exists())
        .and_then(|name| bank.screens.iter().find(|screen| screen.name == name));
    if let Some(screen) = from_bank {
        return by_hand(context, bank, screen);
    }
    if let Some(name) = named.to_str().filter(|_| !named.exists())
        && let Some(error) = broken(context, bank, &format!("screens/{name}.toml"))
    {
        return Err(error);
    }
    let source = if named == Path::new("-") {
        files::read_text(std::io::stdin().lock(), "standard input")
    } else {
        files::read_path(named)
    };
    let source = match source {
        Ok(source) => source,
        Err(finding) => return Err(refuse(context, &[*finding], "the screen cannot be read")),
    };
    let name = named
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let mut problems = Problems::new(&source);
    match screen::read(&source, &name.unwrap_or_default(), &mut problems) {
        Some(ScreenFile::Pinned(screen)) => Ok(*screen),
        Some(ScreenFile::Hand(screen)) => by_hand(context, bank, &screen),
        None => Err(refuse(
            context,
            &problems.into_findings(),
            "the screen cannot be used",
        )),
    }
}

fn refuse(context: &Context, found: &[Finding], what: &str) -> anyhow::Error {
    context.note(findings::text(found.iter()).trim_end());
    anyhow::anyhow!("{what}: {}", findings::tally(found))
}

fn by_hand(context: &Context, bank: &Bank, screen: &HandScreen) -> anyhow::Result<Screen> {
    pin_by_hand(bank, screen).map_err(|problems| {
        let found: Vec<Finding> = problems
            .into_iter()
            .map(|problem| finding(&screen.source, problem))
            .collect();
        refuse(context, &found, "the screen does not fit the bank")
    })
}

fn finding(source: &std::sync::Arc<Source>, problem: HandProblem) -> Finding {
    match problem {
        HandProblem::UnknownQuestion(id) => Finding::error(
            "unknown-reference",
            Location::at(source, id.span),
            format!("there is no question `{}`", id.value),
        ),
        HandProblem::NoSuchMode(mode) => Finding::error(
            "invalid-value",
            Location::at(source, mode.span),
            format!("the question has no minutes for `{}`", mode.value),
        ),
        HandProblem::TooLong { slot, taken } => Finding::error(
            "invalid-value",
            Location::at(source, slot.span),
            format!(
                "the screen takes {taken} minutes, more than its slot of {}",
                slot.value
            ),
        ),
    }
}
