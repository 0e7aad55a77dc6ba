//! How much a shared stem says: the rarer it is in the bank, the more.

use crate::lint::similar::sketch::{Sketch, Stem};

/// Fixed-point: so many make one bit. Whole numbers are the same on every platform.
pub(super) const BIT: u32 = 16;

/// A small bank is taken for a part of one that has so many questions more, so that a stem of two
/// questions out of ten is rare all the same.
const UNSEEN: u64 = 200;

/// In how many questions each stem occurs.
#[derive(Debug)]
pub(super) struct Weights {
    /// Counts by the lowest bits of a stem; two rare stems that share one seem a little less rare.
    counts: Vec<u32>,
    /// What a stem and its lack say, by the number of questions that have it; the last row also stands for more.
    bits: Vec<(u32, u32)>,
    questions: usize,
}

/// The most rows of the table: in banks with more questions the commonest stems count as if they were that common.
const ROWS: usize = 1 << 14;

impl Weights {
    /// Counts the stems of a bank.
    pub(super) fn new(sketches: &[&Sketch]) -> Self {
        let stems: usize = sketches.iter().map(|sketch| sketch.stems().len()).sum();
        let mut counts = vec![0; stems.next_power_of_two().clamp(1 << 10, 1 << 18)];
        let mask = counts.len() - 1;
        for stem in sketches.iter().flat_map(|sketch| sketch.stems()) {
            if let Some(count) = counts.get_mut(stem.slot() & mask) {
                *count += 1;
            }
        }
        let questions = sketches.len();
        let size = questions as u64 + UNSEEN;
        let row = |frequency: u64| {
            let has = logarithm(size * 16 / (frequency + 1)).saturating_sub(4 * BIT);
            let lacks = logarithm(size * 1024 / size.saturating_sub(frequency).max(1))
                .saturating_sub(10 * BIT);
            (has, lacks)
        };
        let bits = (0..=questions.min(ROWS) as u64).map(row).collect();
        Self {
            counts,
            bits,
            questions,
        }
    }

    /// In how many questions a stem occurs.
    pub(super) fn frequency(&self, stem: Stem) -> u32 {
        self.counts
            .get(stem.slot() & (self.counts.len() - 1))
            .copied()
            .unwrap_or(0)
    }

    /// What it says that a question has this stem, in bits: of how many questions, as a power of two, one has it.
    pub(super) fn of(&self, stem: Stem) -> u32 {
        let (bits, _) = self.row(stem);
        if stem.says_little() {
            bits * 2 / 5
        } else {
            bits
        }
    }

    /// What it says that a question lacks this stem, in bits: much only for stems that most have.
    pub(super) fn of_lack(&self, stem: Stem) -> u32 {
        self.row(stem).1
    }

    fn row(&self, stem: Stem) -> (u32, u32) {
        let frequency = self.frequency(stem) as usize;
        self.bits
            .get(frequency)
            .or(self.bits.last())
            .copied()
            .unwrap_or_default()
    }

    /// What it takes to single one question out, in bits.
    pub(super) fn of_one_question(&self) -> u32 {
        logarithm(self.questions() + UNSEEN)
    }

    /// How many questions there are.
    pub(super) fn questions(&self) -> u64 {
        self.questions as u64
    }
}

/// The logarithm to base two, straight between powers of two.
fn logarithm(number: u64) -> u32 {
    let Some(whole) = number.checked_ilog2() else {
        return 0;
    };
    let above = number - (1 << whole);
    let part = (u128::from(above) * u128::from(BIT)) >> whole;
    whole * BIT + u32::try_from(part).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::similar::sketch::Sketcher;

    #[test]
    fn logarithms() {
        assert_eq!(logarithm(0), 0);
        assert_eq!(logarithm(1), 0);
        assert_eq!(logarithm(2), BIT);
        assert_eq!(logarithm(3), BIT + BIT / 2);
        assert_eq!(logarithm(1024), 10 * BIT);
        assert_eq!(logarithm(u64::MAX), 63 * BIT + BIT - 1);
    }

    #[test]
    fn rare_stems_say_more() {
        let sketches: Vec<Sketch> = ["cache stampede", "cache entry", "cache size"]
            .iter()
            .map(|text| Sketcher::new().sketch(text, std::iter::empty(), std::iter::empty()))
            .collect();
        let weights = Weights::new(&sketches.iter().collect::<Vec<_>>());
        let mut of_first: Vec<u32> = sketches[0]
            .stems()
            .iter()
            .map(|stem| weights.of(*stem))
            .collect();
        of_first.sort_unstable();
        assert!(of_first[0] < of_first[1], "{of_first:?}");
    }
}
