//! What templates see: plain, frozen data, documented in docs/templates.md.

mod candidate;
mod debrief;
mod handbook;
mod interviewer;

use serde::Serialize;

use crate::model::bank::Bank;
use crate::model::question::{Part, Question};
use crate::model::scale::ScalePoint;
use crate::model::screen::{PinnedQuestion, Screen, Weight};
use crate::render::Names;
use crate::render::writer::Writer;

pub use self::candidate::CandidateView;
pub use self::debrief::DebriefView;
pub use self::handbook::HandbookView;
pub use self::interviewer::{InterviewerView, prepare};

/// The version of what templates see, and of the JSON that shows it.
pub const SCHEMA: u32 = 1;

/// A screen that the bank cannot fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewError {
    /// Questions of the screen that the bank does not have.
    pub missing: Vec<String>,
}

#[derive(Debug, Serialize)]
struct NamesView {
    candidate: Option<String>,
    interviewer: Option<String>,
    date: Option<String>,
    role: Option<String>,
}

#[derive(Debug, Serialize)]
struct ScaleView {
    score: u8,
    label: String,
    meaning: String,
}

#[derive(Debug, Serialize)]
struct WeightView {
    dimension: String,
    /// Whole percent of all weights, rounded to the nearest.
    percent: u32,
    categories: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FollowUpView {
    question: String,
    listens_for: Vec<String>,
    /// Whether the ask mode has time for it.
    planned: bool,
}

/// One per point of the scale, lowest first.
#[derive(Debug, Serialize)]
struct AnchorView {
    score: u8,
    label: String,
    /// What the question says about this score; where it says nothing, the scale's own words.
    text: String,
    /// The same without markup, cut short.
    short: String,
    own: bool,
}

/// The most letters of a short anchor.
const SHORT: usize = 110;

/// The questions of a screen, looked up in the bank.
fn look_up<'b>(
    bank: &'b Bank,
    screen: &'b Screen,
) -> Result<Vec<(&'b PinnedQuestion, &'b Question)>, ViewError> {
    let index = bank.by_id();
    let mut found = Vec::with_capacity(screen.questions.len());
    let mut missing = Vec::new();
    for pinned in &screen.questions {
        match index.get(pinned.id.as_str()) {
            Some(question) => found.push((pinned, *question)),
            None => missing.push(pinned.id.clone()),
        }
    }
    if missing.is_empty() {
        Ok(found)
    } else {
        Err(ViewError { missing })
    }
}

/// `0:05`: hours and minutes from the start of the slot.
fn clock(minute: u32) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

fn names_view(names: &Names, writer: &Writer<'_>) -> NamesView {
    let word = |text: &Option<String>| text.as_deref().map(|text| writer.word(text));
    NamesView {
        candidate: word(&names.candidate),
        interviewer: word(&names.interviewer),
        date: names.date.map(|date| date.to_string()),
        role: word(&names.role),
    }
}

fn scale_view(scale: &[ScalePoint], writer: &Writer<'_>) -> Vec<ScaleView> {
    let points = writer.scale(scale).into_iter().map(|point| ScaleView {
        score: point.score,
        label: writer.word(&point.label),
        meaning: writer.word(&point.meaning),
    });
    points.collect()
}

fn weights_view(bank: &Bank, weights: &[Weight], writer: &Writer<'_>) -> Vec<WeightView> {
    let total: u32 = weights.iter().map(|weight| weight.weight).sum();
    let weights = weights.iter().map(|weight| WeightView {
        dimension: writer.word(&weight.dimension),
        percent: (weight.weight * 200 + total) / (2 * total.max(1)),
        categories: weight
            .categories
            .iter()
            .map(|id| writer.word(bank.config.category_name(id)))
            .collect(),
    });
    weights.collect()
}

/// The further questions, of which the first few are planned.
fn follow_ups(writer: &mut Writer<'_>, question: &Question, planned: usize) -> Vec<FollowUpView> {
    let follow_ups = question.text.body().follow_ups.iter().enumerate();
    let views = follow_ups.map(|(index, follow_up)| FollowUpView {
        question: writer.line(question, follow_up.question),
        listens_for: follow_up
            .listens_for
            .iter()
            .map(|&span| writer.line(question, span))
            .collect(),
        planned: index < planned,
    });
    views.collect()
}

fn anchors(writer: &mut Writer<'_>, question: &Question, scale: &[ScalePoint]) -> Vec<AnchorView> {
    let anchors = &question.text.body().anchors;
    let scale = writer.scale(scale);
    let views = scale.iter().map(|point| {
        let own = anchors
            .iter()
            .find(|anchor| anchor.score.value == point.score);
        AnchorView {
            score: point.score,
            label: writer.word(&point.label),
            text: match own {
                Some(anchor) => writer.line(question, anchor.text),
                None => writer.plain(&point.meaning),
            },
            short: own.map_or_else(String::new, |anchor| {
                shortened(&writer.bare(question, anchor.text))
            }),
            own: own.is_some(),
        }
    });
    views.collect()
}

/// The beginning of a text, cut between words.
fn shortened(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHORT).collect();
    let cut = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// The contents of a part; `None` where the question lacks it or it is empty.
fn part(writer: &mut Writer<'_>, question: &Question, part: Part) -> Option<String> {
    let pieces: Vec<String> = question
        .text
        .body()
        .part(part)
        .filter(|section| !section.content.is_empty())
        .map(|section| writer.block(question, section.content))
        .collect();
    (!pieces.is_empty()).then(|| pieces.join("\n"))
}
