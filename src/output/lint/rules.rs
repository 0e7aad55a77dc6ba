//! The rules themselves: the list, one explained, and the page of the documentation.

use std::fmt::Write;

use super::{RuleText, json_text};
use crate::model::finding::Safety;
use crate::output::findings::level_style;
use crate::output::terminal::{ACCENT, SOFT, STRONG, styled, wrapped};

/// Every rule with its level and its sentence, by group.
#[must_use]
pub fn list(rules: &[RuleText], groups: &[&str], width: usize) -> String {
    let longest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for group in groups {
        let _ = writeln!(out, "{}", styled(STRONG, group));
        for rule in rules.iter().filter(|rule| rule.group == *group) {
            let level = styled(level_style(rule.level), format!("{:<7}", rule.level.name()));
            let indent = longest + 13;
            let summary = wrapped(&rule.summary, indent, width.max(indent + 30));
            let _ = writeln!(
                out,
                "  {:<longest$}  {level}  {}",
                rule.name,
                summary.trim_start()
            );
        }
        out.push('\n');
    }
    out.push_str(&styled(SOFT, "`intervy lint --explain RULE` says more.\n"));
    out
}

/// The list for programs.
#[must_use]
pub fn json(rules: &[RuleText]) -> String {
    let rules: Vec<serde_json::Value> = rules
        .iter()
        .map(|rule| {
            serde_json::json!({
                "rule": rule.name,
                "group": rule.group,
                "level": rule.level.name(),
                "fix": rule.fix.map(Safety::name),
                "summary": rule.summary,
                "documentation": rule.documentation,
            })
        })
        .collect();
    json_text(&rules, true) + "\n"
}

/// One rule's documentation.
#[must_use]
pub fn explain(rule: &RuleText) -> String {
    let level = styled(level_style(rule.level), rule.level.name());
    let mut out = format!("{} · {level} · {}", styled(STRONG, rule.name), rule.group);
    if let Some(fix) = rule.fix {
        let _ = write!(out, " · {}", fixes(fix));
    }
    out.push_str("\n\n");
    let mut fence: Option<String> = None;
    for line in body(rule).lines() {
        let ticks = line.chars().take_while(|&letter| letter == '`').count();
        match (&fence, line.strip_prefix("## ")) {
            (Some(open), _) if line == open => fence = None,
            (None, _) if ticks >= 3 => fence = Some("`".repeat(ticks)),
            (None, Some(heading)) => {
                let _ = writeln!(out, "{}", styled(ACCENT, heading));
            }
            (None, None) => {
                let _ = writeln!(out, "{line}");
            }
            (Some(_), _) => {
                let _ = writeln!(out, "{}", format!("    {line}").trim_end());
            }
        }
    }
    out
}

/// The page of the documentation.
#[must_use]
pub fn page(rules: &[RuleText], groups: &[&str]) -> String {
    let mut out = format!(
        "# The rules of `intervy lint`\n\n<!-- Written by `SNAPSHOTS=overwrite cargo test docs` from the rules themselves. -->\n\n{} rules. Levels are those by default; `intervy.toml` changes them per rule and per path, see [linting](lint.md).\n",
        rules.len()
    );
    for group in groups {
        let _ = writeln!(
            out,
            "\n## {group}\n\n| rule | level | fix | |\n| --- | --- | --- | --- |"
        );
        for rule in rules.iter().filter(|rule| rule.group == *group) {
            let fix = rule.fix.map_or("", Safety::name);
            let _ = writeln!(
                out,
                "| [`{0}`](#{0}) | {1} | {fix} | {2} |",
                rule.name,
                rule.level.name(),
                rule.summary.replace('|', "\\|")
            );
        }
    }
    for rule in rules {
        let _ = writeln!(
            out,
            "\n### {}\n\n{}",
            rule.name,
            body(rule).replace("\n## ", "\n#### ").trim_end()
        );
    }
    out
}

/// The documentation after the rule's name.
fn body(rule: &RuleText) -> String {
    let prefix = format!("`{}`: ", rule.name);
    let text = rule.documentation.strip_prefix(&prefix);
    let text = text.unwrap_or(&rule.documentation);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn fixes(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "fixed by --fix",
        Safety::Unsafe => "fixed by --fix --unsafe",
    }
}
