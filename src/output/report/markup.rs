//! Texts of strangers as HTML and SVG may hold them.

use pulldown_cmark_escape::escape_html;

use crate::output::terminal::clean_line;

/// One line without control characters, without characters that reorder what is read, and without
/// those that neither XML nor HTML can hold.
pub(super) fn line(text: &str) -> String {
    clean_line(text)
        .chars()
        .map(|letter| match u32::from(letter) {
            0xfdd0..=0xfdef => '\u{fffd}',
            code if code & 0xfffe == 0xfffe => '\u{fffd}',
            _ => letter,
        })
        .collect()
}

/// [`line()`], for the inside of an element or of an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = escape_html(&mut out, &line(text));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            escaped("</title><b a=\"1\">&\u{0}\u{202e}\u{ffff}\u{1fffe}\u{fdd0}\nä"),
            "&lt;/title&gt;&lt;b a=&quot;1&quot;&gt;&amp;\u{2400}\u{fffd}\u{fffd}\u{fffd}\u{fffd} ä"
        );
    }
}
