//! One interviewer at one interview: where it stands, and every answer on the disk before the next.

use std::time::{Duration, Instant};

use jiff::Zoned;

use super::args::Args;
use super::begin::not_kept;
use super::now;
use super::place::Wanted;
use super::record::take;
use crate::model::bank::Bank;
use crate::model::scorecard::{Answer, Scorecard};
use crate::model::screen::{PinnedQuestion, PinnedSegment, Screen};
use crate::model::vocabulary::AskMode;
use crate::output::interview;
use crate::score::walk::{Clock, Walk};
use crate::score::{Change, Missing, missing};
use crate::store::interviews::Session;

/// An interview that is being held.
pub(super) struct Sitting<'i> {
    pub(super) bank: &'i Bank,
    pub(super) wanted: &'i Wanted,
    session: &'i mut Session,
    walk: Walk,
    begun: Instant,
}

impl<'i> Sitting<'i> {
    /// Begins at the first question without an answer, and notes the day.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub(super) fn begin(
        args: &Args,
        bank: &'i Bank,
        wanted: &'i Wanted,
        session: &'i mut Session,
    ) -> anyhow::Result<Self> {
        let card = session.card();
        let today = Zoned::now().date();
        let date = args.date.or(card.date).unwrap_or(today);
        // What was on another day is typed in now.
        let has_clock = !args.asking.no_clock && date >= today;
        let walk = Walk::new(&wanted.screen, card, has_clock);
        let is_dated = card.date == Some(date);
        let mut sitting = Self {
            bank,
            wanted,
            session,
            walk,
            begun: Instant::now(),
        };
        if !is_dated {
            sitting.record(&[Change::Date { date }])?;
        }
        Ok(sitting)
    }

    /// The scorecard as it is on the disk.
    pub(super) fn card(&self) -> &Scorecard {
        self.session.card()
    }

    pub(super) fn screen(&self) -> &'i Screen {
        &self.wanted.screen
    }

    /// Whether the scorecard's file cannot be replaced for now, so that only the journal has everything.
    pub(super) fn is_behind(&self) -> bool {
        self.session.behind().is_some()
    }

    /// The place that is open, from 0; the number of questions: the recommendation.
    pub(super) fn here(&self) -> usize {
        self.walk.here()
    }

    /// The open question; `None` at the recommendation.
    pub(super) fn open(&self) -> Option<&'i PinnedQuestion> {
        self.screen().questions.get(self.here())
    }

    /// How long the interview has taken.
    pub(super) fn taken(&self) -> Duration {
        self.walk.taken(self.begun.elapsed())
    }

    /// How long the open question has taken.
    pub(super) fn here_taken(&self) -> Duration {
        self.walk
            .here_taken(self.screen(), self.card(), self.begun.elapsed())
    }

    /// What the clock does.
    pub(super) fn clock(&self) -> Clock {
        self.walk.clock()
    }

    /// What is left of the intro, before the first question.
    pub(super) fn intro_left(&self) -> Option<Duration> {
        self.walk.intro_left(self.begun.elapsed())
    }

    /// Ends the intro: the first question is asked.
    pub(super) fn begin_question(&mut self) {
        self.walk.begin(self.begun.elapsed());
    }

    /// Ends the intro; else stops the clock, or lets it go on.
    pub(super) fn turn_clock(&mut self) {
        self.walk.turn_clock(self.begun.elapsed());
    }

    /// The segment of the open question.
    pub(super) fn segment(&self) -> Option<&'i PinnedSegment> {
        let title = &self.open()?.segment;
        let mut segments = self.screen().segments.iter();
        segments.find(|segment| segment.title == *title)
    }

    /// How long the questions of the open question's segment have taken.
    pub(super) fn segment_taken(&self) -> Duration {
        self.walk
            .segment_taken(self.screen(), self.card(), self.begun.elapsed())
    }

    /// What is still missing.
    pub(super) fn missing(&self) -> Vec<Missing> {
        missing(self.card(), &self.bank.config.evidence)
    }

    /// Whether what is open needs words for its score.
    pub(super) fn needs_words(&self) -> bool {
        let wanted = match self.open() {
            Some(pinned) => Missing::Note(pinned.id.clone()),
            None if self.card().overall.score.is_none() => return false,
            None => Missing::Reason,
        };
        self.missing().contains(&wanted)
    }

    /// The score of the open question that the question itself does not describe, if it has one.
    pub(super) fn without_anchor(&self) -> Option<u8> {
        let pinned = self.open()?;
        let rating = self.card().rating(&pinned.id)?;
        let score = rating.answer?.score()?;
        let anchor = interview::anchor(self.bank, &pinned.id, score);
        anchor.is_none().then_some(score)
    }

    /// What came of what is open, in words.
    pub(super) fn came_of(&self) -> String {
        self.open().map_or_else(
            || interview::recommended(self.card()),
            |pinned| interview::came_of(self.card().rating(&pinned.id)),
        )
    }

    /// The note on the open question, or the reason of the recommendation.
    pub(super) fn words(&self) -> &str {
        let card = self.card();
        let words = match self.open() {
            Some(pinned) => card
                .rating(&pinned.id)
                .and_then(|rating| rating.note.as_deref()),
            None => card.overall.reason.as_deref(),
        };
        words.unwrap_or_default()
    }

    /// Scores what is open.
    ///
    /// # Errors
    /// Why it is not saved, in words; then it is as before.
    pub(super) fn answer(&mut self, answer: Option<Answer>) -> Result<(), String> {
        self.begin_question();
        let change = match self.open() {
            Some(pinned) => Change::Answer {
                question: pinned.id.clone(),
                answer,
                at: now(),
            },
            None if matches!(answer, Some(Answer::NoRating | Answer::NotAsked)) => {
                return Err("the recommendation is a score, 1 to 5".to_owned());
            }
            None => Change::Overall {
                score: answer.and_then(Answer::score),
            },
        };
        self.keep(&[change])
    }

    /// Writes the note on the open question, or the reason of the recommendation.
    ///
    /// # Errors
    /// As [`Sitting::answer`].
    pub(super) fn write(&mut self, text: String) -> Result<(), String> {
        let change = match self.open() {
            Some(pinned) => Change::Note {
                question: pinned.id.clone(),
                text,
            },
            None => Change::Reason { text },
        };
        self.keep(&[change])
    }

    /// Says how deep the open question was really taken.
    ///
    /// # Errors
    /// As [`Sitting::answer`].
    pub(super) fn set_mode(&mut self, mode: AskMode) -> Result<(), String> {
        let Some(pinned) = self.open() else {
            return Err("no question is open".to_owned());
        };
        let question = pinned.id.clone();
        self.keep(&[Change::Mode { question, mode }])
    }

    /// Opens another place, no further than the recommendation.
    ///
    /// # Errors
    /// When the time that was taken cannot be saved.
    pub(super) fn go(&mut self, to: usize) -> Result<(), String> {
        let now = self.begun.elapsed();
        let changes = self
            .walk
            .go(to, &self.wanted.screen, self.session.card(), now);
        self.keep(&changes)
    }

    /// Hands the scorecard in.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub(super) fn submit(&mut self) -> anyhow::Result<()> {
        let mut changes = self.booked();
        changes.push(Change::Submit { at: now() });
        self.record(&changes)
    }

    /// Books the time; the scorecard stays a draft.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub(super) fn leave(&mut self) -> anyhow::Result<()> {
        let changes = self.booked();
        self.record(&changes)
    }

    fn booked(&mut self) -> Vec<Change> {
        let now = self.begun.elapsed();
        self.walk
            .book(&self.wanted.screen, self.session.card(), now)
    }

    fn keep(&mut self, changes: &[Change]) -> Result<(), String> {
        if changes.is_empty() {
            return Ok(());
        }
        let card = self.changed(changes)?;
        let kept = self.session.record(card);
        kept.map_err(|error| format!("NOT SAVED: {}; try again", error.error))
    }

    fn record(&mut self, changes: &[Change]) -> anyhow::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let card = self.changed(changes).map_err(anyhow::Error::msg)?;
        self.session.record(card).map_err(not_kept)
    }

    fn changed(&self, changes: &[Change]) -> Result<Scorecard, String> {
        let mut card = self.session.card().clone();
        for change in changes {
            take(&mut card, &self.wanted.screen, change).map_err(|refused| refused.to_string())?;
        }
        Ok(card)
    }
}
