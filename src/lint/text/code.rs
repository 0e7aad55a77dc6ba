//! Where a question's code is.

use crate::lint::context::Subject;
use crate::model::markup::Mark;
use crate::model::source::Span;

/// The code of a question, of any form.
pub(in crate::lint) struct Code {
    /// In the order of the file; none overlaps another.
    spans: Vec<Span>,
}

impl Code {
    /// All code of a question's body.
    pub(in crate::lint) fn of(subject: &Subject<'_>) -> Self {
        Self::and(subject, |_| false)
    }

    /// All code, and the other marks that `kept` wants, unless they lie within one another.
    pub(in crate::lint) fn and(subject: &Subject<'_>, kept: impl Fn(&Mark) -> bool) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        for mark in &subject.text.body().marks {
            let inside = spans.last().is_some_and(|last| mark.span.start < last.end);
            if !inside && (mark.is_code() || kept(mark)) {
                spans.push(mark.span);
            }
        }
        Self { spans }
    }

    /// Whether a span touches any of it.
    pub(in crate::lint) fn touches(&self, span: Span) -> bool {
        let first = self.spans.partition_point(|code| code.end <= span.start);
        self.spans
            .get(first)
            .is_some_and(|code| code.start < span.end)
    }

    /// The pieces of a span that are none of it.
    pub(in crate::lint) fn outside(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.spans.partition_point(|code| code.end <= span.start);
        let mut rest = self.spans.iter().skip(first);
        let mut at = span.start;
        std::iter::from_fn(move || {
            while at < span.end {
                let next = rest.next().filter(|code| code.start < span.end);
                let end = next.map_or(span.end, |code| code.start);
                let piece = Span::new(at, end);
                at = next.map_or(span.end, |code| code.end).max(at);
                if !piece.is_empty() {
                    return Some(piece);
                }
            }
            None
        })
    }
}
