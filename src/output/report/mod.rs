//! Reports as text for a terminal, Markdown, HTML, CSV and JSON.

pub mod document;
