//! Findings as JSON: a frozen shape of its own.

use serde::Serialize;

use super::{Format, Report, json_text};
use crate::model::finding::Finding;

pub(super) const FORMAT: Format = Format {
    name: "json",
    help: "An array of findings for programs",
    for_people: false,
    write,
};

#[derive(Serialize)]
pub(super) struct Entry<'f> {
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
    fix: Option<&'f str>,
}

/// An array of findings; lines and columns count from 1 and are null for a file as a whole.
fn write(report: &Report<'_>) -> String {
    let entries: Vec<Entry<'_>> = report.open().map(|item| entry(item.finding)).collect();
    let mut text = json_text(&entries, true);
    text.push('\n');
    text
}

pub(super) fn entry(finding: &Finding) -> Entry<'_> {
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
        fixable: finding.fix.is_some(),
        fix: finding.fix.as_ref().map(|fix| fix.safety.name()),
    }
}
