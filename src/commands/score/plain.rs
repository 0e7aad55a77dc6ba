//! The interview on plain lines: for pipes, screen readers, and terminals that can do no more.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use super::args::answer;
use super::record::in_words;
use super::sitting::Sitting;
use crate::cli::Context;
use crate::model::scorecard::{Answer, LONGEST_NOTE};
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::output::interview;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, styled};
use crate::score::walk::Clock;

const HELP: &str = "\
  1 to 5        score the question; a line for the evidence follows, empty leaves it as it is
  none, skip    no rating; not asked            unset   take it back
  note TEXT     the evidence; note alone: in several lines, up to one that is only a dot
  mode quick|standard|deep   how it was really asked
  answer        reference answer and signals    rubric  the anchors again
  handout       what the candidate is shown     show    the question again
  next, back    the next or previous question   list    all questions with their scores
  go N          question N; go overall          clock   the clock stops, or goes on
  submit        hand the scorecard in           quit    leave it as a draft
";

/// The bytes of a line that are taken: one more than any note has is refused as one.
const LONGEST_LINE: usize = 2 * LONGEST_NOTE;

/// The columns that a terminal has at least.
const WIDTH: usize = 80;

/// Asks until the scorecard is handed in, or the input ends; whether it was handed in.
///
/// # Errors
/// When the input cannot be read, the output not be written, or the end not be saved.
pub(super) fn run(context: &Context, sitting: &mut Sitting<'_>) -> anyhow::Result<bool> {
    let mut lines = Lines {
        context,
        sitting,
        input: io::stdin().lock(),
    };
    lines.run()
}

struct Lines<'i, 's> {
    context: &'i Context,
    sitting: &'i mut Sitting<'s>,
    input: io::StdinLock<'static>,
}

/// What a line asks for.
enum Word {
    Answer(Option<Answer>),
    Note(String),
    Lines,
    Mode(AskMode),
    Nothing,
    Again,
    Clock,
    Show,
    Handout,
    Rubric,
    Go(usize),
    List,
    Submit,
    Quit,
    Help,
}

impl Lines<'_, '_> {
    fn run(&mut self) -> anyhow::Result<bool> {
        let blank = &self.sitting.wanted.blank;
        let title = clean_line(&self.sitting.screen().title);
        let title = format!("{title} · {} · {}", blank.candidate, blank.interviewer);
        self.say(&format!("{}\n", styled(STRONG, title)))?;
        self.say(&styled(
            SOFT,
            "Every answer is saved at once. `help` lists the words.\n\n",
        ))?;
        self.show()?;
        loop {
            self.prompt()?;
            let Some(line) = self.line()? else {
                self.say("\n")?;
                self.sitting.leave()?;
                return Ok(false);
            };
            match self.word(&line) {
                Err(message) => self.say(&format!("{message}\n"))?,
                Ok(Word::Quit) => {
                    self.sitting.leave()?;
                    return Ok(false);
                }
                Ok(Word::Submit) if self.lacks_nothing()? => {
                    self.sitting.submit()?;
                    return Ok(true);
                }
                Ok(word) => self.act(word)?,
            }
        }
    }

    fn act(&mut self, word: Word) -> anyhow::Result<()> {
        match word {
            Word::Answer(answer) => self.answer(answer),
            Word::Note(text) => {
                let kept = self.sitting.write(text);
                self.acknowledge(kept)
            }
            Word::Lines => {
                let text = self.lines()?;
                let kept = self.sitting.write(text);
                self.acknowledge(kept)
            }
            Word::Again => self.show(),
            Word::Clock => {
                self.sitting.turn_clock();
                Ok(())
            }
            Word::Mode(mode) => {
                let kept = self.sitting.set_mode(mode);
                self.acknowledge(kept)
            }
            Word::Show => match self.sitting.open() {
                Some(pinned) => self.say(&interview::answer(self.sitting.bank, &pinned.id)),
                None => self.say("no question is open\n"),
            },
            Word::Handout => {
                let id = self.sitting.open().map_or("", |pinned| &pinned.id);
                self.say(&interview::handout(self.sitting.bank, id))
            }
            Word::Rubric => self.rubric(),
            Word::Go(to) => {
                if let Err(message) = self.sitting.go(to) {
                    self.say(&format!("{message}\n"))?;
                }
                self.show()
            }
            Word::List => {
                let sitting = &self.sitting;
                let (screen, card) = (sitting.screen(), sitting.card());
                let text = interview::standing(screen, card, sitting.here(), WIDTH);
                self.say(&text)
            }
            Word::Help => self.say(HELP),
            Word::Nothing | Word::Submit | Word::Quit => Ok(()),
        }
    }

    fn word(&self, line: &str) -> Result<Word, String> {
        let line = line.trim();
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let last = self.sitting.screen().questions.len();
        Ok(match first.to_ascii_lowercase().as_str() {
            "note" if rest.is_empty() => Word::Lines,
            "note" => Word::Note(rest.to_owned()),
            "mode" => {
                Word::Mode(AskMode::from_name(rest).ok_or("a mode is quick, standard or deep")?)
            }
            "go" if rest == "overall" => Word::Go(last),
            "go" => match rest.parse::<usize>() {
                Ok(number) if (1..=last).contains(&number) => Word::Go(number - 1),
                _ => return Err(format!("go where? 1 to {last}, or overall")),
            },
            word => {
                let found = self.lone_word(word)?;
                // A text that begins with a number is no score.
                if !rest.is_empty() {
                    return Err(format!(
                        "`{}` stands alone; `note TEXT` keeps a text",
                        clean_line(word)
                    ));
                }
                found
            }
        })
    }

    fn lone_word(&self, word: &str) -> Result<Word, String> {
        let here = self.sitting.here();
        Ok(match word {
            "" => Word::Nothing,
            "next" | "n" => Word::Go(here + 1),
            "back" | "b" => Word::Go(here.saturating_sub(1)),
            "answer" | "a" => Word::Show,
            "show" | "s" => Word::Again,
            "handout" | "h" => Word::Handout,
            "rubric" | "r" => Word::Rubric,
            "list" | "l" => Word::List,
            "clock" | "t" => Word::Clock,
            "submit" => Word::Submit,
            "quit" | "q" => Word::Quit,
            "help" | "?" => Word::Help,
            word => {
                let answer = answer(word);
                Word::Answer(answer.map_err(|wrong| format!("{wrong}; `help` lists all words"))?)
            }
        })
    }

    fn answer(&mut self, answer: Option<Answer>) -> anyhow::Result<()> {
        let kept = self.sitting.answer(answer);
        let is_kept = kept.is_ok();
        self.acknowledge(kept)?;
        if let Some(score) = self.sitting.without_anchor() {
            self.say(&format!("the question does not say what {score} looks like: the scale's own words stand in\n"))?;
        }
        if !is_kept || matches!(answer, None | Some(Answer::NotAsked)) {
            return Ok(());
        }
        self.say(match (self.sitting.open(), self.sitting.needs_words()) {
            (None, _) => "reason> ",
            (Some(_), true) => "what was said (this score needs it)> ",
            (Some(_), false) => "what was said> ",
        })?;
        match self.line()? {
            Some(text) if !text.trim().is_empty() => {
                let kept = self.sitting.write(text);
                self.acknowledge(kept)
            }
            _ => Ok(()),
        }
    }

    /// Says what is saved once it is on the disk, or why it is not.
    fn acknowledge(&self, kept: Result<(), String>) -> anyhow::Result<()> {
        let saved = || {
            let at = self.sitting.open().map_or("overall", |pinned| &pinned.id);
            let only = if self.sitting.is_behind() {
                "; in the journal only"
            } else {
                ""
            };
            styled(
                SOFT,
                format!("saved {at}: {}{only}", self.sitting.came_of()),
            )
        };
        let line = kept.map_or_else(|message| message, |()| saved());
        self.say(&format!("{line}\n"))
    }

    fn lacks_nothing(&self) -> anyhow::Result<bool> {
        let lacking = self.sitting.missing();
        if !lacking.is_empty() {
            self.say("Not yet:\n")?;
            for missing in &lacking {
                self.say(&format!("  {}\n", in_words(missing)))?;
            }
        }
        Ok(lacking.is_empty())
    }

    fn show(&self) -> anyhow::Result<()> {
        let Some(pinned) = self.sitting.open() else {
            let title = styled(STRONG, "Overall recommendation");
            self.say(&format!("{title}\n{}\n\n", interview::OVERALL))?;
            return self.rubric();
        };
        let number = self.sitting.here() + 1;
        let text = interview::question(self.sitting.bank, number, pinned, WIDTH);
        self.say(&format!("{text}\n"))?;
        self.rubric()
    }

    fn rubric(&self) -> anyhow::Result<()> {
        let id = self.sitting.open().map_or("", |pinned| &pinned.id);
        let text = interview::anchors(self.sitting.bank, self.sitting.screen(), id, WIDTH);
        self.say(&format!("{text}\n"))
    }

    /// `[3/5: 2:18 left, Questions: 20:00 left, in all: 22:50 left] > `
    fn prompt(&self) -> anyhow::Result<()> {
        let sitting = &self.sitting;
        let last = sitting.screen().questions.len();
        let left = |taken, minutes: u32| {
            interview::left(taken, Duration::from_secs(u64::from(minutes) * 60))
        };
        let mut parts = Vec::new();
        match sitting.open() {
            Some(_) => parts.push(format!("{}/{last}", sitting.here() + 1)),
            None => parts.push("overall".to_owned()),
        }
        if let Some(left) = sitting.intro_left() {
            parts.push(format!("intro: {}", interview::left(Duration::ZERO, left)));
        } else if let Some(pinned) = sitting.open()
            && sitting.clock() != Clock::None
        {
            let left = left(sitting.here_taken(), pinned.minutes);
            let part = parts.pop().unwrap_or_default();
            parts.push(format!("{part}: {left}"));
        }
        if sitting.clock() != Clock::None {
            if let Some(segment) = sitting.segment() {
                let title = clean_line(&segment.title);
                let left = left(sitting.segment_taken(), segment.minutes);
                parts.push(format!("{title}: {left}"));
            }
            let minutes = sitting.screen().minutes;
            parts.push(format!("in all: {}", left(sitting.taken(), minutes)));
        }
        if matches!(sitting.clock(), Clock::Stands(_)) {
            parts.push("clock stopped".to_owned());
        }
        let text = format!("[{}]", parts.join(", "));
        self.say(&format!("{} > ", styled(ACCENT, text)))
    }

    fn say(&self, text: &str) -> anyhow::Result<()> {
        self.context.print(text)
    }

    /// Lines up to one that is only a dot, or to the end of the input.
    fn lines(&mut self) -> anyhow::Result<String> {
        self.say("lines, then one that is only a dot> ")?;
        let mut text = String::new();
        while let Some(line) = self.line()? {
            if line.trim_end() == "." {
                break;
            }
            // What is too long is refused as a whole.
            if text.len() <= LONGEST_NOTE {
                text.push_str(&line);
            }
        }
        Ok(text.replace("\r\n", "\n"))
    }

    /// A line; `None` at the end of the input.
    fn line(&mut self) -> anyhow::Result<Option<String>> {
        io::stdout().flush()?;
        let mut bytes = Vec::new();
        loop {
            let (used, is_end) = {
                let there = self.input.fill_buf()?;
                let end = there.iter().position(|byte| *byte == b'\n');
                let used = end.map_or(there.len(), |end| end + 1);
                // What is behind the longest line is read and left out, so that it is no line of its own.
                let room = LONGEST_LINE.saturating_sub(bytes.len()).min(used);
                bytes.extend_from_slice(&there[..room]);
                (used, end.is_some() || used == 0)
            };
            self.input.consume(used);
            if is_end {
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }
}
