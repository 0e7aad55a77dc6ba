//! A first look at all words of a file at once, so that the rules that search for hundreds of wordings pass
//! over nearly every file, and are quick with the others.

use std::sync::LazyLock;

use crate::lint::text::letters::{Beginning, beginnings, key, letters};
use crate::lint::text::{bias, placeholder, topics};

/// What a word may be the beginning of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Concern {
    /// A wording that presumes or favors a kind of person.
    Bias = 1,
    /// A word that gives a person a gender.
    Pronoun = 2,
    /// A placeholder that has letters.
    Placeholder = 4,
    /// A question about a protected topic.
    Topic = 8,
}

/// The words of a text that may concern somebody: of each the place, and the [`Concern`]s as bits.
#[derive(Clone, Debug, Default)]
pub(in crate::lint) struct FirstLook {
    places: Vec<(usize, u8)>,
}

impl FirstLook {
    /// Looks at all words of a text.
    pub(in crate::lint) fn at(text: &str) -> Self {
        let table = &*TABLE;
        let bits = &*table.bits;
        let mut places = Vec::new();
        beginnings(text).for_each(|Beginning { at, key, letters }| {
            let (word, bit) = Table::place(key);
            if bits[word] & bit != 0 {
                let concerns = table.concerns(text, at, key, letters);
                if concerns != 0 {
                    places.push((at, concerns));
                }
            }
        });
        Self { places }
    }

    /// Where words begin that may concern somebody, in order.
    pub(in crate::lint) fn places(&self, concern: Concern) -> impl Iterator<Item = usize> {
        let places = self.places.iter();
        places.filter_map(move |(at, concerns)| (concerns & concern as u8 != 0).then_some(*at))
    }

    /// Whether any word may concern somebody.
    pub(in crate::lint) fn any(&self, concern: Concern) -> bool {
        self.places(concern).next().is_some()
    }
}

/// Whether a cue stands in `text` around `at`, where its first letter is. Capitals do not matter. A blank in the cue
/// is white space of any sort, emphasis, or hyphens; a `\b` at its end says that the word ends there; signs before
/// its first letter stand before `at`.
pub(in crate::lint) fn is_cue(text: &str, at: usize, cue: &str) -> bool {
    let signs = cue.bytes().take_while(|byte| !byte.is_ascii_alphanumeric());
    let Some(start) = at.checked_sub(signs.count()) else {
        return false;
    };
    let (cue, ends) = match cue.strip_suffix("\\b") {
        Some(cue) => (cue, true),
        None => (cue, false),
    };
    let mut bytes = text.as_bytes().get(start..).unwrap_or(&[]);
    for byte in cue.bytes() {
        if byte == b' ' {
            let blanks = blanks(bytes);
            if blanks == 0 {
                return false;
            }
            bytes = bytes.get(blanks..).unwrap_or(&[]);
        } else {
            match bytes {
                [first, rest @ ..] if first.eq_ignore_ascii_case(&byte) => bytes = rest,
                _ => return false,
            }
        }
    }
    let goes_on = |next: &u8| next.is_ascii_alphanumeric() || *next == b'_';
    !ends || !bytes.first().is_some_and(goes_on)
}

/// The length of what stands between two words: white space, no-break spaces and line breaks among it, emphasis,
/// hyphens.
fn blanks(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        let rest = bytes.get(length..).unwrap_or(&[]);
        length += match rest {
            [first, ..] if first.is_ascii_whitespace() || b"-*_\\".contains(first) => 1,
            [0xc2, 0xa0, ..] => 2,
            [b'<', b'b' | b'B', b'r' | b'R', b'>', ..] => 4,
            [b'<', b'b' | b'B', b'r' | b'R', b'/', b'>', ..] => 5,
            [b'<', b'b' | b'B', b'r' | b'R', b' ', b'/', b'>', ..] => 6,
            _ => return length,
        };
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// A cue under one of its keys.
#[derive(Clone, Copy)]
struct Entry {
    key: u32,
    /// The letters that the cue's first word begins with, eight at most.
    letters: u64,
    /// Which bytes of a text are compared with them.
    kept: u64,
    /// How many letters the first word has, and the letter that the next one begins with, if there is one.
    second: Option<(usize, u8)>,
    cue: &'static str,
    concern: Concern,
}

impl Entry {
    /// Whether the second word can be what stands in a text, where the first one has been found: as nearly always,
    /// one blank is between them.
    fn goes_on(&self, text: &[u8]) -> bool {
        let Some((length, letter)) = self.second else {
            return true;
        };
        match text.get(length..) {
            Some([b' ', next, ..]) if next.is_ascii_alphanumeric() => {
                next.eq_ignore_ascii_case(&letter)
            }
            _ => true,
        }
    }
}

/// All cues by their keys.
struct Table {
    /// One bit for the hash of every key: small enough to stay at hand.
    bits: Box<[u64; Self::BITS / 64]>,
    /// By key.
    entries: Vec<Entry>,
    /// By the hash of a key, which of the entries is the first with it, or with one that has the same hash.
    firsts: Vec<u16>,
}

impl Table {
    const BITS: usize = 1 << 16;
    const FIRSTS: u32 = 12;
    const NONE: u16 = u16::MAX;

    fn new() -> Self {
        let cues = bias::CUES.iter().map(|cue| (*cue, Concern::Bias));
        let cues = cues.chain(bias::PRONOUNS.map(|cue| (cue, Concern::Pronoun)));
        let cues = cues.chain(placeholder::CUES.map(|cue| (cue, Concern::Placeholder)));
        let cues = cues.chain(topics::cues().map(|cue| (cue, Concern::Topic)));
        let of_cue = |(cue, concern)| {
            let first = first_word(cue);
            let shown = [0xff].repeat(first.len());
            let second = cue.split_once(' ').and_then(|(first, rest)| {
                let letter = rest.bytes().next().filter(u8::is_ascii_alphanumeric)?;
                let plain = first.bytes().all(|byte| byte.is_ascii_alphanumeric());
                plain.then_some((first.len(), letter))
            });
            let entry = move |key| Entry {
                key,
                letters: letters(first),
                kept: letters(&shown),
                second,
                cue,
                concern,
            };
            keys(cue).into_iter().map(entry)
        };
        let mut entries: Vec<Entry> = cues.flat_map(of_cue).collect();
        entries.sort_by_key(|entry| (Self::first(entry.key), entry.key));
        let mut bits = Box::new([0; Self::BITS / 64]);
        let mut firsts = vec![Self::NONE; 1 << Self::FIRSTS];
        for (index, entry) in entries.iter().enumerate() {
            let (word, bit) = Self::place(entry.key);
            bits[word] |= bit;
            let first = &mut firsts[Self::first(entry.key)];
            *first = (*first).min(u16::try_from(index).unwrap_or(Self::NONE));
        }
        Self {
            bits,
            entries,
            firsts,
        }
    }

    fn hash(key: u32) -> u32 {
        key.wrapping_mul(0x9e37_79b1)
    }

    fn first(key: u32) -> usize {
        (Self::hash(key) >> (32 - Self::FIRSTS)) as usize
    }

    fn place(key: u32) -> (usize, u64) {
        let hash = Self::hash(key) >> 16;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Whom a word concerns that has the hash of a cue's key. A function of its own, for one word of ten: what it needs
    /// would be in the way of looking at the others.
    #[inline(never)]
    fn concerns(&self, text: &str, at: usize, key: u32, letters: u64) -> u8 {
        let rest = text.as_bytes().get(at..).unwrap_or(&[]);
        let begun = self
            .entries(key)
            .filter(|entry| letters & entry.kept == entry.letters)
            .filter(|entry| entry.goes_on(rest));
        let meant = begun.filter(|entry| is_cue(text, at, entry.cue));
        meant.fold(0, |all, entry| all | entry.concern as u8)
    }

    /// The cues with a key.
    fn entries(&self, key: u32) -> impl Iterator<Item = &Entry> {
        let hash = Self::first(key);
        let first = self
            .firsts
            .get(hash)
            .copied()
            .map_or(usize::MAX, usize::from);
        let entries = self.entries.get(first..).unwrap_or(&[]).iter();
        entries
            .take_while(move |entry| Self::first(entry.key) == hash)
            .filter(move |entry| entry.key == key)
    }
}

/// The keys of the words that a cue can begin with. After three letters or fewer it goes on in any way, unless the
/// cue says that the word ends there: with a blank, a sign, or `\b`.
fn keys(cue: &str) -> Vec<u32> {
    let word = first_word(cue);
    let signs = cue.bytes().take_while(|byte| !byte.is_ascii_alphanumeric());
    let goes_on = signs.count() + word.len() == cue.len();
    let mut keys = vec![key(word)];
    if goes_on && word.len() < 4 {
        let next = (b'a'..=b'z').chain(b'0'..=b'9');
        keys.extend(next.map(|next| key(&[word, &[next]].concat())));
    }
    keys
}

/// The first letters of a cue.
fn first_word(cue: &str) -> &[u8] {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    let mut pieces = cue.as_bytes().split(|byte| !is_letter(byte));
    pieces.find(|piece| !piece.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_found_by_their_keys() {
        for entry in &TABLE.entries {
            assert_ne!(entry.key, 0, "{}", entry.cue);
            let (word, bit) = Table::place(entry.key);
            assert!(TABLE.bits[word] & bit != 0, "{}", entry.cue);
            let mut found = TABLE.entries(entry.key);
            assert!(found.any(|found| found.cue == entry.cue), "{}", entry.cue);
        }
        assert!(TABLE.entries(key(b"zzz")).next().is_none());
        for entry in &TABLE.entries {
            let text = format!("x {} x", entry.cue.trim_end_matches("\\b"));
            assert!(FirstLook::at(&text).any(entry.concern), "{text}");
        }
    }

    #[test]
    fn short_words_are_told_from_longer_ones() {
        let concerns = |text: &str| {
            let look = FirstLook::at(text);
            look.places(Concern::Pronoun).collect::<Vec<_>>()
        };
        assert_eq!(
            concerns("The hero: (he) hears *Her* herd, HIS"),
            [11, 22, 33]
        );
    }

    #[test]
    fn whatever_stands_between_two_words() {
        for text in [
            "a native English",
            "a native  English",
            "a native\n  English",
            "a native **English**",
        ] {
            assert!(FirstLook::at(text).any(Concern::Bias), "{text}");
        }
        for text in ["a native engine", "a native, English", "a nativeenglish"] {
            assert!(!FirstLook::at(text).any(Concern::Bias), "{text}");
        }
    }

    #[test]
    fn cues_are_whole() {
        for (text, at, cue, found) in [
            ("A rock\n  star", 2, "rock star", true),
            ("a Rock-Star", 2, "rock star", true),
            ("a rockstar", 2, "rock star", false),
            ("a rock", 2, "rock star", false),
            ("<insert x>", 1, "<insert ", true),
            ("insert x", 0, "<insert ", false),
            ("[insert x]", 1, "<insert ", false),
        ] {
            assert_eq!(is_cue(text, at, cue), found, "{text} {cue}");
        }
    }
}
