//! Two texts as a unified diff.

use similar::TextDiff;

use crate::output::terminal::{ACCENT, ERROR, STRONG, clean, styled};
use anstyle::{AnsiColor, Style};

/// For what is added.
const ADDED: Style = AnsiColor::Green.on_default();

/// A unified diff that `git apply` and `patch` take.
#[must_use]
pub fn plain(path: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after)
        .unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

/// The same for a terminal.
#[must_use]
pub fn colored(path: &str, before: &str, after: &str) -> String {
    let mut out = String::new();
    for line in plain(path, before, after).lines() {
        // A blank makes text of what GitHub Actions would take for a command.
        let text = clean(line).replace("::", ": :");
        let style = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => STRONG,
            [b'@', ..] => ACCENT,
            [b'+', ..] => ADDED,
            [b'-', ..] => ERROR,
            _ => Style::new(),
        };
        out.push_str(&styled(style, text));
        out.push('\n');
    }
    out
}
