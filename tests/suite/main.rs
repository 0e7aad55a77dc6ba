//! The integration tests: the program as users run it, and the library where a process would be too slow.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod bank;
mod browser;
mod cli;
mod docs;
mod front_matter;
mod harness;
mod hostile;
mod layers;
mod oracle;
mod pick;
mod reading;
mod render;
