//! What a season says of the questions.

use serde::Serialize;

use crate::model::bank::Bank;
use crate::model::question::Question;
use crate::model::vocabulary::{Difficulty, Vocabulary};
use crate::report::clustered::too_few;
use crate::report::figure::{Figure, Kind, LEVEL, Undefined, Why};
use crate::report::interval::correlation;
use crate::report::model::{Facet, Model, below_others};
use crate::report::reliability::{Missing, cronbach, feldt};
use crate::report::season::Season;
use crate::report::season::tallies::OfQuestion;
use crate::report::share::share;

/// From how many ratings on a difficulty is shown.
pub const LEAST_FOR_DIFFICULTY: usize = 10;
/// From how many candidates on it is shown how a question goes with the rest.
pub const LEAST_FOR_REST: usize = 30;
/// From how many people on the consistency of a fixed screen is shown.
pub const LEAST_FOR_CONSISTENCY: usize = 30;
/// From how many times on their quartiles are shown.
pub const LEAST_FOR_QUARTILES: usize = 5;
/// From how many ratings, uses or times on something is asked about a question.
const LEAST_TO_ASK: usize = 10;

/// A question in the report.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionRow {
    /// Its id.
    pub id: String,
    /// Its title, if the bank has it.
    pub title: Option<String>,
    /// Its category.
    pub category: String,
    /// Its difficulty by the bank.
    pub stated_difficulty: Option<&'static str>,
    /// Its status; `None`: the bank does not have it.
    pub status: Option<&'static str>,
    /// In how many screens of candidates it was.
    pub uses: usize,
    /// In how many of them it was asked.
    pub asked: usize,
    /// In how many of them it was not asked.
    pub not_asked: usize,
    /// The share of candidates who had it in a screen.
    pub exposure: Figure,
    /// How many ratings there are.
    pub ratings: usize,
    /// How often each score was given, from 1 to 5.
    pub of_score: [usize; 5],
    /// The mean score.
    pub mean: Figure,
    /// The standard deviation of the scores.
    pub spread: Figure,
    /// The share of the lowest score.
    pub floor: Figure,
    /// The share of the highest score.
    pub ceiling: Figure,
    /// Points below the mean question, shrunken: positive is harder.
    pub difficulty: Figure,
    /// How its scores go with candidates' means over their other questions.
    pub item_rest: Figure,
    /// The median minutes that it took; the interval is that of the middle half.
    pub minutes: Figure,
    /// The minutes that were planned where it has a time, on average.
    pub planned_minutes: Option<f64>,
    /// How many versions of its text were asked.
    pub versions: usize,
    /// What to think about.
    pub ask: Vec<Ask>,
}

/// What to think about a question. None of these is a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Half of the ratings or more are the highest score.
    Ceiling,
    /// Half of the ratings or more are the lowest score.
    Floor,
    /// The bank calls it easy, and it comes out harder than the mean question.
    HarderThanStated,
    /// The bank calls it hard, and it comes out easier than the mean question.
    EasierThanStated,
    /// Who does well elsewhere does worse here.
    AgainstTheRest,
    /// It takes longer than planned.
    TooLong,
    /// It is planned and left out.
    SeldomAsked,
    /// Most candidates have it in a screen.
    Exposed,
    /// Its text changed while it was asked.
    Changed,
    /// It was rated, and the bank does not have it any more, or does not offer it.
    Retired,
}

/// A screen that several people had with the same questions.
#[derive(Clone, Debug, Serialize)]
pub struct FixedScreen {
    /// The ids of its questions.
    pub questions: Vec<String>,
    /// How many people had it.
    pub people: usize,
    /// Cronbach's alpha of those who answered everything, with Feldt's interval.
    pub consistency: Figure,
}

/// The rows of the questions that were pinned, in the order of their ids.
#[must_use]
pub fn questions(
    season: &Season,
    model: Result<&Model, Why>,
    bank: Option<&Bank>,
) -> Vec<QuestionRow> {
    let by_id = bank.map(Bank::by_id);
    let order = season.questions.in_order();
    order
        .into_iter()
        .map(|number| {
            let id = season.questions.name(number);
            let kept = by_id.as_ref().and_then(|by_id| by_id.get(id).copied());
            let mut row = row(season, model, kept, number);
            row.ask = ask(&row, bank.is_some());
            row
        })
        .collect()
}

fn row(
    season: &Season,
    model: Result<&Model, Why>,
    kept: Option<&Question>,
    number: usize,
) -> QuestionRow {
    let of = &season.of_questions[number];
    let id = season.questions.name(number);
    let matter = kept.map(|question| &question.matter);
    QuestionRow {
        id: id.to_owned(),
        title: matter.map(|matter| matter.title.value.clone()),
        category: matter.map_or_else(
            || of.category.to_string(),
            |matter| matter.category.value.clone(),
        ),
        stated_difficulty: matter.map(|matter| matter.difficulty.name()),
        status: matter.map(|matter| matter.status.name()),
        uses: of.uses,
        asked: of.asked,
        not_asked: of.not_asked,
        exposure: exposure(of, season.candidates),
        ratings: of.scores.values(),
        of_score: of.of_score,
        mean: of.scores.score_figure(),
        spread: of.scores.spread_figure(),
        floor: share(&of.lowest),
        ceiling: share(&of.highest),
        difficulty: difficulty(of, model, number),
        item_rest: item_rest(of),
        minutes: minutes(of),
        planned_minutes: of.times.planned(),
        versions: of.versions.len(),
        ask: Vec::new(),
    }
}

fn exposure(of: &OfQuestion, candidates: usize) -> Figure {
    use crate::report::figure::count;
    if candidates == 0 {
        return Figure::hidden(too_few(0, 1, Kind::Candidates), 0);
    }
    // Of all candidates there were: no sample, no error.
    Figure::new(count(of.candidates) / count(candidates), candidates)
}

fn difficulty(of: &OfQuestion, model: Result<&Model, Why>, number: usize) -> Figure {
    let n = of.scores.values();
    if n < LEAST_FOR_DIFFICULTY {
        return Figure::hidden(too_few(n, LEAST_FOR_DIFFICULTY, Kind::Ratings), n);
    }
    match model {
        Ok(model) => below_others(model, Facet::Question, number, n),
        Err(why) => Figure::hidden(why, n),
    }
}

fn item_rest(of: &OfQuestion) -> Figure {
    let n = of.with_rest.n();
    if n < LEAST_FOR_REST {
        return Figure::hidden(too_few(n, LEAST_FOR_REST, Kind::Candidates), n);
    }
    match of.with_rest.correlation() {
        Some(r) => Figure::new(r, n).within(correlation(r, n, LEVEL)),
        None => Figure::hidden(Undefined::NoVariance, n),
    }
}

fn minutes(of: &OfQuestion) -> Figure {
    let n = of.times.n();
    match of.times.median() {
        Some((median, quartiles)) => {
            let mut figure = Figure::new(median, n);
            // No interval of confidence: half of the times may well be the same.
            figure.interval = Some(quartiles);
            figure.from_enough(n, LEAST_FOR_QUARTILES, Kind::Times)
        }
        None => Figure::hidden(too_few(0, 1, Kind::Times), 0),
    }
}

fn ask(row: &QuestionRow, has_bank: bool) -> Vec<Ask> {
    const MOST: f64 = 0.8;
    const HALF: f64 = 0.5;
    let above = |figure: &Figure, limit: f64| figure.value.is_some_and(|value| value >= limit);
    let longer = row.minutes.value.zip(row.planned_minutes);
    let lower_half = row.minutes.interval;
    let is_stated = |difficulty: Difficulty| row.stated_difficulty == Some(difficulty.name());
    let share_asked = |of: usize| of * 2 < row.uses;
    let asks = [
        (
            Ask::Ceiling,
            row.ratings >= LEAST_TO_ASK && above(&row.ceiling, HALF),
        ),
        (
            Ask::Floor,
            row.ratings >= LEAST_TO_ASK && above(&row.floor, HALF),
        ),
        (
            Ask::HarderThanStated,
            is_stated(Difficulty::Easy)
                && row.difficulty.interval.is_some_and(|ends| ends.low > 0.0),
        ),
        (
            Ask::EasierThanStated,
            is_stated(Difficulty::Hard)
                && row.difficulty.interval.is_some_and(|ends| ends.high < 0.0),
        ),
        (
            Ask::AgainstTheRest,
            row.item_rest.interval.is_some_and(|ends| ends.high < 0.0),
        ),
        (
            Ask::TooLong,
            // Three quarters of the times are above the plan, and half of them by half of it.
            row.minutes.n >= LEAST_TO_ASK
                && longer.is_some_and(|(used, planned)| used >= 1.5 * planned)
                && lower_half
                    .zip(row.planned_minutes)
                    .is_some_and(|(ends, planned)| ends.low > planned),
        ),
        (
            Ask::SeldomAsked,
            row.asked + row.not_asked >= LEAST_TO_ASK && share_asked(row.asked),
        ),
        (
            Ask::Exposed,
            row.exposure.n >= LEAST_TO_ASK && above(&row.exposure, MOST),
        ),
        (Ask::Changed, row.versions > 1),
        (Ask::Retired, has_bank && row.status != Some("active")),
    ];
    asks.into_iter()
        .filter_map(|(ask, applies)| applies.then_some(ask))
        .collect()
}

/// The screens that two or more people had with the same questions, the most frequent first.
#[must_use]
pub fn fixed_screens(season: &Season) -> Vec<FixedScreen> {
    let mut screens: Vec<FixedScreen> = season
        .fixed
        .iter()
        .filter(|(questions, people)| questions.len() > 1 && people.len() > 1)
        .map(|(questions, people)| {
            let names = questions
                .iter()
                .map(|question| season.questions.name(*question));
            let mut names: Vec<String> = names.map(str::to_owned).collect();
            names.sort();
            FixedScreen {
                questions: names,
                people: people.len(),
                consistency: consistency(people, questions.len()),
            }
        })
        .collect();
    screens.sort_by(|a, b| {
        b.people
            .cmp(&a.people)
            .then_with(|| a.questions.cmp(&b.questions))
    });
    screens
}

fn consistency(people: &[Vec<Option<f64>>], questions: usize) -> Figure {
    let whole = people.iter().filter(|row| row.iter().all(Option::is_some));
    let whole = whole.count();
    if whole < LEAST_FOR_CONSISTENCY {
        return Figure::hidden(too_few(whole, LEAST_FOR_CONSISTENCY, Kind::People), whole);
    }
    match cronbach(people, Missing::Listwise) {
        Ok((alpha, n)) => Figure::new(alpha, n).within(feldt(alpha, n, questions, LEVEL)),
        Err(why) => Figure::hidden(why, whole),
    }
}
