//! One file a subcommand: its arguments and the wiring, no logic.

pub mod completions;
pub mod init;
pub mod lint;
pub mod list;
pub mod pick;
pub mod render;
pub mod show;

use crate::model::vocabulary::Vocabulary;

/// Parses a word of a closed list for a flag.
fn word<V: Vocabulary>(word: &str) -> Result<V, String> {
    V::from_name(word).ok_or_else(|| {
        let names: Vec<_> = V::names().collect();
        format!("known: {}", names.join(", "))
    })
}
