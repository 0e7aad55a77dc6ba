//! Cells of a spreadsheet: a text stays one, and is not run as a formula.

/// OWASP's list of characters that begin a formula, the full-width signs among them.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text as a cell: one that a spreadsheet would run begins with an apostrophe.
#[must_use]
pub fn guarded(text: &str) -> String {
    if text.starts_with(SIGNS) {
        return format!("'{text}");
    }
    text.to_owned()
}

/// The text of a cell, without the apostrophe of [`guarded`].
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(SIGNS) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts_and_come_back() {
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r", "\n=1", "＝1+1", "＋1", "－1", "＠A1",
        ] {
            assert_eq!(guarded(formula), format!("'{formula}"));
            assert_eq!(unguarded(&guarded(formula)), formula);
        }
        for text in ["", "a=1", "'", "'tis", "1-1"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
