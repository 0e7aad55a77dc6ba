//! How wide a text is drawn, before anyone knows with which letters.

use unicode_width::UnicodeWidthChar;

/// Hundredths of the size of the letters, as in the wide fonts among those that pages ask for.
fn hundredths(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 34,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 100,
        'A'..='Z' => 72,
        _ if letter.is_ascii() => 63,
        _ => match letter.width() {
            None | Some(0) => 0,
            Some(1) => 68,
            Some(_) => 105,
        },
    }
}

/// About how wide a text is, rather too much than too little.
pub(super) fn width(text: &str, size: i32) -> i32 {
    let sum = text
        .chars()
        .fold(0, |sum: i32, letter| sum.saturating_add(hundredths(letter)));
    sum.saturating_mul(size) / 100
}

/// The widest of several texts.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a String>, size: i32) -> i32 {
    texts
        .into_iter()
        .map(|text| width(text, size))
        .max()
        .unwrap_or(0)
}

/// The beginning of a text that is no wider than `room`, with `…` where something is left out.
pub(super) fn cut(text: &str, size: i32, room: i32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = (room - width("…", size)).saturating_mul(100) / size.max(1);
    let kept: String = text
        .chars()
        .take_while(|letter| {
            left -= hundredths(*letter);
            left >= 0
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_is_cut() {
        assert_eq!(cut("short", 10, 40), "short");
        let long = cut("a very long name of a person", 10, 60);
        assert!(long.ends_with('…') && width(&long, 10) <= 60, "{long}");
        assert_eq!(cut("漢字漢字漢字", 10, 40), "漢字…");
        assert_eq!(cut("abc", 10, 0), "…");
    }
}
