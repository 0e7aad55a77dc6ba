//! An exact solver for linear programs over few rows and many bounded whole numbers.
//!
//! Branch and bound over a dual simplex. Floating-point numbers only guide the search: every bound that
//! proves something is computed again in whole numbers, which any multipliers make a valid one (Neumaier and
//! Shcherbina, *Safe bounds in linear and mixed-integer linear programming*, 2004).

mod answer;
mod basis;
mod bound;
pub mod forms;
mod grow;
pub mod model;
mod search;
mod simplex;

pub use answer::{Answer, Limits, Proof};
pub use search::{solve, solve_from};
