//! Adverse impact: selection rates of two groups, from counts alone.
//!
//! The four-fifths rule of the Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D), with Fisher's
//! exact test of the same table. Nothing about a person is known here.

use statrs::function::factorial::ln_binomial;

use crate::report::figure::{Statistic, Undefined};

/// Whom a group sent on, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Who was selected.
    pub selected: u64,
    /// Who applied.
    pub of: u64,
}

impl Group {
    /// The share that was selected, 0 to 1.
    ///
    /// # Errors
    /// When nobody applied.
    pub fn rate(self) -> Statistic {
        if self.of == 0 {
            return Err(Undefined::TooFew);
        }
        #[allow(clippy::cast_precision_loss, reason = "counts of people")]
        {
            Ok(self.selected as f64 / self.of as f64)
        }
    }
}

/// The lower selection rate over the higher one, 0 to 1.
///
/// # Errors
/// When nobody applied in a group, or nobody was selected in either.
pub fn impact_ratio(first: Group, second: Group) -> Statistic {
    let (first, second) = (first.rate()?, second.rate()?);
    let higher = first.max(second);
    if higher <= 0.0 {
        return Err(Undefined::NoVariance);
    }
    Ok(first.min(second) / higher)
}

/// Fisher's exact test, two-sided: how likely a table as unlikely as this one is, if both rates are the same.
#[must_use]
pub fn fisher_exact(first: Group, second: Group) -> f64 {
    let selected = first.selected + second.selected;
    let all = first.of + second.of;
    let least = selected.saturating_sub(second.of);
    let most = selected.min(first.of);
    let chance = |own: u64| {
        (ln_binomial(first.of, own) + ln_binomial(second.of, selected - own)
            - ln_binomial(all, selected))
        .exp()
    };
    // Tables that are as likely but for rounding count too.
    let limit = chance(first.selected) * (1.0 + 1e-7);
    let tables = (least..=most).map(chance).filter(|chance| *chance <= limit);
    tables.sum::<f64>().min(1.0)
}
