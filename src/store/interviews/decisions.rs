//! A candidate's `decision.toml`: what people decided, oldest first. Nothing in it is ever changed, only added to.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::Interviews;
use super::listing::DECISION_FILE;
use crate::model::config::SCHEMA;
use crate::model::decision::Decision;
use crate::model::finding::Finding;
use crate::model::source::{Source, Span};
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Syntax};
use crate::store::files::{Files, MAX_FILE_BYTES, unreadable};
use crate::store::write;

/// Where that is said.
#[must_use]
pub fn path(interviews: &Interviews, candidate: &str) -> PathBuf {
    interviews.of_candidate(candidate).join(DECISION_FILE)
}

/// Reads what was decided; without a file nothing was.
///
/// # Errors
/// What is wrong with the file.
pub fn read(interviews: &Interviews, candidate: &str) -> Result<Vec<Decision>, Vec<Finding>> {
    let file = path(interviews, candidate);
    if let Err(error) = file.symlink_metadata()
        && error.kind() == io::ErrorKind::NotFound
    {
        return Ok(Vec::new());
    }
    let files = Files::disk(interviews.root());
    let path = format!("{candidate}/{DECISION_FILE}");
    let shown = files.show(&path);
    let bytes = files.read_bytes(&path, MAX_FILE_BYTES);
    let text = bytes.and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| "this is no text in UTF-8".to_owned())
    });
    let text = text.map_err(|why| vec![unreadable(&shown, &why, "")])?;
    let source = Source::new(shown, text);
    let mut problems = Problems::new(&source);
    let decisions = parse(&source, &mut problems);
    if problems.any_error() {
        return Err(problems.into_findings());
    }
    Ok(decisions)
}

fn parse(source: &Arc<Source>, problems: &mut Problems) -> Vec<Decision> {
    let whole = Span::new(0, source.text().len());
    let root = document::parse(source.text(), whole, Syntax::Toml, Limits::FILE, problems);
    if problems.any_error() {
        return Vec::new();
    }
    let mut fields = Fields::new(&root, "the decisions", Span::default(), problems);
    fields.required("schema", problems, |value| {
        decode::number(SCHEMA, SCHEMA)(value)
            .map_err(|_| Wrong::must_be(format!("{SCHEMA}, the version that this program reads")))
    });
    let decisions = fields.tables("decisions", problems).iter();
    let decisions = decisions
        .filter_map(|node| decision(node, problems))
        .collect();
    fields.finish(problems);
    decisions
}

fn decision(node: &Node<'_>, problems: &mut Problems) -> Option<Decision> {
    let mut fields = Fields::new(node, "a decision", node.span, problems);
    let at = fields.required("at", problems, decode::moment);
    let by = fields.required("by", problems, decode::text);
    let decision = fields.required("decision", problems, decode::text);
    let reason = fields.required("reason", problems, decode::text);
    fields.finish(problems);
    Some(Decision {
        at: at?.value,
        by: by?.value,
        decision: decision?.value,
        reason: reason?.value,
    })
}

#[derive(Serialize)]
struct DecisionFile<'d> {
    schema: u32,
    decisions: Vec<DecisionRow<'d>>,
}

#[derive(Serialize)]
struct DecisionRow<'d> {
    at: String,
    by: &'d str,
    decision: &'d str,
    reason: &'d str,
}

/// Writes what was decided, on the disk.
///
/// # Errors
/// When it cannot be written.
pub fn write(interviews: &Interviews, candidate: &str, decisions: &[Decision]) -> io::Result<()> {
    let rows = decisions.iter().map(|decision| DecisionRow {
        at: decision.at.to_string(),
        by: &decision.by,
        decision: &decision.decision,
        reason: &decision.reason,
    });
    let file = DecisionFile {
        schema: SCHEMA,
        decisions: rows.collect(),
    };
    let text = toml::to_string(&file).map_err(io::Error::other)?;
    if text.len() as u64 > MAX_FILE_BYTES {
        let message = format!("it would be larger than {} KiB", MAX_FILE_BYTES / 1024);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    write::replace(&path(interviews, candidate), text.as_bytes())
}
