//! `unknown-reference`: a question, blueprint, loop or screen names something that is not in the bank.
//!
//! ## Why
//!
//! A question that was renamed or removed leaves holes: a `never_with` that guards nothing, a blueprint that can no
//! longer be filled, a screen that cannot be rendered. This finds them in the pull request that makes them.
//!
//! Questions, levels, categories, blueprints, and the tags that blueprints ask for are looked up. Tags only while every
//! question can be read, since one that cannot may have them.
//!
//! ## Example
//!
//! ```yaml
//! never_with: [sql-join]
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! never_with: [sql-joins-and-null]
//! ```

use std::sync::Arc;

use foldhash::HashSet;

use crate::lint::context::Context;
use crate::lint::rule::{Check, Group, Rule};
use crate::model::bank::Bank;
use crate::model::finding::{Finding, Level};
use crate::model::question::Question;
use crate::model::source::{Location, Source, Spanned};
use crate::model::suggest;

pub(super) const RULE: Rule = Rule {
    name: "unknown-reference",
    group: Group::FrontMatter,
    level: Level::Error,
    fix: None,
    file: include_str!("unknown_reference.rs"),
    check: Check::Bank(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bank = context.bank;
    let questions = bank.questions.iter().map(Question::id);
    let incomplete = bank
        .incomplete
        .iter()
        .map(|question| question.text.id.as_str());
    let categories = &bank.config.categories;
    let mut judge = Judge {
        findings,
        questions: questions.chain(incomplete).collect(),
        blueprints: bank
            .blueprints
            .iter()
            .map(|plan| plan.name.as_str())
            .collect(),
        levels: bank.config.levels.iter().map(String::as_str).collect(),
        categories: categories.iter().map(|known| known.id.as_str()).collect(),
        tags: tags(bank),
        sound: bank.config_is_sound(),
        hints: 100,
    };
    judge.questions(bank);
    judge.blueprints(bank);
    judge.loops_and_screens(bank);
}

/// The tags of all questions, for blueprints that ask for one; `None` where a question that could not be
/// read may have others.
fn tags(bank: &Bank) -> Option<HashSet<&str>> {
    let asked_for = bank.blueprints.iter().any(|blueprint| {
        let mut segments = blueprint.segments.iter();
        !blueprint.constraints.tags.is_empty() || segments.any(|segment| !segment.tags.is_empty())
    });
    if !asked_for || !bank.incomplete.is_empty() {
        return None;
    }
    let tags = bank
        .questions
        .iter()
        .flat_map(|question| &question.matter.tags);
    Some(tags.map(|tag| tag.as_str()).collect())
}

struct Judge<'b, 'f> {
    findings: &'f mut Vec<Finding>,
    questions: HashSet<&'b str>,
    blueprints: HashSet<&'b str>,
    levels: HashSet<&'b str>,
    categories: HashSet<&'b str>,
    /// The tags that questions have; `None` where some could not be read.
    tags: Option<HashSet<&'b str>>,
    /// Whether the configuration lists all levels and categories that there are.
    sound: bool,
    /// How many more findings get a hint: looking for one takes time.
    hints: usize,
}

impl<'b> Judge<'b, '_> {
    fn questions(&mut self, bank: &Bank) {
        for question in &bank.questions {
            let matter = &question.matter;
            self.one_question(&question.text.source, &matter.never_with, &matter.levels);
        }
        for question in &bank.incomplete {
            self.one_question(
                &question.text.source,
                &question.never_with,
                &question.levels,
            );
        }
    }

    fn one_question(
        &mut self,
        source: &Arc<Source>,
        never_with: &[Spanned<String>],
        levels: &[Spanned<String>],
    ) {
        for id in never_with {
            self.question(source, id);
        }
        for level in levels {
            self.level(source, level);
        }
    }

    fn level(&mut self, source: &Arc<Source>, level: &Spanned<String>) {
        if self.sound {
            let known = std::mem::take(&mut self.levels);
            self.judge(source, level, "level", &known);
            self.levels = known;
        }
    }

    fn blueprints(&mut self, bank: &Bank) {
        for blueprint in &bank.blueprints {
            let source = &blueprint.source;
            let wishes = &blueprint.constraints;
            for id in wishes.include.iter().chain(&wishes.exclude) {
                self.question(source, id);
            }
            for level in &wishes.levels {
                self.level(source, level);
            }
            for (category, count) in &wishes.categories {
                let category = Spanned::new(category.clone(), count.span);
                self.category(bank, source, &category);
            }
            for segment in &blueprint.segments {
                for id in segment.one_of.iter().flatten().chain(&segment.required) {
                    self.question(source, id);
                }
                for category in &segment.categories {
                    self.category(bank, source, category);
                }
                for tag in &segment.tags {
                    self.tag(source, tag);
                }
            }
            for (tag, count) in &wishes.tags {
                self.tag(source, &Spanned::new(tag.clone(), count.span));
            }
        }
    }

    fn loops_and_screens(&mut self, bank: &Bank) {
        for hiring_loop in &bank.loops {
            let sessions = hiring_loop.rounds.iter().flat_map(|round| &round.sessions);
            for session in sessions {
                let known = self.blueprints.clone();
                self.judge(&hiring_loop.source, &session.blueprint, "blueprint", &known);
            }
        }
        for screen in &bank.screens {
            for question in &screen.questions {
                self.question(&screen.source, &question.id);
            }
        }
    }

    fn category(&mut self, bank: &Bank, source: &Arc<Source>, category: &Spanned<String>) {
        if self.sound && bank.config.find_category(category).is_none() {
            let known = self.categories.clone();
            self.judge(source, category, "category", &known);
        }
    }

    fn tag(&mut self, source: &Arc<Source>, tag: &Spanned<String>) {
        if let Some(known) = self.tags.take() {
            self.judge(source, tag, "tag", &known);
            self.tags = Some(known);
        }
    }

    fn question(&mut self, source: &Arc<Source>, id: &Spanned<String>) {
        if !self.questions.contains(id.as_str()) {
            let known = std::mem::take(&mut self.questions);
            self.judge(source, id, "question", &known);
            self.questions = known;
        }
    }

    fn judge(
        &mut self,
        source: &Arc<Source>,
        name: &Spanned<String>,
        what: &str,
        known: &HashSet<&'b str>,
    ) {
        if known.contains(name.as_str()) {
            return;
        }
        let location = Location::at(source, name.span);
        let message = format!("there is no {what} `{}`", name.value);
        let mut finding = Finding::new(location, message);
        if self.hints > 0 {
            self.hints -= 1;
            let mut known: Vec<&str> = known.iter().copied().collect();
            known.sort_unstable();
            finding.hint = suggest::hint(name, known);
        }
        self.findings.push(finding);
    }
}
