//! Documents: frozen views that templates see, the template engine, Markdown to safe HTML.
//!
//! Pure: template texts and images come in through functions.

pub mod engine;
pub mod highlight;
pub mod html;
pub mod markdown;
pub mod page;
mod raw_html;
pub mod view;
pub mod wording;
pub mod writer;

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::bank::Bank;
use crate::model::screen::Screen;
use crate::model::vocabulary::{Document, Vocabulary};
use crate::render::engine::{Engine, Load, TemplateError};
use crate::render::page::{Look, PageView};
use crate::render::view::{CandidateView, DebriefView, HandbookView, InterviewerView, ViewError};
use crate::render::wording::Wording;
use crate::render::writer::{Pieces, Writer};

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page for a browser or a printer.
    Html,
    /// Text for a wiki or an issue.
    Markdown,
    /// What a template of a page sees.
    Json,
}

/// What a document says beside the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The candidate's pseudonym.
    pub candidate: Option<String>,
    /// Who asks.
    pub interviewer: Option<String>,
    /// The day of the interview.
    pub date: Option<Date>,
    /// What the candidate applies for.
    pub role: Option<String>,
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
pub type ImageSource<'s> = dyn Fn(&str, &str) -> Result<String, String> + Sync + 's;

/// Renders the documents of a bank in one language.
pub struct Renderer<'r> {
    engine: Engine,
    words: Arc<Wording>,
    look: Look,
    bank: &'r Bank,
    images: &'r ImageSource<'r>,
    format: Format,
    pieces: Option<Pieces>,
}

/// What a document is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'s> {
    /// One screen.
    Screen(&'s Screen, &'s Names),
    /// The rounds of a loop, and what the loop is called.
    Rounds(&'s str, &'s [(&'s Screen, &'s Names)]),
    /// The bank.
    Bank,
}

/// What a template sees: the page beside the view.
#[derive(Serialize)]
struct Seen<'v, V> {
    page: &'v PageView,
    #[serde(flatten)]
    view: &'v V,
}

/// What is shown as JSON.
#[derive(Serialize)]
struct Shown<'v, V> {
    schema: u32,
    document: &'static str,
    lang: &'v str,
    #[serde(flatten)]
    view: &'v V,
}

impl<'r> Renderer<'r> {
    /// Documents of a bank, by templates, in words, with a look.
    #[must_use]
    pub fn new(
        bank: &'r Bank,
        load: Arc<Load>,
        words: Wording,
        look: Look,
        images: &'r ImageSource<'r>,
        format: Format,
    ) -> Self {
        let words = Arc::new(words);
        Self {
            engine: Engine::new(load, &words, bank.questions.len()),
            words,
            look,
            bank,
            images,
            format,
            pieces: None,
        }
    }

    /// The same for many documents: what several of them show is written once.
    #[must_use]
    pub fn for_many(mut self) -> Self {
        self.pieces = Some(Pieces::default());
        self
    }

    /// Renders a document.
    ///
    /// # Errors
    /// When the bank lacks a question of a screen, or a template is wrong.
    pub fn render(
        &self,
        document: Document,
        subject: Subject<'_>,
    ) -> Result<Rendered, RenderError> {
        let of_one = Pieces::default();
        let pieces = self.pieces.as_ref().unwrap_or(&of_one);
        if let Subject::Screen(screen, _) = subject
            && document != Document::Candidate
            && self.pieces.is_none()
        {
            view::prepare(self.bank, screen, || self.writer(pieces));
        }
        let mut writer = self.writer(pieces);
        let text = match (document, subject) {
            (Document::Candidate, Subject::Screen(screen, _)) => {
                let view = CandidateView::new(self.bank, screen, &mut writer);
                self.show(document, &view.map_err(RenderError::View)?, "", &[])
            }
            (_, Subject::Screen(screen, names)) => {
                let view = InterviewerView::new(self.bank, screen, names, &mut writer);
                let view = view.map_err(RenderError::View)?;
                let running = [
                    screen.title.as_str(),
                    names.candidate.as_deref().unwrap_or_default(),
                    names.interviewer.as_deref().unwrap_or_default(),
                ];
                self.show(document, &view, &screen.title, &running)
            }
            (_, Subject::Rounds(title, rounds)) => {
                let view = DebriefView::new(self.bank, title, rounds, &writer);
                self.show(Document::Debrief, &view, title, &[title])
            }
            (_, Subject::Bank) => {
                let view = HandbookView::new(self.bank, &mut writer);
                let title = &self.bank.config.name;
                self.show(Document::Handbook, &view, title, &[title])
            }
        }
        .map_err(RenderError::Template)?;
        Ok(Rendered {
            text,
            warnings: writer.into_warnings(),
        })
    }

    fn writer<'w>(&'w self, pieces: &'w Pieces) -> Writer<'w> {
        let writer = Writer::new(self.format, self.images, pieces).with_scale(self.words.scale());
        let language = &self.bank.config.language;
        if *language == self.words.tag {
            return writer;
        }
        writer.of_questions_in(language)
    }

    fn show(
        &self,
        document: Document,
        view: &impl Serialize,
        title: &str,
        running: &[&str],
    ) -> Result<String, TemplateError> {
        let name = document.name();
        if self.format == Format::Json {
            let shown = Shown {
                schema: view::SCHEMA,
                document: name,
                lang: &self.words.tag,
                view,
            };
            let failed = |error: serde_json::Error| TemplateError {
                template: name.to_owned(),
                line: None,
                message: error.to_string(),
            };
            return serde_json::to_string_pretty(&shown)
                .map(|text| text + "\n")
                .map_err(failed);
        }
        let page = PageView::new(
            &self.engine,
            &self.words,
            &self.look,
            document,
            title,
            running,
        )?;
        let seen = Seen { page: &page, view };
        if self.format == Format::Markdown {
            return self.engine.render(&format!("{name}.md.j2"), &seen);
        }
        let template = format!("{name}.html.j2");
        let text = self.engine.render(&template, &seen)?;
        page.shut(&text).map_err(|message| TemplateError {
            template,
            line: Some(1),
            message,
        })
    }
}
