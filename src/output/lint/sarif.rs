//! SARIF 2.1.0, for code scanning.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{Format, Item, Report, RuleText, json_text};
use crate::model::finding::{Fix, Level, Suppression};
use crate::model::source::{Location, Source, Span};

pub(super) const FORMAT: Format = Format {
    name: "sarif",
    help: "SARIF 2.1.0 for code scanning; what is suppressed is in it, marked as such",
    for_people: false,
    write,
};

fn write(report: &Report<'_>) -> String {
    let rules: Vec<Value> = report.rules.iter().map(rule).collect();
    let results: Vec<Value> = report.all().map(|item| result(report, item)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "intervy",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    json_text(&log, true) + "\n"
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

fn rule(rule: &RuleText) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.documentation, "markdown": rule.documentation },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "tags": [rule.group] },
    })
}

fn result(report: &Report<'_>, item: Item<'_>) -> Value {
    let finding = item.finding;
    let mut result = Map::new();
    let mut set = |key: &str, value: Value| result.insert(key.to_owned(), value);
    set("ruleId", json!(finding.rule));
    let index = report
        .rules
        .iter()
        .position(|rule| rule.name == finding.rule);
    if let Some(index) = index {
        set("ruleIndex", json!(index));
    }
    set("level", json!(level(finding.level)));
    let text = match &finding.hint {
        Some(hint) => format!("{}. Hint: {hint}", finding.message),
        None => finding.message.clone(),
    };
    set("message", json!({ "text": text }));
    set("locations", json!([place(report, &finding.location)]));
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| {
            let mut place = place(report, &related.location);
            place["message"] = json!({ "text": related.message });
            place
        })
        .collect();
    if !related.is_empty() {
        set("relatedLocations", json!(related));
    }
    set(
        "partialFingerprints",
        json!({ "intervy/v1": item.fingerprint }),
    );
    if let Some(suppression) = finding.suppressed.as_deref() {
        let suppression = match suppression {
            Suppression::InSource(reason) => json!({ "kind": "inSource", "justification": reason }),
            Suppression::Baseline => {
                json!({ "kind": "external", "justification": "in the baseline" })
            }
        };
        set("suppressions", json!([suppression]));
    } else {
        set("suppressions", json!([]));
    }
    if let Some(fix) = &finding.fix {
        set(
            "fixes",
            json!([self::fix(report, fix, &finding.location.source)]),
        );
    }
    Value::Object(result)
}

fn fix(report: &Report<'_>, fix: &Fix, source: &Source) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(source, edit.span),
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    json!({
        "description": { "text": format!("{} fix", fix.safety.name()) },
        "artifactChanges": [{
            "artifactLocation": artifact(report, source),
            "replacements": replacements,
        }],
    })
}

fn place(report: &Report<'_>, location: &Location) -> Value {
    let mut physical = json!({
        "artifactLocation": artifact(report, &location.source),
    });
    if let Some(span) = location.span {
        physical["region"] = region(&location.source, span);
    }
    json!({ "physicalLocation": physical })
}

fn artifact(report: &Report<'_>, source: &Source) -> Value {
    let path = report.paths.from_root(&source.path);
    if path.starts_with('/') || path.starts_with("..") {
        return json!({ "uri": uri(&path) });
    }
    json!({ "uri": uri(&path), "uriBaseId": "%SRCROOT%" })
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.position(span.start), source.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A relative path as a URI reference.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(
            uri("questions/a b/größe%:x.md"),
            "questions/a%20b/gr%C3%B6%C3%9Fe%25%3Ax.md"
        );
    }
}
