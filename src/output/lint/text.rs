//! Source excerpts for people.

use super::{Format, Report};
use crate::output::findings;

pub(super) const FORMAT: Format = Format {
    name: "text",
    help: "Source excerpts for people",
    for_people: true,
    write,
};

fn write(report: &Report<'_>) -> String {
    findings::text_within(report.open_findings(), report.width)
}
