//! Numbers in cells, the more the darker, and plain paper with a point where there is none.

use anyhow::Result;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::canvas::{Canvas, Side};
use super::theme::{STEPS, Shade};
use super::widths::{cut, widest, width};
use super::{Drawing, count, drawable, number};
use crate::output::report::document::HeatMap;
use crate::output::report::markup::line;

/// The height of letters.
const SIZE: i32 = 12;
/// The height of letters in cells.
const INSIDE: i32 = 11;
const ROW: i32 = 22;
/// What a column takes: at the least, usually, and for the sake of a name that is not turned.
const NARROW: i32 = 18;
const USUAL: i32 = 36;
const UPRIGHT: i32 = 110;
/// What fits into a page without scrolling.
const PAGE: i32 = 950;
/// What the name of a row may take, and that of a column that is turned.
const NAMES: (i32, i32) = (32, 270);
const TURNED: i32 = 240;
/// The swatches of the legend.
const SWATCH: (i32, i32) = (22, 14);
const LEGEND: i32 = 34;

/// Where everything stands.
struct Layout<'plot> {
    map: &'plot HeatMap,
    rows: Vec<String>,
    columns: Vec<String>,
    /// The cells: from the left, from the top, and how wide one is.
    left: i32,
    top: i32,
    column: i32,
    is_turned: bool,
    has_numbers: bool,
    names: i32,
    head: i32,
    width: i32,
    height: i32,
}

/// Draws the cells in their order.
pub(super) fn draw(map: &HeatMap) -> Result<Drawing> {
    let layout = Layout::of(map);
    let mut raw = String::new();
    let canvas = Canvas::new(&mut raw, layout.width, layout.height);
    layout.legend(&canvas)?;
    layout.names(&canvas)?;
    for (row, (_, cells)) in map.rows.iter().enumerate() {
        for column in 0..map.columns.len() {
            let value = cells.get(column).copied().flatten();
            layout.cell(&canvas, row, column, value.and_then(drawable))?;
        }
    }
    canvas.done()?;
    let is_wide = layout.width > PAGE;
    Ok(Drawing {
        raw,
        classes: if is_wide { "heat wide" } else { "heat" },
    })
}

/// How dark a number is drawn.
fn step(map: &HeatMap, value: f64) -> usize {
    let (Some(least), Some(most)) = (drawable(map.least), drawable(map.most)) else {
        return 0;
    };
    if least >= most {
        return 0;
    }
    let steps = count(STEPS);
    let scale = RangedCoordf64::from(least..most);
    let step = scale.map(&value.clamp(least, most), (0, steps));
    usize::try_from(step.min(steps - 1)).unwrap_or(0)
}

impl<'plot> Layout<'plot> {
    fn of(map: &'plot HeatMap) -> Self {
        let cells = map.rows.iter().flat_map(|(_, cells)| cells);
        let words: Vec<String> = cells
            .filter_map(|cell| cell.and_then(drawable))
            .map(|value| number(value, map.decimals))
            .collect();
        let rows: Vec<String> = map
            .rows
            .iter()
            .map(|(name, _)| cut(&line(name), SIZE, NAMES.1))
            .collect();
        let row_title = width(&line(&map.row), SIZE);
        let names = widest(&rows, SIZE).max(row_title).clamp(NAMES.0, NAMES.1);
        let left = names + 10;
        let number_of = count(map.columns.len()).max(1);
        let needed = widest(&words, INSIDE) + 6;
        let room = (PAGE - left) / number_of;
        let columns: Vec<String> = map
            .columns
            .iter()
            .map(|name| cut(&line(name), SIZE, TURNED))
            .collect();
        let widest_name = widest(&columns, SIZE);
        // Without scrolling if possible, and then rather without numbers; whoever scrolls has them.
        let column = [widest_name + 12, needed.max(USUAL)]
            .into_iter()
            .find(|wished| *wished <= room.min(UPRIGHT))
            .unwrap_or(match room {
                ..NARROW => needed.clamp(USUAL, UPRIGHT),
                _ => room.min(UPRIGHT),
            });
        let is_turned = widest_name + 6 > column;
        let head = if is_turned { widest_name } else { SIZE } + 10;
        let across = number_of.saturating_mul(column);
        let mut layout = Self {
            map,
            rows,
            columns,
            left,
            top: LEGEND + 20 + head,
            column,
            is_turned,
            has_numbers: needed <= column,
            names,
            head,
            width: left.saturating_add(across).saturating_add(2),
            height: 0,
        };
        let down = count(map.rows.len().max(1)).saturating_mul(ROW);
        layout.height = layout.top.saturating_add(down).saturating_add(2);
        layout.width = layout.width.max(layout.legend_width());
        layout
    }

    /// Where a cell begins.
    fn corner(&self, row: usize, column: usize) -> (i32, i32) {
        let x = count(column).saturating_mul(self.column);
        let y = count(row).saturating_mul(ROW);
        (self.left.saturating_add(x), self.top.saturating_add(y))
    }

    fn cell(
        &self,
        canvas: &Canvas<'_>,
        row: usize,
        column: usize,
        value: Option<f64>,
    ) -> Result<()> {
        let (x, y) = self.corner(row, column);
        let middle = (x + self.column / 2, y + ROW / 2);
        let Some(value) = value else {
            return canvas.dot(middle, 1, Shade::Soft);
        };
        let step = step(self.map, value);
        // A line of paper stays between cells.
        let end = (x + self.column - 1, y + ROW - 1);
        canvas.cell((x, y), end, Shade::Heat(step))?;
        if !self.has_numbers {
            return Ok(());
        }
        let words = number(value, self.map.decimals);
        canvas.text(&words, middle, Side::Middle, INSIDE, Shade::OnHeat(step))
    }

    /// The names of the rows and of the columns, and what they are.
    fn names(&self, canvas: &Canvas<'_>) -> Result<()> {
        let above = self.top - 10;
        if self.rows.is_empty() || self.columns.is_empty() {
            let at = (0, self.top + ROW / 2);
            canvas.text("nothing to show", at, Side::Start, SIZE, Shade::Soft)?;
        }
        let row = cut(&line(&self.map.row), SIZE, self.names);
        canvas.text(&row, (self.left - 10, above), Side::End, SIZE, Shade::Soft)?;
        let at = (self.left, self.top - self.head - 8);
        let column = cut(&line(&self.map.column), SIZE, self.width - self.left);
        canvas.text(&column, at, Side::Start, SIZE, Shade::Soft)?;
        for (row, name) in self.rows.iter().enumerate() {
            let (x, y) = self.corner(row, 0);
            let y = y + ROW / 2;
            canvas.text(name, (x - 10, y), Side::End, SIZE, Shade::Ink)?;
        }
        for (column, name) in self.columns.iter().enumerate() {
            let x = self.corner(0, column).0 + self.column / 2;
            if self.is_turned {
                canvas.turned(name, (x, self.top - 6), SIZE, Shade::Ink)?;
            } else {
                canvas.text(name, (x, above), Side::Middle, SIZE, Shade::Ink)?;
            }
        }
        Ok(())
    }

    /// What stands left and right of the swatches.
    fn legend_words(&self) -> [String; 2] {
        let [low, high] = &self.map.legend;
        let words = |value: f64, meaning: &str| {
            let shown = drawable(value).map(|value| number(value, self.map.decimals));
            let both = [shown.unwrap_or_default(), line(meaning)];
            cut(both.join(" ").trim(), SIZE, 280)
        };
        [words(self.map.least, low), words(self.map.most, high)]
    }

    fn legend_width(&self) -> i32 {
        let words = self.legend_words();
        let texts = width(&words[0], SIZE) + width(&words[1], SIZE) + width(NONE, SIZE);
        texts + count(STEPS) * SWATCH.0 + 70
    }

    fn legend(&self, canvas: &Canvas<'_>) -> Result<()> {
        let [low, high] = self.legend_words();
        let y = 14;
        canvas.text(&low, (0, y), Side::Start, SIZE, Shade::Soft)?;
        let mut x = width(&low, SIZE) + 8;
        for step in 0..STEPS {
            let from = (x, y - SWATCH.1 / 2);
            let to = (x + SWATCH.0 - 1, y + SWATCH.1 / 2);
            canvas.cell(from, to, Shade::Heat(step))?;
            x += SWATCH.0;
        }
        canvas.text(&high, (x + 8, y), Side::Start, SIZE, Shade::Soft)?;
        x += width(&high, SIZE) + 34;
        canvas.dot((x, y), 1, Shade::Soft)?;
        canvas.text(NONE, (x + 10, y), Side::Start, SIZE, Shade::Soft)
    }
}

/// What a point stands for.
const NONE: &str = "no number";
