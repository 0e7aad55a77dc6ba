//! A baseline as a JSON file.

use std::path::Path;

use serde::Serialize;

use crate::model::baseline::{Baseline, BaselineEntry};
use crate::model::finding::Finding;
use crate::model::finding::reading::{INVALID_VALUE, UNREADABLE_FILE};
use crate::model::source::Span;
use crate::store::document::decode::{self, Fields, Problems};
use crate::store::document::{self, Limits, Node, Syntax, Value};
use crate::store::files;

/// The version of the file's shape.
const VERSION: u32 = 1;

/// The most bytes of a baseline.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a baseline.
///
/// # Errors
/// What is wrong with the file.
pub fn read(path: &Path) -> Result<Baseline, Vec<Finding>> {
    let source = files::read_path_up_to(path, MAX_BYTES).map_err(|finding| vec![*finding])?;
    let mut problems = Problems::new(&source);
    let whole = Span::new(0, source.text().len());
    let mut entries = Vec::new();
    if source.text().trim_start().starts_with('{') {
        let root = document::parse(
            source.text(),
            whole,
            Syntax::Json,
            Limits::LIST,
            &mut problems,
        );
        let mut fields = Fields::new(&root, "the baseline", Span::default(), &mut problems);
        fields.required("version", &mut problems, decode::number(VERSION, VERSION));
        entries = fields
            .tables("findings", &mut problems)
            .iter()
            .filter_map(|node| read_entry(node, &mut problems))
            .collect();
        fields.finish(&mut problems);
    } else {
        let message = "this is no baseline";
        let hint = "`intervy lint --baseline FILE --write-baseline` writes one";
        problems.report(UNREADABLE_FILE, Span::new(0, 0), message, hint);
    }
    let findings = problems.into_findings();
    if findings.is_empty() {
        Ok(Baseline { source, entries })
    } else {
        Err(findings)
    }
}

fn read_entry(node: &Node<'_>, problems: &mut Problems) -> Option<BaselineEntry> {
    if !matches!(node.value, Value::Table(_)) {
        problems.report(
            INVALID_VALUE,
            node.span,
            "an entry must be a table of fields",
            "",
        );
        return None;
    }
    let mut fields = Fields::new(node, "an entry", node.span, problems);
    let path = fields.required("path", problems, decode::text);
    let rule = fields.required("rule", problems, decode::text);
    let fingerprint = fields.required("fingerprint", problems, decode::text);
    let count = fields.required("count", problems, decode::number(1, 1_000_000));
    let message = fields.optional("message", problems, decode::text);
    fields.finish(problems);
    let rule = rule?;
    Some(BaselineEntry {
        span: rule.span,
        rule: rule.value,
        path: path?.value,
        fingerprint: fingerprint?.value,
        count: count?.value,
        message: message.map_or_else(String::new, |message| message.value),
    })
}

#[derive(Serialize)]
struct Written<'e> {
    path: &'e str,
    rule: &'e str,
    message: &'e str,
    count: u32,
    fingerprint: &'e str,
}

/// A baseline's text: an entry a line, so that two branches that change it can be merged.
#[must_use]
pub fn write(entries: &[BaselineEntry]) -> String {
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| {
            let written = Written {
                path: &entry.path,
                rule: &entry.rule,
                message: &entry.message,
                count: entry.count,
                fingerprint: &entry.fingerprint,
            };
            format!(
                "    {}",
                serde_json::to_string(&written).unwrap_or_default()
            )
        })
        .collect();
    let findings = if lines.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{}\n  ]", lines.join(",\n"))
    };
    format!("{{\n  \"version\": {VERSION},\n  \"findings\": {findings}\n}}\n")
}
