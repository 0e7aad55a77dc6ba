//! Pieces of questions in the wanted format, and what could not be shown.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use crate::model::markdown;
use crate::model::question::{Part, Question};
use crate::model::scale::{ScalePoint, default_scale};
use crate::model::source::Span;
use crate::render::html::{inline, leads_out, to_html};
use crate::render::markdown::{plain_markdown, to_markdown};
use crate::render::raw_html::contained;
use crate::render::{Format, ImageSource};

/// Turns pieces of questions into the wanted format and collects what could not be shown.
pub struct Writer<'i> {
    format: Format,
    images: &'i ImageSource<'i>,
    /// The language of questions, where it is not that of the document.
    foreign: Option<String>,
    /// The program's own scale in the language of the document.
    scale: Option<Vec<ScalePoint>>,
    /// Pieces that are written already, of other documents too.
    known: &'i Pieces,
    /// Bytes of images in the document so far.
    inlined: usize,
    /// The link definitions of the question before: its path, whether the candidate's only, and they.
    definitions: Option<(String, bool, Rc<Definitions>)>,
    warnings: Vec<String>,
}

/// A piece of a question as a document shows it.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    /// Bytes of its images.
    inlined: usize,
    warnings: Vec<String>,
}

/// Pieces that are written once, for all documents of one format that show them: by path and place.
#[derive(Debug, Default)]
pub struct Pieces(Mutex<HashMap<(String, Span), Arc<Piece>>>);

/// Link definitions by label in lower case: address and title.
type Definitions = HashMap<String, (String, String)>;

/// The most bytes that the images of a document may take together.
const MAX_IMAGES: usize = 16 * 1024 * 1024;
/// The most tags of raw HTML in a piece of text: more make the cleaner's work explode.
const MAX_TAGS: usize = 400;

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Writer")
            .field("format", &self.format)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl<'i> Writer<'i> {
    /// A writer for one document.
    #[must_use]
    pub fn new(format: Format, images: &'i ImageSource<'i>, known: &'i Pieces) -> Self {
        Self {
            format,
            images,
            foreign: None,
            scale: None,
            known,
            inlined: 0,
            definitions: None,
            warnings: Vec::new(),
        }
    }

    /// The same for questions that are written in another language than the document.
    #[must_use]
    pub fn of_questions_in(mut self, language: &str) -> Self {
        self.foreign = Some(language.to_owned());
        self
    }

    /// The same with the words of the document's language for the program's own scale.
    #[must_use]
    pub fn with_scale(mut self, scale: Option<Vec<ScalePoint>>) -> Self {
        self.scale = scale;
        self
    }

    /// A scale as it is shown: one that a bank worded keeps its words.
    #[must_use]
    pub fn scale(&self, own: &[ScalePoint]) -> Vec<ScalePoint> {
        match &self.scale {
            Some(scale) if own == default_scale() => scale.clone(),
            _ => own.to_vec(),
        }
    }

    /// What could not be shown as the author meant it.
    #[must_use]
    pub fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    /// A block of a question's text.
    pub fn block(&mut self, question: &Question, span: Span) -> String {
        let text = self.piece(question, span);
        self.marked(text, "div")
    }

    /// Says of a piece of HTML in which language it is, where that is not the document's.
    fn marked(&self, text: String, element: &str) -> String {
        match (&self.foreign, self.format) {
            (Some(language), Format::Html | Format::Json) => {
                format!("<{element} lang=\"{language}\">{text}</{element}>")
            }
            _ => text,
        }
    }

    fn piece(&mut self, question: &Question, span: Span) -> String {
        let known = self.known;
        let key = (question.text.source.path.clone(), span);
        let lock = || known.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = lock().get(&key).map(Arc::clone);
        let piece = found.unwrap_or_else(|| {
            let piece = Arc::new(self.write(question, span, true));
            lock().insert(key, Arc::clone(&piece));
            piece
        });
        if self.inlined + piece.inlined <= MAX_IMAGES {
            self.inlined += piece.inlined;
            self.warnings.extend(piece.warnings.iter().cloned());
            return piece.text.clone();
        }
        let without = self.write(question, span, false);
        self.warnings.extend(without.warnings);
        without.text
    }

    /// Writes a piece, whatever else is in the document.
    fn write(&mut self, question: &Question, span: Span, with_images: bool) -> Piece {
        let text = question.text.source.dedented(span);
        let definitions = self.definitions(question, span);
        let mut known = |link: BrokenLink<'_>| {
            definitions
                .get(&link.reference.to_lowercase())
                .map(|(target, title)| (CowStr::from(target.clone()), CowStr::from(title.clone())))
        };
        let parser =
            Parser::new_with_broken_link_callback(&text, markdown::dialect(), Some(&mut known));
        let mut resolver = Resolver {
            question,
            images: with_images.then_some(self.images),
            inlined: 0,
            warnings: Vec::new(),
        };
        let events = resolver.resolved(parser);
        let events = resolver.contained(events);
        let text = match self.format {
            Format::Html | Format::Json => to_html(events.into_iter(), text.len()),
            Format::Markdown => to_markdown(&events).unwrap_or_else(|| {
                let path = &question.text.source.path;
                resolver.warnings.push(format!(
                    "{path}: a part cannot be written as Markdown; use HTML"
                ));
                String::new()
            }),
        };
        Piece {
            text,
            inlined: resolver.inlined,
            warnings: resolver.warnings,
        }
    }

    /// A piece of a question's text that stands in a line: a single paragraph loses its tags.
    pub fn line(&mut self, question: &Question, span: Span) -> String {
        let text = self.piece(question, span);
        if self.format == Format::Markdown {
            return text;
        }
        let text = unwrapped(text);
        let is_block = ["<p", "<ul", "<ol", "<pre", "<table", "<div", "<h"]
            .iter()
            .any(|tag| text.contains(tag));
        self.marked(text, if is_block { "div" } else { "span" })
    }

    /// A piece of a question's text without markup, in one line, as [`Writer::word`] gives it.
    #[must_use]
    pub fn bare(&self, question: &Question, span: Span) -> String {
        let text = question.text.source.dedented(span);
        let mut out = String::new();
        for event in Parser::new_ext(&text, markdown::dialect()) {
            match event {
                Event::Text(piece) | Event::Code(piece) => out.push_str(&piece),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
                _ => {}
            }
        }
        let words: Vec<&str> = out.split_whitespace().collect();
        self.word(&words.join(" "))
    }

    /// A text that is no Markdown, for a place in a template that escapes HTML itself.
    #[must_use]
    pub fn word(&self, text: &str) -> String {
        let text = in_its_direction(text);
        match self.format {
            Format::Markdown => plain_markdown(&text),
            Format::Html | Format::Json => text,
        }
    }

    /// A text that is no Markdown: escaped for the format.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        match self.format {
            Format::Markdown => plain_markdown(&in_its_direction(text)),
            Format::Html | Format::Json => ammonia::clean_text(&in_its_direction(text)),
        }
    }

    /// The link definitions that a piece may use: those of the whole file, but in the candidate's
    /// part only those that stand there too.
    fn definitions(&mut self, question: &Question, piece: Span) -> Rc<Definitions> {
        let body = &question.text.body();
        let handouts = body.part(Part::CandidateHandout);
        let parts: Vec<Span> = std::iter::once(body.prompt)
            .chain(handouts.map(|section| section.content))
            .collect();
        let inside = |span: Span| {
            parts
                .iter()
                .any(|part| part.start <= span.start && span.end <= part.end)
        };
        let candidates = inside(piece);
        let path = &question.text.source.path;
        if let Some((known, only, definitions)) = &self.definitions
            && known == path
            && *only == candidates
        {
            return Rc::clone(definitions);
        }
        let text = question.text.source.slice(body.span);
        let mut found = Definitions::new();
        if text.contains("]:") {
            let parser = Parser::new_ext(text, markdown::dialect());
            for (label, definition) in parser.reference_definitions().iter() {
                let span = Span::new(definition.span.start, definition.span.end);
                if candidates && !inside(span.shifted(body.span.start)) {
                    continue;
                }
                let title = definition.title.as_deref().unwrap_or("").to_owned();
                found.insert(label.to_lowercase(), (definition.dest.to_string(), title));
            }
        }
        let found = Rc::new(found);
        self.definitions = Some((path.clone(), candidates, Rc::clone(&found)));
        found
    }
}

/// Turns the links and images of a piece into what a document can show.
struct Resolver<'r> {
    question: &'r Question,
    images: Option<&'r ImageSource<'r>>,
    inlined: usize,
    warnings: Vec<String>,
}

impl Resolver<'_> {
    fn image(&mut self, target: &str) -> Result<String, String> {
        let too_much = || Err("the document's images exceed 16 MiB".to_owned());
        let Some(images) = self.images else {
            return too_much();
        };
        let address = images(&self.question.text.folder, target)?;
        self.inlined += address.len();
        if self.inlined > MAX_IMAGES {
            return too_much();
        }
        Ok(address)
    }

    /// The events with images inlined, and without links to anywhere that is no web or mail
    /// address. An image that cannot be shown becomes its text.
    fn resolved<'t>(&mut self, parser: impl Iterator<Item = Event<'t>>) -> Vec<Event<'t>> {
        let mut events = Vec::new();
        let mut tags = 0;
        // What the ends of the open links and images become; `None` leaves them as they are.
        let mut ends: Vec<Option<&'static str>> = Vec::new();
        for event in parser {
            match event {
                Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => match self.image(&dest_url) {
                    Ok(address) => {
                        ends.push(None);
                        events.push(Event::Start(Tag::Image {
                            link_type: inline(link_type),
                            dest_url: address.into(),
                            title,
                            id,
                        }));
                    }
                    Err(reason) => {
                        self.warnings.push(format!(
                            "{}: the image `{dest_url}` is not shown: {reason}",
                            self.question.text.source.path
                        ));
                        ends.push(Some("]"));
                        events.push(Event::Text("[image: ".into()));
                    }
                },
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => {
                    if leads_out(&dest_url) {
                        ends.push(None);
                        events.push(Event::Start(Tag::Link {
                            link_type: inline(link_type),
                            dest_url,
                            title,
                            id,
                        }));
                    } else {
                        ends.push(Some(""));
                    }
                }
                Event::End(TagEnd::Image | TagEnd::Link) => match ends.pop().flatten() {
                    None => events.push(event),
                    Some("") => {}
                    Some(text) => events.push(Event::Text(text.into())),
                },
                // Left out rather than shown as text: it may be a comment that nobody should see.
                Event::Html(_) | Event::InlineHtml(_) if tags > MAX_TAGS => {}
                other => {
                    if let Event::Html(piece) | Event::InlineHtml(piece) = &other {
                        tags += piece.matches('<').count();
                        if tags > MAX_TAGS {
                            self.warnings.push(format!(
                                "{}: more than {MAX_TAGS} tags of HTML in a part; the rest is left out",
                                self.question.text.source.path
                            ));
                            continue;
                        }
                    }
                    events.push(other);
                }
            }
        }
        events
    }

    /// The events without tags that would swallow what follows them.
    fn contained<'t>(&mut self, events: Vec<Event<'t>>) -> Vec<Event<'t>> {
        let mut dropped = Vec::new();
        let events = contained(events, &mut dropped);
        for tag in dropped {
            self.warnings.push(format!(
                "{}: `{tag}` is HTML that is not shown; put it in backticks if it is meant to be",
                self.question.text.source.path
            ));
        }
        events
    }
}

/// A text without letters that turn what stands around them.
pub(super) fn in_its_direction(text: &str) -> String {
    let turns = |letter: &char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|letter| !turns(letter)).collect()
}

/// `<p>…</p>` around nothing but one paragraph is taken off.
fn unwrapped(html: String) -> String {
    let trimmed = html.trim();
    let inner = trimmed
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
        .filter(|inner| !inner.contains("<p>"));
    match inner {
        Some(inner) => inner.to_owned(),
        None => html,
    }
}
