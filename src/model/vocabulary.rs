//! The closed word lists of the formats: difficulty, ask mode, kind, status, audience.

/// A closed list of words that files and flags may use.
pub trait Vocabulary: Copy + Eq + Sized + 'static {
    /// What the list is of, in the singular (`difficulty`).
    const WHAT: &'static str;
    /// Every value, in the order in which people list them.
    const ALL: &'static [Self];

    /// The word used in files, flags and output.
    fn name(self) -> &'static str;

    /// The value named `word`, exactly as files spell it.
    #[must_use]
    fn from_name(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == word)
    }

    /// Every word, in order.
    fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|value| value.name())
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$value_doc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $word)] $value),+
        }

        impl Vocabulary for $name {
            const WHAT: &'static str = $what;
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $word),+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.name())
            }
        }
    };
}

vocabulary! {
    /// How hard a question is.
    Difficulty, "difficulty" {
        /// A junior answers it well.
        Easy = "easy",
        /// A mid-level engineer answers it well.
        Medium = "medium",
        /// Few answer it well.
        Hard = "hard",
    }
}

vocabulary! {
    /// How deep a question is taken; each mode has its own minutes.
    AskMode, "ask mode" {
        /// The prompt alone.
        Quick = "quick",
        /// The prompt and the first follow-up.
        Standard = "standard",
        /// The prompt and all follow-ups.
        Deep = "deep",
    }
}

vocabulary! {
    /// How far a scorecard is.
    CardStatus, "status" {
        /// Its interviewer still works on it.
        Draft = "draft",
        /// Handed in: the independent scores, which stay.
        Submitted = "submitted",
        /// Handed in, and something was revised afterwards.
        Revised = "revised",
    }
}

vocabulary! {
    /// What sort of answer a question asks for.
    Kind, "kind" {
        /// How something works, and what follows.
        Technical = "technical",
        /// What the candidate did.
        Behavioral = "behavioral",
        /// What the candidate would do.
        Situational = "situational",
        /// A system from a requirement.
        Design = "design",
        /// A cause from its symptoms.
        Debugging = "debugging",
        /// Working code.
        Coding = "coding",
    }
}

vocabulary! {
    /// Whether a question may be picked.
    Status, "status" {
        /// Being written; never picked.
        Draft = "draft",
        /// In use.
        Active = "active",
        /// No longer used; kept for old screens.
        Retired = "retired",
    }
}

vocabulary! {
    /// What is rendered.
    Document, "document" {
        /// A screen with everything that the interviewer needs.
        Interviewer = "interviewer",
        /// The prompts and handouts of a screen, never an answer.
        Candidate = "candidate",
        /// All questions of a screen with boxes to tick, on one page.
        ScoringSheet = "scoring-sheet",
        /// The answers of a screen's questions.
        AnswerKey = "answer-key",
        /// The meeting after all rounds of a loop.
        Debrief = "debrief",
        /// Every question of a bank.
        Handbook = "handbook",
    }
}

vocabulary! {
    /// A size of paper.
    #[derive(Default)]
    Paper, "paper" {
        /// 210 by 297 millimetres.
        #[default]
        A4 = "a4",
        /// 8.5 by 11 inches.
        Letter = "letter",
    }
}

/// Whether `word` is kebab-case: lower-case ASCII letters and digits in groups joined by single hyphens.
#[must_use]
pub fn is_kebab_case(word: &str) -> bool {
    !word.is_empty()
        && word.split('-').all(|group| {
            !group.is_empty()
                && group
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The longest id.
pub const LONGEST_ID: usize = 100;

/// Whether `word` is an id: kebab-case, and not too long for a file's name.
#[must_use]
pub fn is_id(word: &str) -> bool {
    word.len() <= LONGEST_ID && is_kebab_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kebab_case() {
        for good in ["n-plus-one-query", "a", "sql2", "3d-model"] {
            assert!(is_kebab_case(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "größe", "a b", "../x"] {
            assert!(!is_kebab_case(bad), "{bad}");
        }
    }

    #[test]
    fn names_round_trip() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(Kind::from_name("Technical"), None);
    }
}
