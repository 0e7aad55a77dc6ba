//! Markdown of the bank to HTML that is safe to open.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use crate::render::highlight::highlight;

/// A link by reference becomes one that says its target: its definition stands elsewhere.
pub(super) fn inline(link_type: LinkType) -> LinkType {
    match link_type {
        LinkType::Autolink | LinkType::Email => link_type,
        _ => LinkType::Inline,
    }
}

/// Whether an address is one that a reader may be led to.
pub(super) fn leads_out(address: &str) -> bool {
    let seen = |letter: &char| !letter.is_whitespace() && !letter.is_control();
    let address: String = address.chars().filter(seen).collect();
    let address = address.to_ascii_lowercase();
    let schemes = ["https://", "http://", "mailto:"];
    schemes.iter().any(|scheme| address.starts_with(scheme))
        || (address.contains('@') && !address.contains(':'))
}

/// HTML of events, cleaned and coloured; `length` is that of the text that they come from.
pub(super) fn to_html<'t>(events: impl Iterator<Item = Event<'t>>, length: usize) -> String {
    let mut out = String::with_capacity(length * 2);
    html::push_html(&mut out, events.map(adapted));
    // In text, `<` is written `&lt;`: this meets only the tags of tables.
    for side in ["left", "center", "right"] {
        for cell in ["td", "th"] {
            let style = format!("<{cell} style=\"text-align: {side}\">");
            out = out.replace(&style, &format!("<{cell} class=\"{side}\">"));
        }
    }
    let html = highlight(&CLEANER.clean(&out).to_string());
    // What may be wider than a phone scrolls, for those without a pointer, too.
    let html = html
        .replace("<li>\u{2611} ", "<li class=\"task\">\u{2611} ")
        .replace("<li>\u{2610} ", "<li class=\"task\">\u{2610} ");
    html.replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
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

/// Keeps what a question needs and nothing that runs, fetches or hides.
pub(super) static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
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
