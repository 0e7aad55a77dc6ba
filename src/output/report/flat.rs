//! Rows for a spreadsheet: a figure takes a column each for its value, its n, its ends, and why it is not shown.

use anyhow::Context;
use csv::WriterBuilder;

use super::words::short;
use crate::model::spreadsheet::guarded;
use crate::output::terminal::clean;
use crate::report::figure::Figure;

/// A row: names of columns with what is in them.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    cells: Vec<(String, String)>,
}

impl Flat {
    /// Adds a text without what could steer a terminal; one that a spreadsheet would run as a formula begins with an apostrophe.
    #[must_use]
    pub fn text(mut self, name: &str, text: &str) -> Self {
        self.cells.push((name.to_owned(), guarded(&clean(text))));
        self
    }

    /// Adds a number that needs no uncertainty.
    #[must_use]
    pub fn count(mut self, name: &str, count: usize) -> Self {
        self.cells.push((name.to_owned(), count.to_string()));
        self
    }

    /// Adds a number, or nothing.
    #[must_use]
    pub fn number(mut self, name: &str, number: Option<f64>) -> Self {
        self.cells
            .push((name.to_owned(), number.map(plain).unwrap_or_default()));
        self
    }

    /// Adds a figure.
    #[must_use]
    pub fn figure(self, name: &str, figure: &Figure) -> Self {
        self.figure_or(name, figure, None)
    }

    /// Adds a figure; where it has no value, that is said in its stead if there is something to say.
    #[must_use]
    pub fn figure_or(mut self, name: &str, figure: &Figure, instead: Option<&str>) -> Self {
        let ends = figure.interval;
        let missing = match (figure.value, instead) {
            (Some(_), _) => String::new(),
            (None, Some(instead)) => instead.to_owned(),
            (None, None) => short(figure),
        };
        self.cells.extend([
            (name.to_owned(), figure.value.map(plain).unwrap_or_default()),
            (format!("{name}_n"), figure.n.to_string()),
            (
                format!("{name}_low"),
                ends.map(|ends| plain(ends.low)).unwrap_or_default(),
            ),
            (
                format!("{name}_high"),
                ends.map(|ends| plain(ends.high)).unwrap_or_default(),
            ),
            (format!("{name}_missing"), missing),
        ]);
        self
    }
}

/// Six decimals, without those that say nothing.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// The rows as CSV, with a header; all have the same columns.
///
/// # Errors
/// Never in practice: the text is built in memory.
pub fn csv(rows: &[Flat]) -> anyhow::Result<String> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    if let Some(first) = rows.first() {
        writer.write_record(first.cells.iter().map(|(name, _)| name))?;
    }
    for row in rows {
        writer.write_record(row.cells.iter().map(|(_, cell)| cell))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).context("the report as CSV")
}
