//! The entries of follow-ups and rubrics: list items and table rows to questions and anchors.

use crate::model::question::{Anchor, FollowUp, Stray, StrayReason};
use crate::model::scale::{HIGHEST, LOWEST};
use crate::model::source::{Source, Span, Spanned};

/// A top-level list item of the follow-ups or the rubric.
pub(super) struct Item {
    /// Its number in an ordered list.
    pub(super) number: Option<u64>,
    pub(super) content: Option<Span>,
    /// Whether the first paragraph has ended.
    pub(super) lead_done: bool,
    pub(super) details: Vec<Span>,
    /// The nested list item or block that is open.
    pub(super) detail: Option<Span>,
}

/// A row of the rubric's table: its cells.
#[derive(Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Span>,
}

/// What the entries of a body came to.
pub(super) struct Entries<'t> {
    source: &'t Source,
    /// The follow-ups.
    pub(super) follow_ups: Vec<FollowUp>,
    /// The anchors.
    pub(super) anchors: Vec<Anchor>,
    /// What looks like an anchor and is none.
    pub(super) strays: Vec<Stray>,
}

impl<'t> Entries<'t> {
    /// No entries yet, of a file.
    pub(super) fn of(source: &'t Source) -> Self {
        Self {
            source,
            follow_ups: Vec::new(),
            anchors: Vec::new(),
            strays: Vec::new(),
        }
    }

    /// Adds an item of the follow-ups.
    pub(super) fn add_follow_up(&mut self, item: &Item) {
        let Some(question) = item.content else {
            return;
        };
        self.follow_ups.push(FollowUp {
            question: self.source.trimmed(question),
            listens_for: item
                .details
                .iter()
                .map(|&detail| after_prefix(self.source, self.source.trimmed(detail)))
                .collect(),
        });
    }

    /// Adds an item of the rubric, whose list item is at `at`.
    pub(super) fn add_anchor(&mut self, item: &Item, at: Span) {
        let Some(content) = item.content else {
            return;
        };
        let content = Span::new(content.start, at.end);
        let anchor = match item.number {
            Some(number) => {
                let marker = Span::new(at.start, content.start);
                let score = Spanned::new(u8::try_from(number).unwrap_or(u8::MAX), marker);
                Some((score, content))
            }
            None => scored(self.source, content),
        };
        self.add_scored(anchor);
    }

    /// Adds a row of the rubric's table.
    pub(super) fn add_anchor_row(&mut self, row: &Row) {
        let [first, second, ..] = row.cells.as_slice() else {
            return;
        };
        let score = self.cell_score(*first);
        self.add_scored(score.map(|score| (score, *second)));
    }

    /// A table needs a row of column names; a score there is an anchor that got lost.
    pub(super) fn add_header(&mut self, row: &Row) {
        let [first, second, ..] = row.cells.as_slice() else {
            return;
        };
        if let Some(score) = self.cell_score(*first)
            && (LOWEST..=HIGHEST).contains(&score.value)
            && !self.source.trimmed(*second).is_empty()
        {
            let why = StrayReason::Header;
            self.strays.push(Stray {
                score: score.span,
                why,
            });
        }
    }

    /// The score that a cell begins with.
    fn cell_score(&self, cell: Span) -> Option<Spanned<u8>> {
        let cell = self.source.trimmed(cell);
        let bare = self.source.slice(cell).trim_matches(['*', '_']);
        Some(Spanned::new(number(bare)?.0, cell))
    }

    fn add_scored(&mut self, anchor: Option<(Spanned<u8>, Span)>) {
        let Some((score, text)) = anchor else {
            return;
        };
        if (LOWEST..=HIGHEST).contains(&score.value) {
            let text = self.source.trimmed(text);
            self.anchors.push(Anchor { score, text });
        } else {
            let score = self.source.trimmed(score.span);
            let why = StrayReason::OffScale;
            self.strays.push(Stray { score, why });
        }
    }
}

impl Item {
    /// An item of which nothing has been read.
    pub(super) fn new(number: Option<u64>) -> Self {
        Self {
            number,
            content: None,
            lead_done: false,
            details: Vec::new(),
            detail: None,
        }
    }
}

/// The rest of a nested item after "listens for:".
fn after_prefix(source: &Source, span: Span) -> Span {
    const PREFIX: &str = "listens for";
    let text = source.slice(span);
    let bare = text.trim_start_matches(['*', '_']);
    match bare.get(..PREFIX.len()) {
        Some(start) if start.eq_ignore_ascii_case(PREFIX) => {
            let rest = bare[PREFIX.len()..].trim_start_matches(['*', '_', ':', ' ', '\u{a0}']);
            Span::new(span.end - rest.len(), span.end)
        }
        _ => span,
    }
}

/// The number that a text begins with, [`u8::MAX`] for a larger one, and how many digits it has.
fn number(text: &str) -> Option<(u8, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits).filter(|digits| !digits.is_empty())?;
    Some((number.parse().unwrap_or(u8::MAX), digits))
}

/// The score that an item begins with (`3: …`, `**4** – …`, `5 (Strong Yes): …`) and the text after it.
fn scored(source: &Source, span: Span) -> Option<(Spanned<u8>, Span)> {
    let text = source.slice(span);
    let bare = text.trim_start_matches(['*', '_']);
    let bare = ["Score ", "score "]
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(bare);
    let (score, digits) = number(bare)?;
    let start = span.end - bare.len();
    let mut rest = &bare[digits..];
    // `3/5: …` and `3 points: …` say the same.
    let units = ["/5", " points", " point"];
    rest = units
        .iter()
        .find_map(|unit| rest.strip_prefix(unit))
        .unwrap_or(rest);
    rest = rest.trim_start_matches(['*', '_', ' ']);
    if let Some(label) = rest.strip_prefix('(') {
        rest = label.split_once(')')?.1.trim_start_matches(['*', '_', ' ']);
    }
    let after = rest.strip_prefix([':', '.', ')', '-', '–', '—', '='])?;
    let on_scale = (LOWEST..=HIGHEST).contains(&score);
    let is_time = after.starts_with(|next: char| next.is_ascii_digit());
    if !on_scale && (is_time || !rest.starts_with(':')) {
        // `0-RTT saves a round trip`, `10. May`, `12:30`: what the scale does not have is a score only
        // where nothing else can be meant.
        return None;
    }
    let after = after.trim_start_matches(['*', '_', ' ']);
    Some((
        Spanned::new(score, Span::new(start, start + digits)),
        Span::new(span.end - after.len(), span.end),
    ))
}
