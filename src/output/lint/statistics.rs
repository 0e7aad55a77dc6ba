//! How many findings each rule has.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Report, json_text};
use crate::output::findings::level_style;
use crate::output::terminal::{SOFT, styled};

/// A line a rule that has findings, the most first.
#[must_use]
pub fn text(report: &Report<'_>) -> String {
    let mut out = String::new();
    for row in rows(report) {
        let level = styled(level_style(row.level), format!("{:<7}", row.level.name()));
        let fixable = match row.fixable {
            0 => String::new(),
            count => styled(SOFT, format!("  {count} fixable")),
        };
        let _ = writeln!(out, "{:>6}  {level}  {}{fixable}", row.count, row.rule);
    }
    out
}

/// The same as a JSON array.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let rows: Vec<serde_json::Value> = rows(report)
        .iter()
        .map(|row| {
            serde_json::json!({
                "rule": row.rule,
                "level": row.level.name(),
                "count": row.count,
                "fixable": row.fixable,
            })
        })
        .collect();
    json_text(&rows, true) + "\n"
}

struct Row<'r> {
    rule: &'r str,
    level: crate::model::finding::Level,
    count: usize,
    fixable: usize,
}

fn rows<'r>(report: &'r Report<'_>) -> Vec<Row<'r>> {
    let mut rows: BTreeMap<(&str, crate::model::finding::Level), (usize, usize)> = BTreeMap::new();
    for finding in report.open_findings() {
        let row = rows.entry((finding.rule, finding.level)).or_default();
        row.0 += 1;
        row.1 += usize::from(finding.fix.is_some());
    }
    let row = |((rule, level), (count, fixable))| Row {
        rule,
        level,
        count,
        fixable,
    };
    let mut rows: Vec<Row<'_>> = rows.into_iter().map(row).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.count), row.rule));
    rows
}
