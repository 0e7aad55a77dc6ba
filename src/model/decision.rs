//! What people decided about a candidate, and why.

use jiff::Timestamp;
use serde::Serialize;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// When it was written down.
    pub at: Timestamp,
    /// Who decided.
    pub by: String,
    /// What.
    pub decision: String,
    /// Why.
    pub reason: String,
}
