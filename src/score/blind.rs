//! Findings about scorecards for those who may not know yet what is in them.

use crate::model::finding::Finding;

/// The words of a scorecard that say nothing of what a candidate was given.
const WORDS: [&str; 22] = [
    "schema",
    "screen",
    "screen_hash",
    "candidate",
    "interviewer",
    "date",
    "status",
    "submitted_at",
    "seconds",
    "questions",
    "overall",
    "reveals",
    "revisions",
    "id",
    "hash",
    "asked",
    "score",
    "no_rating",
    "mode",
    "note",
    "scored_at",
    "reason",
];

/// The same finding without what it quotes of the file, and without what could be made of it.
#[must_use]
pub fn blind(mut finding: Finding) -> Finding {
    let span = finding.location.span.unwrap_or_default();
    let marked = finding.location.source.slice(span).trim().to_owned();
    // A quotation with a backtick in it has no end that could be told.
    if marked.contains('`') {
        finding.message = String::from("this cannot be read");
        finding.hint = None;
    }
    finding.message = without(&finding.message, &marked);
    finding.hint = finding.hint.map(|hint| without(&hint, &marked));
    for related in &mut finding.related {
        related.message = without(&related.message, &marked);
    }
    finding.fix = None;
    finding
}

/// A message without quotations of the text that it is about, nor what a parser said of it.
fn without(message: &str, marked: &str) -> String {
    const PARSER: &str = "this is not valid ";
    let message = match message.split_once(": ") {
        Some((said, _)) if said.starts_with(PARSER) => said,
        _ => message,
    };
    let quotes = |piece: &str| {
        let piece = piece.trim_matches('"');
        let marked = marked.trim_matches('"');
        !WORDS.contains(&piece)
            && !marked.is_empty()
            && (marked.contains(piece) || piece.contains(marked))
    };
    let pieces = message.split('`').enumerate();
    let pieces: Vec<&str> = pieces
        .map(|(index, piece)| {
            if index % 2 == 1 && quotes(piece) {
                "…"
            } else {
                piece
            }
        })
        .collect();
    pieces.join("`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finding::reading::INVALID_VALUE;
    use crate::model::source::{Location, Source, Span};

    #[test]
    fn nothing_of_the_file_is_quoted() {
        let source = Source::new("ana.toml", "score = 4x\nschema = 1\n`a`4b`\n");
        let at = |start, end| Location::at(&source, Span::new(start, end));
        for (location, message, blinded) in [
            (
                at(8, 10),
                "`4x` is neither a number nor a quoted text",
                "`…` is neither a number nor a quoted text",
            ),
            (at(8, 10), "write `\"4x\"`", "write `…`"),
            (
                at(8, 10),
                "this is not valid TOML: found 4x",
                "this is not valid TOML",
            ),
            (
                at(8, 10),
                "`score` must be a whole number",
                "`score` must be a whole number",
            ),
            (at(0, 5), "no field `score`", "no field `score`"),
            (
                at(22, 27),
                "`a`4b` is given more than once",
                "this cannot be read",
            ),
        ] {
            let finding = blind(Finding::error(INVALID_VALUE, location, message));
            assert_eq!(finding.message, blinded);
        }
    }
}
