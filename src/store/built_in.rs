//! The bank and the templates that are compiled into the program.

use include_dir::{Dir, include_dir};

/// The shipped bank.
pub static BANK: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/bank");
/// The shipped templates.
pub static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
