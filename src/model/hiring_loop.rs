//! A loop: the rounds of one hiring process.

use std::sync::Arc;

use crate::model::source::{Source, Spanned};

/// The rounds of one hiring process, in order.
#[derive(Clone, Debug)]
pub struct HiringLoop {
    /// The file.
    pub source: Arc<Source>,
    /// The file's stem.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The rounds, in order.
    pub rounds: Vec<Round>,
}

/// One round: a single session with a blueprint, or several sessions on one day.
#[derive(Clone, Debug)]
pub struct Round {
    /// Its title.
    pub title: Spanned<String>,
    /// Its whole length, which its sessions may not exceed together.
    pub minutes: Spanned<u32>,
    /// The sessions, in order; a round that names a blueprint itself has one.
    pub sessions: Vec<Session>,
}

/// One meeting with one candidate on one screen.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its title.
    pub title: String,
    /// The blueprint of its screen.
    pub blueprint: Spanned<String>,
}
