//! The words of a language, and its way to write dates and numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use minijinja::value::{Serde, Value};
use serde::{Deserialize, Serialize};

use crate::model::scale::{self, ScalePoint};

/// The language whose words stand in where another one has none.
pub const DEFAULT: &str = "en";

/// The folder of the languages, below `templates/`.
pub const FOLDER: &str = "lang";

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Its tag (`en`, `pt-BR`).
    pub tag: String,
    words: Table,
}

type Table = BTreeMap<String, Word>;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Number(i64),
    List(Vec<Self>),
    Table(Table),
}

/// What is wrong with a file of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingError {
    /// Where in the file, in bytes, if that is known.
    pub at: Option<usize>,
    /// What.
    pub message: String,
}

/// What a language lacks, as dotted names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// What it does not say, so that another language says it.
    pub missing: Vec<String>,
    /// What it says in another shape: with other gaps, or a list of another length.
    pub misshapen: Vec<String>,
}

impl Wording {
    /// Reads the words of a language; `base` stands in for what they leave out.
    ///
    /// # Errors
    /// When the text is no TOML, or holds something other than texts, whole numbers and lists of them.
    pub fn read(tag: &str, text: &str, base: Option<&Self>) -> Result<Self, WordingError> {
        let own: Table = toml::from_str(text).map_err(|error| WordingError {
            at: error.span().map(|span| span.start),
            message: error.message().to_owned(),
        })?;
        let mut words = base.map(|base| base.words.clone()).unwrap_or_default();
        merge(&mut words, own);
        Ok(Self {
            tag: tag.to_owned(),
            words,
        })
    }

    /// How this language differs from another one that has all words.
    #[must_use]
    pub fn lacks(&self, other: &Self) -> Lacking {
        let mut lacking = Lacking::default();
        compare(&self.words, &other.words, "", &mut lacking);
        lacking
    }

    /// The program's own scale in this language, lowest score first; `None` where there are no words for it.
    #[must_use]
    pub fn scale(&self) -> Option<Vec<ScalePoint>> {
        let (Some(Word::List(labels)), Some(Word::List(meanings))) =
            (self.word("scale.labels"), self.word("scale.meanings"))
        else {
            return None;
        };
        let points = (scale::LOWEST..=scale::HIGHEST).zip(labels.iter().zip(meanings));
        let points: Vec<ScalePoint> = points
            .filter_map(|(score, words)| match words {
                (Word::Text(label), Word::Text(meaning)) => Some(ScalePoint {
                    score,
                    label: label.clone(),
                    meaning: meaning.clone(),
                }),
                _ => None,
            })
            .collect();
        (points.len() == usize::from(scale::HIGHEST)).then_some(points)
    }

    /// All words, as templates see them.
    #[must_use]
    pub fn value(&self) -> Value {
        Value::from(Serde(&self.words))
    }

    /// The words below a name, as JSON.
    #[must_use]
    pub fn json_of(&self, name: &str) -> String {
        let words = self.words.get(name);
        words
            .and_then(|words| serde_json::to_string(words).ok())
            .unwrap_or_default()
    }

    /// The text of a dotted name; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        match self.word(name) {
            Some(Word::Text(text)) => text,
            _ => "",
        }
    }

    fn word(&self, name: &str) -> Option<&Word> {
        let mut names = name.split('.');
        let first = self.words.get(names.next()?);
        names.fold(first, |word, name| match word {
            Some(Word::Table(table)) => table.get(name),
            _ => None,
        })
    }

    /// A number of something: `3 questions`. `None`: there are no words for it.
    #[must_use]
    pub fn count(&self, number: i64, what: &str) -> Option<String> {
        let Some(Word::List(forms)) = self.word(&format!("count.{what}")) else {
            return None;
        };
        let form = if number == 1 {
            forms.first()
        } else {
            forms.last()
        };
        match form {
            Some(Word::Text(form)) => Some(form.replace("{n}", &number.to_string())),
            _ => None,
        }
    }

    /// Whole percent.
    #[must_use]
    pub fn percent(&self, number: i64) -> String {
        let form = self.text("format.percent");
        form.replace("{n}", &number.to_string())
    }

    /// A day.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let place = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
        let month = match self.word("format.months") {
            Some(Word::List(months)) => months.get(place),
            _ => None,
        };
        let Some(Word::Text(month)) = month else {
            return date.to_string();
        };
        self.text("format.date")
            .replace("{day}", &date.day().to_string())
            .replace("{month}", month)
            .replace("{year}", &date.year().to_string())
    }
}

fn merge(words: &mut Table, own: Table) {
    for (name, word) in own {
        match (words.get_mut(&name), word) {
            (Some(Word::Table(words)), Word::Table(own)) => merge(words, own),
            (_, word) => drop(words.insert(name, word)),
        }
    }
}

fn compare(own: &Table, other: &Table, above: &str, lacking: &mut Lacking) {
    for (name, word) in other {
        let path = format!("{above}{name}");
        match (own.get(name), word) {
            (Some(Word::Table(own)), Word::Table(other)) => {
                compare(own, other, &format!("{path}."), lacking);
            }
            (None, Word::Table(other)) => {
                compare(&Table::new(), other, &format!("{path}."), lacking);
            }
            (Some(own), other) if has_shape(own, other) => {}
            (Some(_), _) => lacking.misshapen.push(path),
            (None, _) => lacking.missing.push(path),
        }
    }
}

/// Whether a word can stand where another one does: a list is as long, a text has the same gaps.
fn has_shape(own: &Word, other: &Word) -> bool {
    match (own, other) {
        (Word::Text(own), Word::Text(other)) => ["{n}", "{what}", "{day}", "{month}", "{year}"]
            .iter()
            .all(|gap| own.contains(gap) == other.contains(gap)),
        (Word::List(own), Word::List(other)) => {
            own.len() == other.len()
                && own
                    .iter()
                    .zip(other)
                    .all(|(own, other)| has_shape(own, other))
        }
        (Word::Number(_), Word::Number(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str, text: &str, base: Option<&Wording>) -> Wording {
        let empty = Wording {
            tag: String::new(),
            words: Table::new(),
        };
        Wording::read(tag, text, base).unwrap_or(empty)
    }

    fn english() -> Wording {
        let text = "x = \"X\"\n[count]\nday = [\"{n} day\", \"{n} days\"]\n[format]\ndate = \"{day} {month} {year}\"\n\
                    months = [\"Jan\", \"Feb\"]\npercent = \"{n}%\"\n";
        read("en", text, None)
    }

    #[test]
    fn what_a_language_leaves_out_comes_from_the_other() {
        let text = "[count]\nday = [\"{n} Tag\", \"{n} Tage\"]\n[format]\npercent = \"{n} %\"\n";
        let german = read("de", text, Some(&english()));
        assert_eq!(german.text("x"), "X");
        assert_eq!(german.count(1, "day").as_deref(), Some("1 Tag"));
        assert_eq!(german.count(0, "day").as_deref(), Some("0 Tage"));
        assert_eq!(german.count(2, "night"), None);
        assert_eq!(german.percent(35), "35 %");
        let alone = read("de", text, None);
        assert_eq!(
            alone.lacks(&english()).missing,
            ["format.date", "format.months", "x"]
        );
    }

    #[test]
    fn dates_are_written_out() {
        let date = jiff::civil::date(2026, 2, 9);
        assert_eq!(english().date(date), "9 Feb 2026");
        // A language with too few months still says which day it is.
        assert_eq!(english().date(jiff::civil::date(2026, 11, 9)), "2026-11-09");
    }

    #[test]
    fn a_word_of_another_shape_is_found() {
        let text = "x = 3\n[count]\nday = [\"{n} Tag\"]\n[format]\ndate = \"{day}.\"\nmonths = [\"a\", \"b\"]\npercent = \"{n}\"\n";
        let other = read("de", text, None);
        let lacking = other.lacks(&english());
        assert_eq!(lacking.misshapen, ["count.day", "format.date", "x"]);
        assert!(lacking.missing.is_empty());
        let error = Wording::read("de", "x = 1.5\n", None).err();
        assert!(error.is_some_and(|error| error.at.is_some()));
    }
}
