//! What belongs to a page and not to what it says: style, script, the policy that keeps it shut.

use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::model::vocabulary::{Document, Paper, Vocabulary};
use crate::render::engine::{Engine, TemplateError};
use crate::render::wording::Wording;
use crate::render::writer::in_its_direction;

/// How documents look.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// The size of the paper.
    pub paper: Paper,
    /// Whether letters are larger, on the screen and on paper.
    pub large_print: bool,
    /// The logo, as a `data:` address.
    pub logo: Option<String>,
    /// The accent colour on white, as `#rrggbb`.
    pub colour: Option<String>,
    /// The accent colour on a dark background.
    pub colour_dark: Option<String>,
}

/// What templates see of the page.
#[derive(Debug, Serialize)]
pub(super) struct PageView {
    document: &'static str,
    /// What the document is, in words.
    kind: String,
    title: String,
    lang: String,
    paper: &'static str,
    large_print: bool,
    logo: Option<String>,
    style: String,
    script: Option<String>,
    /// The words that the script shows, as JSON.
    live_words: Option<String>,
}

/// The style sheets, in order; what a candidate sees has the first alone.
const STYLES: [&str; 2] = ["style/page.css", "style/packet.css"];
const SCRIPT: &str = "script/live.js";

impl PageView {
    /// The page of a document. `running` is what stands at the top of every printed page.
    pub(super) fn new(
        engine: &Engine,
        words: &Wording,
        look: &Look,
        document: Document,
        title: &str,
        running: &[&str],
    ) -> Result<Self, TemplateError> {
        let kind = words.text(&format!("document.{}", document.name().replace('-', "_")));
        let live = document == Document::Interviewer;
        let mut style = String::from("\n");
        let styles = if document == Document::Candidate {
            &STYLES[..1]
        } else {
            &STYLES[..]
        };
        for name in styles {
            style.push_str(&engine.source(name)?);
        }
        style.push_str(&own_style(look, document, running));
        let script = live.then(|| engine.source(SCRIPT)).transpose()?;
        Ok(Self {
            document: document.name(),
            kind: kind.to_owned(),
            title: if title.is_empty() {
                kind.to_owned()
            } else {
                format!("{} · {kind}", in_its_direction(title))
            },
            lang: words.tag.clone(),
            paper: look.paper.name(),
            large_print: look.large_print,
            logo: look.logo.clone(),
            style,
            script: script.map(|script| format!("\n{script}")),
            live_words: live.then(|| words.json_of("live")),
        })
    }

    /// The head of a document with its policy: nothing is fetched, nothing is sent, and only this style and this
    /// script count, whatever a template or a question holds.
    ///
    /// # Errors
    /// When the document does not begin as a page does, so that something could stand before the policy.
    pub(super) fn shut(&self, html: &str) -> Result<String, String> {
        let rest = html.trim_start();
        let opened = opening(rest).ok_or(
            "a page begins with `<!DOCTYPE html>`, `<html …>` and `<head>`, with nothing between them",
        )?;
        let (open, rest) = rest.split_at(opened);
        let script = match &self.script {
            Some(script) => format!("script-src '{}'; ", hash(script)),
            None => String::new(),
        };
        let style = hash(&self.style);
        Ok(format!(
            "{open}\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             {script}style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'\">{rest}"
        ))
    }
}

/// The length of `<!DOCTYPE html><html …><head>` at the beginning of a page.
fn opening(html: &str) -> Option<usize> {
    let after = |text: &str, start: &str| {
        let begins = text.get(..start.len())?.eq_ignore_ascii_case(start);
        begins.then_some(start.len())
    };
    let mut at = after(html, "<!doctype html>")?;
    at += blanks(&html[at..]);
    let tag = after(&html[at..], "<html")?;
    let attributes = &html[at + tag..];
    let end = attributes.find('>')?;
    let inside = &attributes[..end];
    if inside.contains('<') || !(inside.is_empty() || inside.starts_with(' ')) {
        return None;
    }
    at += tag + end + 1;
    at += blanks(&html[at..]);
    at += after(&html[at..], "<head>")?;
    Some(at)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// What is not the same in every document: paper, colours, what stands in the margins of printed pages.
fn own_style(look: &Look, document: Document, running: &[&str]) -> String {
    let mut style = String::new();
    let colour = |colour: &Option<String>| colour.clone().filter(|colour| is_colour(colour));
    if let Some(colour) = colour(&look.colour) {
        let _ = writeln!(style, "@media screen {{ :root {{ --accent: {colour}; }} }}");
    }
    if let Some(colour) = colour(&look.colour_dark) {
        let _ = writeln!(
            style,
            "@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {colour}; }} }}"
        );
    }
    let size = match look.paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    let turned = if document == Document::ScoringSheet {
        " landscape"
    } else {
        ""
    };
    let _ = writeln!(style, "@page {{ size: {size}{turned}; }}");
    let running: Vec<&str> = running
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    if !running.is_empty() {
        let text = quoted(&in_its_direction(&running.join(" · ")));
        let _ = writeln!(style, "@page {{ @top-left {{ content: {text}; }} }}");
    }
    style
}

/// Whether a colour is `#rrggbb`.
#[must_use]
pub fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// A text as a string of CSS that cannot end early, nor end the style.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || " .,:;-_·()".contains(letter) || !letter.is_ascii() {
            out.push(letter);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(letter));
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_as_one() {
        let long = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>";
        assert_eq!(opening(&format!("{long}<p>")), Some(long.len()));
        assert_eq!(opening("<!doctype HTML><html><head>"), Some(27));
        for other in [
            "<html><head>",
            "<!DOCTYPE html><script></script><html><head>",
            "<!DOCTYPE html><!-- <html><head> -->",
            "<!DOCTYPE html><html a=<b>><head>",
            "<!DOCTYPE html><htmlx><head>",
            "<!DOCTYPE html><html><body>",
            "",
        ] {
            assert_eq!(opening(other), None, "{other}");
        }
    }

    #[test]
    fn a_string_of_css_holds_no_quote_and_no_tag() {
        let text = quoted("a\"; } </style><b>\\ é\n");
        assert_eq!(
            text,
            "\"a\\22 ; \\7d  \\3c \\2f style\\3e \\3c b\\3e \\5c  é\\a \""
        );
    }
}
