//! Finds who may be whose twin without comparing everybody with everybody.
//!
//! Questions that share a key are compared: a stem that few questions have, a pair of stems that are rare
//! together, a shingle. A key that too many questions share says nothing, and is passed over.

use rayon::prelude::*;

use crate::lint::similar::sketch::{Sketch, Stem};
use crate::lint::similar::tokens::{fold, mix};
use crate::lint::similar::verify::resemblance;
use crate::lint::similar::weights::Weights;

/// So many of the stems of a question make keys: first those of the title, then the rarest.
const HEAD: usize = 10;

/// Two questions that ask the same, as indices; the second is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Twin {
    /// The earlier question.
    pub(in crate::lint) first: usize,
    /// The later question.
    pub(in crate::lint) second: usize,
    /// Whether the prompts are the same word for word.
    pub(in crate::lint) verbatim: bool,
}

/// A key and the index of a question that has it, in one number: sorted, the questions of a key stand together.
type Entry = u64;

fn entry(key: u64, question: u32) -> Entry {
    u64::from(fold(key)) << 32 | u64::from(question)
}

#[expect(clippy::cast_possible_truncation, reason = "the upper half is the key")]
fn question(entry: Entry) -> u32 {
    entry as u32
}

/// A question's best match so far.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Match {
    second: u32,
    first: u32,
    percent: u32,
}

/// For every question that asks the same as an earlier one, the one that it resembles most, ordered by the later one.
/// `known` tells of two questions whether they are alternatives of each other on purpose.
pub(in crate::lint) fn twins(
    sketches: &[&Sketch],
    known: &(dyn Fn(usize, usize) -> bool + Sync),
    known_copy: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Vec<Twin> {
    let (mut twins, unique) = verbatim(sketches, known_copy);
    let weights = Weights::new(sketches);
    let near = near(sketches, &unique, &weights, known);
    twins.extend(near.into_iter().map(|found| Twin {
        first: found.first as usize,
        second: found.second as usize,
        verbatim: false,
    }));
    twins.sort_unstable_by_key(|twin| twin.second);
    twins
}

/// The questions that are word for word an earlier one, and the indices of all others.
fn verbatim(
    sketches: &[&Sketch],
    known: &(dyn Fn(usize, usize) -> bool + Sync),
) -> (Vec<Twin>, Vec<u32>) {
    /// Earlier ones that are looked at: all may be known alternatives.
    const LOOKED_AT: usize = 8;
    let mut entries: Vec<(u64, u32)> = sketches
        .iter()
        .map(|sketch| sketch.exact())
        .zip(0..)
        .collect();
    entries.par_sort_unstable();
    let mut twins = Vec::new();
    let mut unique = Vec::with_capacity(entries.len());
    for same in entries.chunk_by(|a, b| a.0 == b.0) {
        unique.extend(same.first().map(|entry| entry.1));
        for (place, (_, second)) in same.iter().enumerate().skip(1) {
            let second = *second as usize;
            let earlier = same
                .iter()
                .take(place.min(LOOKED_AT))
                .map(|entry| entry.1 as usize);
            let first = earlier.into_iter().find(|&first| !known(first, second));
            twins.extend(first.map(|first| Twin {
                first,
                second,
                verbatim: true,
            }));
        }
    }
    unique.sort_unstable();
    (twins, unique)
}

fn near(
    sketches: &[&Sketch],
    unique: &[u32],
    weights: &Weights,
    known: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Vec<Match> {
    // In a small bank even wide buckets are cheap.
    let limit = (4_000 / unique.len().max(1)).clamp(10, 64);
    let keys = Keys { weights, limit };
    let mut entries: Vec<Entry> = unique
        .par_iter()
        .flat_map_iter(|&question| {
            let sketch = sketches.get(question as usize);
            sketch
                .into_iter()
                .flat_map(|sketch| keys.of(sketch))
                .map(move |key| entry(key, question))
        })
        .collect();
    entries.par_sort_unstable();
    let mut matches: Vec<Match> = entries
        .par_chunk_by(|a, b| *a >> 32 == *b >> 32)
        .filter(|bucket| (2..=limit).contains(&bucket.len()))
        .flat_map_iter(|bucket| {
            let compare = |first: u32, second: u32| {
                let (a, b) = (
                    sketches.get(first as usize)?,
                    sketches.get(second as usize)?,
                );
                let percent = resemblance(a, b, weights)?;
                (!known(first as usize, second as usize)).then_some(Match {
                    second,
                    first,
                    percent,
                })
            };
            bucket
                .iter()
                .enumerate()
                .filter_map(move |(place, &second)| {
                    let earlier = bucket.iter().take(place);
                    earlier
                        .filter_map(|&first| compare(question(first), question(second)))
                        .min_by_key(Match::rank)
                })
        })
        .collect();
    matches.par_sort_unstable_by_key(Match::rank);
    matches.dedup_by_key(|found| found.second);
    matches
}

impl Match {
    /// By the later question; of one question's matches the best is first, then the earliest.
    fn rank(&self) -> (u32, std::cmp::Reverse<u32>, u32) {
        (self.second, std::cmp::Reverse(self.percent), self.first)
    }
}

struct Keys<'w> {
    weights: &'w Weights,
    /// A key of more questions than this is passed over.
    limit: usize,
}

impl Keys<'_> {
    /// The keys of a question. A pair of which one stem is a key itself, or which chance alone would put
    /// together in too many questions, is none.
    fn of(&self, sketch: &Sketch) -> Vec<u64> {
        let mut head: Vec<(bool, u32, Stem)> = Vec::with_capacity(sketch.stems().len());
        for &stem in sketch.stems() {
            let frequency = self.weights.frequency(stem);
            if frequency > 1 {
                head.push((!stem.in_title(), frequency, stem));
            }
        }
        if let Some((rest, _, _)) = (head.len() > HEAD).then(|| head.select_nth_unstable(HEAD)) {
            let kept = rest.len();
            head.truncate(kept);
        }
        let mut keys: Vec<u64> = sketch
            .shingles()
            .map(|shingle| mix(1, shingle.into()))
            .collect();
        let mut common = Vec::with_capacity(HEAD);
        for (_, frequency, stem) in head {
            if frequency as usize <= self.limit {
                keys.push(mix(2, stem.identity().into()));
            } else {
                common.push((stem.identity(), u64::from(frequency)));
            }
        }
        for (place, (a, frequency)) in common.iter().enumerate() {
            for (b, other) in common.iter().skip(place + 1) {
                if frequency * other <= self.weights.questions() * self.limit as u64 {
                    keys.push(mix(3, u64::from(*a) << 32 | u64::from(*b)));
                }
            }
        }
        keys
    }
}
