//! Screens, hand-ordered or pinned, from TOML or JSON.

use std::sync::Arc;

use crate::model::config::SCHEMA;
use crate::model::finding::reading::{INVALID_VALUE, UNREADABLE_FILE};
use crate::model::scale::{self, ScalePoint};
use crate::model::screen::{
    HandQuestion, HandScreen, Objective, Occasion, PinnedQuestion, PinnedSegment, Screen, Verdict,
    VerdictStatus, Weight,
};
use crate::model::source::{Source, Span, Spanned};
use crate::store::constraints::read_constraints;
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Syntax, Value};
use crate::store::settings::MAX_SLOT;

/// A screen file is one or the other: a pinned one says which schema it follows.
#[derive(Clone, Debug)]
pub enum ScreenFile {
    /// Written by `intervy pick`.
    Pinned(Box<Screen>),
    /// Written by a person.
    Hand(HandScreen),
}

/// Reads a screen from TOML, or from JSON when the text begins with `{`.
/// `None` when it has problems, which are reported to `problems`.
#[must_use]
pub fn read(source: &Arc<Source>, name: &str, problems: &mut Problems) -> Option<ScreenFile> {
    let whole = Span::new(0, source.text().len());
    let first_line = source.text().lines().next().unwrap_or("").trim();
    let could_be =
        |line: &str| line.is_empty() || line.starts_with(['{', '[', '#']) || line.contains('=');
    if source.text().trim().is_empty() || !could_be(first_line) {
        problems.report(
            UNREADABLE_FILE,
            Span::new(0, first_line.len()),
            "this is not a screen",
            "a screen is what `intervy pick -o screen.toml` writes",
        );
        return None;
    }
    let syntax = if source.text().trim_start().starts_with('{') {
        Syntax::Json
    } else {
        Syntax::Toml
    };
    let root = document::parse(source.text(), whole, syntax, Limits::FILE, problems);
    if problems.any_error() {
        return None;
    }
    let pinned = match &root.value {
        Value::Table(entries) => entries.iter().any(|entry| entry.key == "schema"),
        _ => false,
    };
    let screen = if pinned {
        read_pinned(&root, problems).map(|screen| ScreenFile::Pinned(Box::new(screen)))
    } else {
        Some(ScreenFile::Hand(read_hand(source, name, &root, problems)))
    };
    screen.filter(|_| !problems.any_error())
}

fn read_hand(
    source: &Arc<Source>,
    name: &str,
    root: &Node<'_>,
    problems: &mut Problems,
) -> HandScreen {
    let mut fields = Fields::new(root, "the screen", Span::default(), problems);
    let title = fields.optional("title", problems, decode::text);
    let minutes = fields.optional("minutes", problems, decode::number(1, MAX_SLOT));
    let intro = fields.optional("intro_minutes", problems, decode::number(0, MAX_SLOT));
    let closing = fields.optional("closing_minutes", problems, decode::number(0, MAX_SLOT));
    let nodes = fields.tables("questions", problems);
    if nodes.is_empty() && !problems.any_error() {
        fields.missing("questions", problems);
    }
    let mut questions: Vec<HandQuestion> = Vec::new();
    let mut segments: Vec<String> = Vec::new();
    for node in nodes {
        let mut fields = Fields::new(node, "a question", node.span, problems);
        let id = fields.required("id", problems, question_id);
        let mode = fields.optional("mode", problems, decode::word);
        let segment = fields.optional("segment", problems, decode::text);
        fields.finish(problems);
        let Some(id) = id else { continue };
        if let Some(segment) = &segment
            && segments.last() != Some(&segment.value)
        {
            if segments.contains(&segment.value) {
                problems.report(
                    INVALID_VALUE,
                    segment.span,
                    format!("the segment `{}` has ended before", segment.value),
                    "put its questions next to each other, or give this part another title",
                );
            }
            segments.push(segment.value.clone());
        }
        if let Some(first) = questions.iter().find(|other| other.id.value == id.value) {
            problems.duplicate(INVALID_VALUE, &id.value, id.span, first.id.span);
        }
        questions.push(HandQuestion {
            id,
            mode,
            segment: segment.map(|segment| segment.value),
        });
    }
    fields.allow(problems);
    fields.finish(problems);
    HandScreen {
        source: Arc::clone(source),
        name: name.to_owned(),
        title: title.map_or_else(|| name.to_owned(), |title| title.value),
        minutes,
        intro_minutes: intro.map(|intro| intro.value),
        closing_minutes: closing.map(|closing| closing.value),
        questions,
    }
}

fn read_pinned(root: &Node<'_>, problems: &mut Problems) -> Option<Screen> {
    let minutes = |least| decode::number(least, MAX_SLOT);
    let mut fields = Fields::new(root, "the screen", Span::default(), problems);
    let schema = fields.required("schema", problems, |value| {
        decode::number(SCHEMA, SCHEMA)(value)
            .map_err(|_| Wrong::must_be(format!("{SCHEMA}, the version that this program reads")))
    });
    let id = fields.required("id", problems, decode::folder_id);
    let title = fields.required("title", problems, decode::text);
    let bank = fields.required("bank", problems, decode::text);
    let commit = fields.optional("commit", problems, decode::text);
    let blueprint = fields.optional("blueprint", problems, decode::text);
    let seed = fields.optional("seed", problems, read_seed);
    let occasion = Occasion {
        candidate: text_of(fields.optional("candidate", problems, decode::text)),
        date: fields
            .optional("date", problems, decode::date)
            .map(|date| date.value),
        hiring_loop: text_of(fields.optional("loop", problems, decode::text)),
        round: text_of(fields.optional("round", problems, decode::text)),
        form: fields
            .optional("form", problems, decode::number(1, 1_000))
            .map(|form| form.value),
    };
    let slot = fields.required("minutes", problems, minutes(1));
    let intro = fields.required("intro_minutes", problems, minutes(0));
    let closing = fields.required("closing_minutes", problems, minutes(0));
    let verdict = fields.node("verdict");
    if verdict.is_none() {
        fields.missing("verdict", problems);
    }
    let verdict = verdict.and_then(|node| read_verdict(node, problems));
    let constraints = fields
        .node("constraints")
        .map(|node| read_constraints(node, problems));
    let weights = each(fields.tables("weights", problems), problems, read_weight);
    let scale = each(fields.tables("scale", problems), problems, read_point);
    let segments = each(fields.tables("segments", problems), problems, read_segment);
    let nodes = fields.tables("questions", problems);
    let questions = each(nodes, problems, |node, problems| {
        read_question(node, &segments, problems)
    });
    if nodes.is_empty() && !problems.any_error() {
        fields.missing("questions", problems);
    }
    fields.finish(problems);
    once(
        root.span,
        "question",
        questions.iter().map(|one| &one.id),
        problems,
    );
    once(
        root.span,
        "segment",
        segments.iter().map(|one| &one.title),
        problems,
    );
    let scores: Vec<u8> = scale.iter().map(|point| point.score).collect();
    if !scores.iter().copied().eq(scale::LOWEST..=scale::HIGHEST) && !problems.any_error() {
        let span = Span::new(root.span.start, root.span.start);
        let message = "`scale` must have the scores 1 to 5, each once, in order";
        problems.report(INVALID_VALUE, span, message, "");
    }
    schema?;
    Some(Screen {
        schema: SCHEMA,
        id: id?.value,
        title: title?.value,
        bank: bank?.value,
        commit: commit.map(|commit| commit.value),
        blueprint: blueprint.map(|blueprint| blueprint.value),
        seed: seed.map(|seed| seed.value),
        occasion,
        minutes: slot?.value,
        intro_minutes: intro?.value,
        closing_minutes: closing?.value,
        verdict: verdict?,
        constraints: constraints.unwrap_or_default(),
        weights,
        scale,
        segments,
        questions,
    })
}

fn text_of(field: Option<Spanned<String>>) -> Option<String> {
    field.map(|text| text.value)
}

/// Reports a word that a screen has more than once.
fn once<'w>(
    root: Span,
    what: &str,
    words: impl Iterator<Item = &'w String>,
    problems: &mut Problems,
) {
    let mut seen = std::collections::HashSet::new();
    for word in words {
        if !seen.insert(word) {
            let span = Span::new(root.start, root.start);
            let message = format!("the screen has the {what} `{word}` more than once");
            problems.report(INVALID_VALUE, span, message, "keep one of them");
            return;
        }
    }
}

/// Reads every table of a list; those with problems are left out.
fn each<T>(
    nodes: &[Node<'_>],
    problems: &mut Problems,
    read: impl Fn(&Node<'_>, &mut Problems) -> Option<T>,
) -> Vec<T> {
    nodes
        .iter()
        .filter_map(|node| read(node, problems))
        .collect()
}

/// An id that a scorecard can have as well.
fn question_id(value: &Value<'_>) -> Result<String, Wrong> {
    decode::id(value).map_err(|wrong| {
        let hint = "it is the name of the question's file, unless the front matter has an `id`: mend it in the bank";
        wrong.hint(Some(hint.to_owned()))
    })
}

fn read_seed(value: &Value<'_>) -> Result<u64, Wrong> {
    match value {
        Value::Integer(seed) => u64::try_from(*seed).ok(),
        _ => None,
    }
    .ok_or_else(|| Wrong::must_be("a whole number, not negative"))
}

fn read_verdict(node: &Node<'_>, problems: &mut Problems) -> Option<Verdict> {
    let mut fields = Fields::new(node, "`[verdict]`", node.span, problems);
    let status = fields.required("status", problems, |value| {
        let known = [
            VerdictStatus::Optimal,
            VerdictStatus::Unproven,
            VerdictStatus::HandOrdered,
        ];
        let word = decode::text(value)?;
        known
            .into_iter()
            .find(|status| status.name() == word)
            .ok_or_else(|| Wrong::must_be("`optimal`, `unproven` or `hand-ordered`"))
    });
    let objectives = each(
        fields.tables("objectives", problems),
        problems,
        |node, problems| {
            let mut fields = Fields::new(node, "an objective", node.span, problems);
            let name = fields.required("name", problems, decode::text);
            let value = fields.required("value", problems, decode::number(0, u32::MAX));
            let bound = fields.optional("bound", problems, decode::number(0, u32::MAX));
            fields.finish(problems);
            Some(Objective {
                name: name?.value,
                value: value?.value,
                bound: bound.map(|bound| bound.value),
            })
        },
    );
    fields.finish(problems);
    Some(Verdict {
        status: status?.value,
        objectives,
    })
}

fn read_weight(node: &Node<'_>, problems: &mut Problems) -> Option<Weight> {
    let mut fields = Fields::new(node, "a weight", node.span, problems);
    let dimension = fields.required("dimension", problems, decode::text);
    let weight = fields.required("weight", problems, decode::number(0, 1_000));
    let categories = fields.list("categories", problems, decode::text);
    fields.finish(problems);
    Some(Weight {
        dimension: dimension?.value,
        weight: weight?.value,
        categories: plain(categories),
    })
}

fn plain(words: Vec<Spanned<String>>) -> Vec<String> {
    words.into_iter().map(|word| word.value).collect()
}

fn read_point(node: &Node<'_>, problems: &mut Problems) -> Option<ScalePoint> {
    let mut fields = Fields::new(node, "a point of the scale", node.span, problems);
    let range = decode::number(scale::LOWEST.into(), scale::HIGHEST.into());
    let score = fields.required("score", problems, range);
    let label = fields.required("label", problems, decode::text);
    let meaning = fields.required("meaning", problems, decode::text);
    fields.finish(problems);
    Some(ScalePoint {
        score: u8::try_from(score?.value).ok()?,
        label: label?.value,
        meaning: meaning?.value,
    })
}

fn read_segment(node: &Node<'_>, problems: &mut Problems) -> Option<PinnedSegment> {
    let mut fields = Fields::new(node, "a segment", node.span, problems);
    let title = fields.required("title", problems, decode::text);
    let minutes = fields.required("minutes", problems, decode::number(0, MAX_SLOT));
    let start = fields.required("start_minute", problems, decode::number(0, MAX_SLOT));
    let note = fields.optional("note", problems, decode::text);
    fields.finish(problems);
    Some(PinnedSegment {
        title: title?.value,
        minutes: minutes?.value,
        start_minute: start?.value,
        note: note.map(|note| note.value),
    })
}

fn read_question(
    node: &Node<'_>,
    segments: &[PinnedSegment],
    problems: &mut Problems,
) -> Option<PinnedQuestion> {
    let mut fields = Fields::new(node, "a question", node.span, problems);
    let id = fields.required("id", problems, question_id);
    let title = fields.required("title", problems, decode::text);
    let category = fields.required("category", problems, decode::text);
    let difficulty = fields.required("difficulty", problems, decode::word);
    let segment = fields.required("segment", problems, |value| {
        let title = decode::text(value)?;
        if segments.iter().any(|segment| segment.title == title) {
            return Ok(title);
        }
        Err(Wrong::must_be("the title of one of the screen's segments"))
    });
    let mode = fields.required("mode", problems, decode::word);
    let minutes = fields.required("minutes", problems, decode::number(1, MAX_SLOT));
    let start = fields.required("start_minute", problems, decode::number(0, MAX_SLOT));
    let hash = fields.required("hash", problems, decode::hash);
    fields.finish(problems);
    Some(PinnedQuestion {
        id: id?.value,
        title: title?.value,
        category: category?.value,
        difficulty: difficulty?.value,
        segment: segment?.value,
        mode: mode?.value,
        minutes: minutes?.value,
        start_minute: start?.value,
        hash: hash?.value,
    })
}
