//! Whether a screen keeps every constraint of a request.

use std::collections::BTreeSet;

use intervy::model::constraints::Count;
use intervy::model::question::Question;
use intervy::pick::request::PickRequest;

use super::Asked;

/// Everything that a screen must satisfy; `Err` names the first thing that it does not.
pub(crate) fn check(request: &PickRequest, asked: &[Asked<'_>]) -> Result<(), String> {
    let fail = |what: String| Err(what);
    let minutes = |(question, _, mode): &Asked<'_>| question.matter.minutes.of(*mode);
    let ids: Vec<&str> = asked.iter().map(|(question, ..)| question.id()).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    if distinct.len() != ids.len() {
        return fail("a question is asked twice".into());
    }
    if asked
        .iter()
        .any(|one| minutes(one).is_none() || !one.0.is_active())
    {
        return fail("a mode that the question lacks, or a question that is not active".into());
    }
    for (number, segment) in request.segments.iter().enumerate() {
        let here: Vec<&Asked<'_>> = asked.iter().filter(|one| one.1 == number).collect();
        let used: u32 = here.iter().filter_map(|one| minutes(one)).sum();
        if used > segment.minutes.value {
            return fail(format!("segment {number} takes {used} minutes"));
        }
        within(segment.questions, here.len(), "questions of a segment")?;
        if segment
            .mode
            .is_some_and(|mode| here.iter().any(|one| one.2 != mode))
        {
            return fail("a mode that the segment does not want".into());
        }
        let named: BTreeSet<&str> = segment
            .required
            .iter()
            .chain(segment.one_of.iter().flatten())
            .map(|id| id.as_str())
            .collect();
        for (question, ..) in here.iter().copied() {
            let relaxed = &request.relaxed;
            if relaxed
                .welcome
                .contains(&(number, question.id().to_owned()))
            {
                continue;
            }
            // A segment that only names questions takes no others.
            let open =
                segment.categories.is_empty() && named.is_empty() || relaxed.open.contains(&number);
            let wanted = open
                || segment
                    .categories
                    .iter()
                    .any(|id| id.value == question.matter.category.value);
            if !named.contains(question.id()) && !wanted {
                return fail("a category that the segment does not want".into());
            }
        }
        for list in &segment.one_of {
            let of_list = here
                .iter()
                .filter(|one| list.iter().any(|id| *id.value == *one.0.id()));
            if of_list.count() != 1 {
                return fail("not one of a list".into());
            }
        }
        for id in &segment.required {
            if !here.iter().any(|one| *id.value == *one.0.id()) {
                return fail("a required question is not there".into());
            }
        }
    }
    let wishes = &request.constraints;
    let categories: BTreeSet<&str> = asked
        .iter()
        .map(|one| one.0.matter.category.value.as_str())
        .collect();
    if wishes
        .min_categories
        .is_some_and(|least| categories.len() < least as usize)
    {
        return fail("too few categories".into());
    }
    for id in &wishes.include {
        if !distinct.contains(id.as_str()) {
            return fail("an included question is not there".into());
        }
    }
    if wishes
        .exclude
        .iter()
        .any(|id| distinct.contains(id.as_str()))
    {
        return fail("an excluded question is there".into());
    }
    for (category, count) in &wishes.categories {
        let number = asked
            .iter()
            .filter(|one| one.0.matter.category.value == *category)
            .count();
        within(count.value, number, "questions of a category")?;
    }
    for (difficulty, count) in &wishes.difficulty {
        let number = asked
            .iter()
            .filter(|one| one.0.matter.difficulty.value == *difficulty);
        within(count.value, number.count(), "questions of a difficulty")?;
    }
    for (tag, count) in &wishes.tags {
        let number = asked
            .iter()
            .filter(|one| one.0.matter.tags.iter().any(|own| own.value == *tag));
        within(count.value, number.count(), "questions with a tag")?;
    }
    for (level, count) in &wishes.level_counts {
        let number = asked.iter().filter(|one| is_for(one.0, level));
        within(count.value, number.count(), "questions for a level")?;
    }
    if let Some(count) = wishes.questions {
        within(count, asked.len(), "questions")?;
    }
    if let Some(most) = wishes.max_per_category {
        for category in &categories {
            let number = asked
                .iter()
                .filter(|one| one.0.matter.category.value == *category);
            if number.count() > most as usize {
                return fail("too many of a category".into());
            }
        }
    }
    for list in &wishes.together {
        let there = list.iter().filter(|id| distinct.contains(id.as_str()));
        let there = there.count();
        if there != 0 && there != list.len() {
            return fail("some of those that belong together".into());
        }
    }
    for (tag, count) in &wishes.shares.tags {
        let has = |question: &Question| question.matter.tags.iter().any(|own| own.value == *tag);
        share(count.value, asked, has)?;
    }
    for (difficulty, count) in &wishes.shares.difficulty {
        let has = |question: &Question| question.matter.difficulty.value == *difficulty;
        share(count.value, asked, has)?;
    }
    for (category, count) in &wishes.shares.categories {
        let has = |question: &Question| question.matter.category.value == *category;
        share(count.value, asked, has)?;
    }
    for (level, count) in &wishes.shares.levels {
        share(count.value, asked, |question| is_for(question, level))?;
    }
    for (kind, count) in &wishes.shares.kinds {
        share(count.value, asked, |question| question.matter.kind == *kind)?;
    }
    for (kind, count) in &wishes.kinds {
        let number = asked.iter().filter(|one| one.0.matter.kind == *kind);
        within(count.value, number.count(), "questions of a kind")?;
    }
    let mut groups = BTreeSet::new();
    for (question, ..) in asked {
        if let Some(group) = &question.matter.group
            && !groups.insert(group.value.as_str())
            && !request.relaxed.groups
        {
            return fail("two questions of a group".into());
        }
        // A question that names itself says nothing.
        let enemies = question
            .matter
            .never_with
            .iter()
            .map(|enemy| enemy.as_str());
        if !request.relaxed.enemies
            && enemies
                .filter(|&enemy| enemy != question.id())
                .any(|enemy| distinct.contains(enemy))
        {
            return fail("two questions that may not meet".into());
        }
    }
    Ok(())
}

fn is_for(question: &Question, level: &str) -> bool {
    let levels = &question.matter.levels;
    levels.is_empty() || levels.iter().any(|own| own.value == level)
}

fn share(
    percent: Count,
    asked: &[Asked<'_>],
    has: impl Fn(&Question) -> bool,
) -> Result<(), String> {
    let part = 100 * asked.iter().filter(|one| has(one.0)).count();
    let least = percent.min.unwrap_or(0) as usize * asked.len();
    let most = percent.max.unwrap_or(100) as usize * asked.len();
    if (least..=most).contains(&part) {
        Ok(())
    } else {
        Err(format!(
            "{part} hundredths of {} questions, wanted {percent}",
            asked.len()
        ))
    }
}

fn within(count: Count, number: usize, what: &str) -> Result<(), String> {
    let number = u32::try_from(number).unwrap();
    let good =
        count.min.is_none_or(|min| number >= min) && count.max.is_none_or(|max| number <= max);
    if good {
        Ok(())
    } else {
        Err(format!("{number} {what}, wanted {count}"))
    }
}
