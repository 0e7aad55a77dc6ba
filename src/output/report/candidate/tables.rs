//! A candidate's scores side by side: by category, by question, by scorecard.

use super::answer;
use crate::model::vocabulary::Vocabulary;
use crate::model::words::counted;
use crate::output::report::common::{columns, words};
use crate::output::report::document::{Cell, Column, HeatMap, Plot, PlotKind, Table};
use crate::output::report::flat::Flat;
use crate::output::report::words::{number, reasons, with_interval};
use crate::report::debrief::{CardRow, Debrief, Given, QuestionScores, Round};
use crate::report::figure::Figure;

fn interviewers(debrief: &Debrief) -> Vec<&str> {
    let cards = debrief.rounds.iter().flat_map(|round| &round.scorecards);
    let mut names: Vec<&str> = cards.map(|card| card.interviewer.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(super) fn coverage(debrief: &Debrief) -> Table {
    let names = interviewers(debrief);
    let rows = debrief.categories.iter().map(|row| {
        let mut cells = vec![
            words(row.category.clone()),
            words(row.planned.to_string()),
            words(row.asked.to_string()),
            words(row.scored.to_string()),
            words(row.ratings.to_string()),
            if row.scored == 0 {
                Cell::Missing("no score".to_owned())
            } else {
                with_interval(&row.mean, 2)
            },
        ];
        cells.extend(names.iter().map(|name| {
            row.by_interviewer.get(*name).map_or_else(
                || Cell::Missing("–".to_owned()),
                |mean| words(number(*mean, 2)),
            )
        }));
        cells
    });
    let mut columns = columns(
        &["category"],
        &["planned", "asked", "scored", "ratings", "mean"],
    );
    columns.extend(names.iter().map(|name| Column {
        name: (*name).to_owned(),
        is_number: true,
    }));
    let figures: Vec<Figure> = debrief.categories.iter().map(|row| row.mean).collect();
    Table {
        caption: "Questions and mean scores by category and interviewer".to_owned(),
        columns,
        rows: rows.collect(),
        notes: reasons(&figures),
    }
}

/// Questions by interviewers, where somebody can be compared.
pub(super) fn map(debrief: &Debrief) -> Option<Plot> {
    let names = interviewers(debrief);
    if names.len() < 2 {
        return None;
    }
    let questions = debrief.rounds.iter().flat_map(|round| &round.questions);
    let rows: Vec<(String, Vec<Option<f64>>)> = questions
        .map(|question| (question.id.clone(), scores(question, &names)))
        .filter(|(_, scores)| scores.iter().any(Option::is_some))
        .collect();
    (!rows.is_empty()).then(|| Plot {
        title: "Independent scores by question and interviewer".to_owned(),
        about: format!(
            "{} by {}; an empty cell was not scored.",
            counted(rows.len(), "question", "questions"),
            counted(names.len(), "interviewer", "interviewers")
        ),
        kind: PlotKind::HeatMap(HeatMap {
            row: "question".to_owned(),
            column: "interviewer".to_owned(),
            columns: names.iter().map(|name| (*name).to_owned()).collect(),
            rows,
            least: 1.0,
            most: 5.0,
            decimals: 0,
            legend: ["lowest score".to_owned(), "highest score".to_owned()],
        }),
    })
}

fn scores(question: &QuestionScores, names: &[&str]) -> Vec<Option<f64>> {
    let of = |name: &&str| {
        let given = question
            .ratings
            .iter()
            .find(|given| given.interviewer == **name)?;
        given.score.map(f64::from)
    };
    names.iter().map(of).collect()
}

/// The recommendation of a scorecard, and what it was revised to.
pub(super) fn overall(card: &CardRow) -> String {
    let overall = card
        .overall
        .map_or_else(|| "–".to_owned(), |score| score.to_string());
    match card.overall_revised {
        Some(revised) => format!("{overall} → {revised}"),
        None => overall,
    }
}

pub(super) fn scorecards(cards: &[CardRow]) -> Table {
    let rows = cards.iter().map(|card| {
        vec![
            words(card.interviewer.clone()),
            words(
                card.date
                    .map_or_else(|| "–".to_owned(), |date| date.to_string()),
            ),
            words(card.status.name()),
            words(card.ratings.to_string()),
            words(
                card.mean
                    .map_or_else(|| "–".to_owned(), |mean| number(mean, 2)),
            ),
            words(overall(card)),
        ]
    });
    Table {
        caption: "Scorecards".to_owned(),
        columns: columns(
            &["interviewer", "date", "status"],
            &["ratings", "mean", "overall"],
        ),
        rows: rows.collect(),
        notes: vec!["Mean: of this interviewer's scores, each alike. Overall: the recommendation, given after the questions.".to_owned()],
    }
}

pub(super) fn questions(round: &Round) -> Table {
    let rows = round.questions.iter().map(|question| {
        let mut cells = vec![
            words(question.id.clone()),
            words(question.category.clone()),
            words(format!(
                "{}, {} min",
                question.planned_mode, question.planned_minutes
            )),
        ];
        cells.extend(question.ratings.iter().map(|given| words(answer(given))));
        cells.push(words(
            question
                .mean
                .map_or_else(|| "–".to_owned(), |mean| number(mean, 2)),
        ));
        cells
    });
    let mut columns = columns(&["question", "category", "planned"], &[]);
    let names = round
        .scorecards
        .iter()
        .map(|card| card.interviewer.as_str());
    columns.extend(names.chain(["mean"]).map(|name| Column {
        name: name.to_owned(),
        is_number: true,
    }));
    Table {
        caption: "Scores side by side; → is a revision".to_owned(),
        columns,
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

/// The rows for a spreadsheet: a row for each question of each scorecard.
#[must_use]
pub fn rows(debrief: &Debrief) -> Vec<Flat> {
    let mut rows = Vec::new();
    for round in &debrief.rounds {
        for question in &round.questions {
            for given in &question.ratings {
                rows.push(row(debrief, round, question, given));
            }
        }
    }
    rows
}

fn row(debrief: &Debrief, round: &Round, question: &QuestionScores, given: &Given) -> Flat {
    let score = |score: Option<u8>| score.map(f64::from);
    let asked = given
        .asked
        .map_or("", |asked| if asked { "true" } else { "false" });
    let card = round.scorecards.iter();
    let mut card = card.filter(|card| card.interviewer == given.interviewer);
    let card = card.next();
    let status = card.map_or("", |card| card.status.name());
    let is_revealed = card.is_some_and(|card| !card.reveals.is_empty());
    Flat::default()
        .text("candidate", &debrief.candidate)
        .text("screen", &round.screen)
        .text("question", &question.id)
        .text("category", &question.category)
        .text("interviewer", &given.interviewer)
        .text("status", status)
        .text("revealed", if is_revealed { "true" } else { "false" })
        .text("asked", asked)
        .number("score", score(given.score))
        .number(
            "revised_score",
            given.revised.and_then(|revised| score(revised.score)),
        )
        .text("planned_mode", question.planned_mode.name())
        .text("mode", given.mode.unwrap_or(question.planned_mode).name())
        .number("seconds", given.seconds.map(f64::from))
        .number("overall", card.and_then(|card| score(card.overall)))
        .number(
            "revised_overall",
            card.and_then(|card| score(card.overall_revised)),
        )
        .text("note", given.note.as_deref().unwrap_or_default())
}
