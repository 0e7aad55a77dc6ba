//! The interview on plain lines: for pipes, screen readers, and terminals that can do no more.

use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

use jiff::Zoned;

use super::args::{Args, answer};
use super::begin::{begin, not_kept};
use super::now;
use super::place::Wanted;
use super::record::{in_words, take};
use crate::cli::Context;
use crate::exit::ExitState;
use crate::model::bank::Bank;
use crate::model::scorecard::{Answer, Scorecard};
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::output::interview;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, styled};
use crate::score::walk::Walk;
use crate::score::{Change, Missing, missing};
use crate::store::files::shown;
use crate::store::interviews::Session;

const HELP: &str = "\
  1 to 5        score the question; a line for the evidence follows, empty leaves it as it is
  none, skip    no rating; not asked            unset   take it back
  note TEXT     the evidence                    mode quick|standard|deep   how it was really asked
  answer        reference answer and signals    rubric  the anchors again
  next, back    the next or previous question; an empty line is next
  go N          question N; go overall          list    all questions with their scores
  submit        hand the scorecard in           quit    leave it as a draft
";

/// Asks until everything is submitted, or the input ends.
///
/// # Errors
/// When an answer cannot be kept.
pub(super) fn run(
    context: &Context,
    args: &Args,
    bank: &Bank,
    wanted: &Wanted,
) -> anyhow::Result<ExitState> {
    let (mut session, _) = begin(context, bank, wanted)?;
    if session.card().is_submitted() {
        context.note("this scorecard is submitted: `--revise REASON` with `--set` or `--overall` adds a revision");
        return Ok(ExitState::Clean);
    }
    let mut interview = Interview {
        context,
        bank,
        wanted,
        walk: Walk::new(&wanted.screen, session.card()),
        begun: Instant::now(),
        session: &mut session,
        input: io::stdin().lock(),
        width: 80,
    };
    let submitted = interview.run(args)?;
    let path = clean_line(&shown(&session.paths().card));
    session.close();
    if submitted {
        context.note(&format!("submitted {path}"));
    } else {
        context.note(&format!(
            "saved {path} as a draft: the same command goes on"
        ));
    }
    Ok(ExitState::Clean)
}

struct Interview<'i> {
    context: &'i Context,
    bank: &'i Bank,
    wanted: &'i Wanted,
    walk: Walk,
    begun: Instant,
    session: &'i mut Session,
    input: io::StdinLock<'static>,
    width: usize,
}

/// What a line asks for.
enum Word {
    Answer(Option<Answer>),
    Note(String),
    Mode(AskMode),
    Show,
    Rubric,
    Go(usize),
    Next,
    Back,
    List,
    Submit,
    Quit,
    Help,
}

impl Interview<'_> {
    /// Whether it was submitted in the end.
    fn run(&mut self, args: &Args) -> anyhow::Result<bool> {
        let card = self.session.card();
        if card.date.is_none() || args.date.is_some() {
            let date = args.date.unwrap_or_else(|| Zoned::now().date());
            self.record(&[Change::Date { date }])?;
        }
        let screen = &self.wanted.screen;
        let title = format!(
            "{} · {} · {}",
            clean_line(&screen.title),
            self.wanted.blank.candidate,
            self.wanted.blank.interviewer
        );
        self.say(&format!("{}\n", styled(STRONG, title)))?;
        self.say(&styled(
            SOFT,
            "Every answer is saved at once. `help` lists the words.\n\n",
        ))?;
        self.show()?;
        loop {
            self.prompt()?;
            let Some(line) = self.line()? else {
                return self.leave();
            };
            match self.word(&line) {
                Err(message) => self.say(&format!("{message}\n"))?,
                Ok(Word::Quit) => return self.leave(),
                Ok(Word::Submit) => {
                    if self.submit()? {
                        return Ok(true);
                    }
                }
                Ok(word) => self.act(word)?,
            }
        }
    }

    fn act(&mut self, word: Word) -> anyhow::Result<()> {
        match word {
            Word::Answer(answer) => self.answer(answer),
            Word::Note(text) => self.keep(&[self.note(text)]),
            Word::Mode(mode) => {
                let question = self.id().unwrap_or_default();
                self.keep(&[Change::Mode { question, mode }])
            }
            Word::Show => {
                let text = interview::answer(self.bank, &self.id().unwrap_or_default());
                self.say(&text)
            }
            Word::Rubric => self.rubric(),
            Word::Go(to) => self.go(to),
            Word::Next => self.go(self.walk.here() + 1),
            Word::Back => self.go(self.walk.here().saturating_sub(1)),
            Word::List => {
                let card = self.session.card();
                let text = interview::standing(&self.wanted.screen, card, self.walk.here());
                self.say(&text)
            }
            Word::Help => self.say(HELP),
            Word::Submit | Word::Quit => Ok(()),
        }
    }

    fn word(&self, line: &str) -> Result<Word, String> {
        let line = line.trim();
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let last = self.wanted.screen.questions.len();
        let word = match first.to_ascii_lowercase().as_str() {
            "" | "next" | "n" => Word::Next,
            "back" | "b" => Word::Back,
            "note" => Word::Note(rest.to_owned()),
            "mode" => {
                Word::Mode(AskMode::from_name(rest).ok_or("a mode is quick, standard or deep")?)
            }
            "answer" | "a" => Word::Show,
            "rubric" | "r" => Word::Rubric,
            "list" | "l" => Word::List,
            "go" if rest == "overall" => Word::Go(last),
            "go" => match rest.parse::<usize>() {
                Ok(number) if (1..=last).contains(&number) => Word::Go(number - 1),
                _ => return Err(format!("go where? 1 to {last}, or overall")),
            },
            "submit" => Word::Submit,
            "quit" | "q" => Word::Quit,
            "help" | "?" => Word::Help,
            word => Word::Answer(
                answer(word).map_err(|wrong| format!("{wrong}; `help` lists all words"))?,
            ),
        };
        if self.id().is_none() {
            match word {
                Word::Answer(Some(Answer::NoRating | Answer::NotAsked)) => {
                    return Err("the recommendation is a score, 1 to 5".to_owned());
                }
                Word::Mode(_) | Word::Show => return Err("no question is open".to_owned()),
                _ => {}
            }
        }
        Ok(word)
    }

    /// The id of the open question; `None` at the recommendation.
    fn id(&self) -> Option<String> {
        let questions = &self.wanted.screen.questions;
        questions
            .get(self.walk.here())
            .map(|pinned| pinned.id.clone())
    }

    fn answer(&mut self, answer: Option<Answer>) -> anyhow::Result<()> {
        let change = match self.id() {
            Some(question) => Change::Answer {
                question,
                answer,
                at: now(),
            },
            None => Change::Overall {
                score: answer.and_then(Answer::score),
            },
        };
        self.keep(&[change])?;
        if answer.is_none() || answer == Some(Answer::NotAsked) {
            return Ok(());
        }
        let needed = missing(self.session.card(), &self.bank.config.evidence);
        let needs = match self.id() {
            Some(id) => needed.contains(&Missing::Note(id)),
            None => needed.contains(&Missing::Reason),
        };
        let ask = match (self.id(), needs) {
            (None, _) => "reason> ",
            (Some(_), true) => "what was said (this score needs it)> ",
            (Some(_), false) => "what was said> ",
        };
        self.say(ask)?;
        match self.line()? {
            Some(text) if !text.trim().is_empty() => self.keep(&[self.note(text)]),
            _ => Ok(()),
        }
    }

    /// A note on the open question, or the reason of the recommendation.
    fn note(&self, text: String) -> Change {
        match self.id() {
            Some(question) => Change::Note { question, text },
            None => Change::Reason { text },
        }
    }

    fn go(&mut self, to: usize) -> anyhow::Result<()> {
        let now = self.begun.elapsed();
        let changes = self
            .walk
            .go(to, &self.wanted.screen, self.session.card(), now);
        self.record(&changes)?;
        self.show()
    }

    /// Whether nothing is missing any more.
    fn submit(&mut self) -> anyhow::Result<bool> {
        let lacking = missing(self.session.card(), &self.bank.config.evidence);
        if !lacking.is_empty() {
            self.say("Not yet:\n")?;
            for missing in &lacking {
                self.say(&format!("  {}\n", in_words(missing)))?;
            }
            return Ok(false);
        }
        let now_passed = self.begun.elapsed();
        let mut changes = self
            .walk
            .book(&self.wanted.screen, self.session.card(), now_passed);
        changes.push(Change::Submit { at: now() });
        self.record(&changes)?;
        Ok(true)
    }

    fn leave(&mut self) -> anyhow::Result<bool> {
        let now = self.begun.elapsed();
        let changes = self
            .walk
            .book(&self.wanted.screen, self.session.card(), now);
        self.record(&changes)?;
        Ok(false)
    }

    /// Records what somebody answered, and says so once it is on the disk.
    fn keep(&mut self, changes: &[Change]) -> anyhow::Result<()> {
        match self.taken(changes) {
            Err(message) => self.say(&format!("{message}\n")),
            Ok(card) => {
                if let Err(error) = self.session.record(card) {
                    let message = format!("NOT SAVED: {}; try again\n", error.error);
                    return self.say(&message);
                }
                let at = self.id().unwrap_or_else(|| "overall".to_owned());
                let line = format!("saved {at}: {}", self.came_of());
                self.say(&format!("{}\n", styled(SOFT, line)))
            }
        }
    }

    fn came_of(&self) -> String {
        let card = self.session.card();
        self.id().map_or_else(
            || interview::recommended(card),
            |id| interview::came_of(card.rating(&id)),
        )
    }

    fn record(&mut self, changes: &[Change]) -> anyhow::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let card = self.taken(changes).map_err(anyhow::Error::msg)?;
        self.session.record(card).map_err(not_kept)
    }

    fn taken(&self, changes: &[Change]) -> Result<Scorecard, String> {
        let mut card = self.session.card().clone();
        for change in changes {
            take(&mut card, &self.wanted.screen, change).map_err(|refused| refused.to_string())?;
        }
        Ok(card)
    }

    fn show(&mut self) -> anyhow::Result<()> {
        let here = self.walk.here();
        let screen = &self.wanted.screen;
        let Some(pinned) = screen.questions.get(here) else {
            let text = format!(
                "{}\nAfter the last question, alone: one score on the same scale, with its reason.\n\n",
                styled(STRONG, "Overall recommendation")
            );
            self.say(&text)?;
            return self.rubric();
        };
        let text = interview::question(self.bank, here + 1, pinned, self.width);
        self.say(&format!("{text}\n"))?;
        self.rubric()
    }

    fn rubric(&mut self) -> anyhow::Result<()> {
        let id = self.id().unwrap_or_default();
        let text = interview::anchors(self.bank, &self.wanted.screen, &id, self.width);
        self.say(&format!("{text}\n"))
    }

    /// `[3/5 0:42 of 3:00, 7:10 of 30:00] > `
    fn prompt(&mut self) -> anyhow::Result<()> {
        let screen = &self.wanted.screen;
        let now = self.begun.elapsed();
        let whole = self.walk.taken(now);
        let last = screen.questions.len();
        let place = match screen.questions.get(self.walk.here()) {
            Some(pinned) => {
                let taken = self.walk.here_taken(screen, self.session.card(), now);
                let number = self.walk.here() + 1;
                format!("{number}/{last} {} of {}:00", clock(taken), pinned.minutes)
            }
            None => "overall".to_owned(),
        };
        let text = format!(
            "[{place}, {} of {}:00 in all]",
            clock(whole),
            screen.minutes
        );
        self.say(&format!("{} > ", styled(ACCENT, text)))
    }

    fn say(&self, text: &str) -> anyhow::Result<()> {
        self.context.print(text)
    }

    /// A line; `None` at the end of the input.
    fn line(&mut self) -> anyhow::Result<Option<String>> {
        const LONGEST: u64 = 128 * 1024;
        io::stdout().flush()?;
        let mut bytes = Vec::new();
        let mut limited = io::Read::take(&mut self.input, LONGEST);
        let read = limited.read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// `7:10`: minutes and seconds.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
