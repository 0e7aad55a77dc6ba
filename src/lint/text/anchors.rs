//! The anchors that a page gives to its headings.

use std::collections::{HashMap, HashSet};

use crate::model::markup::MarkKind;
use crate::model::question::QuestionText;

/// The anchors of a question's file, in lower case: of its headings by the rules of git hosts, and those that raw HTML
/// names.
pub(in crate::lint) fn anchors(text: &QuestionText) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for mark in &text.body().marks {
        let written = text.source.slice(mark.span);
        match mark.kind {
            MarkKind::Heading => {
                let anchor = slug(written);
                let count = counts.entry(anchor.clone()).or_default();
                found.insert(if *count == 0 {
                    anchor
                } else {
                    format!("{anchor}-{count}")
                });
                *count += 1;
            }
            MarkKind::Html => found.extend(named(written)),
            _ => {}
        }
    }
    found
}

/// A heading's anchor: its text in lower case, blanks as hyphens, without other signs.
fn slug(heading: &str) -> String {
    let line = heading.trim().lines().next().unwrap_or_default();
    let line = match line.trim_start_matches('#') {
        // A heading that is underlined has no signs of its own.
        same if same.len() == line.len() => line,
        rest => rest.trim_end().trim_end_matches('#'),
    };
    let mut out = String::with_capacity(line.len());
    let mut rest = line.trim();
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        match letter {
            // Of a link, the text alone counts.
            ']' if rest.starts_with('(') => {
                rest = rest.split_once(')').map_or("", |(_, after)| after);
            }
            ' ' => out.push('-'),
            '-' | '_' => out.push(letter),
            _ if letter.is_alphanumeric() => out.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// The values of `id` and `name` in raw HTML.
fn named(html: &str) -> impl Iterator<Item = String> + '_ {
    let places = ["id=", "name="].into_iter().flat_map(|word| {
        let after = html.match_indices(word).map(move |(at, _)| at + word.len());
        after.filter_map(|at| html.get(at..))
    });
    places.map(|value| {
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(['"', '\'', '>', ' ']).unwrap_or(value.len());
        value.get(..end).unwrap_or_default().to_lowercase()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_git_hosts() {
        for (heading, expected) in [
            ("## Reference answer", "reference-answer"),
            ("## What's `SELECT *` for? ##", "whats-select--for"),
            ("Follow-ups\n----------", "follow-ups"),
            ("### [A link](x.md) & more", "a-link--more"),
            ("# Größe_1", "größe_1"),
            ("# C#", "c"),
        ] {
            assert_eq!(slug(heading), expected, "{heading}");
        }
    }

    #[test]
    fn html_names_anchors_too() {
        let found: Vec<String> = named("<a id=\"X\"></a><a name='y'>").collect();
        assert_eq!(found, ["x", "y"]);
    }
}
