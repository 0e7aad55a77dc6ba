//! What a bank covers: categories by difficulty and kind, minutes, how old the reviews are, how much it is used and changed.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::model::bank::Bank;
use crate::model::churn::Churn;
use crate::model::history::History;
use crate::model::question::Question;
use crate::model::vocabulary::{AskMode, Difficulty, Kind, Status, Vocabulary};
use crate::report::figure::{count, nine_decimals};

/// The report on a bank.
#[derive(Clone, Debug, Serialize)]
pub struct BankReport {
    /// The bank's name.
    pub bank: String,
    /// The day that ages are counted to.
    pub day: Date,
    /// How many questions of each status.
    pub statuses: BTreeMap<&'static str, usize>,
    /// The categories, in the order of the configuration; active questions alone.
    pub categories: Vec<CategoryRow>,
    /// How many active questions there are of each combination that occurs.
    pub combinations: Vec<Combination>,
    /// The questions that are not retired, in the order of their ids.
    pub questions: Vec<QuestionRow>,
    /// The months after which a review is stale, by the configuration.
    pub stale_after_months: u32,
    /// How many screens of candidates are known.
    pub interviews: Option<usize>,
    /// What git knows; none: there is no repository.
    pub history: Option<HistoryRow>,
}

/// What a category has.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryRow {
    /// Its id.
    pub category: String,
    /// How many active questions.
    pub active: usize,
    /// How many of each difficulty.
    pub difficulties: BTreeMap<&'static str, usize>,
    /// How many of each kind.
    pub kinds: BTreeMap<&'static str, usize>,
    /// The minutes of all of them, each as quick as it goes and as deep as it goes.
    pub minutes: [u32; 2],
    /// How many were never reviewed, as far as the files say.
    pub never_reviewed: usize,
    /// How many were reviewed longer ago than the configuration allows.
    pub stale: usize,
    /// The median days since the last review, of those that were.
    pub days_since_review: Option<i64>,
    /// How many were in no interview, where interviews are known.
    pub unused: Option<usize>,
}

/// Active questions of the same category, difficulty and kind.
#[derive(Clone, Debug, Serialize)]
pub struct Combination {
    /// The category's id.
    pub category: String,
    /// The difficulty.
    pub difficulty: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// How many.
    pub active: usize,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionRow {
    /// Its id.
    pub id: String,
    /// Its category.
    pub category: String,
    /// Its status.
    pub status: &'static str,
    /// The day of the last review.
    pub reviewed: Option<Date>,
    /// How many days ago that was.
    pub days_since_review: Option<i64>,
    /// Whether the last review is longer ago than the configuration allows.
    pub is_stale: bool,
    /// In how many interviews it was, where they are known.
    pub uses: Option<usize>,
    /// The share of them.
    pub exposure: Option<f64>,
    /// The last day of one.
    pub last_used: Option<Date>,
    /// How many commits changed it.
    pub commits: Option<usize>,
    /// How many lines they added and removed.
    pub lines: Option<[u64; 2]>,
    /// How many people made them.
    pub contributors: Option<usize>,
    /// The day of the last one.
    pub changed: Option<Date>,
}

/// What a version history says.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryRow {
    /// How many commits changed a question.
    pub commits: usize,
    /// The days of the first and the last one.
    pub days: Option<[Date; 2]>,
    /// Whether older commits are not there.
    pub is_shallow: bool,
    /// Who changed questions: the most commits first.
    pub contributors: Vec<Contributor>,
}

/// Somebody who changed questions.
#[derive(Clone, Debug, Serialize)]
pub struct Contributor {
    /// The name that the history gives.
    pub name: String,
    /// How many commits.
    pub commits: usize,
    /// How many questions that are there now.
    pub questions: usize,
}

/// The report on a bank, with what is known of its use and its history.
#[must_use]
pub fn bank(bank: &Bank, day: Date, uses: Option<&History>, churn: Option<&Churn>) -> BankReport {
    let mut statuses = BTreeMap::new();
    for question in &bank.questions {
        *statuses.entry(question.matter.status.name()).or_default() += 1;
    }
    let mut questions: Vec<QuestionRow> = bank
        .questions
        .iter()
        .filter(|question| question.matter.status != Status::Retired)
        .map(|question| row(bank, question, day, uses, churn))
        .collect();
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    let categories = bank.config.categories.iter();
    BankReport {
        bank: bank.config.name.clone(),
        day,
        statuses,
        categories: categories
            .map(|category| category_row(bank, &category.id, day, uses))
            .collect(),
        combinations: combinations(bank),
        questions,
        stale_after_months: bank.config.lint.stale_after_months,
        interviews: uses.map(|uses| uses.screens),
        history: churn.map(|churn| history(bank, churn)),
    }
}

fn is_stale(bank: &Bank, reviewed: Date, day: Date) -> bool {
    let months = i64::from(bank.config.lint.stale_after_months);
    reviewed.saturating_add(months.months()) < day
}

fn age(reviewed: Option<Date>, day: Date) -> Option<i64> {
    let since = reviewed?.until(day).ok()?;
    // A day in the future is no age.
    Some(i64::from(since.get_days())).filter(|days| *days >= 0)
}

fn row(
    bank: &Bank,
    question: &Question,
    day: Date,
    uses: Option<&History>,
    churn: Option<&Churn>,
) -> QuestionRow {
    let matter = &question.matter;
    let reviewed = matter.reviewed.as_ref().map(|reviewed| reviewed.value);
    let path = bank.relative(&question.text.source.path);
    let changes = churn.map(|churn| churn.questions.get(path).cloned().unwrap_or_default());
    QuestionRow {
        id: question.id().to_owned(),
        category: matter.category.value.clone(),
        status: matter.status.name(),
        reviewed,
        days_since_review: age(reviewed, day),
        is_stale: reviewed.is_some_and(|reviewed| is_stale(bank, reviewed, day)),
        uses: uses.map(|uses| uses.exposure(question.id())),
        exposure: uses
            .filter(|uses| uses.screens > 0)
            .map(|uses| nine_decimals(count(uses.exposure(question.id())) / count(uses.screens))),
        last_used: uses.and_then(|uses| uses.last_used(question.id())),
        commits: changes.as_ref().map(|changes| changes.commits),
        lines: changes
            .as_ref()
            .map(|changes| [changes.added, changes.removed]),
        contributors: changes.as_ref().map(|changes| changes.contributors.len()),
        changed: changes.and_then(|changes| changes.last),
    }
}

fn category_row(bank: &Bank, category: &str, day: Date, uses: Option<&History>) -> CategoryRow {
    let own: Vec<&Question> = bank
        .questions
        .iter()
        .filter(|question| *question.matter.category == category)
        .filter(|question| question.matter.status == Status::Active)
        .collect();
    let mut difficulties: BTreeMap<&'static str, usize> =
        Difficulty::names().map(|name| (name, 0)).collect();
    let mut kinds: BTreeMap<&'static str, usize> = Kind::names().map(|name| (name, 0)).collect();
    let mut minutes = [0, 0];
    for question in &own {
        *difficulties
            .entry(question.matter.difficulty.name())
            .or_default() += 1;
        *kinds.entry(question.matter.kind.name()).or_default() += 1;
        let lengths = AskMode::ALL
            .iter()
            .filter_map(|mode| question.matter.minutes.value.of(*mode));
        minutes[0] += lengths.clone().min().unwrap_or(0);
        minutes[1] += lengths.max().unwrap_or(0);
    }
    let mut ages: Vec<i64> = own
        .iter()
        .filter_map(|question| age(question.matter.reviewed.as_ref().map(|day| day.value), day))
        .collect();
    ages.sort_unstable();
    let reviewed = own
        .iter()
        .filter(|question| question.matter.reviewed.is_some());
    CategoryRow {
        category: category.to_owned(),
        active: own.len(),
        difficulties,
        kinds,
        minutes,
        never_reviewed: own.len() - reviewed.count(),
        stale: own
            .iter()
            .filter_map(|question| question.matter.reviewed.as_ref())
            .filter(|reviewed| is_stale(bank, reviewed.value, day))
            .count(),
        days_since_review: ages.get(ages.len() / 2).copied(),
        unused: uses.map(|uses| {
            let unused = own
                .iter()
                .filter(|question| uses.exposure(question.id()) == 0);
            unused.count()
        }),
    }
}

fn combinations(bank: &Bank) -> Vec<Combination> {
    let mut counts: BTreeMap<(&str, Difficulty, Kind), usize> = BTreeMap::new();
    let active = bank.questions.iter().map(|question| &question.matter);
    for matter in active.filter(|matter| matter.status == Status::Active) {
        let key = (
            matter.category.as_str(),
            matter.difficulty.value,
            matter.kind,
        );
        *counts.entry(key).or_default() += 1;
    }
    let rows = counts
        .into_iter()
        .map(|((category, difficulty, kind), active)| Combination {
            category: category.to_owned(),
            difficulty: difficulty.name(),
            kind: kind.name(),
            active,
        });
    rows.collect()
}

fn history(bank: &Bank, churn: &Churn) -> HistoryRow {
    let there = |path: &str| {
        let mut questions = bank.questions.iter();
        questions.any(|question| bank.relative(&question.text.source.path) == path)
    };
    let now: Vec<_> = churn
        .questions
        .iter()
        .filter(|(path, _)| there(path))
        .collect();
    let mut contributors: Vec<Contributor> = churn
        .contributors
        .iter()
        .map(|(name, commits)| Contributor {
            name: name.clone(),
            commits: *commits,
            questions: now
                .iter()
                .filter(|(_, changes)| changes.contributors.contains(name))
                .count(),
        })
        .collect();
    contributors.sort_by(|a, b| b.commits.cmp(&a.commits).then_with(|| a.name.cmp(&b.name)));
    HistoryRow {
        commits: churn.commits,
        days: churn
            .first
            .zip(churn.last)
            .map(|(first, last)| [first, last]),
        is_shallow: churn.is_shallow,
        contributors,
    }
}
