//! One question file to a question, with everything that is wrong with it.

use std::sync::Arc;

use jiff::civil::Date;

use crate::model::finding::reading::{INVALID_VALUE, MISSING_PROMPT, UNREADABLE_FILE};
use crate::model::markup::MarkKind;
use crate::model::question::{
    Body, Incomplete, Matter, Minutes, Provenance, Question, QuestionText,
};
use crate::model::source::{Source, Span, Spanned};
use crate::model::vocabulary::{AskMode, Difficulty, Kind, Status, Vocabulary};
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Value};
use crate::store::files::Files;
use crate::store::front_matter::{self, Split, SplitError};
use crate::store::{body, marks, swallowed};

/// The longest that a question may take, in minutes.
const MAX_MINUTES: u32 = 240;

/// What a question file holds.
#[derive(Debug)]
pub enum Reading {
    /// A question that can be used.
    Usable(Box<Question>),
    /// A question with problems in its front matter.
    Incomplete(Box<Incomplete>),
    /// Nothing that could be read.
    Unreadable,
}

/// Reads a question file; `folder` is the file's folder relative to the bank's root.
#[must_use]
pub fn read(source: &Arc<Source>, folder: &str) -> (Reading, Problems) {
    let mut problems = Problems::new(source);
    let reading = read_into(source, folder, &mut problems);
    (reading, problems)
}

/// Reads the question at a path relative to the bank's root once more; `None` where that is not possible.
#[must_use]
pub fn read_again(files: &Files, path: &str) -> Option<QuestionText> {
    let source = files.read(path).ok()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match read(&source, folder).0 {
        Reading::Usable(question) => Some(question.text),
        Reading::Incomplete(question) => Some(question.text),
        Reading::Unreadable => None,
    }
}

fn read_into(source: &Arc<Source>, folder: &str, problems: &mut Problems) -> Reading {
    let split = match front_matter::split(source.text()) {
        Ok(split) => split,
        Err(error) => {
            report_split(error, problems);
            return Reading::Unreadable;
        }
    };
    let mut body = body::read(source, split.body).unwrap_or_else(|too_deep| {
        problems.report(
            UNREADABLE_FILE,
            Span::new(too_deep.0.start, too_deep.0.start + 1),
            format!(
                "nested deeper than {} levels of lists and quotes",
                body::MAX_DEPTH
            ),
            "flatten it",
        );
        Body::default()
    });
    if body.prompt.is_empty() && !problems.any_error() {
        missing_prompt(&split, &body, problems);
    }
    body.unclosed = swallowed::headings(source, &body, problems);
    allowances(source, &body, problems);
    let fields = read_matter(source, &split, problems);
    let title = fields.title.as_ref();
    let name = title.map_or(split.fence, |title| title.span);
    let id = fields.id.clone();
    let id = id.unwrap_or_else(|| Spanned::new(stem(&source.path), split.fence));
    let text = QuestionText::new(source, folder, id, name, body);
    fields.finish(text, problems.any_error())
}

/// The fields of the front matter so far as they could be read.
struct MatterFields {
    id: Option<Spanned<String>>,
    title: Option<Spanned<String>>,
    category: Option<Spanned<String>>,
    difficulty: Option<Spanned<Difficulty>>,
    minutes: Option<Spanned<Minutes>>,
    kind: Option<Spanned<Kind>>,
    levels: Vec<Spanned<String>>,
    tags: Vec<Spanned<String>>,
    status: Option<Spanned<Status>>,
    group: Option<Spanned<String>>,
    never_with: Vec<Spanned<String>>,
    reviewed: Option<Spanned<Date>>,
    authors: Vec<Spanned<String>>,
    provenance: Provenance,
}

impl MatterFields {
    /// A question that can be used, unless something was wrong or is missing.
    fn finish(self, text: QuestionText, wrong: bool) -> Reading {
        match self {
            Self {
                title: Some(title),
                category: Some(category),
                difficulty: Some(difficulty),
                minutes: Some(minutes),
                ..
            } if !wrong => {
                let matter = Matter {
                    title,
                    category,
                    difficulty,
                    minutes,
                    kind: self.kind.map_or(Kind::Technical, |kind| kind.value),
                    levels: self.levels,
                    tags: self.tags,
                    status: self.status.map_or(Status::Active, |status| status.value),
                    group: self.group,
                    never_with: self.never_with,
                    reviewed: self.reviewed,
                    authors: self.authors,
                    provenance: self.provenance,
                };
                Reading::Usable(Box::new(Question { text, matter }))
            }
            fields => Reading::Incomplete(Box::new(Incomplete {
                text,
                category: fields.category,
                levels: fields.levels,
                never_with: fields.never_with,
                status: fields.status.map(|status| status.value),
            })),
        }
    }
}

/// Rules that the body's comments say it may break.
fn allowances(source: &Source, body: &Body, problems: &mut Problems) {
    for mark in body.marks.iter().filter(|mark| mark.kind == MarkKind::Html) {
        for directive in marks::directives(source, mark.span) {
            let reason = source.slice(directive.reason);
            let rules = source.slice(directive.rule);
            for rule in rules.split(',') {
                let offset = rule.as_ptr() as usize - rules.as_ptr() as usize;
                let span = Span::new(offset, offset + rule.len()).shifted(directive.rule.start);
                let span = source.trimmed(span);
                let rule = Spanned::new(source.slice(span).to_owned(), span);
                problems.allow(rule, reason, Some(directive.scope), directive.whole);
            }
        }
    }
}

/// A candidate must not be shown an empty page.
fn missing_prompt(split: &Split, body: &Body, problems: &mut Problems) {
    let (span, hint) = match body.sections.first() {
        Some(section) => (
            section.title,
            "the prompt stands before the first heading: remove this heading, or write the prompt above it",
        ),
        None => (
            split.fence,
            "write what the interviewer reads out below the front matter",
        ),
    };
    problems.report(MISSING_PROMPT, span, "this question has no prompt", hint);
}

fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name).to_owned()
}

fn report_split(error: SplitError, problems: &mut Problems) {
    let (span, message, hint) = match error {
        SplitError::NoFence {
            late_fence: Some(fence),
            ..
        } => (
            fence,
            "the front matter must begin on the first line".to_owned(),
            "remove what stands before this line",
        ),
        SplitError::NoFence { first_line, .. } => (
            first_line,
            "this question has no front matter".to_owned(),
            "begin the file with a line `---`, the fields (`title: …`), and a line `---`",
        ),
        SplitError::Unclosed { fence } => (
            fence,
            "the front matter that begins here is never closed".to_owned(),
            "end it with the same line, not indented",
        ),
        SplitError::TooLong { fence } => (
            fence,
            format!(
                "the front matter is longer than {} KiB, or never closed",
                front_matter::MAX_BYTES / 1024
            ),
            "end it with the same line, not indented",
        ),
    };
    problems.report(UNREADABLE_FILE, span, message, hint);
}

fn read_matter(source: &Arc<Source>, split: &Split, problems: &mut Problems) -> MatterFields {
    let root = document::parse(
        source.text(),
        split.matter,
        split.syntax,
        Limits::FRONT_MATTER,
        problems,
    );
    // After a syntax error, fields that seem missing may only be unreadable.
    let broken = problems.any_unreadable();
    let mut ignored = Problems::new(source);
    let what = "the front matter";
    let mut fields = Fields::new(&root, what, split.fence, problems);
    let id = fields.optional("id", problems, decode::id);
    let missing_into = if broken { &mut ignored } else { &mut *problems };
    for key in ["title", "category", "difficulty", "minutes"] {
        if fields.node(key).is_none() {
            fields.missing(key, missing_into);
        }
    }
    let title = fields.optional("title", problems, decode::text);
    let category = fields.optional("category", problems, decode::text);
    let difficulty = fields.optional("difficulty", problems, decode::word);
    let minutes = fields.node("minutes");
    let minutes = minutes.and_then(|node| read_minutes(node, problems));
    let kind = fields.optional("kind", problems, decode::word);
    let levels = fields.list("levels", problems, decode::text);
    let tags = fields.list("tags", problems, decode::text);
    let status = fields.optional("status", problems, decode::word);
    let group = fields.optional("group", problems, decode::text);
    let never_with = fields.list("never_with", problems, decode::text);
    let reviewed = fields.optional("reviewed", problems, decode::date);
    let authors = fields.list("authors", problems, decode::text);
    let provenance = Provenance {
        source: fields.optional("source", problems, decode::text),
        license: fields.optional("license", problems, decode::text),
        locator: fields.optional("locator", problems, decode::text),
    };
    fields.allow(problems);
    fields.finish(if broken { &mut ignored } else { problems });
    MatterFields {
        id,
        title,
        category,
        difficulty,
        minutes,
        kind,
        levels,
        tags,
        status,
        group,
        never_with,
        reviewed,
        authors,
        provenance,
    }
}

/// `6` for standard only, or a table of ask modes.
fn read_minutes(node: &Node<'_>, problems: &mut Problems) -> Option<Spanned<Minutes>> {
    let number = decode::number(1, MAX_MINUTES);
    let Value::Table(entries) = &node.value else {
        return match number(&node.value) {
            Ok(standard) => Some(Spanned::new(
                Minutes {
                    standard: Some(standard),
                    ..Minutes::default()
                },
                node.span,
            )),
            Err(Wrong { hint, meant, .. }) => {
                problems.report(
                    INVALID_VALUE,
                    node.span,
                    format!(
                        "`minutes` must be whole minutes from 1 to {MAX_MINUTES}, or a table of them per ask mode"
                    ),
                    hint.unwrap_or_else(|| "for example `{ quick: 3, standard: 6, deep: 12 }`".to_owned()),
                );
                if let Some(meant) = meant.filter(|meant| meant.written.is_empty()) {
                    problems.fix(meant.safety, node.span, meant.text);
                }
                None
            }
        };
    };
    let mut fields = Fields::new(node, "`minutes`", node.span, problems);
    let modes = [AskMode::Quick, AskMode::Standard, AskMode::Deep];
    let given = modes.map(|mode| fields.optional(mode.name(), problems, &number));
    fields.finish(problems);
    if entries.is_empty() {
        problems.report(
            INVALID_VALUE,
            node.span,
            "`minutes` names no ask mode",
            "for example `{ quick: 3, standard: 6, deep: 12 }`",
        );
        return None;
    }
    let mut before: Option<(AskMode, u32)> = None;
    for (mode, length) in modes.iter().zip(&given) {
        let Some(length) = length else { continue };
        if let Some((shorter, least)) = before
            && length.value < least
        {
            problems.report(
                INVALID_VALUE,
                length.span,
                format!(
                    "`{mode}` takes {} minutes, fewer than `{shorter}` with {least}",
                    length.value
                ),
                "a deeper mode takes at least as long",
            );
            return None;
        }
        before = Some((*mode, length.value));
    }
    before?;
    let [quick, standard, deep] = given.map(|length| length.map(|length| length.value));
    Some(Spanned::new(
        Minutes {
            quick,
            standard,
            deep,
        },
        node.span,
    ))
}
