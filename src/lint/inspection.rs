//! A look at every question while its text is at hand, so that a bank of any size needs little memory.

use std::cell::RefCell;
use std::sync::Arc;

use crate::lint::context::Subject;
use crate::lint::levels::Levels;
use crate::lint::rule::{Check, CheckQuestion, Rule};
use crate::lint::similar::{Sketch, Sketcher};
use crate::lint::{rules, stamp};
use crate::model::finding::Finding;
use crate::model::markup::MarkKind;
use crate::model::question::QuestionText;
use crate::model::source::{ReadAgain, Span};

/// What is kept of a question that was looked at.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What is wrong with it as a single question.
    pub(in crate::lint) findings: Vec<Finding>,
    /// What it asks; `None` where nobody compares it.
    pub(in crate::lint) sketch: Option<Sketch>,
    /// The first line of its prompt.
    pub(in crate::lint) prompt: Span,
}

/// Runs the rules that look at one question at a time.
#[derive(Debug)]
pub struct Inspector {
    checks: Vec<(&'static Rule, CheckQuestion)>,
    compares: bool,
}

thread_local! {
    static SKETCHER: RefCell<Sketcher> = RefCell::new(Sketcher::new());
}

impl Inspector {
    /// One that runs the rules that are on.
    #[must_use]
    pub fn new(levels: &Levels) -> Self {
        let on = rules::ALL.iter().filter(|rule| levels.is_on(rule));
        let checks = on.filter_map(|rule| match rule.check {
            Check::Question(check) => Some((rule, check)),
            _ => None,
        });
        Self {
            checks: checks.collect(),
            compares: levels.is_on(&rules::near_duplicate::RULE),
        }
    }

    /// Looks at a question.
    #[must_use]
    pub fn inspect(&self, subject: Subject<'_>) -> Seen {
        let subject = &subject.looked_at();
        let mut findings = Vec::new();
        for (rule, check) in &self.checks {
            let before = findings.len();
            check(subject, &mut findings);
            stamp(rule, findings.get_mut(before..).unwrap_or_default());
        }
        let sketch = self.compares.then(|| {
            SKETCHER.with_borrow_mut(|sketcher| rules::near_duplicate::sketch(subject, sketcher))
        });
        let Span { start, .. } = subject.text.body().prompt;
        let prompt = subject.slice(subject.text.body().prompt);
        let line = prompt.lines().next().unwrap_or_default().trim_end();
        Seen {
            findings,
            sketch: sketch.flatten(),
            prompt: Span::new(start, start + line.len()),
        }
    }
}

/// Frees what no rule about the bank will look at, which is nearly everything.
pub fn let_go(text: &mut QuestionText, reader: &Arc<dyn ReadAgain>) {
    let mut marks = text.body().marks.iter();
    if !marks.any(|mark| matches!(mark.kind, MarkKind::Link(_))) {
        text.let_go(reader);
    }
}
