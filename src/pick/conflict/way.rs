//! What would do: the nearest values with which there is a screen.

use super::{Named, Search};
use crate::model::constraints::{Count, Counted};
use crate::pick::program::{Choice, Program};
use crate::pick::request::{LONGEST_SLOT, PickRequest};
use crate::pick::solver;
use crate::pick::wish::{Wish, is_plain};

/// A change of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A slot of so many minutes, the shortest that does.
    Slot(u32),
    /// So many minutes for a segment of a request, the fewest that do.
    Segment(usize, usize, u32),
    /// So many distinct categories, the most that do.
    Categories(usize, u32),
    /// So many questions, as near as can be.
    Questions(usize, u32),
    /// So many questions of a counted sort, as near as can be.
    Counted(usize, Counted, u32),
    /// So many parallel forms, the most that do.
    Forms(usize),
    /// So many questions in every form, as near as can be.
    Anchors(u32),
    /// A question in so many forms, the fewest that do.
    Uses(u32),
    /// So many questions in common to two forms, the fewest that do.
    Overlap(u32),
    /// The condition left out.
    Without(usize, Wish),
}

impl Way {
    /// Makes the change.
    fn apply(&self, requests: &mut [PickRequest]) {
        let number = match self {
            Self::Segment(form, ..)
            | Self::Categories(form, _)
            | Self::Questions(form, _)
            | Self::Counted(form, ..)
            | Self::Without(form, _) => *form,
            _ => 0,
        };
        let Some(request) = requests.get_mut(number) else {
            return;
        };
        let constraints = &mut request.constraints;
        match self {
            Self::Slot(minutes) => {
                request.frame.minutes = *minutes;
                let minutes = request.frame.question_minutes();
                for segment in &mut request.segments {
                    segment.minutes.value = minutes;
                }
            }
            Self::Segment(_, segment, minutes) => {
                if let Some(segment) = request.segments.get_mut(*segment) {
                    segment.minutes.value = *minutes;
                }
            }
            Self::Categories(_, count) => constraints.min_categories = Some(*count),
            Self::Questions(_, count) => constraints.questions = Some(Count::exactly(*count)),
            Self::Counted(_, counted, count) => {
                let mut counted = counted.clone();
                counted.count.value = Count::exactly(*count);
                constraints.recount(&counted);
            }
            Self::Without(_, wish) => wish.leave_out(request),
            Self::Forms(_) | Self::Anchors(_) | Self::Uses(_) | Self::Overlap(_) => {
                if let Some(between) = &mut request.between {
                    match self {
                        Self::Forms(count) => between.count = *count,
                        Self::Anchors(count) => between.anchors = *count,
                        Self::Uses(most) => between.max_uses = Some(*most),
                        Self::Overlap(most) => between.max_overlap = *most,
                        _ => {}
                    }
                }
            }
        }
    }
}

/// So many ways to leave out one condition of every set are tried.
const TRIES: usize = 60;
/// So many numbers to either side are tried where the nearest one may be anywhere.
const AROUND: u32 = 12;

impl Search<'_> {
    /// For each condition of a single set, the nearest value with which all others hold; for several sets, one such
    /// value for each of them.
    pub(super) fn ways(&self, sets: &[Vec<Named>]) -> Vec<Vec<Way>> {
        let [only] = sets else {
            return self.together(sets).into_iter().collect();
        };
        let ways = only.iter().filter_map(|wish| {
            if self.feasible(&self.without([wish])) != Some(true) {
                return None;
            }
            Some(vec![self.nearest(self.requests, wish)?])
        });
        ways.collect()
    }

    /// Changes of one condition of each set that do together.
    fn together(&self, sets: &[Vec<Named>]) -> Option<Vec<Way>> {
        let mut odds: Vec<Vec<&Named>> = vec![Vec::new()];
        for set in sets {
            // The bank's own conditions come first, and those that are easily changed last.
            let longer = odds.iter().flat_map(|before| {
                let longer = set
                    .iter()
                    .rev()
                    .map(|wish| [before, [wish].as_slice()].concat());
                longer.collect::<Vec<_>>()
            });
            odds = longer.take(TRIES).collect();
        }
        let does = |wishes: &&Vec<&Named>| {
            self.feasible(&self.without(wishes.iter().copied())) == Some(true)
        };
        let wishes = odds.iter().find(does)?;
        let mut requests = self.without(wishes.iter().copied());
        let mut ways = Vec::new();
        for (place, (form, wish)) in wishes.iter().enumerate() {
            // This one holds again, those after it do not yet.
            let mut held = self.without(wishes[place + 1..].iter().copied());
            for way in &ways {
                Way::apply(way, &mut held);
            }
            let way = self.nearest(&held, &(*form, wish.clone()))?;
            way.apply(&mut held);
            requests = held;
            ways.push(way);
        }
        (self.feasible(&requests) == Some(true)).then_some(ways)
    }

    /// The nearest value of a condition with which requests can be met that can be met without it.
    fn nearest(&self, requests: &[PickRequest], named: &Named) -> Option<Way> {
        let (form, wish) = named;
        let form = *form;
        let request = requests.get(form)?;
        if request.between.is_some() {
            return self.nearest_of_forms(request, wish);
        }
        let mut relaxed = requests.to_vec();
        wish.leave_out(&mut relaxed[form]);
        let constraints = &request.constraints;
        let without = || Some(Way::Without(form, wish.clone()));
        match wish {
            Wish::Minutes(number) => {
                let least = self.least(&relaxed, |choice| {
                    let here = choice.form == form && choice.segment == *number;
                    i64::from(here) * i64::from(choice.minutes)
                });
                let least = u32::try_from(least?).ok()?;
                let frame = request.frame;
                let slot = least + frame.intro_minutes + frame.closing_minutes;
                match is_plain(request) {
                    true if slot <= LONGEST_SLOT => Some(Way::Slot(slot)),
                    true => None,
                    false => Some(Way::Segment(form, *number, least)),
                }
            }
            Wish::Categories => {
                let mut program = Program::joint(self.bank, &relaxed, self.scope);
                let marks = program.category_marks.iter();
                let own = marks.filter(|(of, _)| *of == form);
                let terms: Vec<(usize, i64)> = own.map(|&(_, mark)| (mark, -1)).collect();
                program.minimise(&terms);
                let most = u32::try_from(-self.best(&program)?).ok()?;
                match most {
                    0 => without(),
                    most => Some(Way::Categories(form, most)),
                }
            }
            Wish::Questions => {
                let wanted = constraints.questions?;
                let count = self.count(&relaxed, wanted, |choice| choice.form == form)?;
                Some(Way::Questions(form, count))
            }
            Wish::Counted(counted) if !counted.is_share => {
                let has = |choice: &Choice| {
                    let question = &self.bank.questions[choice.question];
                    choice.form == form && counted.feature.is_of(question)
                };
                match self.count(&relaxed, counted.count.value, has)? {
                    0 => without(),
                    count => Some(Way::Counted(form, counted.clone(), count)),
                }
            }
            _ => without(),
        }
    }

    /// The same where forms are wanted: values are tried.
    fn nearest_of_forms(&self, request: &PickRequest, wish: &Wish) -> Option<Way> {
        let between = request.between?;
        let does = |way: &Way| {
            let mut changed = vec![request.clone()];
            way.apply(&mut changed);
            self.feasible(&changed) == Some(true)
        };
        // Ways from near to far: what does is followed by nothing that does not.
        let first = |ways: Vec<Way>| {
            let place = ways.partition_point(|way| !does(way));
            ways.into_iter().nth(place).filter(|way| does(way))
        };
        let around = |wanted: Count| {
            let (min, max) = (wanted.min.unwrap_or(0), wanted.max.unwrap_or(u32::MAX));
            let apart = (1..=AROUND).flat_map(move |apart| {
                let less = min.checked_sub(apart);
                less.into_iter().chain(max.checked_add(apart))
            });
            apart.filter(|count| *count > 0)
        };
        let question_minutes = request.frame.question_minutes();
        let constraints = &request.constraints;
        match wish {
            Wish::Forms => first((2..between.count).rev().map(Way::Forms).collect()),
            Wish::Overlap => {
                let more = between.max_overlap + 1..=question_minutes;
                first(more.map(Way::Overlap).collect())
            }
            Wish::Uses => {
                let forms = u32::try_from(between.count).ok()?;
                let more = between.max_uses? + 1..=forms;
                first(more.map(Way::Uses).collect())
            }
            Wish::Anchors => {
                let fewer = (0..between.anchors).rev();
                let mut ways = fewer.map(Way::Anchors);
                ways.find(does)
            }
            Wish::Minutes(_) if is_plain(request) => {
                let longer = request.frame.minutes + 1..=LONGEST_SLOT;
                first(longer.map(Way::Slot).collect())
            }
            Wish::Minutes(number) => {
                let least = request.segments.get(*number)?.minutes.value + 1;
                let more = least..=LONGEST_SLOT;
                first(
                    more.map(|minutes| Way::Segment(0, *number, minutes))
                        .collect(),
                )
            }
            Wish::Categories => {
                let fewer = (1..constraints.min_categories?).rev();
                first(fewer.map(|count| Way::Categories(0, count)).collect())
            }
            Wish::Questions => {
                let mut counts =
                    around(constraints.questions?).map(|count| Way::Questions(0, count));
                counts.find(does)
            }
            Wish::Counted(counted) if !counted.is_share => {
                let counts = around(counted.count.value);
                let mut ways = counts.map(|count| Way::Counted(0, counted.clone(), count));
                ways.find(does)
                    .or_else(|| Some(Way::Without(0, wish.clone())))
            }
            _ => Some(Way::Without(0, wish.clone())),
        }
    }

    /// The number of choices that comes nearest to the wanted one.
    fn count(
        &self,
        relaxed: &[PickRequest],
        wanted: Count,
        has: impl Fn(&Choice) -> bool,
    ) -> Option<u32> {
        let most = self.least(relaxed, |choice| -i64::from(has(choice)));
        let most = u32::try_from(-most?).ok()?;
        if most < wanted.min.unwrap_or(0) {
            return Some(most);
        }
        let least = self.least(relaxed, |choice| i64::from(has(choice)));
        u32::try_from(least?).ok()
    }

    /// The least sum of weights of what is chosen.
    fn least(&self, requests: &[PickRequest], weight: impl Fn(&Choice) -> i64) -> Option<i64> {
        let mut program = Program::joint(self.bank, requests, self.scope);
        let choices = program.choices.iter().enumerate();
        let terms: Vec<(usize, i64)> = choices
            .map(|(variable, choice)| (variable, weight(choice)))
            .collect();
        program.minimise(&terms);
        self.best(&program)
    }

    fn best(&self, program: &Program) -> Option<i64> {
        let solution = solver::solve(program, None, self.limits).ok()?;
        solution.is_proven().then_some(solution.objective)
    }
}
