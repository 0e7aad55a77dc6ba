//! What rules know about prose: words, phrases, sentences.

pub(super) mod anchors;
pub(super) mod answer_label;
pub(super) mod bias;
pub(super) mod code;
pub(super) mod copied;
pub(super) mod first_look;
pub(super) mod headings;
pub(super) mod language;
pub(super) mod letters;
pub(super) mod overlap;
pub(super) mod paths;
pub(super) mod placeholder;
pub(super) mod prose;
pub(super) mod statements;
pub(super) mod synonyms;
pub(super) mod topics;
pub(super) mod unseen;
pub(super) mod words;
