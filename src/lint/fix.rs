//! Fixes to a text: those that do not touch one another, all at once.

use crate::model::finding::{Edit, Finding, Fix, Safety};
use crate::model::source::Span;

/// The fixes of findings that may be made, in the order of the findings. What a file accepts, and what
/// is in the baseline, stays as it is.
pub fn wanted<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    most: Safety,
) -> impl Iterator<Item = (&'f Finding, &'f Fix)> {
    findings
        .into_iter()
        .filter(|finding| finding.suppressed.is_none())
        .filter_map(|finding| Some((finding, finding.fix.as_deref()?)))
        .filter(move |(_, fix)| fix.safety <= most)
}

/// Makes the fixes that touch no other one made before; gives the text and how many were made. Every
/// byte outside of the edits stays.
#[must_use]
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut taken: Vec<Span> = Vec::new();
    let mut edits: Vec<&Edit> = Vec::new();
    let mut made = 0;
    for fix in fixes {
        let fits = fix.edits.iter().all(|edit| {
            text.get(edit.span.start..edit.span.end).is_some() && !touches(&taken, edit.span)
        });
        if !fits || fix.edits.is_empty() {
            continue;
        }
        made += 1;
        for edit in &fix.edits {
            let at = taken.partition_point(|span| span.start < edit.span.start);
            taken.insert(at, edit.span);
            edits.push(edit);
        }
    }
    edits.sort_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        // An edit list of one fix may touch itself; the later edit is then left out.
        if edit.span.start < at {
            continue;
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    (out, made)
}

/// Whether a span overlaps or adjoins one of the spans, which are ordered.
fn touches(taken: &[Span], span: Span) -> bool {
    let at = taken.partition_point(|other| other.start < span.start);
    let before = at.checked_sub(1).and_then(|index| taken.get(index));
    before.is_some_and(|other| other.end >= span.start)
        || taken.get(at).is_some_and(|other| other.start <= span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        Fix {
            safety: Safety::Safe,
            edits: edits.iter().map(edit).collect(),
        }
    }

    #[test]
    fn fixes_that_touch_one_another_are_left_for_the_next_round() {
        let fixes = [
            fix(&[(0, 2, "A")]),
            fix(&[(1, 3, "B")]),
            fix(&[(4, 4, "+"), (5, 6, "")]),
        ];
        assert_eq!(apply("abcdef", &fixes), ("Acd+e".to_owned(), 2));
    }

    #[test]
    fn what_lies_outside_of_the_text_changes_nothing() {
        let fixes = [fix(&[(2, 9, "x")]), fix(&[(1, 2, "x")]), fix(&[])];
        assert_eq!(apply("ä!", &fixes), ("ä!".to_owned(), 0));
    }
}
