//! Where screens go: to the terminal, to a file, to a folder.

use std::path::Path;

use anyhow::Context as _;

use super::args::{Args, Format};
use super::wishes::{Asked, is_standard};
use crate::cli::Context;
use crate::commands::format_of;
use crate::commands::render::as_markdown;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::output::attempt::Attempt;
use crate::output::terminal::clean_line;
use crate::output::{changes, screen};
use crate::pick::edit;
use crate::store::files::{Files, shown};
use crate::store::write;

/// The format that the flags ask for.
///
/// # Errors
/// When the output's ending names another one.
pub(super) fn format(args: &Args) -> anyhow::Result<Format> {
    let endings = [
        ("toml", Format::Toml),
        ("json", Format::Json),
        ("md", Format::Markdown),
        ("txt", Format::Text),
    ];
    let other = "a screen is .toml or .json; `intervy render` makes pages of it";
    let named = format_of(args.output.as_deref(), &endings, other)?;
    let default = if args.output.is_some() || args.out_dir.is_some() {
        Format::Toml
    } else {
        Format::Text
    };
    let json = args.json.then_some(Format::Json);
    Ok(args.format.or(json).or(named).unwrap_or(default))
}

/// Whether what was picked goes to standard output.
pub(super) fn prints(args: &Args) -> bool {
    let to_file = args
        .output
        .as_deref()
        .is_some_and(|target| !is_standard(target));
    !to_file && args.out_dir.is_none()
}

/// Writes or prints what was picked.
///
/// # Errors
/// When it cannot be written.
pub(super) fn screens(
    context: &Context,
    args: &Args,
    format: Format,
    bank: &Bank,
    files: &Files,
    asked: &Asked,
    picked: &[Screen],
) -> anyhow::Result<()> {
    if let Some(folder) = &args.out_dir {
        return into_folder(context, folder, format, bank, files, picked);
    }
    match picked {
        [one] => single(context, args, format, bank, files, asked, one),
        several => {
            let text = together(context, format, bank, several)?;
            match &args.output {
                Some(target) if !is_standard(target) => Err(Hinted::error(
                    "these are several screens, and `-o` is one file",
                    "write them into a folder with `--out-dir`",
                )),
                _ if format == Format::Text => context.print(&text),
                _ => context.print_raw(&text),
            }
        }
    }
}

fn single(
    context: &Context,
    args: &Args,
    format: Format,
    bank: &Bank,
    files: &Files,
    asked: &Asked,
    picked: &Screen,
) -> anyhow::Result<()> {
    let width = context.width().unwrap_or(100);
    let document = document(format, bank, files, picked, width)?;
    match &args.output {
        None if format == Format::Text => context.print(&document)?,
        None => context.print_raw(&document)?,
        Some(target) => {
            let plain = anstream::adapter::strip_str(&document).to_string();
            context.deliver(target, &plain)?;
            if !is_standard(target) {
                context.note(screen::summary(bank, picked).trim_end());
                context.note(&format!("\nwrote {}", clean_line(&shown(target))));
            } else if args.seed.is_none() {
                context.note(&format!("seed {}", picked.seed.unwrap_or_default()));
            }
        }
    }
    if let Some(before) = &asked.before {
        let text = changes::text(&edit::changes(before, picked));
        context.note(text.trim_end());
    }
    Ok(())
}

fn document(
    format: Format,
    bank: &Bank,
    files: &Files,
    picked: &Screen,
    width: usize,
) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => screen::text(bank, picked, width),
        Format::Toml => screen::toml(picked)?,
        Format::Json => screen::json(picked)?,
        Format::Markdown => as_markdown(bank, files, picked)?,
    })
}

/// Several screens in one document.
fn together(
    context: &Context,
    format: Format,
    bank: &Bank,
    picked: &[Screen],
) -> anyhow::Result<String> {
    match format {
        Format::Text => {
            let width = context.width().unwrap_or(100);
            let texts = picked.iter().map(|one| screen::text(bank, one, width));
            Ok(texts.collect::<Vec<_>>().join("\n"))
        }
        Format::Json => screen::json_of(&picked),
        Format::Toml | Format::Markdown => Err(Hinted::error(
            "these are several screens, and this format holds one",
            "write them into a folder with `--out-dir`, or print them with `--json`",
        )),
    }
}

fn into_folder(
    context: &Context,
    folder: &Path,
    format: Format,
    bank: &Bank,
    files: &Files,
    picked: &[Screen],
) -> anyhow::Result<()> {
    let ending = match format {
        Format::Text => "txt",
        Format::Toml => "toml",
        Format::Json => "json",
        Format::Markdown => "md",
    };
    write::make_folder(folder).with_context(|| format!("{} cannot be made", shown(folder)))?;
    for (number, one) in picked.iter().enumerate() {
        let document = document(format, bank, files, one, 100)?;
        let plain = anstream::adapter::strip_str(&document).to_string();
        let name = format!("{}-{}.{ending}", number + 1, name_of(one));
        let target = folder.join(name);
        context.deliver(&target, &plain)?;
        context.note(screen::summary(bank, one).trim_end());
        context.note(&format!("\nwrote {}\n", clean_line(&shown(&target))));
    }
    Ok(())
}

/// What tells a screen from the others, as part of a file's name.
fn name_of(screen: &Screen) -> String {
    match (&screen.occasion.round, screen.occasion.form) {
        (Some(round), _) => crate::pick::pin::slug(round),
        (None, Some(form)) => format!("form-{form}"),
        (None, None) => screen.id.clone(),
    }
}

/// Prints what a dry run found out.
///
/// # Errors
/// When it cannot be printed.
pub(super) fn report(context: &Context, report: &Attempt, json: bool) -> anyhow::Result<()> {
    if json {
        context.print_raw(&screen::json_of(report)?)
    } else {
        context.print(&report.text())
    }
}
