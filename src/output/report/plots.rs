//! Plots that several reports have.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{HeatMap, Intervals, Mark, Plot, PlotKind};
use super::words::with_interval;
use crate::model::words::counted;
use crate::report::figure::Figure;
use crate::report::season::Season;

/// A caterpillar plot of figures that have an interval, the highest first; `None` where there is none.
pub fn caterpillar<'r>(
    marks: impl Iterator<Item = (&'r str, Figure)>,
    title: &str,
    axis: &str,
    ends: [&str; 2],
) -> Option<Plot> {
    let marks = marks.filter_map(|(name, figure)| {
        let ends = figure.interval?;
        Some(Mark {
            name: name.to_owned(),
            value: figure.value?,
            low: ends.low,
            high: ends.high,
            words: format!("{} (n {})", with_interval(&figure, 2).words(), figure.n),
        })
    });
    let mut marks: Vec<Mark> = marks.collect();
    if marks.is_empty() {
        return None;
    }
    marks.sort_by(|a, b| {
        b.value
            .total_cmp(&a.value)
            .then_with(|| a.name.cmp(&b.name))
    });
    let apart: Vec<&str> = marks
        .iter()
        .filter(|mark| mark.low > 0.0 || mark.high < 0.0)
        .map(|mark| mark.name.as_str())
        .collect();
    let about = if apart.is_empty() {
        "No interval leaves out 0.".to_owned()
    } else {
        format!("Intervals that leave out 0: {}.", apart.join(", "))
    };
    Some(Plot {
        title: title.to_owned(),
        about: format!(
            "{} with 95 % intervals, the highest first. {about}",
            counted(marks.len(), "value", "values")
        ),
        kind: PlotKind::Intervals(Intervals {
            axis: axis.to_owned(),
            reference: Some(0.0),
            ends: Some(ends.map(str::to_owned)),
            marks,
        }),
    })
}

/// The most candidates and questions that a map shows.
const MOST: [usize; 2] = [150, 80];

/// The mean score of each candidate for each question, where scores were kept and there are not too many to look at.
#[must_use]
pub fn map(season: &Season) -> Option<HeatMap> {
    let mut cells: BTreeMap<(u32, u32), (f64, f64)> = BTreeMap::new();
    let mut questions: BTreeSet<u32> = BTreeSet::new();
    for score in &season.scores {
        let cell = cells.entry((score.candidate, score.question)).or_default();
        cell.0 += f64::from(score.score);
        cell.1 += 1.0;
        questions.insert(score.question);
    }
    let used =
        |number: &usize| u32::try_from(*number).is_ok_and(|number| questions.contains(&number));
    let columns: Vec<usize> = season
        .questions
        .in_order()
        .into_iter()
        .filter(used)
        .collect();
    let candidates = season.names.in_order();
    if columns.is_empty() || candidates.len() > MOST[0] || columns.len() > MOST[1] {
        return None;
    }
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mean = |candidate: usize, question: usize| {
        let (sum, n) = cells.get(&(number(candidate), number(question)))?;
        Some(sum / n)
    };
    let rows = candidates.iter().map(|candidate| {
        let values = columns.iter().map(|question| mean(*candidate, *question));
        (season.names.name(*candidate).to_owned(), values.collect())
    });
    let rows: Vec<(String, Vec<Option<f64>>)> = rows.collect();
    let mut means = rows.iter().flat_map(|(_, values)| values.iter().flatten());
    let is_between = means.any(|mean| mean.fract() != 0.0);
    Some(HeatMap {
        row: "candidate".to_owned(),
        column: "question".to_owned(),
        columns: columns
            .iter()
            .map(|question| season.questions.name(*question).to_owned())
            .collect(),
        rows: rows
            .into_iter()
            .filter(|(_, values)| values.iter().any(Option::is_some))
            .collect(),
        least: 1.0,
        most: 5.0,
        // A mean of a 4 and a 5 is neither.
        decimals: usize::from(is_between),
        legend: ["lowest score".to_owned(), "highest score".to_owned()],
    })
}
