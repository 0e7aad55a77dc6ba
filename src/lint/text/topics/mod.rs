//! Questions about a person that an interviewer must not ask, by topic.

mod life;
mod origin;
#[cfg(test)]
mod technical;
#[cfg(test)]
mod tests;

use std::sync::{LazyLock, OnceLock};

use memchr::memchr3_iter;
use regex::bytes::{Regex, RegexBuilder};

use crate::lint::text::first_look::{Concern, FirstLook, is_cue};
use crate::model::source::Span;

/// A topic that an interviewer must not raise, and how it is asked about.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Topic {
    /// What it is called, as in "this asks about the candidate's age".
    pub(in crate::lint) name: &'static str,
    /// Why it must not be asked about.
    pub(in crate::lint) why: &'static str,
    /// What may be asked instead.
    pub(in crate::lint) instead: &'static str,
    /// Beginnings of words without one of which no pattern matches, as [`is_cue`] takes them.
    cues: &'static [&'static str],
    /// Regular expressions in the notation of [`expanded`].
    patterns: &'static [&'static str],
}

/// Beginnings of words without one of which [`topics`] finds nothing.
pub(in crate::lint) fn cues() -> impl Iterator<Item = &'static str> {
    all().flat_map(|topic| topic.cues).copied()
}

/// The topics that `text` asks the reader about, each with the words that do, in no order.
pub(in crate::lint) fn topics(text: &str) -> Vec<(Span, &'static Topic)> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    // `U.S. citizen` goes on after its stops, `deploys.` does not.
    let ends = memchr3_iter(b'?', b'!', b'.', bytes).filter(|&end| {
        let before = end.checked_sub(1).and_then(|before| bytes.get(before));
        bytes.get(end) != Some(&b'.') || before.is_some_and(u8::is_ascii_lowercase)
    });
    for end in ends.map(|end| end + 1).chain([text.len()]) {
        let offset = start;
        let Some(sentence) = text.get(start..end) else {
            continue;
        };
        start = end;
        if addresses(sentence) {
            let topics = topics_of(sentence).into_iter();
            found.extend(topics.map(|(words, topic)| (words.shifted(offset), topic)));
        }
    }
    found
}

/// Whether a sentence may speak to the candidate: the patterns of a topic take a while to compile, and most
/// sentences with a cue speak of machines.
fn addresses(sentence: &str) -> bool {
    const WORDS: [&str; 10] = [
        "you",
        "You",
        "YOU",
        "kids",
        "Kids",
        "religious",
        "too old",
        "too young",
        "other, how",
        "ather, how",
    ];
    WORDS.iter().any(|word| sentence.contains(word))
}

fn topics_of(sentence: &str) -> Vec<(Span, &'static Topic)> {
    let bytes = sentence.as_bytes();
    let look = FirstLook::at(sentence);
    let mut found = Vec::new();
    if !look.any(Concern::Topic) {
        return found;
    }
    for (topic, pattern) in PATTERNS.iter() {
        let mut cues = topic.cues.iter();
        let stands = |cue: &&str| {
            let mut places = look.places(Concern::Topic);
            places.any(|at| is_cue(sentence, at, cue))
        };
        if !cues.any(stands) {
            continue;
        }
        let pattern = pattern.get_or_init(|| compiled(&expanded(topic.patterns)));
        for captures in pattern.captures_iter(bytes) {
            // Each alternative has one group: the words to point at.
            if let Some(words) = captures.iter().skip(1).flatten().next() {
                found.push((Span::new(words.start(), words.end()), *topic));
            }
        }
    }
    found
}

fn all() -> impl Iterator<Item = &'static Topic> {
    life::TOPICS.iter().chain(origin::TOPICS)
}

/// The topics; the patterns of one take a while to compile, and most banks need none.
static PATTERNS: LazyLock<Vec<(&'static Topic, OnceLock<Regex>)>> =
    LazyLock::new(|| all().map(|topic| (topic, OnceLock::new())).collect());

/// White space between words, line ends and emphasis included; the last two bytes are a no-break space.
const BLANK: &str = r"(?:[\s*_\\]|\xC2\xA0|<br ?/?>)+";
/// The end of a question or of a clause, so that `Are you married?` is told from `are you single-threaded`.
const END: &str = r#"[*_]*(?:\s*$|\s*(?:[?.!,;)"]|”)|\s*(?:—|–)\s|\s+(?:and|or|if|now|today|yet|already|currently|exactly|actually|at\s+home|at\s+the\s+moment|right\s+now)\b)"#;

/// One expression of all patterns. In a pattern, a blank is any white space; `<end>` at its end wants the
/// question to end there; `<is>`, `<are>`, `<have>` and `<tell>` are ways to begin a question; `<n>` stands for up
/// to n words.
fn expanded(patterns: &[&str]) -> String {
    let pieces: Vec<String> = patterns
        .iter()
        .map(|pattern| {
            let (core, after) = match pattern.strip_suffix("<end>") {
                Some(core) => (core, END),
                None => (*pattern, r"\b"),
            };
            let mut core = format!("({core}){after}");
            for (word, meaning) in WORDS {
                core = core.replace(word, meaning);
            }
            core.replace(' ', BLANK)
        })
        .collect();
    format!(r"\b(?:{})", pieces.join("|"))
}

const WORDS: &[(&str, &str)] = &[
    ("<is>", "what(?:(?:'|’)?s| is| was| are| were)"),
    (
        "<tell>",
        "(?:what(?:(?:'|’)?s| is| was)|(?:tell|give) (?:me|us)(?: about)?|(?:please )?(?:state|share|mention|disclose)|(?:may|can|could) (?:i|we) (?:ask|know)(?: for)?|mind (?:sharing|telling (?:me|us)))",
    ),
    (
        "<are>",
        "(?:are you|aren(?:'|’)?t you|you are|you(?:'|’)re)",
    ),
    (
        "<have>",
        "(?:do you (?:already |currently |still )?have|have you got|whether you have|(?:tell|telling) (?:me|us) if you have)",
    ),
    ("<1>", r"(?:(?:[\w'-]|’)+ )?"),
    ("<2>", r"(?:(?:[\w'-]|’)+ ){0,2}"),
    ("<4>", r"(?:(?:[\w'-]|’)+ ){0,4}"),
    (
        "<kin>",
        "(?:husband|wife|spouse|boyfriend|girlfriend|partner|fianc(?:e|é)e?|significant other)",
    ),
    (
        "<kids>",
        "(?:kids?|child(?:ren)?|bab(?:y|ies)|sons?|daughters?|toddlers?|little ones?)",
    ),
    (
        "<land>",
        "(?:this country|the (?:us|usa|uk|states|country|eu)|america|britain|england|germany|canada|france|europe)",
    ),
    (
        "<tongue>",
        "(?:english|german|french|spanish|italian|polish|portuguese|dutch|russian|chinese|japanese)",
    ),
];

#[allow(
    clippy::expect_used,
    reason = "the patterns are constants, and a test compiles them"
)]
fn compiled(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .unicode(false)
        .case_insensitive(true)
        .size_limit(64 << 20)
        .build()
        .expect("a valid pattern")
}
