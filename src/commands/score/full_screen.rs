//! The interview on the whole screen of a terminal: keys in, the next picture out.

mod editor;
mod keys;
mod terminal;

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyEventKind};

use self::editor::Editor;
use self::keys::{HELP, KEYS, KEYS_OF_LIST, KEYS_OF_NOTE, List, Next};
use self::terminal::Taken;
use super::sitting::Sitting;
use crate::model::scale;
use crate::model::scorecard::Answer;
use crate::model::vocabulary::AskMode;
use crate::output::full_screen::{AnchorLine, Clock, Page, Shown, draw};
use crate::output::interview;
use crate::output::terminal::clean_line;
use crate::score::{Missing, walk};

/// What is read above the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Prompt,
    Answer,
    Rubric,
    List,
    Submit,
    Help,
}

/// Holds the interview until the scorecard is handed in, or somebody leaves; whether it was handed in.
///
/// # Errors
/// When the terminal cannot be used, or the end not be saved.
pub(super) fn run(sitting: &mut Sitting<'_>) -> anyhow::Result<bool> {
    let mut taken = Taken::new()?;
    let mut view = View {
        sitting,
        pane: Pane::Prompt,
        list: List::default(),
        scroll: 0,
        page: Page { height: 1, last: 0 },
        editor: None,
        width: 80,
        state: "saved".to_owned(),
    };
    let outcome = view.hold(&mut taken);
    // Whatever happened, the terminal is as it was before anything else is said.
    drop(taken);
    outcome
}

struct View<'v, 's> {
    sitting: &'v mut Sitting<'s>,
    pane: Pane,
    list: List,
    scroll: u16,
    /// What the pane shows at once.
    page: Page,
    /// The columns of the terminal.
    width: usize,
    /// The note that is being typed.
    editor: Option<Editor>,
    /// Whether everything is saved, or why not.
    state: String,
}

impl View<'_, '_> {
    fn hold(&mut self, taken: &mut Taken) -> anyhow::Result<bool> {
        let ended = self.turns(taken);
        if matches!(ended, Ok(Next::Submitted)) {
            return Ok(true);
        }
        // Also where the terminal is gone.
        self.save_note();
        self.sitting.leave()?;
        ended.map(|_| false)
    }

    /// Until somebody leaves.
    fn turns(&mut self, taken: &mut Taken) -> anyhow::Result<Next> {
        // So that the clock moves.
        const TICK: Duration = Duration::from_millis(250);
        loop {
            if taken.is_ended() {
                return Ok(Next::Leave);
            }
            self.width = taken.terminal.size()?.width.into();
            let shown = self.shown();
            let mut page = self.page;
            taken.terminal.draw(|frame| page = draw(frame, &shown))?;
            self.page = page;
            self.scroll = self.scroll.min(page.last);
            if self.editor.as_ref().is_some_and(Editor::is_due) {
                self.save_note();
            }
            if !event::poll(TICK)? {
                continue;
            }
            match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release => {
                    let is_burst = event::poll(Duration::ZERO)?;
                    match self.key(key, is_burst)? {
                        Next::Stay => {}
                        next => return Ok(next),
                    }
                }
                Event::Paste(text) => self.paste(&text),
                _ => {}
            }
        }
    }

    fn tell(&mut self, kept: Result<(), String>) {
        self.state = match kept {
            Ok(()) if self.sitting.is_behind() => "saved in the journal only".to_owned(),
            Ok(()) if self.sitting.needs_words() => match self.sitting.open() {
                Some(_) => "saved; needs evidence (e)".to_owned(),
                None => "saved; needs a reason (e)".to_owned(),
            },
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
            (Pane::List, _) => self.standing(self.list.marked),
            (Pane::Submit, _) => self.to_submit(),
            (Pane::Answer, Some(_)) => interview::answer(sitting.bank, id),
            (Pane::Rubric, _) => interview::anchors(sitting.bank, sitting.screen(), id, self.width),
            (_, Some(pinned)) => {
                let prompt = interview::to_ask(sitting.bank, pinned, self.width);
                format!("{prompt}\n{}", interview::handout(sitting.bank, id))
            }
            (_, None) => format!(
                "{}\n\n{}",
                interview::OVERALL,
                self.standing(sitting.here())
            ),
        }
    }

    fn standing(&self, marked: usize) -> String {
        let sitting = &self.sitting;
        interview::standing(sitting.screen(), sitting.card(), marked, self.width)
    }

    /// What is missing, or what is about to be handed in.
    fn to_submit(&self) -> String {
        let sitting = &self.sitting;
        let lacking = sitting.missing();
        if lacking.is_empty() {
            let standing = self.standing(usize::MAX);
            return format!(
                "Nothing is missing. S again submits: then these scores stay, and changes are\nrevisions with a reason. Esc goes back.\n\n{standing}"
            );
        }
        let lines: Vec<String> = lacking.iter().map(|missing| self.to_do(missing)).collect();
        format!("Not submitted; missing:\n\n{}", lines.join("\n"))
    }

    /// What is to be done about something that is missing, by keys.
    fn to_do(&self, missing: &Missing) -> String {
        let questions = &self.sitting.screen().questions;
        let title = |id: &str| {
            let at = questions.iter().position(|pinned| pinned.id == id);
            let title = at.map_or("", |at| &questions[at].title);
            format!("{:>2}. {}", at.unwrap_or(0) + 1, clean_line(title))
        };
        match missing {
            Missing::Answer(id) => {
                format!("{}: no score (1 to 5, 0 no rating, x not asked)", title(id))
            }
            Missing::Note(id) => format!("{}: its score needs evidence (e)", title(id)),
            Missing::Overall => "    The overall recommendation: no score (1 to 5)".to_owned(),
            Missing::Reason => "    The overall recommendation: no reason (e)".to_owned(),
        }
    }

    /// The lines above the pane; in the list those that the mark asks for.
    fn scrolled(&self) -> u16 {
        if self.pane != Pane::List {
            return self.scroll;
        }
        let marked = u16::try_from(self.list.marked).unwrap_or(u16::MAX);
        let least = (marked + 1).saturating_sub(self.page.height.max(1));
        self.scroll.clamp(least, marked.max(least))
    }

    /// What stands before the note.
    fn note_label(&self) -> &'static str {
        if self.sitting.open().is_some() {
            "Evidence: "
        } else {
            "Reason: "
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
            scroll: self.scrolled(),
            anchors: self.anchors(),
            answer,
            has_no_rating: sitting.open().is_some(),
            mode: self.mode().map(|mode| mode.to_string()),
            note_label: self.note_label(),
            note: match &self.editor {
                Some(editor) => (editor.text().to_owned(), Some(editor.cursor())),
                None => (sitting.words().to_owned(), None),
            },
            keys: match self.pane {
                _ if self.editor.is_some() => KEYS_OF_NOTE,
                Pane::List => KEYS_OF_LIST,
                _ => KEYS,
            },
        }
    }

    fn clocks(&self) -> Vec<Clock> {
        let sitting = &self.sitting;
        let screen = sitting.screen();
        let minutes = |minutes: u32| Duration::from_secs(u64::from(minutes) * 60);
        let mut clocks = Vec::new();
        if sitting.clock() == walk::Clock::None {
            return clocks;
        }
        if let Some(left) = sitting.intro_left() {
            let intro = minutes(screen.intro_minutes);
            clocks.push(Clock::new("intro", intro.saturating_sub(left), intro));
        } else if let Some(pinned) = sitting.open() {
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
        if matches!(sitting.clock(), walk::Clock::Stands(_)) {
            clocks.push(Clock::stands());
        }
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
