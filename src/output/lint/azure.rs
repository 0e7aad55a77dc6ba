//! Issues of Azure Pipelines.

use std::fmt::Write;

use super::{Format, Report, with_hint};
use crate::output::terminal::clean;

pub(super) const FORMAT: Format = Format {
    name: "azure",
    help: "Issues of Azure Pipelines",
    for_people: false,
    write,
};

fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    for item in report.open() {
        let finding = item.finding;
        let _ = write!(
            out,
            "##vso[task.logissue type={};sourcepath={}",
            finding.level.name(),
            property(&report.path(finding))
        );
        if let Some((start, _)) = finding.location.positions() {
            let _ = write!(
                out,
                ";linenumber={};columnnumber={}",
                start.line, start.column
            );
        }
        let message = data(&with_hint(finding, ": "));
        let _ = writeln!(out, ";code={}]{message}", property(finding.rule));
    }
    out
}

/// The text of a command: nothing in it can end the line or begin another command.
fn data(text: &str) -> String {
    clean(text)
        .replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a command: nothing in it can end the property.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_command() {
        assert_eq!(data("a\n##vso[task.x]b"), "a%0A# #vso[task.x]b");
        assert_eq!(property("a;b]c%"), "a%3Bb%5Dc%AZP25");
    }
}
