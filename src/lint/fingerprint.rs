//! What makes a finding the same finding when the file around it changes.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::model::bank::Bank;
use crate::model::finding::Finding;
use crate::model::question::hexadecimal;

/// A finding's fingerprint: 16 hexadecimal digits over its rule, its file, the text that it points at,
/// and the names that its message quotes. It does not depend on the line, nor on the wording. Two
/// findings can have the same one: a baseline counts them.
#[must_use]
pub fn fingerprint(bank: &Bank, finding: &Finding) -> String {
    let mut hasher = Sha256::new();
    let mut add = |piece: &str| {
        hasher.update(piece.as_bytes());
        hasher.update([0]);
    };
    add(finding.rule);
    add(bank.relative(&finding.location.source.path));
    add(&marked_text(finding));
    for quoted in finding.message.split('`').skip(1).step_by(2) {
        add(quoted);
    }
    hexadecimal(&hasher.finalize()[..8])
}

/// The fingerprints of all findings, made unique by a count where several share one.
#[must_use]
pub fn unique(bank: &Bank, findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let number = |finding: &Finding| {
        let print = fingerprint(bank, finding);
        let count = seen.entry(print.clone()).or_default();
        *count += 1;
        if *count == 1 {
            print
        } else {
            format!("{print}-{count}")
        }
    };
    findings.iter().map(number).collect()
}

/// The text that the finding points at, blanks made even; the whole line where it points between
/// characters.
fn marked_text(finding: &Finding) -> String {
    const LONGEST: usize = 200;
    let Some(span) = finding.location.span else {
        return String::new();
    };
    let source = &finding.location.source;
    let mut text = source.slice(span).trim();
    if text.is_empty() {
        let at = span.start.min(source.text().len());
        let start = source
            .text()
            .get(..at)
            .and_then(|before| before.rfind('\n'));
        let rest = source.text().get(start.map_or(0, |newline| newline + 1)..);
        text = rest.and_then(|rest| rest.lines().next()).unwrap_or("");
    }
    let even = text.split_whitespace().collect::<Vec<_>>().join(" ");
    even.chars().take(LONGEST).collect()
}
