//! What is in the way, in words.

use super::{Conflict, Named, Way};
use crate::model::assembly::Impossible;
use crate::model::bank::Bank;
use crate::model::vocabulary::Status;
use crate::model::words::counted;
use crate::pick::request::PickRequest;
use crate::pick::wish::Wish;

/// Why requests cannot be met, in words.
#[must_use]
pub fn words(bank: &Bank, requests: &[PickRequest], found: &Conflict) -> Impossible {
    let mut questions = bank.questions.iter();
    if !questions.any(|question| question.matter.status == Status::Active) {
        return Impossible {
            headline: "the bank has no active questions".to_owned(),
            is_minimal: true,
            ..Impossible::default()
        };
    }
    Impossible {
        headline: headline(requests, found),
        conflicts: found
            .sets
            .iter()
            .map(|set| wishes(bank, requests, set))
            .collect(),
        is_minimal: found.is_minimal,
        available: Some((found.questions, found.categories)),
        ways: ways(bank, requests, found),
    }
}

fn headline(requests: &[PickRequest], found: &Conflict) -> String {
    let between = requests.first().and_then(|request| request.between);
    let mut first = found.sets.iter().take(1).flatten();
    let is_between = first.any(|(_, wish)| *wish == Wish::Forms);
    match between {
        Some(between) if is_between => {
            format!(
                "there is a screen, but there are no {} forms of it",
                between.count
            )
        }
        _ if requests.len() > 1 => "no screens satisfy these requests together".to_owned(),
        _ => "no screen satisfies this request".to_owned(),
    }
}

fn wishes(bank: &Bank, requests: &[PickRequest], set: &[Named]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (form, wish) in set {
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
    let texts = found.ways.iter().map(|together| match together.as_slice() {
        [way] => {
            let (what, verb) = way_text(bank, requests, way);
            format!("{what} {verb}")
        }
        several => {
            let what = several.iter().map(|way| way_text(bank, requests, way).0);
            format!("{}, together", what.collect::<Vec<_>>().join(", and "))
        }
    });
    let mut texts: Vec<String> = texts.collect();
    texts.dedup();
    texts
}

/// A change, and the verb that goes with it.
fn way_text(bank: &Bank, requests: &[PickRequest], way: &Way) -> (String, &'static str) {
    let of = |form: usize, text: String| of_form(requests, form, |_| text.clone());
    let what = match way {
        Way::Slot(minutes) => counted(*minutes, "minute", "minutes"),
        Way::Segment(form, segment, minutes) => of_form(requests, *form, |request| {
            let title = request.segments.get(*segment);
            let title = title.map_or("", |segment| segment.title.as_str());
            let minutes = counted(*minutes, "minute", "minutes");
            format!("{minutes} for `{title}`")
        }),
        Way::Categories(form, count) => of(*form, counted(*count, "category", "categories")),
        Way::Questions(form, count) => of(*form, counted(*count, "question", "questions")),
        Way::Counted(form, wanted, count) => of(*form, format!("{count} of {}", wanted.feature)),
        Way::Forms(count) => counted(*count, "form", "forms"),
        Way::Anchors(count) => format!("`--anchors {count}`"),
        Way::Uses(most) => format!("`--max-uses {most}`"),
        Way::Overlap(most) => format!("`--max-overlap {most}`"),
        Way::Without(form, wish) => return (without(bank, requests, *form, wish), "it works"),
    };
    (what, "would do")
}

fn without(bank: &Bank, requests: &[PickRequest], form: usize, wish: &Wish) -> String {
    match wish {
        Wish::Groups => "without the bank's groups".to_owned(),
        Wish::Enemies => "without the bank's `never_with`".to_owned(),
        Wish::Exclude(id) => of_form(requests, form, |_| format!("with `{id}`")),
        Wish::Include(id) => of_form(requests, form, |_| format!("without `{id}`")),
        wish => of_form(requests, form, |request| {
            format!("without “{}”", wish.text(bank, request))
        }),
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
