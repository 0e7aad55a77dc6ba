//! A scorecard from a file: JSON, TOML or CSV; all of it or nothing.

use std::path::Path;

use crate::cli::Context;
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::model::suggest;
use crate::output::findings;
use crate::store::document::decode::Problems;
use crate::store::scorecard::{Places, Reading};
use crate::store::{files, score_csv, scorecard};

/// What could be read of a file, where it says it, and what is wrong with it.
pub(super) struct Given {
    pub(super) card: Scorecard,
    places: Places,
    problems: Problems,
}

/// Reads the file as far as it can be read; [`Given::checked`] shows what is wrong with it.
///
/// # Errors
/// When nothing could be read.
pub(super) fn read(context: &Context, path: &Path) -> anyhow::Result<Given> {
    let source = if path == Path::new("-") {
        files::read_text(std::io::stdin().lock(), "standard input")
    } else {
        files::read_path(path)
    };
    let source = source.map_err(|finding| {
        context.note(findings::text([&*finding]).trim_end());
        anyhow::anyhow!("the file cannot be read")
    })?;
    let mut problems = Problems::new(&source);
    let reading = if is_csv(path, source.text()) {
        Some(score_csv::read(&source, &mut problems))
    } else {
        scorecard::read_leniently(&source, &mut problems)
    };
    let has_rows = |reading: &Reading| !reading.card.questions.is_empty();
    match reading.filter(|reading| has_rows(reading) || !problems.any_unreadable()) {
        Some(Reading { card, places }) => Ok(Given {
            card,
            places,
            problems,
        }),
        None => Err(refused(context, problems)),
    }
}

/// By its name, else by its first line.
fn is_csv(path: &Path, text: &str) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv" | "tsv") => true,
        Some("json" | "toml") => false,
        _ => score_csv::resembles(text),
    }
}

impl Given {
    /// An error about the scorecard that the file is for, with what is wrong in the file itself.
    pub(super) fn with_problems(self, context: &Context, error: anyhow::Error) -> anyhow::Error {
        if !self.problems.any_error() {
            return error;
        }
        let refused = refused(context, self.problems);
        error.context(refused)
    }

    /// What the file says, checked against the scorecard that it is for. `names_screen`: whether the command does.
    ///
    /// # Errors
    /// When anything in it is wrong, it is of another screen, candidate or interviewer, or it names a question that the
    /// screen lacks; every problem is shown.
    pub(super) fn checked(
        mut self,
        context: &Context,
        screen: &Screen,
        blank: &Scorecard,
        names_screen: bool,
    ) -> anyhow::Result<Scorecard> {
        let problems = &mut self.problems;
        let (card, places) = (&self.card, &self.places);
        // Where the file alone names the screen, it is of that one.
        let of_screen = if names_screen { &card.screen } else { "" };
        for (what, given, own, place) in [
            ("screen", of_screen, &blank.screen, places.screen),
            (
                "candidate",
                &card.candidate,
                &blank.candidate,
                places.candidate,
            ),
            (
                "interviewer",
                &card.interviewer,
                &blank.interviewer,
                places.interviewer,
            ),
        ] {
            if !given.is_empty() && given != own {
                let message = format!("the {what} of this file is `{given}`, not `{own}`");
                problems.report(INVALID_VALUE, place, message, "");
            }
        }
        if let Some(hash) = &card.screen_hash
            && Some(hash) != blank.screen_hash.as_ref()
        {
            let message = "the file is of another version of this screen";
            let hint = "name the screen that the packet was rendered from";
            problems.report(INVALID_VALUE, places.screen_hash, message, hint);
        }
        let known = || screen.questions.iter().map(|pinned| pinned.id.as_str());
        for (rating, &place) in card.questions.iter().zip(&places.questions) {
            if known().any(|id| id == rating.id) {
                continue;
            }
            let message = format!("the screen has no question `{}`", rating.id);
            let hint = suggest::hint(&rating.id, known()).unwrap_or_default();
            problems.report(INVALID_VALUE, place, message, hint);
        }
        if problems.any_error() {
            return Err(refused(context, self.problems));
        }
        Ok(self.card)
    }
}

/// Shows what is wrong with the file, in its order.
fn refused(context: &Context, problems: Problems) -> anyhow::Error {
    let mut found = problems.into_findings();
    found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    context.note(findings::text(&found).trim_end());
    anyhow::anyhow!("nothing of the file was taken: {}", findings::tally(&found))
}
