//! Where links and images of a question lead, and the words that say so.

use crate::model::source::Span;

/// What a relative destination leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Target {
    /// A path relative to the bank's root; empty for the root itself.
    Inside(String),
    /// Somewhere that is not below the bank's root.
    Outside,
}

/// `folder/path` without `.` and `..`.
pub(in crate::lint) fn resolve(folder: &str, path: &str) -> Target {
    if path.starts_with('/') || path.contains(['\\', '\0']) {
        return Target::Outside;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Outside;
                }
            }
            _ => parts.push(part),
        }
    }
    Target::Inside(parts.join("/"))
}

/// The path from a folder to a file, both relative to the bank's root.
pub(in crate::lint) fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from
        .iter()
        .zip(&to)
        .take_while(|(from, to)| from == to)
        .count();
    let mut out = "../".repeat(from.len() - common);
    out.push_str(&to.get(common..).unwrap_or_default().join("/"));
    out
}

/// The text with its `%20` and the like resolved; as it is where that would be no text.
pub(in crate::lint) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(value.unwrap_or(byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The places of destinations in a body: within a link or an image, or in the definition of its label.
pub(in crate::lint) struct Places<'t> {
    text: &'t str,
    /// Of the definitions, in the order of the file; looked for when first needed.
    definitions: Option<Vec<Span>>,
}

impl<'t> Places<'t> {
    /// The places in the text of a file.
    pub(in crate::lint) fn new(text: &'t str) -> Self {
        Self {
            text,
            definitions: None,
        }
    }

    /// Where the destination of the link or image at `span` is written; the span itself where that cannot be told.
    pub(in crate::lint) fn of(&mut self, span: Span, destination: &str) -> Span {
        let link = self.text.get(span.start..span.end).unwrap_or_default();
        if let Some(at) = link.rfind("](") {
            let start = at + 2;
            let inside = link.get(start..).unwrap_or_default();
            if let Some(found) = inside.find(destination).filter(|_| !destination.is_empty()) {
                let place = start + found;
                return Span::new(place, place + destination.len()).shifted(span.start);
            }
            let end = link.len().saturating_sub(1).max(start);
            return Span::new(start, end).shifted(span.start);
        }
        let text = self.text;
        let definitions = self.definitions.get_or_insert_with(|| definitions(text));
        let written = |place: &&Span| text.get(place.start..place.end) == Some(destination);
        definitions.iter().find(written).copied().unwrap_or(span)
    }
}

/// The most definitions of a file that are looked at: more are not worth the time.
const MAX_DEFINITIONS: usize = 500;

fn definitions(text: &str) -> Vec<Span> {
    let found = text
        .match_indices("]:")
        .take(MAX_DEFINITIONS)
        .map(|(at, _)| {
            let rest = text.get(at + 2..).unwrap_or_default();
            let address = rest.trim_start();
            let (address, end) = match address.strip_prefix('<') {
                Some(bracketed) => (bracketed, bracketed.find(['>', '\n'])),
                None => (address, address.find(char::is_whitespace)),
            };
            let start = text.len() - address.len();
            Span::new(start, start + end.unwrap_or(address.len()))
        });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_bank() {
        let inside = |path: &str| Target::Inside(path.to_owned());
        assert_eq!(
            resolve("questions/db", "./a.md"),
            inside("questions/db/a.md")
        );
        assert_eq!(resolve("questions/db", "../../a//b.md"), inside("a/b.md"));
        assert_eq!(resolve("questions", "../.."), Target::Outside);
        assert_eq!(resolve("questions", "/etc/passwd"), Target::Outside);
        assert_eq!(resolve("", ""), inside(""));
    }

    #[test]
    fn the_way_from_a_folder_to_a_file() {
        assert_eq!(relative("questions/a", "questions/a/x.md"), "x.md");
        assert_eq!(relative("questions/a", "questions/b/x.md"), "../b/x.md");
        assert_eq!(relative("", "x.md"), "x.md");
    }

    #[test]
    fn escapes_are_resolved_where_they_make_text() {
        assert_eq!(decoded("a%20b%c3%9F%zz%"), "a b\u{df}%zz%");
        assert_eq!(decoded("%ff"), "%ff");
        assert_eq!(decoded("%é"), "%é");
    }

    #[test]
    fn a_destination_is_found_in_the_link_or_in_its_definition() {
        let text = "[a.md](a.md#x \"t\") [b][c]\n\n[c]: <b c.md>\n";
        let mut places = Places::new(text);
        assert_eq!(places.of(Span::new(0, 18), "a.md#x"), Span::new(7, 13));
        let second = places.of(Span::new(19, 25), "b c.md");
        assert_eq!(&text[second.start..second.end], "b c.md");
    }
}
