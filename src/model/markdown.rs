//! The Markdown dialect that questions are written in.

use pulldown_cmark::Options;

/// `CommonMark` with tables, footnotes, strike-through and task lists.
#[must_use]
pub fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}
