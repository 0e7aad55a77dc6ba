//! An interview on the whole screen of a terminal, in 80 columns and 24 rows, without colours.

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Paragraph, Wrap};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::scorecard::Answer;
use crate::output::interview;
use crate::output::terminal::{clean, cut, wrapped};

/// The columns that are needed.
pub const LEAST_WIDTH: u16 = 60;
/// The rows that are needed.
pub const LEAST_HEIGHT: u16 = 18;

/// What is on the screen.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The screen, the candidate, the interviewer.
    pub title: String,
    /// Whether everything is saved, or why not.
    pub state: String,
    /// The clocks of the open question, of its segment, and of the whole interview.
    pub clocks: Vec<Clock>,
    /// What is open: its title, and facts about it.
    pub heading: (String, String),
    /// What is read: the prompt, the answer, a list.
    pub pane: String,
    /// How many lines of it are above the screen.
    pub scroll: u16,
    /// The scale, best first.
    pub anchors: Vec<AnchorLine>,
    /// What was answered.
    pub answer: Option<Answer>,
    /// Whether "no rating" and "not asked" are answers here.
    pub has_no_rating: bool,
    /// How it was asked.
    pub mode: Option<String>,
    /// What stands before the note.
    pub note_label: &'static str,
    /// The note, or what is being typed with the place of the cursor.
    pub note: (String, Option<usize>),
    /// What can be pressed.
    pub keys: &'static str,
}

/// A clock against its time.
#[derive(Clone, Debug)]
pub struct Clock {
    /// What it measures.
    pub label: String,
    /// The time that is left, in words.
    pub text: String,
    /// How much is left.
    pub left: Left,
}

impl Clock {
    /// A clock that warns in its last minute, or its last fifth where that is shorter.
    #[must_use]
    pub fn new(label: &str, taken: Duration, allowed: Duration) -> Self {
        let left = allowed.saturating_sub(taken);
        let warns = Duration::from_secs(60).min(allowed / 5);
        Self {
            label: label.to_owned(),
            text: interview::left(taken, allowed),
            left: if left.is_zero() {
                Left::Over
            } else if left <= warns {
                Left::Little
            } else {
                Left::Enough
            },
        }
    }
}

impl Clock {
    /// What tells that the clocks stand still.
    #[must_use]
    pub fn stands() -> Self {
        Self {
            label: "clock".to_owned(),
            text: "stopped (t)".to_owned(),
            left: Left::Enough,
        }
    }
}

/// How much time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Enough.
    Enough,
    /// Little.
    Little,
    /// None.
    Over,
}

/// A point of the scale with what the question says about it.
#[derive(Clone, Debug)]
pub struct AnchorLine {
    /// 1 to 5.
    pub score: u8,
    /// `Strong Yes`.
    pub label: String,
    /// The anchor, in one line.
    pub text: String,
    /// Whether it is the question's own.
    pub own: bool,
}

/// The rows of everything but the pane, the scale and the note.
const FIXED: usize = 7;
/// The rows of a note that is short.
const NOTE: usize = 2;
/// The rows of the pane that long anchors leave it.
const ROOM_TO_READ: usize = 10;

const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
const SOFT: Style = Style::new().add_modifier(Modifier::DIM);
const LOUD: Style = Style::new().add_modifier(Modifier::REVERSED);

/// What can be read of the pane.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// How many lines at once.
    pub height: u16,
    /// How many lines can be above the screen: then the last one is at its end.
    pub last: u16,
}

/// Draws it; what can be read of the pane.
pub fn draw(frame: &mut Frame<'_>, shown: &Shown) -> Page {
    let area = frame.area();
    if area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT {
        let text = format!(
            "This needs {LEAST_WIDTH} columns and {LEAST_HEIGHT} rows. Everything is saved; `q` leaves."
        );
        frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
        return Page { height: 1, last: 0 };
    }
    // Where there is room, anchors are shown at full length.
    let whole = scale_lines(shown, area.width, 9);
    let fits = whole.len() + FIXED + NOTE + ROOM_TO_READ <= usize::from(area.height);
    let lines = if fits {
        whole
    } else {
        scale_lines(shown, area.width, 1)
    };
    let height = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX);
    let rest = usize::from(area.height).saturating_sub(FIXED + lines.len());
    let note = note_rows(shown, area.width.into(), rest);
    let rows = [
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(3),
        Constraint::Length(1),
        Constraint::Length(height(lines.len())),
        Constraint::Length(1),
        Constraint::Length(height(note.rows.len().max(NOTE))),
        Constraint::Length(1),
    ];
    let [
        top,
        clocks,
        first_rule,
        heading,
        pane,
        rule,
        scale,
        note_rule,
        note_area,
        keys,
    ] = Layout::vertical(rows).areas(area);
    draw_top(frame, top, shown);
    draw_clocks(frame, clocks, shown);
    draw_rule(frame, first_rule);
    draw_heading(frame, heading, shown);
    let page = draw_pane(frame, pane, rule, shown);
    frame.render_widget(Text::from(lines), scale);
    draw_rule(frame, note_rule);
    draw_note(frame, note_area, note);
    frame.render_widget(Line::styled(shown.keys, SOFT), keys);
    page
}

/// Draws what is read, with the rule below it, which says how much more there is.
fn draw_pane(frame: &mut Frame<'_>, area: Rect, rule: Rect, shown: &Shown) -> Page {
    let text = Text::raw(clean(&shown.pane));
    let pane = Paragraph::new(text).wrap(Wrap { trim: false });
    let lines = u16::try_from(pane.line_count(area.width)).unwrap_or(u16::MAX);
    let page = Page {
        height: area.height,
        last: lines.saturating_sub(area.height),
    };
    let scroll = shown.scroll.min(page.last);
    frame.render_widget(pane.scroll((scroll, 0)), area);
    draw_rule(frame, rule);
    if scroll < page.last {
        let more = format!(" {} more below (space) ", page.last - scroll);
        frame.render_widget(Line::styled(more, SOFT).right_aligned(), rule);
    }
    page
}

fn draw_rule(frame: &mut Frame<'_>, area: Rect) {
    frame.render_widget(Line::styled("─".repeat(area.width.into()), SOFT), area);
}

fn draw_top(frame: &mut Frame<'_>, area: Rect, shown: &Shown) {
    let state = clean(&shown.state);
    let width = usize::from(area.width).saturating_sub(state.chars().count() + 2);
    frame.render_widget(Line::styled(cut(&clean(&shown.title), width), STRONG), area);
    frame.render_widget(Line::raw(state).right_aligned(), area);
}

fn draw_clocks(frame: &mut Frame<'_>, area: Rect, shown: &Shown) {
    const BETWEEN: &str = "   ";
    let clocks = shown
        .clocks
        .iter()
        .map(|clock| (clean(&clock.label), clock_text(clock)));
    let mut clocks: Vec<_> = clocks.collect();
    let taken: usize = clocks
        .iter()
        .map(|(label, (text, _))| format!("{label}: {text}{BETWEEN}").width())
        .sum();
    let excess = taken.saturating_sub(usize::from(area.width) + BETWEEN.len());
    // The longest is the title of the segment, which can be told from its beginning.
    if let Some((label, _)) = clocks.iter_mut().max_by_key(|(label, _)| label.width()) {
        *label = cut(label, label.width().saturating_sub(excess));
    }
    let mut spans = Vec::new();
    for (label, (text, style)) in clocks {
        spans.push(Span::styled(format!("{label}: "), SOFT));
        spans.push(Span::styled(text, style));
        spans.push(Span::raw(BETWEEN));
    }
    frame.render_widget(Line::from(spans), area);
}

fn clock_text(clock: &Clock) -> (String, Style) {
    match clock.left {
        Left::Enough => (clock.text.clone(), Style::new()),
        Left::Little => (format!("{}!", clock.text), STRONG),
        Left::Over => (format!(" {} ", clock.text), LOUD),
    }
}

fn draw_heading(frame: &mut Frame<'_>, area: Rect, shown: &Shown) {
    let (title, facts) = &shown.heading;
    let facts = clean(facts);
    let width = usize::from(area.width).saturating_sub(facts.chars().count() + 2);
    frame.render_widget(Line::styled(cut(&clean(title), width), STRONG), area);
    frame.render_widget(Line::styled(facts, SOFT).right_aligned(), area);
}

/// The scale, each anchor in at most so many rows.
fn scale_lines(shown: &Shown, width: u16, most: usize) -> Vec<Line<'_>> {
    const INDENT: usize = 18;
    let mut lines: Vec<Line<'_>> = Vec::new();
    for anchor in &shown.anchors {
        let chosen = shown.answer == Some(Answer::Score(anchor.score));
        let mark = if chosen { "[x]" } else { "[ ]" };
        let label = format!(
            "{mark} {} {:<11} ",
            anchor.score,
            cut(&clean(&anchor.label), 11)
        );
        let style = match (chosen, anchor.own) {
            (true, _) => STRONG,
            (false, true) => Style::new(),
            (false, false) => SOFT,
        };
        let label_style = if chosen { STRONG } else { Style::new() };
        let width = usize::from(width);
        let text = clean(&anchor.text);
        let rows = wrapped(&text, INDENT, width);
        if most == 1 || rows.lines().count() > most {
            let text = cut(&text, width.saturating_sub(INDENT));
            let spans = vec![Span::styled(label, label_style), Span::styled(text, style)];
            lines.push(Line::from(spans));
            continue;
        }
        let mut label = Some(label);
        for row in rows.lines() {
            let before = label.take().unwrap_or_else(|| " ".repeat(INDENT));
            let text = row.trim_start().to_owned();
            let spans = vec![Span::styled(before, label_style), Span::styled(text, style)];
            lines.push(Line::from(spans));
        }
    }
    lines.push(other_answers(shown));
    lines
}

fn other_answers(shown: &Shown) -> Line<'_> {
    let mut last = Vec::new();
    if shown.has_no_rating {
        for (key, answer, word) in [
            ("0", Answer::NoRating, "no rating"),
            ("x", Answer::NotAsked, "not asked"),
        ] {
            let chosen = shown.answer == Some(answer);
            let mark = if chosen { "[x]" } else { "[ ]" };
            let style = if chosen { STRONG } else { Style::new() };
            last.push(Span::styled(format!("{mark} {key} {word}   "), style));
        }
    }
    if let Some(mode) = &shown.mode {
        last.push(Span::styled(format!("asked as {mode} (m)"), SOFT));
    }
    Line::from(last)
}

/// The rows of a note that are shown, and where the cursor is among them.
struct NoteRows {
    rows: Vec<String>,
    cursor: Option<(usize, usize)>,
}

/// What is shown of the note in a part of so many rows; while it is typed, that follows the cursor.
fn note_rows(shown: &Shown, width: usize, rest: usize) -> NoteRows {
    let (note, cursor) = &shown.note;
    let text = format!("{}{}", shown.note_label, clean(note));
    let at = cursor.map(|cursor| shown.note_label.chars().count() + cursor);
    let (mut rows, places) = rows(&text, width);
    let place = at.and_then(|at| places.get(at).copied());
    let most = if place.is_some() { rest / 2 } else { rest / 4 };
    let most = most.max(NOTE);
    let first = place.map_or(0, |(row, _)| (row + 1).saturating_sub(most));
    let is_cut = rows.len() > first + most && place.is_none();
    rows = rows.into_iter().skip(first).take(most).collect();
    if is_cut && let Some(last) = rows.last_mut() {
        *last = format!("{}…", cut(last.trim_end(), width.saturating_sub(1)));
    }
    NoteRows {
        rows,
        cursor: place.map(|(row, column)| (row - first, column)),
    }
}

fn draw_note(frame: &mut Frame<'_>, area: Rect, note: NoteRows) {
    let text: Vec<Line<'_>> = note.rows.into_iter().map(Line::raw).collect();
    frame.render_widget(Text::from(text), area);
    if let Some((row, column)) = note.cursor {
        let column = u16::try_from(column).unwrap_or(0);
        let row = u16::try_from(row).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + column, area.y + row));
    }
}

/// A text in rows of so many columns, and the row and the column of every letter, and of what follows the last one.
fn rows(text: &str, width: usize) -> (Vec<String>, Vec<(usize, usize)>) {
    let width = width.max(2);
    let mut rows = vec![String::new()];
    let mut places = Vec::new();
    let mut used = 0;
    // Behind the last letter the cursor needs a column too.
    for letter in text.chars().chain([' ']) {
        let wide = letter.width().unwrap_or(0);
        if used + wide > width {
            rows.push(String::new());
            used = 0;
        }
        places.push((rows.len() - 1, used));
        if letter == '\n' {
            rows.push(String::new());
            used = 0;
        } else if let Some(row) = rows.last_mut() {
            row.push(letter);
            used += wide;
        }
    }
    (rows, places)
}

/// The letter of a note that is a row above the one at the cursor, or below it.
#[must_use]
pub fn vertical(label: &str, note: &str, cursor: usize, width: usize, is_up: bool) -> usize {
    let before = label.chars().count();
    let (_, places) = rows(&format!("{label}{}", clean(note)), width);
    let Some(&(row, column)) = places.get(before + cursor) else {
        return cursor;
    };
    let row = if is_up {
        row.checked_sub(1)
    } else {
        Some(row + 1)
    };
    let of_row = |(_, place): &(usize, &(usize, usize))| Some(place.0) == row;
    let nearest = places.iter().enumerate().filter(of_row);
    let nearest = nearest.min_by_key(|(_, (_, other))| other.abs_diff(column));
    nearest.map_or(cursor, |(at, _)| at.saturating_sub(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stands_where_its_letter_is() {
        for (text, at, width, expected, place) in [
            ("abc", 0, 10, vec!["abc "], (0, 0)),
            ("abc", 3, 10, vec!["abc "], (0, 3)),
            ("abcd", 4, 4, vec!["abcd", " "], (1, 0)),
            ("ab日本", 3, 4, vec!["ab日", "本 "], (1, 0)),
            ("ab日本", 4, 5, vec!["ab日", "本 "], (1, 2)),
            // An accent of its own has no column.
            ("e\u{301}x", 2, 9, vec!["e\u{301}x "], (0, 1)),
            ("a\nb", 1, 9, vec!["a", "b "], (0, 1)),
            ("a\nb", 2, 9, vec!["a", "b "], (1, 0)),
        ] {
            let (rows, places) = rows(text, width);
            assert_eq!(rows, expected, "{text}");
            assert_eq!(places[at], place, "{text}");
            assert_eq!(places.len(), text.chars().count() + 1);
        }
    }

    #[test]
    fn the_cursor_moves_up_and_down() {
        let note = "first\nsecond line\n3";
        let moved = |cursor, is_up| vertical("L: ", note, cursor, 20, is_up);
        // The label takes three columns of the first row.
        assert_eq!(moved(2, false), 6 + 5);
        assert_eq!(moved(6 + 5, true), 2);
        assert_eq!(moved(6, true), 0);
        assert_eq!(moved(12, false), 19);
        assert_eq!((moved(2, true), moved(18, false)), (2, 18));
    }
}
