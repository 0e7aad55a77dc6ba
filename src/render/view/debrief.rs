//! What the debrief agenda of a loop sees: who asks what, and nothing that anybody answered.

use serde::Serialize;

use super::{NamesView, ScaleView, WeightView, names_view, scale_view, weights_view};
use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::render::Names;
use crate::render::writer::Writer;

/// The rounds of a loop for one candidate.
#[derive(Debug, Serialize)]
pub struct DebriefView {
    title: String,
    names: NamesView,
    minutes: u32,
    rounds: Vec<RoundView>,
    /// One row a category, in the order of the configuration; those that no round tests come last.
    coverage: Vec<CoverageView>,
    scale: Vec<ScaleView>,
    weights: Vec<WeightView>,
}

#[derive(Debug, Serialize)]
struct RoundView {
    title: String,
    screen: String,
    minutes: u32,
    interviewer: Option<String>,
    date: Option<String>,
}

#[derive(Debug, Serialize)]
struct CoverageView {
    category: String,
    /// How many questions of it each round has.
    questions: Vec<usize>,
}

impl DebriefView {
    /// The agenda after these rounds, each with its names.
    #[must_use]
    pub fn new(
        bank: &Bank,
        title: &str,
        rounds: &[(&Screen, &Names)],
        writer: &Writer<'_>,
    ) -> Self {
        let word = |text: &Option<String>| text.as_deref().map(|text| writer.word(text));
        let first = rounds.first();
        let mut names = first.map(|(_, names)| (*names).clone()).unwrap_or_default();
        names.interviewer = None;
        names.date = None;
        let views = rounds.iter().map(|(screen, names)| RoundView {
            title: writer.word(screen.occasion.round.as_ref().unwrap_or(&screen.title)),
            screen: writer.word(&screen.id),
            minutes: screen.minutes,
            interviewer: word(&names.interviewer),
            date: names.date.map(|date| date.to_string()),
        });
        let mut coverage: Vec<CoverageView> = bank
            .config
            .categories
            .iter()
            .map(|category| {
                let asked = |screen: &Screen| {
                    let questions = screen.questions.iter();
                    questions
                        .filter(|question| question.category == *category.id)
                        .count()
                };
                CoverageView {
                    category: writer.word(&category.name),
                    questions: rounds.iter().map(|(screen, _)| asked(screen)).collect(),
                }
            })
            .collect();
        coverage.sort_by_key(|row| row.questions.iter().all(|count| *count == 0));
        Self {
            title: writer.word(title),
            names: names_view(&names, writer),
            minutes: rounds.iter().map(|(screen, _)| screen.minutes).sum(),
            rounds: views.collect(),
            coverage,
            scale: first.map_or_else(Vec::new, |(screen, _)| scale_view(&screen.scale, writer)),
            weights: first.map_or_else(Vec::new, |(screen, _)| {
                weights_view(bank, &screen.weights, writer)
            }),
        }
    }
}
