//! From flags and settings to templates, words and look.

use std::path::Path;
use std::sync::Arc;

use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::source::Source;
use crate::model::suggest;
use crate::model::vocabulary::Paper;
use crate::output::terminal::clean_line;
use crate::render::page::Look;
use crate::render::wording::{self, Wording};
use crate::store::files::Files;
use crate::store::images;
use crate::store::packet_settings::is_language_tag;
use crate::store::templates::Templates;

/// The look of documents: what a flag says, else what intervy.toml says.
///
/// # Errors
/// When the logo cannot be used.
pub(super) fn look(
    bank: &Bank,
    files: &Files,
    paper: Option<Paper>,
    large_print: bool,
) -> anyhow::Result<Look> {
    let own = &bank.config.packet;
    let logo = own.logo.as_ref().map(|logo| {
        images::inline(files, "", logo).map_err(|reason| {
            Hinted::error(
                format!("the logo {} cannot be used: {reason}", clean_line(logo)),
                "`[packet] logo` in intervy.toml names it, relative to that file",
            )
        })
    });
    Ok(Look {
        paper: paper.or(own.paper).unwrap_or_default(),
        large_print,
        logo: logo.transpose()?,
        colour: own.colour.clone(),
        colour_dark: own.colour_dark.clone(),
    })
}

/// The words of the language that a flag, else intervy.toml asks for.
///
/// # Errors
/// When there are none, or their file is wrong.
pub(in crate::commands) fn words(
    bank: &Bank,
    templates: &Templates,
    lang: Option<&str>,
) -> anyhow::Result<Wording> {
    let settings = &bank.config.packet;
    let known = |tag: &&str| languages(templates).iter().any(|known| known == tag);
    let of_questions = Some(bank.config.language.as_str()).filter(known);
    let asked = lang.or(settings.language.as_deref());
    let tag = asked.or(of_questions).unwrap_or(wording::DEFAULT);
    let english = read(templates, wording::DEFAULT, None)?;
    let english = english.ok_or_else(|| anyhow::anyhow!("the program has no words"))?;
    if tag == wording::DEFAULT {
        return Ok(english);
    }
    let mut found = None;
    if is_language_tag(tag) {
        // `de-AT` is German where nobody wrote words for Austria.
        let mut tags = tag.match_indices('-').map(|(end, _)| &tag[..end]).rev();
        let mut next = Some(tag);
        while let Some(tag) = next.filter(|_| found.is_none()) {
            found = read(templates, tag, Some(&english))?;
            next = tags.next();
        }
    }
    found.ok_or_else(|| {
        let known = languages(templates);
        Hinted::error(
            format!("there are no words for the language `{}`", clean_line(tag)),
            suggest::hint(tag, known.iter().map(String::as_str)).unwrap_or_default(),
        )
    })
}

/// The tags of all languages that there are.
#[must_use]
pub(in crate::commands) fn languages(templates: &Templates) -> Vec<String> {
    let own = templates.own();
    let built_in = crate::store::templates::names();
    let names = built_in.into_iter().chain(own.iter().map(String::as_str));
    let tags = names.filter_map(|name| {
        let tag = name.strip_prefix(wording::FOLDER)?.strip_prefix('/')?;
        tag.strip_suffix(".toml").map(str::to_owned)
    });
    let mut tags: Vec<String> = tags.collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// The words of a language; `None` where there is no file of them.
pub(in crate::commands) fn read(
    templates: &Templates,
    tag: &str,
    base: Option<&Wording>,
) -> anyhow::Result<Option<Wording>> {
    let name = format!("{}/{tag}.toml", wording::FOLDER);
    let place = || clean_line(&templates.place(&name));
    let text = templates
        .text(&name)
        .map_err(|message| anyhow::anyhow!("{}: {message}", place()))?;
    let Some(text) = text else {
        return Ok(None);
    };
    let read = Wording::read(tag, &text, base).map_err(|error| {
        let source = Source::new(templates.place(&name), &text);
        let line = error.at.map(|at| source.position(at).line);
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        anyhow::anyhow!("{}{line}: {}", place(), error.message)
    })?;
    Ok(Some(read))
}

/// The folder that `--template` names.
///
/// # Errors
/// When it is no folder.
pub(in crate::commands) fn templates(
    named: Option<&Path>,
    files: &Files,
) -> anyhow::Result<Templates> {
    if let Some(folder) = named.filter(|folder| !folder.is_dir()) {
        return Err(Hinted::error(
            format!(
                "{} is no folder",
                clean_line(&crate::store::files::shown(folder))
            ),
            "`intervy templates eject DIR` writes one",
        ));
    }
    Ok(Templates::new(named, files))
}

/// What a template engine asks for its texts.
pub(in crate::commands) fn load(templates: &Templates) -> Arc<crate::render::engine::Load> {
    let templates = templates.clone();
    Arc::new(move |name: &str| templates.text(name))
}
