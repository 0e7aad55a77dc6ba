//! A note that is being typed.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use crate::output::full_screen::vertical;

/// How long nothing is typed before what is there is saved.
const PAUSE: Duration = Duration::from_secs(1);
/// How long somebody types without a pause before what is there is saved.
const LONGEST: Duration = Duration::from_secs(4);

/// A note with a cursor in it.
pub(super) struct Editor {
    input: Input,
    /// What the note was before.
    before: String,
    /// What of it is saved.
    saved: String,
    saved_at: Instant,
    changed_at: Instant,
}

/// What a key does to a note.
pub(super) enum Edit {
    /// It is typed on.
    On,
    /// It is kept.
    Keep,
    /// It becomes what it was before.
    Drop,
    /// It is kept, and the interview left.
    Leave,
}

impl Editor {
    pub(super) fn new(text: &str) -> Self {
        Self {
            input: Input::new(text.to_owned()),
            before: text.to_owned(),
            saved: text.to_owned(),
            saved_at: Instant::now(),
            changed_at: Instant::now(),
        }
    }

    pub(super) fn text(&self) -> &str {
        self.input.value()
    }

    pub(super) fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// What the note was before.
    pub(super) fn before(&self) -> &str {
        &self.before
    }

    /// Whether something is typed that is not saved yet.
    pub(super) fn is_unsaved(&self) -> bool {
        self.text() != self.saved
    }

    /// Whether it is time to save what is typed.
    pub(super) fn is_due(&self) -> bool {
        let is_time = self.changed_at.elapsed() >= PAUSE || self.saved_at.elapsed() >= LONGEST;
        self.is_unsaved() && is_time
    }

    /// What is there is saved.
    pub(super) fn is_saved(&mut self) {
        self.saved = self.text().to_owned();
        self.saved_at = Instant::now();
    }

    /// Types a text as it is.
    pub(super) fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for letter in text.chars() {
            let letter = match letter {
                '\n' => '\n',
                other if other.is_control() => ' ',
                other => other,
            };
            self.input.handle(InputRequest::InsertChar(letter));
        }
        self.changed_at = Instant::now();
    }

    /// Types a key. `label`, `width`: what stands before the note, and the columns that both are broken into.
    pub(super) fn key(&mut self, key: KeyEvent, label: &str, width: usize) -> Edit {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let shift = key.modifiers.contains(KeyModifiers::SHIFT);
        let vertical = |input: &Input, is_up| {
            let to = vertical(label, input.value(), input.cursor(), width, is_up);
            InputRequest::SetCursor(to)
        };
        let request = match key.code {
            KeyCode::Enter if alt || shift || control => InputRequest::InsertChar('\n'),
            KeyCode::Char('j' | 'o') if control => InputRequest::InsertChar('\n'),
            KeyCode::Enter => return Edit::Keep,
            KeyCode::Esc => return Edit::Drop,
            KeyCode::Char('c' | 'd') if control => return Edit::Leave,
            KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
            KeyCode::Char('u') if control => InputRequest::DeleteFromStart,
            KeyCode::Char('k') if control => InputRequest::DeleteTillEnd,
            KeyCode::Char('y') if control => InputRequest::Yank,
            KeyCode::Char('a') if control => InputRequest::GoToStart,
            KeyCode::Char('e') if control => InputRequest::GoToEnd,
            // AltGr is both, and types a letter.
            KeyCode::Char(letter) if control == alt => InputRequest::InsertChar(letter),
            KeyCode::Tab => InputRequest::InsertChar(' '),
            KeyCode::Backspace if alt || control => InputRequest::DeletePrevWord,
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left if control => InputRequest::GoToPrevWord,
            KeyCode::Right if control => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Up => vertical(&self.input, true),
            KeyCode::Down => vertical(&self.input, false),
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return Edit::On,
        };
        self.input.handle(request);
        self.changed_at = Instant::now();
        Edit::On
    }
}
