//! The report on interviewers.

use serde::Serialize;

use super::common::{Modelled, columns, facts, is_empty, model, nothing, words};
use super::document::{Block, Cell, Document, Plot, Table};
use super::flat::Flat;
use super::plots::caterpillar;
use super::words::{number, reasons, share, with_interval};
use crate::report::concordance::{Agreement, FEW_FOR_AGREEMENT, PairRow};
use crate::report::figure::Figure;
use crate::report::interviewers::InterviewerRow;
use crate::report::summary::{LEAST_FOR_CANDIDATES, Of};

/// Below how many interviewers their variance is hardly known.
const FEW_INTERVIEWERS: usize = 6;

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Interviewers<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `interviewers`.
    pub report: &'static str,
    /// What it is of.
    pub of: &'r Of,
    /// The interviewers.
    pub interviewers: &'r [InterviewerRow],
    /// The standard deviation within a candidate's scores over all interviewers.
    pub within_candidate: Figure,
    /// How far they agree over all; none where the scores were not kept.
    pub agreement: Option<&'r Agreement>,
    /// How far each pair agrees.
    pub pairs: &'r [PairRow],
    /// The model.
    pub model: Modelled<'r>,
}

/// The report as blocks.
#[must_use]
pub fn document(report: &Interviewers<'_>) -> Document {
    const TITLE: &str = "Interviewers: how they use the scale";
    if let Some(nothing) = nothing(report.of, TITLE) {
        return nothing;
    }
    let rows = report.interviewers;
    let mut blocks = vec![Block::Heading("What to look at".to_owned())];
    let asks: Vec<String> = rows
        .iter()
        .filter(|row| row.is_apart)
        .map(sentence)
        .collect();
    if asks.is_empty() {
        blocks.push(Block::Text(nobody(report)));
    } else {
        blocks.push(Block::List(asks));
    }
    blocks.push(Block::Heading("How each uses the scale".to_owned()));
    blocks.push(Block::Table(scale(report)));
    blocks.extend(severities(rows).map(Block::Plot));
    blocks.push(Block::Table(habits(rows)));
    blocks.push(Block::Heading("How far they agree".to_owned()));
    match report.agreement {
        Some(agreement) => {
            blocks.push(Block::Table(overall(agreement)));
            if report.pairs.is_empty() {
                blocks.push(Block::Text(
                    "No two interviewers rated the same answer.".to_owned(),
                ));
            } else {
                blocks.push(Block::Table(pairs(report.pairs)));
                blocks.extend(pairs_plot(report.pairs).map(Block::Plot));
            }
        }
        None => blocks.push(Block::Text(
            "Not calculated: --descriptive takes only what one pass can tell.".to_owned(),
        )),
    }
    blocks.extend(model(report.model));
    Document {
        title: TITLE.to_owned(),
        facts: facts(report.of),
        blocks,
    }
}

/// Why nobody is pointed out.
fn nobody(report: &Interviewers<'_>) -> String {
    let rows = report.interviewers;
    if is_empty(report.of) {
        return "No rating is handed in yet: there is nothing to say.".to_owned();
    }
    if rows.iter().any(|row| row.severity.interval.is_some()) {
        return "Nobody's severity is told apart from the others', as far as so many ratings can tell."
            .to_owned();
    }
    if rows.iter().any(|row| row.severity.value.is_some()) {
        return "No differences in severity were found, as far as so many ratings can tell."
            .to_owned();
    }
    let figures: Vec<Figure> = rows.iter().map(|row| row.severity).collect();
    format!(
        "Nobody's severity is shown, so that nobody is pointed out. {}.",
        reasons(&figures).join(". ")
    )
}

fn sentence(row: &InterviewerRow) -> String {
    let severity = row.severity.value.unwrap_or(0.0);
    let side = if severity > 0.0 { "below" } else { "above" };
    let ends = row.severity.interval.map(|ends| {
        let [low, high] = if severity > 0.0 {
            [ends.low, ends.high]
        } else {
            [-ends.high, -ends.low]
        };
        format!(", 95 % interval {} to {}", number(low, 2), number(high, 2))
    });
    format!(
        "{} is estimated to score {} points {side} what others give the same answers ({} ratings{}). Do the anchors read the same to \
         everybody? Rate one interview together and compare.",
        row.id,
        number(severity.abs(), 2),
        row.severity.n,
        ends.unwrap_or_default()
    )
}

fn scale(report: &Interviewers<'_>) -> Table {
    let (rows, all_within) = (report.interviewers, &report.within_candidate);
    let cells = rows.iter().map(|row| {
        vec![
            words(row.id.clone()),
            words(row.candidates.to_string()),
            words(row.ratings.to_string()),
            with_interval(&row.mean, 2),
            with_interval(&row.severity, 2),
            with_interval(&row.spread_ratio, 2),
            with_interval(&row.within_candidate, 2),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .flat_map(|row| {
            [
                row.mean,
                row.severity,
                row.spread_ratio,
                row.within_candidate,
            ]
        })
        .collect();
    let mut notes = vec![
        "95 % intervals in brackets. Severity: points below what others give the same answers, shrunken towards 0 the less there is; \
         positive is more severe."
            .to_owned(),
        "Spread: the standard deviation of the scores over that of everybody else; well below 1 the ends of the scale are avoided. \
         Within: the standard deviation between one candidate's scores, pooled over candidates; small where one answer colours the others, or \
         candidates are alike all through."
            .to_owned(),
    ];
    let severities: Vec<Figure> = rows.iter().map(|row| row.severity).collect();
    if let Some(within) = all_within.value {
        notes.push(format!(
            "Within, over all interviewers: {}.",
            number(within, 2)
        ));
    }
    let compared = severities
        .iter()
        .filter(|figure| figure.interval.is_some())
        .count();
    let is_of_few = compared < FEW_INTERVIEWERS || report.of.candidates < LEAST_FOR_CANDIDATES;
    if compared > 0 && is_of_few {
        notes.push(format!(
            "Severity of fewer than {FEW_INTERVIEWERS} interviewers, or from fewer than {LEAST_FOR_CANDIDATES} candidates: how far interviewers \
             differ at all is hardly known, and the intervals are too narrow."
        ));
    }
    notes.extend(reasons(&figures));
    Table {
        caption: "Means, severity, and how wide the scale is used".to_owned(),
        columns: columns(
            &["interviewer"],
            &[
                "candidates",
                "ratings",
                "mean",
                "severity",
                "spread",
                "within",
            ],
        ),
        rows: cells.collect(),
        notes,
    }
}

fn severities(rows: &[InterviewerRow]) -> Option<Plot> {
    caterpillar(
        rows.iter().map(|row| (row.id.as_str(), row.severity)),
        "Severity of each interviewer",
        "points below what others give the same answers",
        ["milder", "more severe"],
    )
}

fn habits(rows: &[InterviewerRow]) -> Table {
    let cells = rows.iter().map(|row| {
        vec![
            words(row.id.clone()),
            words(row.of_score.map(|n| n.to_string()).join(" ")),
            share(&row.threes),
            share(&row.asked),
            share(&row.as_deep),
            with_interval(&row.pace, 2),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .flat_map(|row| [row.threes, row.asked, row.as_deep, row.pace])
        .collect();
    let mut notes = vec![
        "Asked: the share of planned questions. As deep: the share of asked ones that were taken as quick, standard or deep as planned. \
         Pace: time used over time planned."
            .to_owned(),
    ];
    notes.extend(reasons(&figures));
    Table {
        caption: "Habits, and the plan".to_owned(),
        columns: columns(
            &["interviewer", "1s 2s 3s 4s 5s"],
            &["3s", "asked", "as deep", "pace"],
        ),
        rows: cells.collect(),
        notes,
    }
}

fn overall(agreement: &Agreement) -> Table {
    let row = |name: &str, cell: Cell, how: &str| vec![words(name), cell, words(how)];
    let rows = vec![
        row(
            "same score",
            share(&agreement.exact),
            "pairs, averaged over answers",
        ),
        row(
            "within one point",
            share(&agreement.within_one),
            "pairs, averaged over answers",
        ),
        row(
            "Krippendorff's alpha",
            with_interval(&agreement.alpha, 2),
            "ordinal; 0 chance, 1 perfect",
        ),
        row(
            "ICC(2,1)",
            with_interval(&agreement.icc_single, 2),
            "one rating",
        ),
        row(
            "ICC(2,k)",
            with_interval(&agreement.icc_mean, 2),
            "the mean of all interviewers",
        ),
    ];
    let figures = [
        agreement.exact,
        agreement.within_one,
        agreement.alpha,
        agreement.icc_single,
        agreement.icc_mean,
    ];
    let mut notes = vec![format!(
        "{} answers of {} candidates were rated by two or more. The interval of alpha draws whole candidates again; those \
         of shares allow for answers of one candidate being alike.",
        agreement.answers, agreement.candidates
    )];
    if agreement.is_of_few {
        notes.push(format!(
            "Fewer than {FEW_FOR_AGREEMENT} doubly rated candidates: take this as a hint. The interval of alpha is too narrow then."
        ));
    }
    notes.extend(reasons(&figures));
    let mut columns = columns(&["agreement"], &["over all"]);
    columns.extend(super::common::columns(&["of what"], &[]));
    Table {
        caption: "Agreement on the same answers".to_owned(),
        columns,
        rows,
        notes,
    }
}

fn pairs(rows: &[PairRow]) -> Table {
    let cells = rows.iter().map(|row| {
        let few = if row.is_of_few { " (few)" } else { "" };
        vec![
            words(row.interviewers.join(" – ")),
            words(format!("{}{few}", row.candidates)),
            words(row.answers.to_string()),
            share(&row.within_one),
            with_interval(&row.kappa, 2),
            with_interval(&row.icc_single, 2),
            with_interval(&row.difference, 2),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .flat_map(|row| [row.within_one, row.kappa, row.icc_single, row.difference])
        .collect();
    let mut notes = vec![format!(
        "Kappa: Cohen's, with quadratic weights. ICC(2,1): agreement of single ratings; its interval takes answers for independent. \
         Difference: how much higher the second one scores. Few: fewer than {FEW_FOR_AGREEMENT} candidates, and \
         kappa's interval is too narrow then."
    )];
    notes.extend(reasons(&figures));
    Table {
        caption: "Agreement of each pair".to_owned(),
        columns: columns(
            &["pair"],
            &[
                "candidates",
                "answers",
                "within one",
                "kappa",
                "ICC(2,1)",
                "difference",
            ],
        ),
        rows: cells.collect(),
        notes,
    }
}

fn pairs_plot(rows: &[PairRow]) -> Option<Plot> {
    let names: Vec<String> = rows
        .iter()
        .map(|row| row.interviewers.join(" – "))
        .collect();
    let marks = names
        .iter()
        .map(String::as_str)
        .zip(rows.iter().map(|row| row.kappa));
    caterpillar(
        marks,
        "Agreement of each pair",
        "kappa with quadratic weights; 0 is chance",
        ["apart", "alike"],
    )
}

/// The rows for a spreadsheet.
#[must_use]
pub fn rows(rows: &[InterviewerRow]) -> Vec<Flat> {
    let row = |row: &InterviewerRow| {
        let flat = Flat::default()
            .text("interviewer", &row.id)
            .count("scorecards", row.scorecards)
            .count("candidates", row.candidates)
            .count("ratings", row.ratings);
        let flat = (1..)
            .zip(row.of_score)
            .fold(flat, |flat, (score, n): (usize, usize)| {
                flat.count(&format!("score_{score}"), n)
            });
        flat.figure("mean", &row.mean)
            .figure("severity", &row.severity)
            .figure("severity_unshrunken", &row.severity_unshrunken)
            .figure("spread_ratio", &row.spread_ratio)
            .figure("within_candidate", &row.within_candidate)
            .figure("threes", &row.threes)
            .figure("asked", &row.asked)
            .figure("as_deep", &row.as_deep)
            .figure("pace", &row.pace)
            .count("is_apart", usize::from(row.is_apart))
    };
    rows.iter().map(row).collect()
}
