//! One file a format.

pub mod findings;
pub mod findings_json;
pub mod question;
pub mod questions;
pub mod screen;
pub mod terminal;
