//! Prices of questions: what it is worth to leave a question to other forms.
//!
//! The forms are a mixture of those that are known, which are more and more (P. C. Gilmore and R. E. Gomory, *A
//! linear programming approach to the cutting-stock problem*, 1961). Whatever the prices are, the cheapest form by
//! them says in whole numbers what no forms together can be better than (M. L. Fisher, *The Lagrangian relaxation method
//! for solving integer programming problems*, 1981).

use super::super::answer::Proof;
use super::super::model::Model;
use super::super::search::{real, whole};
use super::super::simplex::{End, Simplex};
use super::budget::Budget;
use super::descend::Known;
use super::rest::Rest;

/// Prices are counted in so many parts.
pub(super) const PARTS: i64 = 256;
/// The cost of a form where there is none; far from the end of what can be counted.
const ENDLESS: i64 = 1 << 40;
/// The most branches to find the cheapest form.
const NODES: u64 = 20_000;
/// The most forms that come up.
const TURNS: u32 = 300;

/// Prices in parts, and what they prove.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    /// Of using each question.
    pub(super) questions: Vec<i64>,
    /// Of a question that two forms share.
    shared: i64,
    /// What no form costs less than by these prices, in parts.
    pub(super) cheapest: i64,
    /// What the forms to come together cost no less than, in parts.
    pub(super) bound: i64,
}

impl Priced {
    /// A form's model with the prices as costs, in parts.
    pub(super) fn model(&self, rest: &Rest<'_>) -> Model {
        let mut model = rest.one.clone();
        for (column, owner) in model.columns.iter_mut().zip(rest.forms.owners()) {
            let price = owner.map_or(0, |question| self.questions[question]);
            column.cost = column.cost * PARTS + price;
        }
        model
    }

    /// What the bound loses when so many forms to come use a question.
    pub(super) fn loss(&self, question: usize, used: i64, rest: &Rest<'_>) -> i64 {
        let (price, uses) = (self.questions[question], rest.uses[question]);
        if rest.shared().is_none() {
            return price * (uses - used);
        }
        // The k-th use shares the question with k − 1 forms.
        let worth = (0..uses).map(|before| (price - before * self.shared).max(0));
        worth.sum::<i64>() - price * used + self.shared * used * (used - 1) / 2
    }

    /// Finds the cheapest form, and with it what the prices prove.
    fn prove(&mut self, rest: &Rest<'_>, budget: &Budget<'_>) -> Option<Vec<i64>> {
        let answer = budget.solve(&self.model(rest), NODES, None);
        self.cheapest = match (answer.proof, &answer.best) {
            (Proof::Complete, None) => ENDLESS,
            (Proof::Complete, Some(best)) => best.1,
            (Proof::AtLeast(least), _) => least.max(-ENDLESS),
        };
        let losses = (0..self.questions.len()).map(|question| self.loss(question, 0, rest));
        let shared = rest.shared().unwrap_or(0).saturating_mul(self.shared);
        self.bound = (rest.count() * self.cheapest - losses.sum::<i64>()).saturating_sub(shared);
        answer.best.map(|best| best.0)
    }

    /// Prices halfway to others.
    fn between(&self, other: &Self) -> Self {
        let pairs = self.questions.iter().zip(&other.questions);
        Self {
            questions: pairs.map(|(a, b)| i64::midpoint(*a, *b)).collect(),
            shared: i64::midpoint(self.shared, other.shared),
            ..*self
        }
    }
}

/// Finds prices with a good bound, and makes forms known on the way. Ends early where the bound leaves nothing to come.
pub(super) fn find(rest: &Rest<'_>, known: &mut Known, budget: &Budget<'_>) -> Option<Priced> {
    let costs = rest.one.columns.iter().map(|column| column.cost.abs());
    let dearest = costs.max().unwrap_or(0).max(1);
    let enough = rest.enough_parts();
    let mut best: Option<Priced> = None;
    // Prices that know a ceiling settle sooner; it is raised where it is in the way.
    for times in [1, 10, 100] {
        let ceiling = dearest.saturating_mul(times);
        let mut market = Market::new(rest, ceiling);
        for (form, _) in known.drain(..) {
            market.add(form);
        }
        market.trade(&mut best, enough, budget);
        *known = market.known();
        let highest = best.as_ref().and_then(|best| best.questions.iter().max());
        let free = highest.is_none_or(|highest| highest / PARTS < ceiling * 9 / 10);
        let done = best.as_ref().is_some_and(|best| best.bound > enough);
        if free || done || budget.over() {
            break;
        }
    }
    best
}

/// Mixtures of the forms that are known.
struct Market<'r> {
    rest: &'r Rest<'r>,
    simplex: Simplex,
    /// The row of each question that may be used up, of those that are in a known form.
    rows: Vec<Option<usize>>,
    /// How many questions all pairs of forms may share together.
    shared: Option<i64>,
    /// What no price is above.
    ceiling: i64,
    /// The forms and their columns.
    known: Vec<(Vec<i64>, usize)>,
}

impl<'r> Market<'r> {
    fn new(rest: &'r Rest<'r>, ceiling: i64) -> Self {
        let count = real(rest.count());
        let shared = rest.shared();
        let mut rows = vec![(count, count)];
        rows.extend(shared.map(|most| (f64::NEG_INFINITY, real(most))));
        Self {
            rest,
            simplex: Simplex::new(Vec::new(), &[], &[], &rows),
            rows: vec![None; rest.uses.len()],
            shared,
            ceiling,
            known: Vec::new(),
        }
    }

    fn add(&mut self, form: Vec<i64>) {
        let mut entries = vec![(0, 1.0)];
        for (question, asked) in self.rest.forms.asked(&form).into_iter().enumerate() {
            if asked {
                entries.extend(self.row(question).map(|row| (row, 1.0)));
            }
        }
        let cost = real(self.rest.forms.model.cost(&form));
        self.known.push((form, self.simplex.width()));
        let count = real(self.rest.count());
        self.simplex.add_column(entries, cost, (0.0, count));
    }

    /// The row of a question, where it can be used up: what known forms take is no more than what there is. More can
    /// be had at the ceiling.
    fn row(&mut self, question: usize) -> Option<usize> {
        let (count, uses) = (self.rest.count(), self.rest.uses[question]);
        if self.rows[question].is_some() || self.shared.is_none() && uses == count {
            return self.rows[question];
        }
        let first = self.simplex.width();
        let more = (0.0, real(count));
        self.simplex
            .add_column(Vec::new(), real(self.ceiling), more);
        if self.shared.is_some() {
            for before in 0..uses {
                let entry = (before > 0).then(|| (1, real(before)));
                let entries = entry.into_iter().collect();
                self.simplex.add_column(entries, 0.0, (0.0, 1.0));
            }
        } else {
            let all = (0.0, real(uses));
            self.simplex.add_column(Vec::new(), 0.0, all);
        }
        let terms = (first..self.simplex.width()).map(|column| (column, -1.0));
        let row = self.simplex.height();
        let terms: Vec<(usize, f64)> = terms.collect();
        self.simplex.add_row(&terms, (f64::NEG_INFINITY, 0.0));
        self.rows[question] = Some(row);
        Some(row)
    }

    /// Prices by the best mixture, and what its forms cost by them. Nothing is proven of them yet.
    fn prices(&mut self) -> Option<(Priced, i64)> {
        let mut priced = Priced {
            questions: vec![0; self.rows.len()],
            shared: 0,
            cheapest: 0,
            bound: 0,
        };
        if self.known.is_empty() {
            return Some((priced, i64::MAX));
        }
        if self.simplex.solve() != End::Solved {
            return None;
        }
        let multipliers = self.simplex.multipliers();
        let parts = |row: usize| whole(-multipliers[row] * real(PARTS)).max(0);
        let rows = self.rows.iter();
        priced.questions = rows.map(|row| row.map_or(0, parts)).collect();
        priced.shared = self.shared.map_or(0, |_| parts(1));
        Some((priced, whole(multipliers[0] * real(PARTS))))
    }

    /// Adds the cheapest form until there is none cheaper than those that are known.
    fn trade(&mut self, best: &mut Option<Priced>, enough: i64, budget: &Budget<'_>) {
        let rest = self.rest;
        for _ in 0..TURNS {
            if budget.over() {
                return;
            }
            let Some((here, paid)) = self.prices() else {
                return;
            };
            // Halfway to the best ones they jump about less (P. Wentges, *Weighted Dantzig-Wolfe decomposition for
            // linear mixed-integer programming*, 1997).
            let smooth = best.as_ref().map(|best| here.between(best));
            let mut added = false;
            for mut priced in smooth.into_iter().chain([here.clone()]) {
                let form = priced.prove(rest, budget);
                let bound = priced.bound;
                if best.as_ref().is_none_or(|best| bound > best.bound) {
                    *best = Some(priced);
                }
                let Some(form) = form.filter(|_| bound <= enough) else {
                    return;
                };
                let cheaper = here.model(rest).cost(&form) < paid - 1;
                if cheaper && !self.known.iter().any(|known| known.0 == form) {
                    self.add(form);
                    added = true;
                    break;
                }
            }
            if !added {
                return;
            }
        }
    }

    /// The known forms, and how much the best mixture takes of each.
    fn known(self) -> Known {
        let simplex = self.simplex;
        let known = self.known.into_iter();
        known
            .map(|(form, column)| (form, simplex.value(column)))
            .collect()
    }
}
