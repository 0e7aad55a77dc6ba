//! The debrief: all scorecards of one candidate side by side.

use serde::Serialize;

use super::common::{columns, words};
use super::document::{Block, Cell, Column, Document, HeatMap, Plot, PlotKind, Table};
use super::flat::Flat;
use super::words::{number, reasons, why, with_interval};
use crate::model::decision::Decision;
use crate::model::vocabulary::Vocabulary;
use crate::model::words::counted;
use crate::report::debrief::{
    CardRow, Debrief, Difference, ErrorOf, Given, Mechanical, QuestionScores, Round,
};
use crate::report::figure::Figure;

/// The report; the shape of its JSON.
#[derive(Debug, Serialize)]
pub struct Candidate<'r> {
    /// The version of this shape.
    pub schema: u32,
    /// `candidate`.
    pub report: &'static str,
    /// How many candidates the season has that errors may be taken from.
    pub season_candidates: usize,
    /// The debrief.
    #[serde(flatten)]
    pub debrief: &'r Debrief,
    /// What people decided, oldest first.
    pub decisions: &'r [Decision],
}

/// The report as blocks.
#[must_use]
pub fn document(report: &Candidate<'_>) -> Document {
    let debrief = report.debrief;
    let mut blocks = vec![Block::Heading("Weighted mean of the scores".to_owned())];
    blocks.extend(mean(debrief));
    blocks.push(Block::Heading(
        "Where interviewers differ by 2 or more".to_owned(),
    ));
    blocks.extend(differences(&debrief.differences));
    blocks.push(Block::Heading("What was covered".to_owned()));
    blocks.push(Block::Table(coverage(debrief)));
    blocks.extend(map(debrief).map(Block::Plot));
    for round in &debrief.rounds {
        blocks.push(Block::Heading(heading(round)));
        blocks.push(Block::Table(scorecards(&round.scorecards)));
        blocks.push(Block::Table(questions(round)));
        blocks.extend(notes(round));
        blocks.extend(revisions(round));
    }
    blocks.push(Block::Heading("Decision".to_owned()));
    blocks.push(Block::Text(
        "People decide, on the evidence above, and write down why. No score here is a hire or a no hire.".to_owned(),
    ));
    blocks.push(decided(report.decisions));
    Document {
        title: format!("Debrief of {}", debrief.candidate),
        facts: facts(debrief),
        blocks,
    }
}

/// What was decided, or lines to write it on.
fn decided(decisions: &[Decision]) -> Block {
    if decisions.is_empty() {
        let labels = ["Decision", "Reason", "Decided by", "Date"];
        return Block::Form(labels.map(str::to_owned).to_vec());
    }
    let lines = decisions.iter().map(|decision| {
        format!(
            "{}, {}: {}. {}",
            decision.at.to_zoned(jiff::tz::TimeZone::UTC).date(),
            decision.by,
            decision.decision,
            decision.reason
        )
    });
    Block::List(lines.collect())
}

fn facts(debrief: &Debrief) -> Vec<String> {
    let cards: Vec<&CardRow> = debrief
        .rounds
        .iter()
        .flat_map(|round| &round.scorecards)
        .collect();
    let drafts = cards
        .iter()
        .filter(|card| card.status.name() == "draft")
        .count();
    let mut facts = vec![format!(
        "{}, {}. Scores are those that were handed in independently; revisions stand apart.",
        counted(debrief.rounds.len(), "interview", "interviews"),
        counted(cards.len(), "scorecard", "scorecards")
    )];
    if drafts > 0 {
        facts.push(format!(
            "{} not handed in yet: shown early, for the reason that is recorded in it.",
            counted(drafts, "scorecard is", "scorecards are")
        ));
    }
    for card in cards {
        if !card.reveals.is_empty() {
            facts.push(format!(
                "{} had seen others' scores before handing in: {}",
                card.interviewer,
                card.reveals.join("; ")
            ));
        }
    }
    facts
}

fn mean(debrief: &Debrief) -> Vec<Block> {
    let mut blocks = vec![Block::Text(sentence(&debrief.mean, "independent scores"))];
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
            Some(reason) => format!("Adjusted score: {}.", why(reason)),
            None => format!(
                "Adjusted, and second to the mean above: {} points above the season's mean once its interviewers and questions are \
                 taken into account, shrunken towards 0. It assumes that who asked whom what was as good as random.",
                with_interval(adjusted, 2).words()
            ),
        };
        blocks.push(Block::Text(text));
    }
    blocks
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
            " The error knows of other questions, other interviewers and chance, by the season's variances."
        }
        Some(ErrorOf::Questions) => {
            " The error knows of other questions alone, not of how severe these interviewers are: fewer than 10 candidates were rated."
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
    } else if mean.weight_answered < mean.weight {
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
            "Intervals by how the answers differ from question to question; where fewer than three were scored there is none.".to_owned(),
        ],
    }
}

fn heading(round: &Round) -> String {
    match &round.round {
        Some(name) => format!("{name}: {}", round.title),
        None => round.title.clone(),
    }
}

/// What an interviewer gave, in a cell.
fn answer(given: &Given) -> String {
    let word = |asked: Option<bool>, score: Option<u8>| match (asked, score) {
        (_, Some(score)) => score.to_string(),
        (Some(false), None) => "not asked".to_owned(),
        (Some(true), None) => "no rating".to_owned(),
        (None, None) => "–".to_owned(),
    };
    let own = word(given.asked, given.score);
    match given.revised {
        Some(revised) => format!("{own} → {}", word(Some(revised.asked), revised.score)),
        None => own,
    }
}

fn differences(differences: &[Difference]) -> Vec<Block> {
    if differences.is_empty() {
        return vec![Block::Text(
            "None: no answer was rated two or more points apart.".to_owned(),
        )];
    }
    let mut blocks = Vec::new();
    for difference in differences {
        let after = difference
            .apart_revised
            .map_or_else(String::new, |apart| format!(", {apart} after revisions"));
        blocks.push(Block::Text(format!(
            "{} apart{after}: {} ({})",
            counted(usize::from(difference.apart), "point", "points"),
            difference.title,
            difference.question
        )));
        let rated = difference
            .ratings
            .iter()
            .filter(|given| given.score.is_some());
        let lines = rated.map(|given| {
            let note = given.note.as_deref().unwrap_or("no note");
            format!("{} {}: {note}", given.interviewer, answer(given))
        });
        blocks.push(Block::List(lines.collect()));
    }
    blocks
}

fn interviewers(debrief: &Debrief) -> Vec<&str> {
    let cards = debrief.rounds.iter().flat_map(|round| &round.scorecards);
    let mut names: Vec<&str> = cards.map(|card| card.interviewer.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn coverage(debrief: &Debrief) -> Table {
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
fn map(debrief: &Debrief) -> Option<Plot> {
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

fn scorecards(cards: &[CardRow]) -> Table {
    let rows = cards.iter().map(|card| {
        let overall = card
            .overall
            .map_or_else(|| "–".to_owned(), |score| score.to_string());
        let overall = match card.overall_revised {
            Some(revised) => format!("{overall} → {revised}"),
            None => overall,
        };
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
            words(overall),
            words(card.reason.clone().unwrap_or_default()),
        ]
    });
    let mut columns = columns(
        &["interviewer", "date", "status"],
        &["ratings", "mean", "overall"],
    );
    columns.extend(super::common::columns(&["reason"], &[]));
    Table {
        caption: "Scorecards".to_owned(),
        columns,
        rows: rows.collect(),
        notes: vec!["Mean: of this interviewer's scores, each alike. Overall: the recommendation, given after the questions.".to_owned()],
    }
}

fn questions(round: &Round) -> Table {
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

/// The evidence, question by question.
fn notes(round: &Round) -> Option<Block> {
    let lines = round.questions.iter().flat_map(|question| {
        question.ratings.iter().filter_map(|given| {
            let note = given.note.as_ref()?;
            Some(format!(
                "{}, {} {}: {note}",
                question.id,
                given.interviewer,
                answer(given)
            ))
        })
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(Block::List(lines))
}

fn revisions(round: &Round) -> Option<Block> {
    let lines = round.scorecards.iter().flat_map(|card| {
        card.revisions.iter().map(|revision| {
            let what = revision
                .question
                .as_ref()
                .map_or_else(|| "the recommendation".to_owned(), ToString::to_string);
            let score = revision
                .score
                .map_or_else(|| "no score".to_owned(), |score| score.to_string());
            format!(
                "{} revised {what} to {score}: {}",
                card.interviewer, revision.reason
            )
        })
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(Block::List(lines))
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
    Flat::default()
        .text("candidate", &debrief.candidate)
        .text("screen", &round.screen)
        .text("question", &question.id)
        .text("category", &question.category)
        .text("interviewer", &given.interviewer)
        .text("asked", asked)
        .number("score", score(given.score))
        .number(
            "revised_score",
            given.revised.and_then(|revised| score(revised.score)),
        )
        .text("planned_mode", question.planned_mode.name())
        .text("mode", given.mode.unwrap_or(question.planned_mode).name())
        .number("seconds", given.seconds.map(f64::from))
        .text("note", given.note.as_deref().unwrap_or_default())
}
