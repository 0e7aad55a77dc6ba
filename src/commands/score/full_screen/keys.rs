//! What the keys do.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::editor::{Edit, Editor};
use super::{Pane, View};
use crate::model::scorecard::Answer;
use crate::model::vocabulary::{AskMode, Vocabulary};

pub(super) const HELP: &str = "\
1 to 5   score what is open: its anchors stand beside the numbers
0, x     no rating; not asked
u        take the score back
e        the evidence, or the recommendation's reason: Enter keeps it, Esc drops
         what was typed, Ctrl-J begins a new line
m        how it was really asked: quick, standard, deep
a        reference answer and signals; again: back to prompt and handout
r        the anchors at full length
n, p     next, previous; also the arrows to the sides
l        all questions and what came of them: a number or Enter opens one
t        the first question begins; then: the clock stops, or goes on
j, k     further down and up; also the arrows, Page Down, Page Up
S        submit: what is missing is listed; if nothing is, S again
q        leave; everything is saved, and the same command goes on

Every answer is on the disk before the next key is read, a note whenever
you pause.";

pub(super) const KEYS: &str =
    "1-5 score  0 none  x skip  e evidence  a answer  ? help  n p next back  S submit";
pub(super) const KEYS_OF_NOTE: &str = "Enter keeps it  Ctrl-J new line  Esc drops it";
pub(super) const KEYS_OF_LIST: &str = "a number or Enter opens a question  up, down  l back";

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Stay,
    Leave,
    Submitted,
}

/// The list of all questions: the line that is marked, and the digits of a number that may go on.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) marked: usize,
    digits: String,
}

impl View<'_, '_> {
    /// Does what a key asks for. `is_burst`: more is there already, as when a text is pasted.
    pub(super) fn key(&mut self, key: KeyEvent, is_burst: bool) -> anyhow::Result<Next> {
        if self.editor.is_some() {
            return Ok(self.type_key(key, is_burst));
        }
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            let leaves = matches!(key.code, KeyCode::Char('c' | 'd'));
            return Ok(if leaves { Next::Leave } else { Next::Stay });
        }
        match key.code {
            KeyCode::Char('q') => return Ok(Next::Leave),
            KeyCode::Char('S') => return self.submit(),
            _ if self.pane == Pane::List => self.list_key(key.code),
            KeyCode::Char(digit @ '1'..='5') => {
                self.answer(Some(Answer::Score(digit as u8 - b'0')));
            }
            KeyCode::Char('0') => self.answer(Some(Answer::NoRating)),
            KeyCode::Char('x') => self.answer(Some(Answer::NotAsked)),
            KeyCode::Char('u') => self.answer(None),
            KeyCode::Char('e') | KeyCode::Enter => {
                self.sitting.begin_question();
                self.editor = Some(Editor::new(self.sitting.words()));
            }
            KeyCode::Char('m') => self.next_mode(),
            KeyCode::Char('n') | KeyCode::Right => self.go(self.sitting.here() + 1),
            KeyCode::Char('p') | KeyCode::Left => self.go(self.sitting.here().saturating_sub(1)),
            KeyCode::Char('a') => self.turn(Pane::Answer),
            KeyCode::Char('r') => self.turn(Pane::Rubric),
            KeyCode::Char('l') => {
                self.list = List {
                    marked: self.sitting.here(),
                    digits: String::new(),
                };
                self.turn(Pane::List);
            }
            KeyCode::Char('t') => self.sitting.turn_clock(),
            KeyCode::Char('?') => self.turn(Pane::Help),
            KeyCode::Esc => self.turn(Pane::Prompt),
            other => self.scroll_by(other),
        }
        Ok(Next::Stay)
    }

    fn scroll_by(&mut self, code: KeyCode) {
        let page = self.page.height.max(1);
        self.scroll = match code {
            KeyCode::Char('j') | KeyCode::Down => self.scroll.saturating_add(1),
            KeyCode::Char('k') | KeyCode::Up => self.scroll.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll.saturating_add(page),
            KeyCode::PageUp => self.scroll.saturating_sub(page),
            KeyCode::Home => 0,
            KeyCode::End => self.page.last,
            _ => self.scroll,
        };
    }

    /// In the list no key scores.
    fn list_key(&mut self, code: KeyCode) {
        let last = self.sitting.screen().questions.len();
        let list = &mut self.list;
        match code {
            KeyCode::Char(digit @ '0'..='9') => {
                list.digits.push(digit);
                let number = list.digits.parse::<usize>().unwrap_or(0);
                if !(1..=last).contains(&number) {
                    list.digits.clear();
                    return;
                }
                list.marked = number - 1;
                if number * 10 > last {
                    self.go(number - 1);
                }
                return;
            }
            KeyCode::Char('j') | KeyCode::Down => list.marked = (list.marked + 1).min(last),
            KeyCode::Char('k') | KeyCode::Up => list.marked = list.marked.saturating_sub(1),
            KeyCode::Home => list.marked = 0,
            KeyCode::End => list.marked = last,
            KeyCode::Enter => {
                let to = list.marked;
                return self.go(to);
            }
            KeyCode::Char('l') | KeyCode::Esc => self.turn(Pane::Prompt),
            KeyCode::Char('?') => self.turn(Pane::Help),
            _ => {}
        }
        self.list.digits.clear();
    }

    fn type_key(&mut self, key: KeyEvent, is_burst: bool) -> Next {
        let label = self.note_label();
        let width = self.width;
        let Some(editor) = &mut self.editor else {
            return Next::Stay;
        };
        // Nobody presses Enter and another key at once: where a terminal does not say so, this is a text.
        if is_burst && key.code == KeyCode::Enter {
            editor.paste("\n");
            return Next::Stay;
        }
        match editor.key(key, label, width) {
            Edit::On => {}
            Edit::Keep => self.end_note(),
            Edit::Drop => {
                let before = editor.before().to_owned();
                if before == self.sitting.words() {
                    self.editor = None;
                } else {
                    let kept = self.sitting.write(before);
                    if kept.is_ok() {
                        self.editor = None;
                    }
                    self.tell(kept);
                }
            }
            Edit::Leave => return Next::Leave,
        }
        Next::Stay
    }

    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.editor {
            Some(editor) => editor.paste(text),
            None => "not pasted: `e` first".clone_into(&mut self.state),
        }
    }

    /// Keeps the note that is being typed; what could not be saved stays in hand.
    fn end_note(&mut self) {
        self.save_note();
        if self
            .editor
            .as_ref()
            .is_some_and(|editor| !editor.is_unsaved())
        {
            self.editor = None;
        }
    }

    /// Saves what has been typed of a note.
    pub(super) fn save_note(&mut self) {
        let Some(editor) = &mut self.editor else {
            return;
        };
        let kept = if editor.is_unsaved() {
            self.sitting.write(editor.text().to_owned())
        } else {
            Ok(())
        };
        if kept.is_ok() {
            editor.is_saved();
        }
        self.tell(kept);
    }

    fn answer(&mut self, answer: Option<Answer>) {
        let kept = self.sitting.answer(answer);
        self.tell(kept);
    }

    fn next_mode(&mut self) {
        let known = self.mode().unwrap_or(AskMode::Standard);
        let all = AskMode::ALL;
        let at = all.iter().position(|mode| *mode == known).unwrap_or(0);
        let kept = self.sitting.set_mode(all[(at + 1) % all.len()]);
        self.tell(kept);
    }

    fn go(&mut self, to: usize) {
        let kept = self.sitting.go(to);
        self.pane = Pane::Prompt;
        self.scroll = 0;
        self.tell(kept);
    }

    fn turn(&mut self, pane: Pane) {
        self.pane = if self.pane == pane {
            Pane::Prompt
        } else {
            pane
        };
        self.scroll = 0;
    }

    /// Hands in what is complete, once that was said.
    fn submit(&mut self) -> anyhow::Result<Next> {
        if self.pane == Pane::Submit && self.sitting.missing().is_empty() {
            self.sitting.submit()?;
            return Ok(Next::Submitted);
        }
        self.pane = Pane::Submit;
        self.scroll = 0;
        Ok(Next::Stay)
    }
}
