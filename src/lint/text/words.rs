//! The words of a text.

use crate::model::source::Span;

/// The words of `text` with their byte ranges, which begin at `offset`: letters and digits, with
/// apostrophes and hyphens between them (`don't`, `read-only`).
pub(in crate::lint) fn words(text: &str, offset: usize) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + rest.find(char::is_alphanumeric)?;
        let mut end = start;
        for (index, letter) in text[start..].char_indices() {
            if letter.is_alphanumeric() {
                end = start + index + letter.len_utf8();
            } else if !matches!(letter, '\'' | '’' | '-') || end < start + index {
                break;
            }
        }
        at = end;
        Some((Span::new(start, end).shifted(offset), &text[start..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_hyphens_and_lose_their_marks() {
        let found: Vec<&str> = words("Don't **re-read**, `x = 1`: größer -- no - way'", 0)
            .map(|(_, word)| word)
            .collect();
        assert_eq!(found, ["Don't", "re-read", "x", "1", "größer", "no", "way"]);
    }

    #[test]
    fn places_are_those_of_the_file() {
        let (span, word) = words("  ab", 10).next().unwrap_or_default();
        assert_eq!((span, word), (Span::new(12, 14), "ab"));
    }
}
