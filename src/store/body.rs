//! The parts of a question's Markdown: prompt, sections, follow-ups, anchors, each with its byte range.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::model::markdown;
use crate::model::question::{Anchor, Body, FollowUp, Part, Section};
use crate::model::scale::{HIGHEST, LOWEST};
use crate::model::source::{Source, Span, Spanned};

/// The deepest nesting of lists, quotes and emphasis that a body may have.
pub const MAX_DEPTH: usize = 48;

/// A body nested deeper than [`MAX_DEPTH`]: where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooDeep(pub Span);

/// Finds the parts of the body that `span` covers.
///
/// A heading of level 1 or 2 begins a section; so does a deeper one that names a known part or is
/// no deeper than the one before it, so that nothing below a `### Reference answer` can count as
/// the candidate's. Headings inside
/// lists and quotes are text.
///
/// # Errors
/// When the body is nested deeper than [`MAX_DEPTH`].
pub fn read(source: &Source, span: Span) -> Result<Body, TooDeep> {
    let mut walker = Walker {
        source,
        offset: span.start,
        depth: 0,
        heading: None,
        level: 0,
        prompt_end: None,
        sections: Vec::new(),
        item: None,
        row: None,
        follow_ups: Vec::new(),
        anchors: Vec::new(),
    };
    let text = source.slice(span);
    for (event, range) in Parser::new_ext(text, markdown::dialect()).into_offset_iter() {
        let at = Span::new(range.start, range.end).shifted(span.start);
        walker.on_event(&event, at)?;
    }
    Ok(walker.finish(span))
}

struct Walker<'t> {
    source: &'t Source,
    offset: usize,
    /// Open containers; headings do not count.
    depth: usize,
    heading: Option<Heading>,
    /// The level of the heading that began the current section.
    level: usize,
    prompt_end: Option<usize>,
    /// Finished headings; contents are set at the end.
    sections: Vec<(Section, usize)>,
    item: Option<Item>,
    row: Option<Row>,
    follow_ups: Vec<FollowUp>,
    anchors: Vec<Anchor>,
}

struct Heading {
    level: usize,
    line: Span,
    title: Option<Span>,
}

/// A top-level list item of the follow-ups or the rubric.
struct Item {
    /// Its number in an ordered list.
    number: Option<u64>,
    content: Option<Span>,
    /// Whether the first paragraph has ended.
    lead_done: bool,
    details: Vec<Span>,
    /// The nested list item or block that is open.
    detail: Option<Span>,
}

/// A row of the rubric's table: its cells.
#[derive(Default)]
struct Row {
    cells: Vec<Span>,
}

impl Walker<'_> {
    fn on_event(&mut self, event: &Event<'_>, at: Span) -> Result<(), TooDeep> {
        match event {
            Event::Start(Tag::Heading { level, .. }) if self.depth == 0 => {
                self.heading = Some(Heading {
                    level: *level as usize,
                    line: at,
                    title: None,
                });
            }
            Event::End(TagEnd::Heading(_)) if self.depth == 0 => self.end_heading(),
            Event::Start(tag) => {
                if !matches!(tag, Tag::Heading { .. }) || self.depth > 0 {
                    self.depth += 1;
                }
                if self.depth > MAX_DEPTH {
                    return Err(TooDeep(at));
                }
                self.start(tag, at);
            }
            Event::End(tag) => {
                self.end(*tag, at);
                self.depth = self.depth.saturating_sub(1);
            }
            _ => self.content(at),
        }
        if let Some(heading) = &mut self.heading
            && !matches!(event, Event::Start(Tag::Heading { .. }))
        {
            heading.title = Some(heading.title.map_or(at, |title| title.to(at)));
        }
        Ok(())
    }

    fn part(&self) -> Option<Part> {
        self.sections.last().and_then(|(section, _)| section.part)
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let title = heading
            .title
            .unwrap_or(Span::new(heading.line.start, heading.line.start));
        let written = self.source.slice(title);
        let part = Part::from_heading(written).or_else(|| {
            let text = as_read(written);
            Part::from_heading(&text).or_else(|| Part::named_in(&text))
        });
        let below = !self.sections.is_empty() && heading.level > self.level.max(2);
        if below && part.is_none() {
            return;
        }
        self.level = heading.level;
        self.prompt_end.get_or_insert(heading.line.start);
        if let Some((section, content_start)) = self.sections.last_mut() {
            section.content = Span::new(*content_start, heading.line.start);
        }
        let section = Section {
            part,
            title,
            content: Span::default(),
        };
        self.sections.push((section, heading.line.end));
    }

    fn start(&mut self, tag: &Tag<'_>, at: Span) {
        let listed = matches!(self.part(), Some(Part::FollowUps | Part::Rubric));
        match tag {
            Tag::List(first) if self.depth == 1 && listed => {
                self.item = Some(Item::new(*first));
            }
            Tag::Item if self.depth == 2 && listed => {
                let number = self.item.as_ref().and_then(|item| item.number);
                self.item = Some(Item::new(number));
            }
            Tag::TableRow if self.depth == 2 && self.part() == Some(Part::Rubric) => {
                self.row = Some(Row::default());
            }
            Tag::TableCell => {
                if let Some(row) = &mut self.row {
                    row.cells.push(at);
                }
            }
            Tag::Item if self.depth == 4 => {
                if let Some(item) = &mut self.item {
                    item.lead_done = true;
                    item.detail = Some(Span::new(at.end, at.end));
                }
            }
            Tag::List(_) | Tag::Paragraph if self.depth == 3 => {
                if let Some(item) = &mut self.item
                    && item.content.is_some()
                {
                    item.lead_done = true;
                    if matches!(tag, Tag::Paragraph) {
                        item.details.push(at);
                    }
                }
            }
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::BlockQuote(_) if self.depth == 3 => {
                if let Some(item) = &mut self.item {
                    item.lead_done = true;
                    item.details.push(at);
                }
            }
            _ => self.content(at),
        }
    }

    /// Text, code, or an inline tag at `at`.
    fn content(&mut self, at: Span) {
        let Some(item) = &mut self.item else {
            return;
        };
        if let Some(detail) = &mut item.detail {
            *detail = if detail.is_empty() { at } else { detail.to(at) };
        } else if !item.lead_done && self.depth >= 2 {
            item.content = Some(item.content.map_or(at, |content| content.to(at)));
        }
    }

    fn end(&mut self, tag: TagEnd, at: Span) {
        match tag {
            TagEnd::Item if self.depth == 2 => {
                let follow_ups = self.part() == Some(Part::FollowUps);
                if let Some(item) = self.item.take() {
                    let next = item.number.map(|number| number + 1);
                    if follow_ups {
                        self.add_follow_up(&item);
                    } else {
                        self.add_anchor(&item, at);
                    }
                    self.item = Some(Item::new(next));
                }
            }
            TagEnd::Item if self.depth == 4 => {
                if let Some(item) = &mut self.item
                    && let Some(detail) = item.detail.take()
                {
                    item.details
                        .push(detail.to(Span::new(detail.start, at.end)));
                }
            }
            TagEnd::List(_) if self.depth == 1 => self.item = None,
            TagEnd::TableRow => {
                if let Some(row) = self.row.take() {
                    self.add_anchor_row(&row);
                }
            }
            _ => {}
        }
    }

    fn add_follow_up(&mut self, item: &Item) {
        let Some(question) = item.content else {
            return;
        };
        self.follow_ups.push(FollowUp {
            question: self.source.trimmed(question),
            listens_for: item
                .details
                .iter()
                .map(|&detail| after_prefix(self.source, self.source.trimmed(detail)))
                .collect(),
        });
    }

    fn add_anchor(&mut self, item: &Item, at: Span) {
        let Some(content) = item.content else {
            return;
        };
        let content = Span::new(content.start, at.end);
        let numbered = item.number.and_then(|number| u8::try_from(number).ok());
        let anchor = match numbered {
            Some(score) => Some((
                Spanned::new(score, Span::new(at.start, content.start)),
                content,
            )),
            None => scored(self.source, content),
        };
        self.add_scored(anchor);
    }

    fn add_anchor_row(&mut self, row: &Row) {
        let [first, second, ..] = row.cells.as_slice() else {
            return;
        };
        let first = self.source.trimmed(*first);
        let digits = self.source.slice(first).trim_matches(['*', '_']);
        let anchor = digits
            .split(|letter: char| !letter.is_ascii_digit())
            .next()
            .and_then(|digits| digits.parse().ok())
            .map(|score| (Spanned::new(score, first), *second));
        self.add_scored(anchor);
    }

    fn add_scored(&mut self, anchor: Option<(Spanned<u8>, Span)>) {
        if let Some((score, text)) = anchor
            && (LOWEST..=HIGHEST).contains(&score.value)
        {
            let text = self.source.trimmed(text);
            self.anchors.push(Anchor { score, text });
        }
    }

    fn finish(self, span: Span) -> Body {
        let prompt_end = self.prompt_end.unwrap_or(span.end);
        let source = self.source;
        let last = self.sections.len().saturating_sub(1);
        let sections = self
            .sections
            .into_iter()
            .enumerate()
            .map(|(index, (mut section, content_start))| {
                if index == last {
                    section.content = Span::new(content_start, span.end);
                }
                section.content = source.trimmed(section.content);
                section
            })
            .collect();
        Body {
            span,
            prompt: source.trimmed(Span::new(self.offset, prompt_end)),
            sections,
            follow_ups: self.follow_ups,
            anchors: self.anchors,
        }
    }
}

impl Item {
    fn new(number: Option<u64>) -> Self {
        Self {
            number,
            content: None,
            lead_done: false,
            details: Vec::new(),
            detail: None,
        }
    }
}

/// A heading's text as it reads, with entities and marks resolved.
fn as_read(heading: &str) -> String {
    Parser::new_ext(heading, markdown::dialect())
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect()
}

/// The rest of a nested item after "listens for:".
fn after_prefix(source: &Source, span: Span) -> Span {
    const PREFIX: &str = "listens for";
    let text = source.slice(span);
    let bare = text.trim_start_matches(['*', '_']);
    match bare.get(..PREFIX.len()) {
        Some(start) if start.eq_ignore_ascii_case(PREFIX) => {
            let rest = bare[PREFIX.len()..].trim_start_matches(['*', '_', ':', ' ', '\u{a0}']);
            Span::new(span.end - rest.len(), span.end)
        }
        _ => span,
    }
}

/// The score that an item begins with (`3: …`, `**4** – …`, `5 (Strong Yes): …`) and the text after it.
fn scored(source: &Source, span: Span) -> Option<(Spanned<u8>, Span)> {
    let text = source.slice(span);
    let bare = text.trim_start_matches(['*', '_']);
    let digit = bare.bytes().next().filter(u8::is_ascii_digit)?;
    let start = span.end - bare.len();
    let mut rest = bare[1..].trim_start_matches(['*', '_', ' ']);
    if let Some(label) = rest.strip_prefix('(') {
        rest = label.split_once(')')?.1.trim_start_matches(['*', '_', ' ']);
    }
    let after = rest.strip_prefix([':', '.', ')', '-', '–', '—', '='])?;
    let after = after.trim_start_matches(['*', '_', ' ']);
    Some((
        Spanned::new(digit - b'0', Span::new(start, start + 1)),
        Span::new(span.end - after.len(), span.end),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (std::sync::Arc<Source>, Body) {
        let source = Source::new("q.md", text);
        let body = read(&source, Span::new(0, text.len())).unwrap_or_default();
        (source, body)
    }

    #[test]
    fn prompt_and_sections() {
        let (source, body) = parts(
            "\nAsk **this**.\n\n---\n\nAnd this.\n\n## Why ask this\n\nBecause.\n\n### A detail\n\nMore.\n\n```md\n## Not a heading\n```\n\n## Own notes\n\n> ## Quoted\n\nRubric\n------\n- 3: three\n",
        );
        assert_eq!(
            source.slice(body.prompt),
            "Ask **this**.\n\n---\n\nAnd this."
        );
        let found: Vec<_> = body
            .sections
            .iter()
            .map(|section| (section.part, source.slice(section.title)))
            .collect();
        assert_eq!(
            found,
            [
                (Some(Part::WhyAskThis), "Why ask this"),
                (None, "Own notes"),
                (Some(Part::Rubric), "Rubric"),
            ]
        );
        assert!(source.slice(body.sections[0].content).ends_with("```"));
        assert_eq!(source.slice(body.sections[1].content), "> ## Quoted");
    }

    #[test]
    fn a_deeper_heading_that_names_a_part_is_not_the_candidates() {
        let (source, body) =
            parts("Prompt\n\n## Candidate handout\n\nSee.\n\n### Reference answer\n\nSecret.\n");
        let handout: Vec<_> = body.part(Part::CandidateHandout).collect();
        assert_eq!(handout.len(), 1);
        assert_eq!(source.slice(handout[0].content), "See.");
        let (source, body) = parts("Prompt\n\n### Reference answer\n\nSecret.\n");
        assert_eq!(source.slice(body.prompt), "Prompt");
    }

    #[test]
    fn follow_ups_with_what_they_listen_for() {
        let (source, body) = parts(
            "P\n\n## Follow-ups\n\n- First `a`\n  goes on?\n  - listens for: the plan,\n    statistics\n  - **Listens for** more\n- Second?\n\n  A paragraph.\n\n  - listens for x\n- Third?\n",
        );
        let found: Vec<(&str, Vec<&str>)> = body
            .follow_ups
            .iter()
            .map(|follow_up| {
                let details = follow_up.listens_for.iter();
                (
                    source.slice(follow_up.question),
                    details.map(|&span| source.slice(span)).collect(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (
                    "First `a`\n  goes on?",
                    vec!["the plan,\n    statistics", "more"]
                ),
                ("Second?", vec!["A paragraph.", "x"]),
                ("Third?", vec![]),
            ]
        );
    }

    #[test]
    fn rubrics_as_bullets_numbers_and_tables() {
        for text in [
            "P\n\n## Rubric\n\n- 3: three *it*\n- **4** – four\n- 5 (Strong Yes): five\n",
            "P\n\n## Rubric\n\n3. three *it*\n4. four\n5. five\n",
            "P\n\n## Rubric\n\n| Score | Anchor |\n| --- | --- |\n| 3 | three *it* |\n| **4** | four |\n| 5 Strong Yes | five |\n",
        ] {
            let (source, body) = parts(text);
            let found: Vec<_> = body
                .anchors
                .iter()
                .map(|anchor| (anchor.score.value, source.slice(anchor.text)))
                .collect();
            assert_eq!(
                found,
                [(3, "three *it*"), (4, "four"), (5, "five")],
                "{text}"
            );
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "> ".repeat(500) + "x\n";
        let source = Source::new("q.md", text.as_str());
        assert!(read(&source, Span::new(0, text.len())).is_err());
    }
}
