//! A walk through a screen: where one is, and how long one has been there.

use std::time::Duration;

use crate::model::scorecard::{LONGEST_SECONDS, Scorecard};
use crate::model::screen::Screen;
use crate::score::Change;

/// Where an interview stands. The clock is read elsewhere, and given as the time since the walk began.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The question that is open; the number of questions: the recommendation.
    here: usize,
    questions: usize,
    /// When the open question was opened, on the interview's own clock; the intro comes before that.
    since: Duration,
    /// What earlier sessions took.
    before: Duration,
    clock: Clock,
    /// How long the clock has stood still before.
    stood: Duration,
}

/// The clock of an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It runs.
    Runs,
    /// It stands still since then.
    Stands(Duration),
    /// There is none: the interview is over, and typed in.
    None,
}

impl Walk {
    /// Begins at the first question without an answer; the first time with the intro.
    #[must_use]
    pub fn new(screen: &Screen, card: &Scorecard, has_clock: bool) -> Self {
        let answered = |id: &str| {
            card.rating(id)
                .is_some_and(|rating| rating.answer.is_some())
        };
        let open = screen
            .questions
            .iter()
            .position(|pinned| !answered(&pinned.id));
        let questions = screen.questions.len();
        let before = Duration::from_secs(card.seconds.unwrap_or(0).into());
        let intro = Duration::from_secs(u64::from(screen.intro_minutes) * 60);
        let is_fresh = card.questions.iter().all(|rating| rating.seconds.is_none());
        Self {
            here: open.unwrap_or(questions),
            questions,
            since: if is_fresh && open == Some(0) {
                intro.saturating_sub(before)
            } else {
                Duration::ZERO
            },
            before,
            clock: if has_clock { Clock::Runs } else { Clock::None },
            stood: Duration::ZERO,
        }
    }

    /// The question that is open; the number of questions: the recommendation.
    #[must_use]
    pub fn here(&self) -> usize {
        self.here
    }

    /// What the clock does.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// This session's time on the interview's own clock.
    fn own(&self, now: Duration) -> Duration {
        let now = match self.clock {
            Clock::Runs => now,
            Clock::Stands(at) => at,
            Clock::None => return Duration::ZERO,
        };
        now.saturating_sub(self.stood)
    }

    /// What is left of the intro, before the first question.
    #[must_use]
    pub fn intro_left(&self, now: Duration) -> Option<Duration> {
        let left = self.since.saturating_sub(self.own(now));
        (!left.is_zero() && self.clock != Clock::None).then_some(left)
    }

    /// Ends the intro: the first question is asked.
    pub fn begin(&mut self, now: Duration) {
        self.since = self.since.min(self.own(now));
    }

    /// Ends the intro; else stops the clock, or lets it go on.
    pub fn turn_clock(&mut self, now: Duration) {
        match self.clock {
            Clock::Runs if self.intro_left(now).is_some() => self.begin(now),
            Clock::Runs => self.clock = Clock::Stands(now),
            Clock::Stands(at) => {
                self.stood += now.saturating_sub(at);
                self.clock = Clock::Runs;
            }
            Clock::None => {}
        }
    }

    /// How long the interview has taken.
    #[must_use]
    pub fn taken(&self, now: Duration) -> Duration {
        self.before + self.own(now)
    }

    /// How long the open question has taken, earlier visits too.
    #[must_use]
    pub fn here_taken(&self, screen: &Screen, card: &Scorecard, now: Duration) -> Duration {
        let rating = screen
            .questions
            .get(self.here)
            .and_then(|pinned| card.rating(&pinned.id));
        let before = rating.and_then(|rating| rating.seconds).unwrap_or(0);
        Duration::from_secs(before.into()) + self.own(now).saturating_sub(self.since)
    }

    /// How long the questions of the open question's segment have taken, earlier visits too.
    #[must_use]
    pub fn segment_taken(&self, screen: &Screen, card: &Scorecard, now: Duration) -> Duration {
        let Some(here) = screen.questions.get(self.here) else {
            return Duration::ZERO;
        };
        let others = screen
            .questions
            .iter()
            .filter(|pinned| pinned.segment == here.segment && pinned.id != here.id);
        let booked = others.filter_map(|pinned| card.rating(&pinned.id)?.seconds);
        let others: u64 = booked.map(u64::from).sum();
        Duration::from_secs(others) + self.here_taken(screen, card, now)
    }

    /// Goes to another place, no further than the recommendation: the changes that book the time on what is left.
    pub fn go(
        &mut self,
        to: usize,
        screen: &Screen,
        card: &Scorecard,
        now: Duration,
    ) -> Vec<Change> {
        self.begin(now);
        let changes = self.book(screen, card, now);
        self.here = to.min(self.questions);
        self.since = self.own(now);
        changes
    }

    /// Books the time of the open question and of the whole.
    pub fn book(&mut self, screen: &Screen, card: &Scorecard, now: Duration) -> Vec<Change> {
        let seconds = |time: Duration| {
            let seconds = u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
            seconds.min(LONGEST_SECONDS)
        };
        let mut changes = Vec::new();
        if let Some(pinned) = screen.questions.get(self.here) {
            let taken = seconds(self.here_taken(screen, card, now));
            let rating = card.rating(&pinned.id);
            let known = rating.and_then(|rating| rating.seconds).unwrap_or(0);
            if taken > known {
                changes.push(Change::Seconds {
                    question: pinned.id.clone(),
                    seconds: taken,
                });
                // A second that was begun is booked with the next.
                self.since += Duration::from_secs((taken - known).into());
            }
        }
        let whole = seconds(self.taken(now));
        if whole > card.seconds.unwrap_or(0) {
            changes.push(Change::Length { seconds: whole });
        }
        changes
    }
}
