//! The parts of a question's Markdown: prompt, sections, follow-ups, anchors, each with its byte range.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::model::markdown;
use crate::model::markup::Mark;
use crate::model::question::{Body, Part, Section};
use crate::model::source::{Source, Span};
use crate::store::entries::{Entries, Item, Row};
use crate::store::marks;

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
        entries: Entries::of(source),
        marks: Vec::new(),
    };
    let text = source.slice(span);
    for (event, range) in Parser::new_ext(text, markdown::dialect()).into_offset_iter() {
        let at = Span::new(range.start, range.end).shifted(span.start);
        walker.marks.extend(marks::mark(&event, at));
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
    entries: Entries<'t>,
    marks: Vec<Mark>,
}

struct Heading {
    level: usize,
    line: Span,
    title: Option<Span>,
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
            Tag::TableRow | Tag::TableHead
                if self.depth == 2 && self.part() == Some(Part::Rubric) =>
            {
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
                        self.entries.add_follow_up(&item);
                    } else {
                        self.entries.add_anchor(&item, at);
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
                    self.entries.add_anchor_row(&row);
                }
            }
            TagEnd::TableHead => {
                if let Some(row) = self.row.take() {
                    self.entries.add_header(&row);
                }
            }
            _ => {}
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
            follow_ups: self.entries.follow_ups,
            anchors: self.entries.anchors,
            strays: self.entries.strays,
            marks: self.marks,
            unclosed: None,
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

#[cfg(test)]
mod tests;
