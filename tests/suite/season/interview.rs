//! One interview of the made season: what is asked, how long it takes, and the scorecards of it.

use intervy::model::bank::Bank;
use intervy::model::scorecard::{Answer, Rating, Scorecard};
use intervy::model::screen::{PinnedQuestion, Screen};
use intervy::model::vocabulary::AskMode;
use intervy::report::figure::mean;
use intervy::score::{Change, apply};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::crews::Crew;
use super::truth::{Flaw, Interviewer, below, happens, has, nearest, normal, score};
use super::words;

/// An interview that is over.
pub(super) struct Held {
    pub(super) screen: Screen,
    pub(super) cards: Vec<Scorecard>,
}

impl Held {
    pub(super) fn candidate(&self) -> &str {
        self.screen.occasion.candidate.as_deref().unwrap()
    }

    /// The mean of all scores, after which it is decided who goes on.
    pub(super) fn mean(&self) -> f64 {
        let ratings = self.cards.iter().flat_map(|card| &card.questions);
        let scores = ratings.filter_map(|rating| rating.answer?.score());
        let scores: Vec<f64> = scores.map(f64::from).collect();
        mean(&scores).unwrap()
    }
}

/// How a question was asked; nothing where the time ran out before.
type Asked = Option<(AskMode, f64)>;

/// Holds an interview. `is_open`: the second interviewer has yet to finish the scorecard.
pub(super) fn hold(bank: &Bank, screen: Screen, crew: &Crew, is_open: bool) -> Held {
    let asked = course(bank, &screen, crew[0]);
    let cards = crew.iter().enumerate().map(|(number, by)| {
        let notes = Notes {
            bank,
            screen: &screen,
            by,
            asked: &asked,
        };
        notes.card(is_open && number > 0)
    });
    Held {
        cards: cards.collect(),
        screen,
    }
}

/// What is asked at the pace of whoever leads, with the seconds that it takes.
fn course(bank: &Bank, screen: &Screen, lead: &Interviewer) -> Vec<Asked> {
    let candidate = screen.occasion.candidate.as_deref().unwrap();
    let minutes = |minutes: u32| 60.0 * f64::from(minutes);
    let end = minutes(screen.minutes - screen.intro_minutes);
    let mut passed = 0.0;
    let mut asked = Vec::new();
    for question in &screen.questions {
        let behind = passed - minutes(question.start_minute - screen.intro_minutes);
        let can_wait = has(&question.id, Flaw::LeftOut);
        let hurries =
            !can_wait && behind > 120.0 && happens(200, &["hurry", candidate, &question.id]);
        let (mode, planned) = if hurries {
            quicker(bank, question)
        } else {
            (question.mode, question.minutes)
        };
        // Half of the minutes will do for a beginning, at the cost of the closing ones.
        let needed = if can_wait {
            minutes(planned + screen.closing_minutes)
        } else {
            0.5 * minutes(planned)
        };
        if passed + needed > end {
            asked.push(None);
            continue;
        }
        let is_slow = has(&question.id, Flaw::Slow);
        let slow = if is_slow { 2.0 } else { 1.0 };
        let luck = 1.0 + 0.12 * normal(&["seconds", candidate, &question.id]);
        let seconds = minutes(planned) * lead.pace * slow * luck;
        passed += seconds;
        asked.push(Some((mode, seconds)));
    }
    asked
}

/// The mode below the planned one, if the question has one.
fn quicker(bank: &Bank, question: &PinnedQuestion) -> (AskMode, u32) {
    let minutes = bank.question(&question.id).unwrap().matter.minutes.value;
    let below = minutes.modes().filter(|(mode, _)| *mode < question.mode);
    below.last().unwrap_or((question.mode, question.minutes))
}

/// Whose scorecard of which interview is written.
struct Notes<'n> {
    bank: &'n Bank,
    screen: &'n Screen,
    by: &'n Interviewer,
    asked: &'n [Asked],
}

impl Notes<'_> {
    fn candidate(&self) -> &str {
        self.screen.occasion.candidate.as_deref().unwrap()
    }

    fn card(&self, is_open: bool) -> Scorecard {
        let screen = self.screen;
        let (name, date) = (self.by.name, screen.occasion.date);
        let mut card = blank(screen, self.candidate(), name);
        let mut changes = vec![Change::Date {
            date: date.unwrap(),
        }];
        let mut passed = f64::from(below(90, &["intro", self.candidate(), name]) as u32);
        passed += 60.0 * f64::from(screen.intro_minutes);
        for (question, asked) in screen.questions.iter().zip(self.asked) {
            if is_open && question.segment == screen.segments.last().unwrap().title {
                break;
            }
            changes.extend(self.answered(question, *asked, &mut passed));
        }
        for change in &changes {
            apply(&mut card, change).unwrap();
        }
        if !is_open {
            let end = passed + 60.0 * f64::from(screen.closing_minutes);
            let changes = self.handed_in(&card, end);
            for change in &changes {
                apply(&mut card, change).unwrap();
            }
        }
        card
    }

    /// What is written about one question, which ends after so many seconds.
    fn answered(&self, question: &PinnedQuestion, asked: Asked, passed: &mut f64) -> Vec<Change> {
        let (candidate, name) = (self.candidate(), self.by.name);
        let names = |what| [what, candidate, &question.id, name];
        let id = question.id.clone();
        let mut changes = Vec::new();
        let (answer, note) = if asked.is_none() {
            (Answer::NotAsked, None)
        } else if happens(12, &names("unrated")) {
            (Answer::NoRating, Some(words::unrated(candidate, name)))
        } else {
            let score = score(candidate, question, self.by);
            let needs = self.bank.config.evidence.contains(&score);
            let writes = needs || happens(300, &names("writes"));
            let note = writes.then(|| words::note(score, question, candidate, name));
            (Answer::Score(score), note)
        };
        if let Some((mode, seconds)) = asked {
            // Whoever listens has a clock of their own.
            let seconds = (seconds + 6.0 * normal(&names("clock"))).max(10.0);
            *passed += seconds;
            changes.push(Change::Mode {
                question: id.clone(),
                mode,
            });
            changes.push(Change::Seconds {
                question: id.clone(),
                seconds: whole(seconds),
            });
        }
        changes.extend(note.map(|note| Change::Note {
            question: id.clone(),
            text: note.to_owned(),
        }));
        changes.push(Change::Answer {
            question: id,
            answer: Some(answer),
            at: begin(self.screen) + SignedDuration::from_secs(whole(*passed).into()),
        });
        changes
    }

    /// What is written after the questions.
    fn handed_in(&self, card: &Scorecard, seconds: f64) -> [Change; 4] {
        let (candidate, name) = (self.candidate(), self.by.name);
        let ratings = card.questions.iter();
        let scores = ratings.filter_map(|rating| rating.answer?.score());
        let scores: Vec<f64> = scores.map(f64::from).collect();
        let second_thought = 0.25 * normal(&["overall", candidate, name]);
        let overall = nearest(mean(&scores).unwrap() + second_thought);
        let minute = 17 * 60 + below(4 * 60, &["evening", candidate, name]);
        let at = moment(
            card.date.unwrap(),
            minute,
            below(60, &["at", candidate, name]),
        );
        [
            Change::Length {
                seconds: whole(seconds),
            },
            Change::Overall {
                score: Some(overall),
            },
            Change::Reason {
                text: words::reason(overall, candidate, name).to_owned(),
            },
            Change::Submit { at },
        ]
    }
}

/// The scorecard that `intervy score` begins with.
fn blank(screen: &Screen, candidate: &str, by: &str) -> Scorecard {
    let mut blank = Scorecard::new(&screen.id, candidate, by);
    blank.screen_hash = Some(screen.content_hash());
    let questions = screen.questions.iter().map(|pinned| Rating {
        id: pinned.id.clone(),
        hash: Some(pinned.hash.clone()),
        ..Rating::default()
    });
    blank.questions = questions.collect();
    blank
}

/// When an interview begins.
fn begin(screen: &Screen) -> Timestamp {
    let occasion = &screen.occasion;
    let starts = [8 * 60 + 30, 10 * 60, 13 * 60, 14 * 60 + 30];
    let start = below(
        starts.len(),
        &[
            "start",
            occasion.candidate.as_deref().unwrap(),
            &screen.title,
        ],
    );
    moment(occasion.date.unwrap(), starts[start], 0)
}

/// So many minutes and seconds after midnight.
pub(super) fn moment(date: Date, minute: usize, second: usize) -> Timestamp {
    let time = jiff::civil::time((minute / 60) as i8, (minute % 60) as i8, second as i8, 0);
    let moment = date.to_datetime(time).to_zoned(TimeZone::UTC).unwrap();
    moment.timestamp()
}

fn whole(seconds: f64) -> u32 {
    #[expect(clippy::cast_sign_loss, reason = "nothing takes less than no time")]
    {
        (seconds + 0.5) as u32
    }
}
