//! `intervy render`: screens as documents.

mod args;
mod jobs;
mod load;
mod look;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

pub use self::args::Args;
pub(super) use self::load::{load, look_up_commit};
pub(super) use self::look::{languages, load as source_of, read as read_words, templates, words};

use self::args::FormatArg;
use self::jobs::{Job, Named};
use crate::cli::Context;
use crate::commands::format_of;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::model::vocabulary::{Document, Vocabulary};
use crate::model::words::counted;
use crate::output::terminal::{WARNING, clean_line, styled};
use crate::render::page::Look;
use crate::render::{Format, Names, RenderError, Rendered, Renderer, Subject};
use crate::store::files::{Files, shown};
use crate::store::templates::Templates;
use crate::store::{images, pdf, write};

/// Renders screens.
///
/// # Errors
/// When a screen cannot be read, does not fit the bank, or the output cannot be written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let kind = kind(args)?;
    let (bank, files) = context.open_bank()?;
    let screens = named_screens(context, &bank, &files, args)?;
    let jobs = jobs::plan(args, &bank, &screens)?;
    if args.out_dir.is_none() && jobs.len() > 1 {
        return Err(Hinted::error(
            format!("these are {} documents, and `-o` is one file", jobs.len()),
            "write them into a folder with `--out-dir`",
        ));
    }
    let templates = templates(args.template.as_deref(), &files)?;
    let words = words(&bank, &templates, args.lang.as_deref())?;
    let look = look::look(&bank, &files, args.paper, args.large_print)?;
    let images = |folder: &str, target: &str| images::inline(&files, folder, target);
    // Found out before anything is rendered.
    let engine = (kind.ending == PDF.ending)
        .then(|| engine(args))
        .transpose()?;
    let source = look::load(&templates);
    let mut renderer = Renderer::new(&bank, source, words, look, &images, kind.format);
    if jobs.len() > 1 {
        renderer = renderer.for_many();
    }
    let one = |job: &Job| document(&renderer, &templates, &screens, job);
    let rendered: Vec<anyhow::Result<Rendered>> = jobs.par_iter().map(one).collect();
    let rendered = rendered.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    warn(context, &bank, &screens, &rendered);
    let printed = Printed::new(engine)?;
    deliver(context, args, kind, &jobs, &rendered, &printed)?;
    Ok(ExitState::Clean)
}

/// What prints to PDF.
fn engine(args: &Args) -> anyhow::Result<pdf::Engine> {
    pdf::Engine::find(args.pdf_engine.as_deref())
        .map_err(|none| Hinted::error(none.message, none.hint))
}

/// Documents as bytes: as they are, or printed.
struct Printed {
    printer: Option<pdf::Printer>,
}

impl Printed {
    fn new(engine: Option<pdf::Engine>) -> anyhow::Result<Self> {
        let printer = engine
            .map(|engine| pdf::Printer::start(&engine))
            .transpose()?;
        Ok(Self { printer })
    }

    fn bytes<'t>(&self, text: &'t str) -> anyhow::Result<Cow<'t, [u8]>> {
        Ok(match &self.printer {
            Some(printer) => Cow::Owned(printer.print(text)?),
            None => Cow::Borrowed(text.as_bytes()),
        })
    }
}

/// In which syntax documents are written, and the ending of their files; a PDF is printed from HTML.
#[derive(Clone, Copy, Debug)]
struct Kind {
    format: Format,
    ending: &'static str,
}

const HTML: Kind = Kind {
    format: Format::Html,
    ending: "html",
};
const MARKDOWN: Kind = Kind {
    format: Format::Markdown,
    ending: "md",
};
const JSON: Kind = Kind {
    format: Format::Json,
    ending: "json",
};
const PDF: Kind = Kind {
    format: Format::Html,
    ending: "pdf",
};

fn kind(args: &Args) -> anyhow::Result<Kind> {
    let endings = [
        ("html", HTML),
        ("htm", HTML),
        ("md", MARKDOWN),
        ("markdown", MARKDOWN),
        ("json", JSON),
        ("pdf", PDF),
    ];
    let other = "write .html, .pdf, .md or .json";
    let named = format_of(args.output.as_deref(), &endings, other)?;
    Ok(match args.format {
        Some(FormatArg::Html) => HTML,
        Some(FormatArg::Markdown) => MARKDOWN,
        Some(FormatArg::Json) => JSON,
        Some(FormatArg::Pdf) => PDF,
        None => named.unwrap_or(HTML),
    })
}

fn named_screens(
    context: &Context,
    bank: &Bank,
    files: &Files,
    args: &Args,
) -> anyhow::Result<Vec<Named>> {
    let screens = args.screens.iter().map(|path| {
        let stem = path.file_stem().filter(|_| path != Path::new("-"));
        let screen = load(context, bank, files, path)?;
        let stem = stem.map_or_else(
            || screen.id.clone(),
            |stem| stem.to_string_lossy().into_owned(),
        );
        Ok(Named { stem, screen })
    });
    screens.collect()
}

fn document(
    renderer: &Renderer<'_>,
    templates: &Templates,
    screens: &[Named],
    job: &Job,
) -> anyhow::Result<Rendered> {
    let rounds: Vec<(&Screen, &Names)>;
    let subject = match (job.document, job.of.as_slice()) {
        (Document::Handbook, _) => Subject::Bank,
        (Document::Debrief, of) => {
            rounds = of
                .iter()
                .map(|(place, names)| (&screens[*place].screen, names))
                .collect();
            Subject::Rounds(&job.title, &rounds)
        }
        (_, [(place, names), ..]) => Subject::Screen(&screens[*place].screen, names),
        (_, []) => Subject::Bank,
    };
    let rendered = renderer.render(job.document, subject);
    rendered.map_err(|error| {
        let commit = job
            .of
            .first()
            .and_then(|(place, _)| screens[*place].screen.commit.as_deref());
        refused(error, templates, commit)
    })
}

/// Why there is no document, in words.
pub(super) fn refused(
    error: RenderError,
    templates: &Templates,
    commit: Option<&str>,
) -> anyhow::Error {
    match error {
        RenderError::View(error) => Hinted::error(
            format!(
                "the bank has no such questions any more: {}",
                error.missing.join(", ")
            ),
            match commit {
                Some(commit) => format!("the screen was picked at commit {commit}"),
                None => "is this the bank that the screen was picked from?".to_owned(),
            },
        ),
        RenderError::Template(error) => {
            let line = error.line.map(|line| format!(":{line}"));
            anyhow::anyhow!(
                "{}{}: {}",
                templates.place(&error.template),
                line.unwrap_or_default(),
                error.message
            )
        }
    }
}

/// The interviewer's packet of a screen as Markdown, by the built-in templates or the bank's.
///
/// # Errors
/// As for the command.
pub(super) fn as_markdown(bank: &Bank, files: &Files, screen: &Screen) -> anyhow::Result<String> {
    let templates = Templates::new(None, files);
    let words = words(bank, &templates, None)?;
    let images = |folder: &str, target: &str| images::inline(files, folder, target);
    let renderer = Renderer::new(
        bank,
        look::load(&templates),
        words,
        Look::default(),
        &images,
        Format::Markdown,
    );
    let names = jobs::names_of(screen);
    let subject = Subject::Screen(screen, &names);
    let rendered = renderer.render(Document::Interviewer, subject);
    let rendered = rendered.map_err(|error| refused(error, &templates, None))?;
    Ok(rendered.text)
}

/// Writes a document; one that is lost can be rendered again.
fn put(context: &Context, target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if target == Path::new("-") {
        return context.print_bytes(bytes);
    }
    write::replace_soon(target, bytes)
        .with_context(|| format!("{} cannot be written", shown(target)))
}

fn deliver(
    context: &Context,
    args: &Args,
    kind: Kind,
    jobs: &[Job],
    rendered: &[Rendered],
    printed: &Printed,
) -> anyhow::Result<()> {
    let ending = kind.ending;
    if let Some(folder) = &args.out_dir {
        write::make_folder(folder).with_context(|| format!("{} cannot be made", shown(folder)))?;
        for (job, rendered) in jobs.iter().zip(rendered) {
            let target = folder.join(format!("{}.{ending}", job.name));
            put(context, &target, &printed.bytes(&rendered.text)?)?;
        }
        let documents = counted(jobs.len(), "document", "documents");
        context.note(&format!(
            "wrote {documents} to {}",
            clean_line(&shown(folder))
        ));
        return Ok(());
    }
    for (job, rendered) in jobs.iter().zip(rendered) {
        let target = match &args.output {
            Some(target) => target.clone(),
            None if context.is_terminal() => PathBuf::from(format!("{}.{ending}", job.name)),
            None => PathBuf::from("-"),
        };
        if target == Path::new("-") && context.is_terminal() && ending == PDF.ending {
            return Err(Hinted::error(
                "a PDF is nothing for a terminal",
                "write it into a file: `-o packet.pdf`",
            ));
        }
        put(context, &target, &printed.bytes(&rendered.text)?)?;
        if target != Path::new("-") {
            context.note(&format!("wrote {}", clean_line(&shown(&target))));
        }
    }
    Ok(())
}

/// Says what could not be shown, and what has changed since a screen was picked: once each.
fn warn(context: &Context, bank: &Bank, screens: &[Named], rendered: &[Rendered]) {
    let mut said: Vec<String> = Vec::new();
    let changed = screens
        .iter()
        .flat_map(|named| &named.screen.questions)
        .filter(|pinned| {
            let question = bank.question(&pinned.id);
            question.is_some_and(|question| question.content_hash() != pinned.hash)
        });
    let changed = changed.map(|pinned| {
        format!(
            "`{}` has changed in the bank since the screen was picked",
            pinned.id
        )
    });
    let warnings = rendered
        .iter()
        .flat_map(|rendered| rendered.warnings.clone());
    for warning in warnings.chain(changed) {
        if !said.contains(&warning) {
            context.note(&format!(
                "{}: {}",
                styled(WARNING, "warning"),
                clean_line(&warning)
            ));
            said.push(warning);
        }
    }
}

/// The end of a file's name that tells a document from the others of its screen.
fn suffix(document: Document) -> String {
    match document {
        Document::Interviewer => String::new(),
        other => format!("-{}", other.name()),
    }
}
