//! What rules look at: the bank, one question of it, and what only the surroundings know.

use jiff::civil::Date;

use crate::lint::inspection::Seen;
use crate::lint::text::first_look::FirstLook;
use crate::model::bank::Bank;
use crate::model::blueprint::Blueprint;
use crate::model::config::Config;
use crate::model::finding::Finding;
use crate::model::markup::Mark;
use crate::model::question::{Incomplete, Matter, Part, Question, QuestionText};
use crate::model::source::{Location, Span};
use crate::model::vocabulary::Status;

/// What every rule may look at.
#[derive(Clone, Copy)]
pub struct Surroundings<'b> {
    /// The bank's configuration.
    pub config: &'b Config,
    /// The day of the run.
    pub today: Date,
    /// Whether the bank has a file or folder at this path, relative to its root.
    pub exists: &'b (dyn Fn(&str) -> bool + Sync),
}

impl std::fmt::Debug for Surroundings<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Surroundings")
            .field("today", &self.today)
            .finish_non_exhaustive()
    }
}

/// What rules may look at that are about the bank as a whole.
#[derive(Clone, Copy)]
pub struct Context<'b> {
    /// The bank. The bodies of its questions may have been let go.
    pub bank: &'b Bank,
    /// What every rule may look at.
    pub around: Surroundings<'b>,
    /// What was kept of every question when it was read, ordered by path.
    pub seen: &'b [Seen],
    /// The question at this path, relative to the bank's root, with its body.
    pub page: &'b (dyn Fn(&str) -> Option<QuestionText> + Sync),
    /// Why no screen can be assembled by a blueprint; `None` when one can, or when that is not known.
    pub starvation: &'b (dyn Fn(&Blueprint) -> Option<Starvation> + Sync),
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Context")
            .field("around", &self.around)
            .finish_non_exhaustive()
    }
}

/// Why no screen can be assembled by a blueprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starvation {
    /// The index of the segment that starves; `None` when it is the blueprint as a whole.
    pub segment: Option<usize>,
    /// What is missing, as a sentence without its full stop.
    pub why: String,
}

/// One question under the linter's eye.
#[derive(Clone, Debug)]
pub struct Subject<'b> {
    /// What every rule may look at.
    pub around: &'b Surroundings<'b>,
    /// Its id and its body.
    pub text: &'b QuestionText,
    /// Its front matter; `None` where that has problems.
    pub matter: Option<&'b Matter>,
    /// Whether it may be picked, so far as that could be read.
    pub status: Status,
    /// What its words may be about; only known to the rules that look at one question at a time.
    pub(in crate::lint) look: FirstLook,
}

impl<'b> Subject<'b> {
    /// A question that can be used.
    #[must_use]
    pub fn usable(question: &'b Question, around: &'b Surroundings<'b>) -> Self {
        Self {
            around,
            text: &question.text,
            matter: Some(&question.matter),
            status: question.matter.status,
            look: FirstLook::default(),
        }
    }

    /// A question with problems in its front matter.
    #[must_use]
    pub fn incomplete(question: &'b Incomplete, around: &'b Surroundings<'b>) -> Self {
        Self {
            around,
            text: &question.text,
            matter: None,
            status: question.status.unwrap_or(Status::Active),
            look: FirstLook::default(),
        }
    }

    /// Every question of a bank whose body could be read, those with problems last.
    #[must_use]
    pub fn all(context: &'b Context<'b>) -> Vec<Self> {
        let bank = context.bank;
        let usable = bank.questions.iter();
        let usable = usable.map(|question| Self::usable(question, &context.around));
        let incomplete = bank.incomplete.iter();
        let incomplete = incomplete.map(|question| Self::incomplete(question, &context.around));
        usable.chain(incomplete).collect()
    }

    /// The question with a first look taken at its words.
    pub(in crate::lint) fn looked_at(self) -> Self {
        Self {
            look: FirstLook::at(self.text.source.text()),
            ..self
        }
    }

    /// Whether it is in use: a draft may be unfinished, and what is retired stays as it was.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    /// A place in the question's file.
    #[must_use]
    pub fn at(&self, span: Span) -> Location {
        Location::at(&self.text.source, span)
    }

    /// Where findings about the question as a whole point.
    #[must_use]
    pub fn whole(&self) -> Location {
        self.at(self.text.name)
    }

    /// The text at a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'b str {
        self.text.source.slice(span)
    }

    /// The contents of every section of a part.
    pub fn part(&self, part: Part) -> impl Iterator<Item = Span> + Clone + use<'b> {
        self.text.body().part(part).map(|section| section.content)
    }

    /// Whether the body has a section of this part, empty or not.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.text.body().part(part).next().is_some()
    }

    /// What the candidate sees: the prompt and the handouts.
    pub fn candidate_parts(&self) -> impl Iterator<Item = Span> + use<'b> {
        let prompt = self.text.body().prompt;
        std::iter::once(prompt).chain(self.part(Part::CandidateHandout))
    }

    /// What is said to the candidate: the title, the prompt, the handouts, the follow-ups' questions.
    pub fn spoken_parts(&self) -> impl Iterator<Item = Span> + use<'b> {
        let title = self.matter.map(|matter| matter.title.span);
        let follow_ups = self.text.body().follow_ups.iter();
        title
            .into_iter()
            .chain(self.candidate_parts())
            .chain(follow_ups.map(|follow_up| follow_up.question))
    }

    /// Whether a span touches code.
    #[must_use]
    pub fn in_code(&self, span: Span) -> bool {
        self.marks_around(span).any(Mark::is_code)
    }

    /// The marks that a span touches.
    pub fn marks_around(&self, span: Span) -> impl Iterator<Item = &'b Mark> + use<'b> {
        let touches = move |mark: &&Mark| mark.span.start < span.end && span.start < mark.span.end;
        self.text.body().marks.iter().filter(touches)
    }
}

/// A finding about a place in a question's file.
pub fn finding(subject: &Subject<'_>, span: Span, message: impl Into<String>) -> Finding {
    Finding::new(subject.at(span), message)
}
