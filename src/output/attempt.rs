//! What a dry run of a pick found out: the size of the model, the time, the verdict.

use std::fmt::Write;

use serde::Serialize;

use crate::model::assembly::Outcome;
use crate::model::screen::{Objective, Verdict, VerdictStatus};
use crate::output::terminal::{SOFT, STRONG, styled};

/// The version of this shape.
const SCHEMA: u32 = 1;

/// What a dry run found out.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    schema: u32,
    /// `optimal`, `unproven` or `infeasible`.
    status: &'static str,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Size>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    objectives: Vec<Objective>,
    /// Sets of conditions that cannot all hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Vec<String>>,
    /// Changes with which there is a screen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ways: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Size {
    questions: usize,
    choices: usize,
    variables: usize,
    constraints: usize,
    branches: u64,
}

/// What a dry run found out in so many seconds.
#[must_use]
pub fn attempt(outcome: &Outcome, seconds: f64) -> Attempt {
    match outcome {
        Outcome::Solved(verdict, effort) => Attempt {
            schema: SCHEMA,
            status: verdict.status.name(),
            seconds,
            model: Some(Size {
                questions: effort.questions,
                choices: effort.choices,
                variables: effort.variables,
                constraints: effort.rows,
                branches: effort.branches,
            }),
            objectives: verdict.objectives.clone(),
            conflicts: Vec::new(),
            ways: Vec::new(),
        },
        Outcome::Impossible(found) => Attempt {
            schema: SCHEMA,
            status: "infeasible",
            seconds,
            model: None,
            objectives: Vec::new(),
            conflicts: found.conflicts.clone(),
            ways: found.ways.clone(),
        },
    }
}

/// What is not proven, in words: `unused minutes: 3 here, and no screen has fewer than 1`.
#[must_use]
pub fn gap(verdict: &Verdict) -> Option<String> {
    if verdict.status != VerdictStatus::Unproven {
        return None;
    }
    let open = verdict.objectives.iter();
    let mut open = open.filter_map(|objective| Some((objective, objective.bound?)));
    Some(match open.next() {
        Some((objective, bound)) => format!(
            "{}: {} here, and no screen has fewer than {bound}",
            objective.name, objective.value
        ),
        None => "another choice may be as good".to_owned(),
    })
}

impl Attempt {
    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let facts = format!("{}, {:.3} s", self.status, self.seconds);
        let _ = writeln!(out, "{}", styled(STRONG, facts));
        if let Some(size) = &self.model {
            let line = format!(
                "{} questions, {} choices, {} variables, {} constraints, {} branches",
                size.questions, size.choices, size.variables, size.constraints, size.branches
            );
            let _ = writeln!(out, "{}", styled(SOFT, line));
        }
        for objective in &self.objectives {
            let bound = objective.bound.map(|bound| format!(" (at least {bound})"));
            let _ = writeln!(
                out,
                "  {:>6}  {}{}",
                objective.value,
                objective.name,
                bound.unwrap_or_default()
            );
        }
        for wish in self.conflicts.iter().flatten() {
            let _ = writeln!(out, "  conflict: {wish}");
        }
        for way in &self.ways {
            let _ = writeln!(out, "  nearest: {way}");
        }
        out
    }
}
