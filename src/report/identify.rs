//! What a design can tell apart: which scores are connected at all, and whose effects are confounded.
//!
//! Two interviewers can be compared if their difference is estimable in the additive design of candidates, questions
//! and interviewers as fixed effects: if no other effects could make up for it. That is more than being connected: x
//! and y who met different candidates on the same question are connected by it, and still nobody knows whether y is
//! milder or the candidates of y are better (cf. the subsets of Facets, J. M. Linacre, *A User's Guide to Facets*).
//!
//! Ranks are those of whole numbers modulo a prime, so that nothing is decided by rounding: a rank could be told too
//! small with a chance of about one in two thousand million for each pivot, never too large.

use crate::report::mixed::Factor;

/// 2³¹ − 1.
const PRIME: u64 = 2_147_483_647;

/// What a design can tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// How many parts share no candidate, question or interviewer.
    pub components: usize,
    /// The part of each level of each factor, numbered by the first level of the first factor; `None`: no score has it.
    pub component_of: Vec<Vec<Option<usize>>>,
    /// How many differences of effects beyond those between parts of a factor and the mean cannot be told.
    pub deficiency: usize,
    /// For each factor, the levels in groups: differences within a group can be told, those between groups cannot.
    pub groups: Vec<Vec<Vec<usize>>>,
}

/// What the design of these factors can tell apart. Levels that no score has are in no part and no group.
#[must_use]
pub fn identify(factors: &[Factor]) -> Identified {
    let parts = parts(factors);
    let used = used(factors);
    let levels: usize = used.iter().flatten().filter(|used| **used).count();
    let space = null_space(factors, &used);
    // Each factor's levels add up to the mean, whatever is rated.
    let expected = factors.len();
    let rank = levels + 1 - space.len();
    let full = (levels + 1).saturating_sub(expected);
    let mut at = 1;
    let groups = factors
        .iter()
        .zip(&used)
        .map(|(factor, used)| {
            let first = at;
            at += factor.levels;
            grouped(&space, first, used)
        })
        .collect();
    let components = parts.iter().flatten().filter_map(|part| *part).max();
    Identified {
        components: components.map_or(0, |last| last + 1),
        component_of: parts,
        deficiency: full.saturating_sub(rank),
        groups,
    }
}

fn used(factors: &[Factor]) -> Vec<Vec<bool>> {
    let of_factor = |factor: &Factor| {
        let mut used = vec![false; factor.levels];
        for level in &factor.of {
            used[*level] = true;
        }
        used
    };
    factors.iter().map(of_factor).collect()
}

/// The part of each level, by joining the levels of each score.
fn parts(factors: &[Factor]) -> Vec<Vec<Option<usize>>> {
    let starts: Vec<usize> = factors
        .iter()
        .scan(0, |next, factor| {
            let start = *next;
            *next += factor.levels;
            Some(start)
        })
        .collect();
    let all: usize = factors.iter().map(|factor| factor.levels).sum();
    let mut joined: Vec<usize> = (0..all).collect();
    let scores = factors.first().map_or(0, |factor| factor.of.len());
    for score in 0..scores {
        let first = root(&mut joined, starts[0] + factors[0].of[score]);
        for (factor, start) in factors.iter().zip(&starts).skip(1) {
            let other = root(&mut joined, start + factor.of[score]);
            let (low, high) = (first.min(other), first.max(other));
            let (low, high) = (root(&mut joined, low), root(&mut joined, high));
            joined[low.max(high)] = low.min(high);
        }
    }
    let used = used(factors);
    let mut numbers = vec![None; all];
    let mut next = 0;
    factors
        .iter()
        .zip(&starts)
        .zip(&used)
        .map(|((factor, start), used)| {
            (0..factor.levels)
                .map(|level| {
                    used[level].then(|| {
                        let root = root(&mut joined, start + level);
                        *numbers[root].get_or_insert_with(|| {
                            next += 1;
                            next - 1
                        })
                    })
                })
                .collect()
        })
        .collect()
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

/// The vectors that the design takes to nothing: a basis, with an entry for the mean and each level. The factor with
/// the most levels is eliminated first, since its crossproducts are diagonal.
fn null_space(factors: &[Factor], used: &[Vec<bool>]) -> Vec<Vec<u64>> {
    let most = (0..factors.len()).max_by_key(|at| factors[*at].levels);
    let Some(big) = most else {
        return Vec::new();
    };
    let mut starts = vec![1; factors.len()];
    for at in 1..factors.len() {
        starts[at] = starts[at - 1] + factors[at - 1].levels;
    }
    let width = starts[factors.len() - 1] + factors[factors.len() - 1].levels;
    // The columns that stay: the mean and the used levels of the other factors.
    let others = (0..factors.len()).filter(|at| *at != big);
    let mut kept: Vec<usize> = vec![0];
    for at in others {
        let levels = used[at].iter().enumerate().filter(|(_, used)| **used);
        kept.extend(levels.map(|(level, _)| starts[at] + level));
    }
    let mut place = vec![usize::MAX; width];
    for (at, column) in kept.iter().enumerate() {
        place[*column] = at;
    }
    let size = kept.len();
    let mut schur = vec![0_u64; size * size];
    let scores = factors[big].of.len();
    let mut of_level: Vec<Vec<usize>> = vec![Vec::new(); factors[big].levels];
    for score in 0..scores {
        of_level[factors[big].of[score]].push(score);
    }
    let columns = |score: usize| -> Vec<usize> {
        let others = factors.iter().zip(&starts).enumerate();
        let others = others.filter(|(at, _)| *at != big);
        let others = others.map(|(_, (factor, start))| place[start + factor.of[score]]);
        std::iter::once(place[0]).chain(others).collect()
    };
    let mut sums_of: Vec<Vec<(usize, u64)>> = Vec::with_capacity(of_level.len());
    let mut sums = vec![0_u64; size];
    for scores in &of_level {
        let mut touched = Vec::new();
        for score in scores {
            let own = columns(*score);
            for row in &own {
                for column in &own {
                    let cell = &mut schur[row * size + column];
                    *cell = (*cell + 1) % PRIME;
                }
                sums[*row] += 1;
            }
            touched.extend(own);
        }
        touched.sort_unstable();
        touched.dedup();
        let own: Vec<(usize, u64)> = touched
            .into_iter()
            .map(|at| (at, std::mem::take(&mut sums[at])))
            .collect();
        if !scores.is_empty() {
            let share = inverse(scores.len() as u64 % PRIME);
            for (row, value) in &own {
                for (column, other) in &own {
                    let less = value * other % PRIME * share % PRIME;
                    let cell = &mut schur[row * size + column];
                    *cell = (*cell + PRIME - less) % PRIME;
                }
            }
        }
        sums_of.push(own);
    }
    let basis = kernel(schur, size);
    let big_start = factors[..big]
        .iter()
        .map(|factor| factor.levels)
        .sum::<usize>()
        + 1;
    basis
        .into_iter()
        .map(|small| {
            let mut whole = vec![0; width];
            for (column, value) in kept.iter().zip(&small) {
                whole[*column] = *value;
            }
            for (level, own) in sums_of.iter().enumerate() {
                let scores = of_level[level].len() as u64;
                if scores == 0 {
                    continue;
                }
                let sum = own
                    .iter()
                    .fold(0, |sum, (at, value)| (sum + value * small[*at]) % PRIME);
                whole[big_start + level] = (PRIME - sum) % PRIME * inverse(scores % PRIME) % PRIME;
            }
            whole
        })
        .collect()
}

/// A basis of what a square matrix takes to nothing.
fn kernel(mut matrix: Vec<u64>, size: usize) -> Vec<Vec<u64>> {
    let mut pivots: Vec<usize> = Vec::new();
    let mut row = 0;
    for column in 0..size {
        let found = (row..size).find(|at| matrix[at * size + column] != 0);
        let Some(found) = found else {
            continue;
        };
        for at in 0..size {
            matrix.swap(found * size + at, row * size + at);
        }
        let share = inverse(matrix[row * size + column]);
        for at in column..size {
            matrix[row * size + at] = matrix[row * size + at] * share % PRIME;
        }
        let (above, rest) = matrix.split_at_mut(row * size);
        let (own, below) = rest.split_at_mut(size);
        for other in above.chunks_mut(size).chain(below.chunks_mut(size)) {
            let factor = other[column];
            if factor != 0 {
                let factor = PRIME - factor;
                for (cell, value) in other[column..].iter_mut().zip(&own[column..]) {
                    *cell = (*cell + factor * value) % PRIME;
                }
            }
        }
        pivots.push(column);
        row += 1;
    }
    let free = (0..size).filter(|column| !pivots.contains(column));
    free.map(|free| {
        let mut vector = vec![0; size];
        vector[free] = 1;
        for (row, column) in pivots.iter().enumerate() {
            vector[*column] = (PRIME - matrix[row * size + free]) % PRIME;
        }
        vector
    })
    .collect()
}

/// One over a number, by Fermat's little theorem.
fn inverse(number: u64) -> u64 {
    let (mut power, mut base, mut exponent) = (1, number % PRIME, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    power
}

/// Levels whose entries are the same in every vector of the null space: their difference is estimable.
fn grouped(space: &[Vec<u64>], first: usize, used: &[bool]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<u64>, Vec<usize>)> = Vec::new();
    for level in (0..used.len()).filter(|level| used[*level]) {
        let own: Vec<u64> = space.iter().map(|vector| vector[first + level]).collect();
        match groups.iter_mut().find(|(other, _)| *other == own) {
            Some((_, levels)) => levels.push(level),
            None => groups.push((own, vec![level])),
        }
    }
    groups.into_iter().map(|(_, levels)| levels).collect()
}
