//! Runs of words that two texts have in common, found in one pass over each.

use crate::model::source::Span;

/// The words of a run that is looked for.
pub(in crate::lint) const RUN: usize = 8;

/// A run of at least [`RUN`] words that stands in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Copied {
    /// Where it stands in the text that was given first.
    pub(in crate::lint) here: Span,
    /// Where its first words stand in the other.
    pub(in crate::lint) there: Span,
}

/// A text by its runs of [`RUN`] words.
#[derive(Debug)]
pub(in crate::lint) struct Runs<'t> {
    text: &'t str,
    /// The words, and whether each goes on from the one before it.
    words: Vec<Span>,
    /// The index of each run's first word, by the hash of the run; sorted when first needed.
    by_hash: Vec<(u64, u32)>,
    sorted: bool,
    /// One bit for each run, so that nearly every run of another text is passed over at once.
    filter: Box<[u64; FILTER]>,
}

const FILTER: usize = 512;

impl<'t> Runs<'t> {
    /// No runs yet, of a file with this text.
    pub(in crate::lint) fn new(text: &'t str) -> Self {
        Self {
            text,
            words: Vec::new(),
            by_hash: Vec::new(),
            sorted: false,
            filter: Box::new([0; FILTER]),
        }
    }

    /// Adds the runs of a piece of the file; none goes on from one piece to the next.
    pub(in crate::lint) fn add(&mut self, piece: Span) {
        let mut window = Window::default();
        for (span, hash) in words(self.text, piece) {
            self.words.push(span);
            if let Some(run) = window.push(span, hash)
                && let Ok(first) = u32::try_from(self.words.len() - RUN)
            {
                self.by_hash.push((run, first));
                let (slot, bit) = place(run);
                if let Some(slot) = self.filter.get_mut(slot) {
                    *slot |= bit;
                }
            }
        }
        self.sorted = false;
    }

    /// Whether there is any run.
    pub(in crate::lint) fn is_empty(&self) -> bool {
        self.by_hash.is_empty()
    }

    /// The longest runs that the pieces of the other text have, too.
    pub(in crate::lint) fn copied(
        &mut self,
        other: &str,
        pieces: impl Iterator<Item = Span>,
    ) -> Vec<Copied> {
        let mut found: Vec<(u32, Span)> = Vec::new();
        for piece in pieces {
            let mut window = Window::default();
            for (span, hash) in words(other, piece) {
                let Some(run) = window.push(span, hash) else {
                    continue;
                };
                let (slot, bit) = place(run);
                if self.filter.get(slot).is_none_or(|slot| slot & bit == 0) {
                    continue;
                }
                let spans = window.words();
                if let Some(first) = self.find(run, other, spans) {
                    found.push((first, *spans.first().unwrap_or(&span)));
                }
            }
        }
        self.merged(found)
    }

    /// The first word of the run with these words.
    fn find(&mut self, run: u64, other: &str, spans: [Span; RUN]) -> Option<u32> {
        if !self.sorted {
            self.by_hash.sort_unstable();
            self.sorted = true;
        }
        let index = self.by_hash.partition_point(|(hash, _)| *hash < run);
        let (hash, first) = *self.by_hash.get(index)?;
        let here = self.words.get(first as usize..)?;
        let same = hash == run
            && here.iter().zip(spans).all(|(here, there)| {
                let here = word(self.text, *here);
                let there = word(other, there);
                here.eq(there)
            });
        same.then_some(first)
    }

    fn merged(&self, mut found: Vec<(u32, Span)>) -> Vec<Copied> {
        found.sort_unstable();
        let mut runs: Vec<Copied> = Vec::new();
        let mut last_word = 0;
        for (first, there) in found {
            let first = first as usize;
            let last = first + RUN - 1;
            let (Some(start), Some(end)) = (self.words.get(first), self.words.get(last)) else {
                continue;
            };
            match runs.last_mut() {
                Some(run) if first <= last_word => run.here = run.here.to(*end),
                _ => runs.push(Copied {
                    here: start.to(*end),
                    there,
                }),
            }
            last_word = last;
        }
        runs
    }
}

/// Which bit of the filter stands for a hash.
fn place(hash: u64) -> (usize, u64) {
    let bits = hash >> 49;
    ((bits >> 6) as usize, 1 << (bits & 63))
}

/// The last [`RUN`] words and the hash over them.
#[derive(Default)]
struct Window {
    hashes: [u64; RUN],
    spans: [Span; RUN],
    seen: usize,
    hash: u64,
}

impl Window {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    /// What a word's hash has been multiplied with once it leaves the window.
    const LEAVING: u64 = {
        let mut power: u64 = 1;
        let mut index = 0;
        while index < RUN {
            power = power.wrapping_mul(Self::FACTOR);
            index += 1;
        }
        power
    };

    /// The hash of the run that ends with this word, once there are enough.
    fn push(&mut self, span: Span, hash: u64) -> Option<u64> {
        let slot = self.seen % RUN;
        let oldest = std::mem::replace(self.hashes.get_mut(slot)?, hash);
        *self.spans.get_mut(slot)? = span;
        self.hash = self
            .hash
            .wrapping_mul(Self::FACTOR)
            .wrapping_add(hash)
            .wrapping_sub(oldest.wrapping_mul(Self::LEAVING));
        self.seen += 1;
        (self.seen >= RUN).then_some(self.hash)
    }

    /// The words of the run that ended last.
    fn words(&self) -> [Span; RUN] {
        let mut spans = self.spans;
        spans.rotate_left(self.seen % RUN);
        spans
    }
}

/// A word's letters as they are compared.
fn word(text: &str, span: Span) -> impl Iterator<Item = u8> + '_ {
    let bytes = text.as_bytes().get(span.start..span.end).unwrap_or(&[]);
    bytes.iter().map(|byte| letter(*byte))
}

/// A byte in lower case; 0 where it ends a word.
fn letter(byte: u8) -> u8 {
    LETTERS.get(usize::from(byte)).copied().unwrap_or(0)
}

/// ASCII letters and digits in lower case, and all bytes of other characters.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte: u8 = 0;
    loop {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    letters
};

/// The words of a piece, letters and digits of any alphabet, with their hashes.
fn words(text: &str, piece: Span) -> impl Iterator<Item = (Span, u64)> + '_ {
    let bytes = text.as_bytes().get(..piece.end).unwrap_or(&[]);
    let mut at = piece.start;
    // General punctuation (dashes, quotation marks, the ellipsis) takes three bytes and is no letter.
    let is_punctuation = move |at: usize| bytes.get(at..at + 2) == Some(&[0xe2, 0x80]);
    std::iter::from_fn(move || {
        let mut next = letter(*bytes.get(at)?);
        while next == 0 || next == 0xe2 && is_punctuation(at) {
            at += if next == 0 { 1 } else { 3 };
            next = letter(*bytes.get(at)?);
        }
        let start = at;
        let mut hash: u64 = 0;
        while next != 0 && !(next == 0xe2 && is_punctuation(at)) {
            hash = hash.rotate_left(7) ^ u64::from(next);
            at += 1;
            next = bytes.get(at).map_or(0, |byte| letter(*byte));
        }
        Some((Span::new(start, at), hash.wrapping_mul(Window::FACTOR)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
        let mut runs = Runs::new(text);
        runs.add(Span::new(0, text.len()));
        let all = std::iter::once(Span::new(0, other.len()));
        let found = runs.copied(other, all);
        found
            .iter()
            .filter_map(|run| text.get(run.here.start..run.here.end))
            .collect()
    }

    #[test]
    fn long_runs_are_found_whole() {
        let text = "Before that: one two three — four **five** six, Seven\neight nine ten. After.";
        let other = "x one two three four five six seven eight nine ten y";
        assert_eq!(
            copied(text, other),
            ["one two three — four **five** six, Seven\neight nine ten"]
        );
    }

    #[test]
    fn short_runs_and_other_orders_are_not() {
        let text = "one two three four five six seven, and more";
        assert!(copied(text, "one two three four five six seven eight").is_empty());
        assert!(copied(text, "two one three four five six seven and").is_empty());
        assert!(copied("", "one two").is_empty());
    }

    #[test]
    fn the_place_in_the_other_text_is_that_of_the_first_words() {
        let text = "a b c d e f g h";
        let mut runs = Runs::new(text);
        runs.add(Span::new(0, text.len()));
        let other = "zz a b c d e f g h";
        let found = runs.copied(other, std::iter::once(Span::new(0, other.len())));
        assert_eq!(found.first().map(|run| run.there), Some(Span::new(3, 4)));
    }

    #[test]
    fn long_texts_take_a_moment_only() {
        let text = "word ".repeat(50_000);
        assert_eq!(copied(&text, &text).len(), 1);
    }
}
