//! Which documents are wanted: of which screens, with which names, in which files.

use std::collections::BTreeSet;

use super::args::Args;
use super::suffix;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::model::vocabulary::{Document, Vocabulary};
use crate::output::terminal::clean_line;
use crate::pick::pin::slug;
use crate::render::Names;

/// A screen and what its file is called.
pub(super) struct Named {
    pub(super) stem: String,
    pub(super) screen: Screen,
}

/// A document to render.
pub(super) struct Job {
    pub(super) document: Document,
    /// The places of its screens, each with the names on it.
    pub(super) of: Vec<(usize, Names)>,
    /// What it is called.
    pub(super) title: String,
    /// The name of its file, without the ending.
    pub(super) name: String,
}

/// The names that a screen itself knows.
pub(super) fn names_of(screen: &Screen) -> Names {
    Names {
        candidate: screen.occasion.candidate.clone(),
        date: screen.occasion.date,
        ..Names::default()
    }
}

/// All documents that flags ask for.
///
/// # Errors
/// When no screen is given where one is needed, or names are given for a screen that is not there.
pub(super) fn plan(args: &Args, bank: &Bank, screens: &[Named]) -> anyhow::Result<Vec<Job>> {
    let mut documents: Vec<Document> = Vec::new();
    for what in &args.document {
        let new = what.documents(screens.len());
        documents.extend(
            new.into_iter()
                .filter(|one| !documents.contains(one))
                .collect::<Vec<_>>(),
        );
    }
    if screens.is_empty()
        && documents
            .iter()
            .any(|document| *document != Document::Handbook)
    {
        return Err(Hinted::error(
            "no screen is given",
            "`intervy pick -o screen.toml` writes one; `--document handbook` needs none",
        ));
    }
    let asking = interviewers(args, screens)?;
    let stems = stems(screens);
    let names = |place: usize, interviewer: Option<&String>| {
        let own = names_of(&screens[place].screen);
        Names {
            candidate: args.candidate.clone().or(own.candidate),
            interviewer: interviewer.cloned(),
            date: args.date.or(own.date),
            role: args.role.clone(),
        }
    };
    let mut jobs = Vec::new();
    for document in documents {
        match document {
            Document::Handbook => jobs.push(Job {
                document,
                of: Vec::new(),
                title: String::new(),
                name: document.name().to_owned(),
            }),
            Document::Debrief => {
                let all = (0..screens.len()).map(|place| {
                    let asking = &asking[place];
                    let joined = (!asking.is_empty()).then(|| asking.join(", "));
                    (place, names(place, joined.as_ref()))
                });
                jobs.push(Job {
                    document,
                    of: all.collect(),
                    title: debrief_title(bank, screens),
                    name: document.name().to_owned(),
                });
            }
            _ => {
                for (place, stem) in stems.iter().enumerate() {
                    let of_screen = [None];
                    let asking: Vec<Option<&String>> = match document {
                        Document::Interviewer | Document::ScoringSheet
                            if !asking[place].is_empty() =>
                        {
                            asking[place].iter().map(Some).collect()
                        }
                        _ => of_screen.to_vec(),
                    };
                    for interviewer in &asking {
                        let who = interviewer.filter(|_| asking.len() > 1);
                        let who = who.map_or_else(String::new, |who| format!("-{}", slug(who)));
                        jobs.push(Job {
                            document,
                            of: vec![(place, names(place, *interviewer))],
                            title: screens[place].screen.title.clone(),
                            name: format!("{stem}{}{who}", suffix(document)),
                        });
                    }
                }
            }
        }
    }
    Ok(jobs)
}

/// What the loop is called, or the first screen.
fn debrief_title(bank: &Bank, screens: &[Named]) -> String {
    let first = screens.first().map(|named| &named.screen);
    let name = first.and_then(|screen| screen.occasion.hiring_loop.clone());
    let known = bank
        .loops
        .iter()
        .find(|known| Some(&known.name) == name.as_ref());
    known
        .map(|known| known.title.clone())
        .or(name)
        .or_else(|| first.map(|screen| screen.title.clone()))
        .unwrap_or_default()
}

/// Who asks each screen.
fn interviewers(args: &Args, screens: &[Named]) -> anyhow::Result<Vec<Vec<String>>> {
    let mut asking = vec![Vec::new(); screens.len()];
    let given = args.interviewer.iter().flat_map(|given| named(given));
    for (of, name) in given {
        let mut found = false;
        for (named, asking) in screens.iter().zip(&mut asking) {
            if of.is_none_or(|of| is_called(named, of)) {
                asking.push(name.to_owned());
                found = true;
            }
        }
        if let Some(of) = of.filter(|_| !found) {
            let known: Vec<&str> = screens.iter().map(|named| named.stem.as_str()).collect();
            return Err(Hinted::error(
                format!(
                    "`{}` asks in `{}`, which is no screen here",
                    clean_line(name),
                    clean_line(of)
                ),
                format!("name one of {}", clean_line(&known.join(", "))),
            ));
        }
    }
    Ok(asking)
}

/// The names in `SCREEN=NAME,NAME,SCREEN=NAME`: a name without a screen goes with the one before it.
fn named(given: &str) -> Vec<(Option<&str>, &str)> {
    let mut of = None;
    let names = given.split(',').map(|word| {
        let (screen, name) = match word.split_once('=') {
            Some((screen, name)) => (Some(screen.trim()), name),
            None => (None, word),
        };
        of = screen.or(of);
        (of, name.trim())
    });
    names.filter(|(_, name)| !name.is_empty()).collect()
}

/// Whether a word names a screen: by its file, its id or its round, however that is spelt.
fn is_called(named: &Named, word: &str) -> bool {
    let round = named.screen.occasion.round.as_deref();
    let names = [
        Some(named.stem.as_str()),
        Some(named.screen.id.as_str()),
        round,
    ];
    names
        .into_iter()
        .flatten()
        .any(|name| slug(name) == slug(word))
}

/// What the files of each screen begin with: what its own file is called, unless two are called the same.
fn stems(screens: &[Named]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut stems = Vec::new();
    for named in screens {
        let mut stem = named.stem.clone();
        if !taken.insert(stem.clone()) {
            stem = format!("{stem}-{}", named.screen.id);
            let mut number = 2;
            while !taken.insert(stem.clone()) {
                stem = format!("{}-{}-{number}", named.stem, named.screen.id);
                number += 1;
            }
        }
        stems.push(stem);
    }
    stems
}
