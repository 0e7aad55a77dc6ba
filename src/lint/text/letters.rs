//! The words of a text by their first letters, found many bytes at a time.

use wide::u8x16;

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Beginning {
    /// Where it begins.
    pub(in crate::lint) at: usize,
    /// See [`key`].
    pub(in crate::lint) key: u32,
    /// See [`letters`]; what follows a shorter word is in it as well.
    pub(in crate::lint) letters: u64,
}

/// Up to eight bytes as a number, the first one lowest, letters in lower case.
pub(in crate::lint) fn letters(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight) | SMALL,
        None => bytes
            .iter()
            .rev()
            .fold(0, |all, byte| all << 8 | u64::from(*byte | 0x20)),
    }
}

/// Makes small letters of capitals.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Up to four letters as a number, the same for capitals: one byte each, the first letter lowest.
pub(in crate::lint) const fn key(letters: &[u8]) -> u32 {
    let mut key = 0;
    let mut index = 0;
    while index < letters.len() && index < 4 {
        key |= ((letters[index] | 0x20) as u32) << (8 * index);
        index += 1;
    }
    key
}

/// Finds where words begin: every run of ASCII letters and digits. What is not ASCII stands between words.
pub(in crate::lint) fn beginnings(text: &str) -> impl Iterator<Item = Beginning> {
    let bytes = text.as_bytes();
    Runs::of(bytes, letters_and_digits).map(|Run { at, bits }| {
        let letters = letters(bytes.get(at..).unwrap_or(&[]));
        let kept = KEPT[usize::from(bits & 0b1111)];
        let [a, b, c, d, ..] = letters.to_le_bytes();
        Beginning {
            at,
            key: u32::from_le_bytes([a, b, c, d]) & kept,
            letters,
        }
    })
}

/// Finds where runs of bytes other than blanks and control characters begin.
pub(in crate::lint) fn after_blanks(text: &str) -> impl Iterator<Item = usize> {
    Runs::of(text.as_bytes(), all_but_blanks).map(|run| run.at)
}

/// Whether all bytes are printable ASCII, tabs or line feeds.
pub(in crate::lint) fn is_plain(text: &str) -> bool {
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    let mut last = [b' '; BLOCK];
    if let Some(begin) = last.get_mut(..rest.len()) {
        begin.copy_from_slice(rest);
    }
    blocks.iter().chain([&last]).all(|block| {
        let (pieces, _) = block.as_chunks::<16>();
        let plain = pieces.iter().fold(u8x16::MAX, |plain, piece| {
            let bytes = u8x16::from(*piece);
            plain & (within(bytes, b' ', b'~') | within(bytes, b'\t', b'\n'))
        });
        plain.all()
    })
}

/// Where a run begins, and a bit for each of eight bytes from there on: whether it belongs to a run.
struct Run {
    at: usize,
    bits: u8,
}

/// The runs of bytes that `is_in` chooses: it sets the bits of those of a block.
struct Runs<'t, F> {
    bytes: &'t [u8],
    is_in: F,
    /// Where the block that is looked at begins.
    block: usize,
    /// A bit for each byte of the block and of the next one: whether it belongs to a run.
    this: u64,
    next: u64,
    /// A bit for each byte of the block with which a run begins that was not given yet.
    left: u64,
}

const BLOCK: usize = 64;

impl<'t, F: Fn(&[u8; BLOCK]) -> u64> Runs<'t, F> {
    fn of(bytes: &'t [u8], is_in: F) -> Self {
        let this = mask_at(bytes, 0, &is_in);
        let next = mask_at(bytes, BLOCK, &is_in);
        Self {
            bytes,
            is_in,
            block: 0,
            this,
            next,
            left: this & !(this << 1),
        }
    }
}

impl<F: Fn(&[u8; BLOCK]) -> u64> Iterator for Runs<'_, F> {
    type Item = Run;

    #[inline]
    fn next(&mut self) -> Option<Run> {
        while self.left == 0 {
            if !self.go_on() {
                return None;
            }
        }
        let offset = self.left.trailing_zeros();
        self.left &= self.left - 1;
        Some(self.run(offset))
    }

    /// As the one by calling `next`, which would look up after every run where it was.
    #[inline]
    fn fold<A, G: FnMut(A, Run) -> A>(mut self, init: A, mut add: G) -> A {
        let mut all = init;
        loop {
            let mut left = self.left;
            while left != 0 {
                all = add(all, self.run(left.trailing_zeros()));
                left &= left - 1;
            }
            if !self.go_on() {
                return all;
            }
        }
    }
}

impl<F: Fn(&[u8; BLOCK]) -> u64> Runs<'_, F> {
    /// Turns to the next block; false if there is none.
    #[inline]
    fn go_on(&mut self) -> bool {
        self.block += BLOCK;
        if self.block >= self.bytes.len() {
            return false;
        }
        let carried = self.this >> (BLOCK - 1);
        self.this = self.next;
        self.next = mask_at(self.bytes, self.block + BLOCK, &self.is_in);
        self.left = self.this & !(self.this << 1 | carried);
        true
    }

    /// The run that begins so far into the block.
    #[inline]
    fn run(&self, offset: u32) -> Run {
        let from_next = (self.next << 1) << (u64::BITS - 1 - offset);
        Run {
            at: self.block + offset as usize,
            bits: ((self.this >> offset | from_next) & 0xff) as u8,
        }
    }
}

/// The bytes of four that belong to a run of letters, by a bit for each: those before the first zero.
const KEPT: [u32; 16] = {
    let mut kept = [0; 16];
    let mut bits: u32 = 1;
    while bits < 16 {
        kept[bits as usize] = match bits.trailing_ones() {
            0 => 0,
            length => u32::MAX >> (32 - 8 * length),
        };
        bits += 1;
    }
    kept
};

/// A bit for each of the [`BLOCK`] bytes from `start` on, as far as there are any.
#[inline]
fn mask_at(bytes: &[u8], start: usize, is_in: &impl Fn(&[u8; BLOCK]) -> u64) -> u64 {
    let rest = bytes.get(start..).unwrap_or(&[]);
    if let Some(block) = rest.first_chunk() {
        return is_in(block);
    }
    let mut block = [0; BLOCK];
    if let Some(begin) = block.get_mut(..rest.len()) {
        begin.copy_from_slice(rest);
    }
    is_in(&block)
}

fn letters_and_digits(block: &[u8; BLOCK]) -> u64 {
    each(block, |bytes| {
        let small = bytes | u8x16::splat(0x20);
        within(small, b'a', b'z') | within(bytes, b'0', b'9')
    })
}

fn all_but_blanks(block: &[u8; BLOCK]) -> u64 {
    each(block, |bytes| within(bytes, b' ' + 1, u8::MAX))
}

fn within(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    (bytes - u8x16::splat(first)).simd_le(u8x16::splat(last - first))
}

#[inline]
fn each(block: &[u8; BLOCK], is_in: impl Fn(u8x16) -> u8x16) -> u64 {
    let (pieces, _) = block.as_chunks::<16>();
    let masks = pieces
        .iter()
        .map(|piece| is_in(u8x16::from(*piece)).to_bitmask());
    let masks = masks.enumerate();
    masks.fold(0, |all, (index, bits)| {
        all | u64::from(bits) << (16 * index)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plainly(text: &str) -> Vec<(usize, u32)> {
        let bytes = text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let begins = |at: &usize| is_word(*at) && (*at == 0 || !is_word(*at - 1));
        let beginning = |at: usize| {
            let letters = bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric());
            let letters: Vec<u8> = letters.copied().collect();
            (at, key(&letters))
        };
        (0..bytes.len()).filter(begins).map(beginning).collect()
    }

    #[test]
    fn every_byte_is_in_or_not() {
        for byte in 0..=u8::MAX {
            let mut block = [b' '; BLOCK];
            let places = [0, 7, 8, 31, 63];
            for place in places {
                block[place] = byte;
            }
            let bits = places.iter().fold(0_u64, |all, place| all | 1 << place);
            let expected = |is_in: bool| if is_in { bits } else { 0 };
            let word = expected(byte.is_ascii_alphanumeric());
            assert_eq!(letters_and_digits(&block), word, "{byte:x}");
            let shown = expected(byte > b' ');
            assert_eq!(all_but_blanks(&block), shown, "{byte:x}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_that_a_plain_search_finds(text in "([ a-zA-Z09_@`\\[{…é\n-]|[a-z]{1,9} ){0,300}") {
            let found: Vec<_> = beginnings(&text).map(|found| (found.at, found.key)).collect();
            prop_assert_eq!(found, plainly(&text));
            for Beginning { at, letters, .. } in beginnings(&text) {
                let eight: Vec<u8> = text.bytes().skip(at).take(8).map(|byte| byte | 0x20).collect();
                prop_assert_eq!(&letters.to_le_bytes()[..eight.len()], eight.as_slice());
            }
            // The one way to go through them and the other.
            let mut looped = Vec::new();
            for found in beginnings(&text) {
                looped.push(found);
            }
            let mut folded = Vec::new();
            beginnings(&text).for_each(|found| folded.push(found));
            prop_assert_eq!(looped, folded);
        }

        #[test]
        fn plain_is_what_every_byte_says(before in "[ -~\t\n]{0,150}", odd in "[\\x00-\\x1f\\x7f\u{80}-\u{ff}x]?", after in "[ -~]{0,80}") {
            let text = [before, odd, after].concat();
            let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n');
            prop_assert_eq!(is_plain(&text), text.bytes().all(plain));
        }
    }
}
