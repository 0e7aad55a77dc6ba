//! Findings as JSON: a frozen shape of its own.

use serde::Serialize;

use crate::model::finding::Finding;

#[derive(Serialize)]
struct Entry<'f> {
    rule: &'f str,
    level: &'f str,
    path: &'f str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    message: &'f str,
    hint: Option<&'f str>,
    fixable: bool,
}

/// An array of findings; lines and columns count from 1 and are null for a file as a whole.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json(findings: &[Finding]) -> serde_json::Result<String> {
    let entries: Vec<Entry<'_>> = findings.iter().map(entry).collect();
    let mut text = serde_json::to_string_pretty(&entries)?;
    text.push('\n');
    Ok(text)
}

fn entry(finding: &Finding) -> Entry<'_> {
    let positions = finding.location.positions();
    Entry {
        rule: finding.rule,
        level: finding.level.name(),
        path: &finding.location.source.path,
        line: positions.map(|(start, _)| start.line),
        column: positions.map(|(start, _)| start.column),
        end_line: positions.map(|(_, end)| end.line),
        end_column: positions.map(|(_, end)| end.column),
        message: &finding.message,
        hint: finding.hint.as_deref(),
        fixable: false,
    }
}
