//! Findings as JSON, one a line.

use super::json::entry;
use super::{Format, Report, json_text};

pub(super) const FORMAT: Format = Format {
    name: "json-lines",
    help: "One JSON object a line, in the shape of json",
    for_people: false,
    write,
};

fn write(report: &Report<'_>) -> String {
    let lines = report
        .open()
        .map(|item| json_text(&entry(item.finding), false) + "\n");
    lines.collect()
}
