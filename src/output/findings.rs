//! Findings as text: source excerpt, underline, hint.

use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use anstyle::Style;

use crate::model::finding::{Finding, Level};
use crate::model::source::{Location, Span};
use crate::output::terminal::{ERROR, WARNING, clean, clean_line};

/// The findings, one block each, and a line that counts them.
#[must_use]
pub fn text<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> String {
    text_within(findings, WIDEST)
}

/// The columns that excerpts take at most.
pub const WIDEST: usize = 140;

/// [`text`] with excerpts of so many columns: of longer lines, what is around the place is shown.
#[must_use]
pub fn text_within<'f>(findings: impl IntoIterator<Item = &'f Finding>, width: usize) -> String {
    let renderer = Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .term_width(width);
    let mut out = String::new();
    for finding in findings {
        let _ = writeln!(out, "{}\n", block(&renderer, finding));
    }
    out
}

/// `2 errors and 1 warning`.
#[must_use]
pub fn tally<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> String {
    let levels: Vec<Level> = findings.into_iter().map(|finding| finding.level).collect();
    let count = |level| levels.iter().filter(|&&found| found == level).count();
    let plural = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    match (count(Level::Error), count(Level::Warning)) {
        (0, 0) => "no problems".to_owned(),
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => {
            format!(
                "{} and {}",
                plural(errors, "error"),
                plural(warnings, "warning")
            )
        }
    }
}

/// `path:line:column`, or the path alone for a file as a whole; safe to print.
#[must_use]
pub fn place(finding: &Finding) -> String {
    let path = clean_line(&finding.location.source.path);
    match finding.location.positions() {
        Some((start, _)) => format!("{path}:{}:{}", start.line, start.column),
        None => path,
    }
}

/// The style of a level's word.
#[must_use]
pub fn level_style(level: Level) -> Style {
    match level {
        Level::Error => ERROR,
        Level::Warning => WARNING,
    }
}

fn block(renderer: &Renderer, finding: &Finding) -> String {
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let main = Excerpt::new(&finding.location);
    let related: Vec<(Excerpt, String)> = finding
        .related
        .iter()
        .map(|related| {
            (
                Excerpt::new(&related.location),
                clean_line(&related.message),
            )
        })
        .collect();
    let mut report: Vec<Group<'_>> = Vec::new();
    let primary = title
        .primary_title(clean_line(&finding.message))
        .id(finding.rule);
    let mut group = primary.elements(Vec::<Origin<'_>>::new());
    group = main.add(group, AnnotationKind::Primary, None);
    for (excerpt, message) in &related {
        group = excerpt.add(group, AnnotationKind::Context, Some(message));
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Title::HELP.message(clean_line(hint)));
    }
    report.push(group);
    renderer.render(&report)
}

/// The lines around a place, cleaned, with the place's range moved accordingly.
struct Excerpt {
    path: String,
    text: String,
    first_line: usize,
    span: Option<Span>,
}

impl Excerpt {
    /// The longest excerpt of a line that is shown.
    const MAX_LINE: usize = 400;

    fn new(location: &Location) -> Self {
        let source = &location.source;
        let path = clean_line(&source.path);
        let Some(span) = location.span else {
            return Self {
                path,
                text: String::new(),
                first_line: 1,
                span: None,
            };
        };
        let text = source.text();
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (boundary(span.start), boundary(span.end.max(span.start)));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_start = line_start.max(boundary(start.saturating_sub(Self::MAX_LINE)));
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |newline| start + newline);
        let line_end = line_end.min(boundary(start + Self::MAX_LINE));
        // One line is enough to find the place; a long value is underlined to the end of it.
        let end = end.min(line_end);
        let before = clean(text[line_start..start].trim_start_matches('\u{feff}'));
        let marked = clean(text[start..end].trim_end_matches('\r'));
        let after = clean(text[end..line_end].trim_end_matches('\r'));
        let span = Span::new(before.len(), before.len() + marked.len());
        Self {
            path,
            first_line: source.position(start).line,
            text: format!("{before}{marked}{after}"),
            span: Some(span),
        }
    }

    fn add<'a>(
        &'a self,
        group: Group<'a>,
        kind: AnnotationKind,
        label: Option<&'a str>,
    ) -> Group<'a> {
        match self.span {
            None => group.element(Origin::path(self.path.as_str())),
            Some(span) => {
                let annotation = kind.span(span.start..span.end).label(label);
                group.element(
                    Snippet::source(self.text.as_str())
                        .line_start(self.first_line)
                        .path(self.path.as_str())
                        .annotation(annotation),
                )
            }
        }
    }
}
