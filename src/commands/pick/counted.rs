//! `NAME=COUNT` on the command line: how many questions of something.

use std::str::FromStr;

use crate::model::blueprint::Count;

/// How many questions of what: `kafka` at least one, `kafka=2` exactly two, `kafka=1..3`, `kafka=2..`, `kafka=..2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// A word of the bank.
    pub(super) name: String,
    /// How many.
    pub(super) count: Count,
}

/// The most questions that can be asked for.
const MOST: u32 = 1_000;

impl FromStr for Counted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, count) = match text.rsplit_once('=') {
            Some((name, count)) => (name, parsed(count)?),
            None => (text, Count::at_least(1)),
        };
        if name.is_empty() {
            return Err("the name is missing: write `NAME` or `NAME=2`".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            count,
        })
    }
}

fn parsed(text: &str) -> Result<Count, String> {
    let number = |text: &str| match text.parse::<u32>() {
        Ok(number) if number <= MOST => Ok(number),
        _ => Err(format!(
            "`{text}` is no number from 0 to {MOST}: write `2`, `1..3`, `2..` or `..3`"
        )),
    };
    let bound = |text: &str| match text {
        "" => Ok(None),
        text => number(text).map(Some),
    };
    let Some((min, max)) = text.split_once("..") else {
        return number(text).map(Count::exactly);
    };
    let count = Count {
        min: bound(min)?,
        max: bound(max)?,
    };
    match (count.min, count.max) {
        (None, None) => Err("`..` says nothing: write `2`, `1..3`, `2..` or `..3`".to_owned()),
        (Some(min), Some(max)) if min > max => Err(format!("{min} is more than {max}")),
        _ => Ok(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let count = |min, max| Count { min, max };
        for (text, name, expected) in [
            ("kafka", "kafka", count(Some(1), None)),
            ("kafka=2", "kafka", count(Some(2), Some(2))),
            ("kafka=1..3", "kafka", count(Some(1), Some(3))),
            ("kafka=2..", "kafka", count(Some(2), None)),
            ("kafka=..2", "kafka", count(None, Some(2))),
            ("a=b=0", "a=b", count(Some(0), Some(0))),
        ] {
            let expected = Counted {
                name: name.to_owned(),
                count: expected,
            };
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in ["", "=2", "a=", "a=x", "a=..", "a=3..1", "a=-1", "a=1001"] {
            assert!(text.parse::<Counted>().is_err(), "{text}");
        }
    }
}
