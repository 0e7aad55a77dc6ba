//! A report with something of everything.

use intervy::output::report::document::{
    Block, Cell, Column, Document, HeatMap, Intervals, Mark, Plot, PlotKind, Table,
};

const INTERVIEWERS: [&str; 8] = [
    "Ana Lindqvist",
    "Ben Okafor",
    "Chiara Marchetti",
    "Dmitri Volkov",
    "Eun-ji Park",
    "Farid Rahmani",
    "Guðrún Jónsdóttir",
    "Maximilian-Alexander von Hohenstein-Waldenburg",
];

fn words(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// Numbers from 0 to 1 that look random and are always the same.
fn noise(seed: u32) -> f64 {
    let mixed = seed.wrapping_add(0x9e37_79b9).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    f64::from((mixed ^ (mixed >> 16)) % 1000) / 1000.0
}

pub(crate) fn mark(name: &str, value: f64, half: f64) -> Mark {
    let (low, high) = (value - half, value + half);
    Mark {
        name: name.to_owned(),
        value,
        low,
        high,
        words: format!("{value:+.2} ({low:+.2} to {high:+.2})").replace('-', "\u{2212}"),
    }
}

pub(crate) fn intervals(marks: Vec<Mark>) -> Plot {
    Plot {
        title: "How severe each interviewer is".to_owned(),
        about: "From the strictest to the most lenient: Ana Lindqvist stands at the top."
            .to_owned(),
        kind: PlotKind::Intervals(Intervals {
            axis: "points on the scale, against the mean of all".to_owned(),
            reference: Some(0.0),
            ends: Some(["more lenient".to_owned(), "stricter".to_owned()]),
            marks,
        }),
    }
}

pub(crate) fn severity() -> Plot {
    let marks = INTERVIEWERS.iter().enumerate().map(|(at, name)| {
        let at = at as u32;
        mark(
            name,
            0.9 - 0.23 * f64::from(at),
            0.18 + 0.3 * noise(at * 7 + 3),
        )
    });
    intervals(marks.collect())
}

/// Questions with the mean of their scores, the hardest ones first.
pub(crate) fn questions(count: u32) -> Plot {
    let marks = (0..count).map(|at| {
        let value = 1.6 + 2.9 * f64::from(at) / f64::from(count.max(1));
        let name = format!("databases/question-{at:02}");
        let half = 0.15 + 0.5 * noise(at);
        let (low, high) = ((value - half).max(1.0), (value + half).min(5.0));
        Mark {
            low,
            high,
            words: format!("{value:.2} ({low:.2} to {high:.2})"),
            ..mark(&name, value, half)
        }
    });
    Plot {
        title: "How hard each question is".to_owned(),
        about: "The mean score of each question with a 95 % interval.".to_owned(),
        kind: PlotKind::Intervals(Intervals {
            axis: "mean score".to_owned(),
            reference: Some(3.12),
            ends: Some(["hard".to_owned(), "easy".to_owned()]),
            marks: marks.collect(),
        }),
    }
}

pub(crate) fn heat(rows: u32, columns: u32, decimals: usize) -> Plot {
    let cell = |row: u32, column: u32| {
        let seed = row * 131 + column * 17;
        let score = 1.0 + (noise(seed) * 3.0 + noise(row * 3) * 2.0).floor().min(4.0);
        let shown = if decimals == 0 {
            score
        } else {
            score - noise(seed + 9) * 0.4
        };
        (noise(seed + 5) > 0.45).then_some(shown.max(1.0))
    };
    Plot {
        title: "Who scored what".to_owned(),
        about: "Scores of candidates by question; most questions have scores from 2 to 4."
            .to_owned(),
        kind: PlotKind::HeatMap(HeatMap {
            row: "Candidate".to_owned(),
            column: "Question".to_owned(),
            columns: (0..columns)
                .map(|at| format!("databases/topic-{at:02}"))
                .collect(),
            rows: (0..rows)
                .map(|row| {
                    (
                        format!("C-{:03}", row + 101),
                        (0..columns).map(|at| cell(row, at)).collect(),
                    )
                })
                .collect(),
            least: 1.0,
            most: 5.0,
            decimals,
            legend: ["Strong No".to_owned(), "Strong Yes".to_owned()],
        }),
    }
}

/// Few, short columns.
pub(crate) fn small_heat() -> Plot {
    let rows = [
        ("databases", [Some(3.91), Some(3.2), Some(2.4)]),
        ("debugging", [Some(4.6), Some(3.6), None]),
        ("system design", [None, Some(2.75), Some(1.8)]),
        ("testing", [Some(4.2), Some(1.0), Some(3.0)]),
    ];
    Plot {
        title: "Mean score by category and difficulty".to_owned(),
        about: "Scores fall as questions get harder.".to_owned(),
        kind: PlotKind::HeatMap(HeatMap {
            row: "Category".to_owned(),
            column: "Difficulty".to_owned(),
            columns: words(&["easy", "medium", "hard"]),
            rows: rows
                .into_iter()
                .map(|(name, cells)| (name.to_owned(), cells.to_vec()))
                .collect(),
            least: 1.0,
            most: 5.0,
            decimals: 1,
            legend: ["Strong No".to_owned(), "Strong Yes".to_owned()],
        }),
    }
}

fn interviewers() -> Table {
    let column = |name: &str, is_number| Column {
        name: name.to_owned(),
        is_number,
    };
    let rows = INTERVIEWERS.iter().enumerate().map(|(at, name)| {
        let at = at as u32;
        let share = noise(at + 40);
        let mean = if at == 5 {
            Cell::Missing("7 of 30".to_owned())
        } else {
            Cell::Text(format!("{:.2}", 2.0 + 2.0 * noise(at)))
        };
        vec![
            Cell::Text((*name).to_owned()),
            Cell::Text((at * 13 + 4).to_string()),
            mean,
            Cell::Bar(share, format!("{:.0} %", share * 100.0)),
            Cell::Text("strict on databases, lenient on debugging".to_owned()),
        ]
    });
    Table {
        caption: "Interviewers".to_owned(),
        columns: vec![
            column("Interviewer", false),
            column("Interviews", true),
            column("Mean score", true),
            column("Agreement", true),
            column("What stands out", false),
        ],
        rows: rows.collect(),
        notes: words(&[
            "Means of fewer than 30 scores are not shown.",
            "Agreement is the share of pairs of scores at most one point apart.",
        ]),
    }
}

/// Everything together.
pub(crate) fn document() -> Document {
    Document {
        title: "Calibration, autumn 2026".to_owned(),
        facts: words(&[
            "412 scorecards of 60 interviews from 2026-09-01 to 2026-11-20 are counted.",
            "5 drafts are left out.",
        ]),
        blocks: vec![
            Block::Heading("Interviewers".to_owned()),
            Block::Text(
                "Two of eight interviewers score otherwise than the rest would have.".to_owned(),
            ),
            Block::Plot(severity()),
            Block::Table(interviewers()),
            Block::Heading("Questions".to_owned()),
            Block::Plot(questions(40)),
            Block::Heading("Categories".to_owned()),
            Block::Plot(small_heat()),
            Block::Heading("Candidates".to_owned()),
            Block::Plot(heat(60, 20, 1)),
            Block::Heading("What to do".to_owned()),
            Block::List(words(&[
                "Talk about the two interviewers whose interval does not hold zero.",
                "Retire the questions that everyone passes.",
            ])),
            Block::Form(words(&["Agreed by", "Date", "What changes"])),
        ],
    }
}
