//! Plots as SVG that stands inside a page and takes its colours from there.

mod axis;
mod canvas;
mod heat_map;
mod intervals;
mod numbers;
mod parts;
mod theme;
mod widths;

use anyhow::Result;

use super::document::{Plot, PlotKind, Table};

pub use numbers::numbers;

/// What a picture is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A screen, or paper.
    Wide,
    /// A phone.
    Narrow,
}

/// A drawing without its frame.
struct Drawing {
    /// What the plotting library wrote.
    raw: String,
    /// The classes of the element, for the style.
    classes: &'static str,
}

/// A plot as one `<svg>` element, however large, with names for those who cannot see it. The same
/// plot gives the same bytes everywhere. `id` begins the ids inside it, and must be its own in a page.
///
/// Values that are no numbers, or beyond a million millions, are not drawn; names that are too
/// long are cut.
///
/// # Errors
/// When the library that draws fails, which it has no reason to.
pub fn svg(plot: &Plot, id: &str) -> Result<String> {
    part(plot, plot, Shape::Wide, id)
}

/// [`svg`] in parts that each fit on a sheet of paper, with the same axis or the same legend.
///
/// # Errors
/// As those of [`svg`].
pub fn svgs(plot: &Plot, id: &str) -> Result<Vec<String>> {
    in_parts(plot, Shape::Wide, id)
}

/// [`svgs`] for a phone, where that is another picture: intervals with their names above them. A page
/// that holds both shows either; a heat map has one picture alone.
///
/// # Errors
/// As those of [`svg`].
pub fn narrow_svgs(plot: &Plot, id: &str) -> Result<Vec<String>> {
    match plot.kind {
        PlotKind::Intervals(_) => in_parts(plot, Shape::Narrow, id),
        PlotKind::HeatMap(_) => Ok(Vec::new()),
    }
}

/// [`numbers()`] in parts that each fit on a sheet of paper.
#[must_use]
pub fn tables(plot: &Plot) -> Vec<Table> {
    parts::across(plot).iter().map(numbers).collect()
}

fn in_parts(plot: &Plot, shape: Shape, id: &str) -> Result<Vec<String>> {
    let parts = parts::parts(plot);
    if let [_] = parts.as_slice() {
        return Ok(vec![part(plot, plot, shape, id)?]);
    }
    let numbered = parts.iter().enumerate();
    numbered
        .map(|(at, shown)| part(shown, plot, shape, &format!("{id}-{}", at + 1)))
        .collect()
}

fn part(shown: &Plot, whole: &Plot, shape: Shape, id: &str) -> Result<String> {
    let drawing = match (&shown.kind, &whole.kind) {
        (PlotKind::Intervals(shown), PlotKind::Intervals(whole)) => {
            intervals::draw(shown, whole, shape)?
        }
        (PlotKind::Intervals(shown), PlotKind::HeatMap(_)) => intervals::draw(shown, shown, shape)?,
        (PlotKind::HeatMap(map), _) => heat_map::draw(map)?,
    };
    Ok(theme::dressed(&drawing, shown, id))
}

/// A number that can be drawn.
fn drawable(value: f64) -> Option<f64> {
    (value.abs() <= 1e12).then_some(value)
}

/// A number as it is read, with a minus sign that is as wide as a plus sign.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.*}", decimals.min(9));
    let is_zero = !text.contains(|digit: char| ('1'..='9').contains(&digit));
    match text.strip_prefix('-') {
        Some(rest) if is_zero => rest.to_owned(),
        Some(rest) => format!("\u{2212}{rest}"),
        None => text,
    }
}

/// A count as pixels are counted.
fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_signs_that_mean_something() {
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-0.06, 1), "\u{2212}0.1");
        assert_eq!(number(2.5, 2), "2.50");
        assert_eq!(drawable(f64::NAN), None);
        assert_eq!(drawable(f64::NEG_INFINITY), None);
        assert_eq!(drawable(-3.0), Some(-3.0));
    }
}
