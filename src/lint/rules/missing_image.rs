//! `missing-image`: an image is not a file that a packet can take along, so that its reader sees a gap.
//!
//! ## Why
//!
//! A packet is one file that opens anywhere, without a network: images of the bank are written into it, images of
//! other hosts are not loaded. PNG, JPEG, WebP and SVG files below the bank's root can be shown. The rule looks
//! at the path and at the ending of the name; that a file is no image inside, or too large, shows when a packet is
//! rendered.
//!
//! ## Example
//!
//! ```markdown
//! ![The wait graph of three transactions](https://example.com/graph.png)
//! ```
//!
//! ## Instead
//!
//! Put the image into the bank.
//!
//! ```markdown
//! ![The wait graph of three transactions](images/wait-graph.png)
//! ```

use std::collections::HashSet;

use crate::lint::context::{Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::paths::{Places, Target, decoded, resolve};
use crate::model::finding::{Finding, Level};
use crate::model::markup::{Mark, MarkKind};
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "missing-image",
    group: Group::Markup,
    level: Level::Error,
    fix: None,
    file: include_str!("missing_image.rs"),
    check: Check::Question(check),
};

/// Endings of pictures and papers that no packet shows.
const NO_IMAGE: &[&str] = &[
    "avif", "bmp", "doc", "docx", "drawio", "gif", "heic", "heif", "html", "ico", "md", "mov",
    "mp4", "pdf", "pptx", "psd", "tif", "tiff", "webm", "xlsx",
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.status == Status::Retired {
        return;
    }
    let mut places = Places::new(subject.text.source.text());
    let mut seen = HashSet::new();
    for mark in &subject.text.body().marks {
        let MarkKind::Image(destination) = &mark.kind else {
            continue;
        };
        if let Some((message, hint)) = problem(subject, destination) {
            let place = places.of(mark.span, destination);
            if seen.insert(place) {
                findings.push(finding(subject, place, message).hint(hint));
            }
        }
    }
}

fn problem(subject: &Subject<'_>, destination: &str) -> Option<(String, String)> {
    let own = "put the file into the bank, beside the question".to_owned();
    if destination.starts_with("data:") {
        return Some(("an image within the text is not shown".to_owned(), own));
    }
    if Mark::is_remote(destination) || destination.contains("://") {
        let message = format!("the image `{destination}` is not loaded: packets work offline");
        return Some((message, own));
    }
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() {
        return Some(("this image names no file".to_owned(), own));
    }
    let found = |path: &str| match resolve(&subject.text.folder, path) {
        Target::Inside(target) => (subject.around.exists)(&target),
        Target::Outside => false,
    };
    match resolve(&subject.text.folder, path) {
        Target::Outside => Some((format!("the image `{path}` lies outside the bank"), own)),
        Target::Inside(_) if path.contains(':') => Some((
            format!("the image `{path}` is not shown: its name holds a colon"),
            "rename the file".to_owned(),
        )),
        Target::Inside(target)
            if target.is_empty() || path.ends_with('/') || !(subject.around.exists)(&target) =>
        {
            let plain = decoded(path);
            let hint = if plain != path && found(&plain) {
                format!("packets take the name as it is written: `<{plain}>`")
            } else {
                "a path begins at the folder of the question itself".to_owned()
            };
            Some((format!("there is no image `{path}`"), hint))
        }
        Target::Inside(_) => {
            let (_, ending) = path.rsplit_once('.')?;
            let known = NO_IMAGE
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending));
            known.then(|| {
                (
                    format!("`{path}` is no image that a packet can show"),
                    "use PNG, JPEG, WebP or SVG".to_owned(),
                )
            })
        }
    }
}
