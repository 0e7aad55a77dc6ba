//! A first look at all words of a file at once, so that the rules that search for hundreds of wordings pass
//! over nearly every file, and are quick with the others.

use std::sync::LazyLock;

use crate::lint::text::letters::{Beginning, beginnings, key};
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
        for Beginning { at, key } in beginnings(text) {
            let (word, bit) = Table::place(key);
            if bits[word] & bit != 0 {
                let cues = table.cues(key);
                let meant = cues.filter(|(cue, concern)| match concern {
                    // Their cues are expressions; whole words are told apart by their keys.
                    Concern::Topic | Concern::Pronoun => true,
                    Concern::Bias | Concern::Placeholder => is_cue(text, at, cue),
                });
                let concerns = meant.fold(0, |all, (_, concern)| all | concern as u8);
                if concerns != 0 {
                    places.push((at, concerns));
                }
            }
        }
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

/// Whether a cue stands in `text` around `at`, where its first letter is. Capitals do not matter; a blank in the
/// cue is any white space, emphasis included, and hyphens; signs before the cue's first letter stand before `at`.
fn is_cue(text: &str, at: usize, cue: &str) -> bool {
    let signs = cue.bytes().take_while(|byte| !byte.is_ascii_alphanumeric());
    let Some(start) = at.checked_sub(signs.count()) else {
        return false;
    };
    let mut bytes = text.as_bytes().get(start..).unwrap_or(&[]);
    for byte in cue.bytes() {
        if byte == b' ' {
            let blanks = bytes.iter().take_while(|byte| is_blank(**byte)).count();
            if blanks == 0 {
                return false;
            }
            bytes = &bytes[blanks..];
        } else {
            match bytes {
                [first, rest @ ..] if first.eq_ignore_ascii_case(&byte) => bytes = rest,
                _ => return false,
            }
        }
    }
    true
}

/// White space, a no-break space byte by byte, emphasis, and hyphens.
fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'-' | b'*' | b'_' | b'\\' | 0xc2 | 0xa0)
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// A cue under one of its keys.
#[derive(Clone, Copy)]
struct Entry {
    key: u32,
    cue: &'static str,
    concern: Concern,
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
            let entry = move |key| Entry { key, cue, concern };
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

    /// The cues with a key.
    fn cues(&self, key: u32) -> impl Iterator<Item = (&'static str, Concern)> {
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
            .map(|entry| (entry.cue, entry.concern))
    }
}

/// The keys of the words that a cue can begin with. After three letters or fewer it goes on in any way, unless the
/// cue says that the word ends there: with a blank, a sign, or `\b`.
fn keys(cue: &str) -> Vec<u32> {
    let cue = cue.trim_start_matches(|first: char| !first.is_ascii_alphanumeric());
    let cue = cue.as_bytes();
    let letters = cue.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    let length = letters.count();
    // In an expression, a letter that may be missing is none.
    let optional = cue.get(length) == Some(&b'?');
    let letters = cue.get(..length - usize::from(optional)).unwrap_or(&[]);
    let ends = match cue.get(length..) {
        Some([b' ' | b'/' | b'-' | b',' | b')', ..] | [b'\\', b'b', ..]) => true,
        _ => letters.len() >= 4,
    };
    let mut keys = vec![key(letters)];
    if !ends {
        let next = (b'a'..=b'z').chain(b'0'..=b'9');
        keys.extend(next.map(|next| key(&[letters, &[next]].concat())));
    }
    keys
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
            let mut found = TABLE.cues(entry.key);
            assert!(found.any(|(cue, _)| cue == entry.cue), "{}", entry.cue);
        }
        assert!(TABLE.cues(key(b"zzz")).next().is_none());
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
