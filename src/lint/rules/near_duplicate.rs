//! `near-duplicate`: two questions ask nearly the same, so that one screen can ask it twice and its scores are split.
//!
//! ## Why
//!
//! A bank that grows from several sources asks many things twice. A candidate who meets both has an easy second answer,
//! and what is learned about how hard a question is spreads over two files, of which one ages unseen. The later
//! question by path is reported, with the one that it resembles most.
//!
//! Compared are the words of title and prompt: without their endings, without what every question says ("explain",
//! "difference", "would you"), common abbreviations written out. Words count for more the rarer they are in the
//! bank. Two questions are twins when the prompts are the same, when nearly everything is shared, or when so much of
//! the shorter one and of a title is found in the other that chance is ruled out.
//!
//! They are not when they are retired, name each other in `never_with` or share a `group` (unless the prompts are the
//! same word for word: a copied file brings its group along); when they want different
//! things done (design, test, monitor, migrate, …) or name only opposite things (reads, writes); when both are
//! short and name different numbers (401, 301); when both have code or a handout, and that is different.
//!
//! On 136 pairs written for this, half of them hard cases that are no twins, the rule was right in 96 of 100 findings
//! and found 73 of 100 twins, on the half that it was not tuned with. It misses twins that share one telling word or
//! none: "Infrastructure as code" and "Why Terraform?". It errs where two questions about one subject differ in a
//! plain verb: keeping personal data out of the logs, and deleting it from there. Of each prompt it reads 600 words,
//! and it knows the words of English only.
//!
//! ## Example
//!
//! ```text
//! cache-stampede.md     What is a cache stampede, and how do you prevent one?
//! expired-entry.md      A hot entry expires and all readers rebuild it at once. Explain why this is called a
//!                       stampede of the cache, and how you would protect the database.
//! ```
//!
//! ## Instead
//!
//! Keep the better one and retire the other. If both have their use, say that they are alternatives, and no screen
//! will hold both:
//!
//! ```yaml
//! group: cache-stampede
//! ```

use rayon::prelude::*;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::similar::{Sketch, Sketcher, Twin, twins};
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level};
use crate::model::markup::MarkKind;
use crate::model::question::{Matter, Part, QuestionText};
use crate::model::source::{Location, Span, Spanned};
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "near-duplicate",
    group: Group::Bank,
    level: Level::Warning,
    fix: None,
    file: include_str!("near_duplicate.rs"),
    check: Check::Bank(check),
};

/// So many questions are read by one sketcher.
const CHUNK: usize = 512;

/// A question that can be asked, or will be.
struct Asked<'b> {
    text: &'b QuestionText,
    /// Its front matter; `None` where that has problems.
    matter: Option<&'b Matter>,
    never_with: &'b [Spanned<String>],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let asked = asked(context.bank);
    let sketches: Vec<Sketch> = asked.par_chunks(CHUNK).flat_map_iter(sketches).collect();
    let known = |first: usize, second: usize| match (asked.get(first), asked.get(second)) {
        (Some(first), Some(second)) => first.is_alternative_of(second),
        _ => true,
    };
    // A copy brings the group of its original along, so that the group says nothing of it.
    let known_copy = |first: usize, second: usize| match (asked.get(first), asked.get(second)) {
        (Some(first), Some(second)) => first.is_enemy_of(second),
        _ => true,
    };
    for twin in twins(&sketches, &known, &known_copy) {
        if let (Some(first), Some(second)) = (asked.get(twin.first), asked.get(twin.second)) {
            findings.push(finding(twin, first, second));
        }
    }
}

/// The questions that are not retired and ask something, by path.
fn asked(bank: &Bank) -> Vec<Asked<'_>> {
    let usable = bank.questions.iter().map(|question| {
        let matter = &question.matter;
        let asked = Asked {
            text: &question.text,
            matter: Some(matter),
            never_with: &matter.never_with,
        };
        (asked, matter.status)
    });
    let incomplete = bank.incomplete.iter().map(|question| {
        let asked = Asked {
            text: &question.text,
            matter: None,
            never_with: &question.never_with,
        };
        (asked, question.status.unwrap_or(Status::Active))
    });
    let in_use = usable
        .chain(incomplete)
        .filter(|(asked, status)| *status != Status::Retired && !asked.text.body.prompt.is_empty());
    let mut asked: Vec<Asked<'_>> = in_use.map(|(asked, _)| asked).collect();
    asked.sort_by_key(|asked| asked.text.source.path.as_str());
    asked
}

fn sketches(asked: &[Asked<'_>]) -> Vec<Sketch> {
    let mut sketcher = Sketcher::new();
    asked
        .iter()
        .map(|asked| asked.sketch(&mut sketcher))
        .collect()
}

impl Asked<'_> {
    fn sketch(&self, sketcher: &mut Sketcher) -> Sketch {
        let body = &self.text.body;
        let title = self.matter.map_or("", |matter| matter.title.as_str());
        let marks = body
            .marks
            .iter()
            .take_while(|mark| mark.span.start < body.prompt.end);
        let blocks = marks.filter(|mark| {
            body.prompt.start <= mark.span.start
                && matches!(mark.kind, MarkKind::Fence { .. } | MarkKind::IndentedCode)
        });
        let code = blocks.map(|mark| mark.span);
        let end = Span::new(body.prompt.end, body.prompt.end);
        let mut at = body.prompt.start;
        let prose = code.clone().chain([end]).map(|block| {
            let before = Span::new(at, block.start);
            at = block.end;
            self.text.source.slice(before)
        });
        let handouts = body
            .part(Part::CandidateHandout)
            .map(|section| section.content);
        let material = code
            .chain(handouts)
            .map(|span| self.text.source.slice(span));
        sketcher.sketch(title, prose, material)
    }

    /// Whether the bank says of two questions that they are not asked together.
    fn is_alternative_of(&self, other: &Self) -> bool {
        let group = self
            .group()
            .is_some_and(|group| other.group() == Some(group));
        group || self.is_enemy_of(other)
    }

    /// Whether one of two questions names the other in `never_with`.
    fn is_enemy_of(&self, other: &Self) -> bool {
        let names = |one: &Self, other: &Self| {
            one.never_with
                .iter()
                .any(|id| id.value == other.text.id.value)
        };
        names(self, other) || names(other, self)
    }

    fn group(&self) -> Option<&str> {
        self.matter?.group.as_ref().map(|group| group.as_str())
    }

    /// The first line of its prompt.
    fn place(&self) -> Location {
        let Span { start, .. } = self.text.body.prompt;
        let prompt = self.text.source.slice(self.text.body.prompt);
        let line = prompt.lines().next().unwrap_or_default().trim_end();
        Location::at(&self.text.source, Span::new(start, start + line.len()))
    }
}

fn finding(twin: Twin, first: &Asked<'_>, second: &Asked<'_>) -> Finding {
    let (id, other) = (&second.text.id.value, &first.text.id.value);
    let message = if twin.verbatim {
        format!("`{id}` has the same prompt as `{other}`")
    } else {
        format!("`{id}` asks nearly the same as `{other}`")
    };
    Finding::new(second.place(), message)
        .hint("keep the better one, or declare them alternatives with `never_with` or a common `group`")
        .related(first.place(), "asked here")
}
