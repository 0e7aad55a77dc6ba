//! Rules that files say they may break.

use std::collections::{HashMap, HashSet};

use crate::lint::rules;
use crate::model::allowance::Allowance;
use crate::model::finding::{Finding, Suppression};

/// Marks the findings that a file accepts; gives the allowances that nothing needed.
pub(super) fn apply<'a>(
    allowances: &'a [Allowance],
    findings: &mut [Finding],
) -> Vec<&'a Allowance> {
    let mut by_place: HashMap<(&str, &str), Vec<(usize, &Allowance)>> = HashMap::new();
    for (index, allowance) in allowances.iter().enumerate() {
        let key = (allowance.source.path.as_str(), allowance.rule.as_str());
        by_place.entry(key).or_default().push((index, allowance));
    }
    let mut used = HashSet::new();
    // In a file that could not be read as a whole, rules that would have needed it did not run.
    let mut unreadable = HashSet::new();
    if !by_place.is_empty() {
        for finding in findings {
            let path = finding.location.source.path.as_str();
            if rules::is_reading(finding.rule) {
                unreadable.insert(path.to_owned());
            }
            let start = finding.location.span.map_or(0, |span| span.start);
            let of_place = by_place.get(&(path, finding.rule)).into_iter().flatten();
            let covering = |(_, allowance): &&(usize, &Allowance)| {
                let scope = allowance.scope;
                scope.is_none_or(|scope| (scope.start..scope.end).contains(&start))
            };
            if let Some((index, allowance)) =
                of_place.copied().find(|candidate| covering(&candidate))
            {
                used.insert(index);
                let reason = allowance.reason.clone();
                finding.suppressed = Some(Box::new(Suppression::InSource(reason)));
            }
        }
    }
    let unused = allowances.iter().enumerate().filter(|(index, allowance)| {
        !used.contains(index) && !unreadable.contains(allowance.source.path.as_str())
    });
    unused.map(|(_, allowance)| allowance).collect()
}
