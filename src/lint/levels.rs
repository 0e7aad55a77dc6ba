//! What each rule's findings weigh in each file: defaults, configuration, flags.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::lint::rule::Rule;
use crate::lint::rules;
use crate::model::finding::{Finding, Level};
use crate::model::lint::{ALL_RULES, LintSettings, RuleLevel};

/// What a rule's findings weigh; `None`: off.
type Weight = Option<Level>;

/// Weights of rules by their index in [`rules::ALL`].
type Weights = Vec<(usize, Weight)>;

/// What each rule's findings weigh.
#[derive(Clone, Debug)]
pub struct Levels {
    /// By the index of a rule.
    base: Vec<Weight>,
    /// What holds for the files of some patterns.
    paths: Vec<(Vec<String>, Weights)>,
    /// What flags say, which nothing overrides.
    flags: BTreeMap<usize, Weight>,
}

/// Rules named by flags, [`ALL_RULES`] among them.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Off.
    pub allow: Vec<String>,
    /// Warnings.
    pub warn: Vec<String>,
    /// Errors.
    pub deny: Vec<String>,
}

impl Levels {
    /// The levels by default, then by configuration, then by flags. Unknown names are passed over:
    /// rules and flags report them elsewhere.
    #[must_use]
    pub fn new(settings: &LintSettings, flags: &Flags) -> Self {
        let mut base: Vec<Weight> = rules::ALL.iter().map(|rule| Some(rule.level)).collect();
        for (rule, level) in settings.rules.iter().flat_map(named) {
            base[rule] = level;
        }
        let paths = settings.paths.iter().map(|group| {
            let rules = group.rules.iter().flat_map(named).collect();
            (group.patterns.clone(), rules)
        });
        let paths = paths.collect();
        let mut from_flags = BTreeMap::new();
        let all_first = [true, false].into_iter();
        for all in all_first {
            for (words, level) in [
                (&flags.allow, None),
                (&flags.warn, Some(Level::Warning)),
                (&flags.deny, Some(Level::Error)),
            ] {
                let words = words.iter().filter(|word| (*word == ALL_RULES) == all);
                for rule in words.flat_map(|word| indices(word)) {
                    from_flags.insert(rule, level);
                }
            }
        }
        Self {
            base,
            paths,
            flags: from_flags,
        }
    }

    /// What a rule's findings weigh in a file, by its path relative to the bank's root.
    #[must_use]
    pub fn of(&self, rule: &str, path: &str) -> Option<Level> {
        self.among(rule, &self.groups(path))
    }

    /// The groups of paths that a path belongs to, in the order in which they apply.
    fn groups(&self, path: &str) -> Vec<&Weights> {
        let matching = self.paths.iter().filter(|(patterns, _)| {
            let mut patterns = patterns.iter();
            patterns.any(|pattern| matches(pattern, path))
        });
        matching.map(|(_, rules)| rules).collect()
    }

    fn among(&self, rule: &str, groups: &[&Weights]) -> Option<Level> {
        let index = rules::index(rule)?;
        if let Some(level) = self.flags.get(&index) {
            return *level;
        }
        groups
            .iter()
            .flat_map(|rules| rules.iter())
            .filter(|(rule, _)| *rule == index)
            .map(|(_, level)| *level)
            .next_back()
            .unwrap_or(self.base[index])
    }

    /// Whether a rule can have findings anywhere.
    #[must_use]
    pub fn is_on(&self, rule: &Rule) -> bool {
        let Some(index) = rules::index(rule.name) else {
            return false;
        };
        if let Some(level) = self.flags.get(&index) {
            return level.is_some();
        }
        let mut paths = self.paths.iter().flat_map(|(_, rules)| rules);
        self.base[index].is_some() || paths.any(|(rule, level)| *rule == index && level.is_some())
    }

    /// Gives findings their levels and drops those of rules that are off where they are.
    pub fn apply(&self, findings: &mut Vec<Finding>, relative: impl Fn(&Finding) -> String) {
        // A file with many findings is matched with the patterns once.
        let mut known: HashMap<String, Vec<&Weights>> = HashMap::new();
        findings.retain_mut(|finding| {
            let groups = match known.entry(relative(finding)) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let groups = self.groups(entry.key());
                    entry.insert(groups)
                }
            };
            match self.among(finding.rule, groups) {
                Some(level) => {
                    finding.level = level;
                    true
                }
                None => false,
            }
        });
    }
}

/// Whether a pattern stands for a path: as a glob, or as the name of a folder that the path is in.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_matches('/');
    let below = path
        .strip_prefix(pattern)
        .is_some_and(|rest| rest.starts_with('/'));
    below || fast_glob::glob_match(pattern, path)
}

fn named(rule: &RuleLevel) -> impl Iterator<Item = (usize, Option<Level>)> + use<> {
    let level = rule.level;
    indices(&rule.rule)
        .into_iter()
        .map(move |index| (index, level))
}

fn indices(word: &str) -> Vec<usize> {
    if word == ALL_RULES {
        (0..rules::ALL.len()).collect()
    } else {
        rules::index(word).into_iter().collect()
    }
}
