//! Conditions for a whole screen, from the TOML of a blueprint or a screen.

use crate::model::constraints::{Constraints, Count, Shares};
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::source::Spanned;
use crate::store::document::decode::{self, Fields, Problems, Wrong};
use crate::store::document::{Node, Value};
use crate::store::settings::read_mix;

/// Reads the conditions for a whole screen.
#[must_use]
pub fn read_constraints(node: &Node<'_>, problems: &mut Problems) -> Constraints {
    let mut fields = Fields::new(node, "`[constraints]`", node.span, problems);
    let questions = fields.optional("questions", problems, decode::count);
    let min_categories = fields.optional("min_categories", problems, decode::number(1, 100));
    let max_per_category = fields.optional("max_per_category", problems, decode::number(1, 100));
    let levels = fields.list("levels", problems, decode::text);
    let include = fields.list("include", problems, decode::text);
    let exclude = fields.list("exclude", problems, decode::text);
    let together = fields
        .node("together")
        .map_or_else(Vec::new, |node| read_lists("together", node, problems));
    let categories = fields.map("categories", problems, any_name, decode::count);
    let difficulty = fields.map(
        "difficulty",
        problems,
        decode::vocabulary_word,
        decode::count,
    );
    let mix = read_mix(&mut fields, problems);
    let kinds = fields.map("kinds", problems, decode::vocabulary_word, decode::count);
    let tags = fields.map("tags", problems, any_name, decode::count);
    let level_counts = fields.map("level_counts", problems, any_name, decode::count);
    let shares = fields
        .node("shares")
        .map_or_else(Shares::default, |node| read_shares(node, problems));
    fields.finish(problems);
    Constraints {
        questions: questions.map(|count| count.value),
        min_categories: min_categories.map(|number| number.value),
        max_per_category: max_per_category.map(|number| number.value),
        levels,
        include,
        exclude,
        together,
        categories,
        difficulty,
        mix,
        kinds,
        tags,
        level_counts,
        shares,
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands where names are checked"
)]
fn any_name(word: &str) -> Result<String, Wrong> {
    Ok(word.to_owned())
}

fn read_shares(node: &Node<'_>, problems: &mut Problems) -> Shares {
    let mut fields = Fields::new(node, "`[constraints.shares]`", node.span, problems);
    let categories = fields.map("categories", problems, any_name, percent);
    let difficulty = fields.map("difficulty", problems, decode::vocabulary_word, percent);
    let kinds = fields.map("kinds", problems, decode::vocabulary_word, percent);
    let levels = fields.map("levels", problems, any_name, percent);
    let tags = fields.map("tags", problems, any_name, percent);
    fields.finish(problems);
    Shares {
        categories,
        difficulty,
        kinds,
        levels,
        tags,
    }
}

/// Bounds in percent.
fn percent(value: &Value<'_>) -> Result<Count, Wrong> {
    let wrong = || Wrong::must_be("a percentage (`50`) or bounds (`{ min = 25, max = 50 }`)");
    let count = decode::count(value).map_err(|_| wrong())?;
    let above = |bound: Option<u32>| bound.is_some_and(|bound| bound > 100);
    if above(count.min) || above(count.max) {
        return Err(wrong());
    }
    Ok(count)
}

/// One list of ids, or a list of such lists.
#[must_use]
pub fn read_lists(
    what: &'static str,
    node: &Node<'_>,
    problems: &mut Problems,
) -> Vec<Vec<Spanned<String>>> {
    let nested = match &node.value {
        Value::List(items) => items
            .iter()
            .any(|item| matches!(item.value, Value::List(_))),
        _ => false,
    };
    let lists: Vec<Vec<Spanned<String>>> = match &node.value {
        Value::List(lists) if nested => lists
            .iter()
            .map(|ids| decode::list(what, ids, problems, decode::text))
            .collect(),
        _ => {
            let list = decode::list(what, node, problems, decode::text);
            return if list.is_empty() {
                Vec::new()
            } else {
                vec![list]
            };
        }
    };
    if lists.iter().any(Vec::is_empty) && !problems.any_error() {
        let message = format!("`{what}` has an empty list");
        problems.report(
            INVALID_VALUE,
            node.span,
            message,
            "name questions, or leave it out",
        );
    }
    lists
}
