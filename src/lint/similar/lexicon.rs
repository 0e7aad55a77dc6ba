//! What words mean to the comparison: interview speak that says nothing, words of intent, field synonyms.

use std::sync::LazyLock;

use crate::lint::similar::stem::Word;
use crate::lint::similar::tokens::{EMPTY, Token, Tokens, fold, mix};

/// What a question wants, as a set of bits: one for each line of [`INTENTS`].
pub(super) type Intents = u16;

/// Sets of bits, one for each line of [`OPPOSITES`]: those of which there is the one, and the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides(pub(super) u32, pub(super) u32);

impl Sides {
    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0, self.1 | other.1)
    }

    /// Whether one has only the one of two opposites and the other only the other.
    pub(super) fn oppose(self, other: Self) -> bool {
        let (mine, theirs) = (self.only(), other.only());
        (mine.0 & theirs.1) | (mine.1 & theirs.0) != 0
    }

    fn only(self) -> Self {
        Self(self.0 & !self.1, self.1 & !self.0)
    }
}

/// What a stem means to the comparison.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// What the question wants when it uses the word.
    pub(super) intents: Intents,
    /// Of which opposites it is the one and the other.
    pub(super) sides: Sides,
    /// What is compared instead of the word: nothing for a word that says nothing.
    pub(super) stands_for: StandsFor,
}

/// What is compared instead of a word.
#[derive(Clone, Copy, Debug)]
pub(super) enum StandsFor {
    /// Nothing.
    Nothing,
    /// The word itself, which says little.
    Little,
    /// The word itself.
    Itself,
    /// Other stems: a row of [`Lexicon::phrases`].
    Phrase(u16),
}

/// The lexicon of the field, built once.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// Words that say nothing about what is asked.
const NOTHING: &str = "\
    a about above actually advantage after again all also always an and another answer any anybody \
    anyone are as ask at away back basic be because been before being below benefit better between \
    billion both briefly but by can candidate candidates case cases choose come common compare \
    comparison con cons consider could day decide define describe did differ difference different \
    differently disadvantage discuss do does doing done dont down drawback during each either else \
    end etc even ever every everybody everyone everything example explain familiar far few fifty \
    first for from get give given go goes going gone good got had half has have having he her here \
    his hour how hundred i id idea ideas if im importance important in inside instead interview into \
    is isnt it its ive just keep kind kinds know known last later least less let like list little \
    long look lot main make makes making many may me mention might million mine minute month more \
    most much must my name need needs next no nobody none now of off often old on once one only onto \
    or other others our out outside over own part people perhaps person pick please point points \
    popular possible prefer pro pros purpose put question quite rather really say second see seem \
    shall she should show side since so some somebody someone something sometimes sort speak still \
    such sure take takes taking talk tell ten term terms than that thats the their them then there \
    these they thing things think this those though thousand three through till time times to today \
    together told too topic toward tradeoff twenty two type typical under understand understanding \
    until up upon us use used useful uses using usual usually various versus very via vs walk want \
    was way ways we week well were whats when where whether which while who whole whom whose will \
    with within wont word would wouldnt year yes yet you your youre yourself";

/// Words that say little: they stand in questions about anything. They count for a fraction.
const LITTLE: &str = "\
    app application approach apps bad behavior behaviour big build building business call change \
    code company component context create current customer data design detail developer development \
    engineer environment fast handle happen help high implement improve issue large left low machine \
    manage model new number page practice problem production program programming project real reason \
    request result right role rule run safe scenario service set simple single site slow small \
    software solution solve start step structure support system team technique test thing tool \
    update user value work world wrong";

/// What a question wants to be done, a line for each: two questions of the same things that want different deeds are
/// not twins.
const INTENTS: [&str; 9] = [
    "build implement design architect create write develop sketch",
    "debug diagnose investigate troubleshoot hunt",
    "fix prevent avoid mitigate protect solve repair defend cure",
    "test verify",
    "monitor alert observe",
    "migrate move convert split extract",
    "merge combine reunite",
    "review inspect criticize",
    "choose pick select",
];

/// Opposites: two questions of which one has only the one and the other only the other are not twins.
const OPPOSITES: [(&str, &str); 31] = [
    ("read", "write"),
    ("upload", "download"),
    ("left", "right"),
    ("inner", "outer"),
    ("push", "pull"),
    ("symmetric", "asymmetric"),
    ("horizontal", "vertical"),
    ("synchronous", "asynchronous"),
    ("sync", "async"),
    ("encrypt", "decrypt"),
    ("unit", "integration"),
    ("minimum", "maximum"),
    ("internal", "external"),
    ("add", "remove"),
    ("increase", "decrease"),
    ("sql", "nosql"),
    ("import", "export"),
    ("serialize", "deserialize"),
    ("success", "failure"),
    ("static", "dynamic"),
    ("public", "private"),
    ("frontend", "backend"),
    ("mutable", "immutable"),
    ("stateful", "stateless"),
    ("authentication", "authorization"),
    ("producer", "consumer"),
    ("normalize", "denormalize"),
    ("junior", "senior"),
    ("input", "output"),
    ("insert", "select"),
    ("stack", "queue"),
];

/// Words of one meaning, a line for each: all stand for the first.
const SAME: &str = "\
error fail failure fault
colleague coworker teammate peer
repair fix
fast quick quickly faster
conflict disagreement
thread threading multithreading
concurrent concurrency
shorten shorter short
bug defect
message event
deadline late
page webpage website
start begin
endpoint route
function procedure
delete remove erase
large big huge
";

/// Abbreviations and other names, each with what it stands for.
const PHRASES: &[(&str, &str)] = &[
    ("2pc", "two phase commit"),
    ("authn", "authentication"),
    ("authz", "authorization"),
    ("ci", "continuous integration"),
    ("cqrs", "command query responsibility segregation"),
    ("csr", "client side rendering"),
    ("csrf", "cross site request forgery"),
    ("xsrf", "cross site request forgery"),
    ("ddd", "domain driven design"),
    ("di", "dependency injection"),
    ("dlq", "dead letter queue"),
    ("db", "database"),
    ("dbms", "database"),
    ("e2e", "end to end"),
    ("gc", "garbage collection"),
    ("golang", "go"),
    ("iac", "infrastructure as code"),
    ("js", "javascript"),
    ("jwt", "json web token"),
    ("k8s", "kubernetes"),
    ("kube", "kubernetes"),
    ("mq", "message queue"),
    ("oauth2", "oauth"),
    ("oop", "object oriented programming"),
    ("postgres", "postgresql"),
    ("pr", "pull request"),
    ("rbac", "role based access control"),
    ("sse", "server sent events"),
    ("ssr", "server side rendering"),
    ("sla", "service level agreement"),
    ("slo", "service level objective"),
    ("tdd", "test driven development"),
    ("ts", "typescript"),
    ("vm", "virtual machine"),
    ("wal", "write ahead log"),
    ("websockets", "websocket"),
    ("xss", "cross site scripting"),
];

/// Whatever is known about stems.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// A table with open addressing; no stem has the hash 0.
    slots: Vec<(u32, Entry)>,
    /// The stems that abbreviations and synonyms stand for.
    phrases: Vec<Box<[u32]>>,
}

const UNKNOWN: Entry = Entry {
    intents: 0,
    sides: Sides(0, 0),
    stands_for: StandsFor::Itself,
};

/// Many more than there are words, so that searches are short.
const SLOTS: usize = 4096;

impl Lexicon {
    fn new() -> Self {
        let mut lexicon = Self {
            slots: vec![(0, UNKNOWN); SLOTS],
            phrases: Vec::new(),
        };
        for line in SAME.lines() {
            let mut stems = stems(line);
            let Some(first) = stems.next() else { continue };
            let phrase = lexicon.phrase(vec![first]);
            stems.for_each(|stem| lexicon.change(stem, |entry| entry.stands_for = phrase));
        }
        for (name, meaning) in PHRASES {
            let phrase = lexicon.phrase(stems(meaning).collect());
            stems(name).for_each(|stem| lexicon.change(stem, |entry| entry.stands_for = phrase));
        }
        for stem in stems(LITTLE) {
            lexicon.change(stem, |entry| entry.stands_for = StandsFor::Little);
        }
        for (bit, line) in INTENTS.iter().enumerate() {
            stems(line).for_each(|stem| lexicon.change(stem, |entry| entry.intents |= 1 << bit));
        }
        for (bit, (one, other)) in OPPOSITES.iter().enumerate() {
            stems(one).for_each(|stem| lexicon.change(stem, |entry| entry.sides.0 |= 1 << bit));
            stems(other).for_each(|stem| lexicon.change(stem, |entry| entry.sides.1 |= 1 << bit));
        }
        for stem in stems(NOTHING) {
            lexicon.change(stem, |entry| entry.stands_for = StandsFor::Nothing);
        }
        lexicon
    }

    /// What is known about a stem.
    pub(super) fn get(&self, stem: u32) -> Entry {
        let (found, entry) = self
            .slots
            .get(self.place(stem))
            .copied()
            .unwrap_or((0, UNKNOWN));
        if found == stem { entry } else { UNKNOWN }
    }

    /// The stems of a phrase.
    pub(super) fn stems_of(&self, phrase: u16) -> &[u32] {
        self.phrases
            .get(usize::from(phrase))
            .map_or(&[], |stems| stems)
    }

    /// Where a stem is, or where there is room for it.
    fn place(&self, stem: u32) -> usize {
        let mut place = stem as usize % SLOTS;
        while self
            .slots
            .get(place)
            .is_some_and(|(found, _)| *found != 0 && *found != stem)
        {
            place = (place + 1) % SLOTS;
        }
        place
    }

    fn change(&mut self, stem: u32, change: impl FnOnce(&mut Entry)) {
        let place = self.place(stem);
        if let Some((found, entry)) = self.slots.get_mut(place) {
            *found = stem;
            change(entry);
        }
    }

    fn phrase(&mut self, stems: Vec<u32>) -> StandsFor {
        let index = u16::try_from(self.phrases.len()).unwrap_or_default();
        self.phrases.push(stems.into_boxed_slice());
        StandsFor::Phrase(index)
    }
}

/// The hash of a word's stem; never 0.
pub(super) fn stem_of(text: &[u8]) -> u32 {
    let mut word = Word::of(text);
    word.stem();
    fold(
        word.bytes()
            .iter()
            .fold(EMPTY, |hash, &byte| mix(hash, byte.into())),
    )
    .max(1)
}

fn stems(text: &str) -> impl Iterator<Item = u32> + '_ {
    Tokens::of(text).filter_map(|token| match token {
        Token::Word(word, _) => Some(stem_of(word)),
        Token::Number(_) | Token::Sign(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(word: &str) -> Entry {
        stems(word).next().map_or(UNKNOWN, |stem| LEXICON.get(stem))
    }

    #[test]
    fn words_of_a_list_are_found_in_all_their_forms() {
        assert!(matches!(entry("explaining").stands_for, StandsFor::Nothing));
        assert!(matches!(entry("services").stands_for, StandsFor::Little));
        assert!(matches!(entry("mutex").stands_for, StandsFor::Itself));
        assert_ne!(
            entry("building").intents & entry("implementation").intents,
            0
        );
        assert!(entry("reads").sides.oppose(entry("writing").sides));
        let both = entry("reads").sides.and(entry("writes").sides);
        assert!(!both.oppose(entry("reads").sides));
        assert_eq!(entry("designing").intents & entry("testing").intents, 0);
    }

    #[test]
    fn abbreviations_stand_for_what_they_mean() {
        let StandsFor::Phrase(phrase) = entry("XSS").stands_for else {
            panic!("XSS stands for itself")
        };
        let meaning: Vec<u32> = stems("cross site scripting").collect();
        assert_eq!(LEXICON.stems_of(phrase), meaning);
    }

    #[test]
    fn there_is_room() {
        let used = LEXICON.slots.iter().filter(|(stem, _)| *stem != 0).count();
        assert!(used < SLOTS / 3, "{used}");
    }
}
