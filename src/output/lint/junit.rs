//! A report in the form of `JUnit`: a failed test a finding.

use std::fmt::Write;

use super::{Format, Report, with_hint};
use crate::output::findings::place;
use crate::output::terminal::clean;

pub(super) const FORMAT: Format = Format {
    name: "junit",
    help: "A JUnit report, a failed test a finding",
    for_people: false,
    write,
};

/// Has every attribute that the strictest of the schemas in use asks for. The time of day is
/// midnight, so that the same bank gives the same bytes.
fn write(report: &Report<'_>) -> String {
    let items: Vec<_> = report.open().collect();
    // A suite without a test would be read as a run that did nothing.
    let tests = items.len().max(1);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    let _ = writeln!(
        out,
        "  <testsuite id=\"0\" package=\"intervy\" name=\"intervy {}\" timestamp=\"{}T00:00:00\" hostname=\"localhost\" tests=\"{tests}\" failures=\"{}\" errors=\"0\" time=\"0\">\n    <properties/>",
        report.subject.command(),
        report.today,
        items.len()
    );
    if items.is_empty() {
        let class = report.subject.command().replace(' ', ".");
        let _ = writeln!(
            out,
            "    <testcase name=\"no findings\" classname=\"intervy.{class}\" time=\"0\"/>"
        );
    }
    for item in items {
        let finding = item.finding;
        let name = format!("{} {}", finding.rule, place(finding));
        let _ = writeln!(
            out,
            "    <testcase name=\"{}\" classname=\"{}\" time=\"0\">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
            escaped(&name),
            escaped(&report.path(finding)),
            finding.level.name(),
            escaped(&finding.message),
            escaped(&with_hint(finding, "\n")),
        );
    }
    out.push_str("    <system-out/>\n    <system-err/>\n  </testsuite>\n</testsuites>\n");
    out
}

/// Text as XML, for elements and attributes; what XML cannot hold becomes a stand-in.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_cannot_be_broken() {
        assert_eq!(
            escaped("</failure><x a=\"1\" b='2'>&\u{0}\u{ffff}\n]]>"),
            "&lt;/failure&gt;&lt;x a=&quot;1&quot; b=&apos;2&apos;&gt;&amp;\u{2400}\u{fffd}&#10;]]&gt;"
        );
    }
}
