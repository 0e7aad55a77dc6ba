//! A walk through a screen: where one is, and how long one has been there.

use std::time::Duration;

use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::score::Change;

/// Where an interview stands. The clock is read elsewhere, and given as the time since the walk began.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The question that is open; the number of questions: the recommendation.
    here: usize,
    questions: usize,
    /// When the open question was opened.
    since: Duration,
    /// What earlier sessions took.
    before: Duration,
}

impl Walk {
    /// Begins at the first question without an answer.
    #[must_use]
    pub fn new(screen: &Screen, card: &Scorecard) -> Self {
        let answered = |id: &str| {
            card.rating(id)
                .is_some_and(|rating| rating.answer.is_some())
        };
        let open = screen
            .questions
            .iter()
            .position(|pinned| !answered(&pinned.id));
        let questions = screen.questions.len();
        Self {
            here: open.unwrap_or(questions),
            questions,
            since: Duration::ZERO,
            before: Duration::from_secs(card.seconds.unwrap_or(0).into()),
        }
    }

    /// The question that is open; the number of questions: the recommendation.
    #[must_use]
    pub fn here(&self) -> usize {
        self.here
    }

    /// How long the interview has taken.
    #[must_use]
    pub fn taken(&self, now: Duration) -> Duration {
        self.before + now
    }

    /// How long the open question has taken, earlier visits too.
    #[must_use]
    pub fn here_taken(&self, screen: &Screen, card: &Scorecard, now: Duration) -> Duration {
        let rating = screen
            .questions
            .get(self.here)
            .and_then(|pinned| card.rating(&pinned.id));
        let before = rating.and_then(|rating| rating.seconds).unwrap_or(0);
        Duration::from_secs(before.into()) + now.saturating_sub(self.since)
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
        let changes = self.book(screen, card, now);
        self.here = to.min(self.questions);
        changes
    }

    /// Books the time of the open question and of the whole.
    pub fn book(&mut self, screen: &Screen, card: &Scorecard, now: Duration) -> Vec<Change> {
        let seconds = |time: Duration| u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
        let mut changes = Vec::new();
        if let Some(pinned) = screen.questions.get(self.here) {
            let taken = seconds(self.here_taken(screen, card, now));
            let known = card.rating(&pinned.id).and_then(|rating| rating.seconds);
            if taken > known.unwrap_or(0) {
                changes.push(Change::Seconds {
                    question: pinned.id.clone(),
                    seconds: taken,
                });
            }
        }
        let whole = seconds(self.taken(now));
        if whole > card.seconds.unwrap_or(0) {
            changes.push(Change::Length { seconds: whole });
        }
        // A second that was begun is booked with the next.
        if !changes.is_empty() {
            self.since = now;
        }
        changes
    }
}
