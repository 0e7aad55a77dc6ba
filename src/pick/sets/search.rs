//! The search: how many of each class are asked, class by class, none first.

use super::classes::{Class, Problem, Way};

/// What a search found.
pub(super) struct Counted {
    /// The sets that were found.
    pub(super) sets: u64,
    /// Whether there are no others.
    pub(super) complete: bool,
}

/// What a sum can still become.
#[derive(Clone, Copy, Default)]
struct Range {
    lowest: i64,
    highest: i64,
}

/// What is known of a mark.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct MarkState {
    /// What sets it.
    set: u64,
    /// Classes that may still set it.
    open: u64,
}

impl MarkState {
    /// What a mark that adds `weight` makes of a sum.
    fn range(self, weight: i64) -> Range {
        match self {
            Self { set: 0, open: 0 } => Range::default(),
            Self { set: 0, .. } => Range {
                lowest: weight.min(0),
                highest: weight.max(0),
            },
            _ => Range {
                lowest: weight,
                highest: weight,
            },
        }
    }
}

/// Whether the rules can still hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outlook {
    Open,
    Broken,
    /// Broken, and asking more of the class does not mend it.
    Exceeded,
}

/// A decision.
struct Taken {
    /// How many of a class are asked.
    asked: u64,
    /// For how many sets this decision and those before it stand.
    sets: u64,
}

/// One part of a problem, being counted.
pub(super) struct Search<'p> {
    problem: &'p Problem,
    /// The classes, in the order in which they are decided.
    classes: Vec<&'p Class>,
    /// What was decided, for the first classes.
    taken: Vec<Taken>,
    /// Of those, the classes whose questions can be asked in several ways, and how many of each are.
    in_ways: Vec<(&'p Class, u64)>,
    ranges: Vec<Range>,
    marks: Vec<MarkState>,
    /// Sums that may still be looked at.
    budget: u64,
}

impl<'p> Search<'p> {
    pub(super) fn new(problem: &'p Problem, part: &[usize], budget: u64) -> Self {
        let mut search = Self {
            problem,
            classes: order(problem, part),
            taken: Vec::with_capacity(part.len()),
            in_ways: Vec::new(),
            ranges: vec![Range::default(); problem.rules.len()],
            marks: vec![MarkState::default(); problem.marks.len()],
            budget,
        };
        for class in part.iter().map(|class| &problem.classes[*class]) {
            for (rule, least, most) in &class.spans {
                let (lowest, highest) = undecided(class, *least, *most);
                search.ranges[*rule].lowest += lowest;
                search.ranges[*rule].highest += highest;
            }
            for (mark, _) in &class.marks {
                search.turn(*mark, 0, 1);
            }
        }
        search
    }

    /// Counts up to one more than `cap`.
    pub(super) fn count(mut self, cap: u64) -> Counted {
        let (mut sets, mut next) = (0, 0);
        while self.budget > 0 && sets <= cap {
            let so_far = self.taken.last().map_or(1, |taken| taken.sets);
            match self.classes.get(self.taken.len()).copied() {
                Some(class) if next <= class.questions => {
                    next = match self.take(class, next, so_far) {
                        Outlook::Open => 0,
                        Outlook::Broken => next + 1,
                        Outlook::Exceeded => class.questions + 1,
                    };
                    continue;
                }
                None if self.can_be_placed(0) => sets = sets.saturating_add(so_far),
                _ => {}
            }
            match self.give_back() {
                Some(last) => next = last + 1,
                None => {
                    return Counted {
                        sets,
                        complete: true,
                    };
                }
            }
        }
        Counted {
            sets,
            complete: false,
        }
    }

    /// Takes so many of the next class, if the rules can hold then.
    fn take(&mut self, class: &'p Class, asked: u64, so_far: u64) -> Outlook {
        let mut outlook = self.decide(class, asked);
        let in_ways = asked > 0 && class.ways.len() > 1;
        if in_ways {
            self.in_ways.push((class, asked));
            if outlook == Outlook::Open && !self.can_be_placed(0) {
                outlook = Outlook::Broken;
            }
        }
        if outlook == Outlook::Open {
            let sets = so_far.saturating_mul(binomial(class.questions, asked));
            self.taken.push(Taken { asked, sets });
        } else {
            self.undo(class, asked);
            if in_ways {
                self.in_ways.pop();
            }
        }
        outlook
    }

    /// Takes the last decision back: how many of the class were asked.
    fn give_back(&mut self) -> Option<u64> {
        let asked = self.taken.pop()?.asked;
        let class = self.classes[self.taken.len()];
        self.undo(class, asked);
        if asked > 0 && class.ways.len() > 1 {
            self.in_ways.pop();
        }
        Some(asked)
    }

    /// Takes so many of a class.
    fn decide(&mut self, class: &Class, asked: u64) -> Outlook {
        self.change(class, asked, 1);
        for &(mark, by_all) in &class.marks {
            match (asked, by_all) {
                (0, _) => self.turn(mark, 0, -1),
                (_, true) => self.turn(mark, 1, -1),
                // Which way is taken is decided later.
                (_, false) => {}
            }
        }
        self.outlook(class, asked > 0 || class.marks.is_empty())
    }

    fn undo(&mut self, class: &Class, asked: u64) {
        self.change(class, asked, -1);
        for &(mark, by_all) in &class.marks {
            match (asked, by_all) {
                (0, _) => self.turn(mark, 0, 1),
                (_, true) => self.turn(mark, -1, 1),
                (_, false) => {}
            }
        }
    }

    fn change(&mut self, class: &Class, asked: u64, sign: i64) {
        let asked = signed(asked);
        for &(rule, least, most) in &class.spans {
            let (lowest, highest) = undecided(class, least, most);
            self.ranges[rule].lowest += sign * (asked * least - lowest);
            self.ranges[rule].highest += sign * (asked * most - highest);
        }
    }

    /// Changes what is known of a mark.
    fn turn(&mut self, mark: usize, set: i64, open: i64) {
        let before = self.marks[mark];
        let after = MarkState {
            set: before.set.saturating_add_signed(set),
            open: before.open.saturating_add_signed(open),
        };
        self.marks[mark] = after;
        for &(rule, weight) in &self.problem.marks[mark] {
            let (before, after) = (before.range(weight), after.range(weight));
            self.ranges[rule].lowest += after.lowest - before.lowest;
            self.ranges[rule].highest += after.highest - before.highest;
        }
    }

    /// Looks at the rules that a class touches. `steady`: asking more of it changes no mark.
    fn outlook(&mut self, class: &Class, steady: bool) -> Outlook {
        let problem = self.problem;
        self.budget = self.budget.saturating_sub(1 + class.spans.len() as u64);
        let mut outlook = Outlook::Open;
        for &(rule, least, _) in &class.spans {
            match self.holds(rule) {
                Outlook::Exceeded if steady && least >= 0 => return Outlook::Exceeded,
                Outlook::Open => {}
                _ => outlook = Outlook::Broken,
            }
        }
        for (mark, _) in &class.marks {
            let rules = &problem.marks[*mark];
            self.budget = self.budget.saturating_sub(rules.len() as u64);
            if rules
                .iter()
                .any(|(rule, _)| self.holds(*rule) != Outlook::Open)
            {
                outlook = Outlook::Broken;
            }
        }
        outlook
    }

    fn holds(&self, rule: usize) -> Outlook {
        let (rule, range) = (&self.problem.rules[rule], self.ranges[rule]);
        if rule.most.is_some_and(|most| range.lowest > most) {
            return Outlook::Exceeded;
        }
        if rule.least.is_some_and(|least| range.highest < least) {
            return Outlook::Broken;
        }
        Outlook::Open
    }

    /// Whether the questions asked of the classes that have several ways, from the one numbered `at` on,
    /// can be asked so that every rule can hold. `false` also where the budget ends before that is known.
    fn can_be_placed(&mut self, at: usize) -> bool {
        match self.in_ways.get(at) {
            None => true,
            Some(&(class, asked)) => self.place(class, asked, 0, at + 1),
        }
    }

    /// Places what is `left` of a class, in its ways from the one numbered `from` on, and then the classes
    /// from the one numbered `others` on.
    fn place(&mut self, class: &'p Class, left: u64, from: usize, others: usize) -> bool {
        if self.budget == 0 {
            return false;
        }
        if left == 0 {
            self.close(class, -1);
            let fine = self.outlook(class, false) == Outlook::Open && self.can_be_placed(others);
            self.close(class, 1);
            return fine;
        }
        for (number, way) in class.ways.iter().enumerate().skip(from) {
            self.ask(class, way, 1);
            let fine = self.outlook(class, false) == Outlook::Open
                && self.place(class, left - 1, number, others);
            self.ask(class, way, -1);
            if fine {
                return true;
            }
        }
        false
    }

    /// Notes that a class sets no more marks, or takes that back.
    fn close(&mut self, class: &Class, open: i64) {
        for (mark, by_all) in &class.marks {
            if !by_all {
                self.turn(*mark, 0, open);
            }
        }
    }

    /// Asks one question of a class, which has been decided, in one way; or takes that back.
    fn ask(&mut self, class: &Class, way: &Way, sign: i64) {
        for &(rule, least, most) in &class.spans {
            let adds = way.adds_to(rule);
            self.ranges[rule].lowest += sign * (adds - least);
            self.ranges[rule].highest += sign * (adds - most);
        }
        for (mark, by_all) in &class.marks {
            if !by_all && way.marks.contains(mark) {
                self.turn(*mark, sign, 0);
            }
        }
    }
}

/// What a class whose number is not decided can add to a sum.
fn undecided(class: &Class, least: i64, most: i64) -> (i64, i64) {
    let questions = signed(class.questions);
    (questions * least.min(0), questions * most.max(0))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The order of decisions. Classes that a rule wants something of stand together, where few compete for it
/// first, so that a rule which cannot hold is noticed early. Among them the dear ones come first: as none is
/// tried before one, what is asked in the end is cheap, and a first answer is found at once.
fn order<'p>(problem: &'p Problem, part: &[usize]) -> Vec<&'p Class> {
    let mut by_rule: Vec<Vec<usize>> = vec![Vec::new(); problem.rules.len()];
    let mut by_mark: Vec<Vec<usize>> = vec![Vec::new(); problem.marks.len()];
    for &number in part {
        let class = &problem.classes[number];
        for (rule, ..) in &class.spans {
            by_rule[*rule].push(number);
        }
        for (mark, _) in &class.marks {
            by_mark[*mark].push(number);
        }
    }
    let rules = by_rule.into_iter().zip(&problem.rules);
    let wanting = rules.filter(|(_, rule)| rule.least.is_some());
    let mut groups: Vec<Vec<usize>> = wanting.map(|(classes, _)| classes).chain(by_mark).collect();
    groups.push(part.to_vec());
    groups.sort_by_key(Vec::len);
    let mut order = Vec::with_capacity(part.len());
    let mut seen = vec![false; problem.classes.len()];
    for mut group in groups {
        group.sort_by_key(|&number| {
            let class = &problem.classes[number];
            (
                std::cmp::Reverse(price(problem, class)),
                class.questions,
                number,
            )
        });
        for number in group {
            if !std::mem::replace(&mut seen[number], true) {
                order.push(&problem.classes[number]);
            }
        }
    }
    order
}

/// How much of what there is a question may take, in thousandths.
fn price(problem: &Problem, class: &Class) -> i64 {
    let price = |(rule, _, highest): &(usize, i64, i64)| match problem.rules[*rule].most {
        Some(most) if most > 0 => highest.saturating_mul(1_000) / most,
        _ => 0,
    };
    class.spans.iter().map(price).sum()
}

/// The number of ways to take `some` of `all`, as far as 64 bits hold it.
fn binomial(all: u64, some: u64) -> u64 {
    let some = some.min(all.saturating_sub(some));
    let mut ways = 1_u128;
    for taken in 0..some {
        // Each step is a binomial coefficient itself, and none is smaller than the one before it.
        ways = ways * u128::from(all - taken) / u128::from(taken + 1);
        if ways > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    u64::try_from(ways).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binomial_coefficients() {
        let row: Vec<u64> = (0..=5).map(|some| binomial(5, some)).collect();
        assert_eq!(row, [1, 5, 10, 10, 5, 1]);
        assert_eq!(binomial(1_000, 999), 1_000);
        assert_eq!(binomial(1_000, 500), u64::MAX);
    }
}
