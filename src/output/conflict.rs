//! Why there is no screen, for a terminal.

use std::fmt::Write;

use crate::model::assembly::Impossible;
use crate::output::terminal::{ACCENT, ERROR, clean_line, styled};

/// What was asked for, why it cannot be, and what could.
#[must_use]
pub fn text(found: &Impossible) -> String {
    let mut out = String::new();
    let headline = &found.headline;
    let _ = writeln!(out, "{}: {headline}", styled(ERROR, "error"));
    match found.wishes.len() {
        0 => {}
        1 => out.push_str("  this cannot be had:\n"),
        _ => out.push_str("  these cannot all be had:\n"),
    }
    for wish in &found.wishes {
        let _ = writeln!(out, "    - {}", clean_line(wish));
    }
    if !found.is_minimal {
        out.push_str("    (the search for what matters ended early: some may not)\n");
    }
    if let Some((questions, categories)) = found.available {
        let _ = writeln!(
            out,
            "  available: {} in {}",
            plural(questions, "active question", "active questions"),
            plural(categories, "category", "categories")
        );
    }
    for way in &found.ways {
        let _ = writeln!(out, "  {}: {}", styled(ACCENT, "nearest"), clean_line(way));
    }
    if found.ways.is_empty() && found.available.is_some() && found.is_minimal {
        out.push_str("  no single change would do: something else is in the way, too\n");
    }
    out
}

fn plural(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
