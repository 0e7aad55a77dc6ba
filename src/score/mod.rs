//! What a scorecard may become: changes, what is missing, what was revised.
//!
//! Pure: the time of a change is passed in.

mod blind;
pub mod change;
pub mod check;
pub mod evidence;
pub mod import;
pub mod removal;
pub mod walk;

pub use self::blind::blind;
pub use self::change::{Change, Refused, apply};
pub use self::evidence::{Missing, missing};
