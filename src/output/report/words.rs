//! Figures in words: how many decimals, how an interval is written, what stands for one that is not shown.

use super::document::Cell;
use crate::report::figure::{Figure, Kind, Undefined, Why};

/// A number with so many decimals and a real minus sign.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    // What rounds to 0 has no sign.
    let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    match text.strip_prefix('-') {
        Some(rest) if is_zero => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// A share in per cent.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0, 0))
}

/// A value with its interval, as `3.4 [3.1, 3.7]`.
#[must_use]
pub fn with_interval(figure: &Figure, decimals: usize) -> Cell {
    match (figure.value, figure.interval) {
        (Some(value), Some(ends)) => Cell::Text(format!(
            "{} [{}, {}]",
            number(value, decimals),
            number(ends.low, decimals),
            number(ends.high, decimals)
        )),
        (Some(value), None) => without(number(value, decimals), figure.no_interval),
        (None, _) => Cell::Missing(short(figure)),
    }
}

/// A value that has no interval, with the reason in short.
fn without(value: String, why: Option<Why>) -> Cell {
    match why {
        Some(Why::Undefined {
            of: Undefined::NoneFound,
        }) => Cell::Missing("none found".to_owned()),
        Some(Why::TooFew { has, needs, .. }) => Cell::Text(format!("{value} ({has} of {needs})")),
        Some(_) => Cell::Text(format!("{value} (all alike)")),
        None => Cell::Text(value),
    }
}

/// A share as a bar, with its interval.
#[must_use]
pub fn share(figure: &Figure) -> Cell {
    match (figure.value, figure.interval) {
        (Some(value), Some(ends)) => Cell::Bar(
            value,
            format!(
                "{} [{}, {}]",
                percent(value),
                number(ends.low * 100.0, 0),
                number(ends.high * 100.0, 0)
            ),
        ),
        (Some(value), None) => Cell::Bar(value, percent(value)),
        (None, _) => Cell::Missing(short(figure)),
    }
}

/// What stands for a figure that is not shown.
#[must_use]
pub fn short(figure: &Figure) -> String {
    match figure.why {
        Some(Why::TooFew { has, needs, .. }) if needs > 1 => format!("{has} of {needs}"),
        Some(Why::TooFew { .. }) => "none".to_owned(),
        Some(Why::Undefined { .. }) => "undefined".to_owned(),
        Some(Why::Confounded) => "confounded".to_owned(),
        Some(Why::NotAsked) | None => "–".to_owned(),
    }
}

/// Why a figure is not shown, as a sentence.
#[must_use]
pub fn why(why: Why) -> String {
    match why {
        Why::TooFew { has, needs, of } => {
            let of = kind(of);
            format!(
                "{has} of {needs}: {needs} {of} are needed before it is shown, and there are {has}"
            )
        }
        Why::Undefined { of } => undefined(of).to_owned(),
        Why::Confounded => {
            "confounded: with this plan of interviews it cannot be told from something else"
                .to_owned()
        }
        Why::NotAsked => {
            "not calculated: --descriptive takes only what one pass can tell".to_owned()
        }
    }
}

/// What is counted.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Ratings => "ratings",
        Kind::Candidates => "candidates",
        Kind::DoublyRated => "doubly rated candidates",
        Kind::Times => "times",
        Kind::People => "people who answered every question",
        Kind::Questions => "questions",
        Kind::Applicants => "people in both groups",
        Kind::Selected => "selected people to be expected in both groups",
    }
}

fn undefined(of: Undefined) -> &'static str {
    match of {
        Undefined::NoPairs => "undefined: nothing was rated twice",
        Undefined::NoVariance => "undefined: nothing varies, so that nothing could agree or differ",
        Undefined::NoneFound => {
            "undefined: no differences were found that chance alone does not explain"
        }
        Undefined::Incomplete => "undefined: not all interviewers rated every answer",
        Undefined::NoResidual => "undefined: nothing is left to chance",
        Undefined::NotIdentified => {
            "undefined: the plan of interviews does not tell the effects apart"
        }
        Undefined::NotFound => "undefined: the search for the likeliest variances did not end",
        Undefined::TooFew => "undefined: there is too little for the formula",
    }
}

/// The reasons of figures that are not shown, or have no interval, each once.
#[must_use]
pub fn reasons<'f>(figures: impl IntoIterator<Item = &'f Figure>) -> Vec<String> {
    let mut needs: Vec<(usize, usize, Kind, bool)> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for figure in figures {
        let is_shown = figure.value.is_some();
        match figure.why.or(figure.no_interval) {
            Some(Why::TooFew {
                has,
                needs: least,
                of,
            }) if least > 1 => {
                let is_known = |known: &(usize, usize, Kind, bool)| {
                    (known.1, known.2, known.3) == (least, of, is_shown)
                };
                if !needs.iter().any(is_known) {
                    needs.push((has, least, of, is_shown));
                }
            }
            Some(Why::TooFew { .. }) | None => {}
            Some(other) => {
                let text = if is_shown {
                    no_interval(other)
                } else {
                    why(other)
                };
                if !said.contains(&text) {
                    said.push(text);
                }
            }
        }
    }
    let needs = needs.into_iter().map(|(has, least, of, is_shown)| {
        let of = kind(of);
        if is_shown {
            format!(
                "“({has} of {least})”: without an interval, since {least} {of} are needed for it"
            )
        } else {
            format!("“{has} of {least}”: not shown, since {least} {of} are needed for it")
        }
    });
    needs.chain(said).collect()
}

/// Why a value has no interval, as a sentence.
fn no_interval(why: Why) -> String {
    match why {
        Why::Undefined {
            of: Undefined::NoneFound,
        } => "none found: as far as these ratings tell they do not differ at all, so that each estimate is 0; that they are alike does \
              not follow, there may be too little to tell"
            .to_owned(),
        _ => "all alike: nothing varies, so that no interval follows".to_owned(),
    }
}
