//! What the documents of an interviewer see: everything about a screen.

use rayon::prelude::*;
use serde::Serialize;

use super::{
    AnchorView, FollowUpView, NamesView, ScaleView, ViewError, WeightView, anchors, clock,
    follow_ups, look_up, names_view, part, scale_view, weights_view,
};
use crate::model::bank::Bank;
use crate::model::question::{Part, Question};
use crate::model::screen::{PinnedQuestion, PinnedSegment, Screen};
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::render::Names;
use crate::render::writer::Writer;

/// Everything, for the interviewer.
#[derive(Debug, Serialize)]
pub struct InterviewerView {
    screen: ScreenView,
    names: NamesView,
    agenda: Vec<AgendaItem>,
    scale: Vec<ScaleView>,
    /// The scores that need a note.
    evidence: Vec<u8>,
    weights: Vec<WeightView>,
    segments: Vec<SegmentView>,
}

#[derive(Debug, Serialize)]
struct ScreenView {
    id: String,
    hash: String,
    title: String,
    bank: String,
    commit: Option<String>,
    blueprint: Option<String>,
    seed: Option<u64>,
    minutes: u32,
    intro_minutes: u32,
    closing_minutes: u32,
    questions: usize,
    verdict: &'static str,
    round: Option<String>,
    form: Option<u32>,
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
    /// Of the question as it was when the screen was pinned.
    hash: String,
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

/// Writes the pieces of a screen's questions at the same time, for writers that remember them.
pub fn prepare<'w>(bank: &Bank, screen: &Screen, writer: impl Fn() -> Writer<'w> + Sync) {
    let Ok(questions) = look_up(bank, screen) else {
        return;
    };
    questions.par_iter().for_each(|(pinned, question)| {
        question_view(bank, screen, 0, pinned, question, &mut writer());
    });
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
        Ok(Self {
            screen: ScreenView {
                id: writer.word(&screen.id),
                hash: screen.content_hash(),
                title: writer.word(&screen.title),
                bank: writer.word(&screen.bank),
                commit: screen.commit.as_deref().map(|commit| writer.word(commit)),
                blueprint: screen.blueprint.as_deref().map(|name| writer.word(name)),
                seed: screen.seed,
                minutes: screen.minutes,
                intro_minutes: screen.intro_minutes,
                closing_minutes: screen.closing_minutes,
                questions: questions.len(),
                verdict: screen.verdict.status.name(),
                round: screen
                    .occasion
                    .round
                    .as_deref()
                    .map(|round| writer.word(round)),
                form: screen.occasion.form,
            },
            names: names_view(names, writer),
            agenda: agenda(screen, writer),
            scale: scale_view(&screen.scale, writer),
            evidence: bank.config.evidence.clone(),
            weights: weights_view(bank, &screen.weights, writer),
            segments,
        })
    }
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
    let planned = match pinned.mode {
        AskMode::Quick => 0,
        AskMode::Standard => 1,
        AskMode::Deep => usize::MAX,
    };
    QuestionView {
        number,
        id: writer.word(&pinned.id),
        hash: pinned.hash.clone(),
        title: writer.word(&question.matter.title.value),
        category: writer.word(bank.config.category_name(&question.matter.category.value)),
        difficulty: question.matter.difficulty.name(),
        mode: pinned.mode.name(),
        minutes: pinned.minutes,
        start: clock(pinned.start_minute),
        end: clock(pinned.start_minute + pinned.minutes),
        changed: pinned.hash != question.content_hash(),
        prompt: writer.block(question, question.text.body().prompt),
        handout: part(writer, question, Part::CandidateHandout),
        why: part(writer, question, Part::WhyAskThis),
        reference: part(writer, question, Part::ReferenceAnswer),
        follow_ups: follow_ups(writer, question, planned),
        strong_signals: part(writer, question, Part::StrongSignals),
        red_flags: part(writer, question, Part::RedFlags),
        anchors: anchors(writer, question, &screen.scale),
    }
}
