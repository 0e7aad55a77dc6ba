//! Blueprints and loops, from their TOML files.

use std::sync::Arc;

use crate::model::blueprint::{Blueprint, Segment};
use crate::model::constraints::{Constraints, Count};
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::hiring_loop::{HiringLoop, Round, Session};
use crate::model::source::{Source, Span, Spanned};
use crate::store::constraints::{read_constraints, read_lists};
use crate::store::document::decode::{self, Fields, Problems};
use crate::store::document::{self, Limits, Node, Syntax};
use crate::store::settings::MAX_SLOT;

/// Reads a blueprint; `None` when what is wrong leaves nothing to pick by.
#[must_use]
pub fn read_blueprint(
    source: &Arc<Source>,
    name: &str,
    problems: &mut Problems,
) -> Option<Blueprint> {
    let root = parse(source, problems);
    let mut fields = Fields::new(&root, "the blueprint", Span::default(), problems);
    let title = fields.optional("title", problems, decode::text);
    let minutes = fields.required("minutes", problems, decode::number(1, MAX_SLOT));
    let intro = fields.optional("intro_minutes", problems, decode::number(0, MAX_SLOT));
    let closing = fields.optional("closing_minutes", problems, decode::number(0, MAX_SLOT));
    let segments = read_segments(fields.tables("segments", problems), problems);
    let constraints = fields
        .node("constraints")
        .map_or_else(Constraints::default, |node| {
            read_constraints(node, problems)
        });
    fields.allow(problems);
    fields.finish(problems);
    let minutes = minutes?;
    (!problems.any_error()).then(|| Blueprint {
        source: Arc::clone(source),
        name: name.to_owned(),
        title: title.map_or_else(|| name.to_owned(), |title| title.value),
        minutes,
        intro_minutes: intro.map(|intro| intro.value),
        closing_minutes: closing.map(|closing| closing.value),
        segments,
        constraints,
    })
}

fn parse<'s>(source: &'s Source, problems: &mut Problems) -> Node<'s> {
    let whole = Span::new(0, source.text().len());
    document::parse(source.text(), whole, Syntax::Toml, Limits::FILE, problems)
}

fn read_segments(nodes: &[Node<'_>], problems: &mut Problems) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for node in nodes {
        if let Some(segment) = read_segment(node, problems) {
            let same = |other: &&Segment| other.title.value == segment.title.value;
            if let Some(first) = segments.iter().find(same) {
                let title = &segment.title;
                problems.duplicate(INVALID_VALUE, &title.value, title.span, first.title.span);
            }
            segments.push(segment);
        }
    }
    segments
}

fn read_segment(node: &Node<'_>, problems: &mut Problems) -> Option<Segment> {
    let mut fields = Fields::new(node, "a segment", node.span, problems);
    let title = fields.required("title", problems, decode::text);
    let minutes = fields.required("minutes", problems, decode::number(1, MAX_SLOT));
    let questions = fields.optional("questions", problems, decode::count);
    let ask_mode = fields.optional("mode", problems, decode::word);
    let categories = fields.list("categories", problems, decode::text);
    let kinds = fields.list("kinds", problems, decode::word);
    let difficulties = fields.list("difficulties", problems, decode::word);
    let tags = fields.list("tags", problems, decode::text);
    let one_of = fields
        .node("one_of")
        .map_or_else(Vec::new, |node| read_lists("one_of", node, problems));
    let required = fields.list("required", problems, decode::text);
    let note = fields.optional("note", problems, decode::text);
    fields.finish(problems);
    Some(Segment {
        title: title?,
        minutes: minutes?,
        questions: questions.map_or(Count::at_least(1), |count| count.value),
        mode: ask_mode.map(|mode| mode.value),
        categories,
        kinds: values(kinds),
        difficulties: values(difficulties),
        tags,
        one_of,
        required,
        note: note.map(|note| note.value),
    })
}

fn values<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(|item| item.value).collect()
}

/// Reads a loop; `None` when it has no usable round.
#[must_use]
pub fn read_loop(source: &Arc<Source>, name: &str, problems: &mut Problems) -> Option<HiringLoop> {
    let root = parse(source, problems);
    let mut fields = Fields::new(&root, "the loop", Span::default(), problems);
    let title = fields.optional("title", problems, decode::text);
    let nodes = fields.tables("rounds", problems);
    if nodes.is_empty() && !problems.any_unreadable() {
        fields.missing("rounds", problems);
    }
    let rounds: Vec<Round> = nodes
        .iter()
        .filter_map(|node| read_round(node, problems))
        .collect();
    fields.allow(problems);
    fields.finish(problems);
    (!problems.any_error()).then(|| HiringLoop {
        source: Arc::clone(source),
        name: name.to_owned(),
        title: title.map_or_else(|| name.to_owned(), |title| title.value),
        rounds,
    })
}

fn read_round(node: &Node<'_>, problems: &mut Problems) -> Option<Round> {
    let mut fields = Fields::new(node, "a round", node.span, problems);
    let title = fields.required("title", problems, decode::text);
    let minutes = fields.required("minutes", problems, decode::number(1, MAX_SLOT));
    let blueprint = fields.optional("blueprint", problems, decode::text);
    let nodes = fields.tables("sessions", problems);
    let mut sessions: Vec<Session> = Vec::new();
    for node in nodes {
        let mut fields = Fields::new(node, "a session", node.span, problems);
        let title = fields.required("title", problems, decode::text);
        let blueprint = fields.required("blueprint", problems, decode::text);
        fields.finish(problems);
        if let (Some(title), Some(blueprint)) = (title, blueprint) {
            sessions.push(Session {
                title: title.value,
                blueprint,
            });
        }
    }
    let has_sessions = !nodes.is_empty();
    if blueprint.is_some() == has_sessions {
        problems.report(
            INVALID_VALUE,
            node.span,
            "a round has either a `blueprint` or `[[rounds.sessions]]`",
            "keep one of them",
        );
    }
    fields.finish(problems);
    let title = title?;
    if let Some(blueprint) = blueprint {
        sessions.push(Session {
            title: title.value.clone(),
            blueprint,
        });
    }
    Some(Round {
        title,
        minutes: minutes?,
        sessions,
    })
}
