//! How long what is held about a candidate stays.

use jiff::Timestamp;
use jiff::civil::Date;

/// How long what is held about a candidate stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// The last day on which it is kept.
    pub until: Option<Date>,
    /// Why it must not be removed at all.
    pub hold: Option<Hold>,
    /// The holds that have ended, oldest first.
    pub released: Vec<Release>,
}

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub reason: String,
}

/// The end of a hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What ended.
    pub hold: Hold,
}
