//! Adverse impact: selection rates of two groups, from counts alone.
//!
//! The four-fifths rule of the Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D), with Fisher's
//! exact test of the same table. Nothing about a person is known here.

use serde::Serialize;
use statrs::function::factorial::ln_binomial;

use crate::report::clustered::too_few;
use crate::report::figure::{Figure, Kind, LEVEL, Statistic, Undefined, count};
use crate::report::interval::{of_logarithm, wilson};

/// From how many people of a group on its ratio is shown.
pub const LEAST_PEOPLE: u64 = 30;
/// From how many selected people on, in both groups, if both were selected at the same rate.
pub const LEAST_EXPECTED: u64 = 5;
/// Below which ratio the guidelines speak of adverse impact.
pub const FOUR_FIFTHS: f64 = 0.8;
/// The most people of a group.
pub const MOST_PEOPLE: u64 = 1_000_000;

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
    let is_rare = |own: &u64| chance(*own) <= limit;
    // Chances rise up to the likeliest table and fall from there on: those that count are at both ends.
    let likeliest = (first.of + 1) * (selected + 1) / (all + 2);
    let likeliest = likeliest.clamp(least, most);
    let lower = least + first_not(least..likeliest + 1, is_rare);
    let upper = likeliest + 1 + first_not(likeliest + 1..most + 1, |own| !is_rare(own));
    let below = tail((least..lower).rev().map(chance));
    let above = tail((upper..=most).map(chance));
    (below + above).min(1.0)
}

/// How many at the beginning of a range are so, where all that are so come first.
fn first_not(range: std::ops::Range<u64>, is_so: impl Fn(&u64) -> bool) -> u64 {
    let (mut low, mut high) = (range.start, range.end.max(range.start));
    while low < high {
        let middle = low + (high - low) / 2;
        if is_so(&middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low - range.start
}

/// The sum of falling chances, up to where they add nothing.
fn tail(chances: impl Iterator<Item = f64>) -> f64 {
    let mut sum = 0.0;
    for chance in chances {
        sum += chance;
        if chance < sum * 1e-18 || chance == 0.0 {
            break;
        }
    }
    sum
}

/// A group in the report.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// Its name, as the user calls it.
    pub group: String,
    /// Who was selected.
    pub selected: u64,
    /// Who applied.
    pub of: u64,
    /// The share that was selected.
    pub rate: Figure,
    /// Whether it has the highest rate, with which the others are compared.
    pub is_reference: bool,
    /// The rate over the highest one.
    pub ratio: Figure,
    /// Fisher's exact p against the group with the highest rate.
    pub p: Option<f64>,
    /// Whether the ratio is below four fifths; none: it is not shown.
    pub is_below: Option<bool>,
    /// Whether one person more or fewer selected would put the ratio on the other side of four fifths.
    pub turns_on_one: Option<bool>,
}

/// The groups in their order, compared with the one that has the highest rate; the first of those as high. Groups of too
/// few people are no yardstick as long as there is another one.
#[must_use]
pub fn compare(groups: &[(String, Group)]) -> Vec<GroupRow> {
    let highest = |least: u64| {
        let mut best: Option<(usize, f64)> = None;
        for (at, (_, group)) in groups.iter().enumerate() {
            if let Ok(rate) = group.rate()
                && group.of >= least
                && best.is_none_or(|(_, highest)| rate > highest)
            {
                best = Some((at, rate));
            }
        }
        best.map(|(at, _)| at)
    };
    let reference = highest(LEAST_PEOPLE).or_else(|| highest(1));
    groups
        .iter()
        .enumerate()
        .map(|(at, (name, group))| {
            let other = reference.filter(|best| *best != at);
            row(
                name,
                *group,
                other.map(|best| groups[best].1),
                reference == Some(at),
            )
        })
        .collect()
}

fn row(name: &str, group: Group, reference: Option<Group>, is_reference: bool) -> GroupRow {
    let people = usize::try_from(group.of).unwrap_or(usize::MAX);
    let rate = match group.rate() {
        Ok(rate) => Figure::new(rate, people).within(Some(wilson(rate, count(people), LEVEL))),
        Err(_) => Figure::hidden(too_few(0, 1, Kind::Applicants), 0),
    };
    let ratio = match reference {
        Some(reference) => ratio(group, reference),
        None => Figure::hidden(Undefined::NoPairs, people),
    };
    let both = reference.filter(|_| group.of > 0);
    GroupRow {
        group: name.to_owned(),
        selected: group.selected,
        of: group.of,
        rate,
        is_reference,
        ratio,
        p: both.map(|reference| fisher_exact(group, reference)),
        is_below: both
            .filter(|_| ratio.value.is_some())
            .map(|reference| is_below_four_fifths(group, reference)),
        turns_on_one: both
            .filter(|_| ratio.value.is_some())
            .map(|reference| turns(group, reference)),
    }
}

/// The ratio with the interval of its logarithm (D. Katz and others, Biometrics 34, 1978), from enough people on.
fn ratio(group: Group, reference: Group) -> Figure {
    let people = usize::try_from(group.of).unwrap_or(usize::MAX);
    let least = group.of.min(reference.of);
    let as_count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    if least < LEAST_PEOPLE {
        let why = too_few(as_count(least), as_count(LEAST_PEOPLE), Kind::Applicants);
        return Figure::hidden(why, people);
    }
    let selected = group.selected + reference.selected;
    let expected = selected * least / (group.of + reference.of);
    if expected < LEAST_EXPECTED {
        let why = too_few(as_count(expected), as_count(LEAST_EXPECTED), Kind::Selected);
        return Figure::hidden(why, people);
    }
    let value = match impact_ratio(group, reference) {
        Ok(value) => value,
        Err(why) => return Figure::hidden(why, people),
    };
    let part = |group: Group| {
        let (selected, of) = (count(as_count(group.selected)), count(as_count(group.of)));
        1.0 / selected - 1.0 / of
    };
    let error = (part(group) + part(reference)).sqrt();
    // Where nobody was selected, the logarithm has no end.
    let ends = (group.selected > 0).then(|| of_logarithm(value, error, LEVEL));
    Figure::new(value, people).within(ends)
}

/// Whether the rate is below four fifths of the other one. In whole numbers: 20 of 30 beside 25 of 30 is four fifths, and the
/// quotient of the two rates, rounded, is less.
fn is_below_four_fifths(group: Group, reference: Group) -> bool {
    let product = |selected: u64, of: u64| u128::from(selected) * u128::from(of);
    5 * product(group.selected, reference.of) < 4 * product(reference.selected, group.of)
}

fn turns(group: Group, reference: Group) -> bool {
    let is_below = is_below_four_fifths(group, reference);
    let selected = if is_below {
        (group.selected < group.of).then(|| group.selected + 1)
    } else {
        group.selected.checked_sub(1)
    };
    selected.is_some_and(|selected| {
        let other = Group { selected, ..group };
        is_below_four_fifths(other, reference) != is_below
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By all tables there are.
    fn of_all(first: Group, second: Group) -> f64 {
        let selected = first.selected + second.selected;
        let all = first.of + second.of;
        let chance = |own: u64| {
            (ln_binomial(first.of, own) + ln_binomial(second.of, selected - own)
                - ln_binomial(all, selected))
            .exp()
        };
        let limit = chance(first.selected) * (1.0 + 1e-7);
        let tables = selected.saturating_sub(second.of)..=selected.min(first.of);
        tables.map(chance).filter(|chance| *chance <= limit).sum()
    }

    #[test]
    fn both_ends_are_all_rare_tables() {
        for first in 1..=9 {
            for second in 1..=9 {
                for selected in 0..=first {
                    for others in 0..=second {
                        let first = Group {
                            selected,
                            of: first,
                        };
                        let second = Group {
                            selected: others,
                            of: second,
                        };
                        let p = fisher_exact(first, second);
                        assert!(
                            (p - of_all(first, second)).abs() < 1e-12,
                            "{first:?} {second:?}"
                        );
                    }
                }
            }
        }
        let first = Group {
            selected: 500_000,
            of: 1_000_000,
        };
        let second = Group {
            selected: 500_900,
            of: 1_000_000,
        };
        let p = fisher_exact(first, second);
        assert!((p - of_all(first, second)).abs() < 1e-9, "{p}");
    }
}
