//! A scorecard from a file: JSON, TOML or CSV; all of it or nothing.

use std::path::Path;
use std::sync::Arc;

use crate::cli::Context;
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::model::source::{Source, Span};
use crate::model::suggest;
use crate::output::findings;
use crate::store::document::decode::Problems;
use crate::store::{files, score_csv, scorecard};

/// What a file says, and where it names each question.
pub(super) struct Given {
    source: Arc<Source>,
    pub(super) card: Scorecard,
    places: Vec<Span>,
}

/// Reads the file.
///
/// # Errors
/// When anything in it is wrong; every problem is shown.
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
    let read = if is_csv(path, source.text()) {
        score_csv::read(&source, &mut problems)
    } else {
        scorecard::read(&source, &mut problems).map(|card| (card, scorecard::places(&source)))
    };
    match read {
        Some((card, places)) => Ok(Given {
            source,
            card,
            places,
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
        _ => {
            let first = text
                .trim_start_matches('\u{feff}')
                .lines()
                .next()
                .unwrap_or_default();
            first.to_ascii_lowercase().contains("question") && !first.contains(['=', '{'])
        }
    }
}

impl Given {
    /// Checks the file against the scorecard that it is for.
    ///
    /// # Errors
    /// When it is of another screen, candidate or interviewer, or names a question that the screen lacks.
    pub(super) fn check(
        &self,
        context: &Context,
        screen: &Screen,
        blank: &Scorecard,
    ) -> anyhow::Result<()> {
        let mut problems = Problems::new(&self.source);
        let top = Span::default();
        for (what, given, own) in [
            ("screen", &self.card.screen, &blank.screen),
            ("candidate", &self.card.candidate, &blank.candidate),
            ("interviewer", &self.card.interviewer, &blank.interviewer),
        ] {
            if !given.is_empty() && given != own {
                let message = format!("the {what} of this file is `{given}`, not `{own}`");
                problems.report(INVALID_VALUE, top, message, "");
            }
        }
        if let Some(hash) = &self.card.screen_hash
            && Some(hash) != blank.screen_hash.as_ref()
        {
            let message = "the file is of another version of this screen";
            let hint = "name the screen that the packet was rendered from";
            problems.report(INVALID_VALUE, top, message, hint);
        }
        let known = || screen.questions.iter().map(|pinned| pinned.id.as_str());
        for (index, rating) in self.card.questions.iter().enumerate() {
            if known().any(|id| id == rating.id) {
                continue;
            }
            let place = self.places.get(index).copied().unwrap_or_default();
            let message = format!("the screen has no question `{}`", rating.id);
            let hint = suggest::hint(&rating.id, known()).unwrap_or_default();
            problems.report(INVALID_VALUE, place, message, hint);
        }
        if problems.any_error() {
            return Err(refused(context, problems));
        }
        Ok(())
    }
}

fn refused(context: &Context, problems: Problems) -> anyhow::Error {
    let found = problems.into_findings();
    context.note(findings::text(&found).trim_end());
    anyhow::anyhow!("nothing of the file was taken: {}", findings::tally(&found))
}
