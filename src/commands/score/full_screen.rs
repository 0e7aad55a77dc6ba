//! The interview on the whole screen of a terminal: keys in, the next picture out.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::record::in_words;
use super::sitting::Sitting;
use crate::model::scale;
use crate::model::scorecard::Answer;
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::output::full_screen::{AnchorLine, Clock, Page, Shown, draw};
use crate::output::interview;
use crate::output::terminal::clean_line;

/// What is read above the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Prompt,
    Answer,
    Rubric,
    List,
    Missing,
    Help,
}

const HELP: &str = "\
1 to 5   score what is open: its anchors stand beside the numbers
0, x     no rating; not asked
u        take the score back
e        the evidence, or the recommendation's reason: Enter keeps it, Esc not
m        how it was really asked: quick, standard, deep
a        reference answer and signals; again: back to prompt and handout
r        the anchors at full length
n, p     next, previous; also the arrows to the sides
l        all questions and what came of them; then a digit opens one
j, k     further down and up; also the arrows, Page Down, Page Up
S        submit: what is missing is listed
q        leave; everything is saved, and the same command goes on

Every answer is on the disk before the next key is read.";

const KEYS: &str =
    "1-5 score  0 none  x skip  e evidence  a answer  ? help  n p next back  S submit";

/// Holds the interview until the scorecard is handed in, or somebody leaves; whether it was handed in.
///
/// # Errors
/// When the terminal cannot be used, or the end not be saved.
pub(super) fn run(sitting: &mut Sitting<'_>) -> anyhow::Result<bool> {
    let mut terminal = ratatui::try_init()?;
    let mut view = View {
        sitting,
        pane: Pane::Prompt,
        scroll: 0,
        page: Page { height: 1, last: 0 },
        typing: None,
        width: 80,
        state: "saved".to_owned(),
    };
    let outcome = view.hold(&mut terminal);
    // Whatever happened, the terminal is as it was before anything else is said.
    let restored = ratatui::try_restore();
    let submitted = outcome?;
    restored?;
    Ok(submitted)
}

struct View<'v, 's> {
    sitting: &'v mut Sitting<'s>,
    pane: Pane,
    scroll: u16,
    /// What the pane shows at once.
    page: Page,
    /// The columns of the terminal.
    width: usize,
    /// The note that is being typed.
    typing: Option<Input>,
    /// Whether everything is saved, or why not.
    state: String,
}

/// What a key leads to.
enum Next {
    Stay,
    Leave,
    Submitted,
}

impl View<'_, '_> {
    fn hold(&mut self, terminal: &mut ratatui::DefaultTerminal) -> anyhow::Result<bool> {
        // So that the clock moves.
        const TICK: Duration = Duration::from_millis(250);
        loop {
            self.width = terminal.size()?.width.into();
            let shown = self.shown();
            let mut page = self.page;
            terminal.draw(|frame| page = draw(frame, &shown))?;
            self.page = page;
            self.scroll = self.scroll.min(page.last);
            if !event::poll(TICK)? {
                continue;
            }
            let next = match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key)?,
                Event::Paste(text) => {
                    self.paste(&text);
                    Next::Stay
                }
                _ => Next::Stay,
            };
            match next {
                Next::Stay => {}
                Next::Leave => {
                    self.sitting.leave()?;
                    return Ok(false);
                }
                Next::Submitted => return Ok(true),
            }
        }
    }

    fn key(&mut self, key: KeyEvent) -> anyhow::Result<Next> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if self.typing.is_some() {
            self.type_key(key);
            return Ok(Next::Stay);
        }
        if control && matches!(key.code, KeyCode::Char('c' | 'd')) {
            return Ok(Next::Leave);
        }
        match key.code {
            KeyCode::Char('q') => return Ok(Next::Leave),
            KeyCode::Char('S') => return self.submit(),
            KeyCode::Char(digit @ '1'..='9') if self.pane == Pane::List => {
                self.go(usize::from(digit as u8 - b'1'));
            }
            KeyCode::Char(digit @ '1'..='5') => {
                self.answer(Some(Answer::Score(digit as u8 - b'0')));
            }
            KeyCode::Char('0') => self.answer(Some(Answer::NoRating)),
            KeyCode::Char('x') => self.answer(Some(Answer::NotAsked)),
            KeyCode::Char('u') => self.answer(None),
            KeyCode::Char('e') | KeyCode::Enter => {
                self.typing = Some(Input::new(self.sitting.words().replace('\n', " ")));
            }
            KeyCode::Char('m') => self.next_mode(),
            KeyCode::Char('n') | KeyCode::Right => self.go(self.sitting.here() + 1),
            KeyCode::Char('p') | KeyCode::Left => self.go(self.sitting.here().saturating_sub(1)),
            KeyCode::Char('a') => self.turn(Pane::Answer),
            KeyCode::Char('r') => self.turn(Pane::Rubric),
            KeyCode::Char('l') => self.turn(Pane::List),
            KeyCode::Char('?') => self.turn(Pane::Help),
            KeyCode::Esc => self.turn(Pane::Prompt),
            KeyCode::Char('j') | KeyCode::Down => self.scroll = self.scroll.saturating_add(1),
            KeyCode::Char('k') | KeyCode::Up => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => {
                self.scroll = self.scroll.saturating_add(self.page.height);
            }
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(self.page.height),
            KeyCode::Home => self.scroll = 0,
            _ => {}
        }
        Ok(Next::Stay)
    }

    fn type_key(&mut self, key: KeyEvent) {
        let Some(input) = &mut self.typing else {
            return;
        };
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let request = match key.code {
            KeyCode::Enter => {
                let text = input.value().to_owned();
                let kept = self.sitting.write(text);
                // What could not be saved stays in hand.
                if kept.is_ok() {
                    self.typing = None;
                }
                return self.tell(kept);
            }
            KeyCode::Esc => {
                self.typing = None;
                return;
            }
            KeyCode::Char('c') if control => {
                self.typing = None;
                return;
            }
            KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
            KeyCode::Char('u') if control => InputRequest::DeleteLine,
            KeyCode::Char('a') if control => InputRequest::GoToStart,
            KeyCode::Char('e') if control => InputRequest::GoToEnd,
            KeyCode::Char(letter) if !control => InputRequest::InsertChar(letter),
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left if control => InputRequest::GoToPrevWord,
            KeyCode::Right if control => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return,
        };
        input.handle(request);
    }

    fn paste(&mut self, text: &str) {
        let Some(input) = &mut self.typing else {
            return;
        };
        for letter in text
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
        {
            input.handle(InputRequest::InsertChar(letter));
        }
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

    fn submit(&mut self) -> anyhow::Result<Next> {
        if self.sitting.missing().is_empty() {
            self.sitting.submit()?;
            return Ok(Next::Submitted);
        }
        self.pane = Pane::Missing;
        self.scroll = 0;
        Ok(Next::Stay)
    }

    fn tell(&mut self, kept: Result<(), String>) {
        self.state = match kept {
            Ok(()) if self.sitting.needs_words() => "saved; needs evidence (e)".to_owned(),
            Ok(()) => self.sitting.without_anchor().map_or_else(
                || "saved".to_owned(),
                |score| format!("saved; the question does not say what {score} is"),
            ),
            Err(message) => message,
        };
    }

    /// How the open question was asked, or is planned to be.
    fn mode(&self) -> Option<AskMode> {
        let pinned = self.sitting.open()?;
        let rating = self.sitting.card().rating(&pinned.id);
        Some(rating.and_then(|rating| rating.mode).unwrap_or(pinned.mode))
    }

    /// What the pane shows.
    fn text(&self) -> String {
        anstream::adapter::strip_str(&self.styled_text()).to_string()
    }

    fn styled_text(&self) -> String {
        let sitting = &self.sitting;
        let id = sitting.open().map_or("", |pinned| pinned.id.as_str());
        match (self.pane, sitting.open()) {
            (Pane::Help, _) => HELP.to_owned(),
            (Pane::List, _) => {
                interview::standing(sitting.screen(), sitting.card(), sitting.here())
            }
            (Pane::Missing, _) => {
                let lacking = sitting.missing();
                let lines: Vec<String> = lacking.iter().map(in_words).collect();
                format!("Not submitted; missing:\n\n{}", lines.join("\n"))
            }
            (Pane::Answer, Some(_)) => interview::answer(sitting.bank, id),
            (Pane::Rubric, _) => interview::anchors(sitting.bank, sitting.screen(), id, self.width),
            (_, Some(pinned)) => {
                let prompt = interview::to_ask(sitting.bank, pinned, self.width);
                format!("{prompt}\n{}", interview::handout(sitting.bank, id))
            }
            (_, None) => format!(
                "{}\n\n{}",
                interview::OVERALL,
                interview::standing(sitting.screen(), sitting.card(), sitting.here())
            ),
        }
    }

    fn shown(&self) -> Shown {
        let sitting = &self.sitting;
        let screen = sitting.screen();
        let card = sitting.card();
        let (heading, answer) = if let Some(pinned) = sitting.open() {
            let number = sitting.here() + 1;
            let facts = format!("{} min, {}", pinned.minutes, pinned.mode);
            let title = format!("{number}. {}", clean_line(&pinned.title));
            let answer = card.rating(&pinned.id).and_then(|rating| rating.answer);
            ((title, facts), answer)
        } else {
            let heading = ("Overall recommendation".to_owned(), String::new());
            (heading, card.overall.score.map(Answer::Score))
        };
        let blank = &sitting.wanted.blank;
        Shown {
            title: format!(
                "{} · {} · {}",
                clean_line(&screen.title),
                blank.candidate,
                blank.interviewer
            ),
            state: self.state.clone(),
            clocks: self.clocks(),
            heading,
            pane: self.text(),
            scroll: self.scroll,
            anchors: self.anchors(),
            answer,
            has_no_rating: sitting.open().is_some(),
            mode: self.mode().map(|mode| mode.to_string()),
            note_label: if sitting.open().is_some() {
                "Evidence: "
            } else {
                "Reason: "
            },
            note: match &self.typing {
                Some(input) => (input.value().to_owned(), Some(input.cursor())),
                None => (sitting.words().to_owned(), None),
            },
            keys: if self.typing.is_some() {
                "Enter keeps it  Esc drops it"
            } else {
                KEYS
            },
        }
    }

    fn clocks(&self) -> Vec<Clock> {
        let sitting = &self.sitting;
        let screen = sitting.screen();
        let minutes = |minutes: u32| Duration::from_secs(u64::from(minutes) * 60);
        let mut clocks = Vec::new();
        if let Some(pinned) = sitting.open() {
            let label = format!("{}/{}", sitting.here() + 1, screen.questions.len());
            let allowed = minutes(pinned.minutes);
            clocks.push(Clock::new(&label, sitting.here_taken(), allowed));
        }
        if let Some(segment) = sitting.segment() {
            let (title, taken) = (clean_line(&segment.title), sitting.segment_taken());
            clocks.push(Clock::new(&title, taken, minutes(segment.minutes)));
        }
        let allowed = minutes(screen.minutes);
        clocks.push(Clock::new("in all", sitting.taken(), allowed));
        clocks
    }

    fn anchors(&self) -> Vec<AnchorLine> {
        let sitting = &self.sitting;
        let id = sitting.open().map_or("", |pinned| pinned.id.as_str());
        let points = sitting.screen().scale.iter().rev();
        let lines = points.take(usize::from(scale::HIGHEST)).map(|point| {
            let own = interview::anchor(sitting.bank, id, point.score);
            AnchorLine {
                score: point.score,
                label: clean_line(&point.label),
                own: own.is_some(),
                text: own.unwrap_or_else(|| clean_line(&point.meaning)),
            }
        });
        lines.collect()
    }
}

/// Whether the terminal can show it: both ends are one, and it is not a dumb one.
pub(super) fn is_possible() -> bool {
    use std::io::IsTerminal;
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb
}
