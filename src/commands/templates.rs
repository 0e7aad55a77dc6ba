//! `intervy templates`: the templates of documents, to list, to copy out and to check.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;

use super::render::{languages, read_words, refused, source_of, templates, words};
use crate::cli::Context;
use crate::exit::{ExitState, Hinted};
use crate::model::bank::Bank;
use crate::model::screen::{HandQuestion, HandScreen, Screen};
use crate::model::source::{Source, Span, Spanned};
use crate::model::suggest;
use crate::model::vocabulary::{Document, Vocabulary};
use crate::model::words::counted;
use crate::output::terminal::{ERROR, SOFT, clean_line, styled};
use crate::pick::pin::pin_by_hand;
use crate::render::page::Look;
use crate::render::wording::{DEFAULT, FOLDER as LANGUAGES};
use crate::render::{Format, Names, Renderer, Subject};
use crate::store::files::{Files, shown};
use crate::store::templates::{self as store, FOLDER, Templates};
use crate::store::write;

/// Arguments of `intervy templates`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A file of the same name in the bank's `templates/`, or in the folder that `intervy render --template`\n\
                  names, stands in for the built-in one. docs/templates.md says what templates see."
)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the templates, words, styles and scripts of documents, and where each comes from
    List {
        /// A folder of templates beside the bank's own
        #[arg(long, value_name = "DIR")]
        template: Option<PathBuf>,
    },
    /// Copy built-in ones into a folder, to change them there
    Eject {
        /// Where to [default: the bank's `templates/`]
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
        /// Replace files that are there
        #[arg(long)]
        force: bool,
        /// Which ones, by name or by folder (`lang/de.toml`, `style`) [default: all]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Render every document with a screen of the bank, and name what is wrong in templates and words
    Check {
        /// A folder of templates beside the bank's own
        #[arg(long, value_name = "DIR")]
        template: Option<PathBuf>,
    },
}

/// Lists, copies or checks templates.
///
/// # Errors
/// When a folder cannot be read or written.
pub fn run(context: &mut Context, args: &Args) -> anyhow::Result<ExitState> {
    let (bank, files) = context.open_bank()?;
    match &args.action {
        Action::List { template } => list(context, &templates(template.as_deref(), &files)?),
        Action::Eject { to, force, names } => eject(context, &files, to.as_deref(), names, *force),
        Action::Check { template } => {
            check(context, &bank, &templates(template.as_deref(), &files)?)
        }
    }
}

fn list(context: &Context, templates: &Templates) -> anyhow::Result<ExitState> {
    let mut names: Vec<String> = store::names().into_iter().map(str::to_owned).collect();
    names.extend(templates.own());
    names.sort_unstable();
    names.dedup();
    let width = names.iter().map(String::len).max().unwrap_or(0);
    for name in names {
        let place = templates.place(&name);
        let place = if place.starts_with("built-in") {
            "built-in"
        } else {
            place.as_str()
        };
        let name = clean_line(&name);
        let line = format!("{name:width$}  {}\n", styled(SOFT, clean_line(place)));
        context.print(&line)?;
    }
    Ok(ExitState::Clean)
}

fn eject(
    context: &Context,
    files: &Files,
    to: Option<&Path>,
    wanted: &[String],
    force: bool,
) -> anyhow::Result<ExitState> {
    let own = files.root().map(|root| root.join(FOLDER));
    let Some(target) = to.map(Path::to_owned).or(own) else {
        return Err(Hinted::error(
            "there is no bank here to copy templates into",
            "name a folder with `--to`, or write a bank with `intervy init`",
        ));
    };
    let known = store::names();
    let mut chosen = Vec::new();
    for name in wanted {
        let below = format!("{}/", name.trim_end_matches('/'));
        let found: Vec<&str> = known
            .iter()
            .copied()
            .filter(|known| known == name || known.starts_with(&below))
            .collect();
        if found.is_empty() {
            return Err(Hinted::error(
                format!("there is no built-in template `{}`", clean_line(name)),
                suggest::hint(name, known.iter().copied()).unwrap_or_default(),
            ));
        }
        chosen.extend(found);
    }
    if wanted.is_empty() {
        chosen = known;
    }
    let there: Vec<&str> = chosen
        .iter()
        .copied()
        .filter(|name| target.join(name).exists())
        .collect();
    if !force && !there.is_empty() {
        return Err(Hinted::error(
            format!(
                "{} would be replaced in {}: {}",
                counted(there.len(), "file", "files"),
                clean_line(&shown(&target)),
                there.join(", ")
            ),
            "`--force` replaces them; or name others",
        ));
    }
    for name in &chosen {
        let place = target.join(name);
        let folder = place.parent().unwrap_or(&target);
        write::make_folder(folder).with_context(|| format!("{} cannot be made", shown(folder)))?;
        let text = store::built_in(name).unwrap_or_default();
        context.deliver(&place, text)?;
    }
    let count = counted(chosen.len(), "file", "files");
    context.note(&format!("wrote {count} to {}", clean_line(&shown(&target))));
    Ok(ExitState::Clean)
}

fn check(context: &Context, bank: &Bank, templates: &Templates) -> anyhow::Result<ExitState> {
    let mut found = wrong_words(context, templates)?;
    let screen = sample(bank)?;
    let images = |_: &str, _: &str| Err("images are not looked at".to_owned());
    for format in [Format::Html, Format::Markdown] {
        let words = words(bank, templates, None)?;
        let look = Look::default();
        let renderer = Renderer::new(bank, source_of(templates), words, look, &images, format);
        for names in [Names::default(), full_names()] {
            for document in Document::ALL {
                let rounds = [(&screen, &names), (&screen, &names)];
                let subject = match document {
                    Document::Handbook => Subject::Bank,
                    Document::Debrief => Subject::Rounds("A loop", &rounds),
                    _ => Subject::Screen(&screen, &names),
                };
                if let Err(error) = renderer.render(*document, subject) {
                    found.push(refused(error, templates, None).to_string());
                }
            }
        }
    }
    let mut said: Vec<&String> = Vec::new();
    for message in &found {
        if !said.contains(&message) {
            context.print(&format!(
                "{}: {}\n",
                styled(ERROR, "error"),
                clean_line(message)
            ))?;
            said.push(message);
        }
    }
    if found.is_empty() {
        let own = counted(templates.own().len(), "file", "files");
        context.note(&format!("{own} of your own checked: no problems"));
        return Ok(ExitState::Clean);
    }
    Ok(ExitState::Findings)
}

/// Words that a language has in another shape than English. What it leaves out is only said: English stands in.
fn wrong_words(context: &Context, templates: &Templates) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let Some(english) = read_words(templates, DEFAULT, None)? else {
        return Ok(found);
    };
    for tag in languages(templates) {
        let words = read_words(templates, &tag, None).unwrap_or_else(|error| {
            found.push(error.to_string());
            None
        });
        if let Some(words) = words {
            let name = format!("{LANGUAGES}/{tag}.toml");
            let place = templates.place(&name);
            let lacking = words.lacks(&english);
            if let Some(first) = lacking.missing.first() {
                let count = counted(lacking.missing.len(), "word is", "words are");
                let place = clean_line(&place);
                context.warn(&format!(
                    "{place}: {count} missing and stay English, `{first}` first"
                ));
            }
            found.extend(lacking.misshapen.into_iter().map(|word| {
                format!("{place}: `{word}` is shaped otherwise than in English: other gaps, or a list of another length")
            }));
        }
    }
    Ok(found)
}

/// A screen of the first active questions.
fn sample(bank: &Bank) -> anyhow::Result<Screen> {
    let active = bank
        .questions
        .iter()
        .filter(|question| question.is_active());
    let questions = active
        .take(3)
        .enumerate()
        .map(|(number, question)| HandQuestion {
            id: Spanned::new(question.id().to_owned(), Span::default()),
            mode: None,
            segment: Some(format!("Part {}", number % 2 + 1)).filter(|_| number < 2),
        });
    let screen = HandScreen {
        source: Source::without_text("a sample"),
        name: "sample".to_owned(),
        title: "A sample".to_owned(),
        minutes: None,
        intro_minutes: None,
        closing_minutes: None,
        questions: questions.collect(),
    };
    pin_by_hand(bank, &screen).map_err(|_| anyhow::anyhow!("no screen can be made of this bank"))
}

fn full_names() -> Names {
    Names {
        candidate: Some("C-000".to_owned()),
        interviewer: Some("ana".to_owned()),
        date: Some(jiff::civil::date(2026, 1, 2)),
        role: Some("A role".to_owned()),
    }
}
