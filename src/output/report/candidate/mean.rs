//! The weighted mean of a candidate, in sentences and as a table.

use super::heading;
use crate::model::words::counted;
use crate::output::report::common::{columns, words};
use crate::output::report::document::{Block, Cell, Table};
use crate::output::report::words::{number, why, with_interval};
use crate::report::debrief::{Debrief, ErrorOf, Mechanical};
use crate::report::figure::Why;

/// The section on it.
pub(super) fn mean(debrief: &Debrief) -> Vec<Block> {
    let are_independent = debrief
        .rounds
        .iter()
        .flat_map(|round| &round.scorecards)
        .all(super::is_independent);
    let of = if are_independent {
        "independent scores"
    } else {
        "scores of which not all are independent"
    };
    let mut blocks = vec![Block::Text(sentence(&debrief.mean, of))];
    if let Some(revised) = &debrief.revised_mean {
        blocks.push(Block::Text(format!(
            "After the debrief's revisions: {}",
            sentence(revised, "revised scores")
        )));
    }
    if !debrief.mean.dimensions.is_empty() {
        blocks.push(Block::Table(dimensions(&debrief.mean)));
    }
    if debrief.rounds.len() > 1 {
        let of_rounds = debrief.rounds.iter();
        let of_rounds =
            of_rounds.map(|round| format!("{}: {}", heading(round), short(&round.mean)));
        blocks.push(Block::List(of_rounds.collect()));
    }
    if let Some(adjusted) = &debrief.adjusted {
        let text = match adjusted.why {
            // Not in the season: that has only candidates of whom everything is handed in.
            Some(Why::TooFew { needs: 1, .. }) => {
                "There is no adjusted score: it is taken from candidates whose scorecards are all handed in, and have a score."
                    .to_owned()
            }
            Some(reason) => format!("There is no adjusted score. {}.", why(reason)),
            None => format!(
                "Adjusted, and second to the mean above: {} the mean of all candidates so far ({}) once its interviewers and questions are \
                 taken into account, shrunken towards that mean. It assumes that who asked whom what was as good as random.",
                side(adjusted.value.unwrap_or(0.0)),
                with_interval(adjusted, 2).words()
            ),
        };
        blocks.push(Block::Text(text));
    }
    blocks
}

/// How far above or below.
fn side(points: f64) -> String {
    let side = if points < 0.0 { "below" } else { "above" };
    format!("{} points {side}", number(points.abs(), 2))
}

fn short(mean: &Mechanical) -> String {
    match mean.mean.value {
        Some(value) => {
            let error = mean.mean.standard_error;
            let error = error.map_or_else(String::new, |error| format!(" ± {}", number(error, 2)));
            let weight = if mean.weight == 0 {
                String::new()
            } else {
                format!(" over {} of {} weight", mean.weight_answered, mean.weight)
            };
            format!(
                "{}{error}{weight}, {}",
                number(value, 2),
                counted(mean.mean.n, "rating", "ratings")
            )
        }
        None => "no score".to_owned(),
    }
}

fn sentence(mean: &Mechanical, of: &str) -> String {
    if mean.weights_differ {
        return "The screens pin different weights, so that there is no mean over all of them; each interview has its own below."
            .to_owned();
    }
    let Some(value) = mean.mean.value else {
        return "Nothing was scored.".to_owned();
    };
    let error = match (mean.mean.standard_error, mean.mean.interval) {
        (Some(error), Some(ends)) => format!(
            " ± {} standard error, 95 % interval {} to {}",
            number(error, 2),
            number(ends.low, 2),
            number(ends.high, 2)
        ),
        _ => String::new(),
    };
    let mut text = format!(
        "{}{error}. It is of {} ({}, {}).",
        number(value, 2),
        of,
        counted(mean.mean.n, "rating", "ratings"),
        counted(mean.questions, "question", "questions")
    );
    text.push_str(match mean.error_of {
        Some(ErrorOf::Season) => {
            " The error allows for other questions, other interviewers and chance, by the variances of all candidates so far."
        }
        Some(ErrorOf::Questions) => {
            " The error allows for other questions alone, not for how severe these interviewers are: fewer than 10 candidates were rated."
        }
        None => " There is no standard error: too few questions of a dimension were scored.",
    });
    text.push_str(&weight(mean));
    text
}

fn weight(mean: &Mechanical) -> String {
    let mut text = String::new();
    if mean.weight == 0 {
        text.push_str(" No weights are pinned: every question counts alike.");
    } else if mean.weight_answered == mean.weight {
        text.push_str(" Every dimension has a score: all of the weight counts.");
    } else {
        let missing: Vec<&str> = mean
            .dimensions
            .iter()
            .filter(|row| row.questions == 0)
            .map(|row| row.dimension.as_str())
            .collect();
        let [low, high] = mean.possible.unwrap_or_default();
        text = format!(
            " It is over {} of {} weight. Without a score: {}. Whatever that came to, the whole would be between {} and {}.",
            mean.weight_answered,
            mean.weight,
            missing.join(", "),
            number(low, 2),
            number(high, 2)
        );
    }
    if !mean.unweighted.is_empty() {
        text = format!(
            "{text} Scores of {} belong to no dimension and do not count.",
            mean.unweighted.join(", ")
        );
    }
    text
}

fn dimensions(mean: &Mechanical) -> Table {
    let rows = mean.dimensions.iter().map(|row| {
        vec![
            words(row.dimension.clone()),
            words(row.weight.to_string()),
            words(row.questions.to_string()),
            words(row.ratings.to_string()),
            if row.questions == 0 {
                Cell::Missing("no score".to_owned())
            } else {
                with_interval(&row.mean, 2)
            },
        ]
    });
    Table {
        caption: "Dimensions, with the weights that were pinned".to_owned(),
        columns: columns(&["dimension"], &["weight", "questions", "ratings", "mean"]),
        rows: rows.collect(),
        notes: vec![
            "Intervals here are of the questions alone: by how far the answers differ from question to question, as if these interviewers were the \
             scale; that of the whole mean above allows for other interviewers, too. Where fewer than three were scored, or all alike, there is none."
                .to_owned(),
        ],
    }
}
