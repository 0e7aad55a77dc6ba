//! Words that presume or favor a kind of person, and better ones.

mod terms;

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};

use crate::model::source::Span;

pub(in crate::lint) use self::terms::CUES;
use self::terms::TERMS;

/// A wording and what to write instead.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Term {
    /// A regular expression for its forms; a blank is any white space.
    pattern: &'static str,
    /// What is wrong with it: follows the word.
    pub(in crate::lint) why: &'static str,
    /// What to write: a hint.
    pub(in crate::lint) better: &'static str,
    /// The word that replaces it wherever it stands.
    pub(in crate::lint) word: Option<&'static str>,
}

static ALL: LazyLock<Regex> = LazyLock::new(|| {
    let pieces: Vec<String> = TERMS
        .iter()
        .map(|term| format!("({})", term.pattern.replace(' ', r"\s+")))
        .collect();
    // A word boundary does not stand before a parenthesis.
    compiled(
        &format!(r"(?:\b|^|[^\w])(?:{})(?:\b|$)", pieces.join("|")),
        true,
    )
});

static PRONOUN: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]ers?|[Hh]im|[Hh]imself|[Hh]erself)\b",
        false,
    )
});

/// What [`pronouns`] finds.
pub(in crate::lint) const PRONOUNS: [&str; 8] = [
    "he\\b", "she\\b", "his\\b", "her\\b", "hers", "him\\b", "himself", "herself",
];

/// The terms in a text.
pub(in crate::lint) fn terms(text: &str) -> Vec<(Span, &'static Term)> {
    let bytes = text.as_bytes();
    let captures = ALL.captures_iter(bytes);
    let found = captures.filter_map(|captures| {
        let mut groups = captures.iter().skip(1).enumerate();
        let (index, words) = groups.find_map(|(index, group)| group.map(|group| (index, group)))?;
        let span = Span::new(words.start(), words.end());
        let around = (text.get(..span.start)?, text.get(span.end..)?);
        (!is_name(around.0, around.1)).then_some((span, TERMS.get(index)?))
    });
    found.collect()
}

/// The words in a text that give a person a gender.
pub(in crate::lint) fn pronouns(text: &str) -> Vec<Span> {
    let found = PRONOUN
        .find_iter(text.as_bytes())
        .map(|word| Span::new(word.start(), word.end()));
    let apart = |span: &Span| {
        let (before, after) = (text.get(..span.start), text.get(span.end..));
        before
            .zip(after)
            .is_some_and(|(before, after)| !is_name(before, after))
    };
    found
        .filter(apart)
        .filter(|span| !is_of_another(text, *span))
        .collect()
}

/// Whether somebody else than the candidate comes before a pronoun in its item: a name, or a person
/// by a role.
fn is_of_another(text: &str, pronoun: Span) -> bool {
    const OTHERS: [&str; 26] = [
        "admin",
        "attacker",
        "author",
        "boss",
        "caller",
        "client",
        "colleague",
        "customer",
        "developer",
        "engineer",
        "father",
        "friend",
        "interviewer",
        "lead",
        "man",
        "manager",
        "mother",
        "owner",
        "peer",
        "person",
        "reviewer",
        "someone",
        "tester",
        "user",
        "woman",
        "writer",
    ];
    let before = text.get(..pronoun.start).unwrap_or_default();
    let item = before.rsplit("\n- ").next().unwrap_or(before);
    let mut words = item
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    // A capital begins the item itself, or a sentence.
    let mut begins = true;
    words.any(|word| {
        let capital = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let name = capital && !begins;
        let at = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        begins = text
            .get(at..)
            .is_some_and(|rest| rest.starts_with(['.', '!', '?', ':']));
        let role = word.strip_suffix('s').unwrap_or(word);
        name || OTHERS.iter().any(|other| role.eq_ignore_ascii_case(other))
    })
}

/// The word that replaces a pronoun without a change to the words around it.
pub(in crate::lint) fn neutral(pronoun: &str) -> Option<&'static str> {
    Some(match pronoun {
        "his" => "their",
        "His" => "Their",
        "him" => "them",
        "himself" | "herself" => "themselves",
        _ => return None,
    })
}

/// Whether what stands around a word makes it a part of a name, an address or a quotation.
fn is_name(before: &str, after: &str) -> bool {
    // What a cache server calls an error.
    const MEDITATION: &str = " meditation";
    let marks = ['_', '/', '=', '#', '@', '"', '“', '‘', '\\', '-'];
    let known = ["Mythical ", "mythical ", "Ninja "];
    before.ends_with(marks)
        || after.starts_with(['_', '/', '=', '@', '"', '”', '’', '('])
        || after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphanumeric()))
        || before.ends_with('.')
        || known.iter().any(|known| before.ends_with(known))
        || after
            .get(..MEDITATION.len())
            .is_some_and(|next| next.eq_ignore_ascii_case(MEDITATION))
}

#[allow(
    clippy::expect_used,
    reason = "the patterns are constants, and a test compiles them"
)]
fn compiled(pattern: &str, any_case: bool) -> Regex {
    let mut builder = RegexBuilder::new(pattern);
    builder.unicode(false).case_insensitive(any_case);
    builder.build().expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        terms(text)
            .into_iter()
            .map(|(span, _)| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn wordings_that_presume() {
        for (text, expected) in [
            ("How would you guys do it?", "guys"),
            ("It took 30 man-hours.", "man-hours"),
            ("Ask what he or she would do", "he or she"),
            ("Ask what (s)he would do", "(s)he"),
            ("and his/her team", "his/her"),
            ("Native English is a must", "Native English"),
            ("a native speaker", "native speaker"),
            ("a native German speaker", "native German speaker"),
            ("a matter of culture fit", "culture fit"),
            ("a young and dynamic team", "young and dynamic"),
            ("for recent graduates", "recent graduates"),
            ("explain it to your grandmother", "your grandmother"),
            ("Put it on the whitelist.", "whitelist"),
            ("blacklisted hosts", "blacklisted"),
            ("Master/slave replication", "Master/slave"),
            ("the slaves lag", "slaves"),
            ("a coding ninja", "coding ninja"),
            ("an SQL wizard", "SQL wizard"),
            ("the team's guru", "guru"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn wordings_that_do_not() {
        for text in [
            "a native module, native code, a native query",
            "the master branch and its replicas",
            "a setup wizard in four steps; a lizard",
            "The Mythical Man-Month",
            "built with Ninja and CMake",
            "Varnish says Guru Meditation",
            "a man-in-the-middle attack",
            "young objects and the young generation",
            "the `ip_whitelist` table, or \"whitelist\" as it is called, at /blacklist/v1",
            "she, he, they: pronouns",
            "graduate from a monolith, the culture of reviews",
            "half an hour, an order or he",
            "a rock-solid star schema",
            "user.whitelist.add",
        ] {
            let outside = text.replace('`', "_");
            assert!(found(&outside).is_empty(), "{text}: {:?}", found(&outside));
        }
    }

    #[test]
    fn pronouns_of_people() {
        let text = "He says his plan to her, and she helps here: the history of HE.";
        let words: Vec<&str> = pronouns(text)
            .into_iter()
            .map(|span| &text[span.start..span.end])
            .collect();
        assert_eq!(words, ["He", "his", "her", "she"]);
    }
}
