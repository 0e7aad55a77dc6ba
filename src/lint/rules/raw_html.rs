//! `raw-html`: HTML stands where Markdown has a form of its own, or where a packet will not show it.
//!
//! ## Why
//!
//! Packets are cleaned, because anybody may propose a question: scripts, styles and most attributes are gone, and a
//! packet in Markdown keeps even less. A type like `List<String>` outside backticks is read as HTML where Markdown is
//! shown otherwise, as on a pull request, and `<String>` vanishes there.
//!
//! Elements that are shown and that Markdown lacks pass: line breaks within tables (`<br>`), `<kbd>`, `<sub>`,
//! `<sup>`, `<u>`, `<ins>`, `<mark>`, `<details>` with `<summary>`, and description lists. So do comments.
//!
//! `--fix` turns pairs around plain words into Markdown (`<b>x</b>`); `--fix --unsafe` puts a type into backticks.
//!
//! ## Example
//!
//! ```markdown
//! What does <b>each</b> copy of a Map<Integer> cost?
//! ```
//!
//! ## Instead
//!
//! ```markdown
//! What does **each** copy of a `Map<Integer>` cost?
//! ```

use std::collections::HashMap;

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::model::finding::{Edit, Finding, Fix, Level, Safety};
use crate::model::html::{Fate, Tag, fate, tags};
use crate::model::markup::{Mark, MarkKind};
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "raw-html",
    group: Group::Markup,
    level: Level::Warning,
    fix: Some(Safety::Safe),
    file: include_str!("raw_html.rs"),
    check: Check::Question(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let marks = &subject.text.body().marks;
    let is_html = |mark: &Mark| mark.kind == MarkKind::Html;
    if subject.status == Status::Retired || !marks.iter().any(is_html) {
        return;
    }
    // Where each element is last closed: a tag that nothing closes may be a type.
    let mut closed: HashMap<String, usize> = HashMap::new();
    for mark in marks.iter().filter(|mark| is_html(mark)) {
        for tag in tags(subject.slice(mark.span), mark.span.start).filter(|tag| tag.closing) {
            closed.insert(tag.name.to_ascii_lowercase(), tag.span.start);
        }
    }
    for (index, mark) in marks.iter().enumerate().filter(|(_, mark)| is_html(mark)) {
        let all = tags(subject.slice(mark.span), mark.span.start);
        for tag in all.filter(|tag| !tag.closing) {
            let last = closed.get(&tag.name.to_ascii_lowercase());
            let is_closed = last.is_some_and(|&close| close > tag.span.start);
            let next = marks.get(index + 1);
            if let Some(found) = judged(subject, &tag, is_closed, next) {
                findings.push(found);
                // Of a block, the first tag stands for all.
                break;
            }
        }
    }
}

fn judged(
    subject: &Subject<'_>,
    tag: &Tag<'_>,
    is_closed: bool,
    next: Option<&Mark>,
) -> Option<Finding> {
    let name = tag.name;
    let written = subject.slice(tag.span);
    let report = |message: String| finding(subject, tag.span, message);
    let fate = fate(name);
    let after_word = subject
        .text
        .source
        .text()
        .get(..tag.span.start)
        .is_some_and(|before| before.ends_with(|letter: char| letter.is_ascii_alphanumeric()));
    // `List<String>`, or `a<b and c>d`: a tag has attributes, and stands apart.
    let bare = !tag.rest.contains('=');
    let type_like = !is_closed && after_word && bare && !matches!(fate, Fate::Shown);
    if type_like || (fate == Fate::Unknown && !(is_closed && tag.rest.contains('='))) {
        let shown: String = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = shown.chars().take(40).collect::<String>().replace('`', "'");
        let found = report(format!("`{shown}` is read as an HTML tag and vanishes"));
        let found = found.hint("put it in backticks");
        return Some(match whole_type(subject.text.source.text(), tag.span) {
            Some(span) if !is_closed => {
                let code = format!("`{}`", subject.slice(span));
                found.fix(Safety::Unsafe, span, code)
            }
            _ => found,
        });
    }
    match fate {
        Fate::Shown | Fate::Unknown => None,
        Fate::Removed => {
            let found = report(format!("`<{name}>` never reaches a packet"));
            Some(found.hint("take it out, or show it as code"))
        }
        Fate::Cleaned => {
            let found = report(format!("`<{name}>` is HTML that packets clean away"));
            Some(found.hint("take the tag out; Markdown alone is shown the same everywhere"))
        }
        Fate::Markdown(form) => {
            let found = report(format!(
                "`<{name}>` is HTML where Markdown has a form of its own"
            ));
            let mut found = found.hint(format!("write {form}"));
            found.fix = pair(subject, tag, next).map(Box::new);
            Some(found)
        }
    }
}

/// The edits that turn a pair of tags around plain words into Markdown.
fn pair(subject: &Subject<'_>, tag: &Tag<'_>, next: Option<&Mark>) -> Option<Fix> {
    let sign = match tag.name.to_ascii_lowercase().as_str() {
        "b" | "strong" => "**",
        "i" | "em" => "*",
        "code" => "`",
        _ => return None,
    };
    let end = next.filter(|mark| mark.kind == MarkKind::Html)?.span;
    let closing = tags(subject.slice(end), end.start).next()?;
    let same =
        closing.closing && closing.name.eq_ignore_ascii_case(tag.name) && closing.span == end;
    let words = subject.slice(Span::new(tag.span.end, end.start));
    let plain = |letter: char| letter.is_alphanumeric() || " .,:;?!'/-+=()".contains(letter);
    let tight = !words.starts_with(' ') && !words.ends_with(' ') && !words.is_empty();
    let text = subject.text.source.text();
    // Within a word, signs would not always be read as emphasis.
    let apart = |letter: char| letter.is_whitespace() || ".,:;?!()".contains(letter);
    let before = text
        .get(..tag.span.start)?
        .chars()
        .next_back()
        .is_none_or(apart);
    let after = text.get(end.end..)?.chars().next().is_none_or(apart);
    let at_edge =
        words.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric);
    let good = same
        && tag.rest.is_empty()
        && words.chars().all(plain)
        && tight
        && before
        && after
        && at_edge;
    good.then(|| Fix {
        safety: Safety::Safe,
        edits: [tag.span, end]
            .map(|span| Edit {
                span,
                text: sign.to_owned(),
            })
            .into(),
    })
}

/// The word around a tag, if it looks like a type whose brackets close within it.
fn whole_type(text: &str, tag: Span) -> Option<Span> {
    const LONGEST: usize = 80;
    let inside = |letter: char| letter.is_ascii_alphanumeric() || "_<>:.,&?[]()".contains(letter);
    let before = text.get(..tag.start)?;
    let after = text.get(tag.end..)?;
    let lead: usize = before
        .bytes()
        .rev()
        .take(LONGEST)
        .take_while(|byte| inside(char::from(*byte)))
        .count();
    let tail: usize = after
        .bytes()
        .take(LONGEST)
        .take_while(|byte| inside(char::from(*byte)))
        .count();
    let word = text.get(tag.start - lead..tag.end + tail)?;
    let end = word.trim_end_matches(['.', ',', ':', '?', ')', '(']).len();
    let start = word.len() - word.trim_start_matches(['(', ')', ',']).len();
    let span = Span::new(tag.start - lead + start, tag.start - lead + end);
    let word = text.get(span.start..span.end)?;
    let balanced = word.matches('<').count() == word.matches('>').count();
    let bounded = !after.get(tail..)?.starts_with(['`', '*', '_'])
        && !before
            .get(..before.len() - lead)?
            .ends_with(['`', '*', '\\']);
    (balanced && bounded && !word.contains("](") && !word.contains('\n')).then_some(span)
}
