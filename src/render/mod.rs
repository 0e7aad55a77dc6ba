//! Packets: frozen views that templates see, the template engine, Markdown to safe HTML.
//!
//! Pure: template texts and images come in through functions.

pub mod engine;
pub mod highlight;
pub mod html;
pub mod view;

use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::model::vocabulary::Audience;
use crate::render::engine::{Engine, TemplateError};
use crate::render::view::{CandidateView, InterviewerView, ViewError};

/// The syntax of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page for a browser or a printer.
    Html,
    /// Text for a wiki or an issue.
    Markdown,
}

/// What a packet says beside the questions.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The candidate's pseudonym.
    pub candidate: Option<String>,
    /// Who asks.
    pub interviewer: Option<String>,
    /// The day of the interview, as it is to be shown.
    pub date: Option<String>,
}

/// A rendered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its text.
    pub text: String,
    /// What could not be shown as the author meant it.
    pub warnings: Vec<String>,
}

/// Why there is no document.
#[derive(Debug)]
pub enum RenderError {
    /// The screen does not fit the bank.
    View(ViewError),
    /// A template is wrong.
    Template(TemplateError),
}

/// Gives the `data:` address of an image: (folder of the question, target as written).
pub type ImageSource<'s> = dyn Fn(&str, &str) -> Result<String, String> + 's;

/// Renders a screen for an audience.
///
/// # Errors
/// When the bank lacks a question of the screen, or a template is wrong.
pub fn render(
    engine: &Engine<'_>,
    bank: &Bank,
    screen: &Screen,
    names: &Names,
    audience: Audience,
    format: Format,
    images: &ImageSource<'_>,
) -> Result<Rendered, RenderError> {
    let mut writer = html::Writer::new(format, images);
    let ending = match format {
        Format::Html => "html.j2",
        Format::Markdown => "md.j2",
    };
    let text = match audience {
        Audience::Interviewer => {
            let view = InterviewerView::new(bank, screen, names, &mut writer)
                .map_err(RenderError::View)?;
            engine.render(&format!("interviewer.{ending}"), &view)
        }
        Audience::Candidate => {
            let view = CandidateView::new(bank, screen, &mut writer).map_err(RenderError::View)?;
            engine.render(&format!("candidate.{ending}"), &view)
        }
    }
    .map_err(RenderError::Template)?;
    Ok(Rendered {
        text,
        warnings: writer.into_warnings(),
    })
}
