//! One file a format.

pub mod diff;
pub mod findings;
pub mod lint;
pub mod offer;
pub mod question;
pub mod questions;
pub mod screen;
pub mod terminal;
