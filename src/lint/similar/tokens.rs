//! The words of a title or a prompt, for comparing: cheap, for ASCII letters without regard to case.

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'t> {
    /// Letters and digits, apostrophes between them, and whatever is not ASCII; with a hash that is the same
    /// for capital letters and for none.
    Word(&'t [u8], u64),
    /// A run of digits alone, by its hash.
    Number(u64),
    /// A sign of code such as `=`; where two questions are the same but for signs, they differ.
    Sign(u8),
}

/// The tokens of a text, comments left out.
pub(super) struct Tokens<'t> {
    rest: &'t [u8],
}

const DIGIT: u8 = 1;
const LETTER: u8 = 2;
const SIGN: u8 = 4;
/// The first byte of characters of which most are punctuation: U+0080 to U+00BF.
const LATIN: u8 = 8;
/// The first byte of dashes, quotation marks, arrows, signs: U+2000 to U+2FFF.
const SYMBOL: u8 = 16;
const APOSTROPHE: u8 = 32;
const COMMENT: u8 = 64;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            0xC2 => LATIN,
            0xE2 => SYMBOL,
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => LETTER,
            b'=' | b'>' | b'+' | b'!' | b'&' | b'|' | b'%' | b'^' | b'~' | b'$' | b'@' => SIGN,
            b'\'' => APOSTROPHE,
            b'<' => COMMENT,
            _ => 0,
        };
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

impl<'t> Tokens<'t> {
    /// The tokens of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            rest: text.as_bytes(),
        }
    }

    /// A word of at most seven ASCII letters with a blank after it, as most are, read as one number.
    #[inline]
    fn short_word(&mut self) -> Option<Token<'t>> {
        const fn all(byte: u8) -> u64 {
            byte as u64 * 0x0101_0101_0101_0101
        }
        // With seven bits each, a sum reaches the eighth where the byte is at least as large as what it is compared with.
        const A: u64 = all(0x80 - b'a');
        const AFTER_Z: u64 = all(0x80 - b'z' - 1);
        let bytes = u64::from_le_bytes(*self.rest.first_chunk()?);
        let small = bytes | all(0x20);
        let low = small & all(0x7f);
        let letter = (low + A) & !(low + AFTER_Z) & !bytes & all(0x80);
        let bits = (!letter & all(0x80)).trailing_zeros() & !7;
        let after = bytes.checked_shr(bits)? & 0xff;
        if bits == 0 || !matches!(after.to_le_bytes()[0], b' ' | b'\n' | b'.' | b',') {
            return None;
        }
        let hash = Hash::of_few(small & ((1 << bits) - 1));
        Some(Token::Word(self.skip(bits as usize / 8), hash))
    }

    fn word(&mut self) -> Token<'t> {
        if let Some(word) = self.short_word() {
            return word;
        }
        let mut hash = Hash::default();
        let mut seen = 0;
        let mut taken = 0;
        while let Some(&byte) = self.rest.get(taken) {
            let class = class(byte);
            if class & (DIGIT | LETTER) == 0 {
                match class {
                    APOSTROPHE if self.letter_at(taken + 1) => {
                        taken += 1;
                        continue;
                    }
                    SYMBOL if is_apostrophe(self.rest, taken) && self.letter_at(taken + 3) => {
                        taken += 3;
                        continue;
                    }
                    // `C++` and `C#` are other languages than `C`.
                    _ if taken == 1 && seen == LETTER && matches!(byte, b'+' | b'#') => {}
                    _ => break,
                }
            }
            seen |= class;
            // Setting this bit makes small letters of capitals, and leaves digits as they are.
            hash.add(byte | 0x20);
            taken += 1;
        }
        let hash = hash.finish();
        let text = self.skip(taken);
        if seen == DIGIT {
            Token::Number(hash)
        } else {
            Token::Word(text, hash)
        }
    }

    fn letter_at(&self, place: usize) -> bool {
        self.rest
            .get(place)
            .is_some_and(|&byte| matches!(class(byte), DIGIT | LETTER))
    }

    fn skip(&mut self, bytes: usize) -> &'t [u8] {
        let (skipped, rest) = self
            .rest
            .split_at_checked(bytes)
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        skipped
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            // Nearly always one blank stands between words.
            let blanks = self
                .rest
                .iter()
                .take_while(|byte| class(**byte) == 0)
                .count();
            self.skip(blanks);
            let &byte = self.rest.first()?;
            match class(byte) {
                DIGIT | LETTER => return Some(self.word()),
                SIGN => {
                    self.skip(1);
                    return Some(Token::Sign(byte));
                }
                COMMENT if self.rest.starts_with(b"<!--") => {
                    let end = self.rest.windows(3).position(|window| window == b"-->");
                    self.skip(end.map_or(usize::MAX, |end| end + 3));
                }
                LATIN => _ = self.skip(2),
                SYMBOL => _ = self.skip(3),
                _ => _ = self.skip(1),
            }
        }
    }
}

/// The hash of a word, eight bytes at a time.
struct Hash {
    mixed: u64,
    /// The bytes that are not in the hash, the first one lowest.
    few: u64,
    bits: u32,
}

impl Default for Hash {
    fn default() -> Self {
        Self {
            mixed: EMPTY,
            few: 0,
            bits: 0,
        }
    }
}

impl Hash {
    /// The hash of at most seven bytes.
    fn of_few(few: u64) -> u64 {
        mix(EMPTY, few)
    }

    fn add(&mut self, byte: u8) {
        self.few |= u64::from(byte) << self.bits;
        self.bits += 8;
        if self.bits == u64::BITS {
            self.mixed = mix(self.mixed, self.few);
            self.few = 0;
            self.bits = 0;
        }
    }

    fn finish(self) -> u64 {
        mix(self.mixed, self.few)
    }
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

fn is_apostrophe(bytes: &[u8], place: usize) -> bool {
    bytes.get(place..place + 3) == Some("’".as_bytes())
}

/// What the hash of no letters begins with.
pub(super) const EMPTY: u64 = 0x51ed_270b_1fc5_a8d3;

/// The hash of a sequence with one piece more, the same on every platform and in every run.
pub(super) fn mix(hash: u64, piece: u64) -> u64 {
    (hash.rotate_left(5) ^ piece).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A number of 32 bits of which all depend on all of `long`.
#[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
pub(super) fn fold(long: u64) -> u32 {
    let mixed = (long ^ (long >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32 ^ mixed as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let shown = |token: Token<'_>| match token {
            Token::Word(word, _) => String::from_utf8_lossy(word).into_owned(),
            Token::Number(_) => "0".to_owned(),
            Token::Sign(byte) => char::from(byte).to_string(),
        };
        Tokens::of(text).map(shown).collect()
    }

    #[test]
    fn words_numbers_and_signs() {
        assert_eq!(
            words("Don’t `read-only` **C++**, C# & 401?"),
            ["Don’t", "read", "only", "C+", "+", "C#", "&", "0"]
        );
        assert_eq!(
            words("IPv6 – größer … x==y"),
            ["IPv6", "größer", "x", "=", "=", "y"]
        );
    }

    #[test]
    fn neither_capitals_nor_the_form_of_an_apostrophe_matter() {
        let hash = |text| match Tokens::of(text).next() {
            Some(Token::Word(_, hash)) => hash,
            other => panic!("{other:?}"),
        };
        assert_eq!(hash("Don’t"), hash("dont"));
        assert_eq!(hash("DON'T"), hash("dont"));
        assert_ne!(hash("done"), hash("dont"));
    }

    #[test]
    fn words_are_the_same_whatever_stands_behind_them() {
        for word in ["a", "index", "indexes", "indexing", "reproducible"] {
            let hash = |text: &str| match Tokens::of(text).next() {
                Some(Token::Word(_, hash)) => hash,
                other => panic!("{other:?}"),
            };
            for text in [
                "{} and so on",
                "{}, and so",
                "{}",
                "{}\n",
                "{}) and so on",
                "{}’ and",
            ] {
                let text = text.replace("{}", word);
                assert_eq!(hash(&text), hash(word), "{text}");
                assert_eq!(hash(&text.to_uppercase()), hash(word), "{text}");
            }
        }
    }

    #[test]
    fn comments_are_left_out() {
        assert_eq!(words("a <!-- b --> c <!-- d"), ["a", "c"]);
    }

    #[test]
    fn hostile_bytes_end() {
        for text in [
            "'",
            "’",
            "a'",
            "a’",
            "\u{a0}",
            "’’’’",
            "a''b",
            "<!-",
            "🦀🦀",
            "日本語",
        ] {
            let _ = words(text);
        }
    }
}
