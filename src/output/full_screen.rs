//! An interview on the whole screen of a terminal, in 80 columns and 24 rows, without colours.

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Paragraph, Wrap};

use crate::model::scorecard::Answer;
use crate::output::interview::clock;
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
    /// The clock of the open question.
    pub part: Option<Clock>,
    /// The clock of the whole interview.
    pub whole: Clock,
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
    /// The time that was taken, and that there is.
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
            text: format!("{} / {}", clock(taken), clock(allowed)),
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

/// Draws it; how many lines of the pane can be read at once.
pub fn draw(frame: &mut Frame<'_>, shown: &Shown) -> u16 {
    let area = frame.area();
    if area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT {
        let text = format!(
            "This needs {LEAST_WIDTH} columns and {LEAST_HEIGHT} rows. Everything is saved; `q` leaves."
        );
        frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
        return 1;
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
    let text = Text::raw(clean(&shown.pane));
    let pane_text = Paragraph::new(text).wrap(Wrap { trim: false });
    frame.render_widget(pane_text.scroll((shown.scroll, 0)), pane);
    draw_rule(frame, rule);
    frame.render_widget(Text::from(lines), scale);
    draw_rule(frame, note_rule);
    draw_note(frame, note, shown);
    frame.render_widget(Line::styled(shown.keys, SOFT), keys);
    pane.height
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
    let mut spans = Vec::new();
    for clock in shown.part.iter().chain([&shown.whole]) {
        spans.push(Span::styled(format!("{} ", clean(&clock.label)), SOFT));
        let (style, more) = match clock.left {
            Left::Enough => (Style::new(), ""),
            Left::Little => (STRONG, " soon over"),
            Left::Over => (LOUD, " time is up "),
        };
        spans.push(Span::styled(format!("{}{more}", clock.text), style));
        spans.push(Span::raw("   "));
    }
    frame.render_widget(Line::from(spans), area);
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
    // One column a letter: wide letters are rare here, and only move the cursor.
    let letters: Vec<char> = format!("{label}{}", clean(note).replace('\n', " "))
        .chars()
        .collect();
    let at = cursor.map(|cursor| label.chars().count() + cursor);
    let row_of_cursor = at.map_or(0, |at| at / width);
    let first = row_of_cursor.saturating_sub(usize::from(area.height).saturating_sub(1));
    let rows = letters.chunks(width).skip(first).take(area.height.into());
    let text: Vec<Line<'_>> = rows
        .map(|row| Line::raw(row.iter().collect::<String>()))
        .collect();
    frame.render_widget(Text::from(text), area);
    if let Some(at) = at {
        let column = u16::try_from(at % width).unwrap_or(0);
        let row = u16::try_from(row_of_cursor - first).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + column, area.y + row));
    }
}
