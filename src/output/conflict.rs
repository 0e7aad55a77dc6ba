//! Why there is no screen, for a terminal.

use std::fmt::Write;

use crate::model::assembly::Impossible;
use crate::model::words::counted;
use crate::output::terminal::{ACCENT, ERROR, clean_line, styled};

/// What was asked for, why it cannot be, and what could.
#[must_use]
pub fn text(found: &Impossible) -> String {
    let mut out = String::new();
    let headline = &found.headline;
    let _ = writeln!(out, "{}: {headline}", styled(ERROR, "error"));
    for (place, wishes) in found.conflicts.iter().enumerate() {
        out.push_str(match (place, wishes.len()) {
            (0, 1) => "  this cannot be had:\n",
            (0, _) => "  these cannot all be had:\n",
            (_, 1) => "  and this cannot be had either:\n",
            _ => "  and these cannot all be had either:\n",
        });
        for wish in wishes {
            let _ = writeln!(out, "    - {}", clean_line(wish));
        }
    }
    if !found.is_minimal {
        out.push_str("    (the search for what matters ended early: some may not)\n");
    }
    if let Some((questions, categories)) = found.available {
        let _ = writeln!(
            out,
            "  available: {} in {}",
            counted(questions, "active question", "active questions"),
            counted(categories, "category", "categories")
        );
    }
    for way in &found.ways {
        let _ = writeln!(out, "  {}: {}", styled(ACCENT, "nearest"), clean_line(way));
    }
    if found.ways.is_empty() && found.conflicts.len() == 1 && found.is_minimal {
        out.push_str("  no change of a single condition would do\n");
    }
    out
}
