//! The table of questions.

use crate::model::bank::Bank;
use crate::model::question::Question;
use crate::model::source::Spanned;
use crate::model::table::{Cell, Column, Kind};
use crate::model::vocabulary::Vocabulary;

/// Its columns.
pub(super) const COLUMNS: [Column; 14] = [
    Column::new("question", Kind::Text, "the id"),
    Column::new("title", Kind::Text, "the short name"),
    Column::new("category", Kind::Text, "the category's id"),
    Column::new("difficulty", Kind::Text, "`easy`, `medium` or `hard`"),
    Column::new(
        "kind",
        Kind::Text,
        "`technical`, `behavioral`, `situational`, `design`, `debugging` or `coding`",
    ),
    Column::new("status", Kind::Text, "`draft`, `active` or `retired`"),
    Column::new(
        "question_group",
        Kind::Text,
        "at most one of them in a screen",
    ),
    Column::new(
        "levels",
        Kind::Text,
        "for whom, with `;` between them; none: for all",
    ),
    Column::new("tags", Kind::Text, "with `;` between them"),
    Column::new("minutes_quick", Kind::Whole, "planned for the prompt alone"),
    Column::new("minutes_standard", Kind::Whole, "with the first follow-up"),
    Column::new("minutes_deep", Kind::Whole, "with all follow-ups"),
    Column::new("reviewed", Kind::Day, "the last time"),
    Column::new("hash", Kind::Text, "of the question's file as it is now"),
];

/// Its rows, in the order of the ids.
pub(super) fn rows(bank: &Bank) -> impl Iterator<Item = Vec<Cell<'_>>> {
    let mut questions: Vec<&Question> = bank.questions.iter().collect();
    questions.sort_by(|a, b| a.id().cmp(b.id()));
    questions.into_iter().map(row)
}

fn row(question: &Question) -> Vec<Cell<'_>> {
    let matter = &question.matter;
    let minutes = &matter.minutes.value;
    vec![
        Cell::text(question.id()),
        Cell::text(&*matter.title.value),
        Cell::text(&*matter.category.value),
        Cell::text(matter.difficulty.name()),
        Cell::text(matter.kind.name()),
        Cell::text(matter.status.name()),
        Cell::some_text(matter.group.as_ref().map(|group| group.as_str())),
        together(&matter.levels),
        together(&matter.tags),
        Cell::whole(minutes.quick),
        Cell::whole(minutes.standard),
        Cell::whole(minutes.deep),
        Cell::day(matter.reviewed.as_ref().map(|reviewed| reviewed.value)),
        Cell::text(question.content_hash()),
    ]
}

fn together(words: &[Spanned<String>]) -> Cell<'_> {
    let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
    Cell::text(words.join(";"))
}
