//! A baseline against the findings of today.

use std::collections::{BTreeMap, HashMap};

use crate::lint::fingerprint::fingerprint;
use crate::lint::levels::Levels;
use crate::lint::rules::stale_baseline;
use crate::lint::sort;
use crate::model::bank::Bank;
use crate::model::baseline::{Baseline, BaselineEntry};
use crate::model::finding::{Finding, Suppression};
use crate::model::source::Span;

/// Marks the findings that the baseline knows, as many of each as it counts, and adds a finding for
/// every entry that stands for more than there is.
pub fn apply(bank: &Bank, baseline: &Baseline, levels: &Levels, findings: &mut Vec<Finding>) {
    let mut left: HashMap<&str, u32> = HashMap::new();
    for entry in &baseline.entries {
        *left.entry(&entry.fingerprint).or_default() += entry.count;
    }
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.suppressed.is_none())
    {
        let print = fingerprint(bank, finding);
        if let Some(left) = left.get_mut(print.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            finding.suppressed = Some(Box::new(Suppression::Baseline));
        }
    }
    let mut stale = Vec::new();
    for entry in &baseline.entries {
        if let Some(left) = left
            .get_mut(entry.fingerprint.as_str())
            .filter(|left| **left > 0)
        {
            let gone = (*left).min(entry.count);
            *left -= gone;
            stale.push(stale_baseline::finding(baseline, entry, gone));
        }
    }
    levels.apply(&mut stale, |finding| {
        bank.relative(&finding.location.source.path).to_owned()
    });
    findings.extend(stale);
    sort(findings);
}

/// The entries that accept every finding that nothing else accepts, ordered by path and rule.
#[must_use]
pub fn entries(bank: &Bank, findings: &[Finding]) -> Vec<BaselineEntry> {
    let mut entries: BTreeMap<(String, &str, String), BaselineEntry> = BTreeMap::new();
    let open = findings.iter().filter(|finding| {
        let in_source = matches!(
            finding.suppressed.as_deref(),
            Some(Suppression::InSource(_))
        );
        !in_source && finding.rule != stale_baseline::RULE.name
    });
    for finding in open {
        let path = bank.relative(&finding.location.source.path).to_owned();
        let print = fingerprint(bank, finding);
        let entry = BaselineEntry {
            span: Span::default(),
            rule: finding.rule.to_owned(),
            path: path.clone(),
            fingerprint: print.clone(),
            count: 0,
            message: finding.message.clone(),
        };
        entries
            .entry((path, finding.rule, print))
            .or_insert(entry)
            .count += 1;
    }
    entries.into_values().collect()
}
