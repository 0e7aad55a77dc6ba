//! Markdown of the bank to Markdown without what nobody sees.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::markdown;
use crate::render::html::CLEANER;

/// Markdown again, from the events: comments, unused definitions and HTML that does more than mark
/// a word are gone. `None` when the writer cannot express the events.
pub(super) fn to_markdown(events: &[Event<'_>]) -> Option<String> {
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
pub(super) fn plain_markdown(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

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
