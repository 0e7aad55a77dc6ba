//! Everything that is held about one candidate, as one JSON document.

use anyhow::Context;
use serde::Serialize;
use serde_json::Value;

use super::terminal::escaped_json;

/// The document.
#[derive(Debug, Serialize)]
pub struct Holdings<'c> {
    /// The version of this shape.
    pub schema: u32,
    /// The candidate's pseudonym.
    pub candidate: &'c str,
    /// The screens, as `intervy pick` writes them.
    pub screens: Vec<Value>,
    /// The scorecards, as a packet saves them.
    pub scorecards: Vec<Value>,
    /// Every other file, and those whose text says more than the above.
    pub files: Vec<File>,
}

/// A file: one of what follows its path is given.
#[derive(Debug, Default, Serialize)]
pub struct File {
    /// From the folder of the interviews.
    pub path: String,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its bytes, where they are no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// Where it leads, if it is a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// Why it was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
}

/// The document as JSON.
///
/// # Errors
/// Never in practice: the shape holds nothing that JSON cannot.
pub fn json(holdings: &Holdings<'_>) -> anyhow::Result<String> {
    let text = serde_json::to_string_pretty(holdings).context("the copy as JSON")?;
    Ok(escaped_json(&text) + "\n")
}
