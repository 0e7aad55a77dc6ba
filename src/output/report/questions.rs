//! The report on questions.

use serde::Serialize;

use super::common::{Modelled, columns, facts, is_empty, model, nothing, words};
use super::document::{Block, Document, HeatMap, Plot, PlotKind, Table};
use super::flat::Flat;
use super::plots::caterpillar;
use super::words::{number, percent, reasons, share, with_interval};
use crate::model::words::counted;
use crate::report::figure::Figure;
use crate::report::questions::{Ask, FixedScreen, QuestionRow};
use crate::report::summary::Of;

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Questions<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `questions`.
    pub report: &'static str,
    /// What it is of.
    pub of: &'r Of,
    /// The questions.
    pub questions: &'r [QuestionRow],
    /// The screens that several people had.
    pub fixed_screens: &'r [FixedScreen],
    /// The model.
    pub model: Modelled<'r>,
    /// The mean score of each candidate for each question.
    #[serde(skip)]
    pub map: Option<HeatMap>,
}

/// The report as blocks.
#[must_use]
pub fn document(report: &Questions<'_>) -> Document {
    const TITLE: &str = "Questions: what the scores say about them";
    if let Some(nothing) = nothing(report.of, TITLE) {
        return nothing;
    }
    let mut blocks = vec![Block::Heading("What to look at".to_owned())];
    let asks: Vec<String> = report
        .questions
        .iter()
        .flat_map(|row| row.ask.iter().map(|ask| sentence(*ask, row)))
        .collect();
    if asks.is_empty() {
        blocks.push(Block::Text(why_nothing(report)));
    } else {
        blocks.push(Block::List(asks));
    }
    blocks.push(Block::Heading("How the questions are used".to_owned()));
    blocks.push(Block::Table(usage(report.questions)));
    blocks.push(Block::Heading("What the scores say".to_owned()));
    blocks.push(Block::Table(scores(report.questions)));
    blocks.push(Block::Table(statistics(report.questions)));
    blocks.extend(difficulties(report.questions).map(Block::Plot));
    if !report.fixed_screens.is_empty() {
        blocks.push(Block::Heading(
            "Screens with the same questions for several people".to_owned(),
        ));
        blocks.extend(fixed(report.fixed_screens));
    }
    blocks.extend(model(report.model));
    if let Some(map) = &report.map {
        blocks.push(Block::Heading("Candidates by questions".to_owned()));
        blocks.push(Block::Plot(Plot {
            title: "Mean score of each candidate for each question".to_owned(),
            about: format!(
                "{} by {}; an empty cell was not scored.",
                counted(map.rows.len(), "candidate", "candidates"),
                counted(map.columns.len(), "question", "questions")
            ),
            kind: PlotKind::HeatMap(map.clone()),
        }));
    }
    Document {
        title: TITLE.to_owned(),
        facts: facts(report.of),
        blocks,
    }
}

/// Why nothing is asked.
fn why_nothing(report: &Questions<'_>) -> String {
    if is_empty(report.of) {
        return "No rating is handed in yet: there is nothing to say.".to_owned();
    }
    let mut figures = report.questions.iter().map(|row| &row.difficulty);
    if figures.any(|figure| figure.value.is_some()) {
        "Nothing stands out, as far as so many ratings can tell.".to_owned()
    } else {
        "Nothing is asked: there are too few ratings of every question to tell anything.".to_owned()
    }
}

fn sentence(ask: Ask, row: &QuestionRow) -> String {
    let id = &row.id;
    let of = |figure: &Figure| percent(figure.value.unwrap_or(0.0));
    match ask {
        Ask::Ceiling => format!(
            "{id}: {} of {} ratings are a 5. Does it still tell candidates apart, or should it be harder, or retired?",
            of(&row.ceiling),
            row.ratings
        ),
        Ask::Floor => format!(
            "{id}: {} of {} ratings are a 1. Is it asked of the right people, or should it be rewritten so that it is clear what is wanted?",
            of(&row.floor),
            row.ratings
        ),
        Ask::HarderThanStated => format!(
            "{id}: is called easy in the bank, and comes out harder than the mean question ({}, {} ratings). Which of the two is true for your \
             candidates?",
            with_interval(&row.difficulty, 2).words(),
            row.difficulty.n
        ),
        Ask::EasierThanStated => format!(
            "{id}: is called hard in the bank, and comes out easier than the mean question ({}, {} ratings). Which of the two is true for your \
             candidates?",
            with_interval(&row.difficulty, 2).words(),
            row.difficulty.n
        ),
        Ask::AgainstTheRest => format!(
            "{id}: who does well elsewhere does worse here (r {}, {} candidates). Does the rubric reward the wrong answer, and should it be rewritten?",
            with_interval(&row.item_rest, 2).words(),
            row.item_rest.n
        ),
        Ask::TooLong => format!(
            "{id}: takes {} minutes where {} are planned (median of {}). Should it be split, or its minutes mended?",
            number(row.minutes.value.unwrap_or(0.0), 1),
            number(row.planned_minutes.unwrap_or(0.0), 1),
            row.minutes.n
        ),
        Ask::SeldomAsked => format!(
            "{id}: planned in {} interviews, asked in {}. Does it come too late, or do interviewers avoid it?",
            row.asked + row.not_asked,
            row.asked
        ),
        Ask::Exposed => format!(
            "{id}: {} of {} candidates had it in a screen. Is the answer known by now, and is there another one to rotate with?",
            of(&row.exposure),
            row.exposure.n
        ),
        Ask::Changed => format!(
            "{id}: {} versions of its text were asked. Are the scores before and after still of one question?",
            row.versions
        ),
        Ask::Retired => match row.status {
            Some(status) => {
                format!("{id}: is {status} in the bank. Are its scores still of use to anybody?")
            }
            None => format!(
                "{id}: is not in this bank. Was it renamed, or is this another team's interview?"
            ),
        },
    }
}

fn usage(rows: &[QuestionRow]) -> Table {
    let cells = rows.iter().map(|row| {
        vec![
            words(row.id.clone()),
            words(row.category.clone()),
            words(row.uses.to_string()),
            words(row.asked.to_string()),
            words(row.not_asked.to_string()),
            share(&row.exposure),
            with_interval(&row.minutes, 1),
            words(
                row.planned_minutes
                    .map_or_else(|| "–".to_owned(), |planned| number(planned, 1)),
            ),
            words(row.minutes.n.to_string()),
        ]
    });
    Table {
        caption: "How often questions were pinned in a screen and asked, and how long they took".to_owned(),
        columns: columns(
            &["question", "category"],
            &["uses", "asked", "not asked", "exposure", "minutes", "planned", "times"],
        ),
        rows: cells.collect(),
        notes: vec![
            "Exposure: the share of candidates who had it in a screen. Minutes: the median, and the middle half of all times in \
             brackets. Asked and not asked count interviews in which somebody said so."
                .to_owned(),
        ],
    }
}

fn scores(rows: &[QuestionRow]) -> Table {
    let cells = rows.iter().map(|row| {
        vec![
            words(row.id.clone()),
            words(row.ratings.to_string()),
            with_interval(&row.mean, 2),
            with_interval(&row.spread, 2),
            share(&row.floor),
            share(&row.ceiling),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .flat_map(|row| [row.mean, row.spread, row.floor, row.ceiling])
        .collect();
    let mut notes = vec![
        "95 % intervals in brackets, by candidate: scores of one candidate are not independent. Spread: the standard deviation of \
         the scores. Floor and ceiling: the shares of 1s and of 5s."
            .to_owned(),
    ];
    notes.extend(reasons(&figures));
    Table {
        caption: "Scores as they were given".to_owned(),
        columns: columns(
            &["question"],
            &["ratings", "mean", "spread", "floor", "ceiling"],
        ),
        rows: cells.collect(),
        notes,
    }
}

fn statistics(rows: &[QuestionRow]) -> Table {
    let cells = rows.iter().map(|row| {
        vec![
            words(row.id.clone()),
            words(row.stated_difficulty.unwrap_or("–")),
            with_interval(&row.difficulty, 2),
            words(row.difficulty.n.to_string()),
            with_interval(&row.item_rest, 2),
            words(row.item_rest.n.to_string()),
        ]
    });
    let figures: Vec<Figure> = rows
        .iter()
        .flat_map(|row| [row.difficulty, row.item_rest])
        .collect();
    let mut notes = vec![
        "Difficulty: points below the mean question once candidates and interviewers are taken into account; positive is harder; \
         shrunken towards 0 the less there is. Item-rest: the correlation with the candidate's mean over the other questions."
            .to_owned(),
    ];
    notes.extend(reasons(&figures));
    Table {
        caption: "Difficulty, and how each goes with the rest".to_owned(),
        columns: columns(
            &["question", "stated"],
            &["difficulty", "ratings", "item-rest", "candidates"],
        ),
        rows: cells.collect(),
        notes,
    }
}

fn difficulties(rows: &[QuestionRow]) -> Option<Plot> {
    let marks = rows.iter().map(|row| (row.id.as_str(), row.difficulty));
    caterpillar(
        marks,
        "Difficulty of each question",
        "points below the mean question",
        ["easier", "harder"],
    )
}

fn fixed(screens: &[FixedScreen]) -> Vec<Block> {
    let numbered = || {
        (1..)
            .zip(screens)
            .map(|(at, screen): (usize, _)| (at, screen))
    };
    let cells = numbered().map(|(at, screen)| {
        vec![
            words(format!("screen {at}")),
            words(screen.questions.len().to_string()),
            words(screen.people.to_string()),
            with_interval(&screen.consistency, 2),
        ]
    });
    let figures: Vec<Figure> = screens.iter().map(|screen| screen.consistency).collect();
    let mut notes = vec![
        "Cronbach's alpha with Feldt's interval, of people with a score for every question: how far the questions rank people alike. \
         For screens that differ between candidates there is Φ below."
            .to_owned(),
    ];
    notes.extend(reasons(&figures));
    let table = Table {
        caption: "Consistency of fixed screens".to_owned(),
        columns: columns(&["screen"], &["questions", "people", "Cronbach's alpha"]),
        rows: cells.collect(),
        notes,
    };
    let named =
        numbered().map(|(at, screen)| format!("Screen {at}: {}.", screen.questions.join(", ")));
    vec![Block::Table(table), Block::List(named.collect())]
}

/// The rows for a spreadsheet.
#[must_use]
pub fn rows(rows: &[QuestionRow]) -> Vec<Flat> {
    let row = |row: &QuestionRow| {
        let flat = Flat::default()
            .text("question", &row.id)
            .text("title", row.title.as_deref().unwrap_or_default())
            .text("category", &row.category)
            .text(
                "stated_difficulty",
                row.stated_difficulty.unwrap_or_default(),
            )
            .text("status", row.status.unwrap_or_default())
            .count("uses", row.uses)
            .count("asked", row.asked)
            .count("not_asked", row.not_asked)
            .count("ratings", row.ratings);
        let flat = (1..)
            .zip(row.of_score)
            .fold(flat, |flat, (score, n): (usize, usize)| {
                flat.count(&format!("score_{score}"), n)
            });
        let asks = row
            .ask
            .iter()
            .filter_map(|ask| serde_json::to_value(ask).ok());
        let asks: Vec<String> = asks
            .filter_map(|ask| ask.as_str().map(str::to_owned))
            .collect();
        flat.figure("exposure", &row.exposure)
            .figure("mean", &row.mean)
            .figure("spread", &row.spread)
            .figure("floor", &row.floor)
            .figure("ceiling", &row.ceiling)
            .figure("difficulty", &row.difficulty)
            .figure("item_rest", &row.item_rest)
            .figure("minutes", &row.minutes)
            .number("planned_minutes", row.planned_minutes)
            .count("versions", row.versions)
            .text("look_at", &asks.join(" "))
    };
    rows.iter().map(row).collect()
}
