//! Scorecards, from TOML or JSON and back.

mod written;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

pub use self::written::{json, line, toml};

use crate::model::config::SCHEMA;
use crate::model::finding::reading::{INVALID_VALUE, UNREADABLE_FILE};
use crate::model::pseudonym;
use crate::model::scale;
use crate::model::scorecard::{
    Answer, LONGEST_NOTE, LONGEST_SECONDS, Overall, Rating, Reveal, Revision, Scorecard,
};
use crate::model::source::{Source, Span, Spanned};
use crate::model::vocabulary::{AskMode, CardStatus};
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{self, Limits, Node, Syntax, Value};

/// What could be read of a scorecard, and where it says it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The scorecard; what could not be read is missing from it.
    pub card: Scorecard,
    /// Where it says what.
    pub places: Places,
}

/// Where a scorecard says what; the beginning of the file where it does not.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The screen.
    pub screen: Span,
    /// Its hash.
    pub screen_hash: Span,
    /// The candidate.
    pub candidate: Span,
    /// Who asked.
    pub interviewer: Span,
    /// Each question, in order.
    pub questions: Vec<Span>,
}

/// Reads a scorecard from TOML, or from JSON when the text begins with `{`. `None` when it has problems, which are
/// reported to `problems`.
#[must_use]
pub fn read(source: &Arc<Source>, problems: &mut Problems) -> Option<Scorecard> {
    let reading = read_leniently(source, problems)?;
    (!problems.any_error()).then_some(reading.card)
}

/// [`read`] as far as it is possible: `None` when nothing could be read.
#[must_use]
pub fn read_leniently(source: &Arc<Source>, problems: &mut Problems) -> Option<Reading> {
    let whole = Span::new(0, source.text().len());
    let text = source.text().trim_start();
    if text.is_empty() {
        problems.report(
            UNREADABLE_FILE,
            Span::default(),
            "this file is empty",
            "a scorecard is what `intervy score template` writes",
        );
        return None;
    }
    let root = document::parse(source.text(), whole, syntax(text), Limits::FILE, problems);
    if problems.any_error() {
        return None;
    }
    Some(read_card(&root, problems))
}

/// Where a scorecard names each of its questions, in order.
#[must_use]
pub fn places(source: &Arc<Source>) -> Vec<Span> {
    let mut ignored = Problems::new(source);
    let reading = read_leniently(source, &mut ignored);
    reading.map_or_else(Vec::new, |reading| reading.places.questions)
}

/// Whether a text that is no screen seems to be a scorecard, maybe a damaged one, or its journal.
#[must_use]
pub fn resembles(text: &str) -> bool {
    const KEYS: [&str; 5] = [
        "interviewer",
        "screen_hash",
        "submitted_at",
        "scored_at",
        "no_rating",
    ];
    let is_key = |(at, key): (usize, &str)| {
        let quoting = ['"', '\'', ' ', '\t'];
        let before = text[..at].trim_end_matches(quoting);
        let after = text[at + key.len()..].trim_start_matches(quoting);
        (before.is_empty() || before.ends_with(['\n', '{', ','])) && after.starts_with(['=', ':'])
    };
    KEYS.iter().any(|key| text.match_indices(key).any(is_key))
}

fn syntax(text: &str) -> Syntax {
    if text.starts_with('{') {
        Syntax::Json
    } else {
        Syntax::Toml
    }
}

fn read_card(root: &Node<'_>, problems: &mut Problems) -> Reading {
    let mut fields = Fields::new(root, "the scorecard", Span::default(), problems);
    fields.required("schema", problems, |value| {
        decode::number(SCHEMA, SCHEMA)(value)
            .map_err(|_| Wrong::must_be(format!("{SCHEMA}, the version that this program reads")))
    });
    let screen = fields.required("screen", problems, decode::folder_id);
    let screen_hash = fields.optional("screen_hash", problems, decode::hash);
    let candidate = fields.required("candidate", problems, name);
    let interviewer = fields.required("interviewer", problems, name);
    let date = fields.optional("date", problems, decode::date);
    let status = fields.required("status", problems, decode::word::<CardStatus>);
    let submitted_at = fields.optional("submitted_at", problems, decode::moment);
    let seconds = fields.optional("seconds", problems, decode::number(0, LONGEST_SECONDS));
    let nodes = fields.tables("questions", problems);
    let (questions, ids) = ratings(nodes, problems);
    let overall = fields.node("overall").map(|node| overall(node, problems));
    let reveals = fields.tables("reveals", problems);
    let revisions = fields.tables("revisions", problems);
    let places = Places {
        screen: place(screen.as_ref()),
        screen_hash: place(screen_hash.as_ref()),
        candidate: place(candidate.as_ref()),
        interviewer: place(interviewer.as_ref()),
        questions: ids,
    };
    let reveals = reveals.iter();
    let reveals = reveals.filter_map(|node| reveal(node, problems)).collect();
    let has_revisions = !revisions.is_empty();
    let revisions = revisions.iter();
    let revisions = revisions.filter_map(|node| revision(node, &questions, problems));
    let revisions: Vec<Revision> = revisions.collect();
    fields.finish(problems);
    let names = [
        (candidate.as_ref(), "candidate"),
        (interviewer.as_ref(), "interviewer"),
    ];
    if let Some(status) = &status {
        agree(
            status,
            submitted_at.as_ref(),
            names,
            has_revisions,
            problems,
        );
    }
    let card = Scorecard {
        screen: screen.map_or_else(String::new, |screen| screen.value),
        screen_hash: screen_hash.map(|hash| hash.value),
        candidate: candidate.map_or_else(String::new, |name| name.value),
        interviewer: interviewer.map_or_else(String::new, |name| name.value),
        date: date.map(|date| date.value),
        status: status.map_or(CardStatus::Draft, |status| status.value),
        submitted_at: submitted_at.map(|at| at.value),
        seconds: seconds.map(|seconds| seconds.value),
        questions,
        overall: overall.unwrap_or_default(),
        reveals,
        revisions,
    };
    Reading { card, places }
}

fn place<T>(field: Option<&Spanned<T>>) -> Span {
    field.map(|field| field.span).unwrap_or_default()
}

/// Whether the rest of a scorecard is what its status says.
fn agree(
    status: &Spanned<CardStatus>,
    submitted_at: Option<&Spanned<Timestamp>>,
    names: [(Option<&Spanned<String>>, &str); 2],
    has_revisions: bool,
    problems: &mut Problems,
) {
    if status.value == CardStatus::Draft {
        if let Some(at) = submitted_at {
            let message = "a draft was not submitted";
            let hint = "remove it, or write `status = \"submitted\"`";
            problems.report(INVALID_VALUE, at.span, message, hint);
        }
    } else {
        for (who, what) in names {
            if let Some(who) = who.filter(|who| who.value.is_empty()) {
                let message = format!("a scorecard that is handed in names its {what}");
                problems.report(INVALID_VALUE, who.span, message, "");
            }
        }
    }
    if (status.value == CardStatus::Revised) != has_revisions {
        let message = "`revised` is a scorecard with revisions, and no other";
        problems.report(INVALID_VALUE, status.span, message, "");
    }
}

/// The ratings, and where each names its question.
fn ratings(nodes: &[Node<'_>], problems: &mut Problems) -> (Vec<Rating>, Vec<Span>) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut ratings = Vec::with_capacity(nodes.len());
    let mut places = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut fields = Fields::new(node, "a question", node.span, problems);
        let id = fields.required("id", problems, decode::id);
        let hash = fields.optional("hash", problems, decode::hash);
        let answer = answer(&mut fields, problems);
        let mode = fields.optional("mode", problems, decode::word::<AskMode>);
        let note = fields.optional("note", problems, note);
        let seconds = fields.optional("seconds", problems, decode::number(0, LONGEST_SECONDS));
        let scored_at = fields.optional("scored_at", problems, decode::moment);
        fields.finish(problems);
        let Some(id) = id else { continue };
        places.push(id.span);
        if let Some(first) = seen.insert(id.value.clone(), id.span) {
            problems.duplicate(INVALID_VALUE, &id.value, id.span, first);
        }
        ratings.push(Rating {
            id: id.value,
            hash: hash.map(|hash| hash.value),
            answer,
            mode: mode.map(|mode| mode.value),
            note: note.and_then(|note| note.value),
            seconds: seconds.map(|seconds| seconds.value),
            scored_at: scored_at.map(|at| at.value),
        });
    }
    (ratings, places)
}

/// What `asked`, `score` and `no_rating` say together. `asked = true` alone says nothing yet.
fn answer(fields: &mut Fields<'_, '_>, problems: &mut Problems) -> Option<Answer> {
    let asked = fields.optional("asked", problems, decode::yes_or_no);
    let score = fields.optional("score", problems, score);
    let unrated = fields.optional("no_rating", problems, decode::yes_or_no);
    let unrated = unrated.filter(|unrated| unrated.value);
    let not_asked = asked.filter(|asked| !asked.value);
    if let (Some(score), Some(_)) = (&score, &unrated) {
        let message = "there is a score and `no_rating`";
        problems.report(INVALID_VALUE, score.span, message, "keep one of them");
    }
    if let Some(not_asked) = not_asked {
        if score.is_some() || unrated.is_some() {
            let message = "what was not asked has no score";
            problems.report(
                INVALID_VALUE,
                not_asked.span,
                message,
                "write `asked = true`, or remove the score",
            );
        }
        return Some(Answer::NotAsked);
    }
    if unrated.is_some() {
        return Some(Answer::NoRating);
    }
    score.map(|score| Answer::Score(score.value))
}

fn overall(node: &Node<'_>, problems: &mut Problems) -> Overall {
    let mut fields = Fields::new(node, "`overall`", node.span, problems);
    let score = fields.optional("score", problems, score);
    let reason = fields.optional("reason", problems, note);
    fields.finish(problems);
    Overall {
        score: score.map(|score| score.value),
        reason: reason.and_then(|reason| reason.value),
    }
}

fn reveal(node: &Node<'_>, problems: &mut Problems) -> Option<Reveal> {
    let mut fields = Fields::new(node, "a reveal", node.span, problems);
    let at = fields.required("at", problems, decode::moment);
    let reason = fields.required("reason", problems, decode::text);
    fields.finish(problems);
    Some(Reveal {
        at: at?.value,
        reason: reason?.value,
    })
}

fn revision(node: &Node<'_>, ratings: &[Rating], problems: &mut Problems) -> Option<Revision> {
    let mut fields = Fields::new(node, "a revision", node.span, problems);
    let at = fields.required("at", problems, decode::moment);
    let reason = fields.required("reason", problems, decode::text);
    let question: Option<Spanned<String>> = fields.optional("question", problems, decode::id);
    let answer = answer(&mut fields, problems);
    fields.finish(problems);
    if let Some(id) = &question
        && !ratings.iter().any(|rating| rating.id == id.value)
    {
        let message = format!("the scorecard has no question `{}`", id.value);
        problems.report(INVALID_VALUE, id.span, message, "");
    }
    let is_score = answer.is_some_and(|answer| answer.score().is_some());
    if answer.is_none() || question.is_none() && !is_score {
        let message = "a revision says what it is now";
        let hint = "add `score`, or for a question `no_rating = true` or `asked = false`";
        problems.report(INVALID_VALUE, node.span, message, hint);
    }
    Some(Revision {
        at: at?.value,
        reason: reason?.value,
        question: question.map(|question| question.value),
        answer: answer?,
    })
}

/// A name that may be a part of a path; empty where nobody has said yet.
fn name(value: &Value<'_>) -> Result<String, Wrong> {
    let Value::Text(text) = value else {
        return decode::text(value);
    };
    let text = text.trim();
    if text.is_empty() || pseudonym::check(text).is_ok() {
        return Ok(text.to_owned());
    }
    let hint = pseudonym::check(text)
        .err()
        .map(|why| format!("this {why}"));
    Err(Wrong::must_be("a short name (`C-042`)").hint(hint))
}

fn score(value: &Value<'_>) -> Result<u8, Wrong> {
    let number = decode::number(scale::LOWEST.into(), scale::HIGHEST.into())(value)?;
    u8::try_from(number).map_err(|_| Wrong::must_be("a score"))
}

/// A note; blanks alone are none.
fn note(value: &Value<'_>) -> Result<Option<String>, Wrong> {
    let Value::Text(text) = value else {
        return decode::text(value).map(Some);
    };
    if text.len() > LONGEST_NOTE {
        return Err(Wrong::must_be(format!(
            "shorter than {} KiB",
            LONGEST_NOTE / 1024
        )));
    }
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
