//! A candidate's `retention.toml`: how long the folder stays, and whether it is held.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::Interviews;
use super::listing::RETENTION_FILE;
use crate::model::config::SCHEMA;
use crate::model::finding::Finding;
use crate::model::retention::{Hold, Release, Retention};
use crate::model::source::{Source, Span};
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Syntax};
use crate::store::files::{Files, MAX_FILE_BYTES, unreadable};
use crate::store::write;

/// Where that is said.
#[must_use]
pub fn path(interviews: &Interviews, candidate: &str) -> PathBuf {
    interviews.of_candidate(candidate).join(RETENTION_FILE)
}

/// Reads how long a candidate's folder stays; without a file nothing is said.
///
/// # Errors
/// What is wrong with the file.
pub fn read(interviews: &Interviews, candidate: &str) -> Result<Retention, Vec<Finding>> {
    let file = path(interviews, candidate);
    if let Err(error) = file.symlink_metadata()
        && error.kind() == io::ErrorKind::NotFound
    {
        return Ok(Retention::default());
    }
    let files = Files::disk(interviews.root());
    let path = format!("{candidate}/{RETENTION_FILE}");
    let shown = files.show(&path);
    let bytes = files.read_bytes(&path, MAX_FILE_BYTES);
    let text = bytes.and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| "this is no text in UTF-8".to_owned())
    });
    let text = text.map_err(|why| vec![unreadable(&shown, &why, "")])?;
    let source = Source::new(shown, text);
    let mut problems = Problems::new(&source);
    let retention = parse(&source, &mut problems);
    if problems.any_error() {
        return Err(problems.into_findings());
    }
    Ok(retention)
}

fn parse(source: &Arc<Source>, problems: &mut Problems) -> Retention {
    let whole = Span::new(0, source.text().len());
    let root = document::parse(source.text(), whole, Syntax::Toml, Limits::FILE, problems);
    if problems.any_error() {
        return Retention::default();
    }
    let mut fields = Fields::new(&root, "the retention", Span::default(), problems);
    fields.required("schema", problems, |value| {
        decode::number(SCHEMA, SCHEMA)(value)
            .map_err(|_| Wrong::must_be(format!("{SCHEMA}, the version that this program reads")))
    });
    let until = fields.optional("retain_until", problems, decode::date);
    let held = fields.node("hold").and_then(|node| hold(node, problems));
    let released = fields.tables("released", problems).iter();
    let released = released
        .filter_map(|node| release(node, problems))
        .collect();
    fields.finish(problems);
    Retention {
        until: until.map(|until| until.value),
        hold: held,
        released,
    }
}

fn hold(node: &Node<'_>, problems: &mut Problems) -> Option<Hold> {
    let mut fields = Fields::new(node, "`hold`", node.span, problems);
    let since = fields.required("since", problems, decode::moment);
    let reason = fields.required("reason", problems, decode::text);
    fields.finish(problems);
    Some(Hold {
        since: since?.value,
        reason: reason?.value,
    })
}

fn release(node: &Node<'_>, problems: &mut Problems) -> Option<Release> {
    let mut fields = Fields::new(node, "a release", node.span, problems);
    let at = fields.required("at", problems, decode::moment);
    let reason = fields.required("reason", problems, decode::text);
    let held = fields.node("hold").and_then(|node| hold(node, problems));
    fields.finish(problems);
    Some(Release {
        at: at?.value,
        reason: reason?.value,
        hold: held?,
    })
}

#[derive(Serialize)]
struct RetentionFile<'r> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    retain_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<HoldFile<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    released: Vec<ReleaseFile<'r>>,
}

#[derive(Serialize)]
struct HoldFile<'r> {
    since: String,
    reason: &'r str,
}

#[derive(Serialize)]
struct ReleaseFile<'r> {
    at: String,
    reason: &'r str,
    hold: HoldFile<'r>,
}

impl<'r> HoldFile<'r> {
    fn new(hold: &'r Hold) -> Self {
        Self {
            since: hold.since.to_string(),
            reason: &hold.reason,
        }
    }
}

/// Writes how long a candidate's folder stays, on the disk.
///
/// # Errors
/// When it cannot be written.
pub fn write(interviews: &Interviews, candidate: &str, retention: &Retention) -> io::Result<()> {
    let released = retention.released.iter().map(|release| ReleaseFile {
        at: release.at.to_string(),
        reason: &release.reason,
        hold: HoldFile::new(&release.hold),
    });
    let file = RetentionFile {
        schema: SCHEMA,
        retain_until: retention.until.map(|until| until.to_string()),
        hold: retention.hold.as_ref().map(HoldFile::new),
        released: released.collect(),
    };
    let text = toml::to_string(&file).map_err(io::Error::other)?;
    let path = path(interviews, candidate);
    write::replace(&path, text.as_bytes())
}
