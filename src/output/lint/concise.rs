//! One line a finding.

use std::fmt::Write;

use super::{Format, Report};
use crate::model::finding::Finding;
use crate::output::findings::{level_style, place};
use crate::output::terminal::{STRONG, clean_line, styled};

pub(super) const FORMAT: Format = Format {
    name: "concise",
    help: "One line a finding",
    for_people: true,
    write,
};

fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.open_findings() {
        let _ = writeln!(out, "{}", line(finding));
    }
    out
}

/// `path:line:column: level[rule] message`.
pub(super) fn line(finding: &Finding) -> String {
    let level = styled(level_style(finding.level), finding.level.name());
    let place = styled(STRONG, place(finding));
    let message = clean_line(&finding.message);
    format!("{place}: {level}[{}] {message}", finding.rule)
}
