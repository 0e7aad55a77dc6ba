//! Whether two questions ask the same.

use std::cmp::Ordering;

use crate::lint::similar::sketch::{Sketch, Stem};
use crate::lint::similar::weights::{BIT, Weights};

/// What two questions have in common, in bits of information.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::lint) struct Overlap {
    /// What the stems say that both have.
    pub shared: u32,
    /// What the stems say that only one of them has.
    pub only: [u32; 2],
    /// What the shared stems say beyond what stems say that every fourth question has.
    pub surprise: u32,
    /// What speaks for chance: common stems that only one of them has.
    pub doubt: u32,
    /// How many stems both have that say something.
    pub telling: u32,
    /// How many stems one title shares with the other question, and that the title has at all.
    pub titles: [(u32, u32); 2],
}

impl Overlap {
    pub(in crate::lint) fn of(a: &Sketch, b: &Sketch, weights: &Weights) -> Self {
        let mut overlap = Self::default();
        let (mut left, mut right) = (a.stems(), b.stems());
        loop {
            let order = match (left.first(), right.first()) {
                (Some(a), Some(b)) => a.identity().cmp(&b.identity()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return overlap,
            };
            let first = take(&mut left, order != Ordering::Greater);
            let second = take(&mut right, order != Ordering::Less);
            overlap.add(first, second, weights);
        }
    }

    /// What both say of all that either says.
    pub(super) fn percent(self) -> u32 {
        percent(self.shared, self.shared + self.only[0] + self.only[1])
    }

    /// Three ways of being twins: nearly all is shared; all of what little is said is shared; or so much of the shorter
    /// one, and of what a title names, is found in the other that chance is ruled out. The limits were set on the
    /// tuning half of `tests/data/near-duplicate-pairs.txt`.
    fn is_twin(self, weights: &Weights) -> bool {
        let single_out = weights.of_one_question();
        let surprise = self.surprise.saturating_sub(self.doubt);
        let certainty = percent(surprise, single_out);
        if self.percent() >= 80 && self.shared >= single_out {
            return true;
        }
        let contained = percent(self.shared, self.shared + self.only[0].min(self.only[1]));
        let [mine, theirs] = self.titles.map(|(shared, title)| percent(shared, title));
        if self.telling < 2 {
            return self.telling == 1 && self.percent() >= 90 && certainty >= 45;
        }
        let named = mine.max(theirs) + mine.min(theirs) / 4;
        certainty >= 75
            && (self.percent() >= 45 || contained + named + certainty.min(200) / 2 >= 225)
    }

    fn add(&mut self, a: Option<Stem>, b: Option<Stem>, weights: &Weights) {
        let Some(stem) = a.or(b) else { return };
        let bits = weights.of(stem);
        match (a, b) {
            (Some(_), Some(_)) => {
                self.shared += bits;
                self.surprise += bits.saturating_sub(2 * BIT);
                self.telling += u32::from(!stem.says_little());
            }
            (Some(_), None) => self.only[0] += bits,
            _ => self.only[1] += bits,
        }
        if a.is_none() || b.is_none() {
            self.doubt += weights.of_lack(stem);
        }
        for (stem, title) in [a, b].iter().zip(&mut self.titles) {
            if stem.is_some_and(Stem::in_title) {
                title.1 += bits;
                title.0 += if a.is_some() && b.is_some() { bits } else { 0 };
            }
        }
    }
}

/// How much two questions resemble each other, in percent; `None` where they do not ask the same.
pub(in crate::lint) fn resemblance(a: &Sketch, b: &Sketch, weights: &Weights) -> Option<u32> {
    let overlap = Overlap::of(a, b, weights);
    (overlap.is_twin(weights) && !a.conflicts(b)).then(|| overlap.percent())
}

fn take(stems: &mut &[Stem], wanted: bool) -> Option<Stem> {
    if !wanted {
        return None;
    }
    let (first, rest) = stems.split_first()?;
    *stems = rest;
    Some(*first)
}

fn percent(part: u32, whole: u32) -> u32 {
    u32::try_from(u64::from(part) * 100 / u64::from(whole).max(1)).unwrap_or(100)
}
