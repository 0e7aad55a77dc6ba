//! The words of the field as plain data: no disk, no clock, no terminal.

pub mod allowance;
pub mod assembly;
pub mod bank;
pub mod baseline;
pub mod blueprint;
pub mod colour;
pub mod config;
pub mod constraints;
pub mod finding;
pub mod hiring_loop;
pub mod history;
pub mod html;
pub mod lint;
pub mod markdown;
pub mod markup;
pub mod offer;
pub mod pseudonym;
pub mod question;
pub mod retention;
pub mod scale;
pub mod scorecard;
pub mod screen;
pub mod source;
pub mod suggest;
pub mod vocabulary;
pub mod words;
