//! `intervy.toml` to a bank's configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::{
    Category, Config, DEFAULT_EVIDENCE, DEFAULT_LEVELS, Dimension, Frame, PacketSettings,
    PickDefaults, SCHEMA,
};
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::lint::LintSettings;
use crate::model::scale::{self, ScalePoint};
use crate::model::source::{Source, Span, Spanned};
use crate::model::vocabulary::Difficulty;
use crate::store::document::decode::{self, Fields, Problems};
use crate::store::document::{self, Limits, Node, Syntax};
use crate::store::lint_settings::{self, Fetch};
use crate::store::packet_settings;

/// The longest slot, in minutes.
pub const MAX_SLOT: u32 = 600;

/// Reads `intervy.toml`. Always gives a configuration: what is wrong is reported to `problems`
/// and replaced by its default. `fetch` gives the files that it extends.
#[must_use]
pub fn read(source: &Arc<Source>, fetch: &Fetch<'_>, problems: &mut Problems) -> Config {
    let whole = Span::new(0, source.text().len());
    let root = document::parse(source.text(), whole, Syntax::Toml, Limits::FILE, problems);
    let top = Span::new(0, 0);
    let mut fields = Fields::new(&root, "the configuration", top, problems);
    let bank = fields.node("bank");
    if bank.is_none() && !problems.any_unreadable() {
        fields.missing("bank", problems);
    }
    let (name, language) = bank.map_or((None, None), |node| read_bank(node, problems));
    let levels = fields.list("levels", problems, decode::text);
    let categories = read_categories(fields.tables("categories", problems), problems);
    let dimensions = read_dimensions(fields.tables("dimensions", problems), problems);
    let scale = read_scale(fields.tables("scale", problems), problems);
    let frame = fields
        .node("screen")
        .map_or_else(Frame::default, |node| read_frame(node, problems));
    let pick = fields
        .node("pick")
        .map_or_else(PickDefaults::default, |node| read_pick(node, problems));
    let packet = fields
        .node("packet")
        .map_or_else(PacketSettings::default, |node| {
            packet_settings::read(node, problems)
        });
    let lint = fields.node("lint");
    let interviews_dir = fields.node("interviews").and_then(|node| {
        let mut fields = Fields::new(node, "`[interviews]`", node.span, problems);
        let dir = fields.optional("dir", problems, decode::text);
        fields.finish(problems);
        dir.map(|dir| dir.value)
    });
    let evidence = fields.node("scorecard").map_or_else(
        || DEFAULT_EVIDENCE.to_vec(),
        |node| read_evidence(node, problems),
    );
    fields.allow(problems);
    fields.finish(problems);
    let is_sound = !problems.any_error();
    let mut sources = vec![source.path.clone()];
    let lint = lint.map_or_else(LintSettings::default, |node| {
        lint_settings::read(node, source, &mut sources, fetch, problems)
    });
    Config {
        source: Arc::clone(source),
        name: name.unwrap_or_else(|| "Question bank".to_owned()),
        language: language.unwrap_or_else(|| "en".to_owned()),
        levels: if levels.is_empty() {
            DEFAULT_LEVELS.map(str::to_owned).to_vec()
        } else {
            levels.into_iter().map(|level| level.value).collect()
        },
        categories,
        dimensions,
        scale,
        frame,
        pick,
        sources,
        is_sound,
        lint,
        packet,
        interviews_dir,
        evidence,
    }
}

/// The scores that need a note; none where the list is empty.
fn read_evidence(node: &Node<'_>, problems: &mut Problems) -> Vec<u8> {
    let mut fields = Fields::new(node, "`[scorecard]`", node.span, problems);
    let given = fields.node("evidence").is_some();
    let score = decode::number(scale::LOWEST.into(), scale::HIGHEST.into());
    let scores = fields.list("evidence", problems, score);
    fields.finish(problems);
    if !given {
        return DEFAULT_EVIDENCE.to_vec();
    }
    let mut scores: Vec<u8> = scores
        .into_iter()
        .filter_map(|score| u8::try_from(score.value).ok())
        .collect();
    scores.sort_unstable();
    scores.dedup();
    scores
}

/// The bank's name and the language of its questions.
fn read_bank(node: &Node<'_>, problems: &mut Problems) -> (Option<String>, Option<String>) {
    let mut fields = Fields::new(node, "`[bank]`", node.span, problems);
    let name = fields.required("name", problems, decode::text);
    let schema = fields.required("schema", problems, decode::number(0, u32::MAX));
    if let Some(schema) = schema
        && schema.value != SCHEMA
    {
        problems.report(
            INVALID_VALUE,
            schema.span,
            format!("this program reads schema {SCHEMA}, not {}", schema.value),
            if schema.value > SCHEMA {
                "update intervy"
            } else {
                "write `schema = 1`"
            },
        );
    }
    let language = fields.optional("language", problems, decode::text);
    fields.finish(problems);
    let language = language.filter(|language| packet_settings::is_tag(language, problems));
    (
        name.map(|name| name.value),
        language.map(|language| language.value),
    )
}

fn read_categories(nodes: &[Node<'_>], problems: &mut Problems) -> Vec<Category> {
    let mut categories: Vec<Category> = Vec::new();
    for node in nodes {
        let mut fields = Fields::new(node, "a category", node.span, problems);
        let id = fields.required("id", problems, decode::id);
        let name = fields.optional("name", problems, decode::text);
        let aliases = fields.list("aliases", problems, decode::text);
        fields.finish(problems);
        let Some(id) = id else { continue };
        if let Some(first) = categories.iter().find(|other| other.id.value == id.value) {
            problems.duplicate(INVALID_VALUE, &id.value, id.span, first.id.span);
            continue;
        }
        let name = name.unwrap_or_else(|| id.clone());
        categories.push(Category { id, name, aliases });
    }
    categories
}

fn read_dimensions(nodes: &[Node<'_>], problems: &mut Problems) -> Vec<Dimension> {
    let mut dimensions: Vec<Dimension> = Vec::new();
    for node in nodes {
        let mut fields = Fields::new(node, "a dimension", node.span, problems);
        let name = fields.required("name", problems, decode::text);
        let weight = fields.required("weight", problems, decode::number(0, 1_000));
        let categories = fields.list("categories", problems, decode::id);
        fields.finish(problems);
        for category in &categories {
            let used = dimensions
                .iter()
                .flat_map(|dimension| &dimension.categories)
                .find(|other| other.value == category.value);
            if let Some(first) = used {
                problems.duplicate(INVALID_VALUE, &category.value, category.span, first.span);
            }
        }
        if let (Some(name), Some(weight)) = (name, weight) {
            dimensions.push(Dimension {
                name,
                weight: weight.value,
                categories,
            });
        }
    }
    dimensions
}

fn read_scale(nodes: &[Node<'_>], problems: &mut Problems) -> Vec<ScalePoint> {
    let mut scale = scale::default_scale();
    for node in nodes {
        let mut fields = Fields::new(node, "a point of the scale", node.span, problems);
        let range = decode::number(scale::LOWEST.into(), scale::HIGHEST.into());
        let score = fields.required("score", problems, range);
        let label = fields.optional("label", problems, decode::text);
        let meaning = fields.optional("meaning", problems, decode::text);
        fields.finish(problems);
        let point = score.and_then(|score| {
            scale
                .iter_mut()
                .find(|point| u32::from(point.score) == score.value)
        });
        if let Some(point) = point {
            if let Some(label) = label {
                point.label = label.value;
            }
            if let Some(meaning) = meaning {
                point.meaning = meaning.value;
            }
        }
    }
    scale
}

fn read_frame(node: &Node<'_>, problems: &mut Problems) -> Frame {
    let default = Frame::default();
    let mut fields = Fields::new(node, "`[screen]`", node.span, problems);
    let minutes = fields.optional("minutes", problems, decode::number(1, MAX_SLOT));
    let intro = fields.optional("intro_minutes", problems, decode::number(0, MAX_SLOT));
    let closing = fields.optional("closing_minutes", problems, decode::number(0, MAX_SLOT));
    fields.finish(problems);
    let or = |given: Option<Spanned<u32>>, other| given.map_or(other, |given| given.value);
    Frame {
        minutes: or(minutes, default.minutes),
        intro_minutes: or(intro, default.intro_minutes),
        closing_minutes: or(closing, default.closing_minutes),
    }
}

fn read_pick(node: &Node<'_>, problems: &mut Problems) -> PickDefaults {
    let mut fields = Fields::new(node, "`[pick]`", node.span, problems);
    let categories = fields.optional("categories", problems, decode::number(1, 100));
    let mix = read_mix(&mut fields, problems);
    let cool_down_days = fields.optional("cool_down_days", problems, decode::number(0, 3_650));
    let exposure_cap = fields.optional("exposure_cap", problems, decode::number(1, 10_000));
    fields.finish(problems);
    PickDefaults {
        categories: categories.map(|categories| categories.value),
        mix,
        cool_down_days: cool_down_days.map(|days| days.value),
        exposure_cap: exposure_cap.map(|cap| cap.value),
    }
}

/// The `mix` field: shares of difficulties.
pub fn read_mix(
    fields: &mut Fields<'_, '_>,
    problems: &mut Problems,
) -> BTreeMap<Difficulty, Spanned<u32>> {
    fields.map(
        "mix",
        problems,
        decode::vocabulary_word,
        decode::number(0, 1_000),
    )
}
