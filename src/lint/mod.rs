//! The linter: what reading found, what shows in single questions, and what only shows when the whole
//! bank is looked at.

pub mod baseline;
pub mod context;
pub mod fingerprint;
pub mod fix;
pub mod inspection;
pub mod levels;
pub mod rule;
pub mod rules;
mod similar;
mod suppress;
mod text;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::lint::context::Context;
use crate::lint::levels::Levels;
use crate::lint::rule::{Check, Rule};
use crate::model::finding::Finding;

/// Everything that is wrong with a bank, in the order in which it is shown. What a file accepts with a
/// reason is marked as suppressed, not left out.
#[must_use]
pub fn check(context: &Context<'_>, levels: &Levels) -> Vec<Finding> {
    let bank = context.bank;
    let mut findings = bank.findings.clone();
    findings.extend(
        context
            .seen
            .iter()
            .flat_map(|seen| seen.findings.iter().cloned()),
    );
    findings.extend(of_the_bank(context, levels));
    let relative = |finding: &Finding| bank.relative(&finding.location.source.path).to_owned();
    levels.apply(&mut findings, relative);
    let unneeded = suppress::apply(&bank.allowances, &mut findings);
    let mut about_itself = Vec::new();
    rules::unused_suppression::report(bank, levels, &unneeded, &mut about_itself);
    levels.apply(&mut about_itself, relative);
    findings.extend(about_itself);
    sort(&mut findings);
    findings
}

/// Puts findings into the order in which they are shown.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}

/// Leaves out what a file has of one rule beyond a hundred findings, and says so on the last of them: a
/// page of thousands helps nobody.
pub fn limit(findings: &mut Vec<Finding>) {
    const MOST: usize = 100;
    let mut counts: HashMap<(String, &str), usize> = HashMap::new();
    let mut last: HashMap<(String, &str), usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        if finding.suppressed.is_some() {
            kept.push(finding);
            continue;
        }
        let key = (finding.location.source.path.clone(), finding.rule);
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        if *count <= MOST {
            last.insert(key, kept.len());
            kept.push(finding);
        }
    }
    for (key, count) in counts {
        if let Some(finding) = last.get(&key).and_then(|&index| kept.get_mut(index))
            && count > MOST
        {
            let more = format!(" (and {} more of these in this file)", count - MOST);
            finding.message.push_str(&more);
        }
    }
    *findings = kept;
}

fn of_the_bank(context: &Context<'_>, levels: &Levels) -> Vec<Finding> {
    rules::ALL
        .par_iter()
        .filter(|rule| levels.is_on(rule))
        .flat_map_iter(|rule| {
            let mut findings = Vec::new();
            if let Check::Bank(check) = rule.check {
                check(context, &mut findings);
                stamp(rule, &mut findings);
            }
            findings
        })
        .collect()
}

fn stamp(rule: &Rule, findings: &mut [Finding]) {
    for finding in findings {
        finding.rule = rule.name;
        finding.level = rule.level;
    }
}
