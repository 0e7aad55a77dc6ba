//! The single conditions of a request, each of which can be named, and left out.

use crate::model::bank::Bank;
use crate::model::blueprint::{PLAIN_SEGMENT, Segment};
use crate::model::constraints::{Count, Counted};
use crate::model::source::Spanned;
use crate::model::vocabulary::Vocabulary;
use crate::model::words::counted;
use crate::pick::forms::Between;
use crate::pick::memory::Memory;
use crate::pick::program::eligible;
use crate::pick::request::{LONGEST_SLOT, PickRequest};

/// A condition of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// How many parallel forms.
    Forms,
    /// So many questions are in every form.
    Anchors,
    /// The most forms that a question is in.
    Uses,
    /// The most questions that two forms share.
    Overlap,
    /// Questions of one group do not meet.
    Groups,
    /// Questions that name each other in `never_with` do not meet.
    Enemies,
    /// A question stays where it is, by id.
    Kept(String),
    /// The candidate meets no question again.
    Candidate,
    /// Only questions of some levels.
    Levels,
    /// A question that must not be in the screen, by id.
    Exclude(String),
    /// Only questions of a segment's categories, kinds, difficulties and tags.
    Filter(usize),
    /// The ask mode of a segment.
    Mode(usize),
    /// One of each list of a segment.
    OneOf(usize),
    /// What a segment requires.
    Required(usize),
    /// How many questions a segment has.
    SegmentCount(usize),
    /// The minutes of a segment, or of the slot.
    Minutes(usize),
    /// All questions of a list, or none, by its place.
    Together(usize),
    /// How many questions.
    Questions,
    /// The most questions of a category.
    PerCategory,
    /// How many distinct categories.
    Categories,
    /// How many questions have something.
    Counted(Counted),
    /// A question that must be in the screen, by id.
    Include(String),
}

impl Wish {
    /// Every condition of a request; first those that the bank itself sets.
    #[must_use]
    pub fn all(request: &PickRequest) -> Vec<Self> {
        let wishes = &request.constraints;
        let mut all = Vec::new();
        if let Some(between) = &request.between {
            all.push(Self::Forms);
            if between.anchors > 0 {
                all.push(Self::Anchors);
            }
            if between.max_uses.is_some() {
                all.push(Self::Uses);
            }
            all.push(Self::Overlap);
        }
        all.extend([Self::Groups, Self::Enemies]);
        let kept = request.kept.iter();
        all.extend(kept.map(|kept| Self::Kept(kept.id.clone())));
        all.push(Self::Candidate);
        if !wishes.levels.is_empty() {
            all.push(Self::Levels);
        }
        let excluded = wishes.exclude.iter();
        all.extend(excluded.map(|id| Self::Exclude(id.value.clone())));
        for (number, segment) in request.segments.iter().enumerate() {
            if has_filter(segment) {
                all.push(Self::Filter(number));
            }
            if segment.mode.is_some() {
                all.push(Self::Mode(number));
            }
            if !segment.one_of.is_empty() {
                all.push(Self::OneOf(number));
            }
            if !segment.required.is_empty() {
                all.push(Self::Required(number));
            }
        }
        all.extend((0..wishes.together.len()).map(Self::Together));
        for number in 0..request.segments.len() {
            all.push(Self::SegmentCount(number));
        }
        if wishes.questions.is_some() {
            all.push(Self::Questions);
        }
        if wishes.max_per_category.is_some() {
            all.push(Self::PerCategory);
        }
        all.extend(wishes.counted().into_iter().map(Self::Counted));
        let included = wishes.include.iter();
        all.extend(included.map(|id| Self::Include(id.value.clone())));
        if wishes.min_categories.is_some() {
            all.push(Self::Categories);
        }
        all.extend((0..request.segments.len()).map(Self::Minutes));
        all
    }

    /// The segment that the condition is about, if it is about one.
    #[must_use]
    pub fn segment(&self) -> Option<usize> {
        match self {
            Self::Filter(number)
            | Self::Mode(number)
            | Self::OneOf(number)
            | Self::Required(number)
            | Self::SegmentCount(number)
            | Self::Minutes(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether the condition is about all questions of the screen, or all forms, together, not about which may be asked.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        matches!(
            self,
            Self::Forms
                | Self::Anchors
                | Self::Uses
                | Self::Overlap
                | Self::Together(_)
                | Self::Questions
                | Self::PerCategory
                | Self::Categories
                | Self::Counted(_)
                | Self::Include(_)
                | Self::Kept(_)
        )
    }

    /// Leaves the condition out of a request.
    pub fn leave_out(&self, request: &mut PickRequest) {
        let wishes = &mut request.constraints;
        match self {
            Self::Forms | Self::Anchors | Self::Uses | Self::Overlap => {
                if let Some(between) = &mut request.between {
                    self.leave_out_between(between);
                }
            }
            Self::Groups => request.relaxed.groups = true,
            Self::Enemies => request.relaxed.enemies = true,
            Self::Kept(id) => request.kept.retain(|kept| kept.id != *id),
            Self::Candidate => request.memory = Memory::default(),
            Self::Levels => wishes.levels.clear(),
            Self::Exclude(id) => wishes.exclude.retain(|other| other.value != *id),
            Self::Together(place) => {
                if let Some(list) = wishes.together.get_mut(*place) {
                    list.clear();
                }
            }
            Self::Questions => wishes.questions = None,
            Self::PerCategory => wishes.max_per_category = None,
            Self::Categories => wishes.min_categories = None,
            Self::Counted(counted) => wishes.uncount(counted),
            Self::Include(id) => wishes.include.retain(|other| other.value != *id),
            Self::Filter(number)
            | Self::Mode(number)
            | Self::OneOf(number)
            | Self::Required(number)
            | Self::SegmentCount(number)
            | Self::Minutes(number) => {
                if let Some(segment) = request.segments.get_mut(*number) {
                    // Without a list or a filter a segment would not take what it named, or nothing but that.
                    let named = segment.one_of.iter().flatten().chain(&segment.required);
                    let named = named.map(|id| (*number, id.value.clone()));
                    request.relaxed.welcome.extend(named);
                    if matches!(self, Self::Filter(_)) {
                        request.relaxed.open.insert(*number);
                    }
                    self.leave_out_of(segment);
                }
            }
        }
    }

    fn leave_out_between(&self, between: &mut Between) {
        match self {
            Self::Forms => between.count = 1,
            Self::Anchors => between.anchors = 0,
            Self::Uses => between.max_uses = None,
            Self::Overlap => between.max_overlap = ANY_OVERLAP,
            _ => {}
        }
    }

    fn leave_out_of(&self, segment: &mut Segment) {
        match self {
            Self::Filter(_) => {
                segment.categories.clear();
                segment.kinds.clear();
                segment.difficulties.clear();
                segment.tags.clear();
            }
            Self::Mode(_) => segment.mode = None,
            Self::OneOf(_) => segment.one_of.clear(),
            Self::Required(_) => segment.required.clear(),
            Self::SegmentCount(_) => segment.questions = Count::default(),
            Self::Minutes(_) => segment.minutes.value = LONGEST_SLOT,
            _ => {}
        }
    }

    /// The condition in words, as part of a list.
    #[must_use]
    pub fn text(&self, bank: &Bank, request: &PickRequest) -> String {
        let wishes = &request.constraints;
        match self {
            Self::Forms | Self::Anchors | Self::Uses | Self::Overlap => {
                let between = request.between.as_ref();
                between.map_or_else(String::new, |between| self.text_between(between))
            }
            Self::Groups => "questions of one `group` are not asked together".to_owned(),
            Self::Enemies => "questions are not asked with those in their `never_with`".to_owned(),
            Self::Kept(id) => format!("`{id}` stays where it is"),
            Self::Candidate => "the candidate meets no question again".to_owned(),
            Self::Levels => format!("only questions for {}", listed(&wishes.levels, " or ")),
            Self::Exclude(id) => format!("without `{id}`"),
            Self::Together(place) => {
                let list = wishes.together.get(*place).map_or(&[][..], Vec::as_slice);
                format!("{} together or not at all", listed(list, " and "))
            }
            Self::Questions => {
                let count = wishes.questions.unwrap_or_default();
                questions(count)
            }
            Self::PerCategory => {
                let most = wishes.max_per_category.unwrap_or_default();
                format!("at most {most} of any category")
            }
            Self::Categories => {
                let least = wishes.min_categories.unwrap_or_default();
                match least {
                    1 => "at least 1 category".to_owned(),
                    _ => format!("at least {least} categories"),
                }
            }
            Self::Counted(counted) => counted.to_string(),
            Self::Include(id) => match bank.question(id) {
                Some(_) => format!("with `{id}`"),
                None => format!("with `{id}`, which is not in the bank"),
            },
            Self::Filter(number) => {
                let sort = request
                    .segments
                    .get(*number)
                    .map(|part| sort(bank, request, part));
                in_segment(request, *number, &sort.unwrap_or_default())
            }
            Self::Mode(number) => {
                let mode = request.segments.get(*number).and_then(|part| part.mode);
                let mode = mode.map_or_else(String::new, |mode| format!("every question {mode}"));
                in_segment(request, *number, &mode)
            }
            Self::OneOf(number) => in_segment(request, *number, "one of each `one_of` list"),
            Self::Required(number) => in_segment(request, *number, "what it requires"),
            Self::SegmentCount(number) => {
                let count = request.segments.get(*number).map(|part| part.questions);
                let count = count.unwrap_or_default();
                in_segment(request, *number, &questions(count))
            }
            Self::Minutes(number) => minutes(request, *number),
        }
    }

    fn text_between(&self, between: &Between) -> String {
        let apart = if between.anchors > 0 {
            ", anchors apart"
        } else {
            ""
        };
        match (self, between.max_overlap) {
            (Self::Forms, _) => counted(between.count, "form", "forms"),
            (Self::Anchors, _) => {
                let anchors = counted(between.anchors, "question", "questions");
                format!("{anchors} in every form")
            }
            (Self::Uses, _) => {
                let most = counted(between.max_uses.unwrap_or_default(), "form", "forms");
                format!("no question in more than {most}{apart}")
            }
            (_, 0) => format!("no question in two forms{apart}"),
            (_, most) => {
                let most = counted(most, "question", "questions");
                format!("at most {most} in common to two forms{apart}")
            }
        }
    }
}

/// More questions than two forms have.
const ANY_OVERLAP: u32 = 1 << 16;

/// Which questions a segment takes, and how many there are: `only of databases or caching (4 active questions)`.
fn sort(bank: &Bank, request: &PickRequest, segment: &Segment) -> String {
    let mut sorts = Vec::new();
    let categories: Vec<&str> = segment.categories.iter().map(|id| id.as_str()).collect();
    let kinds: Vec<&str> = segment.kinds.iter().map(|kind| kind.name()).collect();
    let difficulties = segment.difficulties.iter();
    let difficulties: Vec<&str> = difficulties.map(|difficulty| difficulty.name()).collect();
    let tags: Vec<&str> = segment.tags.iter().map(|tag| tag.as_str()).collect();
    for (before, words) in [
        ("of", categories),
        ("of kind", kinds),
        ("of difficulty", difficulties),
        ("with the tag", tags),
    ] {
        if !words.is_empty() {
            sorts.push(format!("{before} {}", words.join(" or ")));
        }
    }
    let among = eligible(bank, request).into_iter();
    let suiting = among.filter(|&index| segment.fits(&bank.questions[index]));
    let count = match suiting.count() {
        1 => "1 active question suits".to_owned(),
        more => format!("{more} active questions suit"),
    };
    format!("only {} ({count})", sorts.join(", "))
}

/// A count of questions in words.
fn questions(count: Count) -> String {
    match (count.min, count.max) {
        (Some(1), None | Some(1)) | (None, Some(1)) => format!("{count} question"),
        _ => format!("{count} questions"),
    }
}

fn has_filter(segment: &Segment) -> bool {
    !segment.categories.is_empty()
        || !segment.kinds.is_empty()
        || !segment.difficulties.is_empty()
        || !segment.tags.is_empty()
}

fn listed(words: &[Spanned<String>], between: &str) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.value))
        .collect();
    words.join(between)
}

/// Whether a request has no segments of its own.
#[must_use]
pub fn is_plain(request: &PickRequest) -> bool {
    let segments = &request.segments;
    segments.len() == 1
        && segments
            .iter()
            .all(|part| part.title.value == PLAIN_SEGMENT)
}

fn in_segment(request: &PickRequest, number: usize, what: &str) -> String {
    match request.segments.get(number) {
        Some(segment) if !is_plain(request) => format!("`{}`: {what}", segment.title.value),
        _ => what.to_owned(),
    }
}

fn minutes(request: &PickRequest, number: usize) -> String {
    let frame = request.frame;
    if is_plain(request) {
        return format!(
            "{} question minutes (a slot of {} less {} of intro and {} of closing)",
            frame.question_minutes(),
            frame.minutes,
            frame.intro_minutes,
            frame.closing_minutes
        );
    }
    let minutes = request.segments.get(number);
    let minutes = minutes.map_or(0, |segment| segment.minutes.value);
    in_segment(request, number, &format!("at most {minutes} minutes"))
}
