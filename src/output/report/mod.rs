//! Reports as text for a terminal, Markdown, HTML, CSV and JSON.

pub mod bank;
pub mod candidate;
pub mod common;
pub mod compare;
pub mod document;
pub mod fairness;
pub mod flat;
pub mod html;
pub mod interviewers;
pub mod markdown;
mod markup;
pub mod plot;
pub mod plots;
pub mod questions;
pub mod text;
mod text_map;
mod text_table;
pub mod words;
