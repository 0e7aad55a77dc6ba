//! What the interviewer handbook of a bank sees: every question, whole.

use serde::Serialize;

use super::{AnchorView, FollowUpView, ScaleView, anchors, follow_ups, part, scale_view};
use crate::model::bank::Bank;
use crate::model::question::{Part, Question};
use crate::model::source::Spanned;
use crate::model::vocabulary::Vocabulary;
use crate::render::writer::Writer;

/// A whole bank.
#[derive(Debug, Serialize)]
pub struct HandbookView {
    bank: String,
    /// How many questions there are.
    questions: usize,
    scale: Vec<ScaleView>,
    /// Categories that have questions, in the order of the configuration.
    categories: Vec<CategoryView>,
}

#[derive(Debug, Serialize)]
struct CategoryView {
    id: String,
    name: String,
    questions: Vec<HandbookQuestion>,
}

#[derive(Debug, Serialize)]
struct HandbookQuestion {
    id: String,
    title: String,
    difficulty: &'static str,
    kind: &'static str,
    status: &'static str,
    minutes: Vec<MinutesView>,
    levels: Vec<String>,
    tags: Vec<String>,
    reviewed: Option<String>,
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
struct MinutesView {
    mode: &'static str,
    minutes: u32,
}

impl HandbookView {
    /// The active questions of a bank, easy ones first.
    #[must_use]
    pub fn new(bank: &Bank, writer: &mut Writer<'_>) -> Self {
        let mut categories = Vec::new();
        for category in &bank.config.categories {
            let own = bank.questions.iter().filter(|question| {
                question.is_active() && question.matter.category.value == *category.id
            });
            let mut own: Vec<&Question> = own.collect();
            own.sort_by_key(|question| {
                (question.matter.difficulty.value, question.id().to_owned())
            });
            let questions: Vec<HandbookQuestion> = own
                .into_iter()
                .map(|question| view(bank, question, writer))
                .collect();
            if !questions.is_empty() {
                categories.push(CategoryView {
                    id: writer.word(&category.id),
                    name: writer.word(&category.name),
                    questions,
                });
            }
        }
        Self {
            bank: writer.word(&bank.config.name),
            questions: categories
                .iter()
                .map(|category| category.questions.len())
                .sum(),
            scale: scale_view(&bank.config.scale, writer),
            categories,
        }
    }
}

fn view(bank: &Bank, question: &Question, writer: &mut Writer<'_>) -> HandbookQuestion {
    let matter = &question.matter;
    let words = |words: &[Spanned<String>]| words.iter().map(|word| writer.word(word)).collect();
    HandbookQuestion {
        id: writer.word(question.id()),
        title: writer.word(&matter.title),
        difficulty: matter.difficulty.name(),
        kind: matter.kind.name(),
        status: matter.status.name(),
        minutes: matter
            .minutes
            .modes()
            .map(|(mode, minutes)| MinutesView {
                mode: mode.name(),
                minutes,
            })
            .collect(),
        levels: words(&matter.levels),
        tags: words(&matter.tags),
        reviewed: matter.reviewed.as_ref().map(|date| date.value.to_string()),
        prompt: writer.block(question, question.text.body().prompt),
        handout: part(writer, question, Part::CandidateHandout),
        why: part(writer, question, Part::WhyAskThis),
        reference: part(writer, question, Part::ReferenceAnswer),
        follow_ups: follow_ups(writer, question, usize::MAX),
        strong_signals: part(writer, question, Part::StrongSignals),
        red_flags: part(writer, question, Part::RedFlags),
        anchors: anchors(writer, question, &bank.config.scale),
    }
}
