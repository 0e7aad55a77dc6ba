//! The order in which all is tried: bounds first, then what finds most in least time.

use super::super::answer::{Limits, Proof};
use super::super::model::Model;
use super::alike::alike;
use super::anneal::anneal;
use super::budget::Budget;
use super::choose::{Choice, choose};
use super::polish::polish;
use super::rest::Rest;
use super::totals::Totals;
use super::windows::within;
use super::{Aim, Assembly, Forms};
use crate::model::random::SplitMix64;

/// The most branches for a model of what all forms take together.
const TOTALS: u64 = 50_000;
/// How many sets of anchors are tried.
const ANCHORS: u64 = 6;
/// How often annealing begins, and how long it lasts.
const ANNEALED: (u64, u64) = (8, 512);
/// The most forms that all are written down of, the most branches that takes, and the most to choose among them.
const ALL: (usize, u64, u64) = (4_000, 20_000, 100_000);
/// The same where there are so few that nothing else is tried.
const FEW: (usize, u64, u64) = (60, 500, 1_000);
/// How many branches it may take to settle range by range.
const RANGES: u64 = 1_000_000;

/// See [`super::assemble`].
pub(super) fn seek(forms: &Forms<'_>, limits: &Limits<'_>) -> Assembly {
    let base = forms.one();
    let mut seeker = Seeker {
        forms,
        base: &base,
        budget: &Budget::new(limits),
        best: None,
        least: i64::MIN,
    };
    let possible = match forms.count {
        0 => seeker.keep(Vec::new()),
        1 if forms.max_uses.is_none_or(|most| most > 0) => seeker.alone(),
        _ => seeker.together(),
    };
    let proof = if !possible || seeker.reached() {
        Proof::Complete
    } else {
        Proof::AtLeast(seeker.least)
    };
    if let Some((best, value)) = &mut seeker.best {
        polish(forms, &base, (best, *value), seeker.budget);
    }
    Assembly {
        best: seeker.best,
        proof,
        nodes: seeker.budget.used(),
    }
}

pub(super) struct Seeker<'s> {
    forms: &'s Forms<'s>,
    /// The model of one form, with what follows for it from the others.
    base: &'s Model,
    pub(super) budget: &'s Budget<'s>,
    pub(super) best: Option<(Vec<Vec<i64>>, i64)>,
    /// What no forms can be better than.
    pub(super) least: i64,
}

impl Seeker<'_> {
    /// A single form; whether there may be one.
    fn alone(&mut self) -> bool {
        let range = self.forms.aim == Aim::Range;
        let enough = range.then_some(i64::MAX);
        let answer = self.budget.solve(self.base, u64::MAX, enough);
        self.least = match (answer.proof, &answer.best) {
            (Proof::Complete, None) => return false,
            _ if range => 0,
            (Proof::Complete, Some(best)) => best.1,
            (Proof::AtLeast(least), _) => least,
        };
        if let Some((form, _)) = answer.best {
            self.keep(vec![form]);
        }
        true
    }

    /// Several forms; whether there may be some.
    fn together(&mut self) -> bool {
        if self.forms.aim == Aim::Range {
            self.least = 0;
            if self.forms.anchors == 0 {
                self.alike(self.forms, self.base);
            }
            if self.reached() {
                return true;
            }
        }
        if !self.bound() {
            return false;
        }
        if !self.reached() && !self.among_all(FEW) {
            return false;
        }
        if self.reached() {
            return true;
        }
        if self.forms.anchors > 0 {
            self.anchored();
        } else if !self.search(self.forms, self.base, true) {
            return false;
        }
        if !self.reached() && !self.among_all(ALL) {
            return false;
        }
        if self.forms.aim == Aim::Range && self.forms.anchors == 0 {
            self.narrow();
        }
        true
    }

    /// Finds what no forms can be better than; whether there may be some.
    fn bound(&mut self) -> bool {
        let totals = Totals::new(self.forms, self.base, None);
        let answer = self.budget.solve(totals.model(), TOTALS, None);
        let least = match (answer.proof, &answer.best) {
            (Proof::Complete, None) => return false,
            (Proof::Complete, Some(best)) => best.1,
            (Proof::AtLeast(least), _) => least,
        };
        self.least = self.least.max(match self.forms.aim {
            Aim::Total | Aim::Range => least,
            // One of them costs no less than its share.
            Aim::Worst => up(least, self.forms.whole()),
        });
        true
    }

    /// Looks for forms with some anchors, then with others.
    fn anchored(&mut self) {
        for seed in 0..ANCHORS {
            if self.reached() || self.budget.over() {
                return;
            }
            let mut random = SplitMix64::new(seed);
            let mut totals = Totals::new(self.forms, self.base, self.hoped(seed));
            totals.randomise(&mut random);
            let answer = self.budget.solve(totals.model(), TOTALS, Some(i64::MAX));
            let Some((taken, _)) = answer.best else {
                continue;
            };
            let (model, questions) = self.forms.anchored(&totals.anchors(&taken));
            let forms = Forms {
                model: &model,
                questions,
                anchors: 0,
                ..self.forms.clone()
            };
            if forms.aim == Aim::Range {
                self.alike(&forms, &model);
            }
            if !self.reached() {
                self.search(&forms, &model, false);
            }
        }
    }

    /// A value that forms may have, less good for later tries.
    fn hoped(&self, seed: u64) -> Option<i64> {
        let seed = i64::try_from(seed).unwrap_or(0);
        self.bounded()
            .then(|| self.least + self.least.abs() / 400 * seed)
    }

    fn alike(&mut self, forms: &Forms<'_>, base: &Model) {
        if let Some(found) = alike(forms, base, self.budget) {
            self.keep(found);
        }
    }

    /// Looks for forms without anchors; whether there may be some. What cannot be reached is taken for proven
    /// where `proves`.
    fn search(&mut self, forms: &Forms<'_>, base: &Model, proves: bool) -> bool {
        let costs = forms.aim != Aim::Range;
        if costs && self.bounded() && !self.descend(forms, base, proves) {
            return !proves;
        }
        if self.best.is_none() || !costs {
            self.anneal(forms, base);
        }
        true
    }

    /// Settles range by range whether there are such forms, without anchors, as long as that can be done.
    fn narrow(&mut self) {
        let until = self.budget.used().saturating_add(RANGES);
        for patient in [false, true] {
            while !self.reached() && self.budget.used() < until {
                match self.within(self.least, (patient, until)) {
                    Choice::Never => self.least += 1,
                    Choice::Chosen(_) | Choice::GivenUp => break,
                }
            }
            while let Some((_, range)) = self.best
                && !self.reached()
                && matches!(self.within(range - 1, (patient, until)), Choice::Chosen(_))
            {
            }
        }
    }

    /// Looks for forms with such a range, and keeps them.
    fn within(&mut self, range: i64, effort: (bool, u64)) -> Choice {
        let choice = within(self.forms, self.base, (range, effort), self.budget);
        if let Choice::Chosen(found) = &choice {
            self.keep(found.clone());
        }
        choice
    }

    fn anneal(&mut self, forms: &Forms<'_>, base: &Model) {
        let questions = forms.questions.iter().flatten();
        let allowed = |column: &&usize| base.columns[**column].most > 0;
        let everything: Vec<usize> = questions.filter(allowed).copied().collect();
        let mut candidates = Vec::new();
        if forms.aim == Aim::Range {
            candidates.clone_from(&everything);
        }
        for seed in 0..ANNEALED.0 {
            if self.reached() || self.budget.over() {
                return;
            }
            let mut random = SplitMix64::new(seed);
            let mut totals = Totals::new(forms, base, self.hoped(seed));
            totals.randomise(&mut random);
            let answer = self
                .budget
                .solve(totals.model(), TOTALS / 10, Some(i64::MAX));
            let Some((taken, _)) = answer.best else {
                continue;
            };
            let hand = totals.hand(&taken);
            candidates.extend(everything.iter().filter(|column| hand[**column] > 0));
            candidates.sort_unstable();
            candidates.dedup();
            let wanted = (hand.as_slice(), candidates.as_slice(), self.least);
            let effort = (&mut random, ANNEALED.1);
            if let Some(found) = anneal((forms, base), wanted, effort, self.budget) {
                self.keep(found);
            }
        }
    }

    /// Chooses among all forms there are, if they are few; whether there may be some.
    fn among_all(&mut self, (most, branches, looks): (usize, u64, u64)) -> bool {
        let shown = self.forms.shown();
        let mut free = self.base.clone();
        free.columns.iter_mut().for_each(|column| column.cost = 0);
        let Some(all) = self.budget.every(&free, (&shown, 0, most), branches) else {
            return true;
        };
        loop {
            let best = self.best.as_ref().map(|best| best.1 - 1);
            let target = best.unwrap_or_else(|| self.forms.worst());
            let rest = Rest::all(self.forms, self.base, target);
            match choose(&rest, all.clone(), None, (self.budget, looks)) {
                Choice::Chosen(found) => _ = self.keep(found),
                Choice::Never => {
                    self.least = self.least.max(target + 1);
                    return self.best.is_some();
                }
                Choice::GivenUp => return true,
            }
        }
    }

    /// Whether nothing better is left to find.
    fn reached(&self) -> bool {
        self.found(self.least)
    }

    /// Whether there is a bound at all.
    fn bounded(&self) -> bool {
        self.least > i64::MIN / 2
    }

    /// Whether forms of a value are known.
    pub(super) fn found(&self, value: i64) -> bool {
        self.best.as_ref().is_some_and(|best| best.1 <= value)
    }

    /// Keeps forms that are allowed and the best so far; whether they are.
    pub(super) fn keep(&mut self, found: Vec<Vec<i64>>) -> bool {
        if !self.forms.allows(&found) {
            return false;
        }
        let value = self.forms.value(&found);
        let better = self.best.as_ref().is_none_or(|best| value < best.1);
        if better {
            self.best = Some((found, value));
        }
        better
    }
}

/// A number in parts of a whole, rounded up.
pub(super) fn up(number: i64, parts: i64) -> i64 {
    number.div_euclid(parts) + i64::from(number.rem_euclid(parts) > 0)
}
