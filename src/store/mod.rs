//! The only folder that touches disk and git: bank directory, front matter, Markdown body, outputs.

pub mod bank;
pub mod body;
pub mod built_in;
pub mod discover;
pub mod document;
pub mod files;
pub mod front_matter;
pub mod git;
pub mod images;
pub mod init;
pub mod plan;
pub mod question;
pub mod screen;
pub mod settings;
pub mod templates;
pub mod write;
