//! Questions about a person that an interviewer must not ask, by topic.

mod life;
mod origin;
#[cfg(test)]
mod technical;
#[cfg(test)]
mod tests;

use std::sync::{LazyLock, OnceLock};

use memchr::memchr3_iter;
use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

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
    /// Beginnings of words without one of which no pattern matches.
    cues: &'static [&'static str],
    /// Regular expressions in the notation of [`expanded`].
    patterns: &'static [&'static str],
}

/// Whether [`topics`] can find anything in a text or in a part of it.
pub(in crate::lint) fn may_ask(text: &str) -> bool {
    /// Joins words that must stay on one line.
    const NO_BREAK: char = '\u{a0}';
    /// The most quotation marks, brackets and stars before a word.
    const MARKS: usize = 4;
    let bytes = text.as_bytes();
    if text.contains(NO_BREAK) {
        // Text from web pages; rare enough for the thorough search.
        return true;
    }
    let beginnings = &*BEGINNINGS;
    let after_blanks = memchr3_iter(b' ', b'\n', b'/', bytes).map(|blank| blank + 1);
    std::iter::once(0).chain(after_blanks).any(|start| {
        let mut word = &bytes[start..];
        for _ in 0..MARKS {
            match word {
                [first, rest @ ..] if !first.is_ascii_alphanumeric() => word = rest,
                _ => break,
            }
        }
        beginnings.begin(word) && CUE.is_match(word)
    })
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
        if addresses(sentence) && may_ask(sentence) {
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
    let mut found = Vec::new();
    for index in CUES_BY_TOPIC.matches(bytes) {
        let Some((topic, pattern)) = PATTERNS.get(index) else {
            continue;
        };
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

fn cues(topic: &Topic) -> String {
    let cues: Vec<String> = topic
        .cues
        .iter()
        .map(|cue| cue.replace(' ', BLANK))
        .collect();
    format!(r"\b(?:{})", cues.join("|"))
}

/// The cues of all topics, at the very start of a text.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    let cues: Vec<String> = all().map(cues).collect();
    compiled(&format!(r"\A(?:{})", cues.join("|")))
});

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(Beginnings::new);

/// The first letters of all cues. Nearly every text is passed over, and to look up the beginning of each of
/// its words takes less time than a search for hundreds of words at once.
struct Beginnings {
    /// By the hash of three or four letters, a bit for each.
    bits: Vec<u64>,
}

impl Beginnings {
    const BITS: usize = 1 << 16;

    fn new() -> Self {
        let mut bits = vec![0; Self::BITS / 64];
        for cue in all().flat_map(|topic| topic.cues) {
            let hash = match beginning(cue.as_bytes()) {
                [a, b, c, d, ..] => Self::hash([*a, *b, *c, *d]),
                [a, b, c] => Self::hash([*a, *b, *c, 0]),
                _ => continue,
            };
            bits[hash / 64] |= 1 << (hash % 64);
        }
        Self { bits }
    }

    /// Five bits of a letter are the same for capitals.
    fn hash(letters: [u8; 4]) -> usize {
        let add = |key: u32, letter: u8| (key << 5) | u32::from(letter & 31);
        let key = letters.into_iter().fold(0, add);
        (key.wrapping_mul(0x9e37_79b1) >> 16) as usize
    }

    fn has(&self, letters: [u8; 4]) -> bool {
        let hash = Self::hash(letters);
        self.bits[hash / 64] & (1 << (hash % 64)) != 0
    }

    /// Whether a cue may begin with these bytes.
    fn begin(&self, word: &[u8]) -> bool {
        match word {
            [a, b, c, d, ..] => self.has([*a, *b, *c, *d]) || self.has([*a, *b, *c, 0]),
            [a, b, c] => self.has([*a, *b, *c, 0]),
            _ => false,
        }
    }
}

/// The letters and hyphens that a regular expression begins with.
fn beginning(cue: &[u8]) -> &[u8] {
    let is_plain = |byte: &&u8| byte.is_ascii_alphabetic() || **byte == b'-';
    let length = cue.iter().take_while(is_plain).count();
    // A letter that may be missing is none.
    let sure = length - usize::from(cue.get(length) == Some(&b'?'));
    cue.get(..sure).unwrap_or_default()
}

#[allow(
    clippy::expect_used,
    reason = "the patterns are constants, and a test compiles them"
)]
static CUES_BY_TOPIC: LazyLock<RegexSet> = LazyLock::new(|| {
    let mut builder = RegexSetBuilder::new(all().map(cues));
    builder.unicode(false).case_insensitive(true);
    builder.build().expect("valid patterns")
});

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
