//! Simulated annealing: forms that break bounds swap and replace questions until none is broken.
//!
//! S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, *Optimization by simulated annealing*, 1983. It proves nothing and
//! is quick to find forms where they are there; all arithmetic is in whole numbers, so that every machine finds
//! the same.

use super::super::model::Model;
use super::Forms;
use super::board::{Board, SCALE};
use super::budget::Budget;
use crate::model::random::SplitMix64;

/// So many moves count as a branch.
const MOVES: u64 = 1 << 9;
/// The heat to begin with.
const HEAT: i64 = SCALE / 3;

/// The best forms by the aim that it comes upon, from what they may take together and with questions from
/// `candidates` besides; ends at once where they are worth the target. There must be no anchors.
pub(super) fn anneal(
    (forms, one): (&Forms<'_>, &Model),
    (hand, candidates, target): (&[i64], &[usize], i64),
    (random, rounds): (&mut SplitMix64, u64),
    budget: &Budget<'_>,
) -> Option<Vec<Vec<i64>>> {
    let mut board = Board::new(forms, one, hand, target);
    let mut energy = board.energy();
    let mut best: Option<(Vec<Vec<i64>>, i64)> = None;
    let mut mover = Mover {
        candidates,
        random,
        count: forms.count,
    };
    for round in 0..rounds {
        if energy == 0 || budget.over() {
            break;
        }
        budget.spend(1);
        let left = i64::try_from(rounds - round).unwrap_or(1);
        let all = i64::try_from(rounds).unwrap_or(1);
        let heat = HEAT * (left * left) / (all * all);
        for _ in 0..MOVES {
            if let Some(value) = board.allowed_value()
                && best.as_ref().is_none_or(|best| value < best.1)
            {
                best = Some((board.forms(), value));
            }
            if energy == 0 {
                break;
            }
            if !mover.propose(&mut board) {
                board.undo();
                continue;
            }
            board.settle();
            let now = board.energy();
            if now <= energy || now - energy <= mover.threshold(heat) {
                energy = now;
                board.accept();
            } else {
                board.undo();
            }
        }
    }
    best.map(|best| best.0)
}

struct Mover<'m> {
    candidates: &'m [usize],
    random: &'m mut SplitMix64,
    count: usize,
}

impl Mover<'_> {
    /// A whole number below `most`, which is not 0.
    fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most).unwrap_or(1);
        let high = (u128::from(self.random.next_u64()) * u128::from(most)) >> 64;
        usize::try_from(high).unwrap_or(0)
    }

    /// An exponentially distributed number with such a mean, but that its logarithm is one of straight lines.
    fn threshold(&mut self, heat: i64) -> i64 {
        let random = self.random.next_u64();
        let zeros = i64::from(random.leading_zeros());
        let rest = (random << (zeros + 1).min(63)) >> 54;
        let bits = zeros * 1024 + 1023 - i64::try_from(rest).unwrap_or(0);
        heat * bits / 1477
    }

    /// Changes the board; false where the change is not allowed.
    fn propose(&mut self, board: &mut Board<'_>) -> bool {
        let form = self.below(self.count);
        let held = board.held(form).len();
        match self.below(16) {
            0 => return self.add(board, form),
            1 if held > 0 => {
                let place = self.below(held);
                return board.remove(form, place).is_some();
            }
            2..10 if held > 0 && self.count > 1 => {
                let other = (form + 1 + self.below(self.count - 1)) % self.count;
                let held_there = board.held(other).len();
                if held_there == 0 {
                    return false;
                }
                let (here, there) = (self.below(held), self.below(held_there));
                let (Some(a), Some(b)) = (board.remove(form, here), board.remove(other, there))
                else {
                    return false;
                };
                return board.add(form, b) && board.add(other, a);
            }
            _ => {}
        }
        held > 0 && {
            let place = self.below(held);
            board.remove(form, place).is_some() && self.add(board, form)
        }
    }

    fn add(&mut self, board: &mut Board<'_>, form: usize) -> bool {
        !self.candidates.is_empty() && {
            let column = self.candidates[self.below(self.candidates.len())];
            board.add(form, column)
        }
    }
}
