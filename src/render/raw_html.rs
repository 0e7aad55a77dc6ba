//! Raw HTML in a question's text, kept from swallowing what follows it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::html::{Fate, fate, tags};

/// Elements whose content is no text for a parser of HTML, or that end what is around them: open, they change all
/// that follows.
const SWALLOWING: [&str; 18] = [
    "body", "button", "form", "frame", "head", "html", "iframe", "math", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title",
];

/// What is done with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Treatment {
    /// The cleaner decides.
    Keep,
    /// There is no such element: `Map<Integer>` is a type, and shown as it is written.
    Show,
    /// It would swallow what follows.
    Drop,
}

/// The events with tags that are none as text, and without those that would swallow what follows; these are named in
/// `dropped`.
pub(super) fn contained<'t>(events: Vec<Event<'t>>, dropped: &mut Vec<String>) -> Vec<Event<'t>> {
    let treatments = treatments(&events);
    let mut out = Vec::with_capacity(events.len());
    let mut block: Option<String> = None;
    for (event, treatment) in events.into_iter().zip(treatments) {
        match (event, treatment) {
            (Event::Start(Tag::HtmlBlock), _) => {
                block = Some(String::new());
                out.push(Event::Start(Tag::HtmlBlock));
            }
            (Event::End(TagEnd::HtmlBlock), _) => {
                let html = block.take().unwrap_or_default();
                out.push(Event::Html(mended(&html, dropped).into()));
                out.push(Event::End(TagEnd::HtmlBlock));
            }
            (Event::Html(piece), _) => match &mut block {
                Some(block) => block.push_str(&piece),
                None => out.push(Event::Html(mended(&piece, dropped).into())),
            },
            (Event::InlineHtml(piece), Treatment::Show) => out.push(Event::Text(piece)),
            (Event::InlineHtml(piece), Treatment::Drop) => dropped.push(piece.into_string()),
            (event, _) => out.push(event),
        }
    }
    out
}

/// What is done with each tag within a line; all other events are kept.
fn treatments(events: &[Event<'_>]) -> Vec<Treatment> {
    let mut all = vec![Treatment::Keep; events.len()];
    // Elements that are closed later in the same block.
    let mut closed: Vec<String> = Vec::new();
    for (event, treatment) in events.iter().zip(&mut all).rev() {
        match event {
            Event::InlineHtml(piece) => {
                let Some(tag) = tags(piece, 0).next() else {
                    continue;
                };
                let name = tag.name.to_ascii_lowercase();
                *treatment = of(&name, tag.closing, closed.contains(&name));
                if tag.closing {
                    closed.push(name);
                }
            }
            Event::End(end) if !is_within_a_line(*end) => closed.clear(),
            _ => {}
        }
    }
    all
}

fn is_within_a_line(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn of(name: &str, closing: bool, is_closed: bool) -> Treatment {
    if !name.is_empty() && fate(name) == Fate::Unknown {
        return Treatment::Show;
    }
    // Only images of Markdown are inlined.
    if name == "img" {
        return Treatment::Drop;
    }
    if !closing && !is_closed && SWALLOWING.contains(&name) {
        return Treatment::Drop;
    }
    Treatment::Keep
}

/// A block of HTML, the same way; what is cut off in the middle of a tag or a comment is dropped.
fn mended(html: &str, dropped: &mut Vec<String>) -> String {
    let mut edits: Vec<(Range<usize>, Treatment)> = Vec::new();
    let mut closed: Vec<String> = Vec::new();
    let found: Vec<_> = tags(html, 0).collect();
    for tag in found.iter().rev() {
        let name = tag.name.to_ascii_lowercase();
        let range = tag.span.start..tag.span.end;
        let treatment = if html[range.clone()].ends_with('>') && !ends_in_quotes(tag.rest) {
            of(&name, tag.closing, closed.contains(&name))
        } else {
            Treatment::Drop
        };
        if tag.closing {
            closed.push(name);
        }
        edits.push((range, treatment));
    }
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (range, treatment) in edits.into_iter().rev() {
        out.push_str(&html[at..range.start]);
        at = range.end;
        let tag = &html[range];
        match treatment {
            Treatment::Keep => out.push_str(tag),
            Treatment::Show => out.push_str(&ammonia::clean_text(tag)),
            Treatment::Drop => dropped.push(tag.to_owned()),
        }
    }
    let rest = &html[at..];
    match rest.rfind("<!--") {
        Some(open) if !rest[open..].contains("-->") => out.push_str(&rest[..open]),
        _ => out.push_str(rest),
    }
    out
}

/// Whether the attributes of a tag end within quotes, so that it goes on behind its `>`.
fn ends_in_quotes(rest: &str) -> bool {
    let mut open = None;
    let mut before = ' ';
    for letter in rest.chars() {
        match open {
            Some(quote) if letter == quote => open = None,
            None if matches!(letter, '"' | '\'') && before == '=' => open = Some(letter),
            _ => {}
        }
        if !letter.is_whitespace() {
            before = letter;
        }
    }
    open.is_some()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Parser, html};

    use super::*;
    use crate::model::markdown;
    use crate::render::html::CLEANER;

    fn shown(text: &str) -> (String, Vec<String>) {
        let mut dropped = Vec::new();
        let events = Parser::new_ext(text, markdown::dialect()).collect();
        let mut out = String::new();
        html::push_html(&mut out, contained(events, &mut dropped).into_iter());
        (CLEANER.clean(&out).to_string().trim().to_owned(), dropped)
    }

    #[test]
    fn nothing_swallows_what_follows_it() {
        for open in [
            "<script>",
            "<style>",
            "<textarea>",
            "<title>",
            "<iframe>",
            "<noscript>",
            "<select>",
            "<svg>",
            "<math>",
            "<template>",
            "<object>",
            "<script src=x>",
        ] {
            for text in [
                format!("one {open} two\n\nTHREE"),
                format!("- one {open}\n- two\n\nTHREE"),
                format!("|a|b|\n|-|-|\n|{open}|THREE|"),
                format!("one\n: two {open}\n\nthree\n: THREE"),
                format!("**{open}** two\n\nTHREE"),
                format!("<div>{open}</div>\n\nTHREE"),
            ] {
                let (html, dropped) = shown(&text);
                assert!(html.contains("THREE"), "{text}: {html}");
                assert!(!html.contains("&lt;/p&gt;"), "{text}: {html}");
                assert_eq!(dropped, [open], "{text}");
            }
        }
        for (text, kept) in [
            ("<div title=\"x\n\nTHREE", true),
            ("<a title=\"x>y\n\nTHREE", true),
            ("<div>\n<!-- x\n</div>", false),
        ] {
            let (html, _) = shown(text);
            assert_eq!(html.contains("THREE"), kept, "{text}: {html}");
        }
    }

    #[test]
    fn what_html_does_not_know_is_text() {
        for (text, expected) in [
            ("a List<String> b", "<p>a List&lt;String&gt; b</p>"),
            ("Map<K, V> c", "<p>Map&lt;K, V&gt; c</p>"),
            ("<T>\n\nb", "&lt;T&gt;\n<p>b</p>"),
            ("x <plaintext> y", "<p>x &lt;plaintext&gt; y</p>"),
            ("<b>x</b> <kbd>y</kbd>", "<p><b>x</b> <kbd>y</kbd></p>"),
            ("a <script>b</script> c", "<p>a  c</p>"),
        ] {
            assert_eq!(shown(text), (expected.to_owned(), Vec::new()), "{text}");
        }
    }
}
