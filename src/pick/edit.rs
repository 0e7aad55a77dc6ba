//! Changing one part of a picked screen without touching the rest.

use crate::model::assembly::Changes;
use crate::model::bank::Bank;
use crate::model::blueprint::{PLAIN_SEGMENT, Segment};
use crate::model::finding::Finding;
use crate::model::screen::{PinnedQuestion, Screen};
use crate::model::source::{Location, Source, Span, Spanned};
use crate::model::suggest;
use crate::pick::request::{INVALID_REQUEST, Kept, PickRequest, UNKNOWN_REFERENCE, Wishes};

/// What is to change.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Questions to take out, by id: all others stay.
    pub replace: Vec<String>,
    /// Questions that stay, by id; where given, all others may change.
    pub keep: Vec<String>,
}

/// The request by which a screen was picked, with what stays of it. `wishes` hold beside it.
///
/// # Errors
/// Everything that is wrong: questions that are not in the screen, a blueprint that is gone, questions that can no longer
/// stay as they are.
pub fn request(
    bank: &Bank,
    screen: &Screen,
    edit: &Edit,
    wishes: &Wishes,
) -> Result<PickRequest, Vec<Finding>> {
    let mut findings = Vec::new();
    let source = Source::without_text("command line");
    let mut problem = |rule: &'static str, message: String, hint: Option<String>| {
        let mut finding = Finding::error(rule, Location::file(&source), message);
        finding.hint = hint;
        findings.push(finding);
    };
    for id in edit.replace.iter().chain(&edit.keep) {
        if !screen.questions.iter().any(|question| question.id == *id) {
            let known = screen.questions.iter().map(|question| question.id.as_str());
            let message = format!("the screen has no question `{id}`");
            problem(UNKNOWN_REFERENCE, message, suggest::hint(id, known));
        }
    }
    if let Some(both) = edit.replace.iter().find(|id| edit.keep.contains(id)) {
        let message = format!("`{both}` is to be replaced and kept");
        problem(INVALID_REQUEST, message, None);
    }
    let mut again = wishes.clone();
    again.minutes = None;
    let base = match segments(bank, screen) {
        Ok(segments) => segments,
        Err(message) => {
            let hint = "pick a new screen".to_owned();
            problem(INVALID_REQUEST, message, Some(hint));
            Vec::new()
        }
    };
    let mut kept = Vec::new();
    for question in staying(screen, edit) {
        match keep(bank, &base, question) {
            Ok(question) => kept.push(question),
            Err(_) if base.is_empty() => {}
            Err(message) => {
                let hint = format!("replace it, too: `--replace {}`", question.id);
                problem(INVALID_REQUEST, message, Some(hint));
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut request = PickRequest::again(bank, screen, base, &again)?;
    let gone = edit.replace.iter();
    let gone = gone.map(|id| Spanned::new(id.clone(), Span::default()));
    request.constraints.exclude.extend(gone);
    request.kept = kept;
    Ok(request)
}

/// The segments that a screen was picked for.
fn segments(bank: &Bank, screen: &Screen) -> Result<Vec<Segment>, String> {
    let Some(name) = &screen.blueprint else {
        let is_plain = screen
            .segments
            .iter()
            .map(|segment| segment.title.as_str())
            .eq([PLAIN_SEGMENT]);
        if !is_plain || screen.seed.is_none() {
            return Err("this screen was not picked: it was ordered by hand".to_owned());
        }
        return Ok(vec![Segment::plain(screen.frame().question_minutes())]);
    };
    let Some(blueprint) = bank.blueprint(name) else {
        return Err(format!("the bank has no blueprint `{name}` any more"));
    };
    Ok(if blueprint.segments.is_empty() {
        vec![Segment::plain(screen.frame().question_minutes())]
    } else {
        blueprint.segments.clone()
    })
}

fn staying<'s>(screen: &'s Screen, edit: &'s Edit) -> impl Iterator<Item = &'s PinnedQuestion> {
    screen.questions.iter().filter(|question| {
        if edit.keep.is_empty() {
            !edit.replace.contains(&question.id)
        } else {
            edit.keep.contains(&question.id)
        }
    })
}

fn keep(bank: &Bank, segments: &[Segment], pinned: &PinnedQuestion) -> Result<Kept, String> {
    let id = &pinned.id;
    let Some(question) = bank.question(id) else {
        return Err(format!("the bank has no question `{id}` any more"));
    };
    if question.matter.minutes.of(pinned.mode).is_none() {
        return Err(format!(
            "`{id}` has no minutes for `{}` any more",
            pinned.mode
        ));
    }
    let title = &pinned.segment;
    let segment = segments
        .iter()
        .position(|segment| segment.title.value == *title);
    let Some(segment) = segment else {
        return Err(format!(
            "there is no segment `{title}` in what the screen is picked by"
        ));
    };
    Ok(Kept {
        id: id.clone(),
        segment,
        mode: pinned.mode,
    })
}

/// What is different in another screen.
#[must_use]
pub fn changes(before: &Screen, after: &Screen) -> Changes {
    let has = |screen: &Screen, one: &PinnedQuestion| {
        let mut questions = screen.questions.iter();
        questions.any(|other| other.id == one.id && other.mode == one.mode)
    };
    let only = |one: &Screen, other: &Screen| -> Vec<PinnedQuestion> {
        let questions = one.questions.iter();
        questions
            .filter(|question| !has(other, question))
            .cloned()
            .collect()
    };
    let gone = only(before, after);
    Changes {
        stayed: before.questions.len() - gone.len(),
        new: only(after, before),
        gone,
    }
}
