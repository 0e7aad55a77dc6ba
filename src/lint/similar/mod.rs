//! Which questions ask the same: what a question asks for as a small set of stems, who may be whose twin, who is.

mod candidates;
mod lexicon;
mod sketch;
mod stem;
mod tokens;
mod verify;
mod weights;

pub(super) use candidates::{Twin, twins};
pub(super) use sketch::{Sketch, Sketcher};
