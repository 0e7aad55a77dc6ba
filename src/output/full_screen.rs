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

/// The rows of everything but the pane and the scale.
const FIXED: usize = 9;
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
    let fits = whole.len() + FIXED + ROOM_TO_READ <= usize::from(area.height);
    let lines = if fits {
        whole
    } else {
        scale_lines(shown, area.width, 1)
    };
    let scale_height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let rows = [
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(3),
        Constraint::Length(1),
        Constraint::Length(scale_height),
        Constraint::Length(1),
        Constraint::Length(2),
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
        note,
        keys,
    ] = Layout::vertical(rows).areas(area);
    draw_top(frame, top, shown);
    draw_clocks(frame, clocks, shown);
    draw_rule(frame, first_rule);
    draw_heading(frame, heading, shown);
    let page = draw_pane(frame, pane, rule, shown);
    frame.render_widget(Text::from(lines), scale);
    draw_rule(frame, note_rule);
    draw_note(frame, note, shown);
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

/// Two rows; while it is typed, they follow the cursor.
fn draw_note(frame: &mut Frame<'_>, area: Rect, shown: &Shown) {
    let (note, cursor) = &shown.note;
    let label = shown.note_label;
    let width = usize::from(area.width).max(1);
    let text = format!("{label}{}", clean(note).replace('\n', " "));
    let at = cursor.map(|cursor| label.chars().count() + cursor);
    let (rows, at) = rows(&text, at, width);
    let first = at.map_or(0, |(row, _)| {
        row.saturating_sub(usize::from(area.height).saturating_sub(1))
    });
    let text: Vec<Line<'_>> = rows
        .into_iter()
        .skip(first)
        .take(area.height.into())
        .map(Line::raw)
        .collect();
    frame.render_widget(Text::from(text), area);
    if let Some((row, column)) = at {
        let column = u16::try_from(column).unwrap_or(0);
        let row = u16::try_from(row - first).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + column, area.y + row));
    }
}

/// A text in rows of so many columns, and the row and the column of the letter `at`, which may be behind the last one.
fn rows(text: &str, at: Option<usize>, width: usize) -> (Vec<String>, Option<(usize, usize)>) {
    let mut rows = vec![String::new()];
    let mut used = 0;
    let mut place = None;
    // Behind the last letter the cursor needs a column too.
    for (index, letter) in text.chars().chain([' ']).enumerate() {
        let wide = letter.width().unwrap_or(0);
        if used + wide > width {
            rows.push(String::new());
            used = 0;
        }
        if at == Some(index) {
            place = Some((rows.len() - 1, used));
        }
        if let Some(row) = rows.last_mut() {
            row.push(letter);
        }
        used += wide;
    }
    (rows, place)
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
        ] {
            let (rows, found) = rows(text, Some(at), width);
            assert_eq!(rows, expected, "{text}");
            assert_eq!(found, Some(place), "{text}");
        }
    }
}
