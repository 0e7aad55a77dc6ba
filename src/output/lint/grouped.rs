//! Findings under the file that they are in.

use std::fmt::Write;

use super::{Format, Report};
use crate::output::findings::level_style;
use crate::output::terminal::{SOFT, STRONG, clean_line, styled};

pub(super) const FORMAT: Format = Format {
    name: "grouped",
    help: "Findings under their files",
    for_people: true,
    write,
};

fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    let mut last = None;
    for finding in report.open_findings() {
        let path = finding.location.source.path.as_str();
        if last != Some(path) {
            let blank = if last.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{blank}{}", styled(STRONG, clean_line(path)));
            last = Some(path);
        }
        let place = match finding.location.positions() {
            Some((start, _)) => format!("{}:{}", start.line, start.column),
            None => "-".to_owned(),
        };
        let level = format!("{:<7}", finding.level.name());
        let _ = writeln!(
            out,
            "  {place:>7}  {}  {}  {}",
            styled(level_style(finding.level), level),
            clean_line(&finding.message),
            styled(SOFT, finding.rule),
        );
    }
    out
}
