//! Takes English endings off words, so that `caching`, `caches` and `cached` are one word.

/// The longest word that is told apart from longer ones, in bytes.
const LONGEST: usize = 32;

/// A lower-case word of at most [`LONGEST`] bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    letters: [u8; LONGEST],
    length: usize,
}

impl Word {
    /// The letters of a word, in lower case and without its apostrophes; what is too long is cut off.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut word = Self {
            letters: [0; LONGEST],
            length: 0,
        };
        let mut rest = text;
        while let [first, after @ ..] = rest {
            rest = after;
            match first {
                b'\'' => {}
                0xE2 => rest = after.get(2..).unwrap_or_default(),
                letter => word.push(letter.to_ascii_lowercase()),
            }
        }
        word
    }

    fn push(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = letter;
            self.length += 1;
        }
    }

    /// The letters.
    pub(super) fn bytes(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// Takes the endings off: the plural, `-ing`, `-ed`, and what makes nouns of verbs and adjectives. The
    /// result is no word of English, only the same for most forms of one word.
    pub(super) fn stem(&mut self) {
        self.plural();
        self.verb();
        self.noun();
        if self.length > 3 && self.ends_with("e") {
            self.length -= 1;
        }
        if self.length > 5 && self.ends_with("is") {
            self.set_last(b'z');
        }
        if self.length > 3 && self.ends_with("y") {
            self.set_last(b'i');
        }
    }

    fn plural(&mut self) {
        if self.length < 4 || !self.ends_with("s") {
            return;
        }
        if self.length > 4 && self.ends_with("ies") {
            self.replace("ies", "y");
        } else if ["sses", "xes", "ches", "shes", "zes"]
            .iter()
            .any(|end| self.ends_with(end))
        {
            self.length -= 2;
        } else if !["ss", "us", "is"].iter().any(|end| self.ends_with(end)) {
            self.length -= 1;
        }
    }

    fn noun(&mut self) {
        let endings = [
            ("ability", "able", 3),
            ("ibility", "ible", 3),
            ("ency", "ent", 4),
            ("ence", "ent", 4),
            ("ancy", "ant", 4),
            ("ance", "ant", 4),
            ("ity", "", 5),
            ("ment", "", 5),
            ("ness", "", 4),
            ("ly", "", 4),
            ("mentation", "", 5),
            ("ization", "iz", 3),
            ("isation", "iz", 3),
            ("sion", "s", 3),
            ("tion", "t", 3),
            ("er", "", 5),
        ];
        // The last letter rules nearly every word out.
        if !matches!(
            self.bytes().last(),
            Some(b'y' | b'e' | b't' | b's' | b'n' | b'r')
        ) {
            return;
        }
        for (ending, instead, rest) in endings {
            if self.length >= ending.len() + rest && self.ends_with(ending) {
                self.replace(ending, instead);
                self.undouble();
                return;
            }
        }
    }

    fn verb(&mut self) {
        let ending = if self.ends_with("ing") {
            3
        } else if self.ends_with("ed") {
            2
        } else {
            return;
        };
        let rest = self.length - ending;
        let root = self.letters.get(..rest).unwrap_or_default();
        if rest >= 3 && root.iter().any(|letter| b"aeiouy".contains(letter)) {
            self.length = rest;
            self.undouble();
        }
    }

    /// `planning` is of `plan`; `calling` is of `call`.
    fn undouble(&mut self) {
        if let [.., before, last] = self.bytes()
            && before == last
            && !b"aeioulsz".contains(last)
            && self.length > 3
        {
            self.length -= 1;
        }
    }

    fn ends_with(&self, ending: &str) -> bool {
        self.bytes().ends_with(ending.as_bytes())
    }

    fn replace(&mut self, ending: &str, instead: &str) {
        self.length -= ending.len();
        for letter in instead.bytes() {
            self.push(letter);
        }
    }

    fn set_last(&mut self, letter: u8) {
        if let Some(place) = self
            .length
            .checked_sub(1)
            .and_then(|last| self.letters.get_mut(last))
        {
            *place = letter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(text: &str) -> String {
        let mut word = Word::of(text.as_bytes());
        word.stem();
        String::from_utf8_lossy(word.bytes()).into_owned()
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let families = [
            "cache caches cached caching",
            "query queries querying",
            "migrate migration migrations migrating migrated",
            "immutable immutability",
            "idempotent idempotency idempotence",
            "schedule scheduler scheduling scheduled",
            "plan plans planning planner",
            "deploy deployment deployments deployed",
            "normalise normalize normalization normalisation",
            "process processes processing processed",
            "call calls calling called",
            "index indexes indexing",
        ];
        for family in families {
            let stems: Vec<String> = family.split(' ').map(stem).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [
            ("thread", "threat"),
            ("class", "clash"),
            ("string", "str"),
            ("read", "ready"),
            ("status", "state"),
        ] {
            assert_ne!(stem(a), stem(b));
        }
    }

    #[test]
    fn no_word_is_too_short_or_too_long() {
        for word in [
            "",
            "s",
            "es",
            "ing",
            "ed",
            "ies",
            "e",
            "er",
            "ly",
            "ss",
            "ring",
            "bed",
            &"ing".repeat(40),
            "größe",
        ] {
            let _ = stem(word);
        }
        assert_eq!(stem("ring"), "ring");
        assert_eq!(stem("css"), "css");
    }
}
