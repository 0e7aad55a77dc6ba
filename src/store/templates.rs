//! Where template texts come from.

use crate::store::built_in::TEMPLATES;

/// The text of a template, by its path below `templates/`.
#[must_use]
pub fn built_in(name: &str) -> Option<&'static str> {
    TEMPLATES
        .get_file(name)
        .and_then(|file| file.contents_utf8())
}
