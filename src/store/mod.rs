//! The only folder that touches disk and git: bank directory, front matter, Markdown body, outputs.

pub mod bank;
pub mod baseline;
pub mod body;
pub mod browser;
pub mod built_in;
mod child;
pub mod constraints;
pub mod discover;
pub mod document;
mod entries;
pub mod files;
pub mod front_matter;
pub mod git;
pub mod history;
pub mod images;
pub mod init;
mod lint_settings;
pub mod listing;
mod marks;
pub mod packet_settings;
pub mod plan;
pub mod question;
pub mod screen;
pub mod settings;
mod swallowed;
pub mod templates;
pub mod write;
