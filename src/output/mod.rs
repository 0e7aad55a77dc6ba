//! One file a format.

pub mod attempt;
pub mod changes;
pub mod conflict;
pub mod diff;
pub mod explanation;
pub mod findings;
pub mod full_screen;
pub mod holdings;
pub mod interview;
pub mod lint;
pub mod offer;
pub mod question;
pub mod questions;
pub mod report;
pub mod scorecards;
pub mod screen;
pub mod tables;
pub mod terminal;
