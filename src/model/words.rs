//! Numbers with the word that they take.

use std::fmt::Display;

/// A number with its noun: `1 form`, `2 forms`.
#[must_use]
pub fn counted<N: Display + PartialEq + From<u8> + Copy>(
    number: N,
    one: &str,
    many: &str,
) -> String {
    if number == N::from(1) {
        format!("{number} {one}")
    } else {
        format!("{number} {many}")
    }
}
