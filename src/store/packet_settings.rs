//! `[packet]` of intervy.toml: how documents look.

use crate::model::colour::{Colour, NIGHT, READABLE, WHITE};
use crate::model::config::PacketSettings;
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::source::Spanned;
use crate::store::document::Node;
use crate::store::document::decode::{self, Fields, Problems};

/// Reads the table.
pub(super) fn read(node: &Node<'_>, problems: &mut Problems) -> PacketSettings {
    let mut fields = Fields::new(node, "`[packet]`", node.span, problems);
    let logo = fields.optional("logo", problems, decode::text);
    let colour = fields.optional("colour", problems, decode::text);
    let colour_dark = fields.optional("colour_dark", problems, decode::text);
    let paper = fields.optional("paper", problems, decode::word);
    let language = fields.optional("language", problems, decode::text);
    fields.finish(problems);
    let language = language.filter(|language| is_tag(language, problems));
    PacketSettings {
        logo: logo.map(|logo| logo.value),
        colour: colour.and_then(|colour| readable(colour, WHITE, "white", problems)),
        colour_dark: colour_dark
            .and_then(|colour| readable(colour, NIGHT, "the dark background", problems)),
        paper: paper.map(|paper| paper.value),
        language: language.map(|language| language.value),
    }
}

/// A colour that text can have on a background.
fn readable(
    colour: Spanned<String>,
    background: Colour,
    named: &str,
    problems: &mut Problems,
) -> Option<String> {
    let Some(read) = Colour::read(&colour.value) else {
        let message = "a colour is `#` and six hexadecimal digits".to_owned();
        problems.report(INVALID_VALUE, colour.span, message, "write `#1d4f91`");
        return None;
    };
    let contrast = read.contrast(background);
    if contrast < READABLE {
        let message = format!(
            "this colour cannot be read on {named}: a contrast of {contrast:.1} to 1, where {READABLE} is the least"
        );
        let hint = if background == WHITE {
            "take a darker one"
        } else {
            "take a lighter one"
        };
        problems.report(INVALID_VALUE, colour.span, message, hint);
        return None;
    }
    Some(colour.value)
}

/// Whether a word can be the tag of a language, and so the name of a file.
pub(super) fn is_tag(tag: &Spanned<String>, problems: &mut Problems) -> bool {
    let good = is_language_tag(&tag.value);
    if !good {
        let message = "a language is a tag of letters, digits and `-`".to_owned();
        problems.report(
            INVALID_VALUE,
            tag.span,
            message,
            "write `en`, `de` or `pt-BR`",
        );
    }
    good
}

/// Whether a word is shaped as the tag of a language (`en`, `pt-BR`).
#[must_use]
pub fn is_language_tag(word: &str) -> bool {
    (2..=35).contains(&word.len())
        && word.split('-').all(|part| {
            (1..=8).contains(&part.len())
                && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
        })
        && word.starts_with(|letter: char| letter.is_ascii_alphabetic())
}
