//! Structured interviews as code: a question bank in git, linted, assembled, rendered.
//!
//! The library serves this package's own binary, tests, benches and fuzz targets; its interface
//! changes without notice.

pub mod cli;
pub mod commands;
pub mod exit;
pub mod lint;
pub mod model;
pub mod output;
pub mod pick;
pub mod render;
pub mod report;
pub mod score;
pub mod store;
