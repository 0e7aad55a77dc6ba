//! Settles forms one by one, each among those that prices leave in question.
//!
//! Once few forms are left in question, all of them are written down and the choice among them is exact. Before that, the
//! form that the best mixture of forms takes most of is settled, and prices are found anew for what is left (the diving of
//! branch and price; C. Barnhart and others, *Branch-and-price: column generation for solving huge integer
//! programs*, 1998).

use std::ops::Range;

use super::super::answer::Proof;
use super::super::model::Model;
use super::super::search::real;
use super::budget::Budget;
use super::choose::{Choice, branches, choose};
use super::core::Core;
use super::luck;
use super::pack::pack;
use super::prices::{self, Priced};
use super::rest::Rest;
use crate::model::random::SplitMix64;

/// Forms, and how much the best mixture takes of each.
pub(super) type Known = Vec<(Vec<i64>, f64)>;

/// How far the forms in question are looked for and chosen among: the most forms, the most branches until they are
/// written down, the most until they are chosen.
type Effort = (usize, u64, u64);

const GLANCE: Effort = (300, 400, 1_000);
/// With so many forms to come more than one is tried for the next.
const FEW: i64 = 4;
/// So many.
const TRIED: usize = 3;

const QUICK: Effort = (3_000, 6_000, 3_000);
const THOROUGH: Effort = (50_000, 200_000, 20_000);

/// The most branches for a last form.
const LAST: u64 = 20_000;

/// The first descent, more of them, and all the others, by another way each.
pub(super) const FIRST: Range<u64> = 0..1;
pub(super) const SOME: Range<u64> = 0..4;
pub(super) const OTHERS: Range<u64> = 1..32;
/// In place of this one all is settled at once.
const PATIENCE: u64 = 6;
/// Which takes so many branches at most.
const EXHAUSTED: u64 = 400_000;

/// What prices prove at first.
pub(super) struct Root {
    /// What no forms cost less than together, in parts.
    pub(super) bound: i64,
    /// What may be part of the forms; nothing where there are none.
    pub(super) core: Option<Core>,
}

/// Finds prices, where no form is settled, and forgets what cannot be part of what is wanted. `base` is the model of a
/// form.
pub(super) fn root(
    rest: &Rest<'_>,
    base: &Model,
    known: &mut Known,
    budget: &Budget<'_>,
) -> Option<Root> {
    let at = Place::new(rest, known, budget)?;
    let core = (at.slack >= 0).then(|| {
        let most = at.priced.cheapest.saturating_add(at.slack);
        let bounds = budget.within(&at.priced.model(rest), most);
        Core::new(rest.forms, base, &bounds)
    });
    Some(Root {
        bound: at.priced.bound,
        core,
    })
}

/// Chooses the forms to come, or proves that there are none, if either can be done; `ways` are the numbers of quick
/// descents, at one of which all is settled at once.
pub(super) fn settle(
    rest: &Rest<'_>,
    known: &mut Known,
    ways: Range<u64>,
    budget: &Budget<'_>,
) -> Choice {
    for way in ways {
        let choice = if way == PATIENCE {
            let until = budget.used().saturating_add(EXHAUSTED);
            exhaust(rest, known, (&mut Vec::new(), until), budget)
        } else {
            dive(rest, known, way, budget)
        };
        if choice != Choice::GivenUp || budget.over() {
            return choice;
        }
    }
    Choice::GivenUp
}

/// Chooses the forms to come, or proves that there are none, if either can be told at once.
pub(super) fn glance(rest: &Rest<'_>, known: &mut Known, budget: &Budget<'_>) -> Choice {
    if rest.count() == 1 {
        return last(rest, budget);
    }
    let at = Place::new(rest, known, budget);
    at.map_or(Choice::GivenUp, |at| at.decide(&[], QUICK, budget))
}

/// The last form, which any will do for that is good enough.
fn last(rest: &Rest<'_>, budget: &Budget<'_>) -> Choice {
    let answer = budget.solve(&rest.one, LAST, Some(rest.enough()));
    match (answer.best, answer.proof) {
        (Some((form, cost)), _) if cost <= rest.enough() => Choice::Chosen(rest.with([form])),
        (_, Proof::Complete) => Choice::Never,
        (_, Proof::AtLeast(_)) => Choice::GivenUp,
    }
}

/// Settles forms one by one, and goes back only a little; forms that come up are added to what is known.
pub(super) fn dive(rest: &Rest<'_>, known: &mut Known, seed: u64, budget: &Budget<'_>) -> Choice {
    match glance(rest, known, budget) {
        Choice::GivenUp => below(rest, known, &mut SplitMix64::new(seed), budget),
        choice => choice,
    }
}

/// Settles one form more and goes on; never proves that there are none.
fn below(rest: &Rest<'_>, known: &Known, random: &mut SplitMix64, budget: &Budget<'_>) -> Choice {
    let luck = |(form, weight): &(Vec<i64>, f64)| (weight * real(1 + luck(random)), form.clone());
    let mut heaviest: Vec<(f64, Vec<i64>)> = known.iter().map(luck).collect();
    heaviest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let few = rest.count() <= FEW;
    heaviest.truncate(if few { TRIED } else { 1 });
    for (_, form) in heaviest {
        let next = rest.after(form);
        let mut own = known.clone();
        if next.count() == 0 || budget.over() {
            break;
        }
        let choice = if few {
            glance(&next, &mut own, budget)
        } else {
            let at = Place::new(&next, &mut own, budget);
            at.map_or(Choice::GivenUp, |at| at.decide(&[], GLANCE, budget))
        };
        match choice {
            Choice::Never => {}
            Choice::GivenUp => {
                let choice = below(&next, &own, random, budget);
                if choice != Choice::GivenUp {
                    return choice;
                }
            }
            chosen @ Choice::Chosen(_) => return chosen,
        }
    }
    Choice::GivenUp
}

/// Tries every form in question that has a question which one of them must have; `tried` are in none of the
/// forms to come.
fn exhaust(
    rest: &Rest<'_>,
    known: &mut Known,
    (tried, until): (&mut Vec<Vec<i64>>, u64),
    budget: &Budget<'_>,
) -> Choice {
    if budget.used() > until {
        return Choice::GivenUp;
    }
    let Some(at) = Place::new(rest, known, budget) else {
        return Choice::GivenUp;
    };
    let choice = at.decide(tried, QUICK, budget);
    if choice != Choice::GivenUp || rest.count() <= 1 || budget.over() {
        return choice;
    }
    let Some(forms) = at.in_question(tried, THOROUGH, budget) else {
        return Choice::GivenUp;
    };
    let next = branches(rest, forms, (&at.priced, at.slack), budget);
    let before = tried.len();
    for form in next {
        let mut own = known.clone();
        let choice = exhaust(&rest.after(form.clone()), &mut own, (tried, until), budget);
        if choice != Choice::Never {
            tried.truncate(before);
            return choice;
        }
        tried.push(form);
    }
    tried.truncate(before);
    Choice::Never
}

/// Prices at a place of the descent.
struct Place<'r> {
    rest: &'r Rest<'r>,
    priced: Priced,
    /// What there is to lose of the bound, in parts; below 0 where no forms are worth the target.
    slack: i64,
}

impl<'r> Place<'r> {
    fn new(rest: &'r Rest<'r>, known: &mut Known, budget: &Budget<'_>) -> Option<Self> {
        known.retain(|(form, _)| rest.one.allows(form));
        let priced = prices::find(rest, known, budget)?;
        Some(Self {
            slack: rest.enough_parts().saturating_sub(priced.bound),
            rest,
            priced,
        })
    }

    /// The forms that can be part of what is wanted, if they are few.
    fn in_question(
        &self,
        tried: &[Vec<i64>],
        (room, nodes, _): Effort,
        budget: &Budget<'_>,
    ) -> Option<Vec<Vec<i64>>> {
        let shown = self.rest.forms.shown();
        let most = self.priced.cheapest.saturating_add(self.slack);
        let model = self.priced.model(self.rest);
        let mut forms = budget.every(&model, (&shown, most, room), nodes)?;
        forms.retain(|form| !tried.contains(form));
        Some(forms)
    }

    /// Chooses the forms to come, if few are in question.
    fn decide(&self, tried: &[Vec<i64>], effort: Effort, budget: &Budget<'_>) -> Choice {
        if self.slack < 0 {
            return Choice::Never;
        }
        let Some(forms) = self.in_question(tried, effort, budget) else {
            return Choice::GivenUp;
        };
        let chosen = if self.rest.shared().is_none() {
            pack(self.rest, &forms, (budget, effort.2))
        } else {
            let priced = Some((&self.priced, self.slack));
            choose(self.rest, forms, priced, (budget, effort.2))
        };
        match chosen {
            Choice::Chosen(chosen) => Choice::Chosen(self.rest.with(chosen)),
            choice => choice,
        }
    }
}
