//! How far a search goes, and what it comes to.

/// When a search is given up.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// The most branches.
    pub nodes: u64,
    /// Whether to stop now; asked once a branch.
    pub stop: &'a dyn Fn() -> bool,
    /// A choice that costs no more than this ends the search.
    pub enough: Option<i64>,
}

impl Default for Limits<'_> {
    fn default() -> Self {
        Self {
            nodes: u64::MAX,
            stop: &|| false,
            enough: None,
        }
    }
}

/// What is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No choice costs less than the one that was found; or, without one, there is none.
    Complete,
    /// The search was given up: no choice costs less than this.
    AtLeast(i64),
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How much is taken of each column, and what that costs.
    pub best: Option<(Vec<i64>, i64)>,
    /// What is proven.
    pub proof: Proof,
    /// How many branches were looked at.
    pub nodes: u64,
}
