//! `trivia-prompt`: a prompt asks for a definition, a name or a yes, and nothing follows that would tell good answers
//! from very good ones.
//!
//! ## Why
//!
//! "What is a mutex?" is known or looked up; it does not show who can work with one. As an opening it is fine, so the
//! rule looks only at questions without follow-ups and with at most one anchor. It takes a prompt for trivia when every
//! sentence of it begins like `What is …`, `What does … stand for`, `Define …`, `Which …` or `Is …`, when nothing asks
//! why, how, when, for a comparison or what the candidate would do, and when there is no scenario and no handout. Only
//! active questions of kind `technical` are looked at.
//!
//! ## Example
//!
//! ```markdown
//! What is a mutex?
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! Two threads add to one counter, and some additions get lost. How can that happen, and what would you change?
//! ```

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::words::words;
use crate::lint::text::{headings, prose};
use crate::model::finding::{Finding, Level};
use crate::model::question::Part;
use crate::model::source::Span;
use crate::model::vocabulary::Kind;

pub(super) const RULE: Rule = Rule {
    name: "trivia-prompt",
    group: Group::Substance,
    level: Level::Warning,
    fix: None,
    file: include_str!("trivia_prompt.rs"),
    check: Check::Question(check),
};

/// Words that ask for more than a fact, or tell of a case.
const DEEPER: [&str; 50] = [
    "advantages",
    "appropriate",
    "benefit",
    "benefits",
    "best",
    "better",
    "between",
    "case",
    "cause",
    "causes",
    "choose",
    "compare",
    "cons",
    "could",
    "debug",
    "design",
    "difference",
    "differences",
    "disadvantages",
    "explain",
    "fail",
    "fails",
    "goes",
    "gotchas",
    "happen",
    "happens",
    "how",
    "if",
    "improve",
    "our",
    "pitfalls",
    "prevent",
    "pros",
    "purpose",
    "should",
    "suppose",
    "techniques",
    "trade-off",
    "trade-offs",
    "versus",
    "ways",
    "we",
    "when",
    "why",
    "would",
    "wrong",
    "you",
    "you'd",
    "you've",
    "your",
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let body = &subject.text.body();
    let scored = body.anchors.len() > 1 || headings::is_misnamed(subject, Part::Rubric);
    let goes_on = !body.follow_ups.is_empty() || headings::is_misnamed(subject, Part::FollowUps);
    let technical = subject
        .matter
        .is_none_or(|matter| matter.kind == Kind::Technical);
    if !subject.is_active()
        || goes_on
        || scored
        || !technical
        || subject.has(Part::CandidateHandout)
    {
        return;
    }
    findings.extend(judge(subject));
}

fn judge(subject: &Subject<'_>) -> Option<Finding> {
    /// The longest prompt that has no scenario.
    const LONGEST: usize = 400;
    let prompt = subject.text.body().prompt;
    if prompt.end - prompt.start > LONGEST {
        return None;
    }
    let mut first: Option<(Span, &str)> = None;
    for sentence in prose::sentences(&subject.text.source, prompt) {
        let wanted = wanted(subject.slice(sentence))?;
        let span = subject.text.source.trimmed(sentence);
        first.get_or_insert((span, wanted));
    }
    let (span, wanted) = first?;
    let message =
        format!("this asks for {wanted}, and nothing follows from which to tell answers apart");
    let hint = "ask what follows from it in a concrete case, or add follow-ups and anchors";
    Some(finding(subject, span, message).hint(hint))
}

/// What a sentence wants to hear, if that is but a fact.
fn wanted(sentence: &str) -> Option<&'static str> {
    let mut all = words(sentence, 0).map(|(_, word)| word.to_ascii_lowercase());
    let first = all.next()?;
    let second = all.next()?;
    let deeper = |word: &String| DEEPER.binary_search(&word.as_str()).is_ok();
    if deeper(&second) || all.any(|word| deeper(&word)) {
        return None;
    }
    Some(match (first.as_str(), second.as_str()) {
        ("what", "is" | "are" | "does" | "do") | ("what's" | "define", _) => "a definition",
        ("which" | "name" | "who" | "list", _) => "a name",
        ("true", "or") | ("is" | "are" | "does" | "do" | "can" | "has" | "was" | "did", _) => {
            "a yes or no"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_and_more() {
        assert!(DEEPER.is_sorted());
        assert_eq!(wanted("What is a mutex?"), Some("a definition"));
        assert_eq!(wanted("What does ACID stand for?"), Some("a definition"));
        assert_eq!(
            wanted("Which HTTP status says \"not found\"?"),
            Some("a name")
        );
        assert_eq!(
            wanted("Is it true that TCP is reliable?"),
            Some("a yes or no")
        );
        for more in [
            "What is a mutex, and why is it needed?",
            "What is the difference between a mutex and a lock?",
            "What would you do?",
            "Which of your reads can wait?",
            "A table has a million rows.",
            "What happens on a deadlock?",
            "What are the pros and cons of a mutex?",
            "",
        ] {
            assert_eq!(wanted(more), None, "{more}");
        }
    }
}
