//! A summary for a job's page.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Format, Report, RuleText};
use crate::model::finding::{Finding, Level};
use crate::output::findings::place;
use crate::output::terminal::clean_line;

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    help: "A summary for a job's page",
    for_people: false,
    write,
};

/// Rows of findings that a summary holds; pages of jobs are limited in size.
const MOST_ROWS: usize = 200;

fn write(report: &Report<'_>) -> String {
    let open = report.open_findings();
    let failed = open.iter().any(|finding| finding.level == Level::Error);
    let sign = match (failed, open.is_empty()) {
        (true, _) => "❌",
        (false, false) => "⚠️",
        (false, true) => "✅",
    };
    let mut out = format!(
        "## {sign} intervy {}\n\n{}.\n",
        report.subject.command(),
        report.tally()
    );
    if open.is_empty() {
        return out;
    }
    out.push_str("\n| findings | rule | what it means |\n| ---: | --- | --- |\n");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &open {
        *counts.entry(finding.rule).or_default() += 1;
    }
    for (rule, count) in counts {
        let known = report.rules.iter().find(|known| known.name == rule);
        let summary = known.map_or("", |rule: &RuleText| rule.summary.as_str());
        let _ = writeln!(out, "| {count} | `{rule}` | {} |", prose(summary));
    }
    out.push_str("\n| place | | finding |\n| --- | --- | --- |\n");
    for finding in open.iter().take(MOST_ROWS) {
        let _ = writeln!(out, "{}", row(finding));
    }
    if open.len() > MOST_ROWS {
        let _ = writeln!(out, "\n… and {} more.", open.len() - MOST_ROWS);
    }
    out
}

fn row(finding: &Finding) -> String {
    let mut text = prose(&finding.message);
    if let Some(hint) = &finding.hint {
        let _ = write!(text, "<br>{}", prose(hint));
    }
    let place = code(&place(finding));
    format!("| {place} | {} | {text} |", finding.level.name())
}

/// A message: what stands between backticks as code, the rest as plain text.
fn prose(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let shown = pieces.iter().enumerate().map(|(index, piece)| {
        if index % 2 == 0 || piece.trim().is_empty() {
            escaped(piece)
        } else {
            code(piece)
        }
    });
    shown.collect()
}

/// Text of a bank as plain text in a table: no markup, no link, no mention, no cell of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in clean_line(text).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An entity is never the sign of a mention, an issue or an address.
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            ':' => out.push_str("&#58;"),
            '|' | '\\' | '*' | '_' | '[' | ']' | '(' | ')' | '!' | '~' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            '`' => out.push_str("&#96;"),
            _ => out.push(letter),
        }
    }
    out
}

fn code(text: &str) -> String {
    let text = clean_line(text).replace('`', "'").replace('|', "\\|");
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_names_are_code() {
        assert_eq!(prose("no `a|b` in [x]"), "no `a\\|b` in \\[x\\]");
        assert_eq!(prose("an odd ` mark"), "an odd &#96; mark");
    }

    #[test]
    fn text_of_a_bank_stays_text() {
        assert_eq!(
            escaped("<img> [x](https://e) | @ana `c`\n# y"),
            "&lt;img&gt; \\[x\\]\\(https&#58;//e\\) \\| &#64;ana &#96;c&#96; &#35; y"
        );
    }
}
