//! Forms of least cost: target by target, from the bound on.

use std::ops::Range;

use super::super::model::Model;
use super::budget::Budget;
use super::choose::Choice;
use super::descend::{FIRST, Known, OTHERS, SOME, dive, root, settle};
use super::prices::PARTS;
use super::rest::Rest;
use super::seek::{Seeker, up};
use super::{Aim, Forms};

/// After so many targets in a row that cannot be reached it is asked whether any can.
const DOUBT: u32 = 3;

/// Forms without anchors, and the model of one of them.
pub(super) struct Targets<'t> {
    forms: &'t Forms<'t>,
    base: &'t Model,
    /// The same model as a search has it best.
    classified: Model,
    known: Known,
}

impl<'t> Targets<'t> {
    pub(super) fn new(forms: &'t Forms<'t>, base: &'t Model) -> Self {
        let mut classified = base.clone();
        classified.classify();
        Self {
            forms,
            base,
            classified,
            known: Vec::new(),
        }
    }

    /// Settles whether there are forms worth a target, as far as these ways lead; and what no forms cost less
    /// than together, in parts.
    fn reach(&mut self, target: i64, ways: Range<u64>, budget: &Budget<'_>) -> (Choice, i64) {
        let rest = Rest::all(self.forms, &self.classified, target);
        let Some(root) = root(&rest, self.base, &mut self.known, budget) else {
            return (Choice::GivenUp, i64::MIN);
        };
        let Some(core) = root.core else {
            return (Choice::Never, root.bound);
        };
        let forms = core.forms(self.forms);
        let mut base = forms.model.clone();
        base.classify();
        let rest = Rest::all(&forms, &base, target);
        let mut known = core.inner(&self.known);
        let choice = match settle(&rest, &mut known, ways, budget) {
            Choice::Chosen(found) => {
                Choice::Chosen(found.iter().map(|form| core.outer(form)).collect())
            }
            choice => choice,
        };
        (choice, root.bound)
    }

    /// Whether there may be any forms at all, and some, as far as can be told soon.
    fn any(&mut self, budget: &Budget<'_>) -> Choice {
        let rest = Rest::all(self.forms, &self.classified, self.forms.worst());
        dive(&rest, &mut self.known, 0, budget)
    }
}

impl Seeker<'_> {
    /// Settles target by target whether there are such forms; whether there may be any.
    pub(super) fn descend(&mut self, forms: &Forms<'_>, base: &Model, proves: bool) -> bool {
        let mut targets = Targets::new(forms, base);
        let mut least = self.least;
        let mut misses = 0;
        let mut ahead = 0;
        let worst = forms.worst();
        while !self.found(least) && !self.budget.over() {
            if least > worst {
                return self.best.is_some();
            }
            let target = (least + ahead).min(worst);
            let (mut choice, bound) = targets.reach(target, FIRST, self.budget);
            if choice == Choice::GivenUp {
                // Something to show before patience is asked for.
                if self.best.is_none() {
                    self.nearly(&mut targets, least);
                }
                choice = targets.reach(target, OTHERS, self.budget).0;
            }
            match choice {
                Choice::Chosen(found) => {
                    self.keep(found);
                    if !self.found(target) {
                        break;
                    }
                }
                Choice::GivenUp if ahead == 0 => break,
                Choice::GivenUp => {}
                Choice::Never => {
                    least = target + 1;
                    if forms.aim == Aim::Total {
                        least = least.max(up(bound, PARTS));
                    }
                    misses += 1;
                    ahead = if misses < DOUBT { 0 } else { ahead * 2 + 1 };
                    if misses == DOUBT && self.best.is_none() {
                        match targets.any(self.budget) {
                            Choice::Chosen(found) => _ = self.keep(found),
                            Choice::Never => return false,
                            Choice::GivenUp => {}
                        }
                    }
                    continue;
                }
            }
            ahead = 0;
        }
        if proves {
            self.least = least;
        }
        self.nearly(&mut targets, least);
        true
    }

    /// Looks for forms that are worth a little less than a target.
    fn nearly(&mut self, targets: &mut Targets<'_>, target: i64) {
        let worst = targets.forms.worst();
        let mut step = 1;
        while target + step / 2 < worst && !self.budget.over() {
            let target = (target + step).min(worst);
            if self.found(target) {
                return;
            }
            if let (Choice::Chosen(found), _) = targets.reach(target, SOME, self.budget) {
                self.keep(found);
                return;
            }
            step *= 2;
        }
    }
}
