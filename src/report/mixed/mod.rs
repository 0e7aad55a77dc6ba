//! The mixed model: scores as a mean with candidates, questions and interviewers as crossed random effects.
//!
//! `y ~ 1 + (1|candidate) + (1|question) + (1|interviewer)`, and `(1|candidate:question)` where cells are rated twice,
//! fitted by restricted maximum likelihood (REML). The deviance is profiled over the ratios of the variances to the
//! residual variance as in D. Bates, M. Mächler, B. Bolker and S. Walker, "Fitting linear mixed-effects models using
//! lme4", Journal of Statistical Software 67 (2015), equation 42, and minimised by Newton steps with the average
//! information of A. R. Gilmour, R. Thompson and B. R. Cullis, Biometrics 51 (1995). A variance may be zero.

mod absorbed;
mod accumulated;
mod design;
mod search;

pub use self::design::{Design, Factor};
pub use self::search::{Effect, Fit, fit};
