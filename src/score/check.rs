//! What is wrong with a scorecard that can be read: its place, its screen, what it lacks.

use std::sync::Arc;

use crate::model::finding::{Finding, Level, reading};
use crate::model::pseudonym;
use crate::model::scorecard::Scorecard;
use crate::model::screen::Screen;
use crate::model::source::{Location, Source, Span};
use crate::model::words::counted;
use crate::score::{Missing, missing, removal};

/// A rule about the folder of interviews.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// How much its findings weigh.
    pub level: Level,
    /// What its findings mean, in one sentence.
    pub summary: &'static str,
}

const fn error(name: &'static str, summary: &'static str) -> Rule {
    let level = Level::Error;
    Rule {
        name,
        level,
        summary,
    }
}

const fn warning(name: &'static str, summary: &'static str) -> Rule {
    let level = Level::Warning;
    Rule {
        name,
        level,
        summary,
    }
}

/// Every rule, those of reading first.
pub const RULES: &[Rule] = &[
    error(
        reading::UNREADABLE_FILE,
        "A file that cannot be read as what it should be.",
    ),
    error(reading::DUPLICATE_KEY, "A field that is given twice."),
    error(reading::MISSING_FIELD, "A field that must be given."),
    error(
        reading::UNKNOWN_FIELD,
        "A field that the format does not have.",
    ),
    error(
        reading::INVALID_VALUE,
        "A value of the wrong type, out of range, or against another one.",
    ),
    error(
        MISPLACED_SCORECARD,
        "A scorecard whose place is that of another one.",
    ),
    error(
        MISPLACED_SCREEN,
        "A screen whose folder is that of another one.",
    ),
    warning(
        MISPLACED_FILE,
        "A TOML file where neither a screen nor a scorecard is.",
    ),
    error(
        DOUBTFUL_SCORECARD,
        "Something called as a scorecard is and not taken for one: its candidate is in no report.",
    ),
    error(MISSING_SCREEN, "A scorecard without its screen beside it."),
    error(
        CHANGED_SCREEN,
        "A scorecard of another version of the screen beside it.",
    ),
    error(
        UNKNOWN_QUESTION,
        "A rating of a question that the screen does not have.",
    ),
    error(
        MISSING_QUESTION,
        "A question of the screen that the scorecard does not have.",
    ),
    error(
        CHANGED_QUESTION,
        "A rating of another version of the screen's question.",
    ),
    error(
        INCOMPLETE_SCORECARD,
        "A scorecard that was handed in, and lacks something.",
    ),
    error(
        MISSING_SUBMISSION,
        "A scorecard that was handed in, and does not say when.",
    ),
    error(
        EARLY_REVISION,
        "A revision from before the scorecard was handed in.",
    ),
    error(
        UNFIT_NAME,
        "A candidate or interviewer whose name cannot be that of a file everywhere.",
    ),
    warning(
        PERSONAL_NAME,
        "A candidate or interviewer who goes by what looks like a real name.",
    ),
    warning(
        INTERRUPTED_SESSION,
        "A session that ended by itself, and that nobody has taken up.",
    ),
    error(
        INTERRUPTED_REMOVAL,
        "A removal that ended by itself: what is left of it is still there.",
    ),
];

const MISPLACED_SCORECARD: &str = "misplaced-scorecard";
const MISPLACED_SCREEN: &str = "misplaced-screen";
/// A file that is where neither a screen nor a scorecard is.
const MISPLACED_FILE: &str = "misplaced-file";
/// What may be a scorecard and is not read as one.
const DOUBTFUL_SCORECARD: &str = "doubtful-scorecard";
const MISSING_SCREEN: &str = "missing-screen";
const CHANGED_SCREEN: &str = "changed-screen";
const UNKNOWN_QUESTION: &str = "unknown-question";
const MISSING_QUESTION: &str = "missing-question";
const CHANGED_QUESTION: &str = "changed-question";
const INCOMPLETE_SCORECARD: &str = "incomplete-scorecard";
const MISSING_SUBMISSION: &str = "missing-submission";
const EARLY_REVISION: &str = "early-revision";
const UNFIT_NAME: &str = "unfit-name";
const PERSONAL_NAME: &str = "personal-name";
const INTERRUPTED_SESSION: &str = "interrupted-session";
const INTERRUPTED_REMOVAL: &str = "interrupted-removal";

/// A finding with the level of its rule.
fn finding(rule: &'static str, location: Location, message: impl Into<String>) -> Finding {
    let mut finding = Finding::error(rule, location, message);
    if let Some(rule) = RULES.iter().find(|known| known.name == rule) {
        finding.level = rule.level;
    }
    finding
}

fn whole(path: &str) -> Location {
    Location::file(&Source::without_text(path))
}

/// A TOML file that is where neither a screen nor a scorecard is.
#[must_use]
pub fn stray(path: &str) -> Finding {
    finding(
        MISPLACED_FILE,
        whole(path),
        "this is where neither a screen nor a scorecard is",
    )
    .hint("interviews are at CANDIDATE/SCREEN/screen.toml and CANDIDATE/SCREEN/INTERVIEWER.toml")
}

/// Whether a finding is that of [`stray`].
#[must_use]
pub fn is_stray(finding: &Finding) -> bool {
    finding.rule == MISPLACED_FILE
}

/// Something that may be a scorecard, and why it is not read as one.
#[must_use]
pub fn doubtful(path: &str, why: &str) -> Finding {
    let message = format!("this may be a scorecard, or hold some, and is not taken for one: {why}");
    finding(DOUBTFUL_SCORECARD, whole(path), message)
        .hint("put it where it belongs, or take it away: it may be a draft, and no report tells of its candidate")
}

/// A journal that a session left.
#[must_use]
pub fn interrupted(path: &str) -> Finding {
    finding(
        INTERRUPTED_SESSION,
        whole(path),
        "a session on this scorecard was interrupted",
    )
    .hint("the same `intervy score` command goes on from there; nothing of it is lost")
}

/// A folder with what is left of a removal; of a candidate's, where that is known.
#[must_use]
pub fn remains(path: &str, candidate: Option<&str>) -> Finding {
    let (message, hint) = match candidate {
        Some(candidate) => (
            removal::interrupted(candidate),
            removal::finishing(candidate),
        ),
        None => (
            "nothing says which removal this folder is left of".to_owned(),
            "look into it, and remove it by hand".to_owned(),
        ),
    };
    finding(INTERRUPTED_REMOVAL, whole(path), message).hint(hint)
}

/// A scorecard that has no screen beside it.
#[must_use]
pub fn without_screen(path: &str) -> Finding {
    finding(
        MISSING_SCREEN,
        whole(path),
        "there is no screen.toml beside this scorecard",
    )
    .hint("put the screen that the candidate was asked there")
}

/// What is wrong with a name of a candidate or an interviewer.
#[must_use]
pub fn name(what: &str, name: &str, path: &str) -> Option<Finding> {
    if let Err(why) = pseudonym::check(name) {
        let message = format!("the {what} `{name}` {why}");
        let hint = "rename it to a short pseudonym, as `C-042`, in the file as well";
        return Some(finding(UNFIT_NAME, whole(path), message).hint(hint));
    }
    let resembles = pseudonym::resembles(name)?;
    let message = format!("the {what} `{name}` looks like {resembles}");
    let hint = "a pseudonym keeps people out of files and their history";
    Some(finding(PERSONAL_NAME, whole(path), message).hint(hint))
}

/// What is wrong with a screen by the folder that it is in.
#[must_use]
pub fn screen(source: &Arc<Source>, screen: &Screen, candidate: &str, id: &str) -> Vec<Finding> {
    let of_screen = screen.occasion.candidate.as_deref();
    let mut found = Vec::new();
    for (what, says, is) in [
        ("id", Some(screen.id.as_str()), id),
        ("candidate", of_screen, candidate),
    ] {
        if let Some(says) = says.filter(|says| *says != is) {
            let message = format!("the screen's {what} is `{says}`, and its folder is `{is}`");
            let hint = "move it where it belongs, or mend what it says";
            found.push(finding(MISPLACED_SCREEN, field(source, what), message).hint(hint));
        }
    }
    found
}

/// A scorecard as it is filed.
#[derive(Clone, Copy, Debug)]
pub struct Filed<'c> {
    /// Its file.
    pub source: &'c Arc<Source>,
    /// What it says.
    pub card: &'c Scorecard,
    /// Where it names each question.
    pub questions: &'c [Span],
    /// The candidate, the screen and the interviewer by its place.
    pub place: [&'c str; 3],
    /// The screen beside it, if that can be read.
    pub screen: Option<&'c Screen>,
}

/// What is wrong with a scorecard. No message says a score or a note. `evidence`: the scores that need a note.
#[must_use]
pub fn scorecard(filed: &Filed<'_>, evidence: &[u8]) -> Vec<Finding> {
    let mut found = misplaced(filed);
    if let Some(screen) = filed.screen {
        found.extend(against_screen(filed, screen));
    }
    found.extend(handed_in(filed, evidence));
    found
}

fn misplaced(filed: &Filed<'_>) -> Vec<Finding> {
    let card = filed.card;
    let says = [&card.candidate, &card.screen, &card.interviewer];
    let mut found = Vec::new();
    for ((what, says), is) in ["candidate", "screen", "interviewer"]
        .into_iter()
        .zip(says)
        .zip(filed.place)
    {
        if says != is {
            let message = format!("its {what} is `{says}`, and its place is that of `{is}`");
            let hint = "move it where it belongs, or mend what it says";
            let location = field(filed.source, what);
            found.push(finding(MISPLACED_SCORECARD, location, message).hint(hint));
        }
    }
    found
}

fn against_screen(filed: &Filed<'_>, screen: &Screen) -> Vec<Finding> {
    let mut found = Vec::new();
    let hash = filed.card.screen_hash.as_deref();
    if hash != Some(&screen.content_hash()) {
        let message = match hash {
            Some(_) => "the screen beside this scorecard is another version of it",
            None => "the scorecard does not say which version of the screen it is of",
        };
        let hint = "one of them was changed by hand; `git log` may show which";
        let location = field(filed.source, "screen_hash");
        found.push(finding(CHANGED_SCREEN, location, message).hint(hint));
    }
    for (index, rating) in filed.card.questions.iter().enumerate() {
        let span = filed.questions.get(index);
        let location = span.map_or_else(
            || Location::file(filed.source),
            |span| Location::at(filed.source, *span),
        );
        let pinned = screen.questions.iter();
        let id = &rating.id;
        match pinned.clone().find(|pinned| pinned.id == *id) {
            None => {
                let message = format!("the screen has no question `{id}`");
                found.push(finding(UNKNOWN_QUESTION, location, message));
            }
            Some(pinned) if rating.hash.as_ref() != Some(&pinned.hash) => {
                let message = format!("`{id}` is another version of the screen's question");
                found.push(finding(CHANGED_QUESTION, location, message));
            }
            Some(_) => {}
        }
    }
    for pinned in &screen.questions {
        if filed.card.rating(&pinned.id).is_none() {
            let message = format!("the screen's question `{}` is not in it", pinned.id);
            let location = Location::file(filed.source);
            let hint = "add it, with `asked = false` if it was not asked";
            found.push(finding(MISSING_QUESTION, location, message).hint(hint));
        }
    }
    found
}

fn handed_in(filed: &Filed<'_>, evidence: &[u8]) -> Vec<Finding> {
    let card = filed.card;
    if !card.is_submitted() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let lacking = missing(card, evidence);
    if !lacking.is_empty() {
        let message = format!("it was handed in without {}", in_words(&lacking));
        let location = field(filed.source, "status");
        let hint = "its interviewer can add it, with the score as it is: `--revise REASON --set QUESTION=SCORE`, or `--overall SCORE`";
        found.push(finding(INCOMPLETE_SCORECARD, location, message).hint(hint));
    }
    let Some(submitted) = card.submitted_at else {
        let location = field(filed.source, "status");
        let message = "it was handed in, and does not say when";
        let hint = "add `submitted_at`";
        found.push(finding(MISSING_SUBMISSION, location, message).hint(hint));
        return found;
    };
    let early = card.revisions.iter();
    let early = early.filter(|revision| revision.at < submitted).count();
    if early > 0 {
        let message = format!(
            "{} from before it was handed in",
            counted(early, "revision is", "revisions are")
        );
        let location = field(filed.source, "submitted_at");
        found.push(finding(EARLY_REVISION, location, message));
    }
    found
}

/// What is missing. Which score lacks its note is not said: only some scores need one.
fn in_words(lacking: &[Missing]) -> String {
    let count = |is: fn(&Missing) -> bool| lacking.iter().filter(|lacking| is(lacking)).count();
    let answers = count(|lacking| matches!(lacking, Missing::Answer(_)));
    let notes = count(|lacking| matches!(lacking, Missing::Note(_)));
    let words = [
        (answers > 0).then(|| counted(answers, "answer", "answers")),
        (notes > 0).then(|| counted(notes, "note", "notes")),
        lacking
            .contains(&Missing::Overall)
            .then(|| "the overall recommendation".to_owned()),
        lacking
            .contains(&Missing::Reason)
            .then(|| "its reason".to_owned()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Where a field of the outermost table begins; the file as a whole where that is not found.
fn field(source: &Arc<Source>, key: &str) -> Location {
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            break;
        }
        let rest = line.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with('=')) {
            return Location::at(source, Span::new(start, start + key.len()));
        }
        start += line.len();
    }
    Location::file(source)
}
