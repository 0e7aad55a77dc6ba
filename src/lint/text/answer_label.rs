//! Labels that say that an answer follows: `Solution:`, `### Hint`, `<summary>Answer</summary>`.

use crate::lint::text::headings;
use crate::model::question::Part;
use crate::model::source::Span;

/// What announces an answer, letters only.
const LABELS: [&str; 35] = [
    "answer",
    "answerkey",
    "answers",
    "correctanswer",
    "exampleanswer",
    "exampleanswers",
    "examplesolution",
    "expectedanswer",
    "expectedanswers",
    "expectedsolution",
    "followups",
    "forinterviewers",
    "fortheinterviewer",
    "goodanswer",
    "hint",
    "hints",
    "idealanswer",
    "interviewernote",
    "interviewernotes",
    "listenfor",
    "lookfor",
    "modelanswer",
    "notetointerviewer",
    "redflags",
    "referenceanswer",
    "rubric",
    "sampleanswer",
    "samplesolution",
    "scoring",
    "solution",
    "solutions",
    "spoiler",
    "strongsignals",
    "thecorrectanswer",
    "tip",
];

/// Sections that the candidate never sees: their names alone on a line announce what follows.
const SECTIONS: [&str; 5] = [
    "followups",
    "redflags",
    "referenceanswer",
    "rubric",
    "strongsignals",
];

/// The longest text that is looked at as a label, in bytes.
const LONGEST: usize = 60;

/// Where each label of a piece of Markdown or HTML stands; `offset` is the piece's place in the file.
pub(in crate::lint) fn labels(text: &str, offset: usize) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    let mut above_is_blank = true;
    text.split_inclusive('\n').filter_map(move |line| {
        let found = label(line, above_is_blank);
        let at = start + offset;
        above_is_blank = line.trim().is_empty();
        start += line.len();
        found.map(|span| span.shifted(at))
    })
}

/// The label that a line begins with.
fn label(line: &str, above_is_blank: bool) -> Option<Span> {
    let lead = Lead::of(line);
    let rest = line.get(lead.length..)?;
    if !rest.starts_with(|first: char| first.is_ascii_alphabetic() || !first.is_ascii()) {
        return None;
    }
    let shown = prefix(rest, LONGEST);
    let end = match ends(shown) {
        Some(end) => end,
        None if shown.len() == rest.len() || shown.contains("-->") => shown.len(),
        None => return None,
    };
    let words = shown.get(..end)?;
    let words = words.split("--").next().unwrap_or(words).trim_end();
    let after = rest.get(words.len()..).unwrap_or("");
    let after = without_brackets(after.trim_start_matches(['*', '_', ' ']));
    let after = after.trim_start_matches(['*', '_', ' ']);
    let colon = after.starts_with([':', '：']);
    let letters = headings::letters(words);
    if LABELS.binary_search(&letters.as_str()).is_err() {
        return None;
    }
    let alone = after
        .trim_matches(['=', '-', '—', '|', ' ', '\n', '\r'])
        .is_empty();
    let names_section = SECTIONS.contains(&letters.as_str());
    let reported = names_section && is_swallowed_heading(line, lead.kind);
    let announced = match lead.kind {
        Kind::Plain | Kind::Item if alone && names_section => true,
        // `Answer: which of them waits?` is what the candidate is asked.
        Kind::Plain | Kind::Item if line.trim_end().ends_with('?') => false,
        Kind::Plain => colon && (above_is_blank || words.starts_with(char::is_uppercase)),
        Kind::Item => colon,
        Kind::Bold => colon || after.trim().is_empty(),
        Kind::Heading | Kind::Html => true,
    };
    // A blank to be filled in is no answer.
    let blank = after.trim_start_matches([':', '：', '*']).trim();
    let to_fill_in =
        !blank.is_empty() && blank.bytes().all(|byte| matches!(byte, b'_' | b'.' | b' '));
    let span = Span::new(lead.length, lead.length + words.len());
    (announced && !to_fill_in && !reported).then_some(span)
}

/// Where a label may end.
fn ends(text: &str) -> Option<usize> {
    const WIDE_COLON: &[u8] = "：".as_bytes();
    let bytes = text.as_bytes();
    bytes.iter().enumerate().position(|(at, byte)| match byte {
        b':' | b'*' | b'_' | b'<' | b'\n' | b'\r' | b'(' | b'#' => true,
        0xef => bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(WIDE_COLON)),
        _ => false,
    })
}

/// A text after the remark in brackets that it begins with: `(short): …`.
fn without_brackets(text: &str) -> &str {
    let close = prefix(text, LONGEST)
        .find(')')
        .filter(|_| text.starts_with('('));
    close
        .and_then(|close| text.get(close + 1..))
        .unwrap_or(text)
}

/// Whether reading has reported the line already, as a heading that begins no section.
fn is_swallowed_heading(line: &str, kind: Kind) -> bool {
    let bare = line.trim();
    let bold = bare.starts_with("**") && bare.trim_end_matches(':').ends_with("**");
    let part = Part::from_heading(bare.trim_start_matches('#'));
    kind == Kind::Heading || (bold && part.is_some())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Item,
    Bold,
    Heading,
    Html,
}

/// What stands before a line's words: markers of lists, quotes and headings, emphasis, tags.
struct Lead {
    length: usize,
    kind: Kind,
}

impl Lead {
    fn of(line: &str) -> Self {
        let bytes = line.as_bytes();
        let mut length = 0;
        let mut kind = Kind::Plain;
        while let Some(byte) = bytes.get(length) {
            match byte {
                b' ' | b'\t' | b'>' | b'|' | b'=' => {}
                b'-' | b'+' => kind = kind.at_least(Kind::Item),
                b'*' | b'_' => kind = kind.at_least(Kind::Bold),
                b'#' => kind = Kind::Heading,
                b'0'..=b'9' | b'.' | b')' if length < LONGEST => kind = kind.at_least(Kind::Item),
                b'<' => {
                    kind = Kind::Html;
                    let rest = line.get(length..).unwrap_or("");
                    if rest.starts_with("<!--") {
                        length += 3;
                    } else {
                        match prefix(rest, 200).find('>') {
                            Some(end) => length += end,
                            None => break,
                        }
                    }
                }
                _ => break,
            }
            length += 1;
        }
        Self { length, kind }
    }
}

impl Kind {
    /// The stronger of two marks.
    fn at_least(self, other: Self) -> Self {
        match (self, other) {
            (Self::Plain, other) | (Self::Item, other @ Self::Bold) => other,
            _ => self,
        }
    }
}

/// The first bytes of a text, without a part of a character.
fn prefix(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let span = labels(text, 0).next()?;
        text.get(span.start..span.end)
    }

    #[test]
    fn labels_are_found() {
        assert!(LABELS.is_sorted());
        for (text, label) in [
            ("Answer: 42", "Answer"),
            ("What?\n\nsolution: none\n", "solution"),
            ("Why?\nExpected answer: both", "Expected answer"),
            ("- **Hint:** look at the log", "Hint"),
            ("> Hint: look", "Hint"),
            ("### Solution\n", "Solution"),
            ("#### Sоlution", "Sоlution"),
            ("**Answer**\n\nx", "Answer"),
            ("__Answer (short)__: x", "Answer"),
            ("<details><summary>Answer</summary>x</details>", "Answer"),
            ("<summary><b>Sample answer</b></summary>", "Sample answer"),
            ("<!-- solution: a lock -->", "solution"),
            ("<!-- answer -->", "answer"),
            ("Reference answer: a lock", "Reference answer"),
            ("1. Answer: a lock", "Answer"),
        ] {
            assert_eq!(found(text), Some(label), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_labels() {
        for text in [
            "Answer the phone: what then?",
            "Answers differ. Why?",
            "The solution: what is wrong with it?",
            "Hints from the optimizer are ignored.",
            "What is the\nanswer: yes or no?",
            "- Answer each of these",
            "Answer: ______",
            "**Reference answer**\n",
            "## Answering machine",
            "| Answer | Cost |",
            "Solution architects ask: why?",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
