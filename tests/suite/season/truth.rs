//! What is true of the made season, and how a score comes of it.
//!
//! Every draw begins with the seed and the names that it belongs to, so that it does not depend on any other one; only
//! sums, products and comparisons are used, which are the same on every platform.

use std::fmt::Write;

use intervy::model::random::SplitMix64;
use intervy::model::screen::PinnedQuestion;
use intervy::model::vocabulary::Difficulty;

/// The first one with which nobody is asked twice by the same interviewer.
pub(super) const SEED: u64 = 1;
/// The score of an average candidate on an average question by an interviewer who is neither severe nor mild.
pub(super) const MEAN: f64 = 3.25;
pub(super) const CANDIDATE_SD: f64 = 0.6;
/// Of questions, beside what their difficulty says.
pub(super) const QUESTION_SD: f64 = 0.4;
/// What an easy question is easier by than a medium one, and a hard one harder.
pub(super) const LABEL: f64 = 0.2;
/// Of what a candidate finds easier in one question than in another.
pub(super) const CELL_SD: f64 = 0.4;
pub(super) const NOISE_SD: f64 = 0.5;
/// Of what somebody with a halo takes a candidate for beforehand.
const IMPRESSION_SD: f64 = 0.35;

/// Who asks.
#[derive(Debug)]
pub(super) struct Interviewer {
    pub(super) name: &'static str,
    /// The points by which scores are lower than those of others.
    pub(super) severity: f64,
    pub(super) style: Style,
    /// How long a question takes, over its planned minutes.
    pub(super) pace: f64,
}

/// How somebody uses the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Style {
    All,
    /// Everything is half as far from the middle.
    Middle,
    /// One impression of a candidate stands for most of what is asked.
    Halo,
}

const fn asks(name: &'static str, severity: f64, style: Style, pace: f64) -> Interviewer {
    Interviewer {
        name,
        severity,
        style,
        pace,
    }
}

/// Their severities add up to nothing.
pub(super) const INTERVIEWERS: [Interviewer; 8] = [
    asks("ana", 0.10, Style::All, 1.0),
    asks("ben", -0.15, Style::All, 0.9),
    asks("cara", 0.05, Style::All, 1.1),
    asks("dan", 0.60, Style::All, 1.0),
    asks("eve", -0.50, Style::All, 1.15),
    asks("finn", -0.05, Style::Middle, 0.95),
    asks("gus", -0.15, Style::Halo, 1.05),
    asks("hal", 0.10, Style::All, 1.1),
];

/// Who joined last, and has few ratings.
pub(super) const NEWCOMER: &str = "hal";

/// What is wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Flaw {
    TooEasy,
    TooHard,
    /// Its scores say nothing about the candidate.
    SaysNothing,
    /// It takes twice its minutes.
    Slow,
    /// Nobody begins it unless all of its minutes are left before the closing ones.
    LeftOut,
}

/// The questions with a flaw, and what is remarked on them.
pub(super) const FLAWS: [(&str, Flaw, &str); 5] = [
    (
        "restful-api",
        Flaw::TooEasy,
        "too easy: nearly everybody gets 4 or 5",
    ),
    ("rate-limiting", Flaw::TooHard, "too hard"),
    (
        "service-to-service-auth",
        Flaw::SaysNothing,
        "says nothing about the candidate",
    ),
    (
        "authentication-and-authorization",
        Flaw::Slow,
        "takes twice its minutes",
    ),
    (
        "kafka-or-queue",
        Flaw::LeftOut,
        "left out when time is short",
    ),
];

/// Whether a question has a flaw.
pub(super) fn has(id: &str, flaw: Flaw) -> bool {
    FLAWS.iter().any(|known| known.0 == id && known.1 == flaw)
}

/// A sequence that belongs to these names.
pub(super) fn draws(names: &[&str]) -> SplitMix64 {
    // FNV-1a, with an end for each name.
    let bytes = names.iter().flat_map(|name| name.bytes().chain([0xff]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    SplitMix64::new(SEED ^ hash)
}

/// A whole number below `most`.
pub(super) fn below(most: usize, names: &[&str]) -> usize {
    (draws(names).next_u64() % most as u64) as usize
}

/// True with a chance of so many in a thousand.
pub(super) fn happens(per_thousand: usize, names: &[&str]) -> bool {
    below(1_000, names) < per_thousand
}

/// A nearly normal number with mean 0 and variance 1: twelve uniform ones less six.
pub(super) fn normal(names: &[&str]) -> f64 {
    let mut draws = draws(names);
    let sum: f64 = (0..12)
        .map(|_| f64::from((draws.next_u64() >> 32) as u32) / 4_294_967_296.0)
        .sum();
    sum - 6.0
}

/// By how much the scores of a candidate are higher than others'.
pub(super) fn level(candidate: &str) -> f64 {
    CANDIDATE_SD * normal(&["candidate", candidate])
}

/// By how much the scores of a question are higher than others'.
pub(super) fn ease(question: &PinnedQuestion) -> f64 {
    if has(&question.id, Flaw::TooEasy) {
        return 1.7;
    }
    if has(&question.id, Flaw::TooHard) {
        return -1.4;
    }
    let label = match question.difficulty {
        Difficulty::Easy => LABEL,
        Difficulty::Medium => 0.0,
        Difficulty::Hard => -LABEL,
    };
    label + QUESTION_SD * normal(&["question", &question.id])
}

/// What an interviewer gives a candidate for a question.
pub(super) fn score(candidate: &str, question: &PinnedQuestion, by: &Interviewer) -> u8 {
    let id = question.id.as_str();
    let cell = CELL_SD * normal(&["cell", candidate, id]);
    let noise = NOISE_SD * normal(&["noise", candidate, id, by.name]);
    let (level, cell) = if has(id, Flaw::SaysNothing) {
        (0.0, 2.0 * cell)
    } else {
        (level(candidate), cell)
    };
    let own = ease(question) + cell + noise;
    let seen = match by.style {
        Style::All => level + own,
        Style::Middle => 0.5 * (level + own),
        Style::Halo => {
            level + IMPRESSION_SD * normal(&["impression", candidate, by.name]) + 0.3 * own
        }
    };
    nearest(MEAN + seen - by.severity)
}

/// The score that is nearest.
pub(super) fn nearest(value: f64) -> u8 {
    let edges = [1.5, 2.5, 3.5, 4.5];
    1 + edges.iter().filter(|edge| value >= **edge).count() as u8
}

/// The true values as a table. `candidates` and `questions` are those of the season.
pub(super) fn table(candidates: &[&str], questions: &[&PinnedQuestion]) -> String {
    let mut table = String::from("what,name,value,remark\n");
    let mut row = |what: &str, name: &str, value: String, remark: &str| {
        let _ = writeln!(table, "{what},{name},{value},{remark}");
    };
    let number = |value: f64| format!("{value:.4}");
    row("seed", "", SEED.to_string(), "");
    row("mean", "", number(MEAN), "");
    for (name, value, remark) in [
        ("candidate", CANDIDATE_SD, ""),
        (
            "question",
            QUESTION_SD,
            "beside 0.2 more for easy and less for hard",
        ),
        ("candidate and question", CELL_SD, ""),
        ("noise", NOISE_SD, ""),
    ] {
        row("standard deviation", name, number(value), remark);
    }
    for by in &INTERVIEWERS {
        let remark = match by.style {
            Style::Middle => "uses the middle of the scale",
            Style::Halo => "one impression stands for most questions",
            Style::All if by.name == NEWCOMER => "joined late",
            Style::All => "",
        };
        row("severity", by.name, number(by.severity), remark);
    }
    for question in questions {
        let flaw = FLAWS.iter().find(|flaw| flaw.0 == question.id);
        let remark = flaw.map_or("", |flaw| flaw.2);
        row("ease", &question.id, number(ease(question)), remark);
    }
    for candidate in candidates {
        row("level", candidate, number(level(candidate)), "");
    }
    table
}
