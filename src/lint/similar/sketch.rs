//! What a question asks, as a small set of stems.

use crate::lint::similar::lexicon::{Entry, Intents, LEXICON, Sides, StandsFor, stem_of};
use crate::lint::similar::tokens::{Token, Tokens, fold, mix};

/// So many tokens of a title, a prompt and its material are read: what comes later does not change what is asked.
const LONGEST: usize = 600;

/// In a prompt of so few stems numbers are what it is about (status 401), not details.
const SHORT: usize = 12;

/// How many stems in a row are a shingle: so many that two questions which share one share a sentence.
const ROW: usize = 4;

/// How many shingles a question keeps.
const SHINGLES: usize = 4;

/// How many words of its material a question keeps.
const MATERIAL: usize = 8;

/// A stem in a question: a hash, whether it says little, and whether the title has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stem(u32);

const IN_TITLE: u32 = 1;
const LITTLE: u32 = 2;

impl Stem {
    fn new(hash: u32, little: bool, title: bool) -> Self {
        Self(hash & !(IN_TITLE | LITTLE) | if little { LITTLE } else { 0 } | u32::from(title))
    }

    /// The stem, wherever in the question it is.
    pub(super) fn identity(self) -> u32 {
        self.0 >> 1
    }

    /// Where to count it.
    pub(super) fn slot(self) -> usize {
        (self.0 >> 2) as usize
    }

    /// Whether it stands in questions about anything.
    pub(super) fn says_little(self) -> bool {
        self.0 & LITTLE != 0
    }

    /// Whether the title has it.
    pub(super) fn in_title(self) -> bool {
        self.0 & IN_TITLE != 0
    }
}

/// What a question asks.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Sketch {
    /// The stems of title and prompt, each once, in order.
    stems: Box<[Stem]>,
    /// The smallest hashes of [`ROW`] stems in a row.
    shingles: Smallest<SHINGLES>,
    /// The smallest hashes of the words of its material.
    material: Smallest<MATERIAL>,
    intents: Intents,
    sides: Sides,
    /// A bit for every number; two numbers can have the same.
    numbers: u64,
    /// Tells the prompts that are the same word for word.
    exact: u64,
}

impl Sketch {
    /// The stems, each once, in order.
    pub(super) fn stems(&self) -> &[Stem] {
        &self.stems
    }

    /// Hashes of which two prompts that differ in a few words share some.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u32> {
        self.shingles.iter()
    }

    /// The same for prompts that are the same word for word, with the same material.
    pub(super) fn exact(&self) -> u64 {
        self.exact
    }

    /// Whether two questions about the same things want something else.
    pub(super) fn conflicts(&self, other: &Self) -> bool {
        let disjoint = |a: u64, b: u64| a != 0 && b != 0 && a & b == 0;
        let short = self.stems.len().max(other.stems.len()) <= SHORT;
        disjoint(self.intents.into(), other.intents.into())
            || self.sides.oppose(other.sides)
            || short && disjoint(self.numbers, other.numbers)
            || self.material.differs(&other.material)
    }
}

/// The smallest of many numbers, each once; 0 stands for none.
#[derive(Clone, Copy, Debug)]
struct Smallest<const COUNT: usize>([u32; COUNT]);

impl<const COUNT: usize> Default for Smallest<COUNT> {
    fn default() -> Self {
        Self([0; COUNT])
    }
}

impl<const COUNT: usize> Smallest<COUNT> {
    fn add(&mut self, number: u32) {
        let mut number = number.max(1);
        if self
            .0
            .last()
            .is_some_and(|last| *last != 0 && *last <= number)
        {
            return;
        }
        for kept in &mut self.0 {
            if *kept == number {
                return;
            }
            if *kept == 0 || number < *kept {
                std::mem::swap(kept, &mut number);
            }
            if number == 0 {
                return;
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied().filter(|number| *number != 0)
    }

    /// Whether there are numbers on both sides, and fewer than half are shared.
    fn differs(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.iter().count(), other.iter().count());
        let shared = self
            .iter()
            .filter(|number| other.0.contains(number))
            .count();
        mine > 0 && theirs > 0 && shared * 2 < mine.max(theirs)
    }
}

/// A word that was read before, and what it means.
#[derive(Clone, Copy)]
struct Known {
    word: u64,
    stem: u32,
    entry: Entry,
}

/// Words that are remembered: more than a bank uses often.
const REMEMBERED: usize = 2048;

/// Makes sketches. It remembers words, since looking one up is many times faster than taking its endings off.
pub(in crate::lint) struct Sketcher {
    known: Box<[Option<Known>]>,
    stems: Vec<Stem>,
}

impl Sketcher {
    /// One that has read nothing.
    pub(in crate::lint) fn new() -> Self {
        Self {
            known: vec![None; REMEMBERED].into(),
            stems: Vec::new(),
        }
    }

    /// The sketch of a question; its material is code and handouts, of which only matters whether they are the same.
    pub(in crate::lint) fn sketch<'t>(
        &mut self,
        title: &str,
        prompt: impl Iterator<Item = &'t str>,
        material: impl Iterator<Item = &'t str>,
    ) -> Sketch {
        self.stems.clear();
        let mut sketch = Sketch {
            stems: Box::default(),
            shingles: Smallest::default(),
            material: Smallest::default(),
            intents: 0,
            sides: Sides::default(),
            numbers: 0,
            exact: 0,
        };
        for token in Tokens::of(title).take(LONGEST) {
            self.read(token, true, &mut sketch);
        }
        sketch.exact = 0;
        let in_title = self.stems.len();
        let mut left = LONGEST;
        for text in prompt {
            for token in Tokens::of(text).take(left) {
                self.read(token, false, &mut sketch);
                left -= 1;
            }
        }
        for row in self.stems.get(in_title..).unwrap_or_default().windows(ROW) {
            let hash = row
                .iter()
                .fold(0, |hash, stem| mix(hash, stem.identity().into()));
            sketch.shingles.add(fold(hash));
        }
        let mut left = LONGEST;
        for text in material {
            for token in Tokens::of(text).take(left) {
                let piece = piece(token);
                sketch.exact = mix(sketch.exact, piece);
                sketch.material.add(fold(piece));
                left -= 1;
            }
        }
        // Of a stem in title and prompt, the one that says so is kept.
        self.stems.sort_unstable_by_key(|stem| stem.0 ^ IN_TITLE);
        self.stems.dedup_by_key(|stem| stem.identity());
        sketch.stems = self.stems.as_slice().into();
        sketch
    }

    #[inline]
    fn read(&mut self, token: Token<'_>, title: bool, sketch: &mut Sketch) {
        sketch.exact = mix(sketch.exact, piece(token));
        match token {
            Token::Word(text, word) => {
                let Known { stem, entry, .. } = self.meaning(text, word);
                sketch.intents |= entry.intents;
                sketch.sides = sketch.sides.and(entry.sides);
                match entry.stands_for {
                    StandsFor::Nothing => {}
                    StandsFor::Little => self.stems.push(Stem::new(stem, true, title)),
                    StandsFor::Itself => self.stems.push(Stem::new(stem, false, title)),
                    StandsFor::Phrase(phrase) => {
                        let stems = LEXICON.stems_of(phrase).iter();
                        self.stems.extend(stems.filter_map(|&stem| {
                            match LEXICON.get(stem).stands_for {
                                StandsFor::Nothing => None,
                                StandsFor::Little => Some(Stem::new(stem, true, title)),
                                StandsFor::Itself | StandsFor::Phrase(_) => {
                                    Some(Stem::new(stem, false, title))
                                }
                            }
                        }));
                    }
                }
            }
            Token::Number(number) => sketch.numbers |= 1 << (fold(number) % 64),
            Token::Sign(_) => {}
        }
    }

    fn meaning(&mut self, text: &[u8], word: u64) -> Known {
        let place = fold(word) as usize % REMEMBERED;
        if let Some(Some(known)) = self.known.get(place)
            && known.word == word
        {
            return *known;
        }
        let stem = stem_of(text);
        let known = Known {
            word,
            stem,
            entry: LEXICON.get(stem),
        };
        if let Some(place) = self.known.get_mut(place) {
            *place = Some(known);
        }
        known
    }
}

fn piece(token: Token<'_>) -> u64 {
    match token {
        Token::Word(_, hash) | Token::Number(hash) => hash,
        Token::Sign(sign) => u64::from(sign),
    }
}
