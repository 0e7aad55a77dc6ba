//! A question: its front matter, the parts of its body, and the hash that pins it.

use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::model::markup::Mark;
use crate::model::source::{ReadAgain, Source, Span, Spanned};
use crate::model::vocabulary::{AskMode, Difficulty, Kind, Status, Vocabulary, is_id};

/// A question that can be used: every required field is there and valid.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id and its body.
    pub text: QuestionText,
    /// Its front matter.
    pub matter: Matter,
}

/// The part of a question that can be read even when its front matter has problems.
#[derive(Clone, Debug)]
pub struct QuestionText {
    /// Unique in the bank: the file's stem unless the front matter gives one.
    pub id: Spanned<String>,
    /// The file.
    pub source: Arc<Source>,
    /// The folder of the file, relative to the bank's root, with `/` between folders.
    pub folder: String,
    /// Where findings about the question as a whole point: its title, else the opening fence.
    pub name: Span,
    /// `None` once it was let go.
    body: Option<Box<Body>>,
}

impl QuestionText {
    /// The text of a file with the parts of its Markdown body.
    #[must_use]
    pub fn new(
        source: &Arc<Source>,
        folder: &str,
        id: Spanned<String>,
        name: Span,
        body: Body,
    ) -> Self {
        Self {
            id,
            source: Arc::clone(source),
            folder: folder.to_owned(),
            name,
            body: Some(Box::new(body)),
        }
    }

    /// The parts of the Markdown body; none once they were let go.
    #[must_use]
    pub fn body(&self) -> &Body {
        self.body.as_deref().unwrap_or(&NO_BODY)
    }

    /// Whether the body was let go.
    #[must_use]
    pub fn is_let_go(&self) -> bool {
        self.body.is_none()
    }

    /// Frees the body for good, and the file's text until somebody needs it, unless somebody has it.
    pub fn let_go(&mut self, reader: &Arc<dyn ReadAgain>) {
        self.body = None;
        if let Some(source) = Arc::get_mut(&mut self.source) {
            source.let_go(reader);
        }
    }
}

static NO_BODY: Body = Body {
    span: Span { start: 0, end: 0 },
    prompt: Span { start: 0, end: 0 },
    sections: Vec::new(),
    follow_ups: Vec::new(),
    anchors: Vec::new(),
    strays: Vec::new(),
    marks: Vec::new(),
    unclosed: None,
};

/// A question with problems in its front matter: its text, and what it refers to so far as that
/// could be read.
#[derive(Clone, Debug)]
pub struct Incomplete {
    /// Its id and its body.
    pub text: QuestionText,
    /// The category.
    pub category: Option<Spanned<String>>,
    /// The levels.
    pub levels: Vec<Spanned<String>>,
    /// Ids of questions that may not be in the same screen.
    pub never_with: Vec<Spanned<String>>,
    /// Whether it may be picked.
    pub status: Option<Status>,
}

/// The fields of the front matter.
#[derive(Clone, Debug)]
pub struct Matter {
    /// A short name for lists and packets.
    pub title: Spanned<String>,
    /// The id of the area that the question tests.
    pub category: Spanned<String>,
    /// How hard it is.
    pub difficulty: Spanned<Difficulty>,
    /// Minutes per ask mode.
    pub minutes: Spanned<Minutes>,
    /// What sort of answer it asks for.
    pub kind: Kind,
    /// For whom it is meant; empty: for everyone.
    pub levels: Vec<Spanned<String>>,
    /// Free keywords.
    pub tags: Vec<Spanned<String>>,
    /// Only active questions are picked.
    pub status: Status,
    /// At most one question of a group in a screen.
    pub group: Option<Spanned<String>>,
    /// Ids of questions that may not be in the same screen.
    pub never_with: Vec<Spanned<String>>,
    /// The day of the last review.
    pub reviewed: Option<Spanned<Date>>,
    /// Who wrote it.
    pub authors: Vec<Spanned<String>>,
    /// Where imported text came from, and under which terms.
    pub provenance: Provenance,
}

/// Where imported text came from.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// A URL or a title.
    pub source: Option<Spanned<String>>,
    /// The licence of the source.
    pub license: Option<Spanned<String>>,
    /// The place in the source.
    pub locator: Option<Spanned<String>>,
}

/// Whole minutes per ask mode, at least one of them given, none shorter than the mode before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minutes {
    /// For the prompt alone.
    pub quick: Option<u32>,
    /// With the first follow-up.
    pub standard: Option<u32>,
    /// With all follow-ups.
    pub deep: Option<u32>,
}

impl Minutes {
    /// The minutes of one mode, if the question can be asked in it.
    #[must_use]
    pub fn of(&self, mode: AskMode) -> Option<u32> {
        match mode {
            AskMode::Quick => self.quick,
            AskMode::Standard => self.standard,
            AskMode::Deep => self.deep,
        }
    }

    /// The modes that the question can be asked in, shortest first, with their minutes.
    pub fn modes(&self) -> impl Iterator<Item = (AskMode, u32)> {
        let minutes = *self;
        AskMode::ALL
            .iter()
            .filter_map(move |&mode| minutes.of(mode).map(|length| (mode, length)))
    }
}

/// A part of the body that has a meaning; in the order in which a packet shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Shown to the candidate beside the prompt.
    CandidateHandout,
    /// What the question separates.
    WhyAskThis,
    /// What a very good answer contains.
    ReferenceAnswer,
    /// Further questions and what each listens for.
    FollowUps,
    /// What a strong answer does.
    StrongSignals,
    /// What should worry.
    RedFlags,
    /// What an answer at a given score looks like.
    Rubric,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 7] = [
        Self::CandidateHandout,
        Self::WhyAskThis,
        Self::ReferenceAnswer,
        Self::FollowUps,
        Self::StrongSignals,
        Self::RedFlags,
        Self::Rubric,
    ];

    /// The heading as the documentation spells it.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::CandidateHandout => "Candidate handout",
            Self::WhyAskThis => "Why ask this",
            Self::ReferenceAnswer => "Reference answer",
            Self::FollowUps => "Follow-ups",
            Self::StrongSignals => "Strong signals",
            Self::RedFlags => "Red flags",
            Self::Rubric => "Rubric",
        }
    }

    /// The part that a heading names; case, spaces and punctuation do not matter.
    #[must_use]
    pub fn from_heading(heading: &str) -> Option<Self> {
        // As the documentation spells it, which is nearly always.
        let exact = Self::ALL.into_iter().find(|part| part.heading() == heading);
        exact.or_else(|| {
            Self::ALL
                .into_iter()
                .find(|part| letters(part.heading()).eq(letters(heading)))
        })
    }

    /// The part, other than the handout, whose name a heading holds among other words
    /// (`Reference answer (short)`).
    #[must_use]
    pub fn named_in(heading: &str) -> Option<Self> {
        let heading: String = letters(heading).collect();
        Self::ALL
            .into_iter()
            .filter(|part| *part != Self::CandidateHandout)
            .find(|part| heading.contains(&letters(part.heading()).collect::<String>()))
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// The parts of a question's Markdown, as byte ranges of the file.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Everything after the front matter.
    pub span: Span,
    /// Everything before the first heading, without white space at its ends.
    pub prompt: Span,
    /// The headed sections, in the order of the file.
    pub sections: Vec<Section>,
    /// The items of the follow-ups section.
    pub follow_ups: Vec<FollowUp>,
    /// The entries of the rubric.
    pub anchors: Vec<Anchor>,
    /// Entries of the rubric that name a score but count for nothing.
    pub strays: Vec<Stray>,
    /// What is not plain text, in the order of the file.
    pub marks: Vec<Mark>,
    /// The first line of a code block that is never closed and swallows headings.
    pub unclosed: Option<Span>,
}

impl Body {
    /// The contents of one part; more than one where its heading is repeated.
    pub fn part(&self, part: Part) -> impl Iterator<Item = &Section> + Clone {
        self.sections
            .iter()
            .filter(move |section| section.part == Some(part))
    }
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its meaning; `None` for a heading that the format does not know.
    pub part: Option<Part>,
    /// The text of the heading.
    pub title: Span,
    /// What stands below it, without white space at its ends.
    pub content: Span,
}

/// A further question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The question itself.
    pub question: Span,
    /// What to listen for, and anything else nested below it.
    pub listens_for: Vec<Span>,
}

/// What an answer at a given score looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The score, 1 to 5.
    pub score: Spanned<u8>,
    /// The description.
    pub text: Span,
}

/// An entry of a rubric that names a score but counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The score as it is written.
    pub score: Span,
    /// Why it does not count.
    pub why: StrayReason,
}

/// Why an entry of a rubric counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrayReason {
    /// The scale has no such score.
    OffScale,
    /// It is the first row of a table, which holds the names of the columns.
    Header,
}

impl Question {
    /// The unique id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.text.id
    }

    /// Whether it may be picked.
    #[must_use]
    pub fn can_be_picked(&self) -> bool {
        self.is_active() && self.has_fit_id()
    }

    /// Whether a screen and a scorecard can name it: its id is one.
    #[must_use]
    pub fn has_fit_id(&self) -> bool {
        is_id(self.id())
    }

    /// Whether it is in use.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.matter.status == Status::Active
    }

    /// `sha256:` and 64 hexadecimal digits over the file's bytes, with line ends as LF and without
    /// a byte order mark, so that a checkout on Windows gives the same hash.
    /// For a file that has neither, `sha256sum FILE` prints the same digits.
    #[must_use]
    pub fn content_hash(&self) -> String {
        content_hash(self.text.source.text())
    }
}

/// See [`Question::content_hash`].
#[must_use]
pub fn content_hash(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut hasher = Sha256::new();
    for piece in text.split_inclusive("\r\n") {
        match piece.strip_suffix("\r\n") {
            Some(line) => {
                hasher.update(line);
                hasher.update("\n");
            }
            None => hasher.update(piece),
        }
    }
    format!("sha256:{}", hexadecimal(&hasher.finalize()))
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_sha256sum_and_ignores_line_ends() {
        // printf 'a\nb\n' | sha256sum
        let expected = "sha256:911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2";
        assert_eq!(content_hash("a\nb\n"), expected);
        assert_eq!(content_hash("a\r\nb\r\n"), expected);
        assert_eq!(content_hash("\u{feff}a\nb\n"), expected);
        assert_ne!(content_hash("a\nb"), expected);
    }

    #[test]
    fn headings_are_recognised_whatever_their_punctuation() {
        assert_eq!(Part::from_heading("Follow-ups"), Some(Part::FollowUps));
        assert_eq!(Part::from_heading("follow ups:"), Some(Part::FollowUps));
        assert_eq!(Part::from_heading("RED FLAGS"), Some(Part::RedFlags));
        assert_eq!(Part::from_heading("Notes"), None);
    }
}
