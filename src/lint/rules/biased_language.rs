//! `biased-language`: a wording presumes or favors a kind of person.
//!
//! ## Why
//!
//! Interviewers repeat what they read, and score by the person whom they picture. "Explains it to the guys in his
//! team" pictures a man; "native speaker" asks for a birthplace where a skill is meant.
//!
//! The rule knows a short list of words and looks at all prose, titles included, outside code: words for men that
//! mean everyone, heroes (rockstar, guru), native speakers, culture fit, recent graduates, whitelist and blacklist,
//! slaves of a master, and a few more. In signals, red flags, rubric and what a follow-up listens for it also
//! reports `he`, `she` and their forms, because they describe the candidate there, unless a name or another person
//! (`the user`, `a colleague`) comes before them in the same item. Quoted words and parts of names pass.
//!
//! `--fix --unsafe` replaces a word where one word fits everywhere.
//!
//! ## Example
//!
//! ```markdown
//! - 4: He explains to you guys why the whitelist is in the wrong place.
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! - 4: Explains to the team why the allowlist is in the wrong place.
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::bias::{neutral, pronouns, terms};
use crate::lint::text::code::Code;
use crate::lint::text::first_look::Concern;
use crate::model::finding::{Finding, Level, Safety};
use crate::model::markup::MarkKind;
use crate::model::question::Part;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "biased-language",
    group: Group::Fairness,
    level: Level::Warning,
    fix: Some(Safety::Unsafe),
    file: include_str!("biased_language.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let may_hold_terms = subject.look.any(Concern::Bias);
    let may_hold_pronouns = subject.look.any(Concern::Pronoun);
    if !may_hold_terms && !may_hold_pronouns {
        return;
    }
    let mut code = None;
    let mut is_prose = |span: Span| {
        let code =
            code.get_or_insert_with(|| Code::and(subject, |mark| mark.kind == MarkKind::Html));
        !code.touches(span)
    };
    let mut taken: Vec<Span> = Vec::new();
    let title = subject.matter.map(|matter| matter.title.span);
    let parts = title.into_iter().chain([subject.text.body().span]);
    for text in parts.filter(|_| may_hold_terms) {
        for (span, term) in terms(subject.slice(text)) {
            let span = span.shifted(text.start);
            if !is_prose(span) {
                continue;
            }
            taken.push(span);
            let message = format!("`{}` {}", one_line(subject.slice(span)), term.why);
            let found = finding(subject, span, message).hint(term.better);
            findings.push(match term.word {
                Some(word) => found.fix(Safety::Unsafe, span, like(subject.slice(span), word)),
                None => found,
            });
        }
    }
    for part in descriptions(subject).filter(|_| may_hold_pronouns) {
        for span in pronouns(subject.slice(part)) {
            let span = span.shifted(part.start);
            let earlier = taken.partition_point(|term| term.end <= span.start);
            let within = taken.get(earlier).is_some_and(|term| term.start < span.end);
            if within || !is_prose(span) {
                continue;
            }
            let word = subject.slice(span);
            let message = format!("`{word}` gives the candidate a gender");
            let found = finding(subject, span, message).hint("write `they`, or leave the word out");
            findings.push(match neutral(word) {
                Some(neutral) => found.fix(Safety::Unsafe, span, neutral),
                None => found,
            });
        }
    }
}

/// The parts that describe what a candidate says and does.
fn descriptions(subject: &Subject<'_>) -> impl Iterator<Item = Span> {
    let parts = [Part::StrongSignals, Part::RedFlags, Part::Rubric];
    let sections = parts.into_iter().flat_map(|part| subject.part(part));
    let follow_ups = subject.text.body().follow_ups.iter();
    sections.chain(follow_ups.flat_map(|follow_up| follow_up.listens_for.iter().copied()))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word with a capital where the one that it replaces has one.
fn like(old: &str, new: &str) -> String {
    let mut letters = new.chars();
    match letters.next() {
        Some(first) if old.starts_with(char::is_uppercase) => {
            let mut out: String = first.to_uppercase().collect();
            out.push_str(letters.as_str());
            out
        }
        _ => new.to_owned(),
    }
}
