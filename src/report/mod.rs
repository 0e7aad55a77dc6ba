//! What scores say and what they cannot: statistics and tables, no text and no disk.

pub mod agreement;
pub mod bank;
pub mod beside;
pub mod clustered;
pub mod compare;
pub mod concordance;
pub mod debrief;
pub mod fairness;
pub mod figure;
pub mod identify;
pub mod interval;
pub mod interviewers;
pub mod least_squares;
pub mod mixed;
pub mod model;
pub mod questions;
pub mod reliability;
pub mod season;
pub mod share;
pub mod summary;
pub mod tables;
