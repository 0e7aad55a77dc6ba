//! The choice of forms among all that can be part of what is wanted.
//!
//! With prices, few forms can: whatever a form costs beyond the cheapest, and whatever a question is used less than it
//! pays for, comes out of one slack.

use super::Aim;
use super::budget::Budget;
use super::check::sum;
use super::prices::Priced;
use super::rest::Rest;

/// What choosing came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// These forms.
    Chosen(Vec<Vec<i64>>),
    /// It is proven that there are none.
    Never,
    GivenUp,
}

/// A form that may be chosen.
struct Card {
    form: Vec<i64>,
    questions: Vec<usize>,
    /// The same, a bit each.
    mask: Vec<u64>,
    cost: i64,
    /// What it takes from the slack.
    beyond: i64,
    /// Its matched sums.
    sums: Vec<i64>,
}

/// So many looks at forms count as a branch.
const LOOKS: usize = 512;

struct Chooser<'c> {
    rest: &'c Rest<'c>,
    cards: Vec<Card>,
    priced: Option<&'c Priced>,
    /// What of the bound there is to lose, in parts.
    slack: i64,
    chosen: Vec<usize>,
    /// How many of the chosen forms have each question.
    uses: Vec<i64>,
    looks: usize,
    /// How many branches are left.
    left: u64,
    budget: &'c Budget<'c>,
}

/// Chooses the forms to come among `all`; with prices and a slack, `all` need hold only those that cost by
/// them no more than the cheapest and the slack.
pub(super) fn choose(
    rest: &Rest<'_>,
    all: Vec<Vec<i64>>,
    priced: Option<(&Priced, i64)>,
    (budget, most): (&Budget<'_>, u64),
) -> Choice {
    let mut chooser = Chooser::new(rest, all, priced, (budget, most));
    match chooser.go((0..chooser.cards.len()).collect(), 0) {
        Some(true) => Choice::Chosen(chooser.forms().collect()),
        Some(false) => Choice::Never,
        None => Choice::GivenUp,
    }
}

/// Forms, of which one must be among those to come.
pub(super) fn branches(
    rest: &Rest<'_>,
    all: Vec<Vec<i64>>,
    priced: (&Priced, i64),
    budget: &Budget<'_>,
) -> Vec<Vec<i64>> {
    let chooser = Chooser::new(rest, all, Some(priced), (budget, 0));
    let available = (0..chooser.cards.len()).collect();
    let Some((mut available, needed)) = chooser.narrowed(available, 0) else {
        return Vec::new();
    };
    if let Some(question) = needed {
        available.retain(|card| chooser.has(*card, question));
    }
    let cards = available.into_iter();
    cards.map(|card| chooser.cards[card].form.clone()).collect()
}

impl<'c> Chooser<'c> {
    fn new(
        rest: &'c Rest<'c>,
        all: Vec<Vec<i64>>,
        priced: Option<(&'c Priced, i64)>,
        (budget, left): (&'c Budget<'c>, u64),
    ) -> Self {
        let beyond = priced.map(|(priced, _)| (priced.model(rest), priced.cheapest));
        let card = |form: Vec<i64>| {
            let asked = rest.forms.asked(&form);
            let mut mask = vec![0; asked.len().div_ceil(64)];
            let questions = 0..asked.len();
            let questions: Vec<usize> = questions.filter(|question| asked[*question]).collect();
            for question in &questions {
                mask[question / 64] |= 1_u64 << (question % 64);
            }
            let matched = rest.forms.matched.iter();
            Card {
                questions,
                mask,
                cost: rest.forms.model.cost(&form),
                beyond: beyond
                    .as_ref()
                    .map_or(0, |(model, cheapest)| model.cost(&form) - cheapest),
                sums: matched.map(|weights| sum(weights, &form)).collect(),
                form,
            }
        };
        let mut cards: Vec<Card> = all.into_iter().map(card).collect();
        let key = |card: &Card| (card.beyond, card.cost);
        cards.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.form.cmp(&b.form)));
        Self {
            rest,
            cards,
            priced: priced.map(|priced| priced.0),
            slack: priced.map_or(0, |priced| priced.1),
            chosen: Vec::new(),
            uses: vec![0; rest.uses.len()],
            looks: 0,
            left,
            budget,
        }
    }

    fn forms(&self) -> impl Iterator<Item = Vec<i64>> {
        let chosen = self.chosen.iter();
        chosen.map(|card| self.cards[*card].form.clone())
    }

    fn to_come(&self) -> i64 {
        self.rest.count() - i64::try_from(self.chosen.len()).unwrap_or(0)
    }

    /// Chooses the rest; whether it could, and nothing where it is given up.
    fn go(&mut self, available: Vec<usize>, spent: i64) -> Option<bool> {
        if self.to_come() == 0 {
            let all = self.rest.with(self.forms());
            let forms = self.rest.forms;
            return Some(forms.allows(&all) && forms.value(&all) <= self.rest.target);
        }
        self.pay(available.len())?;
        let Some((mut available, needed)) = self.narrowed(available, spent) else {
            return Some(false);
        };
        let mut next = 0;
        while let Some(&card) = available.get(next) {
            if needed.is_some_and(|question| !self.has(card, question)) {
                next += 1;
                continue;
            }
            self.pay(available.len())?;
            let beyond = spent + self.cards[card].beyond;
            self.take(card, 1);
            let others = available.iter().copied();
            let rest = others.filter(|other| self.goes(*other, card, beyond));
            if self.go(rest.collect(), beyond)? {
                return Some(true);
            }
            self.take(card, -1);
            // All forms that come with this one were tried.
            available.remove(next);
        }
        Some(false)
    }

    /// Chooses a form, or takes the last choice back.
    fn take(&mut self, card: usize, by: i64) {
        if by > 0 {
            self.chosen.push(card);
        } else {
            self.chosen.pop();
        }
        for question in &self.cards[card].questions {
            self.uses[*question] += by;
        }
    }

    /// Nothing when too much was looked at.
    fn pay(&mut self, looks: usize) -> Option<()> {
        self.looks += looks + 16;
        while self.looks >= LOOKS {
            self.looks -= LOOKS;
            self.budget.spend(1);
            self.left = self.left.checked_sub(1)?;
            if self.left.is_multiple_of(16) && self.budget.over() {
                return None;
            }
        }
        Some(())
    }

    fn has(&self, card: usize, question: usize) -> bool {
        self.cards[card].mask[question / 64] >> (question % 64) & 1 == 1
    }

    /// Whether a form can come with those that are chosen, the last of which is `last`.
    fn goes(&self, card: usize, last: usize, spent: i64) -> bool {
        let (forms, own) = (self.rest.forms, &self.cards[card]);
        if spent + own.beyond > self.slack {
            return false;
        }
        let masks = own.mask.iter().zip(&self.cards[last].mask);
        let shared = masks.map(|(a, b)| i64::from((a & b).count_ones()));
        let shared = shared.sum::<i64>() - forms.anchors;
        if shared < 0 || forms.max_overlap.is_some_and(|most| shared > most) {
            return false;
        }
        let used_up = |question: &usize| self.uses[*question] >= self.rest.uses[*question];
        if forms.anchors == 0 && own.questions.iter().any(used_up) {
            return false;
        }
        match forms.aim {
            Aim::Worst => own.cost <= self.rest.target,
            Aim::Total => true,
            Aim::Range => {
                let chosen = self.chosen.iter().map(|card| &self.cards[*card]);
                let range = |index: usize| {
                    let sums = chosen.clone().chain([own]).map(|card| card.sums[index]);
                    let (least, most) = (sums.clone().min(), sums.max());
                    most.unwrap_or(0) - least.unwrap_or(0)
                };
                (0..own.sums.len()).map(range).sum::<i64>() <= self.rest.target
            }
        }
    }

    /// The forms that can still come, and a question that one of them must have, if any; nothing where the
    /// forms to come cannot be among them.
    fn narrowed(
        &self,
        mut available: Vec<usize>,
        spent: i64,
    ) -> Option<(Vec<usize>, Option<usize>)> {
        let rest = self.to_come();
        let cards = || available.iter().map(|card| &self.cards[*card]);
        let least = cards().map(|card| card.cost).min()?;
        if self.rest.forms.aim == Aim::Total {
            let chosen = self.chosen.iter().map(|card| self.cards[*card].cost);
            if chosen.sum::<i64>() + rest * least > self.rest.enough() {
                return None;
            }
        }
        let Some(priced) = self.priced else {
            return Some((available, None));
        };
        let mut counts = vec![0_i64; self.uses.len()];
        for question in cards().flat_map(|card| &card.questions) {
            counts[*question] += 1;
        }
        let nearest = cards().map(|card| card.beyond).min()?;
        let mut lost = spent + rest * nearest;
        let mut without = 0;
        let mut outlooks = vec![Outlook::default(); self.uses.len()];
        for (question, outlook) in outlooks.iter_mut().enumerate() {
            if counts[question] > 0 || priced.questions[question] > 0 {
                *outlook = self.outlook(priced, question, (counts[question], rest));
                lost += outlook.least;
                without += outlook.without;
            }
        }
        if lost > self.slack {
            return None;
        }
        available.retain(|card| {
            let card = &self.cards[*card];
            let questions = card.questions.iter().map(|question| &outlooks[*question]);
            let own: i64 = questions
                .map(|outlook| outlook.with - outlook.without)
                .sum();
            lost + without + own + card.beyond - nearest <= self.slack
        });
        let questions = 0..outlooks.len();
        let needed = questions.filter(|question| lost + outlooks[*question].never > self.slack);
        let needed = needed.min_by_key(|question| counts[*question]);
        Some((available, needed))
    }

    /// What a question takes of the slack.
    fn outlook(&self, priced: &Priced, question: usize, (count, rest): (i64, i64)) -> Outlook {
        let used = self.uses[question];
        // A form may be chosen more than once.
        let more = if count > 0 { rest } else { 0 };
        let most = (used + more).min(self.rest.uses[question]).max(used);
        let least = |from: i64, to: i64| {
            let uses = from..=to;
            uses.map(|used| priced.loss(question, used, self.rest))
                .min()
        };
        let lost = least(used, most).unwrap_or(0);
        let beyond =
            |from: i64, to: i64| least(from, to).map_or(self.slack + 1, |least| least - lost);
        Outlook {
            least: lost,
            with: beyond(used + 1, most),
            without: beyond(used, most.min(used + rest - 1)),
            never: beyond(used, used),
        }
    }
}

/// What a question takes of the slack, whatever comes; and what more if a form to come has it, if one of them has it
/// not, if none has it.
#[derive(Clone, Copy, Default)]
struct Outlook {
    least: i64,
    with: i64,
    without: i64,
    never: i64,
}
