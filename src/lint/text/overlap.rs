//! Whether two texts can have a long run of words in common: by the bytes that follow the beginnings of
//! words, in a small part of the time that reading their words takes.

use crate::lint::text::letters::after_blanks;

/// Bytes that are compared as one.
const WINDOW: usize = 24;

/// Of the second text, every so manieth word is looked at.
const STEP: usize = 3;

/// The most windows of the first text; one with more is not looked at but taken to share a run.
const MOST: usize = 400;

/// The windows of one text.
pub(in crate::lint) struct Overlap {
    /// A part of each window's hash, in the place that another part of it names; 0 for none.
    tags: [u32; Self::PLACES],
    windows: usize,
}

impl Overlap {
    const PLACES: usize = 1024;

    /// No text yet.
    pub(in crate::lint) fn new() -> Self {
        Self {
            tags: [0; Self::PLACES],
            windows: 0,
        }
    }

    /// Adds a text.
    pub(in crate::lint) fn add(&mut self, text: &str) {
        for window in windows(text).take(MOST + 1) {
            let (place, tag) = hash(window);
            self.tags[place] = tag;
            self.windows += 1;
        }
    }

    /// Whether a text may have a run of eight words or more that one of the added texts has, too. Case
    /// and line ends do not matter; what stands between words does.
    pub(in crate::lint) fn may_have(&self, text: &str) -> bool {
        if self.windows > MOST {
            return true;
        }
        self.windows > 0
            && windows(text).step_by(STEP).any(|window| {
                let (place, tag) = hash(window);
                self.tags[place] == tag
            })
    }
}

/// The bytes from the beginning of each word on, where there are enough.
fn windows(text: &str) -> impl Iterator<Item = &[u8; WINDOW]> {
    let bytes = text.as_bytes();
    after_blanks(text).filter_map(move |start| bytes.get(start..)?.first_chunk())
}

/// A place and a tag. Bits that tell capitals from small letters, and blanks from line ends, are left out.
fn hash(window: &[u8; WINDOW]) -> (usize, u32) {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    const SMALL: u64 = 0x2020_2020_2020_2020;
    const EVEN: u64 = 0xf5f5_f5f5_f5f5_f5f5;
    let (words, _) = window.as_chunks::<8>();
    let hash = words.iter().fold(0, |hash: u64, word| {
        let letters = (u64::from_le_bytes(*word) | SMALL) & EVEN;
        (hash.rotate_left(23) ^ letters).wrapping_mul(FACTOR)
    });
    let place = (hash >> 54) as usize;
    let tag = u32::try_from((hash >> 16) & 0xffff_ffff).unwrap_or(u32::MAX);
    (place, tag.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(one: &str, other: &str) -> bool {
        let mut overlap = Overlap::new();
        overlap.add(one);
        overlap.may_have(other)
    }

    #[test]
    fn a_run_of_eight_words_is_seen_wherever_it_stands() {
        let run = "a writer holds the lock while it waits for us";
        for before in 0..9 {
            let one = format!("{}{run}\nand so on", "one ".repeat(before));
            for after in 0..9 {
                let other = run.replacen(' ', "\n", after).to_uppercase();
                let other = format!("{}{other}.", "other ".repeat(after));
                assert!(share(&one, &other), "{before} {after}");
            }
        }
    }

    #[test]
    fn other_texts_are_passed_over() {
        let one = "Two services book seats of one train, and sometimes a seat is sold twice.";
        let other = "A unique constraint in the database settles it; the loser is told at once.";
        assert!(!share(one, other));
        assert!(!share("", other));
        assert!(!share(one, "short"));
        assert!(
            share(&one.repeat(100), other),
            "a long text is left to the thorough search"
        );
    }
}
