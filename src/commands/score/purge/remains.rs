//! What is left of removals that were interrupted, and what is said of it.

use super::removing::in_words;
use super::report::Report;
use crate::cli::Context;
use crate::exit::Hinted;
use crate::output::terminal::clean_line;
use crate::score::removal;
use crate::store::interviews::purge::{self, Hindrance, Remains};
use crate::store::interviews::{Interviews, holdings};

/// Says what is left of removals that were interrupted, of one candidate or of all, and what finishes them.
pub(in crate::commands::score) fn tell(
    context: &Context,
    interviews: &Interviews,
    candidate: Option<&str>,
) {
    for left in purge::remains(interviews) {
        if candidate.is_some_and(|candidate| candidate != left.candidate) {
            continue;
        }
        let shown = clean_line(&left.candidate);
        match &left.entry {
            Ok(_) => context.note(&format!(
                "{}; {}{}",
                removal::interrupted(&shown),
                removal::finishing(&shown),
                another(interviews, &left.candidate)
            )),
            Err(why) => context.warn(&unknown(&clean_line(&left.path), why)),
        }
    }
}

/// No folder of this name.
pub(in crate::commands) fn nothing_held(interviews: &Interviews, candidate: &str) -> anyhow::Error {
    let shown = clean_line(candidate);
    let mut remains = purge::remains(interviews).into_iter();
    match remains.find(|left| left.candidate == candidate) {
        Some(Remains { entry: Ok(_), .. }) => Hinted::error(
            format!(
                "{}, and nothing else is held about them",
                removal::interrupted(&shown)
            ),
            removal::finishing(&shown),
        ),
        _ => Hinted::error(
            format!("nothing is held about `{shown}`"),
            "`intervy score list` shows who has a scorecard",
        ),
    }
}

/// Says what is left of removals that were interrupted; about which something is to be done, and how many files of each
/// may go.
pub(super) fn about_remains<'r>(
    report: &mut Report<'_>,
    interviews: &Interviews,
    remains: &'r [Remains],
    named: Option<&str>,
) -> Vec<(&'r str, usize)> {
    let mut known = Vec::new();
    for left in remains {
        let candidate = clean_line(&left.candidate);
        let entry = match &left.entry {
            Ok(entry) => entry,
            Err(why) => {
                report.hold_back(&unknown(&clean_line(&left.path), why));
                continue;
            }
        };
        let interrupted = removal::interrupted(&candidate);
        // Whoever names the candidate is told how much there is now.
        let is_named = named == Some(&left.candidate);
        let than = if is_named { left.files } else { entry.files };
        let may_be_more = |why: &&Hindrance| is_named && matches!(why, Hindrance::More { .. });
        match left.hindrance.as_ref().filter(|why| !may_be_more(why)) {
            None => {
                let files = removal::files(left.files);
                let other = another(interviews, &left.candidate);
                report.note(&format!(
                    "{interrupted}: what is left of it ({files}) goes too{other}"
                ));
            }
            Some(why) => {
                let why_not = in_words(why);
                report.hold_back(&format!(
                    "{interrupted}, and what is left of it stays: {why_not}"
                ));
                if *why == Hindrance::Namesake {
                    continue;
                }
            }
        }
        known.push((left.candidate.as_str(), than));
    }
    known
}

/// That a pseudonym has come back: what is said of one folder is not said of the other.
fn another(interviews: &Interviews, candidate: &str) -> String {
    if holdings::is_held(interviews, candidate) {
        let candidate = clean_line(candidate);
        format!("; the folder `{candidate}` of today is another")
    } else {
        String::new()
    }
}

/// That nothing says what some remains are of.
pub(super) fn unknown(path: &str, why: &str) -> String {
    format!(
        "{path} stays: nothing says which removal it is left of ({}); look into it, and remove it by hand",
        clean_line(why)
    )
}
