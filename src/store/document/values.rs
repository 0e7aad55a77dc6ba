//! Values of single fields: what they must be, and what was meant where they are not.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Value;
use super::decode::Problems;
use crate::model::constraints::Count;
use crate::model::finding::Safety;
use crate::model::finding::reading::INVALID_VALUE;
use crate::model::pseudonym;
use crate::model::source::Span;
use crate::model::suggest;
use crate::model::vocabulary::{LONGEST_ID, Vocabulary, is_id};

/// Why a value is not what a field needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What it must be, after "must be" ("a whole number of minutes").
    pub must_be: String,
    /// What to do.
    pub hint: Option<String>,
    /// What must have been meant.
    pub meant: Option<Meant>,
}

/// What a wrong value must have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// How sure that is.
    pub safety: Safety,
    /// The part of the value that is replaced; empty: all of it, quotes included.
    pub written: String,
    /// What replaces it.
    pub text: String,
}

impl Wrong {
    /// It must be this.
    pub fn must_be(what: impl Into<String>) -> Self {
        Self {
            must_be: what.into(),
            hint: None,
            meant: None,
        }
    }

    /// The same with what must have been meant.
    #[must_use]
    pub fn meant(mut self, safety: Safety, written: &str, text: impl Into<String>) -> Self {
        self.meant = Some(Meant {
            safety,
            written: written.to_owned(),
            text: text.into(),
        });
        self
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// Reports the value of a field.
    pub fn report(self, key: &str, span: Span, problems: &mut Problems) {
        let message = format!("`{key}` must be {}", self.must_be);
        problems.report(INVALID_VALUE, span, message, self.hint.unwrap_or_default());
        let Some(meant) = self.meant else { return };
        let slice = problems.slice(span);
        let text = if meant.written.is_empty() {
            meant.text
        } else if slice.matches(meant.written.as_str()).count() == 1 {
            slice.replace(meant.written.as_str(), &meant.text)
        } else {
            return;
        };
        problems.fix(meant.safety, span, text);
    }
}

/// A text that is not blank.
///
/// # Errors
/// When the value is not a text or is blank.
pub fn text(value: &Value<'_>) -> Result<String, Wrong> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Value::Text(_) | Value::Null => Err(Wrong::must_be("a text that is not empty")),
        Value::List(_) | Value::Table(_) => {
            Err(Wrong::must_be(format!("a text, not {}", value.describe())))
        }
        _ => Err(Wrong::must_be(format!("a text, not {}", value.describe()))
            .hint(Some("put it in quotes".to_owned()))),
    }
}

/// A kebab-case id.
///
/// # Errors
/// When the value is not a kebab-case text.
pub fn id(value: &Value<'_>) -> Result<String, Wrong> {
    let text = text(value)?;
    id_word(&text)
}

/// [`id`] that becomes the name of a folder.
///
/// # Errors
/// When it cannot be one everywhere.
pub fn folder_id(value: &Value<'_>) -> Result<String, Wrong> {
    let id = id(value)?;
    if pseudonym::is_device(&id) {
        return Err(Wrong::must_be(format!(
            "an id that can be the name of a folder, and Windows keeps `{id}` for a device"
        )));
    }
    Ok(id)
}

/// `sha256:` and 64 hexadecimal digits.
///
/// # Errors
/// When the value is not that.
pub fn hash(value: &Value<'_>) -> Result<String, Wrong> {
    let text = text(value)?;
    let digits = text.strip_prefix("sha256:").unwrap_or("");
    let is_lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if digits.len() == 64 && digits.bytes().all(is_lower) {
        return Ok(text);
    }
    Err(Wrong::must_be("`sha256:` and 64 hexadecimal digits"))
}

/// [`id`] for a key.
///
/// # Errors
/// When the word is not kebab-case.
pub fn id_word(word: &str) -> Result<String, Wrong> {
    if is_id(word) {
        return Ok(word.to_owned());
    }
    Err(Wrong::must_be(format!(
        "a kebab-case id of at most {LONGEST_ID} characters (`n-plus-one-query`)"
    )))
}

/// A whole number within bounds that are both included.
pub fn number(least: u32, most: u32) -> impl Fn(&Value<'_>) -> Result<u32, Wrong> {
    move |value| {
        let wrong = || Wrong::must_be(format!("a whole number from {least} to {most}"));
        match value {
            Value::Integer(number) => u32::try_from(*number)
                .ok()
                .filter(|number| (least..=most).contains(number))
                .ok_or_else(wrong),
            Value::Text(text) if text.trim().parse::<i64>().is_ok() => {
                let wrong = wrong().hint(Some("remove the quotes".to_owned()));
                let in_range = text
                    .trim()
                    .parse()
                    .is_ok_and(|number| (least..=most).contains(&number));
                Err(if in_range {
                    wrong.meant(Safety::Safe, "", text.trim())
                } else {
                    wrong
                })
            }
            _ => Err(wrong()),
        }
    }
}

/// A word of a closed list.
///
/// # Errors
/// When the value is not one of the words.
pub fn word<V: Vocabulary>(value: &Value<'_>) -> Result<V, Wrong> {
    match value {
        Value::Text(text) => vocabulary_word(text),
        _ => vocabulary_word(""),
    }
}

/// [`word`] for a key.
///
/// # Errors
/// When it is not one of the words.
pub fn vocabulary_word<V: Vocabulary>(word: &str) -> Result<V, Wrong> {
    V::from_name(word).ok_or_else(|| {
        let names: Vec<_> = V::names().map(|name| format!("`{name}`")).collect();
        let near = suggest::nearest(word, V::names());
        let wrong = Wrong::must_be(format!("one of {}", names.join(", ")))
            .hint(near.map(|near| format!("did you mean `{near}`?")));
        match near {
            Some(near) if near.eq_ignore_ascii_case(word) => wrong.meant(Safety::Safe, word, near),
            Some(near) => wrong.meant(Safety::Unsafe, word, near),
            None => wrong,
        }
    })
}

/// A calendar day written as `2026-10-01`.
///
/// # Errors
/// When the value is no such day.
pub fn date(value: &Value<'_>) -> Result<Date, Wrong> {
    let wrong = || Wrong::must_be("a day written as year-month-day (`2026-10-01`)");
    match value {
        Value::Text(text) => text.parse().map_err(|_| wrong()),
        Value::Date(text) => text.parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

/// A moment: a time with its zone.
///
/// # Errors
/// When the value is not one.
pub fn moment(value: &Value<'_>) -> Result<Timestamp, Wrong> {
    let wrong = || Wrong::must_be("a time with its zone (`2026-12-01T10:30:00Z`)");
    match value {
        Value::Text(text) => text.trim().parse().map_err(|_| wrong()),
        Value::Date(text) => text.parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

/// `true` or `false`.
///
/// # Errors
/// When the value is neither.
pub fn yes_or_no(value: &Value<'_>) -> Result<bool, Wrong> {
    match value {
        Value::Bool(yes) => Ok(*yes),
        _ => Err(Wrong::must_be("`true` or `false`")),
    }
}

/// A number of something: `2` for exactly two, or a table of `min` and `max`.
///
/// # Errors
/// When the value is neither, or its bounds contradict each other.
pub fn count(value: &Value<'_>) -> Result<Count, Wrong> {
    const MOST: u32 = 1_000;
    let wrong = || Wrong::must_be("a number (`2`) or bounds (`{ min = 1, max = 3 }`)");
    let bound = number(0, MOST);
    match value {
        Value::Integer(_) => bound(value).map(Count::exactly),
        Value::Table(entries) => {
            let mut count = Count::default();
            for entry in entries {
                let number = bound(&entry.node.value)?;
                match &*entry.key {
                    "min" => count.min = Some(number),
                    "max" => count.max = Some(number),
                    _ => return Err(wrong()),
                }
            }
            if count.min.zip(count.max).is_some_and(|(min, max)| min > max) {
                return Err(Wrong::must_be("bounds with `min` not above `max`"));
            }
            Ok(count)
        }
        _ => Err(wrong()),
    }
}
