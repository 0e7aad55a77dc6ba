//! From chosen questions to a pinned screen: order, minutes, hashes, and the screen's id.

use sha2::{Digest, Sha256};

use crate::model::bank::Bank;
use crate::model::blueprint::PLAIN_SEGMENT;
use crate::model::config::{Frame, SCHEMA};
use crate::model::constraints::Constraints;
use crate::model::question::{Question, hexadecimal};
use crate::model::screen::{
    HandScreen, Occasion, PinnedQuestion, PinnedSegment, Screen, Verdict, VerdictStatus, Weight,
};
use crate::model::source::Spanned;
use crate::model::vocabulary::{AskMode, Vocabulary};
use crate::pick::program::Choice;
use crate::pick::request::PickRequest;

/// Pins what a pick chose. Within a segment, easy questions come first, then the order of the
/// configuration's categories, then ids.
#[must_use]
pub fn pin(bank: &Bank, request: &PickRequest, chosen: &[Choice], verdict: Verdict) -> Screen {
    let mut chosen = chosen.to_vec();
    let rank = |choice: &Choice| {
        let question = &bank.questions[choice.question];
        let category = bank
            .config
            .categories
            .iter()
            .position(|category| category.id.value == question.matter.category.value)
            .unwrap_or(usize::MAX);
        (
            choice.segment,
            choice.difficulty,
            category,
            question.id().to_owned(),
        )
    };
    chosen.sort_by_cached_key(rank);
    let mut timeline = Timeline::new(request.frame);
    for (number, segment) in request.segments.iter().enumerate() {
        let note = segment.note.clone();
        timeline.begin(&segment.title, Some(segment.minutes.value), note);
        for choice in chosen.iter().filter(|choice| choice.segment == number) {
            let question = &bank.questions[choice.question];
            timeline.ask(question, choice.mode, choice.minutes);
        }
    }
    let draft = Draft {
        title: &request.title,
        slug: &request.slug,
        blueprint: request.blueprint.clone(),
        seed: Some(request.seed),
        frame: request.frame,
        verdict,
        occasion: request.occasion.clone(),
        constraints: request.constraints.clone(),
    };
    finish(bank, draft, timeline)
}

/// What keeps a hand-ordered screen from being pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandProblem {
    /// The bank has no such question.
    UnknownQuestion(Spanned<String>),
    /// The question has no minutes for the wanted ask mode.
    NoSuchMode(Spanned<AskMode>),
    /// The questions, intro and closing take so many minutes: more than the slot has.
    TooLong {
        /// What the slot has.
        slot: Spanned<u32>,
        /// What they take.
        taken: u32,
    },
}

/// Pins a hand-ordered screen as the bank is now.
///
/// # Errors
/// Everything that keeps it from being pinned.
pub fn pin_by_hand(bank: &Bank, screen: &HandScreen) -> Result<Screen, Vec<HandProblem>> {
    let defaults = bank.config.frame;
    let mut problems = Vec::new();
    let mut asked: Vec<(&Question, AskMode, u32, String)> = Vec::new();
    let mut segment = PLAIN_SEGMENT.to_owned();
    for wanted in &screen.questions {
        if let Some(title) = &wanted.segment {
            segment.clone_from(title);
        }
        let Some(question) = bank.question(&wanted.id) else {
            problems.push(HandProblem::UnknownQuestion(wanted.id.clone()));
            continue;
        };
        let minutes = question.matter.minutes.value;
        let (mode, length) = wanted.length(&minutes);
        match (length, &wanted.mode) {
            (Some(length), _) => asked.push((question, mode, length, segment.clone())),
            (None, Some(mode)) => problems.push(HandProblem::NoSuchMode(mode.clone())),
            (None, None) => {}
        }
    }
    let intro_minutes = screen.intro_minutes.unwrap_or(defaults.intro_minutes);
    let closing_minutes = screen.closing_minutes.unwrap_or(defaults.closing_minutes);
    let questions: u32 = asked.iter().map(|(_, _, minutes, _)| minutes).sum();
    let taken = questions + intro_minutes + closing_minutes;
    if let Some(slot) = &screen.minutes
        && slot.value < taken
    {
        problems.push(HandProblem::TooLong {
            slot: slot.clone(),
            taken,
        });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let frame = Frame {
        minutes: screen.minutes.as_ref().map_or(taken, |slot| slot.value),
        intro_minutes,
        closing_minutes,
    };
    let mut timeline = Timeline::new(frame);
    for (question, mode, minutes, segment) in asked {
        if timeline
            .segments
            .last()
            .is_none_or(|last| last.title != segment)
        {
            timeline.begin(&segment, None, None);
        }
        timeline.ask(question, mode, minutes);
    }
    let draft = Draft {
        title: &screen.title,
        slug: &screen.name,
        blueprint: None,
        seed: None,
        frame,
        verdict: Verdict {
            status: VerdictStatus::HandOrdered,
            objectives: Vec::new(),
        },
        occasion: Occasion::default(),
        constraints: Constraints::default(),
    };
    Ok(finish(bank, draft, timeline))
}

/// Segments and questions as they follow each other.
struct Timeline {
    segments: Vec<PinnedSegment>,
    questions: Vec<PinnedQuestion>,
    /// When the next question begins.
    now: u32,
    /// When the next segment begins, where the one before it has fixed minutes.
    next: u32,
}

impl Timeline {
    fn new(frame: Frame) -> Self {
        Self {
            segments: Vec::new(),
            questions: Vec::new(),
            now: frame.intro_minutes,
            next: frame.intro_minutes,
        }
    }

    /// Begins a segment; without fixed minutes it takes what its questions take.
    fn begin(&mut self, title: &str, minutes: Option<u32>, note: Option<String>) {
        self.now = self.now.max(self.next);
        self.next = self.now + minutes.unwrap_or(0);
        self.segments.push(PinnedSegment {
            title: title.to_owned(),
            minutes: minutes.unwrap_or(0),
            start_minute: self.now,
            note,
        });
    }

    fn ask(&mut self, question: &Question, mode: AskMode, minutes: u32) {
        let Some(segment) = self.segments.last_mut() else {
            return;
        };
        self.questions.push(PinnedQuestion {
            id: question.id().to_owned(),
            title: question.matter.title.value.clone(),
            category: question.matter.category.value.clone(),
            difficulty: question.matter.difficulty.value,
            segment: segment.title.clone(),
            mode,
            minutes,
            start_minute: self.now,
            hash: question.content_hash(),
        });
        self.now += minutes;
        segment.minutes = segment.minutes.max(self.now - segment.start_minute);
    }
}

struct Draft<'d> {
    title: &'d str,
    slug: &'d str,
    blueprint: Option<String>,
    seed: Option<u64>,
    frame: Frame,
    verdict: Verdict,
    occasion: Occasion,
    constraints: Constraints,
}

fn finish(bank: &Bank, draft: Draft<'_>, timeline: Timeline) -> Screen {
    let mut screen = Screen {
        schema: SCHEMA,
        id: String::new(),
        title: draft.title.to_owned(),
        bank: bank.config.name.clone(),
        commit: bank.commit.get().cloned().flatten(),
        blueprint: draft.blueprint,
        seed: draft.seed,
        occasion: draft.occasion,
        minutes: draft.frame.minutes,
        intro_minutes: draft.frame.intro_minutes,
        closing_minutes: draft.frame.closing_minutes,
        verdict: draft.verdict,
        constraints: draft.constraints,
        weights: bank
            .config
            .dimensions
            .iter()
            .map(|dimension| Weight {
                dimension: dimension.name.value.clone(),
                weight: dimension.weight,
                categories: dimension
                    .categories
                    .iter()
                    .map(|category| category.value.clone())
                    .collect(),
            })
            .collect(),
        scale: bank.config.scale.clone(),
        segments: timeline.segments,
        questions: timeline.questions,
    };
    screen.id = format!("{}-{}", slug(draft.slug), fingerprint(&screen));
    screen
}

/// A name as the beginning of an id: kebab-case, not too long.
#[must_use]
pub fn slug(name: &str) -> String {
    const LONGEST: usize = 60;
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(LONGEST).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "screen" } else { slug }.to_owned()
}

/// Eight hexadecimal digits over what distinguishes one screen from another.
fn fingerprint(screen: &Screen) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    };
    add(&screen.title);
    add(&screen.bank);
    add(screen.commit.as_deref().unwrap_or(""));
    for number in [screen.minutes, screen.intro_minutes, screen.closing_minutes] {
        add(&number.to_string());
    }
    add(&screen.seed.map(|seed| seed.to_string()).unwrap_or_default());
    let occasion = &screen.occasion;
    let date = occasion.date.map(|date| date.to_string());
    let form = occasion.form.map(|form| form.to_string());
    for (what, word) in [
        ("candidate", &occasion.candidate),
        ("date", &date),
        ("loop", &occasion.hiring_loop),
        ("round", &occasion.round),
        ("form", &form),
    ] {
        if let Some(word) = word {
            add(what);
            add(word);
        }
    }
    for segment in &screen.segments {
        add(&segment.title);
        add(&segment.minutes.to_string());
    }
    for question in &screen.questions {
        add(&question.id);
        add(&question.segment);
        add(question.mode.name());
        add(&question.hash);
    }
    hexadecimal(&hasher.finalize()[..4])
}
