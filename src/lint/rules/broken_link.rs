//! `broken-link`: a link leads to a file or a heading of the bank that is not there, so that its reader finds
//! nothing.
//!
//! ## Why
//!
//! Files move and headings are reworded; nobody notices until an interviewer follows the link a minute before the
//! interview. The rule looks at relative links: at the file, and at the heading after `#` where that is in a
//! question. A link that leaves the bank works for nobody else, so it counts as broken too. Addresses of web pages
//! are not tried.
//!
//! Where exactly one question of the bank has the file name, `--fix --unsafe` corrects the path.
//!
//! ## Example
//!
//! ```markdown
//! See [deadlocks](../sql/deadlocks.md#what-to-log).
//! ```
//!
//! ## Instead
//!
//! Name the path from the question's own folder, and the heading in lower case with hyphens.
//!
//! ```markdown
//! See [deadlocks](../databases/deadlocks.md#reference-answer).
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::lint::context::{Context, Subject, finding};
use crate::lint::rule::{Check, Group, Rule};
use crate::lint::text::anchors::anchors;
use crate::lint::text::paths::{Places, Target, decoded, relative, resolve};
use crate::model::finding::{Finding, Level, Safety};
use crate::model::markup::{Mark, MarkKind};
use crate::model::question::QuestionText;
use crate::model::source::Span;
use crate::model::vocabulary::Status;

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    group: Group::Markup,
    level: Level::Error,
    fix: Some(Safety::Unsafe),
    file: include_str!("broken_link.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut subjects = Subject::all(context);
    let all = subjects.iter().map(|subject| subject.text).collect();
    let is_link = |mark: &Mark| matches!(mark.kind, MarkKind::Link(_));
    subjects.retain(|subject| {
        subject.status != Status::Retired && subject.text.body().marks.iter().any(is_link)
    });
    if subjects.is_empty() {
        return;
    }
    let pages = Pages::new(context, all);
    let found = subjects
        .par_iter()
        .flat_map_iter(|subject| of_question(&pages, subject));
    findings.par_extend(found);
}

fn of_question(pages: &Pages<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut places = Places::new(subject.text.source.text());
    // Of a definition that several links use, one report is enough.
    let mut seen = HashSet::new();
    for mark in &subject.text.body().marks {
        if let MarkKind::Link(destination) = &mark.kind
            && let Some(problem) = pages.problem(subject, destination)
        {
            let place = places.of(mark.span, destination);
            if seen.insert(place) {
                findings.push(report(subject, place, destination, problem));
            }
        }
    }
    findings
}

enum Problem {
    Outside,
    /// The file is not there; the path to the only question with its name.
    NoFile(Option<String>),
    NoHeading,
}

fn report(subject: &Subject<'_>, place: Span, destination: &str, problem: Problem) -> Finding {
    let (path, fragment) = split(destination);
    match problem {
        Problem::Outside => finding(subject, place, format!("`{destination}` leads out of the bank"))
            .hint("link within the bank, or to a web page by its whole address"),
        Problem::NoHeading => finding(subject, place, format!("no heading of the page has the anchor `#{fragment}`"))
            .hint("an anchor is the heading in lower case, with hyphens for blanks and without other signs"),
        Problem::NoFile(None) => {
            let hint = if path.starts_with("www.") {
                "a web page needs its whole address: put `https://` before it"
            } else {
                "a path begins at the folder of the question itself"
            };
            finding(subject, place, format!("there is no file `{path}`")).hint(hint)
        }
        Problem::NoFile(Some(known)) => {
            let message = format!("there is no file `{path}`");
            let found = finding(subject, place, message).hint(format!("did you mean `{known}`?"));
            // Only where the file has the path as the link means it, without escapes.
            if subject.slice(place) == destination && !known.contains([' ', '(', ')', '<', '%']) {
                let span = Span::new(place.start, place.start + path.len());
                found.fix(Safety::Unsafe, span, known)
            } else {
                found
            }
        }
    }
}

/// The path and the fragment of a destination, its query left out.
fn split(destination: &str) -> (&str, &str) {
    let (path, fragment) = destination.split_once('#').unwrap_or((destination, ""));
    (path.split('?').next().unwrap_or(path), fragment)
}

/// The questions of a bank as targets of links.
struct Pages<'b> {
    context: &'b Context<'b>,
    /// The questions and, once they are asked for, their anchors.
    questions: Vec<(&'b QuestionText, OnceLock<HashSet<String>>)>,
    /// Indices by path.
    paths: HashMap<&'b str, usize>,
    /// The path of the only question with a file name; `None` where there are several.
    names: OnceLock<HashMap<&'b str, Option<&'b str>>>,
}

impl<'b> Pages<'b> {
    fn new(context: &'b Context<'b>, all: Vec<&'b QuestionText>) -> Self {
        let path = |page: &&'b QuestionText| context.bank.relative(&page.source.path);
        let paths = all
            .iter()
            .map(path)
            .enumerate()
            .map(|(index, path)| (path, index));
        Self {
            context,
            paths: paths.collect(),
            questions: all
                .into_iter()
                .map(|page| (page, OnceLock::new()))
                .collect(),
            names: OnceLock::new(),
        }
    }

    fn problem(&self, subject: &Subject<'_>, destination: &str) -> Option<Problem> {
        let (path, fragment) = split(destination);
        let page = if path.is_empty() {
            let own = self.context.bank.relative(&subject.text.source.path);
            self.paths.get(own)
        } else {
            let path = decoded(path);
            let Target::Inside(target) = resolve(&subject.text.folder, &path) else {
                return Some(Problem::Outside);
            };
            let page = self.paths.get(target.as_str());
            // Questions are there; to ask the disk takes time.
            if page.is_none() && !target.is_empty() && !(self.context.around.exists)(&target) {
                let name = target.rsplit('/').next().unwrap_or(&target);
                let known = self.names().get(name).copied().flatten();
                return Some(Problem::NoFile(
                    known.map(|known| relative(&subject.text.folder, known)),
                ));
            }
            page
        };
        let page = self.questions.get(*page?)?;
        (!self.has_anchor(page, fragment)).then_some(Problem::NoHeading)
    }

    fn names(&self) -> &HashMap<&'b str, Option<&'b str>> {
        self.names.get_or_init(|| {
            let mut names = HashMap::with_capacity(self.paths.len());
            for path in self.paths.keys() {
                let name = path.rsplit('/').next().unwrap_or(path);
                names
                    .entry(name)
                    .and_modify(|known| *known = None)
                    .or_insert(Some(*path));
            }
            names
        })
    }

    fn has_anchor(
        &self,
        (page, known): &(&QuestionText, OnceLock<HashSet<String>>),
        fragment: &str,
    ) -> bool {
        let wanted = decoded(fragment).to_lowercase();
        let known = || {
            known.get_or_init(|| {
                if !page.is_let_go() {
                    return anchors(page);
                }
                let path = self.context.bank.relative(&page.source.path);
                let page = (self.context.page)(path);
                page.map(|page| anchors(&page)).unwrap_or_default()
            })
        };
        wanted.is_empty() || wanted == "top" || known().contains(&wanted)
    }
}
