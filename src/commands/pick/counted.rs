//! `NAME=COUNT` on the command line: how many questions of something.

use std::str::FromStr;

use crate::model::constraints::Count;

/// How many questions, or which share of them: `2`, `1..3`, `2..`, `..3`, `25%`, `20%..40%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// How many, or how many of a hundred.
    pub(super) count: Count,
    /// Whether it is a share.
    pub(super) is_share: bool,
}

/// How many questions of what: `kafka`, `kafka=2`, `kafka=1..3`, `kafka=25%..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// A word of the bank.
    pub(super) name: String,
    /// How many, if that was said.
    pub(super) number: Option<Number>,
}

impl Counted {
    /// How many: without a word about it, at least one.
    pub(super) fn number(&self) -> Number {
        self.number.unwrap_or(Number {
            count: Count::at_least(1),
            is_share: false,
        })
    }
}

/// The most questions that can be asked for.
const MOST: u32 = 1_000;

impl FromStr for Counted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, number) = match text.rsplit_once('=') {
            Some((name, number)) => (name, Some(number.parse()?)),
            None => (text, None),
        };
        if name.is_empty() {
            return Err("the name is missing: write `NAME` or `NAME=2`".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            number,
        })
    }
}

impl FromStr for Number {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_share = text.contains('%');
        let (most, forms) = if is_share {
            (100, "`25%`, `20%..40%`, `20%..` or `..40%`")
        } else {
            (MOST, "`2`, `1..3`, `2..` or `..3`")
        };
        let number = |part: &str| {
            let digits = if is_share {
                part.strip_suffix('%').unwrap_or(part)
            } else {
                part
            };
            match digits.parse::<u32>() {
                Ok(number) if number <= most => Ok(number),
                _ => Err(format!(
                    "`{part}` is no number from 0 to {most}: write {forms}"
                )),
            }
        };
        let bound = |text: &str| match text {
            "" => Ok(None),
            text => number(text).map(Some),
        };
        let count = match text.split_once("..") {
            None => Count::exactly(number(text)?),
            Some((min, max)) => Count {
                min: bound(min)?,
                max: bound(max)?,
            },
        };
        match (count.min, count.max) {
            (None, None) => Err(format!("`..` says nothing: write {forms}")),
            (Some(min), Some(max)) if min > max => Err(format!("{min} is more than {max}")),
            _ => Ok(Self { count, is_share }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let number = |min, max, is_share| {
            Some(Number {
                count: Count { min, max },
                is_share,
            })
        };
        for (text, name, expected) in [
            ("kafka", "kafka", None),
            ("kafka=2", "kafka", number(Some(2), Some(2), false)),
            ("kafka=1..3", "kafka", number(Some(1), Some(3), false)),
            ("kafka=2..", "kafka", number(Some(2), None, false)),
            ("kafka=..2", "kafka", number(None, Some(2), false)),
            ("a=b=0", "a=b", number(Some(0), Some(0), false)),
            ("kafka=25%", "kafka", number(Some(25), Some(25), true)),
            ("kafka=20%..40%", "kafka", number(Some(20), Some(40), true)),
            ("kafka=20..40%", "kafka", number(Some(20), Some(40), true)),
            ("kafka=..100%", "kafka", number(None, Some(100), true)),
        ] {
            let expected = Counted {
                name: name.to_owned(),
                number: expected,
            };
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in [
            "", "=2", "a=", "a=x", "a=..", "a=3..1", "a=-1", "a=1001", "a=101%", "a=%", "a=%..",
            "a=2%%",
        ] {
            assert!(text.parse::<Counted>().is_err(), "{text}");
        }
    }
}
