//! The words of a text by their first letters, found many bytes at a time.

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Beginning {
    /// Where it begins.
    pub(in crate::lint) at: usize,
    /// See [`key`].
    pub(in crate::lint) key: u32,
}

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
    const SMALL: u32 = 0x2020_2020;
    let bytes = text.as_bytes();
    Runs::of(bytes, letters_and_digits).map(|Run { at, bits }| {
        let letters = match bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(letters) => u32::from_le_bytes(*letters),
            None => key(bytes.get(at..).unwrap_or(&[])),
        };
        let kept = KEPT[usize::from(bits & 0b1111)];
        Beginning {
            at,
            key: (letters | SMALL) & kept,
        }
    })
}

/// Finds where runs of bytes other than blanks and control characters begin.
pub(in crate::lint) fn after_blanks(text: &str) -> impl Iterator<Item = usize> {
    Runs::of(text.as_bytes(), all_but_blanks).map(|run| run.at)
}

/// Where a run begins, and a bit for each of eight bytes from there on: whether it belongs to a run.
struct Run {
    at: usize,
    bits: u8,
}

/// The runs of bytes that `is_in` chooses: of eight bytes at a time, it sets the highest bit of each.
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

impl<'t, F: Fn(u64) -> u64> Runs<'t, F> {
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

impl<F: Fn(u64) -> u64> Iterator for Runs<'_, F> {
    type Item = Run;

    #[inline]
    fn next(&mut self) -> Option<Run> {
        while self.left == 0 {
            self.block += BLOCK;
            if self.block >= self.bytes.len() {
                return None;
            }
            let carried = self.this >> (BLOCK - 1);
            self.this = self.next;
            self.next = mask_at(self.bytes, self.block + BLOCK, &self.is_in);
            self.left = self.this & !(self.this << 1 | carried);
        }
        let offset = self.left.trailing_zeros();
        self.left &= self.left - 1;
        let both = u128::from(self.next) << BLOCK | u128::from(self.this);
        Some(Run {
            at: self.block + offset as usize,
            bits: ((both >> offset) & 0xff) as u8,
        })
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
fn mask_at(bytes: &[u8], start: usize, is_in: &impl Fn(u64) -> u64) -> u64 {
    let rest = bytes.get(start..).unwrap_or(&[]);
    if let Some(block) = rest.first_chunk() {
        return mask(block, is_in);
    }
    let mut block = [0; BLOCK];
    if let Some(begin) = block.get_mut(..rest.len()) {
        begin.copy_from_slice(rest);
    }
    mask(&block, is_in)
}

#[inline]
fn mask(block: &[u8; BLOCK], is_in: &impl Fn(u64) -> u64) -> u64 {
    /// Gathers the highest bits of all bytes in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = block.as_chunks::<8>();
    let bits = eights.iter().map(|eight| {
        let highest = is_in(u64::from_le_bytes(*eight)) & all(0x80);
        (highest >> 7).wrapping_mul(GATHER) >> 56
    });
    let masks = bits.enumerate();
    masks.fold(0, |all, (index, bits)| all | bits << (8 * index))
}

// Bytes are compared eight at a time: with seven bits each, a sum reaches the eighth where the byte is at least as
// large as what it is compared with.

const fn all(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

const fn at_least(byte: u8) -> u64 {
    all(0x80 - byte)
}

fn letters_and_digits(bytes: u64) -> u64 {
    let low = bytes & all(0x7f);
    let small = low | all(0x20);
    let letter = (small + at_least(b'a')) & !(small + at_least(b'z' + 1));
    let digit = (low + at_least(b'0')) & !(low + at_least(b'9' + 1));
    (letter | digit) & !bytes
}

fn all_but_blanks(bytes: u64) -> u64 {
    ((bytes & all(0x7f)) + at_least(b' ' + 1)) | bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plainly(text: &str) -> Vec<Beginning> {
        let bytes = text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let begins = |at: &usize| is_word(*at) && (*at == 0 || !is_word(*at - 1));
        let beginning = |at: usize| {
            let letters = bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric());
            let letters: Vec<u8> = letters.copied().collect();
            Beginning {
                at,
                key: key(&letters),
            }
        };
        (0..bytes.len()).filter(begins).map(beginning).collect()
    }

    #[test]
    fn every_byte_is_in_or_not() {
        for byte in 0..=u8::MAX {
            let block = [byte; BLOCK];
            let expected = |is_in: bool| if is_in { u64::MAX } else { 0 };
            let word = byte.is_ascii_alphanumeric();
            assert_eq!(
                mask(&block, &letters_and_digits),
                expected(word),
                "{byte:x}"
            );
            let shown = byte > b' ';
            assert_eq!(mask(&block, &all_but_blanks), expected(shown), "{byte:x}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_that_a_plain_search_finds(text in "([ a-zA-Z09_@`\\[{…é\n-]|[a-z]{1,9} ){0,300}") {
            prop_assert_eq!(beginnings(&text).collect::<Vec<_>>(), plainly(&text));
        }
    }
}
