//! What the rows of one candidate add to a season.

use std::collections::BTreeMap;

use super::tallies::{OfGroup, OfInterviewer};
use super::{By, Keep, Score, Season, squares_about_mean};
use crate::model::record::Record;
use crate::model::vocabulary::AskMode;
use crate::report::agreement::Unit;
use crate::report::beside::totals;
use crate::report::figure::{count, mean};

/// A row with its names as numbers.
struct Row<'r> {
    record: &'r Record<'r>,
    question: usize,
    interviewer: usize,
}

/// Adds all rows of one candidate.
pub(super) fn add(season: &mut Season, rows: &[Record<'_>]) {
    if rows.is_empty() {
        return;
    }
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|record| Row {
            record,
            question: season.question(record.question),
            interviewer: season.interviewer(record.interviewer),
        })
        .collect();
    season.candidates += 1;
    let revealed = rows.iter().filter(|row| row.record.is_revealed);
    season.revealed += grouped(revealed, |row| (row.record.screen, row.interviewer)).len();
    for row in &rows {
        if let Some(day) = row.record.date {
            season.see_day(day);
        }
    }
    add_uses(season, &rows);
    add_scores(season, &rows);
    add_rest(season, &rows);
    add_cards(season, &rows);
    if season.by.is_some() {
        add_groups(season, &rows);
    }
    if season.keep == Keep::Scores {
        keep(season, &rows);
    }
}

/// Rows in groups of the same key, in the order of the keys.
fn grouped<'a, 'r, K: Ord>(
    rows: impl IntoIterator<Item = &'a Row<'r>>,
    key: impl Fn(&Row<'r>) -> K,
) -> BTreeMap<K, Vec<&'a Row<'r>>>
where
    'r: 'a,
{
    let mut groups: BTreeMap<K, Vec<&Row<'r>>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    groups
}

fn scores<'a>(rows: &'a [&Row<'_>]) -> impl Iterator<Item = f64> + 'a {
    let scores = rows.iter().filter_map(|row| row.record.score());
    scores.map(f64::from)
}

fn add_uses(season: &mut Season, rows: &[Row<'_>]) {
    let screens = grouped(rows, |row| row.record.screen);
    season.screens += screens.len();
    for rows in grouped(rows, |row| (row.question, row.record.screen)).into_values() {
        let of = &mut season.of_questions[rows[0].question];
        of.uses += 1;
        let said: Vec<bool> = rows.iter().filter_map(|row| row.record.asked()).collect();
        let is_asked = said.contains(&true);
        of.asked += usize::from(is_asked);
        of.not_asked += usize::from(!is_asked && !said.is_empty());
        for row in rows {
            of.add_version(row.record.hash);
            if !row.record.category.is_empty() && *of.category != *row.record.category {
                of.category = row.record.category.into();
            }
            if let (Some(seconds), Some(planned)) = (row.record.seconds, row.record.planned_minutes)
                && row.record.asked() == Some(true)
            {
                of.times.add(seconds, planned);
            }
        }
    }
}

fn add_scores(season: &mut Season, rows: &[Row<'_>]) {
    for rows in grouped(rows, |row| row.question).into_values() {
        let of = &mut season.of_questions[rows[0].question];
        of.candidates += 1;
        of.scores.add(scores(&rows));
        of.lowest.add(scores(&rows).map(|score| ones(score <= 1.0)));
        of.highest
            .add(scores(&rows).map(|score| ones(score >= 5.0)));
        count_scores(&mut of.of_score, &rows);
    }
    let of_questions = grouped(rows, |row| row.question);
    let rated = of_questions
        .values()
        .filter(|rows| scores(rows).next().is_some());
    let rated = rated.count();
    let given: Vec<&Row<'_>> = rows
        .iter()
        .filter(|row| row.record.score().is_some())
        .collect();
    if !given.is_empty() {
        let interviewers = grouped(given.iter().copied(), |row| row.interviewer).len();
        let of = &mut season.per_candidate;
        of.candidates += 1;
        of.of_questions += 1.0 / count(rated);
        of.of_interviewers += 1.0 / count(interviewers);
        of.of_ratings += 1.0 / count(given.len());
    }
}

/// Each question's mean beside the mean of the other answered ones.
fn add_rest(season: &mut Season, rows: &[Row<'_>]) {
    let means: Vec<(usize, f64)> = grouped(rows, |row| row.question)
        .into_iter()
        .filter_map(|(question, rows)| {
            let scores: Vec<f64> = scores(&rows).collect();
            Some((question, mean(&scores)?))
        })
        .collect();
    if means.len() < 2 {
        return;
    }
    let others = count(means.len() - 1);
    for (at, (question, own)) in means.iter().enumerate() {
        let rest = means.iter().enumerate().filter(|(other, _)| *other != at);
        let rest: f64 = rest.map(|(_, (_, mean))| mean).sum();
        let pairs = &mut season.of_questions[*question].with_rest;
        pairs.add(*own, rest / others);
    }
}

fn add_cards(season: &mut Season, rows: &[Row<'_>]) {
    let all: Vec<&Row<'_>> = rows.iter().collect();
    let mut whole = std::mem::take(&mut season.all);
    add_to_interviewer(&mut whole, &all);
    season.all = whole;
    let of_all = totals(scores(&all));
    for rows in grouped(rows, |row| row.interviewer).into_values() {
        let of = &mut season.of_interviewers[rows[0].interviewer];
        add_to_interviewer(of, &rows);
        let own: Vec<f64> = scores(&rows).collect();
        of.part.add(totals(own.iter().copied()), of_all);
        if let Some((squares, freedom)) = squares_about_mean(&own) {
            of.within.add_ratio(squares, freedom);
            season.all.within.add_ratio(squares, freedom);
        }
    }
}

fn add_to_interviewer(of: &mut OfInterviewer, rows: &[&Row<'_>]) {
    of.cards += grouped(rows.iter().copied(), |row| {
        (row.record.screen, row.interviewer)
    })
    .len();
    of.scores.add(scores(rows));
    of.threes
        .add(scores(rows).map(|score| ones((score - 3.0).abs() < 0.5)));
    count_scores(&mut of.of_score, rows);
    of.asked
        .add(rows.iter().filter_map(|row| row.record.asked()).map(ones));
    of.as_deep.add(rows.iter().filter_map(|row| as_deep(row)));
    let (used, planned, times) = time(rows);
    if times > 0 {
        of.pace.add_ratio(used, planned);
        of.times += times;
    }
}

/// Whether an asked question was taken as planned.
fn as_deep(row: &Row<'_>) -> Option<f64> {
    let record = row.record;
    let planned: AskMode = record.planned_mode?;
    (record.asked() == Some(true)).then(|| ones(record.mode.is_none_or(|mode| mode == planned)))
}

/// Seconds used, seconds planned, and of how many questions.
fn time(rows: &[&Row<'_>]) -> (f64, f64, usize) {
    let (mut used, mut planned, mut times) = (0.0, 0.0, 0);
    for row in rows {
        if let (Some(seconds), Some(minutes), Some(true)) = (
            row.record.seconds,
            row.record.planned_minutes,
            row.record.asked(),
        ) {
            used += f64::from(seconds);
            planned += f64::from(minutes) * 60.0;
            times += usize::from(minutes > 0);
        }
    }
    (used, planned, times)
}

fn add_groups(season: &mut Season, rows: &[Row<'_>]) {
    let Some(by) = season.by else {
        return;
    };
    let all: Vec<&Row<'_>> = rows.iter().collect();
    let of_all = totals(scores(&all));
    for (name, rows) in grouped(rows, |row| group_of(by, row.record)) {
        let of: &mut OfGroup = season.of_groups.entry(name).or_default();
        of.cards += grouped(rows.iter().copied(), |row| {
            (row.record.screen, row.interviewer)
        })
        .len();
        of.scores.add(scores(&rows));
        of.part.add(totals(scores(&rows)), of_all);
        count_scores(&mut of.of_score, &rows);
        of.asked
            .add(rows.iter().filter_map(|row| row.record.asked()).map(ones));
        let (used, planned, times) = time(&rows);
        if times > 0 {
            of.pace.add_ratio(used, planned);
        }
    }
}

/// The name of a row's group; empty where it says nothing of it.
fn group_of(by: By, record: &Record<'_>) -> String {
    match by {
        By::Month => record
            .date
            .map(|day| format!("{:04}-{:02}", day.year(), day.month()))
            .unwrap_or_default(),
        By::Role => record.hiring_loop.to_owned(),
        By::Round => record.round.to_owned(),
        By::Blueprint => record.blueprint.to_owned(),
        By::Category => record.category.to_owned(),
    }
}

fn keep(season: &mut Season, rows: &[Row<'_>]) {
    let candidate = season.names.number(rows[0].record.candidate);
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    for row in rows {
        season.scores.extend(row.record.score().map(|score| Score {
            candidate: number(candidate),
            question: number(row.question),
            interviewer: number(row.interviewer),
            score,
        }));
    }
    for rows in grouped(rows, |row| (row.record.screen, row.question)).into_values() {
        // Whoever may have seen the other's score does not agree by himself.
        let independent = rows.iter().filter(|row| !row.record.is_revealed);
        let given = independent.filter_map(|row| Some((row.interviewer, row.record.score()?)));
        let scores: BTreeMap<usize, u8> = given.collect();
        if scores.len() > 1 {
            season.units.push(Unit {
                candidate,
                scores: scores.into_iter().collect(),
            });
        }
    }
    for rows in grouped(rows, |row| row.record.screen).into_values() {
        let means = grouped(rows.iter().copied(), |row| row.question);
        let means = means.into_iter().map(|(question, rows)| {
            let scores: Vec<f64> = scores(&rows).collect();
            (question, mean(&scores))
        });
        let (questions, means): (Vec<usize>, Vec<Option<f64>>) = means.unzip();
        if means.iter().any(Option::is_some) {
            season.fixed.entry(questions).or_default().push(means);
        }
    }
}

fn count_scores(of_score: &mut [usize; 5], rows: &[&Row<'_>]) {
    for score in rows.iter().filter_map(|row| row.record.score()) {
        if let Some(n) = of_score.get_mut(usize::from(score).wrapping_sub(1)) {
            *n += 1;
        }
    }
}

/// 1 for what is so, 0 for what is not.
fn ones(is_so: bool) -> f64 {
    f64::from(u8::from(is_so))
}
