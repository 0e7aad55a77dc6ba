//! Source excerpts for people.

use std::fmt::Write;

use super::{Format, Report, Subject, concise};
use crate::model::finding::Finding;
use crate::output::findings;
use crate::output::terminal::clean_line;

pub(super) const FORMAT: Format = Format {
    name: "text",
    help: "Source excerpts for people",
    for_people: true,
    write,
};

fn write(report: &Report<'_>) -> String {
    match report.subject {
        Subject::Questions => findings::text_within(report.open_findings(), report.width),
        Subject::Scorecards => without_excerpts(&report.open_findings()),
    }
}

fn without_excerpts(findings: &[&Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        let _ = writeln!(out, "{}", concise::line(finding));
        if let Some(hint) = &finding.hint {
            let _ = writeln!(out, "  {}", clean_line(hint));
        }
    }
    out
}
