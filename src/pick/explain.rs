//! Why a screen is as it is: what every question is there for, what would take its place, which conditions bind.

use crate::model::assembly::{Binding, Change, Explanation, Instead, Reason, Swap};
use crate::model::bank::Bank;
use crate::model::screen::{Objective, PinnedQuestion, Screen};
use crate::model::source::{Span, Spanned};
use crate::pick::exact::Limits;
use crate::pick::request::{Kept, PickRequest};
use crate::pick::solver::SolveError;
use crate::pick::wish::Wish;
use crate::pick::{Solved, assemble};

/// Explains one of the screens that were picked for requests: with the others as they are.
#[must_use]
pub fn explain(
    bank: &Bank,
    requests: &[PickRequest],
    screens: &[Screen],
    form: usize,
    limits: &Limits<'_>,
) -> Explanation {
    let (Some(request), Some(screen)) = (requests.get(form), screens.get(form)) else {
        return Explanation::default();
    };
    // The others stay as they are.
    let mut fixed = requests.to_vec();
    for (number, (request, screen)) in fixed.iter_mut().zip(screens).enumerate() {
        if number != form {
            request.kept = kept(request, screen, |_| true);
        }
    }
    let case = Case {
        bank,
        fixed,
        form,
        request,
        screen,
        limits,
    };
    let reasons = screen.questions.iter().map(|question| Reason {
        id: question.id.clone(),
        instead: case.instead(&question.id),
    });
    Explanation {
        questions: reasons.collect(),
        binding: case.binding(),
    }
}

/// The questions of a screen that stay where they are.
fn kept(
    request: &PickRequest,
    screen: &Screen,
    stays: impl Fn(&PinnedQuestion) -> bool,
) -> Vec<Kept> {
    let staying = screen.questions.iter().filter(|question| stays(question));
    let kept = staying.filter_map(|question| {
        let mut segments = request.segments.iter();
        let segment = segments.position(|part| part.title.value == question.segment)?;
        Some(Kept {
            id: question.id.clone(),
            segment,
            mode: question.mode,
        })
    });
    kept.collect()
}

struct Case<'c> {
    bank: &'c Bank,
    fixed: Vec<PickRequest>,
    form: usize,
    request: &'c PickRequest,
    screen: &'c Screen,
    limits: &'c Limits<'c>,
}

impl Case<'_> {
    fn solve(&self, request: PickRequest) -> Result<Solved, SolveError> {
        let mut requests = self.fixed.clone();
        if let Some(place) = requests.get_mut(self.form) {
            *place = request;
        }
        assemble(self.bank, &requests, self.limits)
    }

    fn instead(&self, id: &str) -> Instead {
        if self.request.keeps(id).is_some() {
            return Instead::Kept;
        }
        let mut without = self.request.clone();
        let exclude = &mut without.constraints.exclude;
        exclude.push(Spanned::new(id.to_owned(), Span::default()));
        // Another question in its place and nothing else changed is what people look for first.
        let mut swapped = without.clone();
        swapped.kept = kept(self.request, self.screen, |other| other.id != id);
        if let Ok(other) = self.solve(swapped)
            && self.change(&other).is_none()
        {
            return Instead::AsGood(self.swap(id, &other));
        }
        match self.solve(without) {
            Ok(other) => match self.change(&other) {
                Some(change) if change.then > change.now => {
                    Instead::Worse(change, self.swap(id, &other))
                }
                // Searches that were stopped cannot be compared.
                Some(_) => Instead::Unknown,
                None => Instead::AsGood(self.swap(id, &other)),
            },
            Err(SolveError::Infeasible) => Instead::Nothing,
            Err(SolveError::Stopped(_)) => Instead::Unknown,
        }
    }

    /// What another solution asks that the screen does not, and what it does not ask.
    fn swap(&self, without: &str, other: &Solved) -> Swap {
        let own = other
            .chosen
            .iter()
            .filter(|choice| choice.form == self.form);
        let then: Vec<&str> = own
            .map(|choice| self.bank.questions[choice.question].id())
            .collect();
        let now: Vec<&str> = self
            .screen
            .questions
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        let only = |some: &[&str], others: &[&str]| -> Vec<String> {
            let own = some
                .iter()
                .filter(|id| !others.contains(id) && **id != without);
            own.map(|id| (*id).to_owned()).collect()
        };
        Swap {
            new: only(&then, &now),
            gone: only(&now, &then),
        }
    }

    fn change(&self, other: &Solved) -> Option<Change> {
        change(&self.screen.verdict.objectives, &other.objectives)
    }

    fn binding(&self) -> Vec<Binding> {
        let mut binding = Vec::new();
        for wish in Wish::all(self.request) {
            // A longer slot always has room for more.
            if matches!(wish, Wish::Minutes(_)) {
                continue;
            }
            let mut without = self.request.clone();
            wish.leave_out(&mut without);
            let Ok(other) = self.solve(without) else {
                continue;
            };
            let comparable = self.screen.verdict.objectives.len() == other.objectives.len();
            if comparable
                && let Some(gain) = self.change(&other)
                && gain.then < gain.now
            {
                let wish = wish.text(self.bank, self.request);
                binding.push(Binding { wish, gain });
            }
        }
        binding
    }
}

/// The first objective on which the values differ.
fn change(now: &[Objective], then: &[Objective]) -> Option<Change> {
    let mut differ = now.iter().zip(then).filter(|(a, b)| a.value != b.value);
    differ.next().map(|(a, b)| Change {
        objective: a.name.clone(),
        now: a.value,
        then: b.value,
    })
}
