//! What the candidate's document sees: it has no field that could hold an answer.

use serde::Serialize;

use super::{ViewError, look_up, part};
use crate::model::bank::Bank;
use crate::model::question::Part;
use crate::model::screen::Screen;
use crate::render::writer::Writer;

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
