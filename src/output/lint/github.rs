//! Annotations of GitHub Actions.

use std::fmt::Write;

use super::{Format, Report, with_hint};
use crate::output::terminal::clean;

pub(super) const FORMAT: Format = Format {
    name: "github",
    help: "Annotations of GitHub Actions",
    for_people: false,
    write,
};

fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    for item in report.open() {
        let finding = item.finding;
        let _ = write!(
            out,
            "::{} file={}",
            finding.level.name(),
            property(&report.path(finding))
        );
        if let Some((start, end)) = finding.location.positions() {
            let _ = write!(out, ",line={},endLine={}", start.line, end.line);
            // GitHub wants columns only where they are of one line.
            if start.line == end.line {
                let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
            }
        }
        let message = data(&with_hint(finding, "\n"));
        let _ = writeln!(out, ",title={}::{message}", property(finding.rule));
    }
    out
}

/// The text of a command: nothing in it can end the line.
fn data(text: &str) -> String {
    clean(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a command: nothing in it can begin another one.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_command() {
        assert_eq!(data("a\r\n::set-output x%"), "a%0A::set-output x%25");
        assert_eq!(property("a:b,c::d"), "a%3Ab%2Cc%3A%3Ad");
    }
}
