//! The table of rules.

mod ambiguous_alias;
mod answer_leak;
mod biased_language;
mod broken_link;
mod category_mismatch;
mod duplicate_id;
mod duplicate_key;
mod empty_section;
mod flattened_table;
mod hidden_text;
mod invalid_value;
mod minutes_implausible;
mod missing_alt_text;
mod missing_difficulty;
mod missing_field;
mod missing_follow_ups;
mod missing_image;
mod missing_prompt;
mod missing_reference_answer;
mod missing_rubric;
pub(in crate::lint) mod near_duplicate;
mod one_line_code;
mod overfull_slot;
mod placeholder_text;
mod protected_topic;
mod raw_html;
mod repeated_anchor;
mod rubric_gap;
mod screen_conflict;
pub(super) mod stale_baseline;
mod stale_review;
mod swallowed_heading;
mod tag_spelling;
mod thin_category;
mod trivia_prompt;
mod unknown_category;
mod unknown_field;
mod unknown_reference;
mod unknown_rule;
mod unknown_section;
mod unlabelled_code_fence;
mod unreachable_question;
mod unreadable_file;
mod unsatisfiable_blueprint;
mod unstable_id;
pub(super) mod unused_suppression;

use crate::lint::rule::{Check, Rule};

/// The most findings of one rule about one question, where a hostile file could have thousands.
const MOST_PER_QUESTION: usize = 20;

/// Every rule, by name.
pub const ALL: &[Rule] = &[
    ambiguous_alias::RULE,
    answer_leak::RULE,
    biased_language::RULE,
    broken_link::RULE,
    category_mismatch::RULE,
    duplicate_id::RULE,
    duplicate_key::RULE,
    empty_section::RULE,
    flattened_table::RULE,
    hidden_text::RULE,
    invalid_value::RULE,
    minutes_implausible::RULE,
    missing_alt_text::RULE,
    missing_difficulty::RULE,
    missing_field::RULE,
    missing_follow_ups::RULE,
    missing_image::RULE,
    missing_prompt::RULE,
    missing_reference_answer::RULE,
    missing_rubric::RULE,
    near_duplicate::RULE,
    one_line_code::RULE,
    overfull_slot::RULE,
    placeholder_text::RULE,
    protected_topic::RULE,
    raw_html::RULE,
    repeated_anchor::RULE,
    rubric_gap::RULE,
    screen_conflict::RULE,
    stale_baseline::RULE,
    stale_review::RULE,
    swallowed_heading::RULE,
    tag_spelling::RULE,
    thin_category::RULE,
    trivia_prompt::RULE,
    unknown_category::RULE,
    unknown_field::RULE,
    unknown_reference::RULE,
    unknown_rule::RULE,
    unknown_section::RULE,
    unlabelled_code_fence::RULE,
    unreachable_question::RULE,
    unreadable_file::RULE,
    unsatisfiable_blueprint::RULE,
    unstable_id::RULE,
    unused_suppression::RULE,
];

/// The rule with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    index(name).map(|index| &ALL[index])
}

/// The index of a rule in [`ALL`].
#[must_use]
pub fn index(name: &str) -> Option<usize> {
    ALL.binary_search_by(|rule| rule.name.cmp(name)).ok()
}

/// Whether reading a file finds what the rule is about.
#[must_use]
pub fn is_reading(name: &str) -> bool {
    find(name).is_some_and(|rule| matches!(rule.check, Check::Reading))
}
