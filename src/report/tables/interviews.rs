//! The tables of screens and scorecards.

use super::{Card, OfCandidate};
use crate::model::scorecard::Scorecard;
use crate::model::table::{Cell, Column, Kind};
use crate::model::vocabulary::Vocabulary;

/// The columns of screens.
pub(super) const SCREENS: [Column; 15] = [
    Column::new("candidate", Kind::Text, "the pseudonym"),
    Column::new("screen", Kind::Text, "the id"),
    Column::new("title", Kind::Text, "the title"),
    Column::new("blueprint", Kind::Text, "that it was picked by"),
    Column::new("loop", Kind::Text, "that it belongs to"),
    Column::new("round", Kind::Text, "of the loop"),
    Column::new("form", Kind::Whole, "which of several parallel forms"),
    Column::new("date", Kind::Day, "of the interview, as it was planned"),
    Column::new("minutes", Kind::Whole, "of the whole slot"),
    Column::new("intro_minutes", Kind::Whole, "before the first question"),
    Column::new("closing_minutes", Kind::Whole, "after the last question"),
    Column::new(
        "verdict",
        Kind::Text,
        "`optimal`, `unproven` or `hand-ordered`",
    ),
    Column::new("bank", Kind::Text, "the bank's name"),
    Column::new("commit", Kind::Text, "of the bank, in git"),
    Column::new("hash", Kind::Text, "over all that is pinned"),
];

/// The columns of questions of screens.
pub(super) const SCREEN_QUESTIONS: [Column; 11] = [
    Column::new("candidate", Kind::Text, "the pseudonym"),
    Column::new("screen", Kind::Text, "the screen's id"),
    Column::new("position", Kind::Whole, "in the screen, from 1"),
    Column::new("question", Kind::Text, "the question's id"),
    Column::new("category", Kind::Text, "the question's, when it was pinned"),
    Column::new("difficulty", Kind::Text, "likewise"),
    Column::new(
        "segment",
        Kind::Text,
        "the title of its part of the interview",
    ),
    Column::new("mode", Kind::Text, "`quick`, `standard` or `deep`"),
    Column::new("minutes", Kind::Whole, "planned for it"),
    Column::new(
        "start_minute",
        Kind::Whole,
        "from the beginning of the slot",
    ),
    Column::new(
        "hash",
        Kind::Text,
        "of the question's file when it was pinned",
    ),
];

/// The columns of weights of screens.
pub(super) const SCREEN_WEIGHTS: [Column; 5] = [
    Column::new("candidate", Kind::Text, "the pseudonym"),
    Column::new("screen", Kind::Text, "the screen's id"),
    Column::new("dimension", Kind::Text, "its name"),
    Column::new(
        "weight",
        Kind::Whole,
        "of the dimension, relative to the others",
    ),
    Column::new(
        "category",
        Kind::Text,
        "one of its categories; none: it has none",
    ),
];

/// The columns of scorecards.
pub(super) const SCORECARDS: [Column; 12] = [
    Column::new("candidate", Kind::Text, "the pseudonym"),
    Column::new("screen", Kind::Text, "the screen's id"),
    Column::new("interviewer", Kind::Text, "who scored"),
    Column::new("date", Kind::Day, "of the interview"),
    Column::new("status", Kind::Text, "`draft`, `submitted` or `revised`"),
    Column::new(
        "settled",
        Kind::Truth,
        "whether all of the candidate are handed in; what follows is empty before",
    ),
    Column::new("submitted_at", Kind::Moment, "when it was handed in"),
    Column::new("seconds", Kind::Whole, "that the interview took"),
    Column::new(
        "overall",
        Kind::Whole,
        "the recommendation, 1 to 5, given independently",
    ),
    Column::new(
        "revised_overall",
        Kind::Whole,
        "only where the debrief changed it",
    ),
    Column::new(
        "revisions",
        Kind::Whole,
        "how often something was changed after it was handed in",
    ),
    Column::new(
        "reveals",
        Kind::Whole,
        "how often others' scores were shown before it was handed in",
    ),
];

/// The row of a screen.
pub(super) fn screen<'k>(of: &OfCandidate<'k>) -> Vec<Cell<'k>> {
    let screen = of.screen;
    let occasion = &screen.occasion;
    vec![
        Cell::text(of.candidate),
        Cell::text(&*screen.id),
        Cell::text(&*screen.title),
        Cell::some_text(screen.blueprint.as_deref()),
        Cell::some_text(occasion.hiring_loop.as_deref()),
        Cell::some_text(occasion.round.as_deref()),
        Cell::whole(occasion.form),
        Cell::day(occasion.date),
        Cell::Whole(screen.minutes),
        Cell::Whole(screen.intro_minutes),
        Cell::Whole(screen.closing_minutes),
        Cell::text(screen.verdict.status.name()),
        Cell::text(&*screen.bank),
        Cell::some_text(screen.commit.as_deref()),
        Cell::text(screen.content_hash()),
    ]
}

/// The rows of its questions.
pub(super) fn screen_questions<'k>(
    of: &OfCandidate<'k>,
) -> impl Iterator<Item = Vec<Cell<'k>>> + use<'k> {
    let OfCandidate { candidate, screen } = *of;
    screen.questions.iter().zip(1..).map(move |(question, at)| {
        vec![
            Cell::text(candidate),
            Cell::text(&*screen.id),
            Cell::Whole(at),
            Cell::text(&*question.id),
            Cell::text(&*question.category),
            Cell::text(question.difficulty.name()),
            Cell::text(&*question.segment),
            Cell::text(question.mode.name()),
            Cell::Whole(question.minutes),
            Cell::Whole(question.start_minute),
            Cell::text(&*question.hash),
        ]
    })
}

/// The rows of its weights.
pub(super) fn screen_weights<'k>(
    of: &OfCandidate<'k>,
) -> impl Iterator<Item = Vec<Cell<'k>>> + use<'k> {
    let OfCandidate { candidate, screen } = *of;
    screen.weights.iter().flat_map(move |weight| {
        let row = move |category: Cell<'k>| {
            vec![
                Cell::text(candidate),
                Cell::text(&*screen.id),
                Cell::text(&*weight.dimension),
                Cell::Whole(weight.weight),
                category,
            ]
        };
        let none = weight.categories.is_empty().then_some(Cell::Empty);
        let categories = weight
            .categories
            .iter()
            .map(|category| Cell::text(&**category));
        categories.chain(none).map(row)
    })
}

/// The row of a scorecard.
pub(super) fn scorecard<'k>(of: &Card<'k>) -> Vec<Cell<'k>> {
    let mut row = vec![
        Cell::text(of.candidate),
        Cell::text(of.screen_id),
        Cell::text(of.interviewer),
        Cell::day(of.card.date),
        Cell::text(of.card.status.name()),
        Cell::Truth(of.is_settled),
    ];
    if of.is_settled {
        row.extend(handed_in(of.card));
    }
    row.resize(SCORECARDS.len(), Cell::Empty);
    row
}

fn handed_in<'k>(card: &Scorecard) -> [Cell<'k>; 6] {
    let revised = card.revised_overall();
    [
        card.submitted_at.map_or(Cell::Empty, Cell::Moment),
        Cell::whole(card.seconds),
        Cell::score(card.overall.score),
        Cell::score(revised.filter(|_| revised != card.overall.score)),
        Cell::count(card.revisions.len()),
        Cell::count(card.reveals.len()),
    ]
}
