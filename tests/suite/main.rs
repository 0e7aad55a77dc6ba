//! The integration tests: the program as users run it, and the library where a process would be too slow.

#![allow(
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::expect_used,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::needless_raw_string_hashes,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and reads best in one piece"
)]

mod bank;
mod browser;
mod cli;
mod conflict;
mod docs;
mod documents;
mod driver;
mod exact;
mod examples;
mod export;
mod forms;
mod front_matter;
mod harness;
mod highlight;
mod history;
mod hostile;
mod images;
mod layers;
mod lint;
mod lint_changes;
mod live;
mod mixed;
mod near_duplicate;
mod offer;
mod oracle;
mod packet;
mod page_checks;
mod pdf;
mod pdf_engines;
mod pick;
mod pick_again;
mod pick_memory;
mod pick_several;
mod pick_stopped;
mod random_banks;
mod reading;
mod reference;
mod render;
mod render_pdf;
mod report;
mod report_page;
mod rules;
mod schemas;
mod score;
mod season;
mod starvation;
mod statistics;
mod templates;
