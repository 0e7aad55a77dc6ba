//! A folder of earlier interviews: the screens and scorecards below it, read for what was asked.
//!
//! Only what a history needs is read, so that a file that is wrong elsewhere still counts for the questions
//! that it names.

mod interviews;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;

use self::interviews::{MAX_USES, interviews};
use crate::model::config::SCHEMA;
use crate::model::finding::Finding;
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::history::History;
use crate::model::source::{Location, Source, Span};
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Syntax, Value};
use crate::store::files::{Files, MAX_TOTAL_BYTES, plain, unreadable};
use crate::store::listing::{self, Listed};

const TOML: &str = ".toml";
const JSON: &str = ".json";

/// The most findings about one file that are kept.
const MOST_FINDINGS: usize = 10;

const FEWER: &str = "name a folder with fewer interviews";

/// What a file of the folder says.
enum Record {
    Screen(PlannedScreen),
    Card(Card),
}

/// A pinned screen.
struct PlannedScreen {
    id: String,
    /// The folder that it is in.
    folder: String,
    /// Whom it says it is for.
    candidate: Option<String>,
    /// Whom its place says it is for: `<candidate>/<screen-id>/screen.toml`.
    of_folder: Option<String>,
    date: Option<Date>,
    questions: Vec<String>,
}

/// One interviewer's scorecard.
struct Card {
    screen: String,
    /// The folder that it is in.
    folder: String,
    candidate: Option<String>,
    date: Option<Date>,
    /// Ids of questions, and whether they were asked.
    asked: Vec<(String, bool)>,
}

/// Reads the pinned screens and the scorecards below a folder, whatever its layout, and what is wrong with
/// some of them. Links are not followed. Files that are neither are passed over; so are hand-ordered
/// screens, which say what could be asked and not that it was.
///
/// # Errors
/// When there is no such folder, or it cannot be looked into.
pub fn read(folder: &Path) -> Result<(History, Vec<Finding>), Box<Finding>> {
    let files = Files::disk(folder);
    std::fs::read_dir(folder).map_err(|error| {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "no such folder".to_owned(),
            std::io::ErrorKind::NotADirectory => "this is no folder".to_owned(),
            _ => plain(&error),
        };
        let hint = "name the folder that holds the interviews";
        Box::new(unreadable(&super::files::shown(folder), &message, hint))
    })?;
    let shown = files.show("");
    let (listed, mut findings) = listing::on_disk(folder, &shown, "", &[TOML, JSON]);
    let above = folder.canonicalize().ok();
    let above = above.as_deref().and_then(Path::file_name);
    let above = above.and_then(|name| name.to_str()).unwrap_or("");
    let total = AtomicU64::new(0);
    let read = |file: &Listed| read_file(&files, file, above, &total);
    let read: Vec<(Option<Record>, Vec<Finding>)> = listed.par_iter().map(read).collect();
    let mut records = Vec::new();
    for (record, wrong) in read {
        records.extend(record);
        findings.extend(wrong);
    }
    let (history, is_whole) = interviews(records);
    if !is_whole {
        let message = format!("more than {MAX_USES} questions were asked; the rest is not counted");
        findings.push(unreadable(&shown, &message, FEWER));
    }
    for finding in &mut findings {
        let hint = || "mend it, or move it elsewhere if it is no interview".to_owned();
        finding.hint.get_or_insert_with(hint);
    }
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Ok((history, findings))
}

/// `above` is the name of the folder that `file`'s path is relative to.
fn read_file(
    files: &Files,
    file: &Listed,
    above: &str,
    total: &AtomicU64,
) -> (Option<Record>, Vec<Finding>) {
    let source = match files.read(&file.path) {
        Ok(source) => source,
        Err(finding) => return (None, vec![*finding]),
    };
    let length = source.text().len();
    if total.fetch_add(length as u64, Ordering::Relaxed) + length as u64 > MAX_TOTAL_BYTES {
        let message = format!(
            "the interviews exceed {} MiB",
            MAX_TOTAL_BYTES / (1024 * 1024)
        );
        return (None, vec![unreadable(&source.path, &message, FEWER)]);
    }
    let mut problems = Problems::new(&source);
    let record = read_record(&source, file, above, &mut problems);
    let mut findings = problems.into_findings();
    if findings.len() > MOST_FINDINGS {
        let left_out = findings.len() - MOST_FINDINGS;
        findings.truncate(MOST_FINDINGS);
        let end = Location::at(&source, Span::new(length, length));
        let message = format!("and {left_out} more problems in this file");
        findings
            .push(Finding::error(INVALID_VALUE, end, message).hint("mend the first ones first"));
    }
    (record, findings)
}

/// `None` for a file that is neither a pinned screen nor a scorecard, or does not say of which screen.
fn read_record(
    source: &Arc<Source>,
    file: &Listed,
    above: &str,
    problems: &mut Problems,
) -> Option<Record> {
    let text = source.text();
    let is_json = text.trim_start().starts_with('{');
    if !is_json && file.path.ends_with(JSON) {
        return None;
    }
    let syntax = if is_json { Syntax::Json } else { Syntax::Toml };
    let mut syntax_problems = Problems::new(source);
    let whole = Span::new(0, text.len());
    let root = document::parse(text, whole, syntax, Limits::FILE, &mut syntax_problems);
    if syntax_problems.any_error() {
        // What is called a screen is one, however little of it is left.
        if file.stem() == "screen" || could_be_one(text) {
            problems.absorb(syntax_problems);
        }
        return None;
    }
    match shape(&root, file.stem())? {
        Shape::Screen => read_screen(&root, file, above, problems).map(Record::Screen),
        Shape::Card => read_card(&root, file, problems).map(Record::Card),
    }
}

/// Whether a text that cannot be read has the words of a pinned screen or a scorecard.
fn could_be_one(text: &str) -> bool {
    text.contains("questions") && (text.contains("schema") || text.contains("interviewer"))
}

enum Shape {
    Screen,
    Card,
}

/// What a file is meant to be, by the fields that it has, and by its name where it was cut off.
fn shape(root: &Node<'_>, stem: &str) -> Option<Shape> {
    let Value::Table(entries) = &root.value else {
        return None;
    };
    let has = |key: &str| entries.iter().any(|entry| entry.key == key);
    // A bank's configuration has a table of that name.
    let screen = entries.iter().find(|entry| entry.key == "screen");
    let names_screen = screen.is_some_and(|entry| !matches!(entry.node.value, Value::Table(_)));
    if names_screen && has("interviewer")
        || has("questions") && (names_screen || has("interviewer"))
    {
        return Some(Shape::Card);
    }
    let is_screen = has("schema") && (has("questions") || has("verdict") || stem == "screen");
    is_screen.then_some(Shape::Screen)
}

fn read_screen(
    root: &Node<'_>,
    file: &Listed,
    above: &str,
    problems: &mut Problems,
) -> Option<PlannedScreen> {
    let mut fields = Fields::new(root, "the screen", Span::default(), problems);
    fields.required("schema", problems, |value| {
        decode::number(SCHEMA, SCHEMA)(value)
            .map_err(|_| Wrong::must_be(format!("{SCHEMA}, the version that this program reads")))
    });
    let id = fields.required("id", problems, decode::text);
    let candidate = fields.optional("candidate", problems, decode::text);
    let date = fields.optional("date", problems, decode::date);
    let nodes = fields.tables("questions", problems);
    if nodes.is_empty() && !problems.any_error() {
        fields.missing("questions", problems);
    }
    let mut questions = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut fields = Fields::new(node, "a question", node.span, problems);
        let id = fields.required("id", problems, decode::text);
        questions.extend(id.map(|id| id.value));
    }
    Some(PlannedScreen {
        id: id?.value,
        folder: file.folder().to_owned(),
        candidate: candidate.map(|candidate| candidate.value),
        of_folder: folder_of_candidate(file, above),
        date: date.map(|date| date.value),
        questions,
    })
}

/// The name of the folder two above a file called `screen`.
fn folder_of_candidate(file: &Listed, above: &str) -> Option<String> {
    if file.stem() != "screen" {
        return None;
    }
    let mut folders = file.folder().rsplit('/');
    folders.next().filter(|own| !own.is_empty())?;
    let name = folders.next().unwrap_or(above);
    (!name.is_empty()).then(|| name.to_owned())
}

fn read_card(root: &Node<'_>, file: &Listed, problems: &mut Problems) -> Option<Card> {
    let mut fields = Fields::new(root, "the scorecard", Span::default(), problems);
    let screen = fields.required("screen", problems, decode::text);
    fields.required("interviewer", problems, decode::text);
    let candidate = fields.optional("candidate", problems, decode::text);
    let date = fields.optional("date", problems, decode::date);
    let mut asked = Vec::new();
    for node in fields.tables("questions", problems) {
        let mut fields = Fields::new(node, "a question", node.span, problems);
        let id = fields.required("id", problems, decode::text);
        let was = fields.optional("asked", problems, decode::yes_or_no);
        // One that says it wrongly is taken to have been asked, like one that does not say.
        asked.extend(id.map(|id| (id.value, was.is_none_or(|was| was.value))));
    }
    Some(Card {
        screen: screen?.value,
        folder: file.folder().to_owned(),
        candidate: candidate.map(|candidate| candidate.value),
        date: date.map(|date| date.value),
        asked,
    })
}
