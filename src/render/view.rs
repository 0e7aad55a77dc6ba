//! What templates see: plain, frozen data. The candidate's view has no field that could hold an answer.

use serde::Serialize;

use crate::model::bank::Bank;
use crate::model::question::{Part, Question};
use crate::model::screen::{PinnedQuestion, PinnedSegment, Screen};
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::render::Names;
use crate::render::html::Writer;

/// A screen that the bank cannot fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewError {
    /// Questions of the screen that the bank does not have.
    pub missing: Vec<String>,
}

/// Everything, for the interviewer.
#[derive(Debug, Serialize)]
pub struct InterviewerView {
    screen: ScreenView,
    names: NamesView,
    agenda: Vec<AgendaItem>,
    scale: Vec<ScaleView>,
    weights: Vec<WeightView>,
    segments: Vec<SegmentView>,
}

#[derive(Debug, Serialize)]
struct ScreenView {
    id: String,
    title: String,
    bank: String,
    commit: Option<String>,
    blueprint: Option<String>,
    seed: Option<u64>,
    minutes: u32,
    questions: usize,
    verdict: &'static str,
}

#[derive(Debug, Serialize)]
struct NamesView {
    candidate: Option<String>,
    interviewer: Option<String>,
    date: Option<String>,
}

/// A line of the agenda: the intro, a segment, a question, the closing.
#[derive(Debug, Serialize)]
struct AgendaItem {
    kind: &'static str,
    start: String,
    end: String,
    minutes: u32,
    title: String,
    mode: Option<&'static str>,
    number: Option<usize>,
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
struct SegmentView {
    title: String,
    start: String,
    end: String,
    minutes: u32,
    note: Option<String>,
    questions: Vec<QuestionView>,
}

#[derive(Debug, Serialize)]
struct QuestionView {
    number: usize,
    id: String,
    title: String,
    category: String,
    difficulty: &'static str,
    mode: &'static str,
    minutes: u32,
    start: String,
    end: String,
    changed: bool,
    prompt: String,
    handout: Option<String>,
    why: Option<String>,
    reference: Option<String>,
    follow_ups: Vec<FollowUpView>,
    strong_signals: Option<String>,
    red_flags: Option<String>,
    anchors: Vec<AnchorView>,
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
    own: bool,
}

/// Prompts and handouts: nothing else exists here.
#[derive(Debug, Serialize)]
pub struct CandidateView {
    questions: Vec<CandidateQuestion>,
}

#[derive(Debug, Serialize)]
struct CandidateQuestion {
    number: usize,
    prompt: String,
    handout: Option<String>,
}

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

impl CandidateView {
    /// The candidate's part of a screen.
    ///
    /// # Errors
    /// When the bank lacks a question of the screen.
    pub fn new(bank: &Bank, screen: &Screen, writer: &mut Writer<'_>) -> Result<Self, ViewError> {
        let questions = look_up(bank, screen)?
            .into_iter()
            .enumerate()
            .map(|(index, (_, question))| CandidateQuestion {
                number: index + 1,
                prompt: writer.block(question, question.text.body().prompt),
                handout: part(writer, question, Part::CandidateHandout),
            })
            .collect();
        Ok(Self { questions })
    }
}

impl InterviewerView {
    /// A whole screen.
    ///
    /// # Errors
    /// When the bank lacks a question of the screen.
    pub fn new(
        bank: &Bank,
        screen: &Screen,
        names: &Names,
        writer: &mut Writer<'_>,
    ) -> Result<Self, ViewError> {
        let questions = look_up(bank, screen)?;
        let mut segments: Vec<SegmentView> = screen
            .segments
            .iter()
            .map(|segment| segment_view(segment, writer))
            .collect();
        let homes: Vec<&str> = screen
            .segments
            .iter()
            .map(|segment| segment.title.as_str())
            .collect();
        for (index, (pinned, question)) in questions.iter().enumerate() {
            let view = question_view(bank, screen, index + 1, pinned, question, writer);
            let home = homes.iter().position(|title| *title == pinned.segment);
            if let Some(segment) = home.and_then(|home| segments.get_mut(home)) {
                segment.questions.push(view);
            }
        }
        let total: u32 = screen.weights.iter().map(|weight| weight.weight).sum();
        Ok(Self {
            screen: ScreenView {
                id: writer.word(&screen.id),
                title: writer.word(&screen.title),
                bank: writer.word(&screen.bank),
                commit: screen.commit.as_deref().map(|commit| writer.word(commit)),
                blueprint: screen.blueprint.as_deref().map(|name| writer.word(name)),
                seed: screen.seed,
                minutes: screen.minutes,
                questions: questions.len(),
                verdict: screen.verdict.status.name(),
            },
            names: NamesView {
                candidate: names.candidate.as_deref().map(|name| writer.word(name)),
                interviewer: names.interviewer.as_deref().map(|name| writer.word(name)),
                date: names.date.as_deref().map(|date| writer.word(date)),
            },
            agenda: agenda(screen, writer),
            scale: screen
                .scale
                .iter()
                .map(|point| ScaleView {
                    score: point.score,
                    label: writer.word(&point.label),
                    meaning: writer.word(&point.meaning),
                })
                .collect(),
            weights: screen
                .weights
                .iter()
                .map(|weight| WeightView {
                    dimension: writer.word(&weight.dimension),
                    percent: (weight.weight * 200 + total) / (2 * total.max(1)),
                    categories: weight
                        .categories
                        .iter()
                        .map(|id| writer.word(bank.config.category_name(id)))
                        .collect(),
                })
                .collect(),
            segments,
        })
    }
}

/// `0:05`: hours and minutes from the start of the slot.
fn clock(minute: u32) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

fn segment_view(segment: &PinnedSegment, writer: &Writer<'_>) -> SegmentView {
    SegmentView {
        title: writer.word(&segment.title),
        start: clock(segment.start_minute),
        end: clock(segment.start_minute + segment.minutes),
        minutes: segment.minutes,
        note: segment.note.as_deref().map(|note| writer.word(note)),
        questions: Vec::new(),
    }
}

fn agenda(screen: &Screen, writer: &Writer<'_>) -> Vec<AgendaItem> {
    let item = |kind, start: u32, minutes: u32, title: &str| AgendaItem {
        kind,
        start: clock(start),
        end: clock(start + minutes),
        minutes,
        title: writer.word(title),
        mode: None,
        number: None,
    };
    let mut agenda = Vec::new();
    if screen.intro_minutes > 0 {
        agenda.push(item("intro", 0, screen.intro_minutes, ""));
    }
    for segment in &screen.segments {
        let minutes = segment.minutes;
        agenda.push(item(
            "segment",
            segment.start_minute,
            minutes,
            &segment.title,
        ));
        for (index, question) in screen.questions.iter().enumerate() {
            if question.segment == segment.title {
                agenda.push(AgendaItem {
                    mode: Some(question.mode.name()),
                    number: Some(index + 1),
                    ..item(
                        "question",
                        question.start_minute,
                        question.minutes,
                        &question.title,
                    )
                });
            }
        }
    }
    let start = screen.minutes.saturating_sub(screen.closing_minutes);
    let done = screen
        .segments
        .iter()
        .map(|segment| segment.start_minute + segment.minutes)
        .max()
        .unwrap_or(screen.intro_minutes);
    if done < start {
        agenda.push(item("spare", done, start - done, ""));
    }
    if screen.closing_minutes > 0 {
        agenda.push(item("closing", start, screen.closing_minutes, ""));
    }
    agenda
}

fn question_view(
    bank: &Bank,
    screen: &Screen,
    number: usize,
    pinned: &PinnedQuestion,
    question: &Question,
    writer: &mut Writer<'_>,
) -> QuestionView {
    let body = &question.text.body();
    let planned = match pinned.mode {
        AskMode::Quick => 0,
        AskMode::Standard => 1,
        AskMode::Deep => usize::MAX,
    };
    let follow_ups = body
        .follow_ups
        .iter()
        .enumerate()
        .map(|(index, follow_up)| FollowUpView {
            question: writer.line(question, follow_up.question),
            listens_for: follow_up
                .listens_for
                .iter()
                .map(|&span| writer.line(question, span))
                .collect(),
            planned: index < planned,
        })
        .collect();
    let anchors = screen
        .scale
        .iter()
        .map(|point| {
            let own = body
                .anchors
                .iter()
                .find(|anchor| anchor.score.value == point.score);
            AnchorView {
                score: point.score,
                label: writer.word(&point.label),
                text: match own {
                    Some(anchor) => writer.line(question, anchor.text),
                    None => writer.plain(&point.meaning),
                },
                own: own.is_some(),
            }
        })
        .collect();
    QuestionView {
        number,
        id: writer.word(&pinned.id),
        title: writer.word(&question.matter.title.value),
        category: writer.word(bank.config.category_name(&question.matter.category.value)),
        difficulty: question.matter.difficulty.name(),
        mode: pinned.mode.name(),
        minutes: pinned.minutes,
        start: clock(pinned.start_minute),
        end: clock(pinned.start_minute + pinned.minutes),
        changed: pinned.hash != question.content_hash(),
        prompt: writer.block(question, body.prompt),
        handout: part(writer, question, Part::CandidateHandout),
        why: part(writer, question, Part::WhyAskThis),
        reference: part(writer, question, Part::ReferenceAnswer),
        follow_ups,
        strong_signals: part(writer, question, Part::StrongSignals),
        red_flags: part(writer, question, Part::RedFlags),
        anchors,
    }
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
