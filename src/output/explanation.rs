//! Why a screen is as it is, for a terminal.

use std::fmt::Write;

use crate::model::assembly::{Change, Explanation, Instead, Swap};
use crate::model::screen::Screen;
use crate::output::terminal::{ACCENT, SOFT, STRONG, clean_line, styled};

/// Why each question is in, what would take its place, and which conditions bind.
#[must_use]
pub fn text(screen: &Screen, why: &Explanation) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", styled(ACCENT, "Why these questions"));
    for (number, reason) in why.questions.iter().enumerate() {
        let id = clean_line(&reason.id);
        let _ = writeln!(out, "  {}. {}", number + 1, styled(STRONG, id));
        let _ = writeln!(out, "     {}", instead(&reason.instead));
    }
    let _ = writeln!(out, "\n{}", styled(ACCENT, "What binds"));
    let minutes = format!(
        "  {} of {} question minutes are used",
        screen.question_minutes(),
        screen.frame().question_minutes()
    );
    let _ = writeln!(out, "{minutes}");
    for binding in &why.binding {
        let wish = clean_line(&binding.wish);
        let _ = writeln!(out, "  {wish}: without it, {}", changed(&binding.gain));
    }
    if why.binding.is_empty() {
        let none = "  no condition: without any one of them nothing would be better";
        let _ = writeln!(out, "{}", styled(SOFT, none));
    }
    out
}

fn instead(instead: &Instead) -> String {
    let listed = |ids: &[String]| {
        let ids: Vec<String> = ids
            .iter()
            .map(|id| format!("`{}`", clean_line(id)))
            .collect();
        ids.join(" and ")
    };
    let swapped = |swap: &Swap| match (swap.new.as_slice(), swap.gone.as_slice()) {
        ([], []) => "nothing in its place".to_owned(),
        (new, []) => format!("{} instead", listed(new)),
        ([], gone) => format!("it and {} left out", listed(gone)),
        (new, gone) => format!("{} instead of it and {}", listed(new), listed(gone)),
    };
    match instead {
        Instead::Kept => "stays, as asked for".to_owned(),
        Instead::Nothing => "there is no screen without it".to_owned(),
        Instead::Worse(change, swap) => {
            format!("next best: {}, with {}", swapped(swap), changed(change))
        }
        Instead::AsGood(swap) => format!("chosen by the seed; as good: {}", swapped(swap)),
        Instead::Unknown => "the search for what would take its place ended early".to_owned(),
    }
}

fn changed(change: &Change) -> String {
    format!(
        "{} {} where there are {}",
        change.objective, change.then, change.now
    )
}
