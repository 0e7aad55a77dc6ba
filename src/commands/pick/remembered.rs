//! What is remembered of earlier interviews, from a folder to the request.

use std::path::{Path, PathBuf};

use super::args::{Args, Without};
use super::wishes::day;
use crate::cli::Context;
use crate::exit::Hinted;
use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::history::History;
use crate::model::question::Question;
use crate::output::findings;
use crate::output::terminal::clean_line;
use crate::pick::Solved;
use crate::pick::memory::{Memory, Rest, Rules};
use crate::pick::request::PickRequest;
use crate::store::files::{Files, shown};
use crate::store::history;

/// Reads the history that the flags ask for, and tells the requests.
///
/// # Errors
/// When a folder that was named cannot be read.
pub(super) fn remember(
    context: &Context,
    args: &Args,
    bank: &Bank,
    files: &Files,
    requests: &mut [PickRequest],
) -> anyhow::Result<History> {
    let of_screen = |request: &PickRequest| request.occasion.candidate.clone();
    let candidate = requests.first().and_then(of_screen);
    let Some(folder) = folder(context, args, bank, files, candidate.is_some())? else {
        return Ok(History::default());
    };
    let (history, found) = history::read(&folder).map_err(|finding| {
        context.note(findings::text([&*finding]).trim_end());
        anyhow::anyhow!("there is no history to read in {}", shown(&folder))
    })?;
    if !found.is_empty() {
        context.note(findings::text(&found).trim_end());
        if let Some(candidate) = &candidate
            && let Some(file) = found
                .iter()
                .find_map(|finding| of_candidate(finding, candidate))
        {
            return Err(Hinted::error(
                format!(
                    "what `{candidate}` has met cannot be read: {}",
                    clean_line(file)
                ),
                "mend the file, or move it out of the folder",
            ));
        }
        context.warn("what could not be read is not remembered");
    }
    if let Some(candidate) = &candidate
        && let Some(other) = history.spelt_alike(candidate)
    {
        context.warn(&format!(
            "`{candidate}` is not taken for `{}`, who is in the history",
            clean_line(other)
        ));
    }
    let defaults = &bank.config.pick;
    let holds = |switch: Without| !args.without.contains(&switch);
    let rules = Rules {
        today: day(args),
        cool_down_days: holds(Without::CoolDown)
            .then(|| args.cool_down.or(defaults.cool_down_days))
            .flatten(),
        exposure_cap: holds(Without::ExposureCap)
            .then(|| args.exposure_cap.or(defaults.exposure_cap))
            .flatten(),
        candidate,
    };
    if history.undated > 0 && rules.cool_down_days.is_some_and(|days| days > 0) {
        context.warn(&format!(
            "questions of a screen without a date count as used, and do not rest ({} of {})",
            history.undated, history.screens
        ));
    }
    let memory = Memory::of_history(bank, &history, &rules);
    for request in requests {
        request.memory = memory.clone();
    }
    Ok(history)
}

/// The path of a file of a candidate's folder, or that is named after the candidate.
fn of_candidate<'f>(finding: &'f Finding, candidate: &str) -> Option<&'f str> {
    let path = finding.location.source.path.as_str();
    let mut parts = path.split(['/', '\\']);
    let is_own = |part: &str| {
        part == candidate
            || part
                .rsplit_once('.')
                .is_some_and(|stem| stem.0 == candidate)
    };
    parts.any(is_own).then_some(path)
}

/// The folder to read, if any is asked for.
fn folder(
    context: &Context,
    args: &Args,
    bank: &Bank,
    files: &Files,
    for_somebody: bool,
) -> anyhow::Result<Option<PathBuf>> {
    if let Some(folder) = &args.history {
        return Ok(Some(folder.clone()));
    }
    let asked = for_somebody || args.cool_down.is_some() || args.exposure_cap.is_some();
    if !asked {
        return Ok(None);
    }
    let own = bank.config.interviews_dir.as_ref();
    let own = own.zip(files.root()).map(|(dir, root)| root.join(dir));
    match own {
        Some(own) if own.is_dir() => Ok(Some(own)),
        _ if args.cool_down.is_some() || args.exposure_cap.is_some() => Err(Hinted::error(
            "there are no earlier interviews to remember",
            "name their folder with `--history`, or by `[interviews] dir` in intervy.toml",
        )),
        own => {
            let place = own.as_deref().map_or_else(
                || "no folder of interviews is known".to_owned(),
                |own: &Path| format!("{} is not there", clean_line(&shown(own))),
            );
            context.warn(&format!(
                "{place}: nothing is known that the candidate has met"
            ));
            Ok(None)
        }
    }
}

/// Says which questions were picked although they should rest, since too few others suit.
pub(super) fn note(
    context: &Context,
    bank: &Bank,
    requests: &[PickRequest],
    solved: &Solved,
    history: &History,
) {
    if history.screens == 0 {
        return;
    }
    let mut tired = Vec::new();
    for choice in &solved.chosen {
        let Some(request) = requests.get(choice.form) else {
            continue;
        };
        let id = bank.questions.get(choice.question).map(Question::id);
        let id = clean_line(id.unwrap_or_default());
        match request.memory.of(choice.question).resting {
            Some(Rest::CoolDown(day)) => tired.push(format!("`{id}`, last asked on {day}")),
            Some(Rest::WornOut(uses)) => tired.push(format!("`{id}`, in {uses} screens already")),
            None => {}
        }
    }
    if !tired.is_empty() {
        context.warn(&format!(
            "too few rested questions suit this request; picked all the same: {}",
            tired.join("; ")
        ));
    }
    let short = |name: &str, value: u32| name == "unused minutes" && value > 0;
    let unused = solved.objectives.iter();
    let mut unused = unused.filter(|objective| short(&objective.name, objective.value));
    let rests = requests.iter().any(|request| {
        let all = 0..bank.questions.len();
        all.into_iter().any(|index| {
            let known = request.memory.of(index);
            known.resting.is_some() || known.met
        })
    });
    if let (Some(objective), true) = (unused.next(), rests) {
        context.warn(&format!(
            "{} minutes stay unused: questions that rest, or that the candidate has met, may fill them",
            objective.value
        ));
    }
}
