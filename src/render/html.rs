//! Markdown of the bank to HTML that is safe to open, or to Markdown without its comments.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{
    BrokenLink, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html,
};

use crate::model::markdown;
use crate::model::question::{Part, Question};
use crate::model::source::Span;
use crate::render::highlight::highlight;
use crate::render::{Format, ImageSource};

/// Turns pieces of questions into the wanted format and collects what could not be shown.
pub struct Writer<'i> {
    format: Format,
    images: &'i ImageSource<'i>,
    /// The language of questions, where it is not that of the document.
    foreign: Option<String>,
    /// Bytes of images in the document so far.
    inlined: usize,
    /// The link definitions of the question before: its path, whether the candidate's only, and they.
    definitions: Option<(String, bool, Rc<Definitions>)>,
    warnings: Vec<String>,
}

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
    pub fn new(format: Format, images: &'i ImageSource<'i>) -> Self {
        Self {
            format,
            images,
            foreign: None,
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
        let text = question.text.source.dedented(span);
        let definitions = self.definitions(question, span);
        let mut known = |link: BrokenLink<'_>| {
            definitions
                .get(&link.reference.to_lowercase())
                .map(|(target, title)| (CowStr::from(target.clone()), CowStr::from(title.clone())))
        };
        let parser =
            Parser::new_with_broken_link_callback(&text, markdown::dialect(), Some(&mut known));
        let events = self.resolved(question, parser);
        match self.format {
            Format::Html | Format::Json => to_html(events.into_iter().map(adapted), text.len()),
            Format::Markdown => to_markdown(&events).unwrap_or_else(|| {
                let path = &question.text.source.path;
                self.warnings.push(format!(
                    "{path}: a part cannot be written as Markdown; use HTML"
                ));
                String::new()
            }),
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
        match self.format {
            Format::Markdown => plain_markdown(text),
            Format::Html | Format::Json => text.to_owned(),
        }
    }

    /// A text that is no Markdown: escaped for the format.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        match self.format {
            Format::Markdown => plain_markdown(text),
            Format::Html | Format::Json => ammonia::clean_text(text),
        }
    }

    fn image(&mut self, question: &Question, target: &str) -> Result<String, String> {
        let address = (self.images)(&question.text.folder, target)?;
        self.inlined += address.len();
        if self.inlined > MAX_IMAGES {
            return Err("the document's images exceed 16 MiB".to_owned());
        }
        Ok(address)
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

    /// The events with images inlined, and without links to anywhere that is no web or mail
    /// address. An image that cannot be shown becomes its text.
    fn resolved<'t>(
        &mut self,
        question: &Question,
        parser: impl Iterator<Item = Event<'t>>,
    ) -> Vec<Event<'t>> {
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
                }) => match self.image(question, &dest_url) {
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
                            question.text.source.path
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
                                question.text.source.path
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
}

/// A link by reference becomes one that says its target: its definition stands elsewhere.
fn inline(link_type: LinkType) -> LinkType {
    match link_type {
        LinkType::Autolink | LinkType::Email => link_type,
        _ => LinkType::Inline,
    }
}

/// Whether an address is one that a reader may be led to.
fn leads_out(address: &str) -> bool {
    let seen = |letter: &char| !letter.is_whitespace() && !letter.is_control();
    let address: String = address.chars().filter(seen).collect();
    let address = address.to_ascii_lowercase();
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| address.starts_with(scheme))
        || (address.contains('@') && !address.contains(':'))
}

fn to_html<'t>(events: impl Iterator<Item = Event<'t>>, length: usize) -> String {
    let mut out = String::with_capacity(length * 2);
    html::push_html(&mut out, events);
    // In text, `<` is written `&lt;`: this meets only the tags of tables.
    for side in ["left", "center", "right"] {
        for cell in ["td", "th"] {
            let style = format!("<{cell} style=\"text-align: {side}\">");
            out = out.replace(&style, &format!("<{cell} class=\"{side}\">"));
        }
    }
    let html = highlight(&CLEANER.clean(&out).to_string());
    // What may be wider than a phone scrolls, for those without a pointer, too.
    html.replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
}

/// Markdown again, from the events: comments, unused definitions and HTML that does more than mark
/// a word are gone. `None` when the writer cannot express the events.
fn to_markdown(events: &[Event<'_>]) -> Option<String> {
    let mut block = String::new();
    let mut dropped: Vec<&str> = Vec::new();
    let mut kept: Vec<Event<'_>> = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Html(piece) => block.push_str(piece),
            Event::Start(Tag::HtmlBlock) => block.clear(),
            Event::End(TagEnd::HtmlBlock) => {
                let clean = CLEANER.clean(&block).to_string();
                if !clean.trim().is_empty() {
                    kept.push(Event::Start(Tag::HtmlBlock));
                    kept.push(Event::Html(format!("{}\n", clean.trim()).into()));
                    kept.push(Event::End(TagEnd::HtmlBlock));
                }
            }
            Event::InlineHtml(tag) => {
                let name = tag_name(tag);
                if tag.starts_with("</") {
                    // The end of a tag that was left out is left out too.
                    match dropped.iter().rposition(|open| *open == name) {
                        Some(at) => {
                            dropped.remove(at);
                        }
                        None if is_plain(name) => kept.push(event.clone()),
                        None => {}
                    }
                } else if is_plain(name) && !tag.contains(['=', '"', '\'']) {
                    kept.push(event.clone());
                } else {
                    dropped.push(name);
                }
            }
            other => kept.push(other.clone()),
        }
    }
    let mut out = String::new();
    let options = pulldown_cmark_to_cmark::Options {
        code_block_token_count: pulldown_cmark_to_cmark::calculate_code_block_token_count(&kept)
            .unwrap_or(3),
        list_token: '-',
        emphasis_token: '*',
        ..pulldown_cmark_to_cmark::Options::default()
    };
    pulldown_cmark_to_cmark::cmark_with_options(
        kept.iter(),
        &mut out,
        markdown::dialect(),
        options,
    )
    .ok()?;
    Some(out.trim().to_owned())
}

/// The name in `<name …>` or `</name>`.
fn tag_name(tag: &str) -> &str {
    tag.trim_start_matches(['<', '/'])
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .next()
        .unwrap_or("")
}

/// Whether a tag does no more than mark a word.
fn is_plain(name: &str) -> bool {
    let known = [
        "b", "i", "em", "strong", "code", "kbd", "sub", "sup", "u", "s", "del", "ins", "mark", "br",
    ];
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A text as one line of Markdown that means nothing but itself.
fn plain_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\n' | '\r' | '\t') {
            out.push(' ');
            continue;
        }
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '&' | '~'
        ) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// What a packet shows differently from a plain page: headings go below the packet's own, boxes
/// of task lists are letters, footnotes need no links.
fn adapted(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: lowered(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        Event::TaskListMarker(done) => {
            Event::Text(if done { "\u{2611} " } else { "\u{2610} " }.into())
        }
        Event::FootnoteReference(label) => {
            Event::InlineHtml(format!("<sup>{}</sup>", escaped(&label)).into())
        }
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Html(format!("<div><sup>{}</sup> ", escaped(&label)).into())
        }
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
        other => other,
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
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

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .rm_tags([
            "area", "map", "article", "aside", "header", "footer", "nav", "hgroup",
        ])
        .link_rel(Some("noopener noreferrer"))
        .url_schemes(HashSet::from(["http", "https", "mailto", "data"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .add_tag_attributes("code", ["class"])
        .add_allowed_classes("td", ["left", "center", "right"])
        .add_allowed_classes("th", ["left", "center", "right"])
        .attribute_filter(|element, attribute, value| {
            let keep = match (element, attribute) {
                ("img", "src") => value.starts_with("data:image/"),
                ("code", "class") => value
                    .strip_prefix("language-")
                    .is_some_and(|language| language.bytes().all(|byte| byte.is_ascii_graphic())),
                (_, "href" | "cite" | "src") => leads_out(value),
                _ => true,
            };
            keep.then(|| value.into())
        });
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown_of(text: &str) -> String {
        let events: Vec<_> = Parser::new_ext(text, markdown::dialect()).collect();
        to_markdown(&events).unwrap_or_default()
    }

    #[test]
    fn markdown_keeps_its_meaning_and_loses_what_nobody_sees() {
        for (text, expected) in [
            ("a <!-- secret --> b", "a  b"),
            ("a\n\n<!-- secret\n\nmore -->\n\nb", "a\n\nb"),
            ("`<!-- code -->`", "`<!-- code -->`"),
            ("a\n\n<!-- secret", "a"),
            ("<b>x</b> <i class=\"y\">z</i>", "<b>x</b> z"),
            ("<span style=\"display:none\">x</span>", "x"),
            ("a\n\n[//]: # (secret)\n", "a"),
            ("<script>alert(1)</script>", ""),
            ("```sql\nSELECT 1;\n```", "```sql\nSELECT 1;\n```"),
            ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ] {
            assert_eq!(markdown_of(text), expected, "{text}");
        }
        let table = "|a|b|\n|-|-:|\n|1|`x`|";
        assert!(
            markdown_of(table).contains("|1|`x`|"),
            "{}",
            markdown_of(table)
        );
    }

    #[test]
    fn plain_texts_mean_nothing_but_themselves() {
        for text in [
            "# a *b* | [c](d) <e> &amp; `f`",
            "a\n# b",
            "_x_ ~~y~~ ![z](q)",
        ] {
            let events: Vec<_> = Parser::new_ext(&plain_markdown(text), markdown::dialect())
                .filter(|event| !matches!(event, Event::Text(_)))
                .map(Event::into_static)
                .collect();
            assert_eq!(events.len(), 2, "{text}: {events:?}");
        }
    }
}
