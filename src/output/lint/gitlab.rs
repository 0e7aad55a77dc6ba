//! A Code Quality report of GitLab.

use serde::Serialize;

use super::{Format, Report, json_text, with_hint};
use crate::model::finding::Level;

pub(super) const FORMAT: Format = Format {
    name: "gitlab",
    help: "A Code Quality report of GitLab",
    for_people: false,
    write,
};

#[derive(Serialize)]
struct Degradation<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: &'r str,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn write(report: &Report<'_>) -> String {
    let entries: Vec<Degradation<'_>> = report
        .open()
        .map(|item| {
            let positions = item.finding.location.positions();
            let (begin, end) = positions.map_or((1, 1), |(start, end)| (start.line, end.line));
            Degradation {
                description: with_hint(item.finding, ": "),
                check_name: item.finding.rule,
                fingerprint: item.fingerprint,
                severity: match item.finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                },
                location: Place {
                    path: report.path(item.finding),
                    lines: Lines { begin, end },
                },
            }
        })
        .collect();
    json_text(&entries, true) + "\n"
}
