//! One question, whole, for a terminal.

use std::fmt::Write;

use crate::model::config::Config;
use crate::model::question::Question;
use crate::model::vocabulary::Vocabulary;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean, clean_line, styled};

/// The front matter in a few lines, then the body with its headings set off.
#[must_use]
pub fn text(config: &Config, question: &Question) -> String {
    let matter = &question.matter;
    let mut out = String::new();
    let _ = writeln!(out, "{}", styled(STRONG, clean_line(&matter.title)));
    let minutes: Vec<String> = matter
        .minutes
        .modes()
        .map(|(mode, length)| format!("{mode} {length}"))
        .collect();
    let join = |words: &[crate::model::source::Spanned<String>]| {
        words
            .iter()
            .map(|word| clean_line(word))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut facts = vec![
        ("id", clean_line(question.id())),
        (
            "about",
            format!(
                "{}, {}, {}, {}",
                clean_line(config.category_name(&matter.category)),
                matter.difficulty.name(),
                matter.kind.name(),
                matter.status.name()
            ),
        ),
        ("minutes", minutes.join(", ")),
        ("levels", join(&matter.levels)),
        ("tags", join(&matter.tags)),
        ("never with", join(&matter.never_with)),
        ("authors", join(&matter.authors)),
    ];
    if let Some(group) = &matter.group {
        facts.push(("group", clean_line(group)));
    }
    if let Some(reviewed) = &matter.reviewed {
        facts.push(("reviewed", reviewed.value.to_string()));
    }
    facts.push(("file", clean_line(&question.text.source.path)));
    for (name, value) in facts {
        if !value.is_empty() {
            let _ = writeln!(out, "{} {value}", styled(SOFT, format!("{name:<10}")));
        }
    }
    let source = &question.text.source;
    let body = &question.text.body();
    let _ = writeln!(out, "\n{}", clean(source.slice(body.prompt)));
    for section in &body.sections {
        let title = clean_line(source.slice(section.title));
        let _ = writeln!(out, "\n{}", styled(ACCENT, title));
        let _ = writeln!(out, "\n{}", clean(source.slice(section.content)));
    }
    out
}
