//! What is in the way, in words.

use super::{Conflict, Way};
use crate::model::assembly::Impossible;
use crate::model::bank::Bank;
use crate::pick::forms::{Between, FormsWay};
use crate::pick::request::PickRequest;
use crate::pick::wish::Wish;

/// Why requests cannot be met, in words.
#[must_use]
pub fn words(bank: &Bank, requests: &[PickRequest], found: &Conflict) -> Impossible {
    let headline = if requests.len() > 1 {
        "no screens satisfy these requests together"
    } else {
        "no screen satisfies this request"
    };
    Impossible {
        headline: headline.to_owned(),
        wishes: wishes(bank, requests, found),
        is_minimal: found.is_minimal,
        available: Some((found.questions, found.categories)),
        ways: ways(bank, requests, found),
    }
}

fn wishes(bank: &Bank, requests: &[PickRequest], found: &Conflict) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (form, wish) in &found.wishes {
        // Each of several requests says the same about the bank.
        let text = match wish {
            Wish::Groups | Wish::Enemies => requests
                .get(*form)
                .map_or_else(String::new, |request| wish.text(bank, request)),
            _ => of_form(requests, *form, |request| wish.text(bank, request)),
        };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn ways(bank: &Bank, requests: &[PickRequest], found: &Conflict) -> Vec<String> {
    let ways = found.ways.iter().map(|way| match way {
        Way::Slot(minutes) => format!("{minutes} minutes would do"),
        Way::Segment(form, segment, minutes) => of_form(requests, *form, |request| {
            let title = request.segments.get(*segment);
            let title = title.map_or("", |segment| segment.title.as_str());
            let minutes = plural(*minutes, "minute", "minutes");
            format!("{minutes} would do for `{title}`")
        }),
        Way::Categories(form, count) => of_form(requests, *form, |_| {
            format!("{} would do", plural(*count, "category", "categories"))
        }),
        Way::Questions(form, count) => of_form(requests, *form, |_| {
            format!("{} would do", plural(*count, "question", "questions"))
        }),
        Way::Counted(form, counted, count) => of_form(requests, *form, |_| {
            format!("{count} of {} would do", counted.feature)
        }),
        Way::Without(_, Wish::Groups) => "without the bank's groups it works".to_owned(),
        Way::Without(_, Wish::Enemies) => "without the bank's `never_with` it works".to_owned(),
        Way::Without(form, Wish::Exclude(id)) => {
            of_form(requests, *form, |_| format!("with `{id}` it works"))
        }
        Way::Without(form, Wish::Include(id)) => {
            of_form(requests, *form, |_| format!("without `{id}` it works"))
        }
        Way::Without(form, wish) => of_form(requests, *form, |request| {
            format!("without “{}” it works", wish.text(bank, request))
        }),
    });
    let mut ways: Vec<String> = ways.collect();
    ways.dedup();
    ways
}

/// Why there are no parallel forms where there is a screen, in words.
#[must_use]
pub fn of_forms(between: &Between, ways: &[FormsWay]) -> Impossible {
    let forms = between.count;
    let overlap = plural(between.max_overlap, "question", "questions");
    let mut wishes = vec![
        format!("{forms} forms"),
        format!("at most {overlap} in two of them, anchors apart"),
    ];
    if let Some(uses) = between.max_uses {
        let uses = plural(uses, "form", "forms");
        wishes.push(format!("no question in more than {uses}, anchors apart"));
    }
    if between.anchors > 0 {
        let anchors = plural(between.anchors, "question", "questions");
        wishes.push(format!("{anchors} in all of them"));
    }
    let ways = ways.iter().map(|way| match way {
        FormsWay::Count(count) => format!("{count} forms would do"),
        FormsWay::Overlap(most) => format!("`--max-overlap {most}` would do"),
        FormsWay::Uses(most) => format!("`--max-uses {most}` would do"),
        FormsWay::Anchors(count) => format!("`--anchors {count}` would do"),
    });
    wishes.push("what each of them must have by itself".to_owned());
    Impossible {
        headline: format!("there is a screen, but there are no {forms} forms of it"),
        wishes,
        is_minimal: true,
        available: None,
        ways: ways.collect(),
    }
}

/// A text about one request, which is named where there are several.
fn of_form(requests: &[PickRequest], form: usize, text: impl Fn(&PickRequest) -> String) -> String {
    let Some(request) = requests.get(form) else {
        return String::new();
    };
    match (&request.occasion.round, requests.len()) {
        (_, 1) => text(request),
        (Some(round), _) => format!("{round}: {}", text(request)),
        (None, _) => format!("{}: {}", request.title, text(request)),
    }
}

fn plural(number: u32, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
