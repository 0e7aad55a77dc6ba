//! The five-point rating scale and its wording.

use serde::Serialize;

/// The lowest score.
pub const LOWEST: u8 = 1;
/// The highest score.
pub const HIGHEST: u8 = 5;

/// One point of the scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScalePoint {
    /// 1 to 5.
    pub score: u8,
    /// A word or two ("Strong Yes").
    pub label: String,
    /// One line.
    pub meaning: String,
}

/// The wording used unless a bank has its own: 1 Strong No to 5 Strong Yes, in that order.
#[must_use]
pub fn default_scale() -> Vec<ScalePoint> {
    [
        (
            "Strong No",
            "Lacks what the role needs here, and hints did not help.",
        ),
        ("No", "Some pieces, with gaps that would hurt in the role."),
        (
            "Maybe",
            "The essentials, with help; would need support at first.",
        ),
        ("Yes", "Solid and independent; does what the role needs."),
        (
            "Strong Yes",
            "Goes beyond what the role needs; others would learn from it.",
        ),
    ]
    .into_iter()
    .zip(LOWEST..)
    .map(|((label, meaning), score)| ScalePoint {
        score,
        label: label.to_owned(),
        meaning: meaning.to_owned(),
    })
    .collect()
}
