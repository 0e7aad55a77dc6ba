//! A quick way to a screen that satisfies everything, however good: where it finds one, there is one.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::bank::Bank;
use crate::model::blueprint::Count;
use crate::model::question::Question;
use crate::model::source::Spanned;
use crate::model::vocabulary::{Difficulty, Kind};
use crate::pick::request::PickRequest;

/// Questions that look the same to every condition are tried only so often.
const ALIKE: u32 = 8;

/// So many questions are tried before all of them.
const SAMPLE: usize = 500;

/// Whether questions can be put together, without ever taking one back, so that every condition of the
/// request holds. `false` says nothing.
#[must_use]
pub fn finds_a_screen(bank: &Bank, request: &PickRequest, eligible: &[usize]) -> bool {
    // Most blueprints of a large bank are filled by a part of it, taken from every folder.
    let step = eligible.len() / SAMPLE;
    step > 1 && put_together(bank, request, eligible.iter().step_by(step))
        || put_together(bank, request, eligible.iter())
}

fn put_together<'i>(
    bank: &Bank,
    request: &PickRequest,
    eligible: impl Iterator<Item = &'i usize>,
) -> bool {
    let candidates = candidates(bank, request, eligible);
    let mut draft = Draft::new(request);
    draft.named(&candidates)
        && draft.included(&candidates)
        && draft.segments(&candidates)
        && draft.least_counts(&candidates)
}

/// A question that may be asked in a segment, and the fewest minutes that it takes there.
#[derive(Clone, Copy)]
struct Candidate<'b> {
    question: &'b Question,
    minutes: u32,
    /// How many segments could have it.
    segments: usize,
}

/// The candidates of each segment, those that look alike only [`ALIKE`] times.
fn candidates<'b, 'i>(
    bank: &'b Bank,
    request: &PickRequest,
    eligible: impl Iterator<Item = &'i usize>,
) -> Vec<Vec<Candidate<'b>>> {
    let mut all: Vec<Vec<Candidate<'b>>> = vec![Vec::new(); request.segments.len()];
    let mut seen: HashMap<_, u32> = HashMap::new();
    for question in eligible.filter_map(|&index| bank.questions.get(index)) {
        let lengths: Vec<Option<u32>> = request
            .segments
            .iter()
            .map(|segment| {
                segment
                    .shortest(question)
                    .filter(|_| segment.fits(question))
            })
            .collect();
        let matter = &question.matter;
        let named = request
            .segments
            .iter()
            .any(|segment| segment.names(question.id()))
            || request
                .constraints
                .include
                .iter()
                .any(|id| *id.value == *question.id());
        let tagged: Vec<&str> = counted_tags(request, question).collect();
        let alone = matter.group.is_none() && matter.never_with.is_empty();
        let look = (
            matter.category.as_str(),
            matter.difficulty.value,
            matter.kind,
            tagged,
            lengths.clone(),
            alone,
        );
        let times = seen.entry(look).or_default();
        *times += 1;
        if *times > ALIKE && !named {
            continue;
        }
        let segments = lengths.iter().flatten().count();
        for (candidates, minutes) in all.iter_mut().zip(lengths) {
            candidates.extend(minutes.map(|minutes| Candidate {
                question,
                minutes,
                segments,
            }));
        }
    }
    all
}

/// The tags of a question that the request counts, each once.
fn counted_tags<'b>(
    request: &PickRequest,
    question: &'b Question,
) -> impl Iterator<Item = &'b str> {
    let counted = &request.constraints.tags;
    let tags = if counted.is_empty() {
        &[]
    } else {
        question.matter.tags.as_slice()
    };
    tags.iter().enumerate().filter_map(move |(index, tag)| {
        let before = tags.get(..index).unwrap_or_default();
        let first = before.iter().all(|other| other.value != tag.value);
        (first && counted.contains_key(tag.as_str())).then_some(tag.as_str())
    })
}

/// A screen that is being put together.
struct Draft<'b, 'r> {
    request: &'r PickRequest,
    ids: HashSet<&'b str>,
    /// Questions that those that are asked may not meet.
    barred: HashSet<&'b str>,
    groups: HashSet<&'b str>,
    /// Minutes that each segment has left.
    left: Vec<u32>,
    /// Questions of each segment.
    asked: Vec<Vec<&'b str>>,
    categories: BTreeMap<&'b str, u32>,
    difficulties: BTreeMap<Difficulty, u32>,
    kinds: BTreeMap<Kind, u32>,
    tags: BTreeMap<&'b str, u32>,
}

impl<'b, 'r> Draft<'b, 'r> {
    fn new(request: &'r PickRequest) -> Self {
        Self {
            request,
            ids: HashSet::new(),
            barred: HashSet::new(),
            groups: HashSet::new(),
            left: request
                .segments
                .iter()
                .map(|segment| segment.minutes.value)
                .collect(),
            asked: vec![Vec::new(); request.segments.len()],
            categories: BTreeMap::new(),
            difficulties: BTreeMap::new(),
            kinds: BTreeMap::new(),
            tags: BTreeMap::new(),
        }
    }

    /// Asks what segments require, and one question of each of their lists.
    fn named(&mut self, candidates: &[Vec<Candidate<'b>>]) -> bool {
        let request = self.request;
        for (number, segment) in request.segments.iter().enumerate() {
            for id in &segment.required {
                if !self.has(number, id)
                    && !self.add_one(number, candidates, |question| *id.value == *question.id())
                {
                    return false;
                }
            }
        }
        for (number, segment) in request.segments.iter().enumerate() {
            for list in &segment.one_of {
                let of_list =
                    |question: &Question| list.iter().any(|id| *id.value == *question.id());
                let done = list.iter().any(|id| self.has(number, id));
                if !done && !self.add_one(number, candidates, of_list) {
                    return false;
                }
            }
        }
        true
    }

    fn included(&mut self, candidates: &[Vec<Candidate<'b>>]) -> bool {
        let request = self.request;
        request.constraints.include.iter().all(|id| {
            let mut segments = 0..request.segments.len();
            self.ids.contains(id.as_str())
                || segments.any(|number| {
                    self.add_one(number, candidates, |question| *id.value == *question.id())
                })
        })
    }

    /// Gives each segment as many questions as it needs, those with the least choice first.
    fn segments(&mut self, candidates: &[Vec<Candidate<'b>>]) -> bool {
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|&number| candidates.get(number).map_or(0, Vec::len));
        for number in order {
            let least = self
                .request
                .segments
                .get(number)
                .and_then(|segment| segment.questions.min);
            while self.count(number) < least.unwrap_or(0) {
                if !self.add_one(number, candidates, |_| true) {
                    return false;
                }
            }
        }
        true
    }

    /// Adds questions until every count of the screen has what it needs.
    fn least_counts(&mut self, candidates: &[Vec<Candidate<'b>>]) -> bool {
        while self.lacks_something() {
            let mut segments = 0..candidates.len();
            let any = segments.any(|number| {
                let best = self.best(number, candidates, |_| true);
                best.filter(|best| self.helps(best.question) > 0)
                    .is_some_and(|best| {
                        self.add(number, best);
                        true
                    })
            });
            if !any {
                return false;
            }
        }
        true
    }

    fn has(&self, segment: usize, id: &str) -> bool {
        self.asked
            .get(segment)
            .is_some_and(|asked| asked.contains(&id))
    }

    fn count(&self, segment: usize) -> u32 {
        let count = self.asked.get(segment).map_or(0, Vec::len);
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn add_one(
        &mut self,
        segment: usize,
        candidates: &[Vec<Candidate<'b>>],
        wanted: impl Fn(&Question) -> bool,
    ) -> bool {
        let best = self.best(segment, candidates, wanted);
        best.is_some_and(|best| {
            self.add(segment, best);
            true
        })
    }

    /// The candidate that helps most with what the screen still lacks; of those the one that other
    /// segments can do without, then the shortest.
    fn best(
        &self,
        segment: usize,
        candidates: &[Vec<Candidate<'b>>],
        wanted: impl Fn(&Question) -> bool,
    ) -> Option<Candidate<'b>> {
        let possible = candidates
            .get(segment)?
            .iter()
            .filter(|candidate| wanted(candidate.question) && self.may_add(segment, candidate));
        let rank = |candidate: &&Candidate<'b>| {
            let helps = self.helps(candidate.question);
            (
                std::cmp::Reverse(helps),
                candidate.segments,
                candidate.minutes,
            )
        };
        possible.min_by_key(rank).copied()
    }

    fn may_add(&self, number: usize, candidate: &Candidate<'b>) -> bool {
        let question = candidate.question;
        let (id, matter) = (question.id(), &question.matter);
        let Some(segment) = self.request.segments.get(number) else {
            return false;
        };
        let counts = &self.request.constraints;
        let room = |used: Option<&u32>, count: Option<&Spanned<Count>>| {
            let most = count.and_then(|count| count.value.max);
            most.is_none_or(|most| used.copied().unwrap_or(0) < most)
        };
        let category = matter.category.as_str();
        let listed_twice = segment.one_of.iter().any(|list| {
            list.iter().any(|one| one.value == id) && list.iter().any(|one| self.has(number, one))
        });
        self.left
            .get(number)
            .is_some_and(|left| candidate.minutes <= *left)
            && segment
                .questions
                .max
                .is_none_or(|most| self.count(number) < most)
            && !self.ids.contains(id)
            && !self.barred.contains(id)
            && !matter
                .never_with
                .iter()
                .any(|enemy| self.ids.contains(enemy.as_str()))
            && !matter
                .group
                .as_ref()
                .is_some_and(|group| self.groups.contains(group.as_str()))
            && !listed_twice
            && room(
                self.categories.get(category),
                counts.categories.get(category),
            )
            && room(
                self.difficulties.get(&matter.difficulty.value),
                counts.difficulty.get(&matter.difficulty.value),
            )
            && room(self.kinds.get(&matter.kind), counts.kinds.get(&matter.kind))
            && counted_tags(self.request, question)
                .all(|tag| room(self.tags.get(tag), counts.tags.get(tag)))
    }

    fn add(&mut self, segment: usize, candidate: Candidate<'b>) {
        let question = candidate.question;
        let matter = &question.matter;
        self.ids.insert(question.id());
        self.barred
            .extend(matter.never_with.iter().map(|id| id.as_str()));
        self.groups
            .extend(matter.group.as_ref().map(|group| group.as_str()));
        if let (Some(left), Some(asked)) = (self.left.get_mut(segment), self.asked.get_mut(segment))
        {
            *left = left.saturating_sub(candidate.minutes);
            asked.push(question.id());
        }
        *self.categories.entry(matter.category.as_str()).or_default() += 1;
        *self
            .difficulties
            .entry(matter.difficulty.value)
            .or_default() += 1;
        *self.kinds.entry(matter.kind).or_default() += 1;
        for tag in counted_tags(self.request, question) {
            *self.tags.entry(tag).or_default() += 1;
        }
    }

    fn lacks_categories(&self) -> bool {
        let least = self.request.constraints.min_categories.unwrap_or(0);
        u32::try_from(self.categories.len()).is_ok_and(|used| used < least)
    }

    fn lacks_something(&self) -> bool {
        let counts = &self.request.constraints;
        let mut categories = counts.categories.iter();
        let mut difficulties = counts.difficulty.iter();
        let mut kinds = counts.kinds.iter();
        let mut tags = counts.tags.iter();
        self.lacks_categories()
            || categories
                .any(|(category, count)| lacks(self.categories.get(category.as_str()), Some(count)))
            || difficulties
                .any(|(difficulty, count)| lacks(self.difficulties.get(difficulty), Some(count)))
            || kinds.any(|(kind, count)| lacks(self.kinds.get(kind), Some(count)))
            || tags.any(|(tag, count)| lacks(self.tags.get(tag.as_str()), Some(count)))
    }

    /// How many of the counts that still lack something a question brings nearer.
    fn helps(&self, question: &Question) -> usize {
        let matter = &question.matter;
        let counts = &self.request.constraints;
        let category = matter.category.as_str();
        let difficulty = matter.difficulty.value;
        let tags = counted_tags(self.request, question);
        let tags = tags
            .filter(|tag| lacks(self.tags.get(tag), counts.tags.get(*tag)))
            .count();
        let others = [
            self.lacks_categories() && !self.categories.contains_key(category),
            lacks(
                self.categories.get(category),
                counts.categories.get(category),
            ),
            lacks(
                self.difficulties.get(&difficulty),
                counts.difficulty.get(&difficulty),
            ),
            lacks(self.kinds.get(&matter.kind), counts.kinds.get(&matter.kind)),
        ];
        tags + others.into_iter().filter(|helps| *helps).count()
    }
}

fn lacks(used: Option<&u32>, count: Option<&Spanned<Count>>) -> bool {
    let least = count.and_then(|count| count.value.min).unwrap_or(0);
    used.copied().unwrap_or(0) < least
}
