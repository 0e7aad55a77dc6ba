//! A program as classes of questions that no row can tell apart.

use std::collections::{BTreeMap, HashMap};

use crate::pick::program::{Program, Row};

/// Of questions with more ways than this, the needless ones are kept: to compare each with each takes long.
const MOST_COMPARED: usize = 24;

/// The bounds of a sum over what is asked.
pub(super) struct Rule {
    pub(super) least: Option<i64>,
    pub(super) most: Option<i64>,
}

/// A way to ask a question, by what it does to the rules.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    /// Rules and what is added to their sums, by rule.
    pub(super) adds: Vec<(usize, i64)>,
    /// The marks that it sets, in order.
    pub(super) marks: Vec<usize>,
}

impl Way {
    pub(super) fn adds_to(&self, rule: usize) -> i64 {
        let place = self.adds.binary_search_by_key(&rule, |(rule, _)| *rule);
        place.map_or(0, |place| self.adds[place].1)
    }
}

/// Questions that can stand in for each other.
pub(super) struct Class {
    /// How many they are.
    pub(super) questions: u64,
    pub(super) ways: Vec<Way>,
    /// The rules that they touch, with the least and the most that one of them adds.
    pub(super) spans: Vec<(usize, i64, i64)>,
    /// The marks that some of the ways set, and whether all do.
    pub(super) marks: Vec<(usize, bool)>,
}

impl Class {
    fn new(ways: Vec<Way>, questions: u64) -> Self {
        let mut rules: Vec<usize> = (ways.iter().flat_map(|way| &way.adds))
            .map(|(rule, _)| *rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        let span = |rule: usize| {
            let adds = || ways.iter().map(|way| way.adds_to(rule));
            (rule, adds().min().unwrap_or(0), adds().max().unwrap_or(0))
        };
        let spans = rules.into_iter().map(span).collect();
        let mut marks: Vec<usize> = ways.iter().flat_map(|way| way.marks.clone()).collect();
        marks.sort_unstable();
        marks.dedup();
        let by_all = |mark: usize| (mark, ways.iter().all(|way| way.marks.contains(&mark)));
        let marks = marks.into_iter().map(by_all).collect();
        Self {
            questions,
            ways,
            spans,
            marks,
        }
    }

    /// Whether no rule looks at the questions.
    pub(super) fn is_free(&self) -> bool {
        self.spans.is_empty() && self.marks.is_empty()
    }
}

/// What is counted.
pub(super) struct Problem {
    pub(super) rules: Vec<Rule>,
    /// For every mark, the rules that it adds to once it is set.
    pub(super) marks: Vec<Vec<(usize, i64)>>,
    pub(super) classes: Vec<Class>,
}

pub(super) enum Compiled {
    Problem(Problem),
    /// A row that nothing can satisfy.
    Impossible,
    /// Variables that are no marks, in several rows at once.
    Unknown,
}

impl Problem {
    /// The classes in parts that no rule connects.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let mut links = Links((0..self.rules.len() + self.marks.len()).collect());
        let mark = |mark: usize| self.rules.len() + mark;
        for (number, rules) in self.marks.iter().enumerate() {
            for (rule, _) in rules {
                links.join(*rule, mark(number));
            }
        }
        let ends = |class: &Class| -> Vec<usize> {
            let rules = class.spans.iter().map(|(rule, ..)| *rule);
            rules
                .chain(class.marks.iter().map(|(number, _)| mark(*number)))
                .collect()
        };
        for class in &self.classes {
            for pair in ends(class).windows(2) {
                links.join(pair[0], pair[1]);
            }
        }
        let mut parts: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (number, class) in self.classes.iter().enumerate() {
            let root = ends(class).first().map(|end| links.root(*end));
            parts.entry(root).or_default().push(number);
        }
        parts.into_values().collect()
    }
}

/// Which things belong together: each points to another of its part, the last one to itself.
struct Links(Vec<usize>);

impl Links {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a] = b;
    }
}

/// The problem of a program; the rows that always hold are left out.
pub(super) fn compile(program: &Program) -> Compiled {
    let choices = program.choices.len();
    let (marks, defining) = marks(program);
    let mut elsewhere: HashMap<usize, usize> = HashMap::new();
    let mut rules: Vec<Rule> = Vec::new();
    let mut of_marks: Vec<Vec<(usize, i64)>> = vec![Vec::new(); marks.len()];
    let mut adds: Vec<Vec<(usize, i64)>> = vec![Vec::new(); choices];
    for (index, row) in program.rows.iter().enumerate() {
        if defining.contains_key(&index) {
            continue;
        }
        let row = Sum::new(program, row, &marks);
        for variable in &row.free {
            *elsewhere.entry(*variable).or_default() += 1;
        }
        let (lowest, highest) = row.range(program);
        let lacks = row.least.is_some_and(|least| highest < least);
        if lacks || row.most.is_some_and(|most| lowest > most) {
            return Compiled::Impossible;
        }
        let enough = row.least.is_none_or(|least| lowest >= least);
        if enough && row.most.is_none_or(|most| highest <= most) {
            continue;
        }
        for (choice, weight) in row.choices {
            adds[choice].push((rules.len(), weight));
        }
        for (mark, weight) in row.marks {
            of_marks[mark].push((rules.len(), weight));
        }
        rules.push(Rule {
            least: row.least.filter(|least| lowest < *least),
            most: row.most.filter(|most| highest > *most),
        });
    }
    if elsewhere.values().any(|rows| *rows > 1) {
        return Compiled::Unknown;
    }
    let ways = ways(program, adds, &defining, &of_marks);
    let classes = classes(program, &rules, ways);
    Compiled::Problem(Problem {
        rules,
        marks: of_marks,
        classes,
    })
}

/// The way of every choice, from what it adds to the rules and the marks that rules look at.
fn ways(
    program: &Program,
    adds: Vec<Vec<(usize, i64)>>,
    defining: &BTreeMap<usize, usize>,
    of_marks: &[Vec<(usize, i64)>],
) -> Vec<Way> {
    let mut ways = adds
        .into_iter()
        .map(|adds| Way {
            adds,
            marks: Vec::new(),
        })
        .collect::<Vec<_>>();
    for (row, mark) in defining {
        // A mark that no rule looks at tells nothing apart.
        if of_marks[*mark].is_empty() {
            continue;
        }
        for (variable, _) in &program.rows[*row].terms {
            if let Some(way) = ways.get_mut(*variable) {
                way.marks.push(*mark);
            }
        }
    }
    ways
}

/// Variables that are 1 when one of some choices is made, as marks by their number; and the rows that
/// say so.
fn marks(program: &Program) -> (HashMap<usize, usize>, BTreeMap<usize, usize>) {
    let choices = program.choices.len();
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, row) in program.rows.iter().enumerate() {
        let mut others = row
            .terms
            .iter()
            .filter(|(variable, _)| *variable >= choices);
        let (Some((variable, -1)), None) = (others.next(), others.next()) else {
            continue;
        };
        let counts = |(other, weight): &(usize, i64)| other == variable || *weight == 1;
        let is_mark = program.extra.get(variable - choices) == Some(&1) && row.terms.len() > 1;
        if is_mark && row.least == Some(0) && row.most.is_none() && row.terms.iter().all(counts) {
            rows.entry(*variable).or_default().push(index);
        }
    }
    let defined = rows.into_iter().filter(|(_, rows)| rows.len() == 1);
    let (mut marks, mut defining) = (HashMap::new(), BTreeMap::new());
    for (number, (variable, rows)) in defined.enumerate() {
        marks.insert(variable, number);
        defining.extend(rows.into_iter().map(|row| (row, number)));
    }
    (marks, defining)
}

/// A row, its variables told apart; what free variables can add is in the bounds.
struct Sum {
    least: Option<i64>,
    most: Option<i64>,
    choices: BTreeMap<usize, i64>,
    marks: BTreeMap<usize, i64>,
    free: Vec<usize>,
}

impl Sum {
    fn new(program: &Program, row: &Row, marks: &HashMap<usize, usize>) -> Self {
        let mut sum = Self {
            least: row.least,
            most: row.most,
            choices: BTreeMap::new(),
            marks: BTreeMap::new(),
            free: Vec::new(),
        };
        for (variable, weight) in &row.terms {
            if *variable < program.choices.len() {
                *sum.choices.entry(*variable).or_default() += weight;
            } else if let Some(mark) = marks.get(variable) {
                *sum.marks.entry(*mark).or_default() += weight;
            } else {
                let most = program.extra.get(variable - program.choices.len());
                let adds = weight * most.copied().unwrap_or(0);
                sum.least = sum.least.map(|least| least - adds.max(0));
                sum.most = sum.most.map(|most| most - adds.min(0));
                sum.free.push(*variable);
            }
        }
        sum.choices.retain(|_, weight| *weight != 0);
        sum.marks.retain(|_, weight| *weight != 0);
        sum
    }

    /// The least and the most that the sum can be, whatever is asked: a question is asked once at most.
    fn range(&self, program: &Program) -> (i64, i64) {
        let mut by_question: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for (choice, weight) in &self.choices {
            let range = by_question
                .entry(program.choices[*choice].question)
                .or_default();
            *range = (range.0.min(*weight), range.1.max(*weight));
        }
        let marks = self
            .marks
            .values()
            .map(|weight| (*weight.min(&0), *weight.max(&0)));
        let ranges = by_question.into_values().chain(marks);
        ranges.fold((0, 0), |sum, range| (sum.0 + range.0, sum.1 + range.1))
    }
}

/// `ways` holds the way of every choice.
fn classes(program: &Program, rules: &[Rule], ways: Vec<Way>) -> Vec<Class> {
    let mut by_question: BTreeMap<usize, Vec<Way>> = BTreeMap::new();
    for (choice, way) in program.choices.iter().zip(ways) {
        by_question.entry(choice.question).or_default().push(way);
    }
    let mut classes: BTreeMap<Vec<Way>, u64> = BTreeMap::new();
    for mut ways in by_question.into_values() {
        ways.sort_unstable();
        ways.dedup();
        if ways.len() <= MOST_COMPARED {
            let all = ways.clone();
            let better = |way: &Way, other: &Way| other != way && serves(rules, other, way);
            ways.retain(|way| !all.iter().any(|other| better(way, other)));
        }
        *classes.entry(ways).or_default() += 1;
    }
    let made = classes.into_iter();
    made.map(|(ways, questions)| Class::new(ways, questions))
        .collect()
}

/// Whether a way is allowed wherever another is: it sets the same marks, and strains no rule more.
fn serves(rules: &[Rule], way: &Way, other: &Way) -> bool {
    let mut touched = way.adds.iter().chain(&other.adds).map(|(rule, _)| *rule);
    way.marks == other.marks
        && touched.all(|rule| {
            let (own, others) = (way.adds_to(rule), other.adds_to(rule));
            let Rule { least, most } = &rules[rule];
            (own >= others || least.is_none()) && (own <= others || most.is_none())
        })
}
