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

use crate::lint::context::{Context, Subject};
use crate::lint::inspection::Seen;
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::similar::{Sketch, Sketcher, Twin, twins};
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level};
use crate::model::markup::MarkKind;
use crate::model::question::{Matter, Part, QuestionText};
use crate::model::source::{Location, Span, Spanned};
use crate::model::vocabulary::Status;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "near-duplicate",
    group: Group::Bank,
    level: Level::Warning,
    fix: None,
    file: include_str!("near_duplicate.rs"),
    check: Check::Bank(check),
};

/// A question that can be asked, or will be.
struct Asked<'b> {
    text: &'b QuestionText,
    /// Its front matter; `None` where that has problems.
    matter: Option<&'b Matter>,
    never_with: &'b [Spanned<String>],
    /// The first line of its prompt.
    prompt: Span,
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (asked, sketches) = asked(context.bank, context.seen);
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

/// The questions that are not retired and ask something, by path, and what they ask.
fn asked<'b>(bank: &'b Bank, seen: &'b [Seen]) -> (Vec<Asked<'b>>, Vec<&'b Sketch>) {
    let usable = bank.questions.iter().map(|question| {
        let matter = &question.matter;
        (&question.text, Some(matter), &matter.never_with)
    });
    let incomplete = bank.incomplete.iter();
    let incomplete = incomplete.map(|question| (&question.text, None, &question.never_with));
    let mut all: Vec<_> = usable.chain(incomplete).collect();
    all.sort_by_key(|(text, _, _)| text.source.path.as_str());
    let all = all.into_iter().zip(seen);
    let asked = all.filter_map(|((text, matter, never_with), seen)| {
        let asked = Asked {
            text,
            matter,
            never_with,
            prompt: seen.prompt,
        };
        Some((asked, seen.sketch.as_ref()?))
    });
    asked.unzip()
}

/// What a question asks; `None` where it is retired or asks nothing.
pub(in crate::lint) fn sketch(subject: &Subject<'_>, sketcher: &mut Sketcher) -> Option<Sketch> {
    let body = subject.text.body();
    if subject.status == Status::Retired || body.prompt.is_empty() {
        return None;
    }
    let title = subject.matter.map_or("", |matter| matter.title.as_str());
    let marks = body.marks.iter();
    let marks = marks.take_while(|mark| mark.span.start < body.prompt.end);
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
        subject.slice(before)
    });
    let handouts = subject.part(Part::CandidateHandout);
    let material = code.chain(handouts).map(|span| subject.slice(span));
    Some(sketcher.sketch(title, prose, material))
}

impl Asked<'_> {
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
        Location::at(&self.text.source, self.prompt)
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
