//! What a terminal may be shown: styles, and bank text without anything that could steer it.

use std::fmt::Write;

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
    let safe = |letter: char| {
        matches!(letter, '\n' | '\t')
            || !(letter.is_control() || reorders(letter) || is_unseen(letter))
    };
    if text.chars().all(safe) {
        return without_commands(text.to_owned());
    }
    let cleaned: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|letter| match letter {
            _ if safe(letter) => letter,
            '\u{0}'..='\u{1f}' => {
                // Control pictures: U+2400 shows NUL, and so on.
                char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}')
            }
            _ => '\u{fffd}',
        })
        .collect();
    without_commands(cleaned)
}

/// Logs of GitHub Actions and Azure Pipelines take `##[…]` and `##vso[…]` for commands wherever they
/// stand in a line; a blank makes them text.
fn without_commands(text: String) -> String {
    const COMMANDS: [&str; 2] = ["##[", "##vso["];
    if !text.contains("##") {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some(at) = rest.find("##") {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let is_command = |command: &str| {
            let start = here.get(..command.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(command))
        };
        out.push_str(if COMMANDS.iter().any(|command| is_command(command)) {
            "# "
        } else {
            "#"
        });
        rest = &here[1..];
    }
    out.push_str(rest);
    out
}

/// JSON with the same meaning in which control characters and those that reorder text are written as
/// escapes. Only strings can hold such characters.
#[must_use]
pub fn escaped_json(text: &str) -> String {
    // Build logs look for `##[` and `##vso[` everywhere; an escape hides them and means the same.
    let text = &text.replace("##", "#\\u0023");
    let unsafe_here = |letter: char| letter != '\n' && (letter.is_control() || reorders(letter));
    if !text.chars().any(unsafe_here) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 32);
    for letter in text.chars() {
        if unsafe_here(letter) {
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

/// [`clean`] for text that must stay on one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).replace(['\n', '\t'], " ")
}

/// Whether a character takes no room and has no use in any script: what stands beside it would not show.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
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

/// The first `width` columns of a line, with `…` where something is left out.
#[must_use]
pub fn cut(line: &str, width: usize) -> String {
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
    if line.width() <= width {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for letter in line.chars() {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(letter);
    }
    out.push('…');
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
    fn nothing_that_commands_a_build_log_gets_through() {
        assert_eq!(
            clean("a ##[warning]b ##VSO[task.x] ###[c ## [d]"),
            "a # #[warning]b # #VSO[task.x] ## #[c ## [d]"
        );
    }

    #[test]
    fn json_keeps_its_meaning() {
        let hostile = "a\u{9b}b\u{202e}c";
        let text = serde_json::to_string(hostile).unwrap_or_default();
        let escaped = escaped_json(&text);
        assert_eq!(escaped, "\"a\\u009bb\\u202ec\"");
        assert_eq!(
            serde_json::from_str::<String>(&escaped).ok().as_deref(),
            Some(hostile)
        );
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
