//! What a terminal may be shown: styles, and bank text without anything that could steer it.

use anstyle::{AnsiColor, Style};

/// Bold.
pub const STRONG: Style = Style::new().bold();
/// Dimmed.
pub const SOFT: Style = Style::new().dimmed();
/// For errors.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// For warnings.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// For hints and headings.
pub const ACCENT: Style = AnsiColor::Cyan.on_default().bold();

/// `text` in a style.
pub fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Text of a bank, safe to print: control characters (terminal escapes among them) and characters
/// that reorder what is read become visible stand-ins; line ends and tabs stay.
#[must_use]
pub fn clean(text: &str) -> String {
    let safe =
        |letter: char| matches!(letter, '\n' | '\t') || !(letter.is_control() || reorders(letter));
    if text.chars().all(safe) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n")
        .chars()
        .map(|letter| match letter {
            _ if safe(letter) => letter,
            '\u{0}'..='\u{1f}' => {
                // Control pictures: U+2400 shows NUL, and so on.
                char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}')
            }
            _ => '\u{fffd}',
        })
        .collect()
}

/// [`clean`] for text that must stay on one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).replace(['\n', '\t'], " ")
}

/// Whether a character changes the order in which text is read (Unicode bidirectional controls).
#[must_use]
pub fn reorders(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` broken at blanks into lines of at most `width` columns, each after `indent` blanks.
/// A word longer than a line stays whole.
#[must_use]
pub fn wrapped(text: &str, indent: usize, width: usize) -> String {
    use unicode_width::UnicodeWidthStr;
    let room = width.saturating_sub(indent).max(20);
    let margin = " ".repeat(indent);
    let mut out = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.width();
        if used > 0 && used + 1 + length > room {
            out.push('\n');
            used = 0;
        }
        if used == 0 {
            out.push_str(&margin);
        } else {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{7}\r\nb\rc\u{202e}d\u{7f}\te";
        assert_eq!(
            clean(hostile),
            "a\u{241b}[2J\u{fffd}31m\u{2407}\nb\u{240d}c\u{fffd}d\u{fffd}\te"
        );
        assert_eq!(clean_line("a\nb"), "a b");
    }

    #[test]
    fn wrapping_keeps_to_the_width() {
        let text = "one two three four five six seven eight nine ten";
        let lines = wrapped(text, 4, 24);
        assert!(
            lines
                .lines()
                .all(|line| line.starts_with("    ") && line.len() <= 24)
        );
        assert_eq!(lines.split_whitespace().count(), 10);
    }
}
