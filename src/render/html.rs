//! Markdown of the bank to HTML that is safe to open, or to Markdown without its comments.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use crate::model::markdown;
use crate::model::question::Question;
use crate::model::source::Span;
use crate::render::highlight::highlight;
use crate::render::{Format, ImageSource};

/// Turns pieces of questions into the wanted format and collects what could not be shown.
pub struct Writer<'i> {
    format: Format,
    images: &'i ImageSource<'i>,
    warnings: Vec<String>,
}

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
            warnings: Vec::new(),
        }
    }

    /// What could not be shown as the author meant it.
    #[must_use]
    pub fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    /// A block of a question's text.
    pub fn block(&mut self, question: &Question, span: Span) -> String {
        let text = question.text.source.dedented(span);
        match self.format {
            Format::Markdown => without_comments(&text),
            Format::Html => self.html_of(question, &text),
        }
    }

    /// A piece of a question's text that stands in a line: a single paragraph loses its tags.
    pub fn line(&mut self, question: &Question, span: Span) -> String {
        let text = self.block(question, span);
        match self.format {
            Format::Markdown => text,
            Format::Html => unwrapped(text),
        }
    }

    /// A text that is no Markdown: escaped for HTML.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        match self.format {
            Format::Markdown => text.to_owned(),
            Format::Html => ammonia::clean_text(text),
        }
    }

    fn html_of(&mut self, question: &Question, text: &str) -> String {
        let definitions = definitions(question);
        let known = |link: BrokenLink<'_>| {
            definitions
                .get(&link.reference.to_lowercase())
                .map(|(target, title)| (CowStr::from(target.clone()), CowStr::from(title.clone())))
        };
        let mut known = known;
        let parser =
            Parser::new_with_broken_link_callback(text, markdown::dialect(), Some(&mut known));
        let mut events = Vec::new();
        let mut refused = false;
        for event in parser {
            match event {
                Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => match (self.images)(&question.text.folder, &dest_url) {
                    Ok(address) => events.push(Event::Start(Tag::Image {
                        link_type,
                        dest_url: address.into(),
                        title,
                        id,
                    })),
                    Err(reason) => {
                        self.warnings.push(format!(
                            "{}: the image `{dest_url}` is not shown: {reason}",
                            question.text.source.path
                        ));
                        refused = true;
                        events.push(Event::Text("[image: ".into()));
                    }
                },
                Event::End(TagEnd::Image) if refused => {
                    refused = false;
                    events.push(Event::Text("]".into()));
                }
                other => events.push(adapted(other)),
            }
        }
        let mut out = String::with_capacity(text.len() * 2);
        html::push_html(&mut out, events.into_iter());
        for side in ["left", "center", "right"] {
            let style = format!(" style=\"text-align: {side}\"");
            out = out.replace(&style, &format!(" class=\"{side}\""));
        }
        highlight(&CLEANER.clean(&out).to_string())
    }
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

/// The link definitions of the whole file: a section may use one that stands in another.
fn definitions(question: &Question) -> HashMap<String, (String, String)> {
    let source = &question.text.source;
    let body = source.slice(question.text.body.span);
    if !body.contains("]:") {
        return HashMap::new();
    }
    Parser::new_ext(body, markdown::dialect())
        .reference_definitions()
        .iter()
        .map(|(label, definition)| {
            let title = definition.title.as_deref().unwrap_or("").to_owned();
            (label.to_lowercase(), (definition.dest.to_string(), title))
        })
        .collect()
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

/// Markdown without HTML comments: nobody sees them on a page, so nobody may in the text.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    let mut open = None;
    for (event, range) in Parser::new_ext(text, markdown::dialect()).into_offset_iter() {
        let (Event::Html(piece) | Event::InlineHtml(piece)) = event else {
            continue;
        };
        if open.is_none() && piece.trim_start().starts_with("<!--") {
            open = Some(range.start);
        }
        if let Some(start) = open
            && piece.contains("-->")
        {
            out.push_str(&text[kept..start.max(kept)]);
            let end = piece
                .rfind("-->")
                .map_or(range.end, |at| range.start + at + 3);
            kept = end.min(range.end).max(kept);
            open = None;
        }
    }
    // A comment that never ends hides the rest of the text.
    match open {
        Some(start) => out.push_str(&text[kept..start.max(kept)]),
        None => out.push_str(&text[kept..]),
    }
    out.trim().to_owned()
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
                (_, "href" | "cite" | "src") => !value.trim_start().starts_with("data:"),
                _ => true,
            };
            keep.then(|| value.into())
        });
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_cut_and_nothing_else() {
        for (text, expected) in [
            ("a <!-- secret --> b", "a  b"),
            ("a\n\n<!-- secret\n\nmore -->\n\nb", "a\n\n\n\nb"),
            ("`<!-- code -->`", "`<!-- code -->`"),
            ("a\n\n<!-- secret", "a"),
            ("<b>x</b>", "<b>x</b>"),
        ] {
            assert_eq!(without_comments(text), expected, "{text}");
        }
    }
}
